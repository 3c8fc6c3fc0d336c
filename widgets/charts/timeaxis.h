// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/fleet.h"

#include <QString>

#include <vector>

namespace shardhelm::ui {

/// A mark of a time axis.
struct TimeTick
{
    double seconds = 0; ///< since the epoch
    QString text; ///< local time, seconds only where the step needs them
};

/// At most `wanted` marks at round local times between two moments.
std::vector<TimeTick> timeTicks(double from, double to, int wanted);

/// Where the time axis of the fleet's charts begins, in seconds since the epoch: the span before `to`, or the first
/// sample when there is less, at least a minute.
double chartStart(const Fleet &fleet, double to);

/// Why an axis that ends at `to` is shorter than the chosen span: "since the first sample at 10:46:31". Empty when it
/// is not.
QString chartSpanNote(const Fleet &fleet, double to);

} // namespace shardhelm::ui
