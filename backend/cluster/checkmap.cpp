// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/checkmap.h"

#include "cluster/keytype.h"
#include "cluster/routing.h"
#include "core/sqltext.h"
#include "sql/parser.h"

#include <QHash>

#include <algorithm>
#include <limits>

namespace shardhelm::cluster {

namespace {

constexpr int leastShardsPerInstance = 4;
constexpr int leastVirtualNodes = 100;
constexpr double nearEnd = 0.9;

Finding aboutMap(FindingCode code, FindingSeverity severity, const QStringList &facts)
{
    Finding finding{code, severity, {}};
    finding.facts = facts;
    return finding;
}

qint64 greatestOf(const QString &keyType)
{
    const QString name = keyTypeNamed(keyType).name;
    if (name == QLatin1StringView("smallint"))
        return std::numeric_limits<qint16>::max();
    return name == QLatin1StringView("integer") ? std::numeric_limits<qint32>::max()
                                                : std::numeric_limits<qint64>::max();
}

} // namespace

Result<std::vector<OpenMove>> readOpenMoves(pg::Connection &directory, const Wait &wait)
{
    const auto there = directory.query(sqlText("cluster/journal_there"), wait);
    if (!there)
        return Failure(there.error());
    std::vector<OpenMove> moves;
    if (!there->boolean(0, 0))
        return moves;
    const auto rows = directory.query(sqlText("cluster/open_moves"), wait);
    if (!rows)
        return Failure(rows.error());
    for (int row = 0; row < rows->count(); ++row)
        moves.push_back({static_cast<int>(rows->integer(row, 0)), rows->text(row, 1), rows->text(row, 2)});
    return moves;
}

Result<QMap<QString, QMap<int, QString>>> predicatesByKey(pg::Connection &directory, const ShardMap &map,
                                                          std::vector<Finding> &findings, const Wait &wait)
{
    QMap<QString, QMap<int, QString>> predicates;
    for (const ShardedTable &table : map.tables) {
        if (table.kind != TableKind::Sharded || predicates.contains(table.shardKey))
            continue;
        const QString column = QString::fromUtf8(pg::Connection::identifier(table.shardKey));
        auto made = shardPredicates(directory, map, column, wait);
        if (made) {
            predicates.insert(table.shardKey, *made);
            continue;
        }
        const Error error = made.error();
        if (error.code == ErrorCode::RoutingHasNoPredicate) {
            const bool routed = !map.routingSql.trimmed().isEmpty();
            if (map.layout == Layout::Rows || !routed)
                findings.push_back(aboutMap(FindingCode::RowsNotChecked, FindingSeverity::Info, {error.found}));
            if (map.layout == Layout::Rows)
                findings.push_back(aboutMap(FindingCode::NoPredicate, FindingSeverity::Warn, {error.found}));
            return QMap<QString, QMap<int, QString>>();
        }
        return Failure(error);
    }
    return predicates;
}

Result<std::optional<LastRange>> readLastRange(pg::Connection &directory, const ShardMap &map, const Wait &wait)
{
    const auto form = routingForm(map);
    if (!form)
        return Failure(form.error());
    if (*form != RoutingForm::Range || keyTypeNamed(map.keyType).family != KeyFamily::Integer)
        return std::nullopt;
    const auto rows = directory.query(sqlText("cluster/last_ranges"), wait);
    if (!rows)
        return Failure(rows.error());
    if (rows->isEmpty() || rows->isNull(0, 1))
        return std::nullopt;
    LastRange range{static_cast<int>(rows->integer(0, 0)), rows->integer(0, 1), std::nullopt};
    if (rows->count() > 1)
        range.before = rows->optionalInteger(1, 1);
    return range;
}

Result<std::vector<Finding>> ratioFindings(pg::Connection &directory, const ShardMap &map, const Wait &wait)
{
    std::vector<Finding> findings;
    const auto instances = std::count_if(map.instances.begin(), map.instances.end(), [](const Instance &instance) {
        return instance.state == InstanceState::Active && !instance.dedicated;
    });
    if (instances > 0 && map.logicalShards < leastShardsPerInstance * instances) {
        findings.push_back(aboutMap(
            FindingCode::FewShardsPerInstance, FindingSeverity::Warn,
            {QString::number(map.logicalShards), QString::number(instances), QString::number(leastShardsPerInstance)}));
    }
    const auto form = routingForm(map);
    if (!form)
        return Failure(form.error());
    if (*form == RoutingForm::Ring) {
        const auto rows = directory.query(sqlText("cluster/ring_counts"), wait);
        if (!rows)
            return Failure(rows.error());
        if (const qint64 nodes = rows->integer(0, 0); nodes < leastVirtualNodes) {
            findings.push_back(aboutMap(FindingCode::FewVirtualNodes, FindingSeverity::Warn,
                                        {QString::number(nodes), QString::number(leastVirtualNodes)}));
        }
    }
    sql::Parser parser;
    if (*form != RoutingForm::Search && parser.expression(map.routingSql)->takesAbsOfHash)
        findings.push_back(aboutMap(FindingCode::AbsOfHash, FindingSeverity::Warn, {map.routingSql}));
    return findings;
}

std::vector<Finding> rangeFindings(const ShardMap &map, const LastRange &range,
                                   const std::vector<InstanceProbe> &probes)
{
    std::vector<Finding> findings;
    for (const InstanceProbe &probe : probes) {
        if (probe.greatestKey.isEmpty())
            continue;
        // In floating point: the distance of two bounds may not fit into the type of the bounds.
        const auto key = static_cast<double>(probe.greatestKey.toLongLong());
        const qint64 end = greatestOf(map.keyType);
        const auto bound = static_cast<double>(range.bound);
        const double width = range.before ? bound - static_cast<double>(*range.before) : 0;
        QString limit;
        if (key > nearEnd * static_cast<double>(end))
            limit = QString::number(end);
        else if (width > 0 && key - bound > nearEnd * width)
            limit = QString::number(static_cast<qint64>(bound + width));
        if (limit.isEmpty())
            continue;
        Finding finding{FindingCode::RangeNearEnd, FindingSeverity::Warn, probe.instance};
        finding.shard = range.shard;
        finding.facts = {probe.greatestKey, limit};
        findings.push_back(finding);
    }
    return findings;
}

Result<std::vector<Finding>> misplacedByRouting(pg::Connection &directory, const ShardMap &map,
                                                const std::vector<InstanceProbe> &probes, const Wait &wait)
{
    constexpr qsizetype chunk = 10'000;
    constexpr qsizetype samples = 5;
    QHash<QString, int> pinned;
    for (const TenantPin &pin : map.pins)
        pinned.insert(pin.tenant, pin.logicalShard);
    QHash<QString, std::optional<qint64>> routed;
    QStringList keys;
    for (const InstanceProbe &probe : probes) {
        for (const TableKeys &table : probe.keys) {
            for (auto it = table.rowsOfKey.cbegin(); it != table.rowsOfKey.cend(); ++it) {
                if (!pinned.contains(it.key()))
                    keys << it.key();
            }
        }
    }
    keys.removeDuplicates();
    for (qsizetype from = 0; from < keys.size(); from += chunk) {
        const QStringList some = keys.mid(from, chunk);
        const auto shards = routeKeys(directory, map, some, wait);
        if (!shards)
            return Failure(shards.error());
        for (qsizetype i = 0; i < some.size(); ++i)
            routed.insert(some.at(i), shards->at(static_cast<size_t>(i)));
    }
    std::vector<Finding> findings;
    for (const InstanceProbe &probe : probes) {
        for (const TableKeys &table : probe.keys) {
            Finding finding{FindingCode::RowsMisplaced, FindingSeverity::Stop, probe.instance};
            finding.count = table.rowsWithoutKey;
            if (finding.count > 0)
                finding.facts << QString();
            for (auto it = table.rowsOfKey.cbegin(); it != table.rowsOfKey.cend(); ++it) {
                const auto pin = pinned.constFind(it.key());
                const std::optional<qint64> shard = pin != pinned.cend() ? *pin : routed.value(it.key());
                if (shard == table.place.shard)
                    continue;
                finding.count += it.value();
                if (finding.facts.size() < samples)
                    finding.facts << it.key();
            }
            if (finding.count == 0)
                continue;
            finding.table = table.place.schema + u'.' + map.tables[table.place.table].name;
            finding.shard = table.place.shard;
            findings.push_back(finding);
        }
    }
    return findings;
}

void addShardsOfSamples(pg::Connection &directory, const ShardMap &map, std::vector<Finding> &findings,
                        const Wait &wait)
{
    for (Finding &finding : findings) {
        if (finding.code != FindingCode::RowsMisplaced)
            continue;
        for (QString &key : finding.facts) {
            if (key.isNull()) {
                key = QStringLiteral("NULL");
                continue;
            }
            // A key that the directory cannot place stays as it is: it is a finding all the same.
            const auto location = locate(directory, map, {}, key, wait);
            if (location)
                key += QStringLiteral(" -> %1").arg(location->logicalShard);
        }
    }
}

} // namespace shardhelm::cluster
