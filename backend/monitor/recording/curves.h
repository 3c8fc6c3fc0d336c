// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/recording/content.h"

#include <vector>

namespace shardhelm::monitor::recording {

/// Puts a NaN into each hole of a curve: where the next point is further away than twice the distance of points there.
/// That is 30 s up to `coarseUntil`, then the median of the distances. `points` are by time.
std::vector<Point> withHoles(const std::vector<Point> &points, qint64 coarseUntil);

/// At most about `most` points of a curve: of every stretch of equal length the lowest and the highest, in their order,
/// and a hole where there is nothing else. `most` 0 and curves that are short enough: unchanged.
std::vector<Point> thinned(const std::vector<Point> &points, size_t most);

} // namespace shardhelm::monitor::recording
