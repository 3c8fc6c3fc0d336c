// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/sizerows.h"

#include "format/units.h"
#include "wording/errors.h"

#include <algorithm>

namespace shardhelm {

using monitor::detail::IndexSize;
using monitor::detail::InstanceSizes;
using monitor::detail::ShardRoom;
using monitor::detail::TableSize;

namespace {

/// From this share and number on, dead rows are worth a word.
constexpr double muchDead = 0.2;
constexpr qint64 manyDead = 1000;

template <typename Number>
QJsonValue json(const std::optional<Number> &value)
{
    return value ? QJsonValue(static_cast<double>(*value)) : QJsonValue();
}

QJsonValue json(qint64 value)
{
    return static_cast<double>(value);
}

/// An age, or that it never happened.
FactCell age(const std::optional<double> &seconds)
{
    FactCell cell{json(seconds)};
    cell.text = seconds ? SizeRows::tr("%1 ago").arg(format::duration(*seconds)) : SizeRows::tr("never");
    cell.faded = !seconds;
    return cell;
}

bool isBloated(const TableSize &table)
{
    return table.dead >= manyDead && table.deadRatio().value_or(0) >= muchDead;
}

} // namespace

std::vector<FactColumn> SizeRows::shardColumns()
{
    using Kind = FactColumn::Kind;
    return {
        {QStringLiteral("shard"), tr("logical shard"), {}, Kind::Text, 120},
        {QStringLiteral("size_bytes"), tr("size"), tr("Tables with indexes and TOAST"), Kind::Bytes, 100},
        {QStringLiteral("share"), tr("share"), tr("Of all logical shards of this instance"), Kind::Percent, 130},
        {QStringLiteral("schema"), tr("schema"), {}, Kind::Text, 110, true, true},
        {QStringLiteral("tables"), tr("tables"), {}, Kind::Count, 80},
        {QStringLiteral("state"), tr("state"), {}, Kind::Text, 100},
        {QStringLiteral("source"), tr("source"), {}, Kind::Text, 260},
    };
}

std::vector<FactRow> SizeRows::shards(const InstanceSizes &sizes, const cluster::ShardMap &map)
{
    double sum = 0;
    for (const ShardRoom &room : sizes.rooms)
        sum += room.size ? static_cast<double>(room.size->bytes) : 0;
    std::vector<FactRow> rows;
    for (const ShardRoom &room : sizes.rooms) {
        const bool known = room.size.has_value();
        const double share = known && sum > 0 ? static_cast<double>(room.size->bytes) / sum : 0;
        FactCell shareCell;
        if (known && sum > 0)
            shareCell = {share, {}, {}, {}, share};
        const cluster::LogicalShard *shard = map.shard(room.shard);
        const QString schema = map.schemaOf(room.shard);
        const QString source = !known ? tr("unknown")
            : room.size->estimated    ? tr("estimate: sampled rows of shared tables")
                                      : tr("sum of its schema's relations");
        rows.push_back({QString::number(room.shard),
                        {{room.shard, QString::number(room.shard)},
                         {known ? json(room.size->bytes) : QJsonValue()},
                         shareCell,
                         {schema.isEmpty() ? QJsonValue() : QJsonValue(schema)},
                         {sizes.estimated ? QJsonValue() : QJsonValue(room.tables)},
                         {shard ? QJsonValue(cluster::wordOf(shard->state)) : QJsonValue()},
                         {source}}});
    }
    return rows;
}

std::vector<FactColumn> SizeRows::tableColumns()
{
    using Kind = FactColumn::Kind;
    return {
        {QStringLiteral("table"), tr("table"), {}, Kind::Text, 230, true, true},
        {QStringLiteral("total_bytes"), tr("total"), tr("With indexes and TOAST"), Kind::Bytes, 84},
        {QStringLiteral("heap_bytes"), tr("rows' own"), {}, Kind::Bytes, 84},
        {QStringLiteral("index_bytes"), tr("indexes"), {}, Kind::Bytes, 84},
        {QStringLiteral("toast_bytes"), tr("TOAST"), {}, Kind::Bytes, 84, false},
        {QStringLiteral("rows"), tr("live rows"), tr("Estimated"), Kind::Count, 90},
        {QStringLiteral("dead"), tr("dead rows"), tr("Estimated; vacuum makes their room free again"), Kind::Count, 90},
        {QStringLiteral("dead_ratio"), tr("dead share"), {}, Kind::Percent, 110},
        {QStringLiteral("vacuum_age"), tr("last vacuum"), {}, Kind::Seconds, 110},
        {QStringLiteral("analyze_age"), tr("last analyse"), {}, Kind::Seconds, 110},
        {QStringLiteral("changed"), tr("changed since"), tr("Rows changed since the last analyse"), Kind::Count, 110,
         false},
        {QStringLiteral("seq_scans"), tr("whole reads"), tr("Sequential scans"), Kind::Count, 96},
        {QStringLiteral("index_scans"), tr("index reads"), tr("Index scans"), Kind::Count, 96},
        {QStringLiteral("xid_age"), tr("oldest row id"), tr("Transactions since its oldest unfrozen one"), Kind::Count,
         110, false},
        {QStringLiteral("partition_of"), tr("partition of"), {}, Kind::Text, 140, false, true},
    };
}

std::vector<FactRow> SizeRows::tables(const InstanceSizes &sizes)
{
    std::vector<FactRow> rows;
    for (const TableSize &table : sizes.sizes.tables) {
        const QString name = table.schema % u'.' % table.name;
        const bool bloated = isBloated(table);
        const auto ratio = table.deadRatio();
        FactCell dead{json(table.dead)};
        dead.marked = bloated;
        FactCell deadShare{json(ratio)};
        deadShare.share = ratio;
        deadShare.marked = bloated;
        if (bloated)
            deadShare.tip = tr("Dead rows take room and slow reads down until vacuum has cleaned them");
        rows.push_back({name,
                        {{name},
                         {json(table.totalBytes)},
                         {json(table.heapBytes)},
                         {json(table.indexBytes)},
                         {json(table.toastBytes)},
                         {json(table.rows)},
                         dead,
                         deadShare,
                         age(table.vacuumAgeSeconds),
                         age(table.analyzeAgeSeconds),
                         {json(table.changed)},
                         {json(table.seqScans)},
                         {json(table.indexScans)},
                         {json(table.xidAge)},
                         {table.partitionOf.isEmpty() ? QJsonValue() : QJsonValue(table.partitionOf)}}});
    }
    return rows;
}

std::vector<FactColumn> SizeRows::indexColumns()
{
    using Kind = FactColumn::Kind;
    return {
        {QStringLiteral("index"), tr("index"), {}, Kind::Text, 260, true, true},
        {QStringLiteral("table"), tr("table"), {}, Kind::Text, 160, true, true},
        {QStringLiteral("size_bytes"), tr("size"), {}, Kind::Bytes, 90},
        {QStringLiteral("scans"), tr("scans"), tr("Since the statistics were reset, on this server"), Kind::Count, 100},
        {QStringLiteral("use"), tr("use"), {}, Kind::Text, 150},
        {QStringLiteral("purpose"), tr("purpose"), {}, Kind::Text, 150},
        {QStringLiteral("definition"), tr("definition"), {}, Kind::Text, 420, true, true},
    };
}

std::vector<FactRow> SizeRows::indexes(const InstanceSizes &sizes)
{
    std::vector<FactRow> rows;
    for (const IndexSize &index : sizes.sizes.indexes) {
        FactCell use{QStringLiteral("used"), tr("used")};
        if (!index.valid)
            use = {QStringLiteral("invalid"),
                   tr("invalid"),
                   tr("Left behind by a build that failed: it is kept up to "
                      "date and never used"),
                   Condition::Degraded,
                   {},
                   true};
        else if (index.isUnused())
            use = {QStringLiteral("unused"),
                   tr("never used"),
                   tr("It costs room and every write. Replicas count for "
                      "themselves: look there before dropping it."),
                   Condition::Degraded,
                   {},
                   true};
        else if (index.scans == 0)
            use = {QStringLiteral("unread"),
                   tr("never read"),
                   tr("It keeps rows unique or serves a constraint"),
                   {},
                   {},
                   false,
                   true};
        const QString purpose = index.primary ? tr("primary key")
            : index.unique                    ? tr("unique")
            : index.constraint                ? tr("constraint")
            : index.identity                  ? tr("replica identity")
                                              : tr("reads");
        const QString name = index.schema % u'.' % index.name;
        rows.push_back({name,
                        {{name},
                         {QString(index.schema % u'.' % index.table)},
                         {json(index.bytes)},
                         {json(index.scans)},
                         use,
                         {purpose},
                         {index.definition, {}, index.definition}}});
    }
    return rows;
}

QString SizeRows::summary(const InstanceSizes &sizes)
{
    QStringList parts;
    const auto bloated = std::count_if(sizes.sizes.tables.begin(), sizes.sizes.tables.end(), isBloated);
    if (bloated > 0)
        parts << (bloated == 1 ? tr("1 table with many dead rows") : tr("%1 tables with many dead rows").arg(bloated));
    qint64 unusedBytes = 0;
    int unused = 0;
    for (const IndexSize &index : sizes.sizes.indexes) {
        if (index.isUnused()) {
            ++unused;
            unusedBytes += index.bytes;
        }
    }
    if (unused > 0)
        parts << (unused == 1 ? tr("1 index never used, %1").arg(format::bytes(unusedBytes))
                              : tr("%1 indexes never used, %2").arg(unused).arg(format::bytes(unusedBytes)));
    if (sizes.unsplit)
        parts << tr("shards unknown: %1").arg(wording::sentence(*sizes.unsplit));
    if (sizes.sizes.countedSince.isValid())
        parts << tr("scans since %1")
                     .arg(sizes.sizes.countedSince.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm")));
    return parts.join(QStringLiteral(" · "));
}

} // namespace shardhelm
