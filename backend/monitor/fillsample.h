// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/answers.h"
#include "monitor/latency/figures.h"
#include "monitor/machine.h"
#include "monitor/sample.h"

/// How the answers of a sample become its figures. Pure; any thread.
namespace shardhelm::monitor {

void put(const ServerFacts &server, ServerSample &sample);
void put(const Rates &rates, bool isPrimary, ServerSample &sample);
/// Without `seesAll` the server hides what others do: those figures are hidden, not zero.
void put(const Activity &activity, bool seesAll, ServerSample &sample);
/// The sessions could not be read: hidden when refused, else unknown.
void putNoActivity(bool refused, ServerSample &sample);
void put(const Upkeep &upkeep, const ServerFacts &server, bool isPrimary, ServerSample &sample);
/// `notPermitted`: no source may be read.
void put(const latency::Figures &figures, bool notPermitted, ServerSample &sample);
void put(const MachineFigures &machine, ServerSample &sample);
/// Names the figures that are hidden from our role in the sample's warnings. Those of the machine are left out: they
/// need more than pg_monitor, and hardly any role has it.
void warnOfHidden(ServerSample &sample);

} // namespace shardhelm::monitor
