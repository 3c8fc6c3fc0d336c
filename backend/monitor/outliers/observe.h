// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/outliers/balance.h"
#include "monitor/outliers/metrics.h"
#include "monitor/metric.h"

#include <QHash>

namespace shardhelm::monitor::outliers {

/// The figure of a server that a comparison is made by; of CacheMissShare the hit ratio.
monitor::Metric figureOf(Metric metric);

/// The primaries of a sample as the scores compare them, each with the lag of its worst replica. Figures of a server
/// that does not answer now are left out; an instance is down when its primary is. `atSeconds` is left at 0.
FleetObservation observe(const FleetSample &fleet);

/// What each instance carries; of one that is down what was last known. `tenants`: by instance, absent where unknown.
std::vector<InstanceLoad> loadsOf(const FleetSample &fleet, const QHash<QString, qint64> &tenants);

} // namespace shardhelm::monitor::outliers
