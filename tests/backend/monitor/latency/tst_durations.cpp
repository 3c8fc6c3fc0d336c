// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/latency/durations.h"
#include "monitor/latency/logsampling.h"
#include "monitor/latency/rolling.h"

#include "simulatedstatement.h"

#include <QTest>

using namespace shardhelm::monitor::latency;
using namespace shardhelm::test;

class TestDurations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingSeenIsUnknown()
    {
        const Durations durations;
        QVERIFY(!durations.quantile(0.99));
        QVERIFY(!durations.mean());
        QCOMPARE(durations.seen(), 0);
    }

    void everyCallSeenIsExact_data()
    {
        QTest::addColumn<int>("calls");
        for (const int calls : {1, 2, 99, 100, 101, 5000})
            QTest::addRow("%d calls", calls) << calls;
    }

    void everyCallSeenIsExact()
    {
        QFETCH(int, calls);
        std::mt19937_64 random(1);
        Durations durations;
        std::vector<double> truth;
        for (int i = 0; i < calls; ++i) {
            truth.push_back(logNormal(random, 1, 1));
            durations.add(truth.back());
        }
        for (const double q : {0.5, 0.95, 0.99}) {
            const auto value = durations.quantile(q);
            QVERIFY(value && value->pointMs);
            const double ratio = *value->pointMs / sampleQuantile(truth, q);
            QVERIFY2(ratio > 0.98 && ratio < 1.02, qPrintable(QString::number(ratio)));
        }
    }

    void valuesOutOfRangeDoNoHarm()
    {
        Durations durations;
        durations.add(std::nan(""));
        durations.add(-1);
        durations.add(5, 0);
        QCOMPARE(durations.seen(), 0);
        durations.add(0);
        durations.add(1e9);
        QCOMPARE(durations.seen(), 2);
        QVERIFY(durations.quantile(0.99));
    }

    /// Bounds of two and a half standard errors hold in nearly all samples; points are then within 15 %.
    void sampledCallsGiveHonestBounds()
    {
        std::mt19937_64 random(2);
        std::uniform_real_distribution<double> uniform(0, 1);
        int held = 0;
        int bounded = 0;
        int points = 0;
        int wrong = 0;
        for (int round = 0; round < 200; ++round) {
            const double rate = round % 2 == 0 ? 0.1 : 0.4;
            Durations durations;
            std::vector<double> truth;
            for (int i = 0; i < 20000; ++i) {
                truth.push_back(logNormal(random, 1, 0.5));
                if (uniform(random) <= rate)
                    durations.add(truth.back(), rate);
            }
            QVERIFY(std::abs(durations.calls() / 20000 - 1) < 0.1);
            const auto value = durations.quantile(0.99);
            QVERIFY(value);
            const double p99 = sampleQuantile(truth, 0.99);
            ++bounded;
            held += value->lowMs <= p99 * 1.01 && value->highMs >= p99 * 0.99;
            if (value->pointMs) {
                ++points;
                wrong += std::abs(*value->pointMs / p99 - 1) > 0.15;
            }
        }
        QVERIFY2(held >= bounded * 93 / 100, qPrintable(QStringLiteral("%1 of %2").arg(held).arg(bounded)));
        QVERIFY(points > 100);
        QVERIFY2(wrong <= points / 50, qPrintable(QStringLiteral("%1 of %2").arg(wrong).arg(points)));
    }

    void sampleTooSmallIsUnknown()
    {
        Durations durations;
        for (int i = 0; i < 30; ++i)
            durations.add(1 + i, 0.1);
        QVERIFY(!durations.quantile(0.99));
        QVERIFY(durations.quantile(0.5));
    }

    void longCallsAllSeenMakeTheTailExact()
    {
        // As with log_min_duration_statement beside a sample of the short ones.
        Durations durations;
        for (int i = 0; i < 90; ++i)
            durations.add(1, 0.1);
        for (int i = 0; i < 100; ++i)
            durations.add(100 + i);
        const auto value = durations.quantile(0.99);
        QVERIFY(value && value->pointMs);
        QVERIFY(std::abs(*value->pointMs - 190) < 4);
    }

    void hiddenCallsLimitWhatIsKnown()
    {
        Durations durations;
        for (int i = 0; i < 20; ++i)
            durations.add(200 + i);
        // 20 of 1,000 calls were slow enough to be logged: the slowest 1 % are among them.
        const auto known = durations.quantile(0.99, 200, 1000);
        QVERIFY(known && known->pointMs);
        QVERIFY(std::abs(*known->pointMs - 209) < 4);
        // The median is among the hidden ones.
        QCOMPARE(durations.quantile(0.5, 200, 1000), Value::between(0, 200));
        QVERIFY(!durations.quantile(0.99, 200, 0));
    }

    void mergingIsAddingAll()
    {
        Durations a;
        Durations b;
        Durations all;
        for (int i = 1; i <= 100; ++i) {
            (i % 2 == 0 ? a : b).add(i, i % 3 == 0 ? 0.5 : 1);
            all.add(i, i % 3 == 0 ? 0.5 : 1);
        }
        a.merge(b);
        QCOMPARE(a.seen(), all.seen());
        QCOMPARE(a.calls(), all.calls());
        QCOMPARE(a.quantile(0.9), all.quantile(0.9));
    }

    void samplingProbabilityFollowsTheSettings()
    {
        LogSampling sampling;
        QCOMPARE(sampling.probability(1e6), 0.0);
        QVERIFY(std::isinf(sampling.hiddenBelowMs()));
        sampling.minSampleMs = 10;
        sampling.statementRate = 0.2;
        sampling.minStatementMs = 500;
        QCOMPARE(sampling.probability(5), 0.0);
        QCOMPARE(sampling.probability(50), 0.2);
        QCOMPARE(sampling.probability(500), 1.0);
        QCOMPARE(sampling.hiddenBelowMs(), 10.0);
        sampling.transactionRate = 0.5;
        QCOMPARE(sampling.probability(50), 0.6);
        QCOMPARE(sampling.hiddenBelowMs(), 0.0);
        sampling.allDurations = true;
        QCOMPARE(sampling.probability(0), 1.0);
    }

    void oldCallsFallOutOfTheWindow()
    {
        Rolling rolling(60);
        QCOMPARE(rolling.seconds(), 0.0);
        rolling.add(1000, 500);
        for (int i = 0; i < 60; ++i)
            rolling.add(1000 + i, 1);
        QCOMPARE(rolling.seconds(), 59.0);
        QCOMPARE(rolling.durations().seen(), 61);
        rolling.advance(1120);
        QVERIFY2(rolling.seconds() >= 60 && rolling.seconds() <= 65, qPrintable(QString::number(rolling.seconds())));
        QCOMPARE(rolling.durations().seen(), 0);
        rolling.clear();
        QCOMPARE(rolling.seconds(), 0.0);
    }
};

QTEST_APPLESS_MAIN(TestDurations)
#include "tst_durations.moc"
