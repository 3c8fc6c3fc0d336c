// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/fleethistory.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace shardhelm {

namespace {

constexpr float unknown = std::numeric_limits<float>::quiet_NaN();
/// Room of dropped samples that is not worth moving the others for.
constexpr size_t leastDropped = 64;

} // namespace

void FleetHistory::Server::add(double at, const monitor::ServerSample *sample)
{
    const size_t before = seconds.size();
    seconds.push_back(at);
    for (const Metric metric : allMetrics) {
        std::vector<float> &column = figures.at(static_cast<size_t>(metric));
        const double figure = sample ? metricValue(*sample, metric).value.value_or(unknown) : unknown;
        if (column.empty() && std::isnan(figure))
            continue;
        column.resize(before, unknown);
        column.push_back(static_cast<float>(figure));
    }
}

void FleetHistory::Server::dropBefore(double oldest)
{
    while (first < seconds.size() && seconds[first] < oldest)
        ++first;
    if (first < leastDropped || first < seconds.size() / 2)
        return;
    const auto count = static_cast<std::ptrdiff_t>(first);
    seconds.erase(seconds.begin(), seconds.begin() + count);
    for (std::vector<float> &column : figures) {
        if (!column.empty())
            column.erase(column.begin(), column.begin() + count);
    }
    first = 0;
}

void FleetHistory::append(const monitor::FleetSample &sample)
{
    const double now = static_cast<double>(sample.at.toMSecsSinceEpoch()) / 1000;
    const double oldest = now - static_cast<double>(m_span.count());
    for (const monitor::ServerSample &server : sample.servers) {
        const bool answers = server.state == monitor::State::Healthy || server.state == monitor::State::Degraded;
        Server &known = m_servers[server.name];
        double at = now;
        if (answers && server.sampledAt.isValid())
            at = static_cast<double>(server.sampledAt.toMSecsSinceEpoch()) / 1000;
        // The fleet is reported whenever one server has answered: the others come again with what is known already.
        if (known.isEmpty() || at > known.seconds.back())
            known.add(at, answers ? &server : nullptr);
    }
    for (auto it = m_servers.begin(); it != m_servers.end();) {
        it->dropBefore(oldest);
        it = it->isEmpty() ? m_servers.erase(it) : std::next(it);
    }
}

void FleetHistory::clear()
{
    m_servers.clear();
}

std::optional<double> FleetHistory::begin() const
{
    std::optional<double> oldest;
    for (const Server &server : m_servers) {
        if (!server.isEmpty() && (!oldest || server.seconds[server.first] < *oldest))
            oldest = server.seconds[server.first];
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
    const std::vector<double> &seconds = found->seconds;
    const std::vector<float> &column = found->figures.at(static_cast<size_t>(metric));
    const auto begin = seconds.begin() + static_cast<std::ptrdiff_t>(found->first);
    auto at = static_cast<size_t>(std::lower_bound(begin, seconds.end(), from) - seconds.begin());
    if (limit > 0)
        at = std::max(at, seconds.size() - std::min(seconds.size(), limit));
    points.reserve(seconds.size() - at);
    for (; at < seconds.size(); ++at)
        points.push_back({seconds[at], column.empty() ? unknown : column[at]});
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
