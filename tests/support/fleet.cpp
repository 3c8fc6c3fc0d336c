// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fleet.h"

#include "cluster/directory.h"
#include "cluster/initsql.h"
#include "cluster/routing.h"
#include "cluster/schema.h"

#include <QUuid>

namespace shardhelm::test {

using namespace cluster;

namespace {

void require(bool done, const Error &error)
{
    if (!done)
        qFatal("fleet: %s %s %s", qPrintable(error.subject), qPrintable(error.found),
               error.db ? qPrintable(error.db->message) : "");
}

QByteArray ordersIn(const QByteArray &schema)
{
    return "create table " + schema
        + ".orders (tenant_id bigint not null, id bigint not null, note text default 'none', primary key (tenant_id, "
          "id)); "
          "create index on "
        + schema + ".orders (note);";
}

} // namespace

Fleet::Fleet(const TestServer &server, Layout layout, const RoutingRequest &routing, bool withDirectory)
    : m_server(server)
    , m_prefix(QStringLiteral("f") + QUuid::createUuid().toString(QUuid::Id128).left(10))
    , m_layout(layout)
    , m_shards(routing.logicalShards)
{
    for (const QString &name : {QStringLiteral("i1"), QStringLiteral("i2"), QStringLiteral("directory")})
        server.run("create database " + database(name).toUtf8());
    m_file.name = QStringLiteral("fleet");
    m_file.directoryConninfo = conninfo(QStringLiteral("directory"));

    pg::Connection directory = server.connect(database(QStringLiteral("directory")));
    auto made = makeRouting(directory, routing, soon());
    require(made.has_value(), made ? Error{} : made.error());
    m_routing = *made;

    QStringList tenants;
    for (int tenant = 1; tenant <= 200; ++tenant)
        tenants << QString::number(tenant);
    InitRequest request;
    request.clusterName = m_file.name;
    request.layout = layout;
    request.logicalShards = m_shards;
    request.routing = m_routing;
    request.instances = instances();
    request.tables = tables();

    // A routing that looks keys up needs the directory's tables before there is a directory.
    ShardMap map;
    map.keyType = m_routing.keyType;
    map.routingSql = m_routing.sql;
    auto trial = pg::Transaction::begin(directory, soon());
    require(trial && createDirectorySchema(directory, directoryVersion(), soon())
                && directory.run(initSql(request), soon()),
            Error{});
    const auto shards = routeKeys(directory, map, tenants, soon());
    require(shards.has_value(), shards ? Error{} : shards.error());
    require(trial->rollback(soon()).has_value(), Error{});
    QMap<int, QStringList> tenantsOfShard;
    for (size_t i = 0; i < shards->size(); ++i)
        tenantsOfShard[static_cast<int>(shards->at(i).value_or(0))] << tenants.at(static_cast<qsizetype>(i));
    fill(QStringLiteral("i1"), tenantsOfShard, 0);
    fill(QStringLiteral("i2"), tenantsOfShard, 1);
    if (!withDirectory)
        return;
    const auto done = initDirectory(m_file, request, RunMode::Run, nullptr, soon());
    require(done.has_value(), done ? Error{} : done.error());
}

void Fleet::fill(const QString &instance, const QMap<int, QStringList> &tenantsOfShard, int remainder) const
{
    QByteArray script = "create schema app; create table app.plans (id int primary key, name text, price numeric);"
                        "insert into app.plans values (1, 'free', 0), (2, 'team', 9.50), (3, 'all', 99);";
    if (m_layout == Layout::Rows)
        script += ordersIn("app");
    for (int shard = remainder; shard < m_shards; shard += 2) {
        QByteArray schema = "app";
        if (m_layout == Layout::Schema) {
            schema = "ls_" + QByteArray::number(shard).rightJustified(4, '0');
            script += "create schema " + schema + ';' + ordersIn(schema);
        }
        const QByteArray keys = tenantsOfShard.value(shard).join(u',').toUtf8();
        script += "insert into " + schema + ".orders (tenant_id, id) select t, n from unnest('{" + keys
            + "}'::bigint[]) t, generate_series(1, 2) n;";
    }
    run(instance, script);
}

QString Fleet::database(const QString &instance) const
{
    return m_prefix + u'_' + instance;
}

QString Fleet::conninfo(const QString &instance) const
{
    return m_server.conninfo(database(instance));
}

std::vector<Instance> Fleet::instances() const
{
    std::vector<Instance> instances(2);
    instances[0].name = QStringLiteral("i1");
    instances[1].name = QStringLiteral("i2");
    for (Instance &instance : instances)
        instance.conninfo = conninfo(instance.name);
    return instances;
}

std::vector<ShardedTable> Fleet::tables() const
{
    const QString schema = m_layout == Layout::Rows ? QStringLiteral("app") : QString();
    return {{schema, QStringLiteral("orders"), TableKind::Sharded, QStringLiteral("tenant_id"), {}},
            {QStringLiteral("app"), QStringLiteral("plans"), TableKind::Reference, {}, {}}};
}

ShardMap Fleet::map() const
{
    auto directory = Directory::open(m_file, QStringLiteral("test"), soon());
    require(directory.has_value(), directory ? Error{} : directory.error());
    const auto map = directory->readMap(soon());
    require(map.has_value(), map ? Error{} : map.error());
    return *map;
}

void Fleet::run(const QString &instance, const QByteArray &script) const
{
    m_server.run(script, database(instance));
}

} // namespace shardhelm::test
