// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/demomake.h"

#include "cluster/clusterfile.h"
#include "cluster/init.h"
#include "cluster/spread.h"
#include "core/savefile.h"
#include "core/sqltext.h"
#include "demo/demosession.h"

namespace shardhelm::demo {

namespace {

/// A statement of resources/sql without its comment, on one line.
QString oneLine(const char *name)
{
    QStringList lines = QString::fromUtf8(sqlText(name)).split(u'\n');
    lines.removeIf([](const QString &line) { return line.startsWith(u"--"); });
    return lines.join(u' ').simplified();
}

QString clusterName()
{
    return QStringLiteral("demo");
}

/// The demo's instances as the directory lists them.
std::vector<cluster::Instance> instancesOf(const DemoFolder &folder)
{
    std::vector<cluster::Instance> instances;
    for (const DemoServer &server : folder.servers()) {
        const QString conninfo = server.server.conninfo(databaseOf(server));
        if (server.role == monitor::Role::Replica) {
            // They follow their primary in the list.
            instances.back().replicaConninfos.append(conninfo);
        } else if (server.role == monitor::Role::Primary) {
            cluster::Instance &instance = instances.emplace_back();
            instance.name = server.name;
            instance.conninfo = conninfo;
            instance.zone = server.zone;
        }
    }
    return instances;
}

cluster::ClusterFile clusterFileFor(const DemoFolder &folder)
{
    cluster::ClusterFile file;
    file.name = clusterName();
    file.environment = cluster::Environment::Development;
    file.directoryConninfo = folder.servers().back().server.conninfo(DemoFolder::directoryDatabase());
    const bool rows = folder.settings().layout == cluster::Layout::Rows;
    file.locate.insert(QStringLiteral("email"), oneLine(rows ? "demo/locate_email_rows" : "demo/locate_email_schema"));
    file.locate.insert(QStringLiteral("order"), oneLine(rows ? "demo/locate_order_rows" : "demo/locate_order_schema"));
    return file;
}

} // namespace

Result<void> makeDatabase(const DemoServer &server, const Wait &wait)
{
    auto session = openSession(server, wait);
    if (!session)
        return Failure(session.error());
    const auto made = session->run("CREATE DATABASE " + pg::Connection::identifier(databaseOf(server)), wait);
    if (!made)
        return Failure(made.error());
    session = openSession(server, wait, databaseOf(server));
    if (!session)
        return Failure(session.error());
    const auto extended = session->run("CREATE EXTENSION pg_stat_statements", wait);
    if (!extended)
        return Failure(extended.error());
    return {};
}

Result<DemoPlan> planDemo(const DemoFolder &folder, const Wait &wait)
{
    const DemoSettings &settings = folder.settings();
    auto session = openSession(folder.servers().back(), wait, DemoFolder::directoryDatabase());
    if (!session)
        return Failure(session.error());
    cluster::RoutingRequest request;
    request.keyType = QStringLiteral("bigint");
    request.logicalShards = settings.logicalShards;
    const auto routing = cluster::makeRouting(*session, request, wait);
    if (!routing)
        return Failure(routing.error());

    DemoPlan plan;
    plan.routing = *routing;
    plan.map.clusterName = clusterName();
    plan.map.layout = settings.layout;
    plan.map.logicalShards = settings.logicalShards;
    plan.map.schemaPattern = cluster::InitRequest().schemaPattern;
    plan.map.keyType = routing->keyType;
    plan.map.routingSql = routing->sql;
    plan.map.instances = instancesOf(folder);
    plan.map.tables = datasetTables(settings.layout);
    const QStringList spread =
        cluster::spreadShards(plan.map.instances, settings.logicalShards, cluster::Spread::RoundRobin);
    for (int id = 0; id < settings.logicalShards; ++id) {
        cluster::LogicalShard &shard = plan.map.shards.emplace_back();
        shard.id = id;
        shard.instance = spread.value(id);
    }
    plan.options.tenants = settings.tenants;
    plan.options.scale = settings.scale;
    auto tenants = placeTenants(*session, plan.map, plan.options, wait);
    if (!tenants)
        return Failure(tenants.error());
    plan.tenants = std::move(*tenants);
    return plan;
}

Result<void> makeData(const DemoPlan &plan, const DemoServer &instance, const Wait &wait)
{
    auto session = openSession(instance, wait, DemoFolder::database());
    if (!session)
        return Failure(session.error());
    return createDataset(*session, instance.name, plan.map, plan.tenants, plan.options, wait);
}

Result<void> makeDirectory(const DemoFolder &folder, const DemoPlan &plan, const Wait &wait)
{
    cluster::InitRequest request;
    request.clusterName = plan.map.clusterName;
    request.layout = plan.map.layout;
    request.logicalShards = plan.map.logicalShards;
    request.schemaPattern = plan.map.schemaPattern;
    request.routing = plan.routing;
    request.instances = plan.map.instances;
    request.tables = plan.map.tables;
    for (const cluster::LogicalShard &shard : plan.map.shards)
        request.placement.insert(shard.id, shard.instance);
    const auto made = cluster::initDirectory(clusterFileFor(folder), request, cluster::RunMode::Run, nullptr, wait);
    if (!made)
        return Failure(made.error());
    return writeClusterFile(folder);
}

Result<void> writeClusterFile(const DemoFolder &folder)
{
    return saveFile(folder.clusterFile(), cluster::clusterFileText(clusterFileFor(folder)).toUtf8());
}

} // namespace shardhelm::demo
