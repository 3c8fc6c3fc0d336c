// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/metric.h"

#include <QStringList>

namespace shardhelm {

class Fleet;

/// How the values of a metric are held against each other, for every chart alike.

/// Whether a metric is compared over the replicas and not over the primaries.
bool comparedOverReplicas(Metric metric);
/// Names of the servers that are compared by a metric, in the fleet's order.
QStringList comparedServers(const Fleet &fleet, Metric metric);
/// Whether a factor of the median says how bad a value is (latency, bytes, rates), rather than the difference (shares,
/// counts with a limit).
bool comparedByFactor(Metric metric);
/// Whether small values are the bad ones.
bool lowerIsWorse(Metric metric);
/// Base of round values on an axis: 1024 for bytes, else 10.
double axisSteps(Metric metric);

} // namespace shardhelm
