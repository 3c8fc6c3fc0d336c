// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/latency/histogramsource.h"

#include <QTest>

#include <cmath>

using namespace shardhelm::monitor::latency;

namespace {

// As pg_stat_monitor 2.x prints its bounds with the default settings, and 1.x with whole numbers.
const QString boundsText =
    QStringLiteral("{{0.000 - 1.000}, (1.000 - 2.778}, (2.778 - 4.162}, (4.162 - 6.623}, (6.623 - 11.000}, "
                   "(11.000 - 18.783}, (18.783 - 32.623}, (32.623 - 57.234}, (57.234 - 101.000}, (101.000 - 178.827}, "
                   "(178.827 - 317.226}, (317.226 - 563.338}, (563.338 - 1000.994}, (1000.994 - 1779.268}, "
                   "(1779.268 - 3163.256}, (3163.256 - 5624.371}, (5624.371 - 10000.920}, (10000.920 - 17783.643}, "
                   "(17783.643 - 31623.492}, (31623.492 - 56234.598}, (56234.598 - 100000.000}, (100000.000 - ...}}");

std::vector<qint64> counts(std::initializer_list<std::pair<int, qint64>> filled)
{
    std::vector<qint64> result(22, 0);
    for (const auto &[bucket, calls] : filled)
        result[size_t(bucket)] = calls;
    return result;
}

} // namespace

class TestHistogram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bounds()
    {
        const auto found = bucketBounds(boundsText);
        QCOMPARE(found.size(), size_t(22));
        QCOMPARE(found[0], (BucketBounds{0, 1}));
        QCOMPARE(found[4], (BucketBounds{6.623, 11}));
        QVERIFY(std::isinf(found[21].highMs));
        QCOMPARE(bucketBounds(QStringLiteral("(0 - 3)}, {(3 - 10)}, {(10 - 31)}")).size(), size_t(3));
        QVERIFY(bucketBounds(QString()).empty());
        QVERIFY(bucketBounds(QStringLiteral("nothing of the kind")).empty());
        QVERIFY(bucketBounds(QStringLiteral("(5 - 3)")).empty());
        QVERIFY(bucketBounds(QStringLiteral("(5 - 8), (1 - 2)")).empty());
    }

    void quantilesAreBuckets()
    {
        const auto figures =
            histogramFigures(bucketBounds(boundsText), counts({{0, 900}, {4, 80}, {8, 15}, {9, 5}}), 60);
        QCOMPARE(figures.source, Source::Histogram);
        QCOMPARE(figures.calls, 1000);
        QCOMPARE(figures.p50, Value::between(0, 1));
        QCOMPARE(figures.p95, Value::between(6.623, 11));
        QCOMPARE(figures.p99, Value::between(57.234, 101));
        QVERIFY(figures.mean && figures.mean->lowMs < figures.mean->highMs);
    }

    void narrowBucketIsAPoint()
    {
        const auto figures = histogramFigures({{0, 1}, {1, 1.5}, {1.5, 2.25}}, {10, 80, 10}, 60);
        QVERIFY(figures.p50->pointMs);
        QVERIFY(*figures.p50->pointMs > 1.2 && *figures.p50->pointMs < 1.25);
    }

    void openBucketIsUnknown()
    {
        const auto figures = histogramFigures(bucketBounds(boundsText), counts({{0, 90}, {21, 10}}), 60);
        QCOMPARE(figures.p50, Value::between(0, 1));
        QVERIFY(!figures.p99);
        QVERIFY(!figures.mean);
    }

    void countsThatDoNotFitTheBounds()
    {
        const auto figures = histogramFigures(bucketBounds(boundsText), {1, 2, 3}, 60);
        QVERIFY(!figures.p50 && !figures.p99);
        QVERIFY(!histogramFigures({}, {}, 60).p50);
    }

    void readingsAreDifferenced()
    {
        const auto bounds = bucketBounds(boundsText);
        HistogramSource source(60);
        QVERIFY(!source.figures().p99);
        source.take(1000, bounds, {{960, counts({{0, 5000}, {9, 4000}})}});
        QVERIFY(!source.figures().p99);
        // The slice grew by 100 fast calls; a new one began with 100 slower ones.
        source.take(1015, bounds, {{960, counts({{0, 5100}, {9, 4000}})}, {1010, counts({{4, 100}})}});
        Figures figures = source.figures();
        QCOMPARE(figures.calls, 200);
        QCOMPARE(figures.windowSeconds, 15.0);
        QCOMPARE(figures.p99, Value::between(6.623, 11));
        // An old slice was dropped by the extension, the other was reset: nothing negative comes of it.
        source.take(1030, bounds, {{1010, counts({{4, 40}})}});
        QCOMPARE(source.figures().calls, 200);
        // Other bounds: a new beginning.
        source.take(1045, {{0, 5}, {5, 7}}, {{1040, {10, 10}}});
        QVERIFY(!source.figures().p99);
        source.take(1060, {{0, 5}, {5, 7}}, {{1040, {10, 30}}});
        figures = source.figures();
        QCOMPARE(figures.calls, 20);
        QCOMPARE(figures.p50->lowMs, 5.0);
    }

    void windowMovesOn()
    {
        HistogramSource source(30);
        const std::vector<BucketBounds> bounds{{0, 1}, {1, 2}};
        for (int i = 0; i <= 20; ++i)
            source.take(100 + 10 * i, bounds, {{50, {10 * i, 0}}});
        QCOMPARE(source.figures().windowSeconds, 30.0);
        QCOMPARE(source.figures().calls, 30);
    }
};

QTEST_APPLESS_MAIN(TestHistogram)
#include "tst_histogram.moc"
