// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/latency/rolling.h"

#include <algorithm>

namespace shardhelm::monitor::latency {

namespace {

constexpr double slicesPerWindow = 12;

} // namespace

Rolling::Rolling(double windowSeconds)
    : m_window(windowSeconds)
{
}

void Rolling::add(double atSeconds, double ms, double probability)
{
    advance(atSeconds);
    const double width = m_window / slicesPerWindow;
    if (m_slices.empty() || m_now >= m_slices.back().begin + width)
        m_slices.push_back({m_now, {}});
    m_slices.back().durations.add(ms, probability);
}

void Rolling::advance(double nowSeconds)
{
    if (m_begin < 0)
        m_begin = nowSeconds;
    m_now = std::max(m_now, nowSeconds);
    const double width = m_window / slicesPerWindow;
    while (!m_slices.empty() && m_slices.front().begin + width <= m_now - m_window)
        m_slices.pop_front();
    const double earliest = m_slices.empty() ? m_now - m_window : std::min(m_slices.front().begin, m_now - m_window);
    m_begin = std::max(m_begin, earliest);
}

void Rolling::clear()
{
    m_slices.clear();
    m_begin = -1;
    m_now = 0;
}

Durations Rolling::durations() const
{
    Durations sum;
    for (const Slice &slice : m_slices)
        sum.merge(slice.durations);
    return sum;
}

double Rolling::seconds() const
{
    return m_begin < 0 ? 0 : m_now - m_begin;
}

} // namespace shardhelm::monitor::latency
