// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/fleetgrid.h"

#include <QStringList>

#include <array>

namespace shardhelm {

/// Which of seven shades a cell of a grid has. By the factor of the fleet's median at the time where that says how bad
/// a value is; else by the value, in equal steps from the least to the most of the grid. The worse, the higher the
/// step.
class HeatScale
{
public:
    static constexpr int steps = 7;

    /// Made for what the grid holds now.
    static HeatScale of(const FleetGrid &grid);

    /// 0 (best) to 6 (worst); `median` is that of the cell's column.
    [[nodiscard]] int step(double value, double median) const;
    [[nodiscard]] bool isRelative() const { return m_relative; }
    [[nodiscard]] bool isLowerWorse() const { return m_lowerIsWorse; }
    /// The values between the steps, from best to worst, as words: "1", "1.5", … or "20 %", "40 %", ….
    [[nodiscard]] QStringList bounds() const;

private:
    Metric m_metric = Metric::P99;
    bool m_relative = true;
    bool m_lowerIsWorse = false;
    std::array<double, steps - 1> m_bounds{1, 1.5, 2, 4, 10, 20};
};

} // namespace shardhelm
