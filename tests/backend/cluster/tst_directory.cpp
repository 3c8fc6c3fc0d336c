// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/directory.h"
#include "cluster/identity.h"
#include "cluster/localcopy.h"
#include "cluster/mapchange.h"
#include "cluster/schema.h"
#include "support/testcluster.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <thread>

using namespace shardhelm;
using namespace shardhelm::cluster;
using shardhelm::test::shown;
using shardhelm::test::soon;
using shardhelm::test::TestCluster;
using shardhelm::test::TestServer;

class TestDirectory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_server = std::make_unique<TestServer>(); }
    void cleanupTestCase() { m_server.reset(); }

    void publicTablesAreAsDocumented();
    void opensOnlyADirectory();
    void missingRights();
    void readsTheMap();
    void readsOneSnapshot();
    void flips();
    void flipIsCompareAndSet();
    void onlyOneOfManyFlipsWins();
    void flipNotifies();
    void pins();
    void pinsWaitForMoves_data();
    void pinsWaitForMoves();
    void records();
    void auditIsAppendOnly();
    void keepsDatedCopies();
    void copyFailureDoesNotFailTheChange();

private:
    std::unique_ptr<TestServer> m_server;
};

void TestDirectory::publicTablesAreAsDocumented()
{
    TestCluster cluster(*m_server);
    cluster.init();
    const pg::Rows rows = cluster.run("select relname || '(' || string_agg(attname || ' ' || atttypid::regtype, ', ' "
                                      "       order by attnum) || ')'"
                                      "  from pg_class join pg_attribute on attrelid = pg_class.oid "
                                      " where relnamespace = 'shardhelm'::regnamespace and relkind = 'r' and attnum > 0"
                                      "   and relname in ('cluster', 'instance', 'logical_shard', 'tenant_pin', "
                                      "                   'sharded_table', 'router')"
                                      " group by relname order by relname");
    QStringList tables;
    for (int row = 0; row < rows.count(); ++row)
        tables.append(rows.text(row, 0));
    QCOMPARE(tables,
             (QStringList{
                 QStringLiteral("cluster(name text, layout text, logical_shards integer, schema_pattern text, "
                                "key_type text, routing_sql text, map_epoch bigint, map_ttl_seconds integer)"),
                 QStringLiteral("instance(name text, conninfo text, peer_conninfo text, direct_conninfo text, "
                                "replica_conninfos text[], zone text, capacity_bytes bigint, weight double precision, "
                                "state text, dedicated boolean, identity jsonb)"),
                 QStringLiteral("logical_shard(id integer, instance text, epoch bigint, state text, frozen text)"),
                 QStringLiteral("router(name text, seen_epoch bigint, seen_at timestamp with time zone)"),
                 QStringLiteral("sharded_table(table_schema text, table_name text, kind text, shard_key text, "
                                "colocation_group text)"),
                 QStringLiteral("tenant_pin(tenant text, logical_shard integer, epoch bigint, state text)"),
             }));
}

void TestDirectory::opensOnlyADirectory()
{
    TestCluster cluster(*m_server);
    const auto codeOf = [&cluster] {
        const auto directory = Directory::open(cluster.file, QStringLiteral("test"), soon());
        return directory ? ErrorCode::Internal : directory.error().code;
    };
    QCOMPARE(codeOf(), ErrorCode::DirectoryMissing);
    cluster.run("create schema shardhelm; create table shardhelm.cluster (x int)");
    QCOMPARE(codeOf(), ErrorCode::DirectoryMissing);
    cluster.run("drop schema shardhelm cascade");
    cluster.init();
    QVERIFY(Directory::open(cluster.file, QStringLiteral("test"), soon()));
    cluster.run("insert into shardhelm.layout_version values (99)");
    const auto newer = Directory::open(cluster.file, QStringLiteral("test"), soon());
    QVERIFY(!newer);
    QCOMPARE(newer.error().code, ErrorCode::DirectoryTooNew);
    QCOMPARE(newer.error().found, QStringLiteral("99"));
    cluster.run("delete from shardhelm.layout_version");
    QCOMPARE(codeOf(), ErrorCode::DirectoryTooOld);
}

void TestDirectory::missingRights()
{
    TestCluster cluster(*m_server);
    cluster.init();
    cluster.run("do $$ begin create role outsider login; exception when duplicate_object then null; end $$");
    cluster.file.directoryConninfo += QStringLiteral(" user=outsider");
    const auto closed = Directory::open(cluster.file, QStringLiteral("test"), soon());
    QVERIFY(!closed);
    QCOMPARE(closed.error().code, ErrorCode::NotPermitted);
    cluster.run(
        "grant usage on schema shardhelm to outsider; grant select on all tables in schema shardhelm to outsider");
    auto reader = Directory::open(cluster.file, QStringLiteral("test"), soon());
    QVERIFY2(reader, qPrintable(reader ? QString() : shown(reader.error())));
    QVERIFY(reader->readMap(soon()));
    const auto flipped = reader->flip(0, QStringLiteral("one"), QStringLiteral("two"), 1, soon());
    QVERIFY(!flipped);
    QCOMPARE(flipped.error().code, ErrorCode::NotPermitted);
}

void TestDirectory::readsTheMap()
{
    TestCluster cluster(*m_server, Layout::Rows, 5);
    cluster.request.instances[0].zone = QStringLiteral("eu-1");
    cluster.request.instances[0].peerConninfo = QStringLiteral("host=10.0.0.1");
    cluster.request.instances[0].replicaConninfos = {QStringLiteral(R"(host=a,b options='\'x" {}')"),
                                                     QStringLiteral("host=c")};
    cluster.request.instances[0].capacityBytes = 1LL << 40;
    cluster.request.instances[0].weight = 1.5;
    cluster.request.instances[0].dedicated = false;
    cluster.init();
    cluster.run("update shardhelm.logical_shard set frozen = 'audit', state = 'moving', epoch = 7 where id = 3;"
                "insert into shardhelm.tenant_pin values ('42', 1, 3, 'active')");
    Directory directory = cluster.open();
    const auto map = directory.readMap(soon());
    QVERIFY2(map, qPrintable(map ? QString() : shown(map.error())));

    ShardMap expected;
    expected.clusterName = QStringLiteral("shop");
    expected.layout = Layout::Rows;
    expected.logicalShards = 5;
    expected.keyType = QStringLiteral("bigint");
    expected.routingSql = cluster.request.routing.sql;
    expected.mapEpoch = map->mapEpoch;
    expected.instances = cluster.request.instances;
    for (std::size_t i = 0; i < 2; ++i) {
        pg::Connection connection = cluster.connect(expected.instances[i].name);
        expected.instances[i].identity = readDatabaseFacts(connection, soon())->identity;
        QVERIFY(!expected.instances[i].identity.instanceId.isEmpty());
    }
    for (int shard = 0; shard < 5; ++shard)
        expected.shards.push_back(
            {shard, map->shards[static_cast<std::size_t>(shard)].instance, 1, ShardState::Active, {}});
    expected.shards[3].epoch = 7;
    expected.shards[3].state = ShardState::Moving;
    expected.shards[3].frozen = QStringLiteral("audit");
    expected.pins = {{QStringLiteral("42"), 1, 3, QStringLiteral("active")}};
    expected.tables = {cluster.request.tables[1], cluster.request.tables[0]};
    QCOMPARE(map->instances, expected.instances);
    QCOMPARE(map->tables, expected.tables);
    QCOMPARE(*map, expected);
    QVERIFY(map->mapEpoch >= 1700000000);
    QCOMPARE(*directory.readEpoch(soon()), map->mapEpoch);
    QCOMPARE(map->shard(3)->frozen, QStringLiteral("audit"));
    QVERIFY(!map->shard(5));
    QVERIFY(!map->instance(QStringLiteral("three")));
}

void TestDirectory::readsOneSnapshot()
{
    // A writer swaps both shards in one transaction over and over; no reading may see one half of it.
    TestCluster cluster(*m_server, Layout::Rows, 2);
    cluster.init();
    cluster.run("update shardhelm.logical_shard set instance = case id when 0 then 'one' else 'two' end");
    Directory directory = cluster.open();
    const qint64 first = *directory.readEpoch(soon());
    pg::Connection writer = cluster.connect(QStringLiteral("directory"));
    std::jthread thread([&writer](const std::stop_token &stop) {
        while (!stop.stop_requested()) {
            const auto swapped =
                writer.run("begin; update shardhelm.logical_shard set epoch = epoch + 1, instance = case "
                           "instance when 'one' then 'two' else 'one' end;"
                           "update shardhelm.cluster set map_epoch = map_epoch + 1; commit",
                           soon());
            if (!swapped)
                qFatal("swap: %s", qUtf8Printable(shown(swapped.error())));
        }
    });
    qint64 last = first;
    for (int i = 0; i < 50 || last == first; ++i) {
        const auto map = directory.readMap(soon());
        QVERIFY(map);
        QVERIFY(map->shards[0].instance != map->shards[1].instance);
        QCOMPARE(map->shards[0].epoch - 1, map->mapEpoch - first);
        QCOMPARE(map->shards[0].epoch, map->shards[1].epoch);
        last = map->mapEpoch;
    }
}

void TestDirectory::flips()
{
    TestCluster cluster(*m_server);
    cluster.init();
    Directory directory = cluster.open();
    const auto before = directory.readMap(soon());
    QVERIFY(before);
    QCOMPARE(before->shards[0].instance, QStringLiteral("one"));
    const auto epoch = directory.flip(0, QStringLiteral("one"), QStringLiteral("two"), 1, soon());
    QVERIFY2(epoch, qPrintable(epoch ? QString() : shown(epoch.error())));
    QCOMPARE(*epoch, before->mapEpoch + 1);
    auto expected = *before;
    expected.mapEpoch = *epoch;
    expected.shards[0].instance = QStringLiteral("two");
    expected.shards[0].epoch = 2;
    QCOMPARE(*directory.readMap(soon()), expected);
    const pg::Rows audit = cluster.run("select what, detail->>'from', detail->>'to', who = session_user, host <> '' "
                                       "from shardhelm.operation order by id desc limit 1");
    QCOMPARE(audit.text(0, 0), QStringLiteral("map flip"));
    QCOMPARE(audit.text(0, 1), QStringLiteral("one"));
    QCOMPARE(audit.text(0, 2), QStringLiteral("two"));
    QVERIFY(audit.boolean(0, 3) && audit.boolean(0, 4));
}

void TestDirectory::flipIsCompareAndSet()
{
    TestCluster cluster(*m_server);
    cluster.init();
    Directory directory = cluster.open();
    const auto before = directory.readMap(soon());
    const auto codeOf = [&directory](int shard, const char *from, const char *to, qint64 epoch) {
        const auto flipped = directory.flip(shard, QString::fromLatin1(from), QString::fromLatin1(to), epoch, soon());
        return flipped ? ErrorCode::Internal : flipped.error().code;
    };
    QCOMPARE(codeOf(0, "two", "one", 1), ErrorCode::MapChanged);
    QCOMPARE(codeOf(0, "one", "two", 2), ErrorCode::MapChanged);
    QCOMPARE(codeOf(99, "one", "two", 1), ErrorCode::ShardUnknown);
    QCOMPARE(codeOf(0, "one", "three", 1), ErrorCode::InstanceUnknown);
    cluster.run("update shardhelm.instance set state = 'retired' where name = 'two'");
    QCOMPARE(codeOf(0, "one", "two", 1), ErrorCode::Refused);
    auto after = *directory.readMap(soon());
    after.instances[1].state = InstanceState::Active;
    QCOMPARE(after, *before);
    QVERIFY(!directory.connection().inTransaction());
}

void TestDirectory::onlyOneOfManyFlipsWins()
{
    TestCluster cluster(*m_server);
    cluster.init();
    constexpr int contenders = 6;
    std::atomic<int> won = 0;
    std::atomic<int> lost = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < contenders; ++i) {
            threads.emplace_back([&cluster, &won, &lost] {
                Directory directory = cluster.open();
                directory.setCopyFolder({});
                const auto flipped = directory.flip(2, QStringLiteral("one"), QStringLiteral("two"), 1, soon());
                if (flipped)
                    ++won;
                else if (flipped.error().code == ErrorCode::MapChanged)
                    ++lost;
            });
        }
    }
    QCOMPARE(won.load(), 1);
    QCOMPARE(lost.load(), contenders - 1);
}

void TestDirectory::flipNotifies()
{
    TestCluster cluster(*m_server);
    cluster.init();
    pg::Connection listener = cluster.connect(QStringLiteral("directory"));
    QVERIFY(listener.run("listen shardhelm_map", soon()));
    Directory directory = cluster.open();
    QVERIFY(!directory.flip(0, QStringLiteral("two"), QStringLiteral("one"), 1, soon()));
    const auto epoch = directory.flip(0, QStringLiteral("one"), QStringLiteral("two"), 1, soon());
    QVERIFY(epoch);
    const auto heard = listener.notifications(soon());
    QVERIFY(heard);
    QCOMPARE(heard->size(), std::size_t(1));
    QCOMPARE(heard->front().channel, QStringLiteral("shardhelm_map"));
    QCOMPARE(heard->front().payload, QString::number(*epoch));
}

void TestDirectory::pins()
{
    TestCluster cluster(*m_server);
    cluster.init();
    Directory directory = cluster.open();
    const qint64 before = *directory.readEpoch(soon());
    const auto first = directory.pin(QStringLiteral(" 042 "), 3, soon());
    QVERIFY2(first, qPrintable(first ? QString() : shown(first.error())));
    QCOMPARE(*first, before + 1);
    QVERIFY(directory.pin(QStringLiteral("42"), 4, soon()));
    auto map = directory.readMap(soon());
    QCOMPARE(map->pins, (std::vector<TenantPin>{{QStringLiteral("42"), 4, 2, QStringLiteral("active")}}));
    QCOMPARE(map->mapEpoch, before + 2);
    QVERIFY(directory.pin(QStringLiteral("42"), std::nullopt, soon()));
    map = directory.readMap(soon());
    QVERIFY(map->pins.empty());
    QCOMPARE(map->mapEpoch, before + 3);

    const auto unknown = directory.pin(QStringLiteral("42"), 99, soon());
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().code, ErrorCode::ShardUnknown);
    const auto noKey = directory.pin(QStringLiteral("forty-two"), 1, soon());
    QVERIFY(!noKey);
    QCOMPARE(noKey.error().code, ErrorCode::KeyValueBad);
    QCOMPARE(*directory.readEpoch(soon()), before + 3);
}

void TestDirectory::pinsWaitForMoves_data()
{
    QTest::addColumn<QByteArray>("phase");
    QTest::addColumn<bool>("finished");
    QTest::addColumn<bool>("allowed");
    for (const char *phase : {"planned", "preflight", "schema", "copy", "catch-up", "indexes", "verify", "ready",
                              "cutover", "window", "aborting", "rolling back"})
        QTest::newRow(phase) << QByteArray(phase) << false << false;
    QTest::newRow("teardown") << QByteArray("teardown") << false << true;
    QTest::newRow("done") << QByteArray("done") << true << true;
    QTest::newRow("aborted") << QByteArray("aborted") << true << true;
}

void TestDirectory::pinsWaitForMoves()
{
    QFETCH(QByteArray, phase);
    QFETCH(bool, finished);
    QFETCH(bool, allowed);
    static std::unique_ptr<TestCluster> cluster;
    if (!cluster) {
        cluster = std::make_unique<TestCluster>(*m_server);
        cluster->init();
    }
    Directory directory = cluster->open();
    directory.setCopyFolder({});
    const int routed =
        static_cast<int>(cluster->run("select (hashint8extended(42, 0) & 9223372036854775807) % 8").integer(0, 0));
    const int other = (routed + 1) % 8;
    const int third = (routed + 2) % 8;
    // The shard that the tenant leaves by its routing, the one that it joins, and the one that its pin leaves.
    for (const int busy : {routed, other}) {
        cluster->run("delete from shardhelm.move; delete from shardhelm.tenant_pin;"
                     "insert into shardhelm.move (logical_shard, source, target, layout, phase, finished_at) values ("
                     + QByteArray::number(busy) + ", 'one', 'two', 'rows', '" + phase + "', "
                     + (finished ? "now()" : "null") + ")");
        const auto pinned = directory.pin(QStringLiteral("42"), other, soon());
        QCOMPARE(pinned.has_value(), allowed);
        if (!allowed) {
            QCOMPARE(pinned.error().code, ErrorCode::ShardBusy);
            QCOMPARE(pinned.error().subject, QString::number(busy));
            QCOMPARE(pinned.error().found, QString::fromLatin1(phase));
        }
        QVERIFY(!directory.connection().inTransaction());
    }
    cluster->run("delete from shardhelm.tenant_pin; insert into shardhelm.tenant_pin values ('42', "
                 + QByteArray::number(other) + ")");
    QCOMPARE(directory.pin(QStringLiteral("42"), third, soon()).has_value(), allowed);
    if (qstrcmp(QTest::currentDataTag(), "aborted") == 0)
        cluster.reset();
}

void TestDirectory::records()
{
    TestCluster cluster(*m_server);
    cluster.init();
    Directory directory = cluster.open();
    QVERIFY(directory.record(QStringLiteral("plan run"), R"({"moves": 3})", soon()));
    const pg::Rows rows =
        cluster.run("select who = session_user, host, what, detail->>'moves' from shardhelm.operation "
                    "order by id desc limit 1");
    QVERIFY(rows.boolean(0, 0));
    QCOMPARE(rows.text(0, 1), QSysInfo::machineHostName());
    QCOMPARE(rows.text(0, 2), QStringLiteral("plan run"));
    QCOMPARE(rows.text(0, 3), QStringLiteral("3"));
    QVERIFY(!directory.record(QStringLiteral("x"), "no json", soon()));
}

void TestDirectory::auditIsAppendOnly()
{
    TestCluster cluster(*m_server);
    cluster.init();
    pg::Connection connection = cluster.connect(QStringLiteral("directory"));
    for (const char *sql : {"update shardhelm.operation set what = ''", "delete from shardhelm.operation",
                            "truncate shardhelm.operation", "delete from shardhelm.move_event"})
        QVERIFY2(!connection.run(sql, soon()), sql);
}

void TestDirectory::keepsDatedCopies()
{
    TestCluster cluster(*m_server);
    cluster.init();
    Directory directory = cluster.open();
    const auto epoch = directory.flip(0, QStringLiteral("one"), QStringLiteral("two"), 1, soon());
    QVERIFY(epoch);
    QVERIFY2(!directory.copyError(), qPrintable(directory.copyError() ? shown(*directory.copyError()) : QString()));
    QDir copies(directory.copyFolder());
    QStringList names = copies.entryList(QDir::Files);
    QCOMPARE(names.size(), 1);
    QVERIFY2(names[0].endsWith(QStringLiteral("-epoch-%1.json").arg(*epoch)), qPrintable(names[0]));
    QFile file(copies.filePath(names[0]));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject document = QJsonDocument::fromJson(file.readAll()).object();
    QCOMPARE(document[QLatin1StringView("cluster")].toString(), QStringLiteral("shop"));
    QVERIFY(document[QLatin1StringView("tables")].toObject().contains(QLatin1StringView("logical_shard")));
    QCOMPARE(QFile::permissions(file.fileName()) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());

    // action: more copies than are kept
    for (int i = 0; i < 50; ++i) {
        QFile old(
            copies.filePath(QStringLiteral("2001-01-01T00-00-00-%1-epoch-1.json").arg(i, 3, 10, QLatin1Char('0'))));
        QVERIFY(old.open(QIODevice::WriteOnly));
    }
    QFile stranger(copies.filePath(QStringLiteral("notes.txt")));
    QVERIFY(stranger.open(QIODevice::WriteOnly));
    QVERIFY(directory.pin(QStringLiteral("1"), 1, soon()));

    // verify: the newest two and 48 of the old ones are left, and nothing of another's is touched
    names = copies.entryList({QStringLiteral("*.json")}, QDir::Files);
    QCOMPARE(names.size(), 50);
    QCOMPARE(names.filter(QStringLiteral("2001-01-01")).size(), 48);
    QVERIFY(!names.contains(QStringLiteral("2001-01-01T00-00-00-001-epoch-1.json")));
    QVERIFY(stranger.exists());
}

void TestDirectory::copyFailureDoesNotFailTheChange()
{
    TestCluster cluster(*m_server);
    cluster.init();
    Directory directory = cluster.open();
    QFile blocker(cluster.folder.filePath(QStringLiteral("blocker")));
    QVERIFY(blocker.open(QIODevice::WriteOnly));
    directory.setCopyFolder(blocker.fileName());
    QVERIFY(directory.flip(0, QStringLiteral("one"), QStringLiteral("two"), 1, soon()));
    QVERIFY(directory.copyError());
    QCOMPARE(directory.copyError()->code, ErrorCode::FileUnwritable);
    QCOMPARE(directory.readMap(soon())->shards[0].instance, QStringLiteral("two"));
}

QTEST_GUILESS_MAIN(TestDirectory)
#include "tst_directory.moc"
