// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/fleethistory.h"

#include <optional>
#include <vector>

namespace shardhelm {

/// The middle value, or the mean of the two middle ones; nullopt of nothing. The one median of the whole window: what
/// two panels call the median of the same values must be the same figure.
std::optional<double> medianOf(std::vector<double> values);

/// The fleet's median over time, from one curve per server. Servers answer one after the other within a cycle, so each
/// moment counts the newest value of every server, never only those that have answered since. A value counts until
/// three usual distances after it; where no server has one, the curve has a gap (NaN). Moments are one usual distance
/// apart, the last one is the newest point of any curve; none before every server had the time of one cycle to answer,
/// unless there is no more than that.
std::vector<FleetHistory::Point> medianCurve(const std::vector<std::vector<FleetHistory::Point>> &curves);

} // namespace shardhelm
