// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/dump.h"
#include "cluster/lifecycle.h"
#include "cluster/schema.h"
#include "support/testcluster.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <optional>
#include <thread>

using namespace shardhelm;
using namespace shardhelm::cluster;
using shardhelm::test::shown;
using shardhelm::test::soon;
using shardhelm::test::TestCluster;
using shardhelm::test::TestServer;

namespace {

/// All journal and routing rows as text, for comparison.
QStringList everything(const TestCluster &cluster)
{
    const pg::Rows rows = cluster.run("select 'move ' || m::text from shardhelm.move m union all select 'event ' || "
                                      "e::text from shardhelm.move_event e "
                                      "union all select 'resource ' || r::text from shardhelm.move_resource r "
                                      "union all select 'table ' || t::text from shardhelm.move_table t "
                                      "union all select 'approval ' || a::text from shardhelm.approval a "
                                      "union all select 'operation ' || o::text from shardhelm.operation o "
                                      "union all select 'range ' || r::text from shardhelm.route_range r "
                                      "union all select 'list ' || l::text from shardhelm.route_list l "
                                      "union all select 'ring ' || r::text from shardhelm.route_ring r "
                                      "union all select 'router ' || r::text from shardhelm.router r order by 1");
    QStringList texts;
    for (int row = 0; row < rows.count(); ++row)
        texts.append(rows.text(row, 0));
    return texts;
}

} // namespace

class TestLifecycle : public QObject
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
    void dumpAndRestore();
    void restoreRefuses_data();
    void restoreRefuses();
    void restoreIsWholeOrNothing();
    void restoreWantsEveryPlacedShard();
    void upgradeOfThePresentVersion();
    void migratesInSteps();
    void failedMigrationLeavesTheOldVersion();
    void detaches();
    void detachRefuses();
    void detachTriesTheDirectoryFirst();
    void detachFinishesWhenRepeated();
    void detachSkipsLostRetiredInstances();

private:
    std::unique_ptr<TestServer> m_server;
};

void TestLifecycle::initPlacesAndMarks()
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

void TestLifecycle::initLeavesNothingBehind_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("no such table") << QStringLiteral("table") << ErrorCode::TableUnknown;
    QTest::newRow("no such key column") << QStringLiteral("key") << ErrorCode::TableUnfit;
    QTest::newRow("a view") << QStringLiteral("view") << ErrorCode::TableUnfit;
    QTest::newRow("table twice") << QStringLiteral("twice") << ErrorCode::TableUnfit;
    QTest::newRow("unreachable instance") << QStringLiteral("host") << ErrorCode::ConnectionRefused;
    QTest::newRow("missing database") << QStringLiteral("database") << ErrorCode::DatabaseMissing;
    QTest::newRow("secret in a conninfo") << QStringLiteral("secret") << ErrorCode::ValueBad;
    QTest::newRow("name twice") << QStringLiteral("name") << ErrorCode::InstanceDuplicate;
    QTest::newRow("bad name") << QStringLiteral("bad name") << ErrorCode::ValueBad;
    QTest::newRow("no shards") << QStringLiteral("shards") << ErrorCode::ValueBad;
    QTest::newRow("foreign directory") << QStringLiteral("foreign") << ErrorCode::DirectoryIsForeign;
    // These fail when the marks are written already.
    QTest::newRow("rows that the directory refuses") << QStringLiteral("rows") << ErrorCode::StatementFailed;
    QTest::newRow("no right to mark the second") << QStringLiteral("owner") << ErrorCode::NotPermitted;
    QTest::newRow("no right to create the schema") << QStringLiteral("create") << ErrorCode::NotPermitted;
}

void TestLifecycle::initLeavesNothingBehind()
{
    QFETCH(QString, what);
    QFETCH(ErrorCode, code);
    TestCluster cluster(*m_server);
    InitRequest &request = cluster.request;
    m_server->run("do $$ begin create role limited login; exception when duplicate_object then null; end $$");
    if (what == QLatin1StringView("table")) {
        request.tables[0].name = QStringLiteral("nobody");
    } else if (what == QLatin1StringView("key")) {
        request.tables[0].shardKey = QStringLiteral("nothing");
    } else if (what == QLatin1StringView("view")) {
        cluster.run("create view app.v as select * from app.users", QStringLiteral("two"));
        cluster.run("create view app.v as select * from app.users", QStringLiteral("one"));
        request.tables[0].name = QStringLiteral("v");
    } else if (what == QLatin1StringView("twice")) {
        request.tables.push_back(request.tables[0]);
    } else if (what == QLatin1StringView("host")) {
        request.instances[1].conninfo = QStringLiteral("host=127.0.0.1 port=1 dbname=x");
    } else if (what == QLatin1StringView("database")) {
        request.instances[1].conninfo = m_server->conninfo(QStringLiteral("nowhere"));
    } else if (what == QLatin1StringView("secret")) {
        request.instances[1].peerConninfo = QStringLiteral("host=x password=hunter2");
    } else if (what == QLatin1StringView("name")) {
        request.instances[1].name = request.instances[0].name;
    } else if (what == QLatin1StringView("bad name")) {
        request.instances[1].name = QStringLiteral("directory");
    } else if (what == QLatin1StringView("shards")) {
        request.logicalShards = 0;
    } else if (what == QLatin1StringView("foreign")) {
        cluster.file.directoryQueries.insert(QStringLiteral("map"), QStringLiteral("select 1"));
    } else if (what == QLatin1StringView("rows")) {
        request.routing.ranges = {{std::nullopt, 0}, {std::nullopt, 1}};
    } else if (what == QLatin1StringView("owner")) {
        request.instances[1].conninfo += QStringLiteral(" user=limited");
    } else if (what == QLatin1StringView("create")) {
        cluster.file.directoryConninfo += QStringLiteral(" user=limited");
    }
    const auto made = initDirectory(cluster.file, request, RunMode::Run, nullptr, soon());
    QVERIFY(!made);
    QVERIFY2(made.error().code == code, qPrintable(shown(made.error())));
    QVERIFY(!shown(made.error()).contains(QLatin1StringView("hunter2")));
    QVERIFY(cluster.mark(QStringLiteral("one")).isEmpty());
    QVERIFY(cluster.mark(QStringLiteral("two")).isEmpty());
    QVERIFY(cluster.run("select from pg_namespace where nspname = 'shardhelm'").isEmpty());
}

void TestLifecycle::initDryRunChangesNothing()
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

void TestLifecycle::initInSchemaLayout()
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

void TestLifecycle::initRefusesTheSameDatabaseTwice()
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

void TestLifecycle::initRefusesAMarkedInstance()
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

void TestLifecycle::clonesGetMarksOfTheirOwn()
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

void TestLifecycle::spreads()
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

void TestLifecycle::dumpAndRestore()
{
    // setup: something in every table, with values that are easily spoilt on the way
    TestCluster cluster(*m_server, Layout::Rows, 5);
    cluster.request.instances[0].replicaConninfos = {QStringLiteral("host='a b'"), QStringLiteral("host=\"c,d{}\"")};
    cluster.init();
    cluster.run(
        "insert into shardhelm.tenant_pin values (E'12\\t\"\\\\', 1, 3), ('', 2, 1);"
        "insert into shardhelm.route_range values (null, 0), ('-5', 1); insert into shardhelm.route_list values "
        "('é', 2); insert into shardhelm.route_ring values (9223372036854775807, 3);"
        "insert into shardhelm.router values ('r', 9007199254740993, '2026-01-02 03:04:05.678901+05');"
        "insert into shardhelm.move (id, logical_shard, source, target, layout, last_error, positions) "
        "values (41, 0, 'one', 'two', 'rows', null, '{\"lsn\": 12345678901234567890}');"
        "insert into shardhelm.move_event (move_id, generation, phase, kind, what, duration_ms) "
        "values (41, 1, 'copy', 'step', E'a\\nb', 0.1);"
        "insert into shardhelm.move_resource (move_id, instance, kind, name) values (41, 'one', 'slot', 's');"
        "insert into shardhelm.move_table (move_id, table_schema, table_name) values (41, 'app', 'users');"
        "insert into shardhelm.approval (move_id, what, subject, digest) values (41, 'cutover', '41', 'x')");
    Directory directory = cluster.open();
    QVERIFY(directory.flip(1, QStringLiteral("two"), QStringLiteral("one"), 1, soon()));
    const auto before = directory.readMap(soon());
    const QStringList journal = everything(cluster);
    const auto document = dumpDirectory(directory.connection(), DumpScope::Everything, soon());
    QVERIFY2(document, qPrintable(document ? QString() : shown(document.error())));

    // action
    cluster.run("drop schema shardhelm cascade");
    pg::Connection connection = cluster.connect(QStringLiteral("directory"));
    const auto epoch = restoreDirectory(connection, QStringLiteral("dump"), *document, soon());
    QVERIFY2(epoch, qPrintable(epoch ? QString() : shown(epoch.error())));

    // verify
    auto after = cluster.open().readMap(soon());
    QVERIFY(after);
    QCOMPARE(after->mapEpoch, *epoch);
    QVERIFY(after->mapEpoch > before->mapEpoch);
    after->mapEpoch = before->mapEpoch;
    QCOMPARE(*after, *before);
    QCOMPARE(everything(cluster), journal);
    const pg::Rows next = cluster.run("insert into shardhelm.move (logical_shard, source, target, layout) "
                                      "values (4, 'one', 'two', 'rows') returning id");
    QCOMPARE(next.integer(0, 0), 42);
    const auto again = restoreDirectory(connection, QStringLiteral("dump"), *document, soon());
    QVERIFY(!again);
    QCOMPARE(again.error().code, ErrorCode::DirectoryExists);

    // a map that was ahead of the clock stays ahead
    cluster.run("update shardhelm.cluster set map_epoch = 5000000000");
    const auto ahead = dumpDirectory(connection, DumpScope::WithoutHistory, soon());
    QVERIFY(ahead);
    QVERIFY(!ahead->contains("\"operation\""));
    cluster.run("drop schema shardhelm cascade");
    QCOMPARE(*restoreDirectory(connection, QStringLiteral("dump"), *ahead, soon()), 5000000001);
    QCOMPARE(cluster.run("select count(*) from shardhelm.move").integer(0, 0), 2);
}

void TestLifecycle::restoreRefuses_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("empty") << QByteArray() << ErrorCode::FileSyntax;
    QTest::newRow("no json") << QByteArray("hello") << ErrorCode::FileSyntax;
    QTest::newRow("other json") << QByteArray("{}") << ErrorCode::FileSyntax;
    QTest::newRow("array") << QByteArray("[1]") << ErrorCode::FileSyntax;
    QTest::newRow("deep") << QByteArray(100000, '[') << ErrorCode::FileSyntax;
    QTest::newRow("no version") << QByteArray(R"({"shardhelm_directory": 1})") << ErrorCode::FileSyntax;
    QTest::newRow("newer document") << QByteArray(R"({"shardhelm_directory": 2})") << ErrorCode::FileSyntax;
    QTest::newRow("newer schema") << QByteArray(R"({"shardhelm_directory": 1, "schema_version": 99})")
                                  << ErrorCode::DirectoryTooNew;
    QTest::newRow("no tables") << QByteArray(R"({"shardhelm_directory": 1, "schema_version": 1})")
                               << ErrorCode::FileSyntax;
}

void TestLifecycle::restoreRefuses()
{
    QFETCH(QByteArray, document);
    QFETCH(ErrorCode, code);
    TestCluster cluster(*m_server);
    pg::Connection connection = cluster.connect(QStringLiteral("directory"));
    const auto restored = restoreDirectory(connection, QStringLiteral("dump.json"), document, soon());
    QVERIFY(!restored);
    QVERIFY2(restored.error().code == code, qPrintable(shown(restored.error())));
    QCOMPARE(restored.error().subject, QStringLiteral("dump.json"));
    QVERIFY(cluster.run("select from pg_namespace where nspname = 'shardhelm'").isEmpty());
}

void TestLifecycle::restoreIsWholeOrNothing()
{
    TestCluster cluster(*m_server);
    cluster.init();
    Directory directory = cluster.open();
    const QByteArray document = *dumpDirectory(directory.connection(), DumpScope::Everything, soon());
    cluster.run("drop schema shardhelm cascade");
    pg::Connection connection = cluster.connect(QStringLiteral("directory"));
    const QByteArrayList spoilt{QByteArray(document).replace("\"replica_conninfos\"", "\"nonsense\""),
                                QByteArray(document).replace("\"replica_conninfos\"", "\"x\\\"; drop table y; --\""),
                                QByteArray(document).replace("\"rows\": [", "\"rows\": [[1],"),
                                QByteArray(document).replace("\"sharded\"", "\"torn\"")};
    for (const QByteArray &text : spoilt) {
        QVERIFY(text != document);
        QVERIFY(!restoreDirectory(connection, QStringLiteral("dump"), text, soon()));
        QVERIFY(cluster.run("select from pg_namespace where nspname = 'shardhelm'").isEmpty());
    }
    QVERIFY(restoreDirectory(connection, QStringLiteral("dump"), document, soon()));
}

void TestLifecycle::restoreWantsEveryPlacedShard()
{
    TestCluster cluster(*m_server);
    cluster.init();
    pg::Connection connection = cluster.connect(QStringLiteral("directory"));
    const auto withoutLast = [](const QByteArray &document) {
        QJsonObject object = QJsonDocument::fromJson(document).object();
        QJsonObject tables = object[QLatin1StringView("tables")].toObject();
        QJsonObject shards = tables[QLatin1StringView("logical_shard")].toObject();
        QJsonArray rows = shards[QLatin1StringView("rows")].toArray();
        rows.removeLast();
        shards[QLatin1StringView("rows")] = rows;
        tables[QLatin1StringView("logical_shard")] = shards;
        object[QLatin1StringView("tables")] = tables;
        return QJsonDocument(object).toJson();
    };
    const auto whole = dumpDirectory(connection, DumpScope::Everything, soon());
    QVERIFY(whole);
    cluster.run("delete from shardhelm.logical_shard where id = 3");
    const auto unplaced = dumpDirectory(connection, DumpScope::Everything, soon());
    QVERIFY(unplaced);
    cluster.run("drop schema shardhelm cascade");
    const auto refused = restoreDirectory(connection, QStringLiteral("dump"), withoutLast(*whole), soon());
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::DirectoryInconsistent);
    QCOMPARE(refused.error().found, QStringLiteral("7"));
    QCOMPARE(refused.error().expected, QStringList{QStringLiteral("8")});
    QVERIFY(cluster.run("select from pg_namespace where nspname = 'shardhelm'").isEmpty());
    const auto restored = restoreDirectory(connection, QStringLiteral("dump"), *unplaced, soon());
    QVERIFY2(restored, qPrintable(restored ? QString() : shown(restored.error())));
    QCOMPARE(cluster.run("select count(*) from shardhelm.logical_shard").integer(0, 0), 7);
}

void TestLifecycle::upgradeOfThePresentVersion()
{
    TestCluster cluster(*m_server);
    const auto missing = upgradeDirectory(cluster.file, RunMode::Run, nullptr, soon());
    QVERIFY(!missing);
    QCOMPARE(missing.error().code, ErrorCode::DirectoryMissing);
    cluster.init();
    const auto plan = upgradeDirectory(cluster.file, RunMode::Run, nullptr, soon());
    QVERIFY(plan);
    QVERIFY(plan->empty());
    cluster.run("insert into shardhelm.layout_version values (99)");
    const auto newer = upgradeDirectory(cluster.file, RunMode::Run, nullptr, soon());
    QVERIFY(!newer);
    QCOMPARE(newer.error().code, ErrorCode::DirectoryTooNew);
    QCOMPARE(newer.error().found, QStringLiteral("99"));
}

void TestLifecycle::migratesInSteps()
{
    TestCluster cluster(*m_server);
    cluster.init();
    const auto before = cluster.open().readMap(soon());
    std::vector<SchemaVersion> versions = schemaVersions();
    const int last = directoryVersion();
    versions.push_back({last + 1,
                        "alter table shardhelm.move add extra text default 'x';"
                        "insert into shardhelm.layout_version values ("
                            + QByteArray::number(last + 1) + ")",
                        {}});
    versions.push_back({last + 2,
                        "update shardhelm.move set extra = extra || 'y';"
                        "insert into shardhelm.layout_version values ("
                            + QByteArray::number(last + 2) + ")",
                        {}});
    pg::Connection connection = cluster.connect(QStringLiteral("directory"));
    for (const std::size_t expected : {std::size_t(2), std::size_t(0)}) {
        auto transaction = pg::Transaction::begin(connection, soon());
        const auto ran = migrateDirectory(connection, versions, false, soon());
        QVERIFY2(ran, qPrintable(ran ? QString() : shown(ran.error())));
        QCOMPARE(ran->size(), expected);
        QVERIFY(transaction->commit(soon()));
    }
    QCOMPARE(cluster.run("select max(version) from shardhelm.layout_version").integer(0, 0), last + 2);
    const auto open = Directory::open(cluster.file, QStringLiteral("test"), soon());
    QVERIFY(!open);
    QCOMPARE(open.error().code, ErrorCode::DirectoryTooNew);
    cluster.run("delete from shardhelm.layout_version where version > " + QByteArray::number(last));
    QCOMPARE(*cluster.open().readMap(soon()), *before);
}

void TestLifecycle::failedMigrationLeavesTheOldVersion()
{
    TestCluster cluster(*m_server);
    cluster.init();
    std::vector<SchemaVersion> versions = schemaVersions();
    const int last = directoryVersion();
    versions.push_back({last + 1, "alter table shardhelm.move add extra text; select 1 / 0", {}});
    pg::Connection connection = cluster.connect(QStringLiteral("directory"));
    {
        auto transaction = pg::Transaction::begin(connection, soon());
        QVERIFY(!migrateDirectory(connection, versions, false, soon()));
    }
    versions.back().script = "alter table shardhelm.move add extra text";
    {
        auto transaction = pg::Transaction::begin(connection, soon());
        const auto forgetful = migrateDirectory(connection, versions, false, soon());
        QVERIFY(!forgetful);
        QCOMPARE(forgetful.error().code, ErrorCode::Internal);
    }
    QVERIFY(cluster.open().readMap(soon()));
    QVERIFY(cluster.run("select from pg_attribute where attrelid = 'shardhelm.move'::regclass and attname = 'extra'")
                .isEmpty());
}

void TestLifecycle::detaches()
{
    TestCluster cluster(*m_server);
    cluster.init();
    cluster.run(
        "create schema shardhelm; create table shardhelm.guard_state (x int);"
        "create function shardhelm.guard() returns trigger language plpgsql as 'begin return new; end';"
        "create trigger shardhelm_guard_1 after insert on app.users for each row execute function shardhelm.guard();"
        "create trigger theirs after insert on app.users for each row execute function "
        "  suppress_redundant_updates_trigger();"
        "alter table app.users drop constraint if exists x;"
        "create publication shardhelm_move_1 for table app.users; create publication theirs;"
        "create subscription shardhelm_move_2 connection 'dbname=nowhere' publication p "
        "  with (connect = false, slot_name = none)",
        QStringLiteral("one"));
    cluster.run("select pg_create_logical_replication_slot('shardhelm_slot_"
                    + QByteArray::number(QCoreApplication::applicationPid()) + "', 'pgoutput')",
                QStringLiteral("two"));
    const auto leftOn = [&cluster](const QString &which) {
        return cluster
            .run("select count(*) from (select subname from pg_subscription where subname like 'shardhelm%' "
                 "  and subdbid = (select oid from pg_database where datname = current_database()) "
                 "union all select pubname from pg_publication where pubname like 'shardhelm%' "
                 "union all select slot_name from pg_replication_slots where database = current_database() "
                 "union all select tgname from pg_trigger where tgname like 'shardhelm%' "
                 "union all select nspname from pg_namespace where nspname = 'shardhelm') x",
                 which)
            .integer(0, 0);
    };
    QCOMPARE(leftOn(QStringLiteral("one")), 4);
    QCOMPARE(leftOn(QStringLiteral("two")), 1);

    const auto planned = detachDirectory(cluster.file, RunMode::DryRun, nullptr, soon());
    QVERIFY2(planned, qPrintable(planned ? QString() : shown(planned.error())));
    QCOMPARE(planned->plan.size(), std::size_t(8));
    QCOMPARE(planned->plan.back(), (PlannedStatement{QStringLiteral("directory"), "drop schema shardhelm cascade"}));
    QCOMPARE(leftOn(QStringLiteral("one")), 4);
    QVERIFY(cluster.open().readMap(soon()));

    const auto done = detachDirectory(cluster.file, RunMode::Run, nullptr, soon());
    QVERIFY2(done, qPrintable(done ? QString() : shown(done.error())));
    QCOMPARE(done->plan, planned->plan);
    QCOMPARE(leftOn(QStringLiteral("one")), 0);
    QCOMPARE(leftOn(QStringLiteral("two")), 0);
    QCOMPARE(leftOn(QStringLiteral("directory")), 0);
    QVERIFY(cluster.mark(QStringLiteral("one")).isEmpty());
    QVERIFY(cluster.mark(QStringLiteral("two")).isEmpty());
    QCOMPARE(
        cluster.run("select count(*) from pg_trigger where tgname = 'theirs'", QStringLiteral("one")).integer(0, 0), 1);
    QCOMPARE(cluster.run("select count(*) from pg_publication", QStringLiteral("one")).integer(0, 0), 1);
    const auto again = detachDirectory(cluster.file, RunMode::Run, nullptr, soon());
    QVERIFY(!again);
    QCOMPARE(again.error().code, ErrorCode::DirectoryMissing);
    cluster.init();
}

void TestLifecycle::detachRefuses()
{
    TestCluster cluster(*m_server);
    cluster.init();
    const auto codeOf = [&cluster] {
        const auto done = detachDirectory(cluster.file, RunMode::Run, nullptr, soon());
        return done ? ErrorCode::Internal : done.error().code;
    };
    cluster.run("insert into shardhelm.move (logical_shard, source, target, layout) values (1, 'one', 'two', 'rows')");
    QCOMPARE(codeOf(), ErrorCode::ShardBusy);
    cluster.run("delete from shardhelm.move; create view public.theirs as select * from shardhelm.logical_shard");
    const auto used = detachDirectory(cluster.file, RunMode::Run, nullptr, soon());
    QVERIFY(!used);
    QCOMPARE(used.error().code, ErrorCode::Refused);
    QVERIFY2(used.error().found.contains(QLatin1StringView("theirs")), qPrintable(used.error().found));
    cluster.run("drop view public.theirs; update shardhelm.instance set conninfo = 'host=127.0.0.1 port=1' "
                "where name = 'two'");
    QCOMPARE(codeOf(), ErrorCode::ConnectionRefused);
    cluster.run("update shardhelm.instance set conninfo = (select conninfo from shardhelm.instance where name = 'one') "
                "where name = 'two'");
    QCOMPARE(codeOf(), ErrorCode::InstanceIsAnother);
    // Nothing was touched by any of them.
    QVERIFY(!cluster.mark(QStringLiteral("one")).isEmpty());
    QVERIFY(!cluster.mark(QStringLiteral("two")).isEmpty());
    QVERIFY(cluster.open().readMap(soon()));
}

void TestLifecycle::detachTriesTheDirectoryFirst()
{
    TestCluster cluster(*m_server);
    cluster.init();
    const QByteArray database = pg::Connection::identifier(cluster.database(QStringLiteral("directory")));
    cluster.run("alter database " + database + " set default_transaction_read_only = on", QStringLiteral("one"));
    const auto readOnly = detachDirectory(cluster.file, RunMode::Run, nullptr, soon());
    QVERIFY(!readOnly);
    QCOMPARE(readOnly.error().code, ErrorCode::ReadOnlyServer);
    cluster.run("alter database " + database + " reset default_transaction_read_only", QStringLiteral("one"));
    QVERIFY(!cluster.mark(QStringLiteral("one")).isEmpty());

    pg::Connection reader = cluster.connect(QStringLiteral("directory"));
    QVERIFY(reader.run("begin; lock table shardhelm.router in access share mode", soon()));
    std::stop_source stop;
    std::optional<Result<DetachReport>> stopped;
    std::thread detaching([&] {
        stopped = detachDirectory(cluster.file, RunMode::Run, nullptr,
                                  Wait::forDuration(std::chrono::seconds(30), stop.get_token()));
    });
    const bool waits = QTest::qWaitFor(
        [&] {
            return cluster.run("select count(*) from pg_locks where not granted and mode = 'AccessExclusiveLock'")
                       .integer(0, 0)
                > 0;
        },
        20000);
    stop.request_stop();
    detaching.join();
    QVERIFY(waits);
    QVERIFY(!*stopped);
    QCOMPARE(stopped->error().code, ErrorCode::Cancelled);
    QVERIFY(!cluster.mark(QStringLiteral("one")).isEmpty());
    QVERIFY(!cluster.mark(QStringLiteral("two")).isEmpty());
    QVERIFY(cluster.open().readMap(soon()));
}

void TestLifecycle::detachFinishesWhenRepeated()
{
    TestCluster cluster(*m_server);
    cluster.init();
    cluster.run("create trigger shardhelm_guard_1 after insert on app.users for each row execute function "
                "suppress_redundant_updates_trigger()",
                QStringLiteral("two"));
    pg::Connection reader = cluster.connect(QStringLiteral("two"));
    QVERIFY(reader.run("begin; lock table app.users in access share mode", soon()));
    const auto half = detachDirectory(cluster.file, RunMode::Run, nullptr, Wait::forDuration(std::chrono::seconds(3)));
    QVERIFY2(half, qPrintable(half ? QString() : shown(half.error())));
    QVERIFY(half->stopped);
    QCOMPARE(half->stopped->code, ErrorCode::TimedOut);
    QCOMPARE(half->cleaned, QStringList{QStringLiteral("one")});
    QVERIFY(cluster.open().readMap(soon()));
    QVERIFY(cluster.mark(QStringLiteral("one")).isEmpty());
    QVERIFY(!cluster.mark(QStringLiteral("two")).isEmpty());
    QVERIFY(reader.run("rollback", soon()));
    const auto done = detachDirectory(cluster.file, RunMode::Run, nullptr, soon());
    QVERIFY2(done, qPrintable(done ? QString() : shown(done.error())));
    QVERIFY(cluster.mark(QStringLiteral("two")).isEmpty());
    QVERIFY(cluster.run("select from pg_namespace where nspname = 'shardhelm'").isEmpty());
}

void TestLifecycle::detachSkipsLostRetiredInstances()
{
    TestCluster cluster(*m_server);
    cluster.init();
    cluster.run(
        "update shardhelm.instance set conninfo = 'host=127.0.0.1 port=1', state = 'retired' where name = 'two'");
    const auto done = detachDirectory(cluster.file, RunMode::Run, nullptr, soon());
    QVERIFY2(done, qPrintable(done ? QString() : shown(done.error())));
    QCOMPARE(done->leftOut, QStringList{QStringLiteral("two")});
    QVERIFY(cluster.mark(QStringLiteral("one")).isEmpty());
    QVERIFY(!cluster.mark(QStringLiteral("two")).isEmpty());
}

QTEST_GUILESS_MAIN(TestLifecycle)
#include "tst_lifecycle.moc"
