// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/backoff.h"
#include "monitor/counters.h"
#include "monitor/lag.h"
#include "monitor/latency.h"
#include "monitor/targets.h"

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

    void quantileOfOneLogNormalIsItsOwn()
    {
        // exp(mu + sigma z) with mu = 1, sigma = 0.5.
        const double mean = std::exp(1 + 0.125);
        const double variance = (std::exp(0.25) - 1) * std::exp(2.25);
        const auto p99 = mixtureQuantile({{100, mean, variance}}, 0.99);
        QVERIFY(p99);
        QVERIFY(std::abs(*p99 / std::exp(1 + 0.5 * 2.3263479) - 1) < 1e-6);
    }

    void quantileOfAMixtureLiesInItsSlowPart()
    {
        // 95 of 100 calls take 1 ms, 5 take 100 ms: the 99th percentile is among the slow ones, the median is not.
        const std::vector<LogNormal> parts{{95, 1, 0}, {5, 100, 0}};
        QVERIFY(std::abs(*mixtureQuantile(parts, 0.99) - 100) < 1);
        QVERIFY(std::abs(*mixtureQuantile(parts, 0.5) - 1) < 0.01);
        QVERIFY(!mixtureQuantile({}, 0.99));
    }

    void latencyNeedsTwoReadingsOfTheSameStatistics()
    {
        LatencyEstimate estimate;
        const auto reading = [](double reset, qint64 calls, double total) {
            return StatementReading{reset, {{"q", calls, total, total * total / static_cast<double>(calls)}}};
        };
        QVERIFY(!estimate.p99Since(reading(1, 100, 100)));
        const auto p99 = estimate.p99Since(reading(1, 200, 300));
        QVERIFY(p99);
        QVERIFY(*p99 >= 2); // a hundred calls of 2 ms in the mean
        QVERIFY(!estimate.p99Since(reading(2, 300, 400)));
        QVERIFY(!estimate.p99Since(reading(2, 300 + LatencyEstimate::minimumCalls - 1, 500)));
        QVERIFY(estimate.p99Since(reading(2, 300 + 3 * LatencyEstimate::minimumCalls, 900)));
    }

    void latencyLeavesOutOwnStatements()
    {
        LatencyEstimate estimate;
        estimate.ignore({"ours"});
        QVERIFY(!estimate.p99Since({1, {{"ours", 1, 1000, 1e6}, {"theirs", 100, 100, 100}}}));
        const auto p99 = estimate.p99Since({1, {{"ours", 50, 50000, 5e7}, {"theirs", 200, 200, 200}}});
        QVERIFY(p99);
        QVERIFY2(*p99 < 1.1, qPrintable(QString::number(*p99)));
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
