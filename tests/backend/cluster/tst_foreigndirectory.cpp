// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/directory.h"
#include "cluster/lifecycle.h"
#include "support/testcluster.h"

#include <QTest>

using namespace shardhelm;
using namespace shardhelm::cluster;
using shardhelm::test::shown;
using shardhelm::test::soon;
using shardhelm::test::TestCluster;
using shardhelm::test::TestServer;

namespace {

/// A directory of another shape: buckets on nodes, a version counter of its own.
const QByteArray foreignSchema =
    "create schema shards;"
    "create table shards.node (host text primary key, dsn text not null, room bigint);"
    "create table shards.bucket (no smallint primary key, host text references shards.node, version int not null);"
    "create table shards.whale (customer bigint primary key, bucket int);"
    "create table shards.relation (name text, key text);"
    "insert into shards.node values ('n1', 'host=a', 1000), ('n2', 'host=b', null);"
    "insert into shards.bucket values (0, 'n1', 5), (1, 'n2', 6), (2, 'n1', 7);"
    "insert into shards.whale values (42, 2);"
    "insert into shards.relation values ('orders', 'customer')";

QMap<QString, QString> foreignQueries()
{
    return {
        {QStringLiteral("instances"),
         QStringLiteral("select host as name, dsn as conninfo, room as capacity_bytes "
                        "from shards.node order by 1")},
        {QStringLiteral("map"),
         QStringLiteral("select no as id, host as instance, version as epoch from shards.bucket order by 1 desc")},
        {QStringLiteral("pins"),
         QStringLiteral("select customer as tenant, bucket as logical_shard from shards.whale")},
        {QStringLiteral("tables"),
         QStringLiteral("select 'public' as table_schema, name as table_name, key as shard_key from shards.relation")},
        {QStringLiteral("epoch"),
         QStringLiteral("select sum(version) as map_epoch, 'bigint' as key_type, "
                        "'$1 % 3' as routing_sql from shards.bucket")},
        {QStringLiteral("flip"),
         QStringLiteral("update shards.bucket set host = $3, version = version + 1 "
                        "where no = $1 and host = $2 and version = $4;")},
    };
}

} // namespace

class TestForeignDirectory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_server = std::make_unique<TestServer>(); }
    void cleanupTestCase() { m_server.reset(); }
    void init()
    {
        m_cluster = std::make_unique<TestCluster>(*m_server);
        m_cluster->run(foreignSchema);
        m_cluster->file.directoryQueries = foreignQueries();
    }
    void cleanup() { m_cluster.reset(); }

    void readsTheMap();
    void leavesOutWhatIsNotThere();
    void namesWhatIsWrong_data();
    void namesWhatIsWrong();
    void flips();
    void flipMustChangeOneRow_data();
    void flipMustChangeOneRow();
    void pinsAreTheirs();
    void journalStandsBeside();

private:
    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<TestCluster> m_cluster;
};

void TestForeignDirectory::readsTheMap()
{
    Directory directory = m_cluster->open();
    QVERIFY(directory.isForeign());
    const auto map = directory.readMap(soon());
    QVERIFY2(map, qPrintable(map ? QString() : shown(map.error())));
    ShardMap expected;
    expected.foreign = true;
    expected.clusterName = QStringLiteral("shop");
    expected.layout = Layout::Rows;
    expected.logicalShards = 3;
    expected.keyType = QStringLiteral("bigint");
    expected.routingSql = QStringLiteral("$1 % 3");
    expected.mapEpoch = 18;
    expected.instances.resize(2);
    expected.instances[0].name = QStringLiteral("n1");
    expected.instances[0].conninfo = QStringLiteral("host=a");
    expected.instances[0].capacityBytes = 1000;
    expected.instances[1].name = QStringLiteral("n2");
    expected.instances[1].conninfo = QStringLiteral("host=b");
    expected.shards = {{0, QStringLiteral("n1"), 5, ShardState::Active, {}},
                       {1, QStringLiteral("n2"), 6, ShardState::Active, {}},
                       {2, QStringLiteral("n1"), 7, ShardState::Active, {}}};
    expected.pins = {{QStringLiteral("42"), 2, 0, {}}};
    expected.tables = {
        {QStringLiteral("public"), QStringLiteral("orders"), TableKind::Sharded, QStringLiteral("customer"), {}}};
    QCOMPARE(*map, expected);
    QCOMPARE(*directory.readEpoch(soon()), 18);
}

void TestForeignDirectory::leavesOutWhatIsNotThere()
{
    m_cluster->file.directoryQueries.remove(QStringLiteral("pins"));
    m_cluster->file.directoryQueries.remove(QStringLiteral("tables"));
    const auto map = m_cluster->open().readMap(soon());
    QVERIFY2(map, qPrintable(map ? QString() : shown(map.error())));
    QVERIFY(map->pins.empty());
    QVERIFY(map->tables.empty());
    QCOMPARE(map->shards.size(), std::size_t(3));
}

void TestForeignDirectory::namesWhatIsWrong_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QString>("found");
    const auto row = [](const char *name, const char *query, const char *sql, const char *subject, const char *found) {
        QTest::newRow(name) << QString::fromLatin1(query) << QString::fromLatin1(sql) << QString::fromLatin1(subject)
                            << QString::fromLatin1(found);
    };
    row("no such column", "map", "select no as shard, host as instance from shards.bucket", "map.id",
        "shard, instance");
    row("no number", "map", "select 'x' || no as id, host as instance from shards.bucket where no = 1", "map.id", "x1");
    row("negative", "map", "select -1 as id, 'n1' as instance", "map.id", "-1");
    row("too large", "map", "select 9999999999 as id, 'n1' as instance", "map.id", "9999999999");
    row("null id", "map", "select null::int as id, 'n1' as instance", "map.id", "");
    row("unknown instance", "map", "select 1 as id, 'n9' as instance", "map.instance", "n9");
    row("null instance", "map", "select 1 as id, null as instance", "map.instance", "");
    row("shard twice", "map", "select 1 as id, 'n1' as instance union all select 1, 'n2'", "map.id", "1");
    row("unknown state", "map", "select 1 as id, 'n1' as instance, 'asleep' as state", "map.state", "asleep");
    row("instance twice", "instances", "select 'n1' as name, 'host=a' as conninfo from generate_series(1, 2)",
        "instances.name", "n1");
    row("no conninfo", "instances", "select host as name from shards.node", "instances.conninfo", "name");
    row("empty conninfo", "instances", "select host as name, '' as conninfo from shards.node", "instances.conninfo",
        "");
    row("bad weight", "instances", "select host as name, dsn as conninfo, 'NaN'::float8 as weight from shards.node",
        "instances.weight", "NaN");
    row("pin to nowhere", "pins", "select 1 as tenant, 99 as logical_shard", "pins.logical_shard", "99");
    row("pin twice", "pins", "select 1 as tenant, 2 as logical_shard from generate_series(1, 2)", "pins.tenant", "1");
    row("table without a key", "tables", "select 'x' as table_name", "tables.shard_key", "");
    row("unknown kind", "tables", "select 'x' as table_name, 'big' as kind", "tables.kind", "big");
    row("no epoch", "epoch", "select 1 as version", "epoch.map_epoch", "version");
    row("two epochs", "epoch", "select 1 as map_epoch from generate_series(1, 2)", "epoch.map_epoch", "2");
    row("null epoch", "epoch", "select null::int as map_epoch", "epoch.map_epoch", "");
    row("unknown layout", "epoch", "select 1 as map_epoch, 'columns' as layout", "epoch.layout", "columns");
    row("bad pattern", "epoch", "select 1 as map_epoch, 'schema' as layout, 'ls' as schema_pattern",
        "epoch.schema_pattern", "ls");
}

void TestForeignDirectory::namesWhatIsWrong()
{
    QFETCH(QString, query);
    QFETCH(QString, sql);
    QFETCH(QString, subject);
    QFETCH(QString, found);
    m_cluster->file.directoryQueries[query] = sql;
    Directory directory = m_cluster->open();
    const auto map = directory.readMap(soon());
    QVERIFY(!map);
    QCOMPARE(map.error().code, ErrorCode::DirectoryInconsistent);
    QCOMPARE(map.error().subject, subject);
    QCOMPARE(map.error().found, found);
    QVERIFY(!directory.connection().inTransaction());
}

void TestForeignDirectory::flips()
{
    Directory directory = m_cluster->open();
    pg::Connection listener = m_cluster->connect(QStringLiteral("directory"));
    QVERIFY(listener.run("listen shardhelm_map", soon()));
    const auto stale = directory.flip(1, QStringLiteral("n2"), QStringLiteral("n1"), 5, soon());
    QVERIFY(!stale);
    QCOMPARE(stale.error().code, ErrorCode::MapChanged);
    const auto epoch = directory.flip(1, QStringLiteral("n2"), QStringLiteral("n1"), 6, soon());
    QVERIFY2(epoch, qPrintable(epoch ? QString() : shown(epoch.error())));
    QCOMPARE(*epoch, 19);
    const auto map = directory.readMap(soon());
    QCOMPARE(map->shards[1].instance, QStringLiteral("n1"));
    QCOMPARE(map->shards[1].epoch, 7);
    const auto heard = listener.notifications(soon());
    QVERIFY(heard);
    QCOMPARE(heard->front().payload, QStringLiteral("19"));
}

void TestForeignDirectory::flipMustChangeOneRow_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("none") << QString() << ErrorCode::KeyMissing;
    QTest::newRow("several rows") << QStringLiteral("update shards.bucket set host = $3, version = version + 1 where "
                                                    "$1::int >= 0 and $2::text <> '' and $4::int > 0")
                                  << ErrorCode::DirectoryInconsistent;
    QTest::newRow("epoch not raised") << QStringLiteral(
        "update shards.bucket set host = $3 where no = $1 and host = $2 "
        "and version = $4") << ErrorCode::DirectoryInconsistent;
    QTest::newRow("no update") << QStringLiteral("select $1::int, $2::text, $3::text, $4::int")
                               << ErrorCode::MapChanged;
    QTest::newRow("broken") << QStringLiteral("update nothing set x = $1") << ErrorCode::StatementFailed;
}

void TestForeignDirectory::flipMustChangeOneRow()
{
    QFETCH(QString, sql);
    QFETCH(ErrorCode, code);
    m_cluster->file.directoryQueries[QStringLiteral("flip")] = sql;
    Directory directory = m_cluster->open();
    const auto before = directory.readMap(soon());
    const auto flipped = directory.flip(1, QStringLiteral("n2"), QStringLiteral("n1"), 6, soon());
    QVERIFY(!flipped);
    QVERIFY2(flipped.error().code == code, qPrintable(shown(flipped.error())));
    QCOMPARE(*directory.readMap(soon()), *before);
}

void TestForeignDirectory::pinsAreTheirs()
{
    Directory directory = m_cluster->open();
    const auto pinned = directory.pin(QStringLiteral("7"), 1, soon());
    QVERIFY(!pinned);
    QCOMPARE(pinned.error().code, ErrorCode::DirectoryIsForeign);
}

void TestForeignDirectory::journalStandsBeside()
{
    const auto planned = upgradeDirectory(m_cluster->file, RunMode::DryRun, nullptr, soon());
    QVERIFY2(planned, qPrintable(planned ? QString() : shown(planned.error())));
    QCOMPARE(planned->size(), std::size_t(1));
    QVERIFY(m_cluster->run("select from pg_namespace where nspname = 'shardhelm'").isEmpty());
    QVERIFY(upgradeDirectory(m_cluster->file, RunMode::Run, nullptr, soon()));
    QCOMPARE(
        m_cluster->run("select to_regclass('shardhelm.move') is not null and to_regclass('shardhelm.cluster') is null")
            .boolean(0, 0),
        true);
    QVERIFY(upgradeDirectory(m_cluster->file, RunMode::Run, nullptr, soon())->empty());
    Directory directory = m_cluster->open();
    QVERIFY(directory.record(QStringLiteral("look"), "{}", soon()));
    QVERIFY(directory.readMap(soon()));
}

QTEST_GUILESS_MAIN(TestForeignDirectory)
#include "tst_foreigndirectory.moc"
