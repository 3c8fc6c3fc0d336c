// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/sample.h"

#include <QLatin1StringView>

#include <array>
#include <optional>

namespace shardhelm::monitor {

/// Every figure of a server that is a number: what is kept over time, compared, recorded, and what rules are about.
/// The order is not part of any format; keys are.
enum class Metric {
    // Latency.
    P99,
    P95,
    P50,
    MeanLatency,
    RoundTrip,
    ProbeP50,
    ProbeP95,
    ProbeP99,
    // Work.
    Transactions,
    Statements,
    Reads,
    Writes,
    WalRate,
    CacheHit,
    BlocksRead,
    TempBytes,
    Rollbacks,
    Errors,
    Deadlocks,
    SessionsLost,
    Conflicts,
    // Sessions.
    Connections,
    ConnectionRatio,
    ConnectionsFullIn,
    ActiveConnections,
    IdleConnections,
    IdleInTransaction,
    Aborted,
    Waiting,
    Blocked,
    LongestBlocked,
    LongestTransaction,
    LongestStatement,
    LongestIdleInTransaction,
    AutovacuumWorkers,
    // Replication and WAL.
    LagSeconds,
    LagBytes,
    LastAppliedAge,
    Replicas,
    InactiveSlots,
    RetainedWal,
    WalDirectory,
    LastArchivedAge,
    ArchiveBacklog,
    // Upkeep.
    Checkpoints,
    RequestedCheckpoints,
    TransactionIdAge,
    MultixactAge,
    Prepared,
    OldestPrepared,
    Size,
    SizeGrowth,
    // The machine.
    Cpu,
    Io,
    Load,
    MemoryAvailable,
    DiskFree,
    DiskUsedRatio,
    DaysUntilFull,
    ClockSkew,
    Uptime,
    Count, ///< not a metric
};

inline constexpr size_t metricCount = static_cast<size_t>(Metric::Count);

/// All metrics, in the order of the enumeration.
inline constexpr std::array<Metric, metricCount> allMetrics = [] {
    std::array<Metric, metricCount> all{};
    for (size_t i = 0; i < metricCount; ++i)
        all[i] = static_cast<Metric>(i);
    return all;
}();

enum class Unit {
    Milliseconds,
    Seconds,
    Days,
    Count,
    PerSecond,
    PerHour,
    Bytes,
    BytesPerSecond,
    Ratio, ///< 0 to 1
};

/// Which way a metric is bad news.
enum class Worse { Higher, Lower, Neither };

/// Which servers have a metric.
enum class Has { All, Primaries, Replicas };

struct MetricInfo
{
    Metric metric;
    QLatin1StringView key; ///< stable name with its unit, as in the JSON of the command line: "p99_ms"
    Unit unit;
    Worse worse;
    Has servers; ///< Primaries: the directory too
};

/// What kind of figure a metric is; constant time.
const MetricInfo &info(Metric metric);

/// The metric of a key; nothing for an unknown one.
std::optional<Metric> metricOf(QStringView key);

/// The figure of a sample; nothing where the server has none (uptime is counted to sampledAt). Constant time.
Figure<double> figure(const ServerSample &sample, Metric metric);

} // namespace shardhelm::monitor
