// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/fleethistory.h"

#include <limits>

namespace shardhelm {

void FleetHistory::append(const monitor::FleetSample &sample)
{
    const double now = static_cast<double>(sample.at.toMSecsSinceEpoch()) / 1000;
    const double oldest = now - static_cast<double>(m_span.count());
    for (const monitor::ServerSample &server : sample.servers) {
        const bool answers = server.state == monitor::State::Healthy || server.state == monitor::State::Degraded;
        std::deque<Row> &rows = m_servers[server.name];
        Row row{now, {}};
        if (answers && server.sampledAt.isValid())
            row.seconds = static_cast<double>(server.sampledAt.toMSecsSinceEpoch()) / 1000;
        // The fleet is reported whenever one server has answered: the others come again with what is known already.
        if (!rows.empty() && row.seconds <= rows.back().seconds)
            continue;
        for (const Metric metric : allMetrics) {
            const auto figure = answers ? metricValue(server, metric).value : std::nullopt;
            row.figures.at(static_cast<size_t>(metric)) =
                figure ? static_cast<float>(*figure) : std::numeric_limits<float>::quiet_NaN();
        }
        rows.push_back(row);
    }
    for (auto it = m_servers.begin(); it != m_servers.end();) {
        std::deque<Row> &rows = it.value();
        while (!rows.empty() && rows.front().seconds < oldest)
            rows.pop_front();
        it = rows.empty() ? m_servers.erase(it) : std::next(it);
    }
}

void FleetHistory::clear()
{
    m_servers.clear();
}

std::optional<double> FleetHistory::begin() const
{
    std::optional<double> oldest;
    for (const std::deque<Row> &rows : m_servers) {
        if (!rows.empty() && (!oldest || rows.front().seconds < *oldest))
            oldest = rows.front().seconds;
    }
    return oldest;
}

std::vector<FleetHistory::Point> FleetHistory::series(const QString &server, Metric metric, double from,
                                                      size_t limit) const
{
    std::vector<Point> points;
    const auto found = m_servers.constFind(server);
    if (found == m_servers.constEnd())
        return points;
    const std::deque<Row> &rows = *found;
    const size_t first = limit > 0 && rows.size() > limit ? rows.size() - limit : 0;
    points.reserve(rows.size() - first);
    for (size_t i = first; i < rows.size(); ++i) {
        if (rows[i].seconds >= from)
            points.push_back({rows[i].seconds, rows[i].figures.at(static_cast<size_t>(metric))});
    }
    return points;
}

std::vector<double> FleetHistory::values(const QString &server, Metric metric, size_t limit) const
{
    std::vector<double> result;
    for (const Point &point : series(server, metric, 0, limit))
        result.push_back(point.value);
    return result;
}

} // namespace shardhelm
