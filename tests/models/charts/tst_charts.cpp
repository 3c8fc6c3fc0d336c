// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/comparison.h"
#include "charts/downsample.h"
#include "charts/fleetcurves.h"
#include "charts/heatscale.h"
#include "charts/timewindow.h"
#include "cluster/fleet.h"

#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <limits>

using namespace shardhelm;
using Point = FleetHistory::Point;

/// What the charts over time are drawn from: reduced curves, the grid of servers and time, its shades, the shared time.
class TestCharts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void peaksSurvive();
    void gapsSurvive();
    void fewPointsStay();
    void linesReachTheEdges();
    void gridKeepsTheWorst();
    void gridGrowsAsIfMadeAnew();
    void gridWidensForSlowSamples();
    void shadesFollowTheMedian();
    void shadesWithoutMedian();
    void windowFollowsUntilHeld();
    void windowStaysWithinWhatIsKnown();
    void largeFleetIsABand();
    void nearestCurve();
};

namespace {

constexpr double start = 1'700'000'000;

monitor::FleetSample sampleOf(const std::vector<double> &p99, double seconds)
{
    monitor::FleetSample sample;
    sample.serial = static_cast<qint64>(seconds - start) + 1;
    sample.at = QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(seconds * 1000), Qt::UTC);
    for (size_t i = 0; i < p99.size(); ++i) {
        monitor::ServerSample server;
        server.name = server.instance = QStringLiteral("i%1").arg(i, 4, 10, QLatin1Char('0'));
        server.role = monitor::Role::Primary;
        server.state = std::isnan(p99[i]) ? monitor::State::Down : monitor::State::Healthy;
        server.sampledAt = sample.at;
        if (!std::isnan(p99[i]))
            server.p99Ms.value = p99[i];
        sample.servers.push_back(std::move(server));
    }
    return sample;
}

std::vector<Point> wave(size_t count)
{
    std::vector<Point> points;
    for (size_t i = 0; i < count; ++i)
        points.push_back({start + static_cast<double>(i), 10 + static_cast<double>(i % 7)});
    return points;
}

double nan()
{
    return std::numeric_limits<double>::quiet_NaN();
}

} // namespace

void TestCharts::peaksSurvive()
{
    auto points = wave(10000);
    points[4321].value = 999;
    points[8765].value = -5;
    const auto reduced = downsampled(points, start, start + 10000, 100);
    QVERIFY(reduced.size() <= 400);
    QVERIFY(reduced.size() > 100);
    const auto less = [](const Point &a, const Point &b) { return a.value < b.value; };
    const auto [lowest, highest] = std::minmax_element(reduced.begin(), reduced.end(), less);
    QCOMPARE(highest->value, 999.0);
    QCOMPARE(highest->seconds, start + 4321);
    QCOMPARE(lowest->value, -5.0);
    QVERIFY(std::is_sorted(reduced.begin(), reduced.end(),
                           [](const Point &a, const Point &b) { return a.seconds < b.seconds; }));
    // The line ends where it ended.
    QCOMPARE(reduced.front().seconds, points.front().seconds);
    QCOMPARE(reduced.back().seconds, points.back().seconds);
}

void TestCharts::gapsSurvive()
{
    auto points = wave(5000);
    for (size_t i = 2000; i < 2010; ++i)
        points[i].value = nan();
    points[3000].value = nan();
    const auto reduced = downsampled(points, start, start + 5000, 50);
    const auto gaps =
        std::count_if(reduced.begin(), reduced.end(), [](const Point &point) { return std::isnan(point.value); });
    QVERIFY2(gaps >= 2 && gaps <= 3, qPrintable(QString::number(gaps)));
}

void TestCharts::fewPointsStay()
{
    const auto points = wave(20);
    QCOMPARE(downsampled(points, start, start + 20, 100).size(), points.size());
    QVERIFY(downsampled({}, start, start + 20, 100).empty());
    QCOMPARE(downsampled(points, start, start, 100).size(), size_t(2)); // an empty stretch: what it lies between
}

void TestCharts::linesReachTheEdges()
{
    const auto points = wave(1000);
    const auto reduced = downsampled(points, start + 100.5, start + 199.5, 10);
    QCOMPARE(reduced.front().seconds, start + 100);
    QCOMPARE(reduced.back().seconds, start + 200);
}

void TestCharts::gridKeepsTheWorst()
{
    Fleet fleet;
    for (int second = 0; second < 60; ++second)
        fleet.addSample(sampleOf({10, second == 33 ? 500.0 : 20, nan()}, start + second));
    FleetGrid grid;
    grid.update(fleet, start, start + 59, 6);
    QCOMPARE(grid.width(), 10.0);
    QCOMPARE(grid.servers().size(), 3);
    const FleetGrid::Column *column = grid.columnAt(start + 33);
    QVERIFY(column);
    QCOMPARE(column->cells[0], 10.0F);
    QCOMPARE(column->cells[1], 500.0F);
    QVERIFY(std::isnan(column->cells[2]));
    QCOMPARE(grid.columnAt(start + 25)->cells[1], 20.0F);
    QVERIFY(!grid.columnAt(start - 100));
    QVERIFY(!grid.columnAt(start + 1000));
}

void TestCharts::gridGrowsAsIfMadeAnew()
{
    Fleet fleet;
    fleet.setSpan(std::chrono::seconds(100));
    FleetGrid grown;
    const auto value = [](int second, int server) { return 10.0 + (second * 7 + server * 13) % 23; };
    for (int second = 0; second < 300; ++second) {
        fleet.addSample(
            sampleOf({value(second, 0), value(second, 1), value(second, 2), value(second, 3)}, start + second));
        grown.update(fleet, start + second - 100, start + second, 20);
    }
    FleetGrid made;
    made.update(fleet, start + 199, start + 299, 20);
    QCOMPARE(grown.columns().size(), made.columns().size());
    for (size_t i = 0; i < made.columns().size(); ++i) {
        QCOMPARE(grown.columns()[i].begin, made.columns()[i].begin);
        QCOMPARE(grown.columns()[i].cells, made.columns()[i].cells);
        QCOMPARE(grown.columns()[i].median, made.columns()[i].median);
    }
}

void TestCharts::gridWidensForSlowSamples()
{
    Fleet fleet;
    for (int second = 0; second < 600; second += 10)
        fleet.addSample(sampleOf({10, 20, 30}, start + second));
    FleetGrid grid;
    grid.update(fleet, start, start + 590, 500);
    QCOMPARE(grid.width(), 20.0);
    for (const FleetGrid::Column &column : grid.columns())
        QVERIFY(!std::isnan(column.cells[0]));
}

void TestCharts::shadesFollowTheMedian()
{
    Fleet fleet;
    for (int second = 0; second < 60; ++second)
        fleet.addSample(sampleOf({8, 10, 12, 45, 1000}, start + second));
    FleetGrid grid;
    grid.update(fleet, start, start + 59, 6);
    const HeatScale scale = HeatScale::of(grid);
    QVERIFY(scale.isRelative());
    const double median = *grid.columns().front().median;
    QCOMPARE(median, 12.0);
    QCOMPARE(scale.step(8, median), 0);
    QCOMPARE(scale.step(12, median), 1);
    QCOMPARE(scale.step(45, median), 3);
    QCOMPARE(scale.step(1000, median), 6);
    QCOMPARE(scale.bounds().size(), HeatScale::steps - 1);
}

void TestCharts::shadesWithoutMedian()
{
    // Nobody waits but one: a factor of nothing says nothing.
    Fleet fleet;
    for (int second = 0; second < 60; ++second) {
        auto sample = sampleOf({1, 1, 1}, start + second);
        sample.servers[0].blockedSessions.value = 0;
        sample.servers[1].blockedSessions.value = 0;
        sample.servers[2].blockedSessions.value = 7;
        fleet.addSample(sample);
    }
    FleetGrid grid;
    grid.setMetric(Metric::Blocked);
    grid.update(fleet, start, start + 59, 6);
    const HeatScale scale = HeatScale::of(grid);
    QVERIFY(!scale.isRelative());
    QCOMPARE(scale.step(0, 0), 0);
    QCOMPARE(scale.step(7, 0), 6);
}

void TestCharts::windowFollowsUntilHeld()
{
    Fleet fleet;
    for (int second = 0; second < 200; ++second)
        fleet.addSample(sampleOf({1, 2, 3}, start + second));
    TimeWindow window(fleet);
    QVERIFY(window.isLive());
    QCOMPARE(window.to(), start + 199);
    QCOMPARE(window.from(), start);
    QVERIFY(!window.note().isEmpty()); // shorter than the span
    QSignalSpy changed(&window, &TimeWindow::changed);
    window.hold(start + 50, start + 100);
    QVERIFY(!window.isLive());
    fleet.addSample(sampleOf({1, 2, 3}, start + 200));
    QCOMPARE(changed.count(), 1);
    QCOMPARE(window.from(), start + 50);
    QCOMPARE(window.to(), start + 100);
    window.zoom(0.5, start + 75);
    QCOMPARE(window.from(), start + 62.5);
    QCOMPARE(window.to(), start + 87.5);
    for (int step = 0; step < 20 && !window.isLive(); ++step)
        window.pan(0.5);
    QVERIFY(window.isLive());
    QCOMPARE(window.to(), start + 200);
}

void TestCharts::windowStaysWithinWhatIsKnown()
{
    Fleet fleet;
    for (int second = 0; second < 100; ++second)
        fleet.addSample(sampleOf({1, 2, 3}, start + second));
    TimeWindow window(fleet);
    window.hold(start - 1000, start + 5000);
    QCOMPARE(window.from(), start);
    QCOMPARE(window.to(), start + 99);
    window.hold(start + 50, start + 50.1);
    QCOMPARE(window.to() - window.from(), TimeWindow::shortestSeconds);
    window.pan(-1000);
    QCOMPARE(window.from(), start);
    // Another cluster: nothing of what was held is there.
    fleet.clear();
    fleet.addSample(sampleOf({1, 2, 3}, start - 90000));
    QVERIFY(window.isLive());
    QCOMPARE(window.to(), start - 90000);
}

void TestCharts::largeFleetIsABand()
{
    Fleet fleet;
    std::vector<double> values(400, 10);
    values[123] = 800;
    for (int second = 0; second < 60; ++second)
        fleet.addSample(sampleOf(values, start + second));
    FleetGrid grid;
    const FleetCurves curves = fleetCurves(fleet, Metric::P99, start, start + 59, 500, {}, grid);
    QCOMPARE(curves.servers, 400);
    QVERIFY(!curves.bandHigh.empty());
    QCOMPARE(curves.bandHigh.size(), curves.bandLow.size());
    QCOMPARE(curves.curves.size(), size_t(1));
    QCOMPARE(curves.curves.front().server, QStringLiteral("i0123"));
    QCOMPARE(curves.medianNow, std::optional(10.0));
    QVERIFY(curves.high >= 800);
}

void TestCharts::nearestCurve()
{
    Fleet fleet;
    for (int second = 0; second < 60; ++second)
        fleet.addSample(sampleOf({10, 100, second < 30 ? 50 : nan()}, start + second));
    FleetGrid grid;
    const FleetCurves curves = fleetCurves(fleet, Metric::P99, start, start + 59, 500, {}, grid);
    QCOMPARE(curves.curves.size(), size_t(3));
    const auto near = [](double wanted) { return [wanted](double value) { return std::abs(value - wanted); }; };
    QCOMPARE(curves.nearest(start + 10, near(55))->server, QStringLiteral("i0002"));
    QCOMPARE(curves.nearest(start + 40, near(55))->server, QStringLiteral("i0000")); // the other has a gap there
    QVERIFY(!curves.nearest(start - 10, near(55)));
}

QTEST_APPLESS_MAIN(TestCharts)
#include "tst_charts.moc"
