// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/trend.h"

namespace shardhelm::monitor {

namespace {

constexpr double mostPoints = 200;

} // namespace

void Trend::add(double atSeconds, double value)
{
    if (!m_points.empty() && atSeconds <= m_points.back().at)
        m_points.clear();
    // The newest reading counts at once; of those between, only as many are kept as the window has places.
    const size_t size = m_points.size();
    if (size >= 2 && m_points[size - 1].at - m_points[size - 2].at < m_window / mostPoints)
        m_points.back() = {atSeconds, value};
    else
        m_points.push_back({atSeconds, value});
    while (m_points.front().at < atSeconds - m_window)
        m_points.pop_front();
}

std::optional<double> Trend::perSecond() const
{
    if (m_points.size() < 3 || m_points.back().at - m_points.front().at < m_least)
        return std::nullopt;
    // Relative to the first reading, so that nothing is lost to the size of the numbers.
    const Point origin = m_points.front();
    const auto count = static_cast<double>(m_points.size());
    double sumAt = 0;
    double sumValue = 0;
    double sumSquares = 0;
    double sumProducts = 0;
    for (const Point &point : m_points) {
        const double at = point.at - origin.at;
        const double value = point.value - origin.value;
        sumAt += at;
        sumValue += value;
        sumSquares += at * at;
        sumProducts += at * value;
    }
    const double spread = count * sumSquares - sumAt * sumAt;
    return spread > 0 ? std::optional((count * sumProducts - sumAt * sumValue) / spread) : std::nullopt;
}

} // namespace shardhelm::monitor
