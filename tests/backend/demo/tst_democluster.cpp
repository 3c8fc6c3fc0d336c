// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/directory.h"
#include "demotest.h"

#include <QDir>

#include <sys/wait.h>
#include <unistd.h>

using namespace shardhelm;
using namespace shardhelm::test;
using demo::demoDown;
using demo::DemoFolder;
using demo::DemoRequest;
using demo::DemoSettings;
using demo::DemoState;
using demo::DemoStep;
using demo::demoUp;

/// A demo cluster of real servers, from nothing to nothing.
class TestDemoCluster : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void upTwice();
    void refusesOtherSettings();
    void keepsDataOverDown();
    void healsAfterKill();
    void makesLostReplicaAnew();
    void resumesPausedReplica();
    void stopsFrozenServers();

    void upAndPurge_data();
    void upAndPurge();
    void finishesInterruptedUp();
    void cancelLeavesNothing();
    void failureLeavesNothing();
    void refusesForeignFolder();
    void keepsForeignFilesOnPurge();
    void tellsMissingDemo();
    void namesInstances_data();
    void namesInstances();
    void refusesBadSettings_data();
    void refusesBadSettings();

private:
    /// The demo of the first group of tests; each leaves it up or has the next one's up bring it back.
    DemoPlace m_place;
    std::optional<DemoFolder> m_demo;
};

void TestDemoCluster::initTestCase()
{
    const auto made = demoUp(m_place.path(), smallDemo(1, 1), {}, patience());
    VERIFY_RESULT(made);
    m_demo = *made;
}

void TestDemoCluster::upAndPurge_data()
{
    QTest::addColumn<cluster::Layout>("layout");
    QTest::newRow("schema") << cluster::Layout::Schema;
    QTest::newRow("rows") << cluster::Layout::Rows;
}

void TestDemoCluster::upAndPurge()
{
    QFETCH(cluster::Layout, layout);
    const DemoPlace place;
    DemoRequest request = smallDemo(2, 1);
    request.layout = layout;
    const auto made = demoUp(place.path(), request, {}, patience());
    VERIFY_RESULT(made);

    const auto file = cluster::readClusterFile(made->clusterFile());
    VERIFY_RESULT(file);
    QCOMPARE(file->environment, cluster::Environment::Development);
    auto directory = cluster::Directory::open(*file, QStringLiteral("test"), patience());
    VERIFY_RESULT(directory);
    const auto map = directory->readMap(patience());
    VERIFY_RESULT(map);
    QCOMPARE(map->layout, layout);
    QCOMPARE(map->shards.size(), size_t(4));
    QCOMPARE(map->instances.size(), size_t(2));
    QCOMPARE(map->instances[0].name, QStringLiteral("a1"));
    QCOMPARE(map->instances[0].zone, QStringLiteral("zone-a"));
    QCOMPARE(map->instances[0].replicaConninfos.size(), 1);
    QCOMPARE(map->instances[1].zone, QStringLiteral("zone-b"));
    QVERIFY(map->instances[0].identity.systemIdentifier != map->instances[1].identity.systemIdentifier);
    directory->connection().close();

    const QByteArray orders = layout == cluster::Layout::Rows
        ? QByteArray("SELECT count(*) > 0 FROM app.orders")
        : QByteArray("SELECT count(*) > 0 FROM pg_class WHERE relname = 'orders' AND reltuples > 0");
    QCOMPARE(ask(serverNamed(*made, QStringLiteral("a1")), orders), QStringLiteral("t"));
    QTRY_COMPARE(ask(serverNamed(*made, QStringLiteral("b1/1")), orders), QStringLiteral("t"));
    QCOMPARE(ask(serverNamed(*made, QStringLiteral("a1")), "SELECT count(*) >= 0 FROM pg_stat_statements"),
             QStringLiteral("t"));
    const auto status = demo::demoStatus(place.path());
    VERIFY_RESULT(status);
    QCOMPARE(status->size(), size_t(5));
    for (const demo::DemoStatus &one : *status) {
        QCOMPARE(one.state, DemoState::Running);
        QVERIFY(one.pid > 0);
    }

    const std::vector<qint64> processes = processesOf(*made);
    VERIFY_RESULT(demoDown(place.path(), true, patience()));
    QVERIFY(std::none_of(processes.begin(), processes.end(), processAlive));
    QVERIFY(!QFile::exists(place.path()));
    QVERIFY(!QFile::exists(made->socketFolder()));
}

void TestDemoCluster::upTwice()
{
    const auto before = demo::demoStatus(m_place.path());
    int steps = 0;
    VERIFY_RESULT(demoUp(
        m_place.path(), {}, [&steps](const DemoStep &) { ++steps; }, patience()));
    QCOMPARE(steps, 0);
    const auto after = demo::demoStatus(m_place.path());
    for (size_t index = 0; index < before->size(); ++index)
        QCOMPARE(after->at(index).pid, before->at(index).pid);
}

void TestDemoCluster::refusesOtherSettings()
{
    DemoRequest other;
    other.instances = 3;
    other.tenants = 6;
    const auto refused = demoUp(m_place.path(), other, {}, patience());
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::DemoDiffers);
    QCOMPARE(refused.error().found, QStringLiteral("--instances 1"));
    QCOMPARE(refused.error().expected, QStringList{QStringLiteral("--instances 3")});
}

void TestDemoCluster::keepsDataOverDown()
{
    ask(serverNamed(*m_demo, QStringLiteral("a1")), "CREATE TABLE stopped AS SELECT 7 AS x");
    VERIFY_RESULT(demoDown(m_place.path(), false, patience()));
    QVERIFY(processesOf(*m_demo).empty());
    const auto stopped = demo::demoStatus(m_place.path());
    QVERIFY(std::all_of(stopped->begin(), stopped->end(),
                        [](const demo::DemoStatus &one) { return one.state == DemoState::Stopped; }));
    VERIFY_RESULT(demoDown(m_place.path(), false, patience()));
    VERIFY_RESULT(demoUp(m_place.path(), {}, {}, patience()));
    QCOMPARE(ask(serverNamed(*m_demo, QStringLiteral("a1")), "SELECT x FROM stopped"), QStringLiteral("7"));
    QTRY_COMPARE(ask(serverNamed(*m_demo, QStringLiteral("a1/1")), "SELECT x FROM stopped"), QStringLiteral("7"));
}

void TestDemoCluster::healsAfterKill()
{
    ask(serverNamed(*m_demo, QStringLiteral("a1")), "CREATE TABLE killed AS SELECT 7 AS x");
    for (const qint64 pid : processesOf(*m_demo))
        kill(static_cast<pid_t>(pid), SIGKILL);
    QTRY_VERIFY(processesOf(*m_demo).empty());
    VERIFY_RESULT(demoUp(m_place.path(), {}, {}, patience()));
    QCOMPARE(ask(serverNamed(*m_demo, QStringLiteral("a1")), "SELECT x FROM killed"), QStringLiteral("7"));
    QTRY_COMPARE(ask(serverNamed(*m_demo, QStringLiteral("a1/1")), "SELECT x FROM killed"), QStringLiteral("7"));
}

void TestDemoCluster::stopsFrozenServers()
{
    const std::vector<qint64> processes = processesOf(*m_demo);
    for (const qint64 pid : processes)
        kill(static_cast<pid_t>(pid), SIGSTOP);
    QTRY_COMPARE(demo::demoStatus(m_place.path())->front().state, DemoState::Frozen);
    VERIFY_RESULT(demoDown(m_place.path(), true, patience()));
    QVERIFY(std::none_of(processes.begin(), processes.end(), processAlive));
    QVERIFY(!QFile::exists(m_place.path()));
}

void TestDemoCluster::makesLostReplicaAnew()
{
    const demo::DemoServer replica = serverNamed(*m_demo, QStringLiteral("a1/1"));
    VERIFY_RESULT(replica.server.stop(pg::LocalServer::StopMode::Immediate, patience()));
    const demo::DemoServer primary = serverNamed(*m_demo, QStringLiteral("a1"));
    QTRY_COMPARE(ask(primary, "SELECT active FROM pg_replication_slots"), QStringLiteral("f"));
    ask(primary, "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots");
    std::vector<DemoStep::Kind> kinds;
    VERIFY_RESULT(demoUp(
        m_place.path(), {}, [&](const DemoStep &step) { kinds.push_back(step.kind); }, patience()));
    QCOMPARE(kinds, std::vector{DemoStep::Kind::ReplicaMadeAnew});
    ask(primary, "CREATE TABLE sent AS SELECT 7 AS x");
    QTRY_COMPARE(ask(replica, "SELECT x FROM sent"), QStringLiteral("7"));
}

void TestDemoCluster::resumesPausedReplica()
{
    const demo::DemoServer replica = serverNamed(*m_demo, QStringLiteral("a1/1"));
    ask(replica, "SELECT pg_wal_replay_pause()");
    QCOMPARE(ask(replica, "SELECT pg_is_wal_replay_paused()"), QStringLiteral("t"));
    VERIFY_RESULT(demoUp(m_place.path(), {}, {}, patience()));
    QCOMPARE(ask(replica, "SELECT pg_is_wal_replay_paused()"), QStringLiteral("f"));
}

void TestDemoCluster::finishesInterruptedUp()
{
    const DemoPlace place;
    // The same call in a process of its own, which is killed as soon as a server of it runs.
    const pid_t child = fork();
    if (child == 0) {
        static_cast<void>(demoUp(place.path(), smallDemo(2), {}, patience()));
        _exit(0);
    }
    QVERIFY(child > 0);
    QTRY_VERIFY_WITH_TIMEOUT(demo::demoStatus(place.path()) && demo::demoStatus(place.path())->back().pid != 0, 60000);
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    QVERIFY(WIFSIGNALED(status));
    QVERIFY(!DemoFolder::open(place.path())->isComplete());

    std::vector<DemoStep::Kind> kinds;
    DemoRequest other;
    other.instances = 1;
    const auto made = demoUp(
        place.path(), other, [&](const DemoStep &step) { kinds.push_back(step.kind); }, patience());
    VERIFY_RESULT(made);
    QCOMPARE(kinds.front(), DemoStep::Kind::CleanedUp);
    QVERIFY(made->isComplete());
    QCOMPARE(made->settings().instances, 1);
    // What was not asked for anew stays as it was asked for.
    QCOMPARE(made->settings().replicas, 0);
    QCOMPARE(made->settings().logicalShards, 4);
    QCOMPARE(made->settings().tenants, 6);
    QVERIFY(!QFile::exists(place.path() + QStringLiteral("/b1")));
}

void TestDemoCluster::cancelLeavesNothing()
{
    const DemoPlace place;
    std::stop_source stop;
    std::vector<qint64> processes;
    const auto cancelled = demoUp(
        place.path(), smallDemo(2),
        [&](const DemoStep &step) {
            if (step.kind != DemoStep::Kind::DataMade)
                return;
            processes = processesOf(*DemoFolder::open(place.path()));
            stop.request_stop();
        },
        Wait::forDuration(std::chrono::seconds(120), stop.get_token()));
    QVERIFY(!cancelled);
    QCOMPARE(cancelled.error(), (Error{ErrorCode::Cancelled, {}, {}, {}, 0, {}}));
    QVERIFY(!processes.empty());
    QVERIFY(std::none_of(processes.begin(), processes.end(), processAlive));
    QVERIFY(!QFile::exists(place.path()));
}

void TestDemoCluster::failureLeavesNothing()
{
    const DemoPlace place;
    // A deadline in the middle of it.
    const auto failed = demoUp(place.path(), smallDemo(2), {}, Wait::forDuration(Milliseconds(300)));
    QVERIFY(!failed);
    QCOMPARE(failed.error().code, ErrorCode::TimedOut);
    QVERIFY(!QFile::exists(place.path()));
}

void TestDemoCluster::refusesForeignFolder()
{
    const DemoPlace place;
    QVERIFY(QDir().mkpath(place.path()));
    QFile letter(place.path() + QStringLiteral("/letter.txt"));
    QVERIFY(letter.open(QIODevice::WriteOnly));
    letter.close();
    const auto up = demoUp(place.path(), smallDemo(), {}, patience());
    QVERIFY(!up);
    QCOMPARE(up.error().code, ErrorCode::FolderNotOurs);
    const auto down = demoDown(place.path(), true, patience());
    QVERIFY(!down);
    QCOMPARE(down.error().code, ErrorCode::FolderNotOurs);
    QCOMPARE(QDir(place.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList{QStringLiteral("letter.txt")});
}

void TestDemoCluster::keepsForeignFilesOnPurge()
{
    const DemoPlace place;
    VERIFY_RESULT(demoUp(place.path(), smallDemo(), {}, patience()));
    QFile ledger(place.path() + QStringLiteral("/ledger.jsonl"));
    QVERIFY(ledger.open(QIODevice::WriteOnly));
    ledger.close();
    const auto left = demoDown(place.path(), true, patience());
    VERIFY_RESULT(left);
    QCOMPARE(*left, QStringList{QStringLiteral("ledger.jsonl")});
    QVERIFY(ledger.exists());
    QVERIFY(QFile::remove(ledger.fileName()));
    QVERIFY(QDir().rmdir(place.path()));
}

void TestDemoCluster::tellsMissingDemo()
{
    const DemoPlace place;
    QCOMPARE(demo::demoStatus(place.path()).error().code, ErrorCode::DemoMissing);
    QCOMPARE(demoDown(place.path(), true, patience()).error().code, ErrorCode::DemoMissing);
    QVERIFY(!QFile::exists(place.path()));
}

void TestDemoCluster::namesInstances_data()
{
    QTest::addColumn<int>("instances");
    QTest::addColumn<QStringList>("lastOfZones");
    QTest::newRow("one") << 1 << QStringList{QStringLiteral("a1")};
    QTest::newRow("odd") << 5 << QStringList{QStringLiteral("a3"), QStringLiteral("b2")};
    QTest::newRow("two full zones") << 32 << QStringList{QStringLiteral("a16"), QStringLiteral("b16")};
    QTest::newRow("a third zone") << 33
                                  << QStringList{QStringLiteral("a11"), QStringLiteral("b11"), QStringLiteral("c11")};
    QTest::newRow("most") << DemoSettings::mostInstances
                          << QStringList{QStringLiteral("a16"), QStringLiteral("b16"), QStringLiteral("c16"),
                                         QStringLiteral("d16")};
}

void TestDemoCluster::namesInstances()
{
    QFETCH(int, instances);
    QFETCH(QStringList, lastOfZones);
    const DemoPlace place;
    DemoSettings settings;
    settings.instances = instances;
    settings.replicas = 1;
    const auto folder = DemoFolder::create(place.path(), settings);
    VERIFY_RESULT(folder);
    QStringList names;
    QMap<QString, QString> lastOf;
    QSet<int> ports;
    for (const demo::DemoServer &server : folder->servers()) {
        ports.insert(server.server.settings().port);
        if (server.role != monitor::Role::Primary)
            continue;
        QVERIFY2(!names.contains(server.name), qPrintable(server.name));
        names.append(server.name);
        QCOMPARE(server.zone, QStringLiteral("zone-") + server.name.front());
        lastOf.insert(server.zone, server.name);
    }
    QCOMPARE(names.size(), instances);
    QCOMPARE(ports.size(), 2 * instances + 1);
    QCOMPARE(lastOf.values(), lastOfZones);
    VERIFY_RESULT(folder->remove());
}

void TestDemoCluster::refusesBadSettings_data()
{
    QTest::addColumn<QString>("option");
    QTest::addColumn<int>("instances");
    QTest::addColumn<int>("logical");
    QTest::addColumn<double>("scale");
    QTest::newRow("no instance") << QStringLiteral("--instances") << 0 << 4 << 1.0;
    QTest::newRow("too many instances") << QStringLiteral("--instances") << DemoSettings::mostInstances + 1 << 128
                                        << 1.0;
    QTest::newRow("fewer shards than instances") << QStringLiteral("--logical") << 4 << 3 << 1.0;
    QTest::newRow("scale is no number") << QStringLiteral("--scale") << 1 << 4 << qQNaN();
}

void TestDemoCluster::refusesBadSettings()
{
    QFETCH(QString, option);
    const DemoPlace place;
    DemoRequest request = smallDemo();
    QFETCH(int, instances);
    QFETCH(int, logical);
    QFETCH(double, scale);
    request.instances = instances;
    request.logicalShards = logical;
    request.scale = scale;
    const auto refused = demoUp(place.path(), request, {}, patience());
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::ValueBad);
    QCOMPARE(refused.error().subject, option);
    QVERIFY(!QFile::exists(place.path()));
}

QTEST_GUILESS_MAIN(TestDemoCluster)
#include "tst_democluster.moc"
