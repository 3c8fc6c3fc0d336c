// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/loadmix.h"

#include <algorithm>

namespace shardhelm::demo {

namespace {

constexpr size_t ownRowsKept = 400;
constexpr size_t deletedRowsKept = 16;

// Of a hundred operations.
constexpr quint32 reads = 46;
constexpr quint32 orders = reads + 12;
constexpr quint32 users = orders + 8;
constexpr quint32 ownChanges = users + 10;
constexpr quint32 sharedChanges = ownChanges + 8;
constexpr quint32 pairs = sharedChanges + 3;

} // namespace

TenantMix::TenantMix(std::vector<TenantUsers> tenants)
    : m_tenants(std::move(tenants))
{
    qint64 sum = 0;
    for (const TenantUsers &tenant : m_tenants)
        m_upTo.push_back(sum += tenant.users);
}

const TenantUsers &TenantMix::pick(Random &random) const
{
    const auto point = static_cast<qint64>(random() % static_cast<quint64>(m_upTo.back()));
    const auto found = std::upper_bound(m_upTo.begin(), m_upTo.end(), point);
    return m_tenants[static_cast<size_t>(found - m_upTo.begin())];
}

OwnRow CounterPool::pick(qint64 tenant, Random &random) const
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_rows.constFind(tenant);
    return found == m_rows.cend() ? OwnRow() : (*found)[random() % found->size()];
}

bool CounterPool::wantsMore(const TenantUsers &tenant) const
{
    const std::scoped_lock lock(m_mutex);
    return m_rows.value(tenant.tenant).size() < static_cast<size_t>(2 + tenant.users / 200);
}

void CounterPool::add(const OwnRow &row)
{
    const std::scoped_lock lock(m_mutex);
    m_rows[row.tenant].push_back(row);
}

void CounterPool::raise(const OwnRow &row, qint64 version)
{
    const std::scoped_lock lock(m_mutex);
    for (OwnRow &counter : m_rows[row.tenant]) {
        if (counter.number == row.number)
            counter.version = std::max(counter.version, version);
    }
}

LoadMix::LoadMix(const TenantMix &tenants, CounterPool &counters, quint64 seed)
    : m_tenants(tenants)
    , m_counters(counters)
    , m_random(seed)
{
}

quint32 LoadMix::below(quint32 limit)
{
    return static_cast<quint32>(m_random() % limit);
}

Operation LoadMix::next()
{
    const TenantUsers &tenant = m_tenants.pick(m_random);
    const quint32 choice = m_rows.size() > ownRowsKept ? 99 : below(100);
    Operation operation;
    if (choice < reads)
        operation = read(tenant);
    else if (choice < orders)
        operation = insert(tenant, DemoTable::Orders);
    else if (choice < users)
        operation = insert(tenant, DemoTable::Users);
    else if (choice >= ownChanges && choice < pairs && m_counters.wantsMore(tenant))
        operation = insert(tenant, DemoTable::Projects);
    else if (choice >= ownChanges && choice < sharedChanges)
        operation = change(OperationKind::Increment, m_counters.pick(tenant.tenant, m_random));
    else if (m_rows.empty())
        operation = insert(tenant, DemoTable::Orders);
    else if (choice < ownChanges)
        operation = change(OperationKind::Increment, takeOwn());
    else if (choice < pairs) {
        const OwnRow own = takeOwn();
        operation = change(OperationKind::Increment, own, m_counters.pick(own.tenant, m_random));
    } else
        operation = change(OperationKind::Delete, takeOwn());
    const quint32 level = below(20);
    operation.isolation = level < 12 ? Isolation::ReadCommitted
        : level < 17                 ? Isolation::RepeatableRead
                                     : Isolation::Serializable;
    operation.variation = below(1 << 30);
    return operation;
}

Operation LoadMix::insert(const TenantUsers &tenant, DemoTable table)
{
    Operation operation;
    operation.intent.kind = OperationKind::Insert;
    operation.intent.table = table;
    operation.intent.tenant = tenant.tenant;
    operation.intent.items = table == DemoTable::Orders ? static_cast<quint8>(1 + below(4)) : quint8(0);
    operation.user = 1 + static_cast<qint64>(m_random() % static_cast<quint64>(tenant.users));
    return operation;
}

Operation LoadMix::read(const TenantUsers &tenant)
{
    OwnRow row = m_counters.pick(tenant.tenant, m_random);
    const quint32 choice = below(10);
    if (choice < 5 && !m_rows.empty())
        row = m_rows[below(static_cast<quint32>(m_rows.size()))];
    else if (choice < 6 && !m_deleted.empty())
        row = m_deleted[below(static_cast<quint32>(m_deleted.size()))];
    Operation operation = change(OperationKind::Read, row);
    if (row.number == 0)
        operation.intent.tenant = tenant.tenant;
    operation.user = 1 + static_cast<qint64>(m_random() % static_cast<quint64>(tenant.users));
    return operation;
}

Operation LoadMix::change(OperationKind kind, const OwnRow &first, const OwnRow &second)
{
    Operation operation;
    operation.intent.kind = kind;
    operation.intent.table = first.table;
    operation.intent.tenant = first.tenant;
    operation.intent.targets = {first.number, second.number};
    operation.targets = {first, second};
    return operation;
}

OwnRow LoadMix::takeOwn()
{
    std::swap(m_rows[below(static_cast<quint32>(m_rows.size()))], m_rows.back());
    const OwnRow row = m_rows.back();
    m_rows.pop_back();
    return row;
}

void LoadMix::committed(const Operation &operation, const Effects &effects)
{
    const Intent &intent = operation.intent;
    if (intent.kind == OperationKind::Insert) {
        const OwnRow row{operation.id.number, intent.table, intent.tenant, effects.rowId, 0};
        if (isShared(row))
            m_counters.add(row);
        else
            m_rows.push_back(row);
        return;
    }
    if (intent.kind == OperationKind::Delete) {
        if (m_deleted.size() >= deletedRowsKept)
            m_deleted.erase(m_deleted.begin());
        m_deleted.push_back(operation.targets[0]);
        m_deleted.back().version = -1;
        return;
    }
    for (size_t i = 0; i < operation.targets.size() && intent.targets[i] != 0; ++i) {
        OwnRow row = operation.targets[i];
        // A version that was not seen is left as it was: too low an expectation accuses nobody.
        row.version = std::max(row.version, effects.versions[i]);
        if (isShared(row))
            m_counters.raise(row, row.version);
        else
            m_rows.push_back(row);
    }
}

void LoadMix::withoutEffect(const Operation &operation)
{
    if (operation.intent.kind != OperationKind::Increment && operation.intent.kind != OperationKind::Delete)
        return;
    if (const OwnRow &row = operation.targets[0]; !isShared(row))
        m_rows.push_back(row);
}

bool LoadMix::isStale(const Operation &operation, qint64 version)
{
    const OwnRow &row = operation.targets[0];
    if (row.number == 0)
        return false;
    return row.version < 0 ? version >= 0 : version < row.version;
}

} // namespace shardhelm::demo
