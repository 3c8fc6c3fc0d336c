// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testfleet.h"

#include "cluster/init.h"
#include "support/testcluster.h"

#include <QFile>

namespace shardhelm::test {

namespace {

const Milliseconds startMost(60000);
constexpr int shards = 8;
const QString routing = QStringLiteral("(hashint8extended($1, 0) & 9223372036854775807) % 8");

void need(const char *what, const Result<void> &result)
{
    if (!result)
        qFatal("%s: %s", what, qUtf8Printable(shown(result.error())));
}

} // namespace

TestFleet::TestFleet()
    : one({{QStringLiteral("shared_preload_libraries"), QStringLiteral("pg_stat_statements")}})
    , two({{QStringLiteral("max_prepared_transactions"), QStringLiteral("5")}})
{
    makeReplica();
    makeTables();
    file.path = m_folder.filePath(QStringLiteral("cluster.toml"));
    file.name = QStringLiteral("fleet");
    file.environment = cluster::Environment::Development;
    file.directoryConninfo = directory.conninfo();
    makeDirectory();
    QFile text(file.path);
    if (!text.open(QIODevice::WriteOnly) || text.write(cluster::clusterFileText(file).toUtf8()) < 0)
        qFatal("cluster file: %s", qUtf8Printable(text.errorString()));
}

TestFleet::~TestFleet()
{
    need("stop of the replica", m_replica->stop(pg::LocalServer::StopMode::Immediate, Wait::forDuration(startMost)));
}

QString TestFleet::clusterFilePath() const
{
    return file.path;
}

void TestFleet::makeReplica()
{
    pg::LocalServer::Settings settings = one.server().settings();
    settings.dataFolder = one.folder() + QStringLiteral("/replica");
    // Beside its primary's, and not on a network port that another program may have taken.
    settings.socketFolder = one.folder() + QStringLiteral("/r");
    settings.listenOnLoopback = false;
    m_replica = std::make_unique<pg::LocalServer>(settings);
    need("replica", m_replica->createReplica(one.server(), Wait::forDuration(startMost)));
    need("start of the replica", m_replica->start(Wait::forDuration(startMost)));
}

void TestFleet::makeTables() const
{
    one.run("CREATE EXTENSION pg_stat_statements");
    QByteArray place = routing.toUtf8();
    place.replace("$1", "k");
    int parity = 0;
    for (const TestServer *server : {&one, &two}) {
        server->run("CREATE SCHEMA app;"
                    "CREATE TABLE app.users (tenant_id bigint NOT NULL, id bigint NOT NULL, email text,"
                    "                        PRIMARY KEY (tenant_id, id));"
                    "INSERT INTO app.users SELECT k, i, repeat('x', 100)"
                    "  FROM generate_series(1, 100) AS k, generate_series(1, 20) AS i"
                    " WHERE "
                    + place + " % 2 = " + QByteArray::number(parity++));
    }
}

void TestFleet::makeDirectory() const
{
    cluster::InitRequest request;
    request.clusterName = file.name;
    request.layout = cluster::Layout::Rows;
    request.logicalShards = shards;
    request.routing.keyType = QStringLiteral("bigint");
    request.routing.sql = routing;
    request.tables = {{QStringLiteral("app"), QStringLiteral("users"), cluster::TableKind::Sharded,
                       QStringLiteral("tenant_id"), QStringLiteral("tenant")}};
    cluster::Instance first;
    first.name = QStringLiteral("one");
    first.conninfo = one.conninfo();
    first.replicaConninfos = {m_replica->conninfo()};
    first.zone = QStringLiteral("north");
    cluster::Instance second;
    second.name = QStringLiteral("two");
    second.conninfo = two.conninfo();
    request.instances = {first, second};
    const auto made = cluster::initDirectory(file, request, cluster::RunMode::Run, nullptr, soon());
    if (!made)
        qFatal("init: %s", qUtf8Printable(shown(made.error())));
}

} // namespace shardhelm::test
