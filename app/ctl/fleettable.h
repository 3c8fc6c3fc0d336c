// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "export/table.h"
#include "monitor/sample.h"

namespace shardhelm::ctl {

/// Every figure of every server, for programs.
Table fleetTable(const monitor::FleetSample &fleet);

/// What fits a terminal and tells most, for people.
Table fleetSummary(const monitor::FleetSample &fleet);

/// What a reader must know beside the figures: why servers are down or degraded, what our role may not see.
QStringList fleetWarnings(const monitor::FleetSample &fleet);

/// Whether every server answers.
bool isComplete(const monitor::FleetSample &fleet);

} // namespace shardhelm::ctl
