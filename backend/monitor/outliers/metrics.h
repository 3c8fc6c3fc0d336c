// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <array>
#include <optional>
#include <span>
#include <vector>

namespace shardhelm::monitor::outliers {

/// What instances are compared by. Units: ms, seconds, bytes, per second, shares from 0 to 1, counts.
enum class Metric {
    P99Ms,
    BlockedSessions,
    LongestTransactionSeconds,
    LongestStatementSeconds,
    IdleInTransactionSeconds, ///< the longest that a session has been idle in a transaction
    ActiveSessions,
    ConnectionShare, ///< connections / max_connections
    CacheMissShare, ///< 1 - hit ratio
    ErrorsPerSecond,
    DeadlocksPerSecond,
    TempBytesPerSecond,
    LagBytes, ///< of the worst replica
    LagSeconds,
    RetainedWalBytes,
    CpuShare,
    DiskShare, ///< used / size of the volume
    TransactionIdAge,
    Count
};

constexpr size_t metricCount = size_t(Metric::Count);

/// How one metric is judged. More is always worse; metrics are chosen so that it is.
struct MetricRule
{
    Metric metric = Metric::P99Ms;
    bool ratio = true; ///< compared on a logarithmic scale (latency, bytes), else linearly (shares)
    double unit = 1; ///< values far below this do not differ in a way that matters; added before the logarithm
    double leastSpread = 0.3; ///< floor of the spread: standard deviations of the logarithm, or of the value
    double leastEffect = 0; ///< distance from the median, in the metric's unit, below which nothing is an outlier
    double leastFactor = 2; ///< factor of the median, for ratio metrics
    std::optional<double> alarm; ///< bad whatever the others do; the only judgement in a fleet of one
    bool sharedAlarm = false; ///< the alarm says nothing when half of the fleet is past it: they share a machine
    double weight = 1;
    bool age = false; ///< the value tells how long something has lasted: one sample says what others take several for
};

/// Rules with the project's defaults, one per metric.
std::span<const MetricRule> defaultRules();

/// What is known of one instance at one time. Absent values are unknown and take no part.
struct Observation
{
    QString instance;
    bool down = false;
    std::array<std::optional<double>, metricCount> values;
    QString p99Source; ///< figures from different sources are not compared with each other
    int blockerPid = 0; ///< of the session that most others wait for, 0 when none
    QString laggingReplica; ///< the replica that the lag is of; empty when unknown

    [[nodiscard]] const std::optional<double> &value(Metric metric) const { return values[size_t(metric)]; }
    void set(Metric metric, double number) { values[size_t(metric)] = number; }
};

/// One sample of the whole fleet, at seconds on any clock that only moves forward.
struct FleetObservation
{
    double atSeconds = 0;
    std::vector<Observation> instances;
};

} // namespace shardhelm::monitor::outliers
