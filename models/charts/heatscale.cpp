// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/heatscale.h"

#include "charts/comparison.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <limits>

namespace shardhelm {

HeatScale HeatScale::of(const FleetGrid &grid)
{
    HeatScale scale;
    scale.m_metric = grid.metric();
    scale.m_lowerIsWorse = lowerIsWorse(grid.metric());
    const auto known = std::count_if(grid.columns().begin(), grid.columns().end(),
                                     [](const FleetGrid::Column &column) { return column.median.has_value(); });
    const auto positive = std::count_if(grid.columns().begin(), grid.columns().end(),
                                        [](const FleetGrid::Column &column) { return column.median.value_or(0) > 0; });
    // A factor of nothing says nothing; and of one server alone it is always one.
    scale.m_relative = comparedByFactor(grid.metric()) && positive * 2 >= known && grid.servers().size() > 2;
    if (scale.m_relative)
        return scale;
    double least = std::numeric_limits<double>::infinity();
    double most = -least;
    for (const FleetGrid::Column &column : grid.columns()) {
        for (const float cell : column.cells) {
            if (std::isnan(cell))
                continue;
            least = std::min(least, static_cast<double>(cell));
            most = std::max(most, static_cast<double>(cell));
        }
    }
    if (!(most > least)) {
        least = std::isfinite(least) ? least : 0;
        most = least + 1;
    }
    for (int i = 1; i < steps; ++i) {
        const double share = static_cast<double>(i) / steps;
        scale.m_bounds.at(static_cast<size_t>(i - 1)) =
            scale.m_lowerIsWorse ? most - share * (most - least) : least + share * (most - least);
    }
    return scale;
}

int HeatScale::step(double value, double median) const
{
    if (m_relative && !(median > 0))
        return 0;
    const double compared = m_relative ? value / median : value;
    const auto beyond = std::count_if(m_bounds.begin(), m_bounds.end(), [&](double bound) {
        return m_lowerIsWorse ? compared < bound : compared >= bound;
    });
    return static_cast<int>(beyond);
}

QStringList HeatScale::bounds() const
{
    QStringList words;
    for (const double bound : m_bounds)
        words << (m_relative ? QLocale().toString(bound, 'g', 3) : metricText(m_metric, bound));
    return words;
}

} // namespace shardhelm
