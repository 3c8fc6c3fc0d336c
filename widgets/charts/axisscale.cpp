// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/axisscale.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace shardhelm::ui {

namespace {

constexpr double logarithmicFrom = 20;

/// The round step (1, 2, 5 times a power of ten; powers of two below 1024 for bytes) nearest above `raw`.
double roundStep(double raw, double steps)
{
    if (steps > 1000) {
        const double unit = std::pow(steps, std::floor(std::log(std::max(raw, 1.0)) / std::log(steps)));
        for (const double mantissa : {1, 2, 5, 10, 20, 50, 100, 200, 500}) {
            if (mantissa * unit >= raw)
                return mantissa * unit;
        }
        return unit * steps;
    }
    const double unit = std::pow(10, std::floor(std::log10(raw)));
    for (const double mantissa : {1.0, 2.0, 5.0}) {
        if (mantissa * unit >= raw * 0.999)
            return mantissa * unit;
    }
    return 10 * unit;
}

} // namespace

AxisScale::AxisScale(double low, double high, bool factors, double steps)
    : m_steps(steps)
{
    if (!(low <= high)) {
        low = 0;
        high = 1;
    }
    m_logarithmic = factors && low > 0 && high / low > logarithmicFrom;
    if (m_logarithmic) {
        const double room = std::pow(high / low, 0.06);
        m_low = low / room;
        m_high = high * room;
        return;
    }
    // A linear axis starts at zero, else a small change looks like a large one.
    m_low = std::min(0.0, low);
    m_high = high > 0 ? high * 1.12 : 1;
}

double AxisScale::place(double value) const
{
    if (m_logarithmic)
        return value <= 0 ? 0 : std::log(value / m_low) / std::log(m_high / m_low);
    return (value - m_low) / (m_high - m_low);
}

std::vector<double> AxisScale::ticks(int wanted) const
{
    std::vector<double> result;
    if (!m_logarithmic) {
        const double step = roundStep((m_high - m_low) / std::max(wanted, 1), m_steps);
        for (double tick = std::ceil(m_low / step) * step; tick <= m_high + step * 1e-9; tick += step)
            result.push_back(tick);
        return result;
    }
    const double decades = std::log10(m_high / m_low);
    const std::vector<double> mantissas = decades * 3 <= wanted ? std::vector<double>{1, 2, 5} : std::vector<double>{1};
    const int first = static_cast<int>(std::floor(std::log10(m_low)));
    const int last = static_cast<int>(std::ceil(std::log10(m_high)));
    const int stride = std::max(1, static_cast<int>(std::ceil(decades / std::max(wanted, 1))));
    for (int power = first; power <= last; ++power) {
        if (mantissas.size() == 1 && (power - first) % stride != 0)
            continue;
        for (const double mantissa : mantissas) {
            const double tick = mantissa * std::pow(10, power);
            if (tick >= m_low && tick <= m_high)
                result.push_back(tick);
        }
    }
    return result;
}

} // namespace shardhelm::ui
