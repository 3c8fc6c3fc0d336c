// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/outliers/scores.h"

#include "noisyfleet.h"

#include <QTest>

#include <algorithm>

using namespace shardhelm::monitor::outliers;
using shardhelm::test::NoisyFleet;

namespace {

FleetObservation latencies(const std::vector<double> &values)
{
    FleetObservation fleet;
    for (size_t i = 0; i < values.size(); ++i) {
        Observation one;
        one.instance = QStringLiteral("i%1").arg(i);
        one.set(Metric::P99Ms, values[i]);
        fleet.instances.push_back(one);
    }
    return fleet;
}

QString worst(const std::vector<InstanceScore> &scores)
{
    return std::max_element(scores.begin(), scores.end(),
                            [](const auto &a, const auto &b) { return a.severity < b.severity; })
        ->instance;
}

} // namespace

class TestScores : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void medians()
    {
        QCOMPARE(median({}), 0.0);
        QCOMPARE(median({3}), 3.0);
        QCOMPARE(median({4, 1}), 2.5);
        QCOMPARE(median({9, 1, 5}), 5.0);
        QCOMPARE(median({9, 1, 5, 7}), 6.0);
    }

    void everyMetricHasOneRule()
    {
        const auto rules = defaultRules();
        QCOMPARE(rules.size(), metricCount);
        for (size_t i = 0; i < metricCount; ++i) {
            QCOMPARE(std::count_if(rules.begin(), rules.end(),
                                   [i](const MetricRule &rule) { return rule.metric == Metric(i); }),
                     1);
        }
    }

    void factsOfAnOutlier()
    {
        const auto scores = score(latencies({10, 11, 9, 10, 12, 410, 10, 11, 10, 9}));
        QCOMPARE(worst(scores), QStringLiteral("i5"));
        const Score *found = scores[5].score(Metric::P99Ms);
        QVERIFY(found);
        QCOMPARE(found->value, 410.0);
        QCOMPARE(found->median, std::optional(10.0));
        QCOMPARE(found->factor, std::optional(41.0));
        QVERIFY(found->distance > outlierDistance);
        QVERIFY(scores[5].severity > 1);
        for (size_t i = 0; i < scores.size(); ++i)
            QVERIFY(i == 5 || scores[i].scores.empty());
    }

    void smallDifferencesAreNone_data()
    {
        QTest::addColumn<QList<double>>("values");
        QTest::newRow("all equal") << QList<double>{5, 5, 5, 5, 5, 5};
        QTest::newRow("large factor, nothing in milliseconds") << QList<double>{0.1, 0.1, 0.1, 0.1, 0.1, 3};
        QTest::newRow("milliseconds, small factor") << QList<double>{100, 100, 100, 100, 100, 180};
        QTest::newRow("better than the others") << QList<double>{100, 100, 100, 100, 100, 1};
        QTest::newRow("fleet that is spread") << QList<double>{1, 3, 10, 30, 60, 90};
    }

    void smallDifferencesAreNone()
    {
        QFETCH(QList<double>, values);
        for (const InstanceScore &one : score(latencies({values.begin(), values.end()})))
            QVERIFY2(one.severity < 1, qPrintable(one.instance));
    }

    void smallFleets_data()
    {
        QTest::addColumn<QList<double>>("values");
        QTest::addColumn<QString>("expected");
        QTest::newRow("none") << QList<double>{} << QString();
        QTest::newRow("one has no peers") << QList<double>{5000} << QString();
        QTest::newRow("two, alike") << QList<double>{20, 45} << QString();
        QTest::newRow("two, one far worse") << QList<double>{20, 900} << QStringLiteral("i1");
        QTest::newRow("three, one worse") << QList<double>{20, 500, 25} << QStringLiteral("i1");
        QTest::newRow("three, alike") << QList<double>{20, 60, 35} << QString();
        QTest::newRow("four, one worse") << QList<double>{20, 18, 25, 200} << QStringLiteral("i3");
        QTest::newRow("four, two worse") << QList<double>{20, 400, 500, 25} << QStringLiteral("i1i2");
    }

    void smallFleets()
    {
        QFETCH(QList<double>, values);
        QFETCH(QString, expected);
        QString found;
        for (const InstanceScore &one : score(latencies({values.begin(), values.end()}))) {
            if (one.severity >= 1)
                found += one.instance;
        }
        QCOMPARE(found, expected);
    }

    void alarmNeedsNoPeers()
    {
        FleetObservation fleet;
        Observation one;
        one.instance = QStringLiteral("only");
        one.set(Metric::ConnectionShare, 0.97);
        fleet.instances = {one};
        auto scores = score(fleet);
        QVERIFY(scores[0].severity > 1);
        QVERIFY(!scores[0].score(Metric::ConnectionShare)->median);
        // A whole fleet near its limit is bad all over.
        fleet.instances.assign(12, one);
        for (const InstanceScore &each : score(fleet))
            QVERIFY(each.severity > 1);
        fleet.instances[0].set(Metric::ConnectionShare, 0.5);
        QVERIFY(score(fleet)[0].severity < 1);
    }

    void sourcesAreNotMixed()
    {
        FleetObservation fleet = latencies({1, 1.1, 0.9, 1, 30, 33});
        for (size_t i = 0; i < 6; ++i)
            fleet.instances[i].p99Source = i < 4 ? QStringLiteral("estimate") : QStringLiteral("log");
        for (const InstanceScore &one : score(fleet))
            QVERIFY(one.severity < 1);
    }

    void downIsAboveAll()
    {
        FleetObservation fleet = latencies({10, 10, 10, 10, 10, 1e7});
        fleet.instances[2].down = true;
        const auto scores = score(fleet);
        QCOMPARE(worst(scores), QStringLiteral("i2"));
        QVERIFY(scores[2].scores.empty());
    }

    void unknownAndHostileValuesTakeNoPart()
    {
        FleetObservation fleet = latencies({10, 10, 10, 10, 400, 10});
        const double severity = score(fleet)[4].severity;
        fleet.instances[0].values = {};
        fleet.instances[1].set(Metric::P99Ms, std::nan(""));
        fleet.instances[2].set(Metric::P99Ms, HUGE_VAL);
        fleet.instances[3].set(Metric::P99Ms, -5);
        const auto scores = score(fleet);
        QCOMPARE(worst(scores), QStringLiteral("i4"));
        QVERIFY(std::isfinite(scores[4].severity) && severity > 1);
        QVERIFY(scores[0].severity == 0 && scores[1].severity == 0 && scores[2].severity == 0);
    }

    void scaleDoesNotMatter()
    {
        MetricRule rule;
        rule.leastEffect = 5;
        NoisyFleet noisy(16, 1);
        for (int round = 0; round < 50; ++round) {
            FleetObservation fleet = noisy.sample(round);
            fleet.instances[size_t(round) % 16].set(Metric::P99Ms, 300);
            const auto before = score(fleet, std::span(&rule, 1));
            const double scale = std::exp(round - 25.0);
            for (Observation &one : fleet.instances)
                one.set(Metric::P99Ms, *one.value(Metric::P99Ms) * scale);
            MetricRule scaled = rule;
            scaled.unit *= scale;
            scaled.leastEffect *= scale;
            const auto after = score(fleet, std::span(&scaled, 1));
            for (size_t i = 0; i < before.size(); ++i)
                QVERIFY(std::abs(before[i].severity - after[i].severity) < 1e-9);
        }
    }

    void orderDoesNotMatter()
    {
        std::mt19937_64 random(2);
        for (const int size : {3, 5, 9, 32}) {
            NoisyFleet noisy(size, quint64(size));
            for (int round = 0; round < 20; ++round) {
                FleetObservation fleet = noisy.sample(round);
                fleet.instances[1].set(Metric::LagSeconds, 40);
                QHash<QString, double> severities;
                for (const InstanceScore &one : score(fleet))
                    severities.insert(one.instance, one.severity);
                std::shuffle(fleet.instances.begin(), fleet.instances.end(), random);
                for (const InstanceScore &one : score(fleet))
                    QCOMPARE(one.severity, severities.value(one.instance));
            }
        }
    }

    void injectedOutlierIsFirst_data()
    {
        QTest::addColumn<int>("metric");
        QTest::addColumn<double>("value");
        QTest::newRow("p99") << int(Metric::P99Ms) << 1500.0;
        QTest::newRow("blocked sessions") << int(Metric::BlockedSessions) << 20.0;
        QTest::newRow("old transaction") << int(Metric::LongestTransactionSeconds) << 3600.0;
        QTest::newRow("connection flood") << int(Metric::ConnectionShare) << 0.98;
        QTest::newRow("stopped replica") << int(Metric::LagSeconds) << 200.0;
        QTest::newRow("cpu") << int(Metric::CpuShare) << 1.0;
        QTest::newRow("full disk") << int(Metric::DiskShare) << 0.97;
        QTest::newRow("errors") << int(Metric::ErrorsPerSecond) << 500.0;
    }

    void injectedOutlierIsFirst()
    {
        QFETCH(int, metric);
        QFETCH(double, value);
        for (const int size : {3, 4, 8, 9, 32, 200}) {
            NoisyFleet noisy(size, 77 + quint64(size));
            for (int round = 0; round < 50; ++round) {
                FleetObservation fleet = noisy.sample(round);
                const size_t victim = size_t(round) % fleet.instances.size();
                fleet.instances[victim].set(Metric(metric), value);
                const auto scores = score(fleet);
                QCOMPARE(worst(scores), fleet.instances[victim].instance);
                QVERIFY(scores[victim].severity >= 1);
                QCOMPARE(scores[victim].scores.front().metric, Metric(metric));
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestScores)
#include "tst_scores.moc"
