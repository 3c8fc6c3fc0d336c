// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/readmap.h"

#include "core/sqltext.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

namespace shardhelm::cluster {

namespace {

/// The five readings, in the order they are sent.
enum Reading { ClusterReading, InstancesReading, MapReading, PinsReading, TablesReading, ReadingCount };

struct Source
{
    QString table; ///< how errors call it
    QByteArray sql;
};

std::array<Source, ReadingCount> sources(const ClusterFile &file)
{
    if (file.directoryQueries.isEmpty())
        return {Source{QStringLiteral("shardhelm.cluster"), sqlText("directory/read_cluster")},
                Source{QStringLiteral("shardhelm.instance"), sqlText("directory/read_instances")},
                Source{QStringLiteral("shardhelm.logical_shard"),
                       "select id, instance, epoch, state, frozen from shardhelm.logical_shard order by id"},
                Source{QStringLiteral("shardhelm.tenant_pin"),
                       "select tenant, logical_shard, epoch, state from shardhelm.tenant_pin order by tenant"},
                Source{QStringLiteral("shardhelm.sharded_table"), sqlText("directory/read_tables")}};
    const auto query = [&file](const QString &name) {
        return Source{name, file.directoryQueries.value(name).toUtf8()};
    };
    return {query(QStringLiteral("epoch")), query(QStringLiteral("instances")), query(QStringLiteral("map")),
            query(QStringLiteral("pins")), query(QStringLiteral("tables"))};
}

/// Reads cells of one reading by column name and keeps the first thing that is wrong with it.
class Reader
{
public:
    Reader(const pg::Rows &rows, QString table)
        : m_rows(rows)
        , m_table(std::move(table))
    {
    }

    [[nodiscard]] int count() const { return m_rows.count(); }
    [[nodiscard]] bool has(const char *column) const { return m_rows.column(column) >= 0; }

    void require(std::initializer_list<const char *> columns)
    {
        for (const char *column : columns) {
            if (!has(column))
                wrong(column, m_rows.columnNames().join(QStringLiteral(", ")), {QString::fromLatin1(column)});
        }
    }

    /// The cell's text, null when the column is not there or the cell is NULL.
    [[nodiscard]] QString text(int row, const char *column) const
    {
        const int index = m_rows.column(column);
        return index < 0 ? QString() : m_rows.text(row, index);
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
    [[nodiscard]] const pg::Rows &rows() const { return m_rows; }

private:
    const pg::Rows &m_rows;
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

void readInstances(Reader &reader, ShardMap &map)
{
    reader.require({"name", "conninfo"});
    QSet<QString> names;
    for (int row = 0; row < reader.count() && !reader.error(); ++row) {
        Instance instance;
        instance.name = reader.filled(row, "name");
        instance.conninfo = reader.filled(row, "conninfo");
        instance.peerConninfo = reader.text(row, "peer_conninfo");
        instance.directConninfo = reader.text(row, "direct_conninfo");
        if (const int column = reader.rows().column("replica_conninfos"); column >= 0)
            instance.replicaConninfos = reader.rows().textArray(row, column);
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
        if (const int column = reader.rows().column("dedicated"); column >= 0)
            instance.dedicated = reader.rows().boolean(row, column);
        instance.identity = identityOf(reader.text(row, "identity"));
        if (names.contains(instance.name))
            reader.wrong("name", instance.name, {});
        names.insert(instance.name);
        map.instances.push_back(std::move(instance));
    }
}

void readShards(Reader &reader, ShardMap &map)
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

void readPins(Reader &reader, ShardMap &map)
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

void readTables(Reader &reader, ShardMap &map)
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

Result<ShardMap> readShardMap(pg::Connection &connection, const ClusterFile &file, const Wait &wait)
{
    const auto queries = sources(file);
    auto snapshot =
        pg::Transaction::begin(connection, wait, QByteArrayLiteral("ISOLATION LEVEL REPEATABLE READ READ ONLY"));
    if (!snapshot)
        return Failure(snapshot.error());
    std::vector<pg::Statement> statements;
    for (const Source &query : queries) {
        // Only the pins and the registry of a directory of another shape may be left out.
        if (!query.sql.isEmpty())
            statements.push_back({query.sql, {}});
    }
    const auto answers = connection.batch(statements, wait);
    if (!answers)
        return Failure(answers.error());
    if (const auto ended = snapshot->commit(wait); !ended)
        return Failure(ended.error());

    using Read = std::function<void(Reader &, ShardMap &)>;
    const std::array<Read, ReadingCount> reads{
        [&file](Reader &reader, ShardMap &map) { readCluster(reader, file, map); }, readInstances, readShards, readPins,
        readTables};
    ShardMap map;
    std::size_t answer = 0;
    for (std::size_t reading = 0; reading < ReadingCount; ++reading) {
        if (queries[reading].sql.isEmpty())
            continue;
        Reader reader((*answers)[answer++], queries[reading].table);
        reads[reading](reader, map);
        if (reader.error())
            return Failure(*reader.error());
    }
    return map;
}

Result<qint64> readMapEpoch(pg::Connection &connection, const ClusterFile &file, const Wait &wait)
{
    const Source source = file.directoryQueries.isEmpty()
        ? Source{QStringLiteral("shardhelm.cluster"), "select map_epoch from shardhelm.cluster"}
        : sources(file)[ClusterReading];
    const auto rows = connection.query(source.sql, wait);
    if (!rows)
        return Failure(rows.error());
    Reader reader(*rows, source.table);
    reader.require({"map_epoch"});
    if (reader.count() != 1)
        reader.wrong("map_epoch", QString::number(reader.count()), {QStringLiteral("1")});
    const qint64 epoch = reader.error() ? 0 : reader.integer<qint64>(0, "map_epoch", std::nullopt, 0);
    if (reader.error())
        return Failure(*reader.error());
    return epoch;
}

} // namespace shardhelm::cluster
