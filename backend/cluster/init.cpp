// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/init.h"

#include "cluster/connectall.h"
#include "cluster/directory.h"
#include "cluster/identity.h"
#include "cluster/initsql.h"
#include "cluster/mapchange.h"
#include "cluster/schema.h"
#include "cluster/tablecheck.h"
#include "pg/conninfo.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <chrono>

namespace shardhelm::cluster {

namespace {

constexpr int mostShards = 1000000;

Result<void> checkRequest(const ClusterFile &file, const InitRequest &request)
{
    if (!file.directoryQueries.isEmpty())
        return fail(ErrorCode::DirectoryIsForeign, file.path);
    if (request.clusterName.isEmpty())
        return fail(ErrorCode::ValueBad, QStringLiteral("cluster name"), request.clusterName);
    if (request.logicalShards < 1 || request.logicalShards > mostShards)
        return fail(ErrorCode::ValueBad, QStringLiteral("logical shards"), QString::number(request.logicalShards),
                    {QStringLiteral("1 … %1").arg(mostShards)});
    if (request.layout == Layout::Schema && !isSchemaPattern(request.schemaPattern))
        return fail(ErrorCode::ValueBad, QStringLiteral("schema pattern"), request.schemaPattern,
                    {QStringLiteral("ls_%04d")});
    if (request.mapTtlSeconds < 1)
        return fail(ErrorCode::ValueBad, QStringLiteral("map ttl"), QString::number(request.mapTtlSeconds),
                    {QStringLiteral(">= 1")});
    if (request.instances.empty())
        return fail(ErrorCode::UsageBad, QStringLiteral("--instance"), {}, {QStringLiteral("NAME=CONNINFO")});
    QSet<QString> names;
    for (const Instance &instance : request.instances) {
        if (!isInstanceName(instance.name))
            return fail(ErrorCode::ValueBad, QStringLiteral("instance name"), instance.name);
        if (names.contains(instance.name))
            return fail(ErrorCode::InstanceDuplicate, instance.name, instance.name);
        names.insert(instance.name);
        if (const auto good = checkConninfos(instance); !good)
            return good;
    }
    for (auto place = request.placement.cbegin(); place != request.placement.cend(); ++place) {
        if (!names.contains(place.value()))
            return fail(ErrorCode::InstanceUnknown, place.value());
        if (place.key() < 0 || place.key() >= request.logicalShards)
            return fail(ErrorCode::ShardUnknown, QString::number(place.key()));
    }
    QSet<QString> tables;
    for (const ShardedTable &table : request.tables) {
        const QString name = table.schema + u'.' + table.name;
        if (tables.contains(name))
            return fail(ErrorCode::TableUnfit, name, QStringLiteral("2"), {QStringLiteral("1")});
        tables.insert(name);
    }
    return {};
}

/// The shard schemas that the placement gives an instance.
QStringList schemasOn(const InitRequest &request, const QString &instance)
{
    QStringList schemas;
    for (auto place = request.placement.cbegin(); place != request.placement.cend(); ++place) {
        if (place.value() == instance)
            schemas.append(schemaName(request.schemaPattern, place.key()));
    }
    return schemas;
}

Result<void> checkTables(pg::Connection &connection, const InitRequest &request, const Wait &wait)
{
    std::vector<ShardedTable> shared;
    std::vector<ShardedTable> perShard;
    for (const ShardedTable &table : request.tables) {
        if (table.schema.isEmpty())
            perShard.push_back(table);
        else if (table.kind != TableKind::Local)
            shared.push_back(table);
    }
    if (const auto there = requireTables(connection, shared, {}, wait); !there)
        return there;
    if (perShard.empty())
        return {};
    // The schemas of shards may be made later; one that is there has to hold the tables.
    const auto schema = firstSchema(connection, schemasOn(request, connection.name()), wait);
    if (!schema)
        return Failure(schema.error());
    return schema->isEmpty() ? Result<void>() : requireTables(connection, perShard, *schema, wait);
}

/// Reads identities into the request's instances, gives each its id and lists the statements that write it.
Result<StatementPlan> planMarks(std::vector<pg::Connection> &connections, InitRequest &request, const Wait &wait)
{
    StatementPlan plan;
    QSet<QString> marks;
    for (std::size_t i = 0; i < connections.size(); ++i) {
        const auto facts = readDatabaseFacts(connections[i], wait);
        if (!facts)
            return Failure(facts.error());
        Instance &instance = request.instances[i];
        if (facts->inRecovery)
            return fail(ErrorCode::ReadOnlyServer, instance.name);
        instance.identity = facts->identity;
        QString &mark = instance.identity.instanceId;
        if (!mark.isEmpty() && !request.keepMarks)
            return fail(ErrorCode::InstanceDuplicate, instance.name, QStringLiteral("shardhelm.instance_id ") + mark);
        // Fleets that were cloned after they were marked carry one mark many times: the first keeps it.
        if (mark.isEmpty() || marks.contains(mark)) {
            mark = newInstanceId();
            plan.push_back({instance.name, markStatement(facts->database, mark)});
        }
        marks.insert(mark);
    }
    return plan;
}

QByteArray auditDetail(const InitRequest &request)
{
    return QJsonDocument(QJsonObject{{QStringLiteral("cluster"), request.clusterName},
                                     {QStringLiteral("layout"), wordOf(request.layout)},
                                     {QStringLiteral("logical_shards"), request.logicalShards},
                                     {QStringLiteral("instances"), static_cast<int>(request.instances.size())}})
        .toJson(QJsonDocument::Compact);
}

/// The marks written so far, taken back when the directory is not made after all.
class Marks
{
public:
    explicit Marks(std::vector<pg::Connection> &connections)
        : m_connections(connections)
    {
    }
    ~Marks()
    {
        constexpr auto undoTime = std::chrono::seconds(10);
        for (const auto &[index, database] : m_written)
            static_cast<void>(m_connections[index].query(unmarkStatement(database), Wait::forDuration(undoTime)));
    }
    Marks(const Marks &) = delete;
    Marks &operator=(const Marks &) = delete;

    Result<void> write(const StatementPlan &plan, const std::vector<Instance> &instances, const Wait &wait)
    {
        for (const PlannedStatement &statement : plan) {
            const auto found = std::ranges::find(instances, statement.server, &Instance::name);
            const auto index = static_cast<std::size_t>(found - instances.begin());
            const auto database = m_connections[index].query("select current_database()", wait);
            if (!database)
                return Failure(database.error());
            // Taken back also when it is not known whether it was written.
            m_written.emplace_back(index, database->text(0, 0));
            if (const auto written = m_connections[index].query(statement.sql, wait); !written)
                return Failure(written.error());
        }
        return {};
    }
    void keep() { m_written.clear(); }

private:
    std::vector<pg::Connection> &m_connections;
    std::vector<std::pair<std::size_t, QString>> m_written;
};

/// Whether a commit whose answer was lost took place after all.
bool committedAfterAll(const ClusterFile &file, const InitRequest &request, pg::PasswordSource *passwords)
{
    constexpr auto lookTime = std::chrono::seconds(10);
    const Wait wait = Wait::forDuration(lookTime);
    auto directory = Directory::open(file, QStringLiteral("directory"), wait, passwords);
    if (!directory)
        return false;
    const auto map = directory->readMap(wait);
    return map && !map->instances.empty() && !request.instances.empty() && map->instance(request.instances.front().name)
        && map->instance(request.instances.front().name)->identity == request.instances.front().identity;
}

Result<void> create(pg::Connection &directory, const QByteArray &rows, const InitRequest &request, const Wait &wait,
                    bool &commitLost)
{
    auto transaction = pg::Transaction::begin(directory, wait);
    if (!transaction)
        return Failure(transaction.error());
    if (const auto made = createDirectorySchema(directory, directoryVersion(), wait); !made)
        return made;
    if (const auto filled = directory.run(rows, wait); !filled)
        return Failure(filled.error());
    const auto audited = appendOperation(directory, QStringLiteral("directory init"), auditDetail(request), wait);
    if (!audited)
        return audited;
    const auto committed = transaction->commit(wait);
    commitLost = !committed && !committed.error().connectionUsable();
    return committed;
}

} // namespace

Result<void> checkConninfos(const Instance &instance)
{
    QStringList conninfos = instance.replicaConninfos;
    conninfos << instance.conninfo << instance.peerConninfo << instance.directConninfo;
    if (instance.conninfo.trimmed().isEmpty())
        return fail(ErrorCode::ConninfoBad, instance.name);
    for (const QString &text : conninfos) {
        const auto conninfo = pg::Conninfo::parse(text);
        if (!conninfo) {
            Error error = conninfo.error();
            error.subject = instance.name;
            return Failure(error);
        }
        for (const QString &secret : {QStringLiteral("password"), QStringLiteral("sslpassword")}) {
            if (!conninfo->value(secret).isEmpty())
                return fail(
                    ErrorCode::ValueBad, instance.name, secret,
                    {QStringLiteral("~/.pgpass"), QStringLiteral("pg_service.conf"), QStringLiteral("keychain")});
        }
    }
    return {};
}

Result<StatementPlan> initDirectory(const ClusterFile &file, const InitRequest &asked, RunMode mode,
                                    pg::PasswordSource *passwords, const Wait &wait)
{
    InitRequest request = asked;
    if (const auto good = checkRequest(file, request); !good)
        return Failure(good.error());
    if (request.placement.isEmpty()) {
        const QStringList spread = spreadShards(request.instances, request.logicalShards, request.spread);
        for (int shard = 0; shard < spread.size(); ++shard)
            request.placement.insert(shard, spread[shard]);
        if (spread.isEmpty())
            return fail(ErrorCode::UsageBad, QStringLiteral("--instance"));
    }
    auto directory = Directory::connect(file, QStringLiteral("directory"), wait, passwords);
    if (!directory)
        return Failure(directory.error());
    const auto state = findDirectory(*directory, wait);
    if (!state)
        return Failure(state.error());
    if (state->schemaThere)
        return fail(ErrorCode::DirectoryExists, state->database);

    auto connections = connectAll(request.instances, QStringLiteral("directory"), passwords, wait);
    if (!connections)
        return Failure(connections.error());
    std::vector<pg::Connection> nobody;
    if (const auto distinct = requireDistinct(*connections, nobody, wait); !distinct)
        return Failure(distinct.error());
    for (pg::Connection &connection : *connections) {
        if (const auto there = checkTables(connection, request, wait); !there)
            return Failure(there.error());
    }
    const auto marks = planMarks(*connections, request, wait);
    if (!marks)
        return Failure(marks.error());

    const QByteArray rows = initSql(request);
    StatementPlan plan = *marks;
    for (const SchemaVersion &version : schemaVersions())
        plan.push_back({directoryServer(), version.script});
    plan.push_back({directoryServer(), rows});
    if (mode == RunMode::DryRun)
        return plan;

    Marks written(*connections);
    if (const auto marked = written.write(*marks, request.instances, wait); !marked)
        return Failure(marked.error());
    bool commitLost = false;
    const auto created = create(*directory, rows, request, wait, commitLost);
    if (!created && !(commitLost && committedAfterAll(file, request, passwords)))
        return Failure(created.error());
    written.keep();
    return plan;
}

} // namespace shardhelm::cluster
