// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/detail/sizes.h"

#include "cluster/directory.h"
#include "core/sqltext.h"

#include <QHash>

namespace shardhelm::monitor::detail {

namespace {

constexpr Milliseconds timeout{30000};

std::vector<TableSize> readTables(const pg::Rows &rows)
{
    std::vector<TableSize> tables;
    tables.reserve(static_cast<size_t>(rows.count()));
    for (int row = 0; row < rows.count(); ++row) {
        TableSize table;
        table.schema = rows.text(row, rows.column("schema"));
        table.name = rows.text(row, rows.column("name"));
        table.partitionOf = rows.text(row, rows.column("partition_of"));
        table.totalBytes = rows.integer(row, rows.column("total_bytes"));
        table.heapBytes = rows.integer(row, rows.column("heap_bytes"));
        table.indexBytes = rows.integer(row, rows.column("index_bytes"));
        table.toastBytes = rows.integer(row, rows.column("toast_bytes"));
        const qint64 estimated = rows.integer(row, rows.column("estimated_rows"), -1);
        const auto live = rows.optionalInteger(row, rows.column("live"));
        if (estimated >= 0)
            table.rows = live && *live > 0 ? *live : estimated;
        else if (live && *live > 0)
            table.rows = live;
        table.dead = rows.integer(row, rows.column("dead"));
        table.changed = rows.integer(row, rows.column("changed"));
        table.seqScans = rows.integer(row, rows.column("seq_scans"));
        table.indexScans = rows.optionalInteger(row, rows.column("index_scans"));
        table.vacuumAgeSeconds = rows.optionalNumber(row, rows.column("vacuum_age"));
        table.analyzeAgeSeconds = rows.optionalNumber(row, rows.column("analyze_age"));
        table.xidAge = rows.optionalInteger(row, rows.column("xid_age"));
        tables.push_back(std::move(table));
    }
    return tables;
}

std::vector<IndexSize> readIndexes(const pg::Rows &rows)
{
    std::vector<IndexSize> indexes;
    indexes.reserve(static_cast<size_t>(rows.count()));
    for (int row = 0; row < rows.count(); ++row) {
        IndexSize index;
        index.schema = rows.text(row, rows.column("schema"));
        index.table = rows.text(row, rows.column("table_name"));
        index.name = rows.text(row, rows.column("name"));
        index.bytes = rows.integer(row, rows.column("bytes"));
        index.scans = rows.integer(row, rows.column("scans"));
        index.unique = rows.boolean(row, rows.column("is_unique"));
        index.primary = rows.boolean(row, rows.column("is_primary"));
        index.valid = rows.boolean(row, rows.column("is_valid"));
        index.constraint = rows.boolean(row, rows.column("is_constraint"));
        index.identity = rows.boolean(row, rows.column("is_identity"));
        index.definition = rows.text(row, rows.column("definition"));
        indexes.push_back(std::move(index));
    }
    return indexes;
}

} // namespace

std::optional<double> TableSize::deadRatio() const
{
    const auto all = static_cast<double>(rows.value_or(0) + dead);
    return all > 0 ? std::optional(static_cast<double>(dead) / all) : std::nullopt;
}

Result<Sizes> readSizes(Asker &asker, const Target &target, const Wait &wait)
{
    const Answer answer =
        asker.ask({target, {{sqlText("detail/tables"), {}}, {sqlText("detail/indexes"), {}}}}, timeout, wait);
    if (!answer)
        return Failure(answer.error());
    for (const Result<pg::Rows> &rows : *answer) {
        if (!rows)
            return Failure(rows.error());
    }
    Sizes sizes;
    sizes.tables = readTables(*(*answer)[0]);
    const pg::Rows &indexes = *(*answer)[1];
    sizes.indexes = readIndexes(indexes);
    if (!indexes.isEmpty()) {
        if (const auto reset = indexes.optionalNumber(0, indexes.column("reset_at")))
            sizes.countedSince = QDateTime::fromMSecsSinceEpoch(qRound64(*reset * 1000), Qt::UTC);
    }
    return sizes;
}

std::vector<ShardRoom> shardRooms(const Sizes &sizes, const cluster::ShardMap &map, const QString &instance)
{
    QHash<QString, ShardRoom> bySchema;
    for (const TableSize &table : sizes.tables) {
        ShardRoom &room = bySchema[table.schema];
        if (!room.size)
            room.size = ShardSize();
        room.size->bytes += table.totalBytes;
        ++room.tables;
    }
    std::vector<ShardRoom> rooms;
    for (const cluster::LogicalShard &shard : map.shards) {
        if (shard.instance != instance)
            continue;
        ShardRoom room = bySchema.value(map.schemaOf(shard.id));
        room.shard = shard.id;
        rooms.push_back(room);
    }
    return rooms;
}

cluster::ShardMap onlyInstance(const cluster::ShardMap &map, const QString &instance)
{
    cluster::ShardMap only = map;
    std::erase_if(only.instances, [&](const cluster::Instance &one) { return one.name != instance; });
    std::erase_if(only.shards, [&](const cluster::LogicalShard &shard) { return shard.instance != instance; });
    return only;
}

Result<InstanceSizes> readInstanceSizes(Asker &asker, const cluster::ClusterFile &file, const cluster::ShardMap &map,
                                        const Target &target, pg::PasswordSource *passwords, const Wait &wait)
{
    auto sizes = readSizes(asker, target, wait);
    if (!sizes)
        return Failure(sizes.error());
    InstanceSizes result;
    result.rooms = shardRooms(*sizes, map, target.instance);
    result.sizes = std::move(*sizes);
    if (map.layout == cluster::Layout::Schema || result.rooms.empty())
        return result;
    result.estimated = true;
    auto directory = cluster::Directory::connect(file, QStringLiteral("detail"), wait.atMost(timeout), passwords);
    if (!directory) {
        result.unsplit = directory.error();
        return result;
    }
    const ShardSizes split = shardSizes(&*directory, onlyInstance(map, target.instance), timeout, passwords, wait);
    result.unsplit = split.unsplit;
    if (split.refused.contains(target.instance))
        result.unsplit = split.refused.value(target.instance);
    else if (split.unreachable.contains(target.instance))
        result.unsplit = split.unreachable.value(target.instance);
    for (ShardRoom &room : result.rooms) {
        if (const auto found = split.sizes.constFind(room.shard); found != split.sizes.cend())
            room.size = *found;
    }
    return result;
}

} // namespace shardhelm::monitor::detail
