// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/latency/moments.h"
#include "monitor/latency/tails.h"

#include "simulatedstatement.h"

#include <QTest>

#include <numeric>

using namespace shardhelm::monitor::latency;
using namespace shardhelm::test;

namespace {

constexpr StatementKey key{10, 5, 42};

StatementSnapshot snapshot(const SimulatedStatement &statement, double at)
{
    StatementSnapshot result;
    result.atSeconds = at;
    if (statement.calls > 0)
        result.statements.insert(key, statement.counters());
    return result;
}

/// All calls of a slice put back together: number, sum, sum of squares.
std::array<double, 3> sums(const MomentSlice &slice)
{
    std::array<double, 3> result{double(slice.calls), double(slice.calls) * slice.mean,
                                 double(slice.calls) * (slice.variance + slice.mean * slice.mean)};
    for (const double ms : slice.exactMs) {
        result[0] += 1;
        result[1] += ms;
        result[2] += ms * ms;
    }
    return result;
}

void compareClose(double actual, double expected, double relative)
{
    QVERIFY2(std::abs(actual - expected) <= relative * std::abs(expected),
             qPrintable(QStringLiteral("%1 is not %2").arg(actual, 0, 'g', 12).arg(expected, 0, 'g', 12)));
}

} // namespace

class TestMoments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void windowHasItsOwnMoments_data()
    {
        QTest::addColumn<int>("before");
        QTest::addColumn<int>("within");
        QTest::newRow("new entry") << 0 << 500;
        QTest::newRow("as many before") << 500 << 500;
        QTest::newRow("long life, short window") << 200000 << 50;
    }

    void windowHasItsOwnMoments()
    {
        QFETCH(int, before);
        QFETCH(int, within);
        std::mt19937_64 random(1);
        SimulatedStatement statement;
        for (int i = 0; i < before; ++i)
            statement.call(logNormal(random, 1, 0.5));
        const StatementSnapshot first = snapshot(statement, 100);
        std::array<double, 3> expected{double(within), 0, 0};
        std::vector<double> calls;
        for (int i = 0; i < within; ++i) {
            const double ms = logNormal(random, 3, 0.8);
            statement.call(ms);
            calls.push_back(ms);
            expected[1] += ms;
            expected[2] += ms * ms;
        }

        const MomentWindow window = difference(first, snapshot(statement, 115));

        QCOMPARE(window.seconds, 15.0);
        QVERIFY(!window.incomplete);
        const MomentSlice slice = window.slices.value(key);
        const auto found = sums(slice);
        QCOMPARE(found[0], expected[0]);
        compareClose(found[1], expected[1], 1e-9);
        compareClose(found[2], expected[2], 1e-6);
        QVERIFY(slice.varianceLow <= slice.variance && slice.variance <= slice.varianceHigh);
        for (const double ms : calls) {
            const bool known = std::any_of(slice.exactMs.begin(), slice.exactMs.end(),
                                           [ms](double exact) { return std::abs(exact - ms) < 1e-9; });
            QVERIFY(known || (ms >= slice.low - 1e-9 && ms <= slice.high + 1e-9));
        }
    }

    void fewCallsAreKnownExactly()
    {
        SimulatedStatement statement;
        for (int i = 0; i < 1000; ++i)
            statement.call(1 + 0.001 * i);
        StatementSnapshot before = snapshot(statement, 0);
        statement.call(1.25);
        StatementSnapshot after = snapshot(statement, 1);
        MomentSlice slice = difference(before, after).slices.value(key);
        QCOMPARE(slice.calls, 0);
        QCOMPARE(slice.exactMs.size(), size_t(1));
        compareClose(slice.exactMs[0], 1.25, 1e-9);

        before = after;
        statement.call(1.1);
        statement.call(1.7);
        slice = difference(before, snapshot(statement, 2)).slices.value(key);
        QCOMPARE(slice.calls, 0);
        QCOMPARE(slice.exactMs.size(), size_t(2));
        compareClose(slice.exactMs[0], 1.1, 1e-6);
        compareClose(slice.exactMs[1], 1.7, 1e-6);
    }

    void newExtremesAreTakenOut()
    {
        SimulatedStatement statement;
        for (int i = 0; i < 100; ++i)
            statement.call(1 + 0.01 * (i % 10));
        const StatementSnapshot before = snapshot(statement, 0);
        for (int i = 0; i < 50; ++i)
            statement.call(1 + 0.01 * (i % 10));
        statement.call(900);
        const MomentSlice slice = difference(before, snapshot(statement, 15)).slices.value(key);
        QCOMPARE(slice.exactMs, std::vector<double>{900});
        QCOMPARE(slice.calls, 50);
        QVERIFY2(slice.high < 1.5, qPrintable(QString::number(slice.high)));
        compareClose(slice.mean, 1.045, 1e-6);
    }

    void entryMadeAnewCountsFromItsBeginning_data()
    {
        QTest::addColumn<int>("callsAfter");
        QTest::newRow("fewer calls than before") << 40;
        QTest::newRow("more calls than before, betrayed by its longest call") << 400;
    }

    void entryMadeAnewCountsFromItsBeginning()
    {
        QFETCH(int, callsAfter);
        SimulatedStatement statement;
        for (int i = 0; i < 100; ++i)
            statement.call(i == 50 ? 70 : 5);
        StatementSnapshot before = snapshot(statement, 0);
        before.evictions = 3;
        statement = {};
        for (int i = 0; i < callsAfter; ++i)
            statement.call(2 + 0.01 * (i % 7));
        StatementSnapshot after = snapshot(statement, 15);
        after.evictions = 4;
        const MomentWindow window = difference(before, after);
        QVERIFY(window.incomplete);
        QCOMPARE(sums(window.slices.value(key))[0], double(callsAfter));
    }

    void idleAndVanishedStatementsAreNotThere()
    {
        SimulatedStatement statement;
        statement.call(1);
        const StatementSnapshot before = snapshot(statement, 0);
        QVERIFY(difference(before, snapshot(statement, 15)).slices.isEmpty());
        QVERIFY(difference(before, StatementSnapshot{15, 0, {}}).slices.isEmpty());
        QVERIFY(difference(StatementSnapshot(), StatementSnapshot()).slices.isEmpty());
    }

    void cancellationWidensTheVariance()
    {
        // A lifetime of heavy calls, then a window of tiny ones: the difference of the two sums has no digits left.
        StatementCounters heavy{1000000000, 1e12, 900, 1e6, 5000, 0, 0, 0, 0, 0};
        StatementSnapshot before{0, 0, {{key, heavy}}};
        heavy.calls += 1000;
        heavy.totalMs += 1000 * 1000;
        StatementSnapshot after{15, 0, {{key, heavy}}};
        const MomentSlice slice = difference(before, after).slices.value(key);
        QCOMPARE(slice.calls, 1000);
        QVERIFY(slice.varianceLow < slice.variance);
        QVERIFY(slice.varianceHigh > slice.variance);
        QVERIFY(std::isfinite(slice.variance) && slice.low <= slice.mean && slice.mean <= slice.high);
    }

    void planningIsAddedWhenItIsTracked()
    {
        StatementCounters counters{100, 200, 1, 4, 0.5, 100, 50, 0.2, 1, 0.1};
        const MomentWindow window = difference(StatementSnapshot(), {15, 0, {{key, counters}}});
        QVERIFY(window.planning);
        const MomentSlice slice = window.slices.value(key);
        QCOMPARE(slice.calls, 100);
        compareClose(slice.mean, 2.5, 1e-9);
        compareClose(slice.variance, 0.26, 1e-9);
        QVERIFY(slice.varianceLow <= 0.16 * 1.0001 && slice.varianceHigh >= 0.36 * 0.9999);
        QVERIFY(slice.low >= 1.2 * 0.999 && slice.high <= 5 * 1.001);
    }

    void mergedSlicesAreOne()
    {
        std::mt19937_64 random(2);
        SimulatedStatement statement;
        for (int i = 0; i < 100; ++i)
            statement.call(logNormal(random, 1, 0.3));
        const StatementSnapshot a = snapshot(statement, 0);
        for (int i = 0; i < 100; ++i)
            statement.call(logNormal(random, 1, 0.3));
        const StatementSnapshot b = snapshot(statement, 1);
        for (int i = 0; i < 100; ++i)
            statement.call(logNormal(random, 2, 0.3));
        const StatementSnapshot c = snapshot(statement, 2);
        const auto together = sums(merged(difference(a, b).slices.value(key), difference(b, c).slices.value(key)));
        const auto once = sums(difference(a, c).slices.value(key));
        for (size_t i = 0; i < 3; ++i)
            compareClose(together[i], once[i], 1e-9);
    }

    /// The bounds hold for every set of values, here random ones of very different shapes.
    void tailBoundsHold()
    {
        std::mt19937_64 random(3);
        for (int round = 0; round < 300; ++round) {
            std::vector<double> values;
            const int n = 3 + int(random() % 60);
            for (int i = 0; i < n; ++i) {
                double ms = logNormal(random, 1, round % 3 == 0 ? 2 : 0.3);
                if (round % 2 == 0 && random() % 10 == 0)
                    ms *= 20;
                values.push_back(ms);
            }
            const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
            double variance = 0;
            for (const double ms : values)
                variance += (ms - mean) * (ms - mean) / n;
            const auto [low, high] = std::minmax_element(values.begin(), values.end());
            const TailInput input{mean, variance * 0.9, variance * 1.1, *low * 0.9, *high * 1.3};
            for (double x = *low * 0.8; x < *high * 1.4; x *= 1.07) {
                const double above =
                    double(std::count_if(values.begin(), values.end(), [x](double v) { return v > x; }));
                QVERIFY(above / n <= largestTail(x, input) + 1e-9);
                QVERIFY(above / n >= smallestTail(x, input) - 1e-9);
            }
        }
    }

    void fittedTailsHaveTheirMoments()
    {
        // Integrating the tail gives the mean.
        for (const double cv : {0.2, 0.7, 1.5}) {
            for (const bool gamma : {false, true}) {
                double mean = 0;
                for (double x = 0.001; x < 200; x += 0.002)
                    mean += 0.002 * (gamma ? gammaTail(x, 2, 4 * cv * cv, 0.3) : logNormalTail(x, 2, 4 * cv * cv, 0.3));
                compareClose(mean, 2, gamma ? 0.05 : 0.01);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestMoments)
#include "tst_moments.moc"
