// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/routing.h"
#include "demo/router.h"
#include "handmove.h"

#include <QCoreApplication>
#include <QProcess>

#include <csignal>

using namespace shardhelm;
using namespace shardhelm::test;

namespace {

const QString clean = QStringLiteral("0 lost, 0 duplicated, 0 misplaced, 0 phantom");

/// Crashes must not lose what was committed.
const QMap<QString, QString> durable{{QStringLiteral("fsync"), QStringLiteral("on")},
                                     {QStringLiteral("synchronous_commit"), QStringLiteral("on")},
                                     {QStringLiteral("full_page_writes"), QStringLiteral("on")}};

/// This program as a load of its own, to be killed.
int loadForever(const QStringList &arguments)
{
    const auto file = cluster::readClusterFile(arguments.value(2));
    demo::LoadOptions options;
    options.clients = 4;
    options.ledger = arguments.value(3);
    if (!file || !demo::runLoad(*file, options, {}, {}))
        return 1;
    return 0;
}

} // namespace

/// The load meets faults, the check finds that nothing went wrong - and that it did when it did.
class TestLoadFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void killedLoadLosesNothing();
    void crashedServerLosesNothing();
    void terminatedSessionsAreSettled();
    void committedAndUnansweredIsNotDoneTwice();
    void frozenServerLeavesNothingUnknown();
    void frozenDirectoryStopsTheLoadAfterTheTtl();
    void followsAMove_data() { layouts(); }
    void followsAMove();
    void aMoveThatLosesRowsIsFoundOut_data() { layouts(); }
    void aMoveThatLosesRowsIsFoundOut();

private:
    static void layouts();
    static int whaleShard(const LoadCluster &cluster);
};

void TestLoadFaults::layouts()
{
    QTest::addColumn<int>("layout");
    QTest::newRow("schema layout") << static_cast<int>(cluster::Layout::Schema);
    QTest::newRow("rows layout") << static_cast<int>(cluster::Layout::Rows);
}

int TestLoadFaults::whaleShard(const LoadCluster &cluster)
{
    auto directory = cluster.directory();
    const auto map = directory.readMap(soon());
    const QString tenant = QString::number(demo::whaleTenant(LoadCluster::tenants));
    return cluster::locate(directory.connection(), *map, QString(), tenant, soon())->logicalShard;
}

void TestLoadFaults::killedLoadLosesNothing()
{
    const LoadCluster cluster(cluster::Layout::Schema);
    for (int round = 1; round <= 3; ++round) {
        const qint64 before = QFileInfo(cluster.ledger()).size();
        QProcess load;
        load.start(QCoreApplication::applicationFilePath(),
                   {QStringLiteral("--load"), cluster.clusterFilePath(), cluster.ledger()});
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(cluster.ledger()).size() > before + 20000, 30000);
        QCOMPARE(load.state(), QProcess::Running);
        load.kill();
        QVERIFY(load.waitForFinished(120000));
        const auto checked = cluster.check();
        QCOMPARE(verdict(checked), clean);
        QCOMPARE(checked->runs, round);
        QVERIFY(checked->all.acknowledged > 0);
        // Each of the four clients was killed with at most one operation on its way, and all are accounted for.
        QVERIFY2(checked->all.unknown <= 4 * round, qPrintable(QString::number(checked->all.unknown)));
    }
}

void TestLoadFaults::crashedServerLosesNothing()
{
    const LoadCluster cluster(cluster::Layout::Rows, 30, durable);
    RunningLoad load(cluster, 4);
    QVERIFY(load.waitForOperations(300));
    const pg::LocalServer &server = cluster.server(QStringLiteral("b")).server();
    for (int round = 0; round < 2; ++round) {
        QVERIFY(server.stop(pg::LocalServer::StopMode::Immediate, soon()));
        QVERIFY(server.start(Wait::forDuration(std::chrono::seconds(120))));
        QVERIFY(load.waitForOperations(300));
    }
    const auto loaded = load.stop();
    QVERIFY2(loaded, reasonOf(loaded).constData());
    QVERIFY(loaded->totals.errorCount() > 0);
    QCOMPARE(loaded->totals.unknown, 0);
    const auto checked = cluster.check();
    QCOMPARE(verdict(checked), clean);
    QCOMPARE(checked->all.unknown, 0);
    QCOMPARE(checked->all.acknowledged, loaded->totals.acknowledged);
}

void TestLoadFaults::terminatedSessionsAreSettled()
{
    const LoadCluster cluster(cluster::Layout::Schema);
    RunningLoad load(cluster, 4);
    QVERIFY(load.waitForOperations(100));
    auto killer = cluster.server(QStringLiteral("b")).connect();
    // In the middle of a transaction, until enough of them were caught on their COMMIT or before.
    const auto terminate = [&killer] {
        return killer
            .query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'demo load' "
                   "AND state <> 'idle'",
                   soon())
            .has_value();
    };
    const bool settled = load.waitUntil([&](const demo::LoadTotals &totals) {
        terminate();
        return totals.settled >= 20;
    });
    QVERIFY(settled);
    QVERIFY(load.waitForOperations(200));
    const auto loaded = load.stop();
    QVERIFY(loaded);
    QCOMPARE(loaded->totals.unknown, 0);
    QCOMPARE(loaded->totals.refused, 0);
    const auto checked = cluster.check();
    QCOMPARE(verdict(checked), clean);
    QCOMPARE(checked->all.unknown, 0);
    QCOMPARE(checked->all.acknowledged, loaded->totals.acknowledged);
}

void TestLoadFaults::committedAndUnansweredIsNotDoneTwice()
{
    const LoadCluster cluster(cluster::Layout::Schema, 30, durable);
    RunningLoad load(cluster, 4);
    QVERIFY(load.waitForOperations(200));
    // COMMIT waits for a standby that never comes, after the transaction is committed; then its session is ended.
    auto admin = cluster.server(QStringLiteral("b")).connect();
    QVERIFY(admin.query("ALTER SYSTEM SET synchronous_standby_names = 'nobody'", soon()));
    QVERIFY(admin.query("SELECT pg_reload_conf()", soon()));
    const auto waiting = [&admin](const QByteArray &what) {
        const auto rows = admin.query("SELECT " + what
                                          + " FROM pg_stat_activity WHERE application_name = 'demo load' "
                                            "AND wait_event = 'SyncRep'",
                                      soon());
        return rows ? rows->count() : 0;
    };
    QTRY_VERIFY_WITH_TIMEOUT(waiting("pid") > 0, 30000);
    QVERIFY(admin.query("ALTER SYSTEM RESET synchronous_standby_names", soon()));
    const int ended = waiting("pg_terminate_backend(pid)");
    QVERIFY(ended > 0);
    QVERIFY(load.waitUntil([](const demo::LoadTotals &totals) { return totals.settled > 0; }));
    QVERIFY(admin.query("SELECT pg_reload_conf()", soon()));
    QVERIFY(load.waitForOperations(200));
    const auto loaded = load.stop();
    QVERIFY(loaded);
    const auto checked = cluster.check();
    QCOMPARE(verdict(checked), clean);
    QVERIFY2(checked->settled >= ended, "the ledger says acknowledged because their marks were found");
    QCOMPARE(checked->all.unknown, 0);
    QCOMPARE(checked->all.acknowledged, loaded->totals.acknowledged);
}

void TestLoadFaults::frozenServerLeavesNothingUnknown()
{
    const LoadCluster cluster(cluster::Layout::Schema);
    RunningLoad load(cluster, 4);
    QVERIFY(load.waitForOperations(200));
    cluster.server(QStringLiteral("b")).signal(SIGSTOP);
    // Statements run into their deadlines, their connections are given up.
    const bool lost = load.waitUntil([](const demo::LoadTotals &totals) { return totals.unknown > 0; });
    cluster.server(QStringLiteral("b")).signal(SIGCONT);
    QVERIFY(lost);
    QVERIFY(load.waitUntil([](const demo::LoadTotals &totals) { return totals.unknown == 0; }));
    QVERIFY(load.waitForOperations(200));
    const auto loaded = load.stop();
    QVERIFY(loaded);
    QVERIFY(loaded->totals.settled > 0);
    QVERIFY(loaded->totals.longestGapUs > 1'000'000);
    const auto checked = cluster.check();
    QCOMPARE(verdict(checked), clean);
    QCOMPARE(checked->all.unknown, 0);
    QVERIFY(std::abs(checked->all.longestGapUs - loaded->totals.longestGapUs) < 100'000);
}

void TestLoadFaults::frozenDirectoryStopsTheLoadAfterTheTtl()
{
    const LoadCluster cluster(cluster::Layout::Schema, 6);
    auto router = demo::Router::start(cluster.file(), QStringLiteral("test"), soon());
    QVERIFY2(router, reasonOf(router).constData());
    const auto route = (*router)->route(QStringLiteral("1"), soon());
    QVERIFY(route);
    QVERIFY(demo::Router::mayStillUse(*route));
    cluster.server(QStringLiteral("a")).signal(SIGSTOP);
    QTRY_VERIFY_WITH_TIMEOUT(!demo::Router::mayStillUse(*route), 5000);
    const auto late = (*router)->route(QStringLiteral("1"), Wait::forDuration(Milliseconds(2000)));
    cluster.server(QStringLiteral("a")).signal(SIGCONT);
    // Listening or not, known tenant or not: a map of that age is not used.
    QVERIFY(!late);
    QVERIFY(late.error().isTimeout());
    const auto again = (*router)->route(QStringLiteral("1"), soon());
    QVERIFY2(again, reasonOf(again).constData());
    QVERIFY(demo::Router::mayStillUse(*again));
}

void TestLoadFaults::followsAMove()
{
    QFETCH(const int, layout);
    const LoadCluster cluster(static_cast<cluster::Layout>(layout));
    const int shard = whaleShard(cluster);
    HandMove move(cluster, shard);
    RunningLoad load(cluster, 4);
    QVERIFY(load.waitForOperations(500));
    move.fence();
    QVERIFY(load.waitUntil([](const demo::LoadTotals &totals) { return totals.errors.value(u"40001 fenced"_qs) > 0; }));
    move.copy();
    move.flip();
    move.sayMoved();
    QVERIFY(load.waitForOperations(500));
    const auto loaded = load.stop();
    QVERIFY2(loaded, reasonOf(loaded).constData());
    QCOMPARE(loaded->totals.refused, 0);
    const auto checked = cluster.check();
    QCOMPARE(verdict(checked), clean);
    QCOMPARE(checked->owners.value(shard), move.target());
    QCOMPARE(checked->all.acknowledged, loaded->totals.acknowledged);
    // The pause is that of the shard that moved, and of no other.
    const qint64 pause = checked->byShard.value(shard).longestGapUs;
    QCOMPARE(checked->all.longestGapUs, pause);
    QVERIFY2(pause < 60'000'000, qPrintable(QString::number(pause)));
    QVERIFY(checked->byShard.value(shard).retries > 0);

    // Without the journal the old copy has no business where it is; its rows are not duplicates for all that.
    auto directory = cluster.directory();
    QVERIFY(directory.connection().run("DELETE FROM shardhelm.move", soon()));
    const auto unexplained = cluster.check();
    QVERIFY2(unexplained, reasonOf(unexplained).constData());
    QVERIFY(unexplained->all.misplaced > 0);
    QCOMPARE(unexplained->byShard.value(shard).misplaced, unexplained->all.misplaced);
    QCOMPARE(unexplained->all.lost, 0);
    QCOMPARE(unexplained->all.duplicated, 0);
}

void TestLoadFaults::aMoveThatLosesRowsIsFoundOut()
{
    QFETCH(const int, layout);
    const LoadCluster cluster(static_cast<cluster::Layout>(layout));
    const int shard = whaleShard(cluster);
    HandMove move(cluster, shard);
    RunningLoad load(cluster, 4);
    QVERIFY(load.waitForOperations(500));
    // The wrong way round: what is written between copy and fence stays behind.
    move.copy();
    QVERIFY(load.waitForOperations(500));
    move.fence();
    move.flip();
    move.sayMoved();
    QVERIFY(load.waitForOperations(500));
    QVERIFY(load.stop());
    const auto checked = cluster.check();
    QVERIFY2(checked, reasonOf(checked).constData());
    QVERIFY2(checked->all.lost > 0, qPrintable(verdict(checked)));
    QCOMPARE(checked->byShard.value(shard).lost, checked->all.lost);
    QCOMPARE(checked->all.misplaced, 0);
    for (const demo::Offence &offence : checked->offences)
        QCOMPARE(offence.instance, move.target());
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (app.arguments().value(1) == u"--load")
        return loadForever(app.arguments());
    TestLoadFaults test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_loadfaults.moc"
