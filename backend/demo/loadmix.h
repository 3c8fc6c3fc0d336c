// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/loadoperation.h"

#include <QHash>

#include <memory>
#include <mutex>
#include <random>
#include <vector>

/// What the load does next: for which tenant, to which row.
namespace shardhelm::demo {

using Random = std::mt19937_64;

/// A tenant and how many generated users it has (numbered from 1).
struct TenantUsers
{
    qint64 tenant = 0;
    qint64 users = 0;
};

/// Chooses tenants in proportion to their users, hence the whale most often. Any thread.
class TenantMix
{
public:
    explicit TenantMix(std::vector<TenantUsers> tenants);
    [[nodiscard]] const TenantUsers &pick(Random &random) const;

private:
    std::vector<TenantUsers> m_tenants;
    std::vector<qint64> m_upTo; ///< users of all tenants up to and including this one
};

/// Projects that all clients count up together, a few per tenant, made when a tenant is first used. Any thread.
class CounterPool
{
public:
    /// One of the tenant's counters, with the highest version acknowledged so far; number 0 when there is none.
    [[nodiscard]] OwnRow pick(qint64 tenant, Random &random) const;
    /// Whether the tenant should get another one; larger tenants get more.
    [[nodiscard]] bool wantsMore(const TenantUsers &tenant) const;
    void add(const OwnRow &row);
    void raise(const OwnRow &row, qint64 version);

private:
    mutable std::mutex m_mutex;
    QHash<qint64, std::vector<OwnRow>> m_rows;
};

/// One client's choice of operations and the rows it made. Rows belong to the client that made them until it forgets
/// them: nobody else changes them. Used by one thread.
class LoadMix
{
public:
    LoadMix(const TenantMix &tenants, CounterPool &counters, quint64 seed);

    /// The next operation, without id. A row of the client's own that it changes is out of the pool until given back.
    Operation next();
    /// Gives the rows of a committed operation back, changed as it changed them.
    void committed(const Operation &operation, const Effects &effects);
    /// Gives the rows of an operation back that had no effect.
    void withoutEffect(const Operation &operation);
    /// Whether a read that saw `version` of the operation's row saw less than had been acknowledged when it was made.
    [[nodiscard]] static bool isStale(const Operation &operation, qint64 version);

private:
    Operation insert(const TenantUsers &tenant, DemoTable table);
    Operation read(const TenantUsers &tenant);
    Operation change(OperationKind kind, const OwnRow &first, const OwnRow &second = {});
    OwnRow takeOwn();
    quint32 below(quint32 limit);
    static bool isShared(const OwnRow &row) { return row.table == DemoTable::Projects; }

    const TenantMix &m_tenants;
    CounterPool &m_counters;
    Random m_random;
    std::vector<OwnRow> m_rows;
    std::vector<OwnRow> m_deleted; ///< the last few, version -1
};

} // namespace shardhelm::demo
