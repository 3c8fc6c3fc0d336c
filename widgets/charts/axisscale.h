// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace shardhelm::ui {

/// How values become places along an axis. Logarithmic when the largest value is more than 20 times the smallest, for
/// figures that may be compared by factor. Plain arithmetic, no painting.
class AxisScale
{
public:
    AxisScale() = default;
    /// Covers `low` to `high` with a little room. `factors` allows a logarithmic scale; `steps` is the base unit's own
    /// rhythm: 10 for counts and milliseconds, 1024 for bytes.
    AxisScale(double low, double high, bool factors, double steps = 10);

    [[nodiscard]] bool isLogarithmic() const { return m_logarithmic; }
    [[nodiscard]] double low() const { return m_low; }
    [[nodiscard]] double high() const { return m_high; }
    /// 0 at low(), 1 at high(); beyond for values outside.
    [[nodiscard]] double place(double value) const;
    /// About `wanted` round values within the range, ascending.
    [[nodiscard]] std::vector<double> ticks(int wanted) const;

private:
    double m_low = 0;
    double m_high = 1;
    double m_steps = 10;
    bool m_logarithmic = false;
};

} // namespace shardhelm::ui
