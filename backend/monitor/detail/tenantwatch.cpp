// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/detail/tenantwatch.h"

#include "cluster/directory.h"
#include "cluster/routing.h"
#include "cluster/sqlarray.h"
#include "core/sqltext.h"

#include <algorithm>

namespace shardhelm::monitor::detail {

namespace {

constexpr Milliseconds timeout{10000};
/// Readings over which rates are told.
constexpr size_t readings = 13;
constexpr qsizetype mostRouted = 2000;

std::vector<KeyFrequencies> readFrequencies(const pg::Rows &rows)
{
    std::vector<KeyFrequencies> result;
    for (int row = 0; row < rows.count(); ++row) {
        KeyFrequencies table;
        table.schema = rows.text(row, rows.column("schema"));
        table.table = rows.text(row, rows.column("name"));
        table.permitted = rows.boolean(row, rows.column("permitted"));
        table.rows = rows.optionalNumber(row, rows.column("estimated_rows"));
        table.analysed = rows.boolean(row, rows.column("analysed"));
        const QStringList keys = rows.textArray(row, rows.column("common"));
        const QStringList shares = rows.textArray(row, rows.column("frequencies"));
        for (qsizetype i = 0; i < std::min(keys.size(), shares.size()); ++i)
            table.common.insert(keys[i], shares[i].toDouble());
        result.push_back(std::move(table));
    }
    return result;
}

} // namespace

TenantWatch::TenantWatch(cluster::ClusterFile file, cluster::ShardMap map, pg::PasswordSource *passwords)
    : m_file(std::move(file))
    , m_map(std::move(map))
    , m_passwords(passwords)
{
}

pg::Statement TenantWatch::frequencyQuestion(const QString &instance) const
{
    QStringList schemas;
    QStringList tables;
    QStringList keys;
    const auto add = [&](const QString &schema, const cluster::ShardedTable &table) {
        schemas << schema;
        tables << table.name;
        keys << table.shardKey;
    };
    for (const cluster::ShardedTable &table : m_map.tables) {
        if (table.kind != cluster::TableKind::Sharded)
            continue;
        if (m_map.layout == cluster::Layout::Rows) {
            add(table.schema, table);
            continue;
        }
        for (const cluster::LogicalShard &shard : m_map.shards) {
            if (shard.instance == instance)
                add(m_map.schemaOf(shard.id), table);
        }
    }
    return {sqlText("detail/key_frequencies"),
            pg::Params(cluster::textArray(schemas), cluster::textArray(tables), cluster::textArray(keys))};
}

Result<TenantReport> TenantWatch::read(Asker &asker, const Target &target, double secondsBetween, const Wait &wait)
{
    if (m_server != target.name) {
        m_server = target.name;
        m_activity.clear();
        m_samples.clear();
        m_sampled = 0;
        m_visible = 0;
    }
    QStringList schemas;
    for (const cluster::LogicalShard &shard : m_map.shards) {
        if (shard.instance == target.instance && m_map.layout == cluster::Layout::Schema)
            schemas << m_map.schemaOf(shard.id);
    }
    const Answer answer =
        asker.ask({target,
                   {frequencyQuestion(target.instance),
                    {sqlText("detail/running_statements"), pg::Params(QByteArray::number(secondsBetween, 'f', 3))},
                    {sqlText("detail/schema_activity"), pg::Params(cluster::textArray(schemas))}}},
                  timeout, wait);
    if (!answer)
        return Failure(answer.error());
    for (const Result<pg::Rows> &rows : *answer) {
        if (!rows)
            return Failure(rows.error());
    }
    const std::vector<KeyFrequencies> frequencies = readFrequencies(*(*answer)[0]);
    takeStatements(*(*answer)[1]);
    takeActivity(*(*answer)[2]);
    if (m_map.layout == cluster::Layout::Rows || !m_samples.isEmpty()) {
        QStringList keys = m_samples.keys();
        for (const KeyFrequencies &table : frequencies) {
            if (m_map.layout == cluster::Layout::Rows)
                keys << table.common.keys();
        }
        keys.removeDuplicates();
        route(keys, wait);
    }
    TenantReport report = addedUp(frequencies, m_map, target.instance, m_routes);
    report.unrouted = m_unrouted;
    addLoad(report);
    return report;
}

void TenantWatch::takeActivity(const pg::Rows &rows)
{
    if (rows.isEmpty())
        return;
    Activity activity;
    activity.at = rows.number(0, rows.column("now"));
    for (int row = 0; row < rows.count(); ++row)
        activity.counters.insert(rows.text(row, 0),
                                 {rows.number(row, rows.column("read")), rows.number(row, rows.column("written"))});
    m_activity.push_back(std::move(activity));
    if (m_activity.size() > readings)
        m_activity.pop_front();
}

void TenantWatch::takeStatements(const pg::Rows &rows)
{
    QStringList columns;
    for (const cluster::ShardedTable &table : m_map.tables) {
        if (!table.shardKey.isEmpty() && !columns.contains(table.shardKey))
            columns << table.shardKey;
    }
    m_textsHidden = false;
    for (int row = 0; row < rows.count(); ++row) {
        if (rows.boolean(row, 1)) {
            m_textsHidden = true;
            continue;
        }
        ++m_sampled;
        const QStringList keys = keysIn(rows.text(row, 0), columns);
        m_visible += keys.isEmpty() ? 0 : 1;
        for (const QString &key : keys)
            ++m_samples[key];
    }
}

void TenantWatch::route(const QStringList &keys, const Wait &wait)
{
    QStringList wanted;
    for (const QString &key : keys) {
        if (!m_routes.contains(key) && !m_unroutable.contains(key) && wanted.size() < mostRouted)
            wanted << key;
    }
    if (wanted.isEmpty())
        return;
    m_unrouted.reset();
    auto directory = cluster::Directory::connect(m_file, QStringLiteral("detail"), wait.atMost(timeout), m_passwords);
    if (!directory) {
        m_unrouted = directory.error();
        return;
    }
    const auto routed = cluster::routeKeys(*directory, m_map, wanted, wait.atMost(timeout));
    if (!routed) {
        m_unrouted = routed.error();
        // One key of a foreign kind must not be asked for again and again.
        if (routed.error().code == ErrorCode::KeyValueBad)
            m_unroutable << wanted;
        return;
    }
    for (qsizetype i = 0; i < wanted.size(); ++i) {
        if (const auto shard = (*routed)[static_cast<size_t>(i)])
            m_routes.insert(wanted[i], static_cast<int>(*shard));
        else
            m_unroutable << wanted[i];
    }
    for (const cluster::TenantPin &pin : m_map.pins) {
        if (wanted.contains(pin.tenant))
            m_routes.insert(pin.tenant, pin.logicalShard);
    }
}

void TenantWatch::addLoad(TenantReport &report) const
{
    report.samples = m_sampled;
    report.visible = m_visible;
    report.textsHidden = m_textsHidden;
    for (auto it = m_samples.cbegin(); it != m_samples.cend(); ++it) {
        const auto shard = m_routes.constFind(it.key());
        auto tenant = std::find_if(report.tenants.begin(), report.tenants.end(), [&](const Tenant &one) {
            return one.key == it.key() && (shard == m_routes.cend() || !one.shard || *one.shard == *shard);
        });
        if (tenant == report.tenants.end()) {
            Tenant named;
            named.key = it.key();
            if (shard != m_routes.cend())
                named.shard = *shard;
            tenant = report.tenants.insert(report.tenants.end(), named);
        }
        tenant->samples = it.value();
    }
    const Activity *first = m_activity.size() > 1 ? &m_activity.front() : nullptr;
    const Activity *last = m_activity.empty() ? nullptr : &m_activity.back();
    if (first)
        report.seconds = last->at - first->at;
    for (ShardLoad &load : report.shards) {
        if (m_visible > 0) {
            load.samples = 0;
            for (auto it = m_samples.cbegin(); it != m_samples.cend(); ++it) {
                if (m_routes.value(it.key(), -1) == load.shard)
                    *load.samples += it.value();
            }
        }
        const QString schema = m_map.schemaOf(load.shard);
        if (!first || report.seconds <= 0 || schema.isEmpty() || !last->counters.contains(schema))
            continue;
        const auto now = last->counters.value(schema);
        auto then = first->counters.value(schema);
        // Counters that shrank were reset in between.
        if (now.first < then.first || now.second < then.second)
            then = {0, 0};
        load.readPerSecond = (now.first - then.first) / report.seconds;
        load.writtenPerSecond = (now.second - then.second) / report.seconds;
    }
}

} // namespace shardhelm::monitor::detail
