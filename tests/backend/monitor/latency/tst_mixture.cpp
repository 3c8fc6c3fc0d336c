// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/latency/mixture.h"

#include "simulatedstatement.h"

#include <QElapsedTimer>
#include <QTest>

using namespace shardhelm::monitor::latency;
using namespace shardhelm::test;

namespace {

/// A workload of statements with log-normal durations; rare calls of the last one take `factor` times as long.
struct Workload
{
    int statements = 1;
    double cv = 0.4;
    double rareShare = 0;
    double factor = 1;
    int windows = 4;
    int callsPerWindow = 500;
    bool longLived = false; ///< counters have a past with a longest call far above anything in the window

    [[nodiscard]] double draw(std::mt19937_64 &random, int statement) const
    {
        double ms = logNormal(random, std::exp(0.8 * statement), cv);
        if (statement == statements - 1 && std::uniform_real_distribution<double>(0, 1)(random) < rareShare)
            ms *= factor;
        return ms;
    }
};

struct Outcome
{
    Figures figures;
    std::vector<double> truth;
};

Outcome run(const Workload &workload, std::mt19937_64 &random)
{
    Outcome outcome;
    std::vector<SimulatedStatement> statements(size_t(workload.statements));
    const auto snapshot = [&](double at) {
        StatementSnapshot result;
        result.atSeconds = at;
        for (size_t i = 0; i < statements.size(); ++i) {
            if (statements[i].calls > 0)
                result.statements.insert({1, 1, qint64(i)}, statements[i].counters());
        }
        return result;
    };
    if (workload.longLived) {
        for (int i = 0; i < workload.statements; ++i) {
            for (int call = 0; call < 3000; ++call)
                statements[size_t(i)].call(workload.draw(random, i));
            statements[size_t(i)].call(5000);
        }
    }
    std::vector<MomentWindow> windows;
    StatementSnapshot before = snapshot(0);
    for (int window = 1; window <= workload.windows; ++window) {
        for (int i = 0; i < workload.statements; ++i) {
            for (int call = 0; call < workload.callsPerWindow; ++call) {
                const double ms = workload.draw(random, i);
                statements[size_t(i)].call(ms);
                outcome.truth.push_back(ms);
            }
        }
        StatementSnapshot after = snapshot(window * 15);
        windows.push_back(difference(before, after));
        before = after;
    }
    outcome.figures = estimate(windows);
    return outcome;
}

bool contains(const Value &value, double ms)
{
    return value.lowMs <= ms * (1 + 1e-9) && ms <= value.highMs * (1 + 1e-9);
}

} // namespace

class TestMixture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingRanMeansUnknown()
    {
        const Figures figures = estimate({});
        QCOMPARE(figures.calls, 0);
        QVERIFY(!figures.p50 && !figures.p99 && !figures.mean);
    }

    void singleCallsAreExact()
    {
        MomentWindow window;
        window.seconds = 15;
        for (int i = 1; i <= 100; ++i)
            window.slices[{1, 1, i}].exactMs = {double(i)};
        const Figures figures = estimate(std::span(&window, 1));
        QCOMPARE(figures.calls, 100);
        QCOMPARE(figures.p50, Value::point(50));
        QCOMPARE(figures.p95, Value::point(95));
        QCOMPARE(figures.p99, Value::point(99));
        QCOMPARE(figures.mean, Value::point(50.5));
        QCOMPARE(figures.windowSeconds, 15.0);
    }

    void constantDurationsArePoints()
    {
        MomentWindow window;
        window.slices[{1, 1, 1}] = {{}, 1000, 2, 0, 0, 0, 2, 2};
        const Figures figures = estimate(std::span(&window, 1));
        QVERIFY(figures.p99 && figures.p99->pointMs);
        QVERIFY(std::abs(*figures.p99->pointMs - 2) < 0.05);
    }

    /// Whatever the shapes: the truth lies within the bounds, always; and where a point is shown it is rarely off by
    /// more than 30 %, though half of these workloads are made to deceive.
    void boundsHoldAndPointsAreGood()
    {
        std::mt19937_64 random(4);
        int points = 0;
        int wrong = 0;
        int values = 0;
        for (const double cv : {0.2, 0.4, 0.8}) {
            for (const double share : {0.0, 0.002, 0.008, 0.012, 0.03, 0.1, 0.4}) {
                for (const double factor : {3.0, 10.0, 50.0}) {
                    for (const int statements : {1, 4}) {
                        for (const int windows : {1, 8}) {
                            for (const bool longLived : {false, true}) {
                                const Workload workload{statements,     cv,       share, factor, windows,
                                                        1600 / windows, longLived};
                                const Outcome outcome = run(workload, random);
                                QCOMPARE(outcome.figures.calls, qint64(outcome.truth.size()));
                                const std::pair<double, std::optional<Value>> quantiles[]{{0.5, outcome.figures.p50},
                                                                                          {0.95, outcome.figures.p95},
                                                                                          {0.99, outcome.figures.p99}};
                                for (const auto &[q, value] : quantiles) {
                                    const double truth = sampleQuantile(outcome.truth, q);
                                    QVERIFY(value);
                                    QVERIFY2(
                                        contains(*value, truth),
                                        qPrintable(QStringLiteral("q %1 cv %2 share %3 factor %4: %5 not in %6..%7")
                                                       .arg(q)
                                                       .arg(cv)
                                                       .arg(share)
                                                       .arg(factor)
                                                       .arg(truth)
                                                       .arg(value->lowMs)
                                                       .arg(value->highMs)));
                                    ++values;
                                    if (value->pointMs) {
                                        ++points;
                                        const double ratio = *value->pointMs / truth;
                                        wrong += ratio < 0.7 || ratio > 1.3;
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        qInfo("%d values, %d points, %d of them off by more than 30 %%", values, points, wrong);
        QVERIFY(points > values / 4);
        QVERIFY(wrong <= points / 40);
    }

    void ordinaryMixIsAPoint()
    {
        std::mt19937_64 random(5);
        for (const bool longLived : {false, true}) {
            const Outcome outcome = run({6, 0.4, 0, 1, 8, 300, longLived}, random);
            for (const auto &[q, value] : {std::pair(0.5, outcome.figures.p50), std::pair(0.99, outcome.figures.p99)}) {
                QVERIFY(value->pointMs);
                const double ratio = *value->pointMs / sampleQuantile(outcome.truth, q);
                QVERIFY2(ratio > 0.85 && ratio < 1.15, qPrintable(QString::number(ratio)));
            }
        }
    }

    void bimodalStatementIsAnInterval()
    {
        std::mt19937_64 random(6);
        const Outcome outcome = run({1, 0.3, 0.03, 100, 8, 300, true}, random);
        QVERIFY(!outcome.figures.p95->pointMs);
        QVERIFY(outcome.figures.p95->highMs > 10 * outcome.figures.p95->lowMs);
    }

    void manyStatementsStayCheap()
    {
        std::mt19937_64 random(7);
        std::vector<MomentWindow> windows(8);
        for (MomentWindow &window : windows) {
            for (int i = 0; i < 5000; ++i) {
                const double mean = logNormal(random, 1, 1.5);
                window.slices[{1, 1, i}] = {
                    {}, 50, mean, 0.2 * mean * mean, 0.2 * mean * mean, 0.2 * mean * mean, mean / 3, mean * 6};
            }
        }
        QElapsedTimer timer;
        timer.start();
        const Figures figures = estimate(windows);
        QCOMPARE(figures.calls, 8 * 5000 * 50);
        QVERIFY(figures.p99);
        qInfo("5,000 statements in 8 windows: %lld ms", timer.elapsed());
    }
};

QTEST_APPLESS_MAIN(TestMixture)
#include "tst_mixture.moc"
