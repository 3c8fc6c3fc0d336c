// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/fleethistory.h"

#include <vector>

namespace shardhelm {

/// A curve reduced to what `columns` pixels can show: of each column its first, lowest, highest and last value, so that
/// the line drawn is the same as with every point and no peak is lost (M4 aggregation: Jugel et al., VLDB 2014). At
/// most four points per column. A gap (a point that is not finite) is kept as one such point where it lies. `points`
/// ascend in time; those outside of `from` to `to` are left out but for the nearest on either side, so that the line
/// leaves the picture where it should. Pure.
std::vector<FleetHistory::Point> downsampled(const std::vector<FleetHistory::Point> &points, double from, double to,
                                             int columns);

} // namespace shardhelm
