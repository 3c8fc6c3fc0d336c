// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/answers.h"
#include "monitor/backoff.h"
#include "monitor/counters.h"
#include "monitor/lag.h"
#include "monitor/machine.h"
#include "monitor/targets.h"
#include "monitor/trend.h"

#include <QTest>

#include <cmath>

using namespace shardhelm;
using namespace shardhelm::monitor;

/// The figures that follow from readings: rates, lag, latency, pauses.
class TestMonitorFigures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ratesAreDifferencesPerSecond()
    {
        const Counters earlier{100, 1, std::nullopt, 1000, 500, 900, 100};
        const Counters later{110, 1, std::nullopt, 1250, 540, 980, 120};
        const auto rates = ratesBetween(earlier, later, 50);
        QVERIFY(rates);
        QCOMPARE(rates->windowSeconds, 10.0);
        QCOMPARE(rates->transactionsPerSecond, 20.0);
        QCOMPARE(rates->writesPerSecond, 4.0);
        QCOMPARE(rates->cacheHitRatio, std::optional(0.8));
    }

    void ownTransactionsNeverMakeALoadNegative()
    {
        const auto rates = ratesBetween({100, 1, {}, 10, 0, 0, 0}, {101, 1, {}, 12, 0, 0, 0}, 5);
        QVERIFY(rates);
        QCOMPARE(rates->transactionsPerSecond, 0.0);
        QVERIFY(!rates->cacheHitRatio);
    }

    void incomparableReadingsGiveNoRates_data()
    {
        QTest::addColumn<double>("at");
        QTest::addColumn<double>("started");
        QTest::addColumn<bool>("reset");
        QTest::addColumn<qint64>("transactions");
        QTest::newRow("restarted") << 110.0 << 105.0 << false << qint64(2000);
        QTest::newRow("statistics reset") << 110.0 << 1.0 << true << qint64(2000);
        QTest::newRow("counter went down") << 110.0 << 1.0 << false << qint64(999);
        QTest::newRow("clock went back") << 90.0 << 1.0 << false << qint64(2000);
        QTest::newRow("no time passed") << 100.0 << 1.0 << false << qint64(2000);
    }

    void incomparableReadingsGiveNoRates()
    {
        QFETCH(double, at);
        QFETCH(double, started);
        QFETCH(bool, reset);
        QFETCH(qint64, transactions);
        const Counters earlier{100, 1, std::nullopt, 1000, 0, 0, 0};
        const Counters later{at, started, reset ? std::optional(50.0) : std::nullopt, transactions, 0, 0, 0};
        QVERIFY(!ratesBetween(earlier, later, 0));
    }

    void walAndTheRarerCountersHaveRates()
    {
        Counters earlier{100, 1, std::nullopt, 0, 0, 0, 0};
        Counters later{110, 1, std::nullopt, 20, 0, 0, 0};
        earlier.walPosition = 1000;
        later.walPosition = 6000;
        later.rollbacks = 5;
        later.rowsRead = 700;
        later.tempBytes = 8192;
        later.deadlocks = 1;
        later.sessionsLost = 2;
        const auto rates = ratesBetween(earlier, later, 0);
        QVERIFY(rates);
        QCOMPARE(rates->walBytesPerSecond, std::optional(500.0));
        QCOMPARE(rates->rollbacksPerSecond, 0.5);
        QCOMPARE(rates->readsPerSecond, 70.0);
        QCOMPARE(rates->tempBytesPerSecond, 819.2);
        QCOMPARE(rates->deadlocksPerSecond, 0.1);
        QCOMPARE(rates->sessionsLostPerSecond, 0.2);
        // Another timeline may begin before what was written on the old one.
        later.walPosition = 500;
        QVERIFY(!ratesBetween(earlier, later, 0)->walBytesPerSecond);
        later.deadlocks = -1;
        QVERIFY(!ratesBetween(earlier, later, 0));
    }

    void theRootOfAPileIsInTheWay()
    {
        QVERIFY(!rootBlocker({}));
        // 3 waits for 2, 2 for 1; 4 and 5 wait for 1 as well; 7 waits for 6.
        const auto root = rootBlocker({{3, {2}}, {2, {1}}, {4, {1}}, {5, {1}}, {7, {6}}});
        QVERIFY(root);
        QCOMPARE(root->pid, 1);
        QCOMPARE(root->blocked, 4);
        // Two that wait for each other, until the server breaks the deadlock.
        const auto cycle = rootBlocker({{8, {9}}, {9, {8}}});
        QVERIFY(cycle);
        QCOMPARE(cycle->pid, 8);
        QCOMPARE(cycle->blocked, 2);
    }

    void namesOfWalFilesArePositions()
    {
        constexpr qint64 segment = 16 << 20;
        QCOMPARE(endOfWalFile(QStringLiteral("000000010000000A000000FE"), segment),
                 std::optional((qint64(0xA) << 32) + 0xFF * segment));
        QCOMPARE(endOfWalFile(QStringLiteral("000000020000000000000001.00000028.backup"), segment),
                 std::optional(2 * segment));
        QVERIFY(!endOfWalFile(QStringLiteral("00000002.history"), segment));
        QVERIFY(!endOfWalFile(QString(), segment));
        QVERIFY(!endOfWalFile(QStringLiteral("000000010000000A000000FE"), 0));
    }

    void aTrendIsTheSlopeOfTheLastWhile()
    {
        Trend trend(1000, 100);
        for (int at = 0; at <= 90; at += 10)
            trend.add(at, 5.0 * at + (at % 20 == 0 ? 1 : -1));
        QVERIFY(!trend.perSecond()); // too short
        for (int at = 100; at <= 5000; at += 10)
            trend.add(at, 5.0 * at + (at % 20 == 0 ? 1 : -1));
        QVERIFY(trend.perSecond());
        QVERIFY(std::abs(*trend.perSecond() - 5) < 0.01);
        // What lies before the window is forgotten.
        for (int at = 5010; at <= 7000; at += 10)
            trend.add(at, 30000 - 2.0 * at);
        QVERIFY(std::abs(*trend.perSecond() + 2) < 0.01);
        trend.add(6000, 1); // the clock went back
        QVERIFY(!trend.perSecond());
    }

    void procTellsHowBusyTheMachineIs()
    {
        const ProcTexts first{"cpu  100 0 100 700 100 0 0 0 0 0\ncpu0 1 1 1 1\n", "0.52 0.40 0.30 1/200 5\n",
                              "MemTotal: 8000 kB\nMemAvailable:    4000 kB\n",
                              "   8       0 sda 10 0 80 5 20 0 160 9 0 1000 14\n"
                              "   7       0 loop0 1 0 8 1 0 0 0 0 0 999999 1\n"};
        ProcTexts second = first;
        second.stat = "cpu  160 0 140 760 140 0 0 0 0 0\n";
        second.diskstats = "   8       0 sda 10 0 80 5 20 0 160 9 0 3500 14\n"
                           "   7       0 loop0 1 0 8 1 0 0 0 0 0 1009999 1\n   8  16 sdb 10 0 8";
        const auto earlier = machineReading(first, 1000);
        const auto later = machineReading(second, 1010);
        QVERIFY(earlier && later);
        QVERIFY(!machineFigures(std::nullopt, *later).cpuRatio);
        const MachineFigures figures = machineFigures(earlier, *later);
        QCOMPARE(figures.cpuRatio, std::optional(0.5)); // 100 of 200 ticks; waiting for a disk is idle
        QCOMPARE(figures.ioRatio, std::optional(0.25));
        QCOMPARE(figures.loadAverage, std::optional(0.52));
        QCOMPARE(figures.memoryAvailableBytes, std::optional<qint64>(4000 * 1024));
        QVERIFY(!machineReading({}, 0)); // no Linux
        QVERIFY(!machineReading({"nonsense", {}, {}, {}}, 0));
    }

    void linesOfACommandAreFigures()
    {
        const auto figures = machineFigures("cpu_percent = 12.5\nhello\nother=x\nio_percent=3\n"
                                            "disk_free_bytes=1000\r\ndisk_size_bytes=4000");
        QVERIFY(figures);
        QCOMPARE(figures->cpuRatio, std::optional(0.125));
        QCOMPARE(figures->ioRatio, std::optional(0.03));
        QCOMPARE(figures->diskFreeBytes, std::optional<qint64>(1000));
        QCOMPARE(figures->diskSizeBytes, std::optional<qint64>(4000));
        for (const char *bad : {"cpu_percent=101", "cpu_percent=-1", "io_percent=", "disk_free_bytes=nan",
                                "disk_size_bytes=1e30", "disk_free_bytes=12 GB"}) {
            const auto refused = machineFigures(QByteArray(bad));
            QVERIFY2(!refused, bad);
            QCOMPARE(refused.error().code, ErrorCode::ValueBad);
            QCOMPARE(refused.error().found, QString::fromLatin1(bad));
        }
        QCOMPARE(*machineFigures(QByteArray()), MachineFigures());
    }

    void historyTellsTheAgeOfUnappliedData()
    {
        WalHistory history;
        QVERIFY(!history.position());
        QVERIFY(!history.secondsBehind(0));
        history.add(100, 1000);
        history.add(110, 2000);
        history.add(120, 2000);
        QCOMPARE(history.position(), std::optional<qint64>(2000));
        QCOMPARE(history.secondsBehind(2000), std::optional(0.0));
        // Half of what was written between 100 and 110 is missing: since 105.
        QCOMPARE(history.secondsBehind(1500), std::optional(15.0));
        QVERIFY(!history.secondsBehind(500)); // missing since before the history began
        history.add(130, 100); // another primary
        QCOMPARE(history.position(), std::optional<qint64>(100));
        QVERIFY(!history.secondsBehind(50));
    }

    void quietTimeDoesNotUseUpTheHistory()
    {
        WalHistory history;
        history.add(0, 1000);
        for (int second = 1; second < 2000; ++second)
            history.add(second, 2000);
        history.add(2000, 3000);
        QCOMPARE(history.secondsBehind(1000), std::optional(2000.0));
        // Nothing beyond 2000 was written before the last moment of quiet.
        QVERIFY(*history.secondsBehind(2000) <= 1.0);
    }

    void lagOfAReplica()
    {
        WalHistory primary;
        const ReplicaPosition replica{1500, 1400, {}, QStringLiteral("slot_a")};
        QCOMPARE(lagOf(replica, primary, {}, true), Lag());
        primary.add(100, 1000);
        primary.add(110, 2000);
        // By history: missing since 104.
        QCOMPARE(lagOf(replica, primary, {}, true), (Lag{600, 6.0}));
        // As the primary measured it, when it is certain which sender is meant.
        const Sender mine{{}, QStringLiteral("slot_a"), QStringLiteral("streaming"), 600, 0.25};
        const Sender other{{}, QStringLiteral("slot_b"), QStringLiteral("streaming"), 600, 9.0};
        QCOMPARE(lagOf(replica, primary, {other, mine}, false), (Lag{600, 0.25}));
        QCOMPARE(lagOf(replica, primary, {other}, false), (Lag{600, 6.0}));
        // Nothing is missing: that is known, whatever the clocks say.
        QCOMPARE(lagOf({2000, 2000, {}, {}}, primary, {}, true), (Lag{0, 0.0}));
        // Read after the primary, the replica may be ahead of it.
        QCOMPARE(lagOf({2500, 2400, {}, {}}, primary, {}, false).bytes, std::optional<qint64>(100));
    }

    void worstLagIsKnownOnlyWhenAllAre()
    {
        const Sender caughtUp{{}, {}, {}, 0, std::nullopt};
        const Sender behind{{}, {}, {}, 500, 2.0};
        const Sender unmeasured{{}, {}, {}, 100, std::nullopt};
        const Sender hidden{{}, {}, {}, std::nullopt, std::nullopt};
        QCOMPARE(worstLag({}), Lag());
        QCOMPARE(worstLag({caughtUp}), (Lag{0, 0.0}));
        QCOMPARE(worstLag({caughtUp, behind}), (Lag{500, 2.0}));
        QCOMPARE(worstLag({behind, unmeasured}), (Lag{500, std::nullopt}));
        QCOMPARE(worstLag({behind, hidden}), Lag());
    }

    void pausesGrowWithinTheirLimits()
    {
        QRandomGenerator random(7);
        Backoff backoff(Milliseconds(500), Milliseconds(5000));
        Milliseconds longest{0};
        for (int i = 0; i < 200; ++i) {
            const Milliseconds pause = backoff.next(random);
            QVERIFY(pause >= Milliseconds(500));
            QVERIFY(pause <= Milliseconds(5000));
            longest = std::max(longest, pause);
        }
        QVERIFY(longest > Milliseconds(2000));
    }

    void targetsAreInstancesTheirReplicasAndTheDirectory()
    {
        cluster::ClusterFile file;
        file.directoryService = QStringLiteral("it's");
        QCOMPARE(targets(file, nullptr).size(), size_t(1));
        cluster::ShardMap map;
        cluster::Instance a;
        a.name = QStringLiteral("a");
        a.replicaConninfos = {QStringLiteral("host=r1"), QStringLiteral("host=r2")};
        cluster::Instance gone;
        gone.name = QStringLiteral("gone");
        gone.state = cluster::InstanceState::Retired;
        map.instances = {a, gone};
        map.shards = {{0, a.name, 1, cluster::ShardState::Active, {}}, {1, a.name, 1, cluster::ShardState::Active, {}}};
        const auto found = targets(file, &map);
        QStringList names;
        for (const Target &target : found)
            names += target.name;
        QCOMPARE(names,
                 (QStringList{QStringLiteral("a"), QStringLiteral("a/1"), QStringLiteral("a/2"),
                              QStringLiteral("directory")}));
        QCOMPARE(found[0].logicalShards, 2);
        QCOMPARE(found[2].role, Role::Replica);
        QCOMPARE(found[3].conninfo, QStringLiteral("service='it\\'s'"));
    }
};

QTEST_GUILESS_MAIN(TestMonitorFigures)
#include "tst_monitorfigures.moc"
