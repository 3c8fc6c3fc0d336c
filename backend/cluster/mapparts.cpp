// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/mapparts.h"

#include "pg/arraytext.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <algorithm>
#include <utility>

namespace shardhelm::cluster {

namespace {

/// Reads cells of one table by column name and keeps the first thing that is wrong with it.
class Reader
{
public:
    explicit Reader(const MapTable &table)
        : m_cells(*table.cells)
        , m_columns(table.cells->columnNames())
        , m_table(table.name)
    {
    }

    [[nodiscard]] int count() const { return m_cells.count(); }
    [[nodiscard]] bool has(const char *column) const { return indexOf(column) >= 0; }

    void require(std::initializer_list<const char *> columns)
    {
        for (const char *column : columns) {
            if (!has(column))
                wrong(column, m_columns.join(QStringLiteral(", ")), {QString::fromLatin1(column)});
        }
    }

    /// The cell's text, null when the column is not there or the cell is NULL.
    [[nodiscard]] QString text(int row, const char *column) const
    {
        const qsizetype index = indexOf(column);
        return index < 0 ? QString() : m_cells.text(row, static_cast<int>(index));
    }

    QString filled(int row, const char *column)
    {
        const QString value = text(row, column);
        if (value.isEmpty())
            wrong(column, value, {});
        return value;
    }

    template <typename Integer>
    Integer integer(int row, const char *column, std::optional<Integer> whenNull, Integer minimum)
    {
        const QString value = text(row, column);
        if (value.isNull() && whenNull)
            return *whenNull;
        bool ok = false;
        const qlonglong number = value.toLongLong(&ok);
        if (!ok || !std::in_range<Integer>(number) || number < minimum)
            wrong(column, value, {QStringLiteral(">= %1").arg(minimum)});
        return static_cast<Integer>(number);
    }

    template <typename Enum>
    Enum word(int row, const char *column, Enum whenNull, std::initializer_list<Enum> choices)
    {
        const QString value = text(row, column);
        if (value.isNull())
            return whenNull;
        if (const auto parsed = fromWord<Enum>(value))
            return *parsed;
        QStringList words;
        for (const Enum choice : choices)
            words.append(wordOf(choice));
        wrong(column, value, words);
        return whenNull;
    }

    void wrong(const char *column, const QString &found, const QStringList &expected)
    {
        if (!m_error)
            m_error = Error{ErrorCode::DirectoryInconsistent,
                            m_table + u'.' + QLatin1StringView(column),
                            found,
                            expected,
                            0,
                            std::nullopt};
    }

    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }

private:
    [[nodiscard]] qsizetype indexOf(const char *column) const { return m_columns.indexOf(QLatin1StringView(column)); }

    const MapCells &m_cells;
    QStringList m_columns;
    QString m_table;
    std::optional<Error> m_error;
};

Identity identityOf(const QString &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json.toUtf8()).object();
    return {object.value(QLatin1StringView("system_identifier")).toString(),
            object.value(QLatin1StringView("database_oid")).toInteger(),
            object.value(QLatin1StringView("instance_id")).toString()};
}

void readCluster(Reader &reader, const ClusterFile &file, ShardMap &map)
{
    reader.require({"map_epoch"});
    if (reader.count() != 1)
        reader.wrong("map_epoch", QString::number(reader.count()), {QStringLiteral("1")});
    if (reader.error())
        return;
    map.foreign = !file.directoryQueries.isEmpty();
    map.clusterName = reader.has("name") ? reader.filled(0, "name") : file.name;
    map.schemaPattern = reader.text(0, "schema_pattern");
    map.layout = reader.word<Layout>(0, "layout", map.schemaPattern.isEmpty() ? Layout::Rows : Layout::Schema,
                                     {Layout::Schema, Layout::Rows});
    if (map.layout == Layout::Schema && !isSchemaPattern(map.schemaPattern))
        reader.wrong("schema_pattern", map.schemaPattern, {QStringLiteral("%d")});
    map.logicalShards = reader.integer<int>(0, "logical_shards", map.foreign ? std::optional(0) : std::nullopt, 0);
    map.keyType = reader.has("key_type") ? reader.filled(0, "key_type") : QStringLiteral("text");
    map.routingSql = reader.text(0, "routing_sql");
    map.mapEpoch = reader.integer<qint64>(0, "map_epoch", std::nullopt, 0);
    map.mapTtlSeconds = reader.integer<int>(0, "map_ttl_seconds", ShardMap().mapTtlSeconds, 1);
}

void readInstances(Reader &reader, const ClusterFile & /*file*/, ShardMap &map)
{
    reader.require({"name", "conninfo"});
    QSet<QString> names;
    for (int row = 0; row < reader.count() && !reader.error(); ++row) {
        Instance instance;
        instance.name = reader.filled(row, "name");
        instance.conninfo = reader.filled(row, "conninfo");
        instance.peerConninfo = reader.text(row, "peer_conninfo");
        instance.directConninfo = reader.text(row, "direct_conninfo");
        instance.replicaConninfos = pg::arrayElements(reader.text(row, "replica_conninfos").toUtf8());
        instance.zone = reader.text(row, "zone");
        if (!reader.text(row, "capacity_bytes").isNull())
            instance.capacityBytes = reader.integer<qint64>(row, "capacity_bytes", std::nullopt, 1);
        if (const QString weight = reader.text(row, "weight"); !weight.isNull()) {
            bool ok = false;
            instance.weight = weight.toDouble(&ok);
            if (!ok || !(instance.weight > 0))
                reader.wrong("weight", weight, {QStringLiteral("> 0")});
        }
        instance.state =
            reader.word<InstanceState>(row, "state", InstanceState::Active,
                                       {InstanceState::Active, InstanceState::Draining, InstanceState::Retired});
        instance.dedicated = reader.text(row, "dedicated") == QLatin1StringView("t");
        instance.identity = identityOf(reader.text(row, "identity"));
        if (names.contains(instance.name))
            reader.wrong("name", instance.name, {});
        names.insert(instance.name);
        map.instances.push_back(std::move(instance));
    }
}

void readShards(Reader &reader, const ClusterFile & /*file*/, ShardMap &map)
{
    reader.require({"id", "instance"});
    QStringList names;
    for (const Instance &instance : map.instances)
        names.append(instance.name);
    for (int row = 0; row < reader.count() && !reader.error(); ++row) {
        LogicalShard shard;
        shard.id = reader.integer<int>(row, "id", std::nullopt, 0);
        shard.instance = reader.filled(row, "instance");
        shard.epoch =
            reader.integer<qint64>(row, "epoch", reader.has("epoch") ? std::nullopt : std::optional<qint64>(0), 0);
        shard.state = reader.word<ShardState>(row, "state", ShardState::Active,
                                              {ShardState::Active, ShardState::Moving, ShardState::Fenced});
        shard.frozen = reader.text(row, "frozen");
        if (!names.contains(shard.instance))
            reader.wrong("instance", shard.instance, names);
        map.shards.push_back(std::move(shard));
    }
    std::ranges::sort(map.shards, {}, &LogicalShard::id);
    const auto twice = std::ranges::adjacent_find(map.shards, {}, &LogicalShard::id);
    if (twice != map.shards.end())
        reader.wrong("id", QString::number(twice->id), {});
    // A directory of another shape may leave the number to be counted.
    if (map.logicalShards == 0)
        map.logicalShards = static_cast<int>(map.shards.size());
}

void readPins(Reader &reader, const ClusterFile & /*file*/, ShardMap &map)
{
    reader.require({"tenant", "logical_shard"});
    for (int row = 0; row < reader.count() && !reader.error(); ++row) {
        TenantPin pin{reader.text(row, "tenant"), reader.integer<int>(row, "logical_shard", std::nullopt, 0),
                      reader.integer<qint64>(row, "epoch", 0, 0), reader.text(row, "state")};
        if (pin.tenant.isNull())
            reader.wrong("tenant", {}, {});
        if (!map.shard(pin.logicalShard))
            reader.wrong("logical_shard", QString::number(pin.logicalShard), {});
        map.pins.push_back(std::move(pin));
    }
    std::ranges::sort(map.pins, {}, &TenantPin::tenant);
    const auto twice = std::ranges::adjacent_find(map.pins, {}, &TenantPin::tenant);
    if (twice != map.pins.end())
        reader.wrong("tenant", twice->tenant, {});
}

void readTables(Reader &reader, const ClusterFile & /*file*/, ShardMap &map)
{
    reader.require({"table_name"});
    for (int row = 0; row < reader.count() && !reader.error(); ++row) {
        ShardedTable table{reader.text(row, "table_schema"), reader.filled(row, "table_name"),
                           reader.word<TableKind>(row, "kind", TableKind::Sharded,
                                                  {TableKind::Sharded, TableKind::Reference, TableKind::Local}),
                           reader.text(row, "shard_key"), reader.text(row, "colocation_group")};
        if (table.kind == TableKind::Sharded && table.shardKey.isEmpty())
            reader.wrong("shard_key", table.shardKey, {});
        map.tables.push_back(std::move(table));
    }
}

} // namespace

Result<ShardMap> mapOf(const MapTables &tables, const ClusterFile &file)
{
    using Read = void (*)(Reader &, const ClusterFile &, ShardMap &);
    constexpr std::array<Read, MapPartCount> reads{readCluster, readInstances, readShards, readPins, readTables};
    ShardMap map;
    for (std::size_t part = 0; part < MapPartCount; ++part) {
        if (!tables[part].cells)
            continue;
        Reader reader(tables[part]);
        reads[part](reader, file, map);
        if (reader.error())
            return Failure(*reader.error());
    }
    return map;
}

Result<qint64> mapEpochOf(const MapTable &cluster)
{
    Reader reader(cluster);
    reader.require({"map_epoch"});
    if (reader.count() != 1)
        reader.wrong("map_epoch", QString::number(reader.count()), {QStringLiteral("1")});
    const qint64 epoch = reader.error() ? 0 : reader.integer<qint64>(0, "map_epoch", std::nullopt, 0);
    if (reader.error())
        return Failure(*reader.error());
    return epoch;
}

} // namespace shardhelm::cluster
