// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lifecycle.h"
#include "support/refusals.h"

using namespace shardhelm;
using namespace shardhelm::cluster;
using shardhelm::test::Refusal;
using shardhelm::test::shown;
using shardhelm::test::soon;
using shardhelm::test::TestCluster;
using shardhelm::test::TestServer;

/// Making a directory: what it places and marks, and that a refusal leaves nothing.
class TestInit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_server = std::make_unique<TestServer>(); }
    void cleanupTestCase() { m_server.reset(); }

    void initPlacesAndMarks();
    void initLeavesNothingBehind_data();
    void initLeavesNothingBehind();
    void initDryRunChangesNothing();
    void initInSchemaLayout();
    void initRefusesTheSameDatabaseTwice();
    void initRefusesAMarkedInstance();
    void clonesGetMarksOfTheirOwn();
    void spreads();

private:
    /// Ways to spoil the request of `cluster`, which the functions refer to.
    [[nodiscard]] std::vector<Refusal> refusals(TestCluster &cluster) const;

    std::unique_ptr<TestServer> m_server;
};

void TestInit::initPlacesAndMarks()
{
    TestCluster cluster(*m_server, Layout::Rows, 7);
    cluster.init();
    const auto map = cluster.open().readMap(soon());
    QVERIFY(map);
    QCOMPARE(map->shards.size(), std::size_t(7));
    QCOMPARE(std::ranges::count(map->shards, QStringLiteral("one"), &LogicalShard::instance), 4);
    QCOMPARE(map->shards[0].instance, QStringLiteral("one"));
    QCOMPARE(map->shards[1].instance, QStringLiteral("two"));
    for (const Instance &instance : map->instances) {
        QCOMPARE(cluster.mark(instance.name), instance.identity.instanceId);
        QVERIFY(!instance.identity.instanceId.isEmpty());
    }
    QVERIFY(map->instances[0].identity.instanceId != map->instances[1].identity.instanceId);
    const auto again = initDirectory(cluster.file, cluster.request, RunMode::Run, nullptr, soon());
    QVERIFY(!again);
    QCOMPARE(again.error().code, ErrorCode::DirectoryExists);
}

std::vector<Refusal> TestInit::refusals(TestCluster &cluster) const
{
    InitRequest &request = cluster.request;
    const auto limited = [this] {
        m_server->run("do $$ begin create role limited login; exception when duplicate_object then null; end $$");
        return QStringLiteral(" user=limited");
    };
    return {
        {"no such table", ErrorCode::TableUnknown, [&] { request.tables[0].name = QStringLiteral("nobody"); }},
        {"no such key column", ErrorCode::TableUnfit, [&] { request.tables[0].shardKey = QStringLiteral("nothing"); }},
        {"a view", ErrorCode::TableUnfit,
         [&] {
             for (const QString &name : {QStringLiteral("one"), QStringLiteral("two")})
                 cluster.run("create view app.v as select * from app.users", name);
             request.tables[0].name = QStringLiteral("v");
         }},
        {"table twice", ErrorCode::TableUnfit, [&] { request.tables.push_back(request.tables[0]); }},
        {"unreachable instance", ErrorCode::ConnectionRefused,
         [&] { request.instances[1].conninfo = QStringLiteral("host=127.0.0.1 port=1 dbname=x"); }},
        {"missing database", ErrorCode::DatabaseMissing,
         [&] { request.instances[1].conninfo = m_server->conninfo(QStringLiteral("nowhere")); }},
        {"secret in a conninfo", ErrorCode::ValueBad,
         [&] { request.instances[1].peerConninfo = QStringLiteral("host=x password=hunter2"); }},
        {"name twice", ErrorCode::InstanceDuplicate, [&] { request.instances[1].name = request.instances[0].name; }},
        {"bad name", ErrorCode::ValueBad, [&] { request.instances[1].name = QStringLiteral("directory"); }},
        {"no shards", ErrorCode::ValueBad, [&] { request.logicalShards = 0; }},
        {"foreign directory", ErrorCode::DirectoryIsForeign,
         [&] { cluster.file.directoryQueries.insert(QStringLiteral("map"), QStringLiteral("select 1")); }},
        // These fail when the marks are written already.
        {"rows that the directory refuses", ErrorCode::StatementFailed,
         [&] {
             request.routing.ranges = {{std::nullopt, 0}, {std::nullopt, 1}};
         }},
        {"no right to mark the second", ErrorCode::NotPermitted,
         [&, limited] { request.instances[1].conninfo += limited(); }},
        {"no right to create the schema", ErrorCode::NotPermitted,
         [&, limited] { cluster.file.directoryConninfo += limited(); }},
    };
}

void TestInit::initLeavesNothingBehind_data()
{
    TestCluster cluster(*m_server);
    addRefusalRows(refusals(cluster));
}

void TestInit::initLeavesNothingBehind()
{
    QFETCH(std::size_t, refusal);
    TestCluster cluster(*m_server);
    const Refusal wanted = refusals(cluster).at(refusal);
    wanted.spoil();
    const auto made = initDirectory(cluster.file, cluster.request, RunMode::Run, nullptr, soon());
    QCOMPARE(unlike(wanted, made), QByteArray());
    QVERIFY(cluster.mark(QStringLiteral("one")).isEmpty());
    QVERIFY(cluster.mark(QStringLiteral("two")).isEmpty());
    QVERIFY(cluster.run("select from pg_namespace where nspname = 'shardhelm'").isEmpty());
}

void TestInit::initDryRunChangesNothing()
{
    TestCluster cluster(*m_server);
    const auto plan = initDirectory(cluster.file, cluster.request, RunMode::DryRun, nullptr, soon());
    QVERIFY(plan);
    QStringList servers;
    for (const PlannedStatement &statement : *plan)
        servers.append(statement.server);
    QCOMPARE(servers,
             (QStringList{QStringLiteral("one"), QStringLiteral("two"), QStringLiteral("directory"),
                          QStringLiteral("directory")}));
    QVERIFY(plan->front().sql.startsWith("alter database \"one_"));
    QVERIFY(plan->back().sql.contains("insert into shardhelm.logical_shard"));
    QVERIFY(cluster.mark(QStringLiteral("one")).isEmpty());
    QVERIFY(cluster.run("select from pg_namespace where nspname = 'shardhelm'").isEmpty());
    // What is printed is what would run.
    for (const PlannedStatement &statement : *plan)
        cluster.run(statement.sql, statement.server);
    QVERIFY(cluster.open().readMap(soon()));
}

void TestInit::initInSchemaLayout()
{
    TestCluster cluster(*m_server, Layout::Schema, 4);
    cluster.request.tables[0].schema.clear();
    // setup: two of the four schemas are there already, one without the table
    cluster.run("create schema ls_0000; create table ls_0000.users (tenant_id bigint)", QStringLiteral("one"));
    cluster.run("create schema ls_0001; create table ls_0001.orders (tenant_id bigint)", QStringLiteral("two"));
    const auto refused = initDirectory(cluster.file, cluster.request, RunMode::Run, nullptr, soon());
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::TableUnknown);
    QCOMPARE(refused.error().subject, QStringLiteral("ls_0001.users"));
    cluster.run("create table ls_0001.users (tenant_id bigint)", QStringLiteral("two"));
    cluster.init();
    const auto map = cluster.open().readMap(soon());
    QVERIFY(map);
    QCOMPARE(map->schemaOf(3), QStringLiteral("ls_0003"));
    cluster.request.schemaPattern = QStringLiteral("ls");
    QCOMPARE(initDirectory(cluster.file, cluster.request, RunMode::Run, nullptr, soon()).error().code,
             ErrorCode::ValueBad);
}

void TestInit::initRefusesTheSameDatabaseTwice()
{
    TestCluster cluster(*m_server);
    cluster.request.instances[1].conninfo =
        QStringLiteral("host=127.0.0.1 port=%1 user=postgres dbname=%2")
            .arg(QString::number(m_server->port()), cluster.database(QStringLiteral("one")));
    const auto made = initDirectory(cluster.file, cluster.request, RunMode::Run, nullptr, soon());
    QVERIFY(!made);
    QVERIFY2(made.error().code == ErrorCode::InstanceDuplicate, qPrintable(shown(made.error())));
    const QStringList names{made.error().subject, made.error().found};
    QVERIFY(names.contains(QStringLiteral("one")) && names.contains(QStringLiteral("two")));
}

void TestInit::initRefusesAMarkedInstance()
{
    TestCluster first(*m_server);
    first.init();
    TestCluster second(*m_server);
    second.request.instances[1] = first.request.instances[0];
    second.request.instances[1].name = QStringLiteral("stolen");
    const auto made = initDirectory(second.file, second.request, RunMode::Run, nullptr, soon());
    QVERIFY(!made);
    QCOMPARE(made.error().code, ErrorCode::InstanceDuplicate);
    QCOMPARE(made.error().subject, QStringLiteral("stolen"));
    QVERIFY(made.error().found.contains(first.mark(QStringLiteral("one"))));
}

void TestInit::clonesGetMarksOfTheirOwn()
{
    TestCluster cluster(*m_server);
    for (const QString &name : {QStringLiteral("one"), QStringLiteral("two")})
        m_server->run("alter database " + pg::Connection::identifier(cluster.database(name))
                      + " set shardhelm.instance_id = 'same'");
    cluster.request.keepMarks = true;
    cluster.init();
    QCOMPARE(cluster.mark(QStringLiteral("one")), QStringLiteral("same"));
    QVERIFY(cluster.mark(QStringLiteral("two")) != QStringLiteral("same"));
    QVERIFY(!cluster.mark(QStringLiteral("two")).isEmpty());
}

void TestInit::spreads()
{
    std::vector<Instance> instances(4);
    const QStringList names{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("d")};
    for (std::size_t i = 0; i < 4; ++i)
        instances[i].name = names[static_cast<qsizetype>(i)];
    instances[1].weight = 2;
    instances[2].dedicated = true;
    instances[3].state = InstanceState::Draining;
    QCOMPARE(spreadShards(instances, 6, Spread::Contiguous).join(QString()), QStringLiteral("aabbbb"));
    const QString mixed = spreadShards(instances, 6, Spread::RoundRobin).join(QString());
    QCOMPARE(mixed.count(u'a'), 2);
    QCOMPARE(mixed.count(u'b'), 4);
    QVERIFY2(!mixed.contains(QLatin1StringView("aa")) && !mixed.contains(QLatin1StringView("bbb")), qPrintable(mixed));
    instances.resize(2);
    instances[1].weight = 1;
    QCOMPARE(spreadShards(instances, 5, Spread::RoundRobin).join(QString()), QStringLiteral("ababa"));
    for (const int count : {0, 1, 2, 3, 997}) {
        const QStringList placed = spreadShards(instances, count, Spread::RoundRobin);
        QCOMPARE(placed.size(), count);
        QVERIFY(std::abs(placed.count(QStringLiteral("a")) - placed.count(QStringLiteral("b"))) <= 1);
    }
    QVERIFY(spreadShards({}, 5, Spread::RoundRobin).isEmpty());
}

QTEST_GUILESS_MAIN(TestInit)
#include "tst_init.moc"
