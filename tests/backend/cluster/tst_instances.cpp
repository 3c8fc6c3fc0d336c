// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/identity.h"
#include "cluster/instances.h"
#include "cluster/mapchange.h"
#include "support/testcluster.h"

#include <QTest>

#include <optional>
#include <thread>

using namespace shardhelm;
using namespace shardhelm::cluster;
using shardhelm::test::shown;
using shardhelm::test::soon;
using shardhelm::test::TestCluster;
using shardhelm::test::TestServer;

/// Editing and retiring instances.
class TestInstances : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_server = std::make_unique<TestServer>();
        m_other = std::make_unique<TestServer>();
    }
    void cleanupTestCase()
    {
        m_server.reset();
        m_other.reset();
    }

    void edits();
    void editTriesConnectionStrings();
    void editRenames();
    void editRefuses();
    void editAcceptsARebuiltServer();
    void retires();
    void retireRefuses();
    void retireWaitsForAFlip();
    void editsDoNotOverwriteEachOther();

private:
    /// A new empty database on the second server, as an instance "three".
    Instance newcomer(const TestCluster &cluster) const
    {
        Instance instance;
        instance.name = QStringLiteral("three");
        const QString database = cluster.database(instance.name);
        m_other->run("create database " + pg::Connection::identifier(database) + " template template0");
        instance.conninfo = m_other->conninfo(database);
        return instance;
    }

    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<TestServer> m_other;
};

void TestInstances::edits()
{
    TestCluster cluster(*m_server);
    cluster.init();
    const auto before = cluster.open().readMap(soon());
    InstanceChanges changes;
    changes.zone = QStringLiteral("eu-9");
    changes.capacityBytes = 1LL << 40;
    changes.weight = 2.5;
    changes.state = InstanceState::Draining;
    changes.dedicated = true;
    const auto planned = editInstance(cluster.file, QStringLiteral("one"), changes, RunMode::DryRun, nullptr, soon());
    QVERIFY(planned);
    QCOMPARE(planned->size(), std::size_t(1));
    QCOMPARE(*cluster.open().readMap(soon()), *before);
    const auto done = editInstance(cluster.file, QStringLiteral("one"), changes, RunMode::Run, nullptr, soon());
    QVERIFY2(done, qPrintable(done ? QString() : shown(done.error())));
    QCOMPARE(*done, *planned);
    auto expected = *before;
    expected.mapEpoch += 1;
    Instance &one = expected.instances[0];
    one.zone = QStringLiteral("eu-9");
    one.capacityBytes = 1LL << 40;
    one.weight = 2.5;
    one.state = InstanceState::Draining;
    one.dedicated = true;
    QCOMPARE(*cluster.open().readMap(soon()), expected);
    changes = {};
    changes.zone = QString();
    changes.capacityBytes = std::optional<qint64>();
    QVERIFY(editInstance(cluster.file, QStringLiteral("one"), changes, RunMode::Run, nullptr, soon()));
    const auto after = cluster.open().readMap(soon());
    QVERIFY(after->instances[0].zone.isEmpty());
    QVERIFY(!after->instances[0].capacityBytes);
    // Nothing to change is no change.
    QVERIFY(editInstance(cluster.file, QStringLiteral("one"), {}, RunMode::Run, nullptr, soon())->empty());
    QCOMPARE(*cluster.open().readEpoch(soon()), after->mapEpoch);
}

void TestInstances::editTriesConnectionStrings()
{
    TestCluster cluster(*m_server);
    cluster.init();
    InstanceChanges changes;
    const auto codeOf = [&] {
        const auto done = editInstance(cluster.file, QStringLiteral("one"), changes, RunMode::Run, nullptr, soon());
        return done ? ErrorCode::Internal : done.error().code;
    };
    const auto before = cluster.open().readMap(soon());
    changes.conninfo = cluster.conninfo(QStringLiteral("two"));
    QCOMPARE(codeOf(), ErrorCode::InstanceIsAnother);
    changes.conninfo = QStringLiteral("host=127.0.0.1 port=1");
    QCOMPARE(codeOf(), ErrorCode::ConnectionRefused);
    changes.conninfo = QStringLiteral("nonsense");
    QCOMPARE(codeOf(), ErrorCode::ConninfoBad);
    changes.conninfo = before->instances[0].conninfo + QStringLiteral(" password=x");
    QCOMPARE(codeOf(), ErrorCode::ValueBad);
    changes.conninfo.reset();
    changes.replicaConninfos = QStringList{before->instances[0].conninfo};
    QCOMPARE(codeOf(), ErrorCode::RoleUnexpected);
    QCOMPARE(*cluster.open().readMap(soon()), *before);
    changes.replicaConninfos.reset();
    changes.conninfo = QStringLiteral("host=127.0.0.1 port=%1 user=postgres dbname=%2")
                           .arg(QString::number(m_server->port()), cluster.database(QStringLiteral("one")));
    changes.directConninfo = before->instances[0].conninfo;
    const auto done = editInstance(cluster.file, QStringLiteral("one"), changes, RunMode::Run, nullptr, soon());
    QVERIFY2(done, qPrintable(done ? QString() : shown(done.error())));
    const auto after = cluster.open().readMap(soon());
    QCOMPARE(after->instances[0].conninfo, *changes.conninfo);
    QCOMPARE(after->instances[0].identity, before->instances[0].identity);
}

void TestInstances::editRenames()
{
    TestCluster cluster(*m_server, Layout::Rows, 2);
    cluster.init();
    InstanceChanges changes;
    changes.name = QStringLiteral("uno");
    QVERIFY(editInstance(cluster.file, QStringLiteral("one"), changes, RunMode::Run, nullptr, soon()));
    const auto map = cluster.open().readMap(soon());
    QCOMPARE(map->shards[0].instance, QStringLiteral("uno"));
    QVERIFY(!map->instance(QStringLiteral("one")));
}

void TestInstances::editRefuses()
{
    TestCluster cluster(*m_server);
    cluster.init();
    const auto codeOf = [&cluster](const char *name, const InstanceChanges &changes) {
        const auto done = editInstance(cluster.file, QString::fromLatin1(name), changes, RunMode::Run, nullptr, soon());
        return done ? ErrorCode::Internal : done.error().code;
    };
    InstanceChanges changes;
    QCOMPARE(codeOf("nobody", changes), ErrorCode::InstanceUnknown);
    changes.name = QStringLiteral("two");
    QCOMPARE(codeOf("one", changes), ErrorCode::InstanceDuplicate);
    changes.name = QStringLiteral("a/b");
    QCOMPARE(codeOf("one", changes), ErrorCode::ValueBad);
    cluster.run("insert into shardhelm.move (logical_shard, source, target, layout) values (1, 'two', 'one', 'rows')");
    changes.name = QStringLiteral("uno");
    QCOMPARE(codeOf("one", changes), ErrorCode::InstanceInUse);
    changes = {};
    changes.weight = -1;
    QCOMPARE(codeOf("one", changes), ErrorCode::ValueBad);
    changes = {};
    changes.state = InstanceState::Retired;
    QCOMPARE(codeOf("one", changes), ErrorCode::ValueBad);
    cluster.file.directoryQueries.insert(QStringLiteral("map"), QStringLiteral("select 1"));
    QCOMPARE(codeOf("one", {}), ErrorCode::DirectoryIsForeign);
}

void TestInstances::editAcceptsARebuiltServer()
{
    TestCluster cluster(*m_server);
    cluster.init();
    InstanceChanges changes;
    changes.conninfo = newcomer(cluster).conninfo;
    const auto refused = editInstance(cluster.file, QStringLiteral("one"), changes, RunMode::Run, nullptr, soon());
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::InstanceIsAnother);
    changes.acceptIdentity = true;
    const auto done = editInstance(cluster.file, QStringLiteral("one"), changes, RunMode::Run, nullptr, soon());
    QVERIFY2(done, qPrintable(done ? QString() : shown(done.error())));
    pg::Connection connection = m_other->connect(cluster.database(QStringLiteral("three")));
    QCOMPARE(cluster.open().readMap(soon())->instances[0].identity, readDatabaseFacts(connection, soon())->identity);
}

void TestInstances::retires()
{
    TestCluster cluster(*m_server, Layout::Rows, 1);
    cluster.init();
    const auto planned = retireInstance(cluster.file, QStringLiteral("two"), RunMode::DryRun, nullptr, soon());
    QVERIFY(planned);
    QCOMPARE(cluster.open().readMap(soon())->instances[1].state, InstanceState::Active);
    const auto done = retireInstance(cluster.file, QStringLiteral("two"), RunMode::Run, nullptr, soon());
    QVERIFY2(done, qPrintable(done ? QString() : shown(done.error())));
    QCOMPARE(cluster.open().readMap(soon())->instances[1].state, InstanceState::Retired);
    QVERIFY(retireInstance(cluster.file, QStringLiteral("two"), RunMode::Run, nullptr, soon())->empty());
    InstanceChanges back;
    back.state = InstanceState::Active;
    QVERIFY(editInstance(cluster.file, QStringLiteral("two"), back, RunMode::Run, nullptr, soon()));
    QCOMPARE(cluster.open().readMap(soon())->instances[1].state, InstanceState::Active);
}

void TestInstances::retireRefuses()
{
    TestCluster cluster(*m_server, Layout::Rows, 3);
    cluster.init();
    const auto errorOf = [&cluster](const char *name) {
        const auto done = retireInstance(cluster.file, QString::fromLatin1(name), RunMode::Run, nullptr, soon());
        return done ? Error() : done.error();
    };
    QCOMPARE(errorOf("nobody").code, ErrorCode::InstanceUnknown);
    QCOMPARE(errorOf("one").code, ErrorCode::InstanceInUse);
    QCOMPARE(errorOf("one").found, QStringLiteral("logical shards 0, 2"));
    cluster.run(
        "update shardhelm.logical_shard set instance = 'one';"
        "insert into shardhelm.move (id, logical_shard, source, target, layout) values (7, 1, 'one', 'two', 'rows')");
    QCOMPARE(errorOf("two").code, ErrorCode::InstanceInUse);
    QCOMPARE(errorOf("two").found, QStringLiteral("move 7"));
    cluster.run("update shardhelm.move set phase = 'aborted', finished_at = now(); insert into shardhelm.move_resource "
                "(move_id, instance, kind, name, policy) values (7, 'two', 'schema', 'x', 'owed')");
    QCOMPARE(errorOf("two").found, QStringLiteral("owed by move 7: schema x"));
    QCOMPARE(cluster.open().readMap(soon())->instances[1].state, InstanceState::Active);
}

void TestInstances::retireWaitsForAFlip()
{
    // setup: a flip to the instance has taken its lock and is not committed
    TestCluster cluster(*m_server, Layout::Rows, 1);
    cluster.init();
    pg::Connection flipper = cluster.connect(QStringLiteral("directory"));
    auto flip = beginMapChange(flipper, soon());
    QVERIFY(flip);
    QVERIFY(setPlacement(flipper, 0, QStringLiteral("one"), QStringLiteral("two"), 1, soon()));

    // action: the instance retires meanwhile, and waits
    std::optional<Result<StatementPlan>> retired;
    std::jthread thread(
        [&] { retired = retireInstance(cluster.file, QStringLiteral("two"), RunMode::Run, nullptr, soon()); });
    const QByteArray waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = "
        + pg::Connection::literal(cluster.database(QStringLiteral("directory")));
    QTRY_COMPARE(cluster.run(waiting).integer(0, 0), 1);
    QVERIFY(flip->commit(soon()));
    thread.join();

    // verify
    QVERIFY(!*retired);
    QCOMPARE(retired->error().code, ErrorCode::InstanceInUse);
    QCOMPARE(cluster.open().readMap(soon())->instances[1].state, InstanceState::Active);
}

void TestInstances::editsDoNotOverwriteEachOther()
{
    TestCluster cluster(*m_server, Layout::Rows, 1);
    cluster.init();
    pg::Connection other = cluster.connect(QStringLiteral("directory"));
    auto edit = pg::Transaction::begin(other, soon());
    QVERIFY(other.run("update shardhelm.instance set zone = 'theirs' where name = 'one'", soon()));
    InstanceChanges changes;
    changes.weight = 5;
    std::optional<Result<StatementPlan>> edited;
    std::jthread thread(
        [&] { edited = editInstance(cluster.file, QStringLiteral("one"), changes, RunMode::Run, nullptr, soon()); });
    const QByteArray waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = "
        + pg::Connection::literal(cluster.database(QStringLiteral("directory")));
    QTRY_COMPARE(cluster.run(waiting).integer(0, 0), 1);
    QVERIFY(edit->commit(soon()));
    thread.join();
    QVERIFY(!*edited);
    QCOMPARE(edited->error().code, ErrorCode::MapChanged);
    QCOMPARE(cluster.open().readMap(soon())->instances[0].weight, 1.0);
}

QTEST_GUILESS_MAIN(TestInstances)
#include "tst_instances.moc"
