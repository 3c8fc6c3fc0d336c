// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/incidentcharts.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace shardhelm {

namespace {

using namespace monitor::recording;

constexpr qsizetype mostLines = 60;
constexpr qsizetype mostNames = 5;
constexpr size_t pointsPerLine = 300;
constexpr int bandSteps = 150;

constexpr std::array chartMetrics{
    Metric::P99,      Metric::Transactions, Metric::ActiveConnections, Metric::Blocked, Metric::LagSeconds,
    Metric::CacheHit, Metric::Cpu,
};

bool saysAnything(const Curves &curves)
{
    return std::any_of(curves.begin(), curves.end(), [](const std::vector<Point> &points) {
        return std::ranges::any_of(points, [](const Point &point) { return std::isfinite(point.value); });
    });
}

/// Whether a server belongs into the chart of a metric.
bool belongs(Metric metric, const monitor::ServerSample *server)
{
    if (!server)
        return true;
    if (metric == Metric::LagSeconds)
        return server->role == monitor::Role::Replica;
    return server->role != monitor::Role::Replica;
}

/// The band of the middle eight tenths, in steps of equal length.
void addBand(SvgChart &chart, const Curves &curves)
{
    const qint64 step = std::max<qint64>(1, (chart.span.to - chart.span.from) / bandSteps);
    std::vector<std::vector<float>> values(bandSteps + 1);
    for (const std::vector<Point> &points : curves) {
        for (const Point &point : points) {
            const qint64 place = (point.at - chart.span.from) / step;
            if (std::isfinite(point.value) && place >= 0 && place <= bandSteps)
                values[static_cast<size_t>(place)].push_back(point.value);
        }
    }
    for (size_t i = 0; i < values.size(); ++i) {
        std::vector<float> &here = values[i];
        if (here.empty())
            continue;
        std::ranges::sort(here);
        const qint64 at = chart.span.from + static_cast<qint64>(i) * step;
        chart.bandLow.push_back({at, here[here.size() / 10]});
        chart.bandHigh.push_back({at, here[here.size() * 9 / 10]});
    }
}

} // namespace

Result<std::vector<SvgChart>> incidentCharts(RecordingReader &reader, const Span &span, const QStringList &worst,
                                             const monitor::FleetSample &last)
{
    const auto markers = reader.markers(span);
    if (!markers)
        return Failure(markers.error());
    std::vector<SvgChart> charts;
    for (const Metric metric : chartMetrics) {
        auto curves = reader.allSeries(metricKey(metric), span, pointsPerLine);
        if (!curves)
            return Failure(curves.error());
        curves->removeIf([&](const auto &curve) { return !belongs(metric, last.server(curve.key())); });
        if (!saysAnything(*curves))
            continue;
        SvgChart chart;
        chart.title = metricTitle(metric);
        chart.metric = metric;
        chart.span = span;
        chart.markers = *markers;
        QStringList names = curves->keys();
        names.sort();
        const bool tooMany = names.size() > mostLines;
        if (tooMany)
            addBand(chart, *curves);
        const QString front = [&] {
            for (const QString &name : worst) {
                if (curves->contains(name))
                    return name;
            }
            return QString();
        }();
        for (const QString &name : names) {
            const qsizetype place = worst.indexOf(name);
            const bool stands = place >= 0 && place < mostNames;
            // In a small fleet every line has its name.
            const bool isNamed = stands || names.size() <= mostNames;
            if (tooMany && !stands)
                continue;
            chart.curves.push_back({isNamed ? name : QString(), curves->value(name), name == front});
        }
        charts.push_back(std::move(chart));
    }
    return charts;
}

} // namespace shardhelm
