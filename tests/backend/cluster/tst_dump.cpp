// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/dump.h"
#include "cluster/lifecycle.h"
#include "cluster/schema.h"
#include "support/testcluster.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

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

/// The directory out of its dump, and from one version of its tables to the next.
class TestDump : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_server = std::make_unique<TestServer>(); }
    void cleanupTestCase() { m_server.reset(); }

    void dumpAndRestore();
    void restoreRefuses_data();
    void restoreRefuses();
    void restoreIsWholeOrNothing();
    void restoreWantsEveryPlacedShard();
    void upgradeOfThePresentVersion();
    void migratesInSteps();
    void failedMigrationLeavesTheOldVersion();

private:
    std::unique_ptr<TestServer> m_server;
};

void TestDump::dumpAndRestore()
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

void TestDump::restoreRefuses_data()
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

void TestDump::restoreRefuses()
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

/// The dump with its first logical shard on an instance that is not in it.
static QByteArray withShardOnNobody(const QByteArray &document)
{
    QJsonObject object = QJsonDocument::fromJson(document).object();
    QJsonObject tables = object[QLatin1StringView("tables")].toObject();
    QJsonObject shards = tables[QLatin1StringView("logical_shard")].toObject();
    QJsonArray rows = shards[QLatin1StringView("rows")].toArray();
    QJsonArray row = rows[0].toArray();
    row[shards[QLatin1StringView("columns")].toArray().toVariantList().indexOf(QStringLiteral("instance"))] =
        QStringLiteral("nobody");
    rows[0] = row;
    shards[QLatin1StringView("rows")] = rows;
    tables[QLatin1StringView("logical_shard")] = shards;
    object[QLatin1StringView("tables")] = tables;
    return QJsonDocument(object).toJson();
}

void TestDump::restoreIsWholeOrNothing()
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
                                QByteArray(document).replace("\"sharded\"", "\"torn\""), withShardOnNobody(document)};
    for (const QByteArray &text : spoilt) {
        QVERIFY(text != document);
        const auto refused = restoreDirectory(connection, QStringLiteral("dump"), text, soon());
        QVERIFY(!refused);
        QVERIFY2(refused.error().code == ErrorCode::FileSyntax && !refused.error().db,
                 qPrintable(shown(refused.error())));
        QVERIFY(cluster.run("select from pg_namespace where nspname = 'shardhelm'").isEmpty());
    }
    QVERIFY(restoreDirectory(connection, QStringLiteral("dump"), document, soon()));
}

void TestDump::restoreWantsEveryPlacedShard()
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

void TestDump::upgradeOfThePresentVersion()
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

void TestDump::migratesInSteps()
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

void TestDump::failedMigrationLeavesTheOldVersion()
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

QTEST_GUILESS_MAIN(TestDump)
#include "tst_dump.moc"
