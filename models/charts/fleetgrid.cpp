// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/fleetgrid.h"

#include "charts/comparison.h"
#include "cluster/fleet.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>

namespace shardhelm {

namespace {

constexpr float none = std::numeric_limits<float>::quiet_NaN();

/// Widths in seconds that people count in.
constexpr std::array<double, 17> roundWidths{1,   2,   5,   10,   15,   20,   30,    60,   120,
                                             300, 600, 900, 1800, 3600, 7200, 14400, 43200};

double widthFor(double span, int columns, double sampleDistance)
{
    const double wanted = std::max(span / std::max(1, columns), sampleDistance);
    const auto found = std::find_if(roundWidths.begin(), roundWidths.end(), [&](double w) { return w >= wanted; });
    return found == roundWidths.end() ? roundWidths.back() : *found;
}

/// Usual seconds between the newest samples of some server; 0 when there are too few.
double sampleDistance(const Fleet &fleet, const QStringList &servers, Metric metric)
{
    for (const QString &server : servers) {
        const auto points = fleet.history().series(server, metric, 0, 9);
        if (points.size() < 3)
            continue;
        std::vector<double> distances;
        for (size_t i = 1; i < points.size(); ++i)
            distances.push_back(points[i].seconds - points[i - 1].seconds);
        const auto middle = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
        std::nth_element(distances.begin(), middle, distances.end());
        // A column twice as wide holds a sample of each server, also when one comes late.
        return *middle * 2;
    }
    return 0;
}

std::optional<double> quantile(std::vector<float> &values, double share)
{
    if (values.empty())
        return std::nullopt;
    const auto place =
        values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1) + 0.5);
    std::nth_element(values.begin(), place, values.end());
    return *place;
}

} // namespace

void FleetGrid::setMetric(Metric metric)
{
    if (m_metric == metric)
        return;
    m_metric = metric;
    m_columns.clear();
}

void FleetGrid::clear()
{
    m_columns.clear();
    m_servers.clear();
}

void FleetGrid::fill(const Fleet &fleet, size_t firstNew)
{
    if (firstNew >= m_columns.size())
        return;
    const bool low = lowerIsWorse(m_metric);
    const double begin = m_columns[firstNew].begin;
    for (size_t i = firstNew; i < m_columns.size(); ++i)
        m_columns[i].cells.assign(static_cast<size_t>(m_servers.size()), none);
    for (qsizetype server = 0; server < m_servers.size(); ++server) {
        for (const auto &point : fleet.history().series(m_servers.at(server), m_metric, begin)) {
            const auto place = firstNew + static_cast<size_t>((point.seconds - begin) / m_width);
            if (place >= m_columns.size())
                break;
            float &cell = m_columns[place].cells[static_cast<size_t>(server)];
            const auto value = static_cast<float>(point.value);
            if (std::isfinite(value) && (std::isnan(cell) || (low ? value < cell : value > cell)))
                cell = value;
        }
    }
    std::vector<float> known;
    for (size_t i = firstNew; i < m_columns.size(); ++i) {
        Column &column = m_columns[i];
        known.clear();
        std::copy_if(column.cells.begin(), column.cells.end(), std::back_inserter(known),
                     [](float value) { return !std::isnan(value); });
        column.low = quantile(known, 0.1);
        column.median = quantile(known, 0.5);
        column.high = quantile(known, 0.9);
    }
}

void FleetGrid::update(const Fleet &fleet, double from, double to, int columns)
{
    const QStringList servers = comparedServers(fleet, m_metric);
    const double width = widthFor(to - from, columns, sampleDistance(fleet, servers, m_metric));
    if (servers != m_servers || width != m_width) {
        m_servers = servers;
        m_width = width;
        m_columns.clear();
    }
    const double first = std::floor(from / width) * width;
    if (!m_columns.empty() && (m_columns.front().begin > first || m_columns.back().begin < first))
        m_columns.clear();
    while (!m_columns.empty() && m_columns.front().begin < first)
        m_columns.pop_front();
    while (!m_columns.empty() && m_columns.back().begin > to)
        m_columns.pop_back();
    // The newest two are still filling: a server may answer a little late.
    for (int open = 0; open < 2 && !m_columns.empty(); ++open)
        m_columns.pop_back();
    const size_t firstNew = m_columns.size();
    for (double begin = m_columns.empty() ? first : m_columns.back().begin + width; begin <= to; begin += width) {
        m_columns.emplace_back();
        m_columns.back().begin = begin;
    }
    fill(fleet, firstNew);
}

const FleetGrid::Column *FleetGrid::columnAt(double seconds) const
{
    if (m_columns.empty() || seconds < m_columns.front().begin)
        return nullptr;
    const auto place = static_cast<size_t>((seconds - m_columns.front().begin) / m_width);
    return place < m_columns.size() ? &m_columns[place] : nullptr;
}

} // namespace shardhelm
