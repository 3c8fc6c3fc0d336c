// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/directory.h"
#include "detailtest.h"
#include "monitor/detail/replication.h"
#include "support/testfleet.h"

#include <QTest>

using namespace shardhelm;
using namespace shardhelm::monitor::detail;

class TestDetailReplication : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_fleet = std::make_unique<test::TestFleet>(); }

    void readsReplicasAndSlots()
    {
        const test::TestServer &one = m_fleet->one;
        one.run("SELECT pg_create_physical_replication_slot('unused', true)");
        one.run("CREATE TABLE written AS SELECT generate_series(1, 20000) AS n");
        OwnConnections own(nullptr);
        const monitor::Target target = test::target(QStringLiteral("one"), one.conninfo());
        const auto read = readReplication(own, target, test::patient());
        QVERIFY(read);
        QVERIFY(!read->receiver);
        QVERIFY(!read->positionsHidden);
        QCOMPARE(read->readers.size(), size_t(1));
        QVERIFY(read->readers[0].lagBytes.has_value());
        QTRY_COMPARE_WITH_TIMEOUT(readReplication(own, target, test::patient())->readers.at(0).state,
                                  QStringLiteral("streaming"), 60000);
        const auto unused = std::find_if(read->replicationSlots.begin(), read->replicationSlots.end(),
                                         [](const auto &slot) { return slot.name == u"unused"; });
        QVERIFY(unused != read->replicationSlots.end());
        QVERIFY(!unused->active);
        QVERIFY(!unused->logical);
        QVERIFY(unused->retainedBytes.value_or(0) > 100000);
        QCOMPARE(unused->walStatus, QStringLiteral("reserved"));
        QVERIFY(!unused->safeBytes); // no limit is set
        QVERIFY(read->subscriptions.empty());
        QVERIFY(read->publications.empty());
    }

    void readsTheReceivingEnd()
    {
        const cluster::ClusterFile file = *cluster::readClusterFile(m_fleet->clusterFilePath());
        auto directory = cluster::Directory::open(file, QStringLiteral("test"), test::patient());
        QVERIFY(directory);
        const auto map = directory->readMap(test::patient());
        QVERIFY(map);
        OwnConnections own(nullptr);
        const monitor::Target replica =
            test::target(QStringLiteral("one/1"), map->instance(QStringLiteral("one"))->replicaConninfos.first(),
                         monitor::Role::Replica);
        const auto receiver = [&] {
            const auto read = readReplication(own, replica, test::patient());
            return read && read->receiver ? *read->receiver : WalReceiver();
        };
        QTRY_COMPARE_WITH_TIMEOUT(receiver().status, QStringLiteral("streaming"), 60000);
        QTRY_VERIFY_WITH_TIMEOUT(receiver().unappliedBytes.has_value(), 60000);
        QVERIFY(!receiver().paused);
    }

    void readsPublicationsAndSubscriptions()
    {
        const test::TestServer source({{QStringLiteral("wal_level"), QStringLiteral("logical")}});
        const test::TestServer &two = m_fleet->two;
        source.run("CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE u (id int PRIMARY KEY);"
                   "CREATE PUBLICATION p FOR TABLE t WHERE (id > 5), u WITH (publish = 'insert, update')");
        two.run("CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE u (id int PRIMARY KEY)");
        two.run("CREATE SUBSCRIPTION s CONNECTION '" + source.conninfo().replace(u'\'', QStringLiteral("''")).toUtf8()
                + "' PUBLICATION p");
        OwnConnections own(nullptr);
        const auto from =
            readReplication(own, test::target(QStringLiteral("source"), source.conninfo()), test::patient());
        QVERIFY(from);
        QCOMPARE(from->publications.size(), size_t(1));
        QCOMPARE(from->publications[0].tables, 2);
        QCOMPARE(from->publications[0].filtered, 1);
        QCOMPARE(from->publications[0].operations, QStringLiteral("insert, update"));
        const monitor::Target target = test::target(QStringLiteral("two"), two.conninfo());
        const auto ready = [&] {
            const auto read = readReplication(own, target, test::patient());
            return read && read->subscriptions.size() == 1 && read->subscriptions[0].pid > 0
                && read->subscriptions[0].tables == 2 && read->subscriptions[0].tablesNotReady == 0;
        };
        QTRY_VERIFY_WITH_TIMEOUT(ready(), 60000);
        // A row that is there already: the worker fails, and the counter says so.
        two.run("INSERT INTO u VALUES (7)");
        source.run("INSERT INTO u VALUES (7)");
        QTRY_VERIFY_WITH_TIMEOUT(
            readReplication(own, target, test::patient())->subscriptions.at(0).applyErrors.value_or(0) > 0, 60000);
        two.run("DELETE FROM u");
        two.run("DROP SUBSCRIPTION s");
    }

    void hidesWhatTheRoleMayNotSee()
    {
        OwnConnections own(nullptr);
        const auto read = readReplication(own, test::target(QStringLiteral("one"), test::plainConninfo(m_fleet->one)),
                                          test::patient());
        QVERIFY(read);
        QVERIFY(read->positionsHidden);
        QCOMPARE(read->readers.size(), size_t(1));
        QVERIFY(!read->readers[0].lagBytes);
        QVERIFY(!read->replicationSlots.empty()); // slots are for everybody
    }

private:
    std::unique_ptr<test::TestFleet> m_fleet;
};

QTEST_GUILESS_MAIN(TestDetailReplication)
#include "tst_replication.moc"
