// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "monitor/recording/reader.h"
#include "monitor/sample.h"
#include "report/svgchart.h"

#include <vector>

namespace shardhelm {

/// The charts of an incident: p99, transactions, active connections, blocked sessions, replica lag, cache hit ratio,
/// processor, as far as anything was recorded of them. Up to sixty servers are drawn as lines, more as a band from the
/// tenth to the ninetieth percentile; the servers in `worst` (the first five) are always lines, the first in front.
/// `last` tells which servers are replicas and which is the directory: they are left out where they would only be in
/// the way. Blocking.
Result<std::vector<SvgChart>> incidentCharts(monitor::recording::RecordingReader &reader,
                                             const monitor::recording::Span &span, const QStringList &worst,
                                             const monitor::FleetSample &last);

} // namespace shardhelm
