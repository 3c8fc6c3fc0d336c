// SPDX-License-Identifier: GPL-3.0-or-later
#include "clusterfacts.h"

#include "cluster/schema.h"
#include "pg/conninfo.h"

#include <algorithm>
#include <cstdio>

namespace shardhelm::ctl {

using namespace cluster;

namespace {

QJsonValue optionalText(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonArray redactedList(const QStringList &conninfos)
{
    QJsonArray list;
    for (const QString &conninfo : conninfos)
        list.append(pg::redacted(conninfo));
    return list;
}

QJsonArray tablesJson(const ShardMap &map)
{
    QJsonArray tables;
    for (const ShardedTable &table : map.tables) {
        tables.append(QJsonObject{{QStringLiteral("table_schema"), table.schema},
                                  {QStringLiteral("table_name"), table.name},
                                  {QStringLiteral("kind"), wordOf(table.kind)},
                                  {QStringLiteral("shard_key"), optionalText(table.shardKey)},
                                  {QStringLiteral("colocation_group"), optionalText(table.colocationGroup)}});
    }
    return tables;
}

/// Number of open moves; nothing when the journal is not there (a directory of another shape).
Result<QJsonValue> openMoves(Directory &directory, const DirectoryState &state, const Wait &wait)
{
    if (!state.ours)
        return QJsonValue();
    const auto rows =
        directory.connection().query("select count(*) from shardhelm.move where finished_at is null", wait);
    if (!rows)
        return Failure(rows.error());
    return QJsonValue(rows->integer(0, 0));
}

} // namespace

Option dryRunOption()
{
    return {QStringLiteral("dry-run"), {}, Text::tr("print every statement that would run, per server, in order")};
}

RunMode runMode(const Invocation &call)
{
    return call.has(QStringLiteral("dry-run")) ? RunMode::DryRun : RunMode::Run;
}

void printPlan(const Invocation &call, const StatementPlan &plan, bool complete, const QStringList &warnings)
{
    if (call.value(QStringLiteral("format")) == QLatin1StringView("table")) {
        QByteArray script;
        for (const PlannedStatement &statement : plan)
            script += "-- " + statement.server.toUtf8() + '\n' + statement.sql.trimmed()
                + (statement.sql.trimmed().endsWith(';') ? "\n\n" : ";\n\n");
        std::fwrite(script.constData(), 1, static_cast<std::size_t>(script.size()), stdout);
        std::fflush(stdout);
        for (const QString &warning : warnings)
            call.say(Text::tr("Warning: %1").arg(warning));
        return;
    }
    Table table{{{QStringLiteral("server"), {}}, {QStringLiteral("statement"), {}}}, {}};
    for (const PlannedStatement &statement : plan)
        table.rows.push_back({statement.server, QString::fromUtf8(statement.sql).trimmed()});
    call.print(table, complete, warnings);
}

Table instanceTable(const ShardMap &map)
{
    Table table{{{QStringLiteral("name"), {}},
                 {QStringLiteral("state"), {}},
                 {QStringLiteral("zone"), {}},
                 {QStringLiteral("weight"), {}, Table::Column::Kind::Count},
                 {QStringLiteral("capacity_bytes"), {}, Table::Column::Kind::Bytes},
                 {QStringLiteral("dedicated"), {}},
                 {QStringLiteral("logical_shards"), {}, Table::Column::Kind::Count},
                 {QStringLiteral("conninfo"), {}},
                 {QStringLiteral("peer_conninfo"), {}},
                 {QStringLiteral("direct_conninfo"), {}},
                 {QStringLiteral("replica_conninfos"), {}},
                 {QStringLiteral("system_identifier"), {}},
                 {QStringLiteral("database_oid"), {}},
                 {QStringLiteral("instance_id"), {}}},
                {}};
    for (const Instance &instance : map.instances) {
        const auto shards = std::ranges::count(map.shards, instance.name, &LogicalShard::instance);
        table.rows.push_back(
            {instance.name, wordOf(instance.state), optionalText(instance.zone), instance.weight,
             instance.capacityBytes ? QJsonValue(*instance.capacityBytes) : QJsonValue(), instance.dedicated,
             static_cast<qint64>(shards), pg::redacted(instance.conninfo),
             optionalText(pg::redacted(instance.peerConninfo)), optionalText(pg::redacted(instance.directConninfo)),
             redactedList(instance.replicaConninfos), optionalText(instance.identity.systemIdentifier),
             instance.identity.databaseOid == 0 ? QJsonValue() : QJsonValue(instance.identity.databaseOid),
             optionalText(instance.identity.instanceId)});
    }
    return table;
}

Exit printDirectory(const Invocation &call, Directory &directory, const Wait &wait)
{
    const auto map = directory.readMap(wait);
    if (!map)
        return call.fail(map.error());
    const auto state = findDirectory(directory.connection(), wait);
    if (!state)
        return call.fail(state.error());
    const auto moves = openMoves(directory, *state, wait);
    if (!moves)
        return call.fail(moves.error());
    const std::vector<std::pair<QString, QJsonValue>> facts{
        {QStringLiteral("cluster"), map->clusterName},
        {QStringLiteral("layout"), wordOf(map->layout)},
        {QStringLiteral("logical_shards"), map->logicalShards},
        {QStringLiteral("placed_shards"), static_cast<qint64>(map->shards.size())},
        {QStringLiteral("schema_pattern"), optionalText(map->schemaPattern)},
        {QStringLiteral("key_type"), map->keyType},
        {QStringLiteral("routing_sql"), optionalText(map->routingSql)},
        {QStringLiteral("map_epoch"), map->mapEpoch},
        {QStringLiteral("map_ttl_seconds"), map->mapTtlSeconds},
        {QStringLiteral("pins"), static_cast<qint64>(map->pins.size())},
        {QStringLiteral("open_moves"), *moves},
        {QStringLiteral("database"), state->database},
        {QStringLiteral("schema_version"), state->ours ? QJsonValue(state->version) : QJsonValue()},
        {QStringLiteral("foreign"), map->foreign},
    };
    QJsonObject document;
    Table table{{{QStringLiteral("fact"), {}}, {QStringLiteral("value"), {}}}, {}};
    for (const auto &[name, value] : facts) {
        document.insert(name, value);
        table.rows.push_back({name, value});
    }
    const Table instances = instanceTable(*map);
    document.insert(QStringLiteral("instances"), instances.toJson());
    document.insert(QStringLiteral("tables"), tablesJson(*map));
    const auto add = [&table](const QString &fact, const QString &value) {
        table.rows.push_back(QJsonArray{fact, value});
    };
    for (const Instance &instance : map->instances)
        add(QStringLiteral("instance ") + instance.name, pg::redacted(instance.conninfo));
    for (const ShardedTable &entry : map->tables) {
        const QString name = entry.schema.isEmpty() ? entry.name : entry.schema + u'.' + entry.name;
        const QString key = entry.shardKey.isEmpty() ? QString() : u' ' + entry.shardKey;
        add(QStringLiteral("table ") + name, wordOf(entry.kind) + key);
    }
    call.print(document, table);
    return Exit::Done;
}

Result<std::pair<QString, QString>> pairFrom(const QString &option, const QString &text, const QString &form)
{
    const qsizetype equals = text.indexOf(u'=');
    if (equals < 1 || equals + 1 == text.size())
        return fail(ErrorCode::UsageBad, option, pg::redacted(text), {form});
    return std::pair(text.first(equals), text.sliced(equals + 1));
}

QString numberRanges(const std::vector<int> &numbers)
{
    QStringList parts;
    for (size_t i = 0; i < numbers.size();) {
        size_t last = i;
        while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1)
            ++last;
        parts << (last == i ? QString::number(numbers[i]) : QStringLiteral("%1-%2").arg(numbers[i]).arg(numbers[last]));
        i = last + 1;
    }
    return parts.join(QLatin1StringView(", "));
}

} // namespace shardhelm::ctl
