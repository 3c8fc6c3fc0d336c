// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/fleetcurves.h"

#include "charts/comparison.h"
#include "charts/downsample.h"
#include "cluster/fleet.h"
#include "cluster/median.h"

#include <algorithm>
#include <cmath>

namespace shardhelm {

namespace {

using Point = FleetHistory::Point;

/// Columns of the grid behind a band; finer would not be seen.
constexpr int bandColumns = 120;
/// A server of a large fleet gets a curve of its own when it is this many times as bad as the median.
constexpr double outlierFactor = 2;

bool hasValue(const std::vector<Point> &points)
{
    return std::any_of(points.begin(), points.end(), [](const Point &point) { return std::isfinite(point.value); });
}

/// The first of the ranking that has a value now; who is down is told elsewhere.
QString worstWithValue(const Fleet &fleet, Metric metric, const QStringList &compared)
{
    for (const Rank &rank : fleet.ranking()) {
        const monitor::ServerSample *server = fleet.server(rank.server);
        if (rank.findings.front().raised && server && compared.contains(rank.server)
            && metricValue(*server, metric).value)
            return rank.server;
    }
    return {};
}

/// Names of the servers that stand out from a large fleet now, worst first.
QStringList outliers(const Fleet &fleet, Metric metric, const QStringList &servers, std::optional<double> median)
{
    std::vector<std::pair<double, QString>> found;
    for (const QString &name : servers) {
        const monitor::ServerSample *server = fleet.server(name);
        const auto value = server ? metricValue(*server, metric).value : std::nullopt;
        if (value && median.value_or(0) > 0 && *value >= outlierFactor * *median)
            found.emplace_back(*value, name);
    }
    const auto most = static_cast<size_t>(FleetCurves::mostSingle) / 4;
    const auto end = found.begin() + static_cast<std::ptrdiff_t>(std::min(found.size(), most));
    std::partial_sort(found.begin(), end, found.end(), std::greater<>());
    QStringList names;
    std::for_each(found.begin(), end, [&](const auto &entry) { names << entry.second; });
    return names;
}

void takeRange(FleetCurves &result, const std::vector<Point> &points)
{
    for (const Point &point : points) {
        if (!std::isfinite(point.value))
            continue;
        result.high = std::max(result.high, point.value);
        if (point.value > 0)
            result.low = std::min(result.low, point.value);
    }
}

void takeBand(FleetCurves &result, const FleetGrid &grid, double to)
{
    constexpr double gap = std::numeric_limits<double>::quiet_NaN();
    for (const FleetGrid::Column &column : grid.columns()) {
        const double at = std::min(to, column.begin + grid.width() / 2);
        result.bandLow.push_back({at, column.low.value_or(gap)});
        result.median.push_back({at, column.median.value_or(gap)});
        result.bandHigh.push_back({at, column.high.value_or(gap)});
    }
}

} // namespace

std::optional<double> FleetCurves::valueAt(const Curve &curve, double seconds)
{
    const auto after = std::upper_bound(curve.points.begin(), curve.points.end(), seconds,
                                        [](double at, const Point &point) { return at < point.seconds; });
    if (after == curve.points.begin() || curve.points.empty())
        return std::nullopt;
    const double value = (after - 1)->value;
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

FleetCurves fleetCurves(const Fleet &fleet, Metric metric, double from, double to, int columns, const QString &chosen,
                        FleetGrid &grid)
{
    const QStringList compared = comparedServers(fleet, metric);
    const bool large = compared.size() > FleetCurves::mostSingle;
    FleetCurves result;
    result.medianNow = fleet.summary().median(metric);
    result.low = std::numeric_limits<double>::infinity();
    result.high = -result.low;
    const QString looked = chosen.isEmpty() ? worstWithValue(fleet, metric, compared) : chosen;

    QStringList drawn = compared;
    if (large) {
        grid.setMetric(metric);
        grid.update(fleet, from, to, bandColumns);
        takeBand(result, grid, to);
        drawn = outliers(fleet, metric, compared, result.medianNow);
        for (const auto *band : {&result.bandLow, &result.bandHigh})
            takeRange(result, *band);
    }
    if (!looked.isEmpty() && !drawn.contains(looked))
        drawn << looked;

    std::vector<std::vector<Point>> all;
    for (const QString &server : drawn) {
        auto points = fleet.history().series(server, metric, from);
        while (!points.empty() && points.back().seconds > to)
            points.pop_back();
        if (!hasValue(points))
            continue;
        FleetCurves::Curve curve;
        curve.server = server;
        curve.chosen = server == looked;
        if (std::isfinite(points.back().value))
            curve.now = points.back().value;
        takeRange(result, points);
        curve.points = downsampled(points, from, to, columns);
        // A chosen server of another kind is no part of the crowd.
        if (!large && compared.contains(server))
            all.push_back(std::move(points));
        result.curves.push_back(std::move(curve));
    }
    result.servers = large ? static_cast<int>(compared.size()) : static_cast<int>(result.curves.size());
    if (!large && all.size() > 2)
        result.median = medianCurve(all);
    // What every other panel calls the median now.
    const bool untilNow = to >= static_cast<double>(fleet.sample().at.toMSecsSinceEpoch()) / 1000;
    if (!result.median.empty() && !untilNow && std::isfinite(result.median.back().value))
        result.medianNow = result.median.back().value;
    else if (!result.median.empty() && result.medianNow)
        result.median.back().value = *result.medianNow;
    if (!std::isfinite(result.low))
        result.low = 0;
    if (!std::isfinite(result.high))
        result.high = 1;
    return result;
}

} // namespace shardhelm
