// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/metric.h"

#include <QString>

namespace shardhelm {

using monitor::allMetrics;
using monitor::Metric;

/// The figure of a sample; a server that is down has none.
monitor::Figure<double> metricValue(const monitor::ServerSample &sample, Metric metric);
/// Short name for panel heads and menus, e.g. "p99".
QString metricTitle(Metric metric);
/// The value with its unit by the rules of models/format, e.g. "38 ms".
QString metricText(Metric metric, double value);
/// Where the values come from and over which window, e.g. "estimate, 10 s window"; empty when that is plain.
QString metricSource(const monitor::ServerSample &sample, Metric metric);
/// Stable name for settings, e.g. "p99_ms".
QString metricKey(Metric metric);
/// The metric of a key; P99 for anything else.
Metric metricOfKey(const QString &key);

} // namespace shardhelm
