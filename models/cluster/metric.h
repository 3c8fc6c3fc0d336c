// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/sample.h"

#include <QString>

#include <array>

namespace shardhelm {

/// A figure of a server that is kept over time and compared over the fleet.
enum class Metric {
    P99, ///< ms
    Transactions, ///< per second
    Writes, ///< rows per second
    Connections,
    ActiveConnections,
    Blocked, ///< sessions that wait for a lock
    LongestTransaction, ///< s
    LagSeconds, ///< s
    LagBytes,
    CacheHit, ///< 0 to 1
    Size, ///< bytes
    RoundTrip, ///< ms
};

inline constexpr std::array allMetrics{
    Metric::P99,     Metric::Transactions,       Metric::Writes,     Metric::Connections, Metric::ActiveConnections,
    Metric::Blocked, Metric::LongestTransaction, Metric::LagSeconds, Metric::LagBytes,    Metric::CacheHit,
    Metric::Size,    Metric::RoundTrip,
};

/// The figure of a sample; a server that is down has none.
monitor::Figure<double> metricValue(const monitor::ServerSample &sample, Metric metric);
/// Short name for panel heads and menus, e.g. "p99".
QString metricTitle(Metric metric);
/// The value with its unit by the rules of models/format, e.g. "38 ms".
QString metricText(Metric metric, double value);
/// Where the values come from and over which window, e.g. "estimate, 10 s window"; empty when that is plain.
QString metricSource(const monitor::ServerSample &sample, Metric metric);
/// Stable name for settings, e.g. "p99".
QString metricKey(Metric metric);
/// The metric of a key; P99 for anything else.
Metric metricOfKey(const QString &key);

} // namespace shardhelm
