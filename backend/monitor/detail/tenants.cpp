// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/detail/tenants.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>

namespace shardhelm::monitor::detail {

namespace {

/// The logical shard of each schema of the instance.
QHash<QString, int> schemasOf(const cluster::ShardMap &map, const QString &instance)
{
    QHash<QString, int> schemas;
    if (map.layout != cluster::Layout::Schema)
        return schemas;
    for (const cluster::LogicalShard &shard : map.shards) {
        if (shard.instance == instance)
            schemas.insert(map.schemaOf(shard.id), shard.id);
    }
    return schemas;
}

bool isPinned(const cluster::ShardMap &map, const QString &key)
{
    return std::any_of(map.pins.begin(), map.pins.end(),
                       [&](const cluster::TenantPin &pin) { return pin.tenant == key; });
}

} // namespace

QStringList keysIn(const QString &statement, const QStringList &keyColumns)
{
    QStringList keys;
    for (const QString &column : keyColumns) {
        const QRegularExpression comparison(
            QStringLiteral("(?<![\\w$])\"?%1\"?\\s*=\\s*(?:(-?\\d+)(?![\\w.])|'((?:[^']|'')*)')")
                .arg(QRegularExpression::escape(column)),
            QRegularExpression::CaseInsensitiveOption);
        auto matches = comparison.globalMatch(statement);
        while (matches.hasNext()) {
            const QRegularExpressionMatch match = matches.next();
            const QString quoted = match.captured(2);
            const QString key = match.captured(1).isEmpty()
                ? QString(quoted).replace(QStringLiteral("''"), QStringLiteral("'"))
                : match.captured(1);
            if (!keys.contains(key))
                keys << key;
        }
    }
    return keys;
}

TenantReport addedUp(const std::vector<KeyFrequencies> &frequencies, const cluster::ShardMap &map,
                     const QString &instance, const QMap<QString, int> &shardOf)
{
    TenantReport report;
    const QHash<QString, int> schemas = schemasOf(map, instance);
    const bool bySchema = map.layout == cluster::Layout::Schema;
    QMap<QPair<QString, int>, Tenant> tenants; // by key and shard (-1: unknown)
    QMap<int, double> shardRows;
    double listed = 0;
    for (const KeyFrequencies &table : frequencies) {
        ++report.tables;
        report.notAnalysed += table.permitted && (!table.analysed || !table.rows) ? 1 : 0;
        report.notPermitted += table.permitted ? 0 : 1;
        const double rows = table.rows.value_or(0);
        report.rows += rows;
        if (bySchema)
            shardRows[schemas.value(table.schema, -1)] += rows;
        for (auto it = table.common.cbegin(); it != table.common.cend(); ++it) {
            const int shard = bySchema ? schemas.value(table.schema, -1) : shardOf.value(it.key(), -1);
            Tenant &tenant = tenants[{it.key(), shard}];
            tenant.key = it.key();
            if (shard >= 0)
                tenant.shard = shard;
            tenant.rows += rows * it.value();
            ++tenant.tables;
            listed += rows * it.value();
            if (!bySchema && shard >= 0)
                shardRows[shard] += rows * it.value();
        }
    }
    std::vector<int> here;
    for (const cluster::LogicalShard &shard : map.shards) {
        if (shard.instance == instance)
            here.push_back(shard.id);
    }
    if (!bySchema && !here.empty()) {
        const double rest = std::max(0.0, report.rows - listed) / static_cast<double>(here.size());
        for (const int shard : here)
            shardRows[shard] += rest;
    }
    for (Tenant &tenant : tenants) {
        tenant.pinned = isPinned(map, tenant.key);
        tenant.instanceShare = report.rows > 0 ? tenant.rows / report.rows : 0;
        if (tenant.shard && shardRows.value(*tenant.shard) > 0)
            tenant.shardShare = std::min(1.0, tenant.rows / shardRows.value(*tenant.shard));
        report.tenants.push_back(tenant);
    }
    std::sort(report.tenants.begin(), report.tenants.end(),
              [](const Tenant &a, const Tenant &b) { return a.rows != b.rows ? a.rows > b.rows : a.key < b.key; });
    const bool known = report.rows > 0 && (bySchema || !shardOf.isEmpty());
    for (const int shard : here) {
        ShardLoad load;
        load.shard = shard;
        if (known)
            load.rows = shardRows.value(shard);
        const auto largest = std::find_if(report.tenants.begin(), report.tenants.end(),
                                          [shard](const Tenant &tenant) { return tenant.shard == shard; });
        if (largest != report.tenants.end()) {
            load.largest = largest->key;
            load.largestShare = largest->shardShare;
        }
        report.shards.push_back(load);
    }
    return report;
}

} // namespace shardhelm::monitor::detail
