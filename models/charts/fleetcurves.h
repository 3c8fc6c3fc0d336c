// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/fleetgrid.h"
#include "cluster/fleethistory.h"

#include <limits>
#include <optional>
#include <vector>

namespace shardhelm {

class Fleet;

/// One figure of the fleet over time, as a chart draws it.
struct FleetCurves
{
    struct Curve
    {
        QString server;
        std::vector<FleetHistory::Point> points; ///< reduced to what the columns show (downsample.h)
        std::optional<double> now; ///< the value at the end of the window
        bool chosen = false; ///< the one that is looked at: the chosen server, else the worst
    };
    std::vector<Curve> curves; ///< in the fleet's order; of a large fleet only those that stand out
    std::vector<FleetHistory::Point> median; ///< empty for fewer than three servers
    std::optional<double> medianNow;
    std::vector<FleetHistory::Point> bandLow; ///< of a large fleet: a tenth of the servers is below; else empty
    std::vector<FleetHistory::Point> bandHigh;
    int servers = 0; ///< that have a value in this time
    double low = 0; ///< least value above zero, 0 without one
    double high = 1;

    /// Above this number the crowd is drawn as a band.
    static constexpr int mostSingle = 200;
    /// The curve whose value at `seconds` is nearest to `value` as `distance` measures it; nullptr when there is none.
    template <typename Distance>
    [[nodiscard]] const Curve *nearest(double seconds, const Distance &distance) const
    {
        const Curve *best = nullptr;
        double least = std::numeric_limits<double>::infinity();
        for (const Curve &curve : curves) {
            const std::optional<double> value = valueAt(curve, seconds);
            if (value && distance(*value) < least) {
                least = distance(*value);
                best = &curve;
            }
        }
        return best;
    }
    /// The value a curve has at a moment: that of the last point before it; nothing in a gap and outside.
    [[nodiscard]] static std::optional<double> valueAt(const Curve &curve, double seconds);
};

/// Reads the curves between `from` and `to` for a chart of `columns` pixels. `chosen` is the server that is looked at,
/// of whatever kind; empty: the worst of the fleet. GUI thread.
FleetCurves fleetCurves(const Fleet &fleet, Metric metric, double from, double to, int columns, const QString &chosen,
                        FleetGrid &grid);

} // namespace shardhelm
