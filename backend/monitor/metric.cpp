// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/metric.h"

#include <algorithm>

namespace shardhelm::monitor {

namespace {

using S = const ServerSample &;

/// A row of the table: what is said of a metric, and where its figure is.
struct Row
{
    MetricInfo info;
    Figure<double> (*figure)(S sample);
};

/// The member as a figure in floating point.
template <auto member>
Figure<double> of(S sample)
{
    const auto &figure = sample.*member;
    Figure<double> result;
    result.notPermitted = figure.notPermitted;
    if (figure.value)
        result.value = static_cast<double>(*figure.value);
    return result;
}

/// One figure as a share of another.
template <typename A, typename B>
Figure<double> share(const Figure<A> &part, const Figure<B> &whole)
{
    Figure<double> result;
    result.notPermitted = part.notPermitted || whole.notPermitted;
    if (part.value && whole.value.value_or(0) > 0)
        result.value = static_cast<double>(*part.value) / static_cast<double>(*whole.value);
    return result;
}

Figure<double> roundTrip(S sample)
{
    return {sample.roundTripMs, false};
}

Figure<double> connectionRatio(S sample)
{
    return share(sample.connections, sample.maxConnections);
}

Figure<double> diskUsedRatio(S sample)
{
    Figure<double> result = share(sample.diskFreeBytes, sample.diskSizeBytes);
    if (result.value)
        result.value = 1 - *result.value;
    return result;
}

Figure<double> uptime(S sample)
{
    if (!sample.startedAt.isValid() || !sample.sampledAt.isValid())
        return {};
    return {static_cast<double>(sample.startedAt.msecsTo(sample.sampledAt)) / 1000, false};
}

using enum Unit;
using enum Worse;
using M = Metric;
using F = ServerSample;
using namespace Qt::Literals;

constexpr Row row(Metric metric, QLatin1StringView key, Unit unit, Worse worse, Figure<double> (*figure)(S),
                  Has servers = Has::All)
{
    return {{metric, key, unit, worse, servers}, figure};
}

const std::array<Row, metricCount> table{
    row(M::P99, "p99_ms"_L1, Milliseconds, Higher, of<&F::p99Ms>),
    row(M::P95, "p95_ms"_L1, Milliseconds, Higher, of<&F::p95Ms>),
    row(M::P50, "p50_ms"_L1, Milliseconds, Higher, of<&F::p50Ms>),
    row(M::MeanLatency, "mean_ms"_L1, Milliseconds, Higher, of<&F::meanMs>),
    row(M::RoundTrip, "round_trip_ms"_L1, Milliseconds, Higher, roundTrip),
    row(M::ProbeP50, "probe_p50_ms"_L1, Milliseconds, Higher, of<&F::probeP50Ms>),
    row(M::ProbeP95, "probe_p95_ms"_L1, Milliseconds, Higher, of<&F::probeP95Ms>),
    row(M::ProbeP99, "probe_p99_ms"_L1, Milliseconds, Higher, of<&F::probeP99Ms>),

    row(M::Transactions, "tps"_L1, PerSecond, Neither, of<&F::transactionsPerSecond>),
    row(M::Statements, "statements_per_second"_L1, PerSecond, Neither, of<&F::statementsPerSecond>),
    row(M::Reads, "rows_read_per_second"_L1, PerSecond, Neither, of<&F::readsPerSecond>),
    row(M::Writes, "rows_written_per_second"_L1, PerSecond, Neither, of<&F::writesPerSecond>),
    row(M::WalRate, "wal_bytes_per_second"_L1, BytesPerSecond, Neither, of<&F::walBytesPerSecond>, Has::Primaries),
    row(M::CacheHit, "cache_hit_ratio"_L1, Ratio, Lower, of<&F::cacheHitRatio>),
    row(M::BlocksRead, "blocks_read_per_second"_L1, PerSecond, Higher, of<&F::blocksReadPerSecond>),
    row(M::TempBytes, "temp_bytes_per_second"_L1, BytesPerSecond, Higher, of<&F::tempBytesPerSecond>),
    row(M::Rollbacks, "rollbacks_per_second"_L1, PerSecond, Higher, of<&F::rollbacksPerSecond>),
    row(M::Errors, "errors_per_second"_L1, PerSecond, Higher, of<&F::errorsPerSecond>),
    row(M::Deadlocks, "deadlocks_per_second"_L1, PerSecond, Higher, of<&F::deadlocksPerSecond>),
    row(M::SessionsLost, "sessions_lost_per_second"_L1, PerSecond, Higher, of<&F::sessionsLostPerSecond>),
    row(M::Conflicts, "conflicts_per_second"_L1, PerSecond, Higher, of<&F::conflictsPerSecond>, Has::Replicas),

    row(M::Connections, "connections"_L1, Count, Higher, of<&F::connections>),
    row(M::ConnectionRatio, "connection_ratio"_L1, Ratio, Higher, connectionRatio),
    row(M::ConnectionsFullIn, "connections_full_in_seconds"_L1, Seconds, Lower, of<&F::connectionsFullInSeconds>),
    row(M::ActiveConnections, "active_connections"_L1, Count, Higher, of<&F::activeConnections>),
    row(M::IdleConnections, "idle_connections"_L1, Count, Neither, of<&F::idleConnections>),
    row(M::IdleInTransaction, "idle_in_transaction_connections"_L1, Count, Higher,
        of<&F::idleInTransactionConnections>),
    row(M::Aborted, "aborted_connections"_L1, Count, Higher, of<&F::abortedConnections>),
    row(M::Waiting, "waiting_sessions"_L1, Count, Higher, of<&F::waitingSessions>),
    row(M::Blocked, "blocked_sessions"_L1, Count, Higher, of<&F::blockedSessions>),
    row(M::LongestBlocked, "longest_blocked_seconds"_L1, Seconds, Higher, of<&F::longestBlockedSeconds>),
    row(M::LongestTransaction, "longest_transaction_seconds"_L1, Seconds, Higher, of<&F::longestTransactionSeconds>),
    row(M::LongestStatement, "longest_statement_seconds"_L1, Seconds, Higher, of<&F::longestStatementSeconds>),
    row(M::LongestIdleInTransaction, "longest_idle_in_transaction_seconds"_L1, Seconds, Higher,
        of<&F::longestIdleInTransactionSeconds>),
    row(M::AutovacuumWorkers, "autovacuum_workers"_L1, Count, Neither, of<&F::autovacuumWorkers>),

    row(M::LagSeconds, "lag_seconds"_L1, Seconds, Higher, of<&F::lagSeconds>),
    row(M::LagBytes, "lag_bytes"_L1, Bytes, Higher, of<&F::lagBytes>),
    row(M::LastAppliedAge, "last_applied_age_seconds"_L1, Seconds, Higher, of<&F::lastAppliedAgeSeconds>,
        Has::Replicas),
    row(M::Replicas, "replicas"_L1, Count, Neither, of<&F::replicas>),
    row(M::InactiveSlots, "inactive_slots"_L1, Count, Higher, of<&F::inactiveSlots>),
    row(M::RetainedWal, "retained_wal_bytes"_L1, Bytes, Higher, of<&F::retainedWalBytes>),
    row(M::WalDirectory, "wal_directory_bytes"_L1, Bytes, Higher, of<&F::walDirectoryBytes>),
    row(M::LastArchivedAge, "last_archived_age_seconds"_L1, Seconds, Higher, of<&F::lastArchivedAgeSeconds>),
    row(M::ArchiveBacklog, "archive_backlog_bytes"_L1, Bytes, Higher, of<&F::archiveBacklogBytes>, Has::Primaries),

    row(M::Checkpoints, "checkpoints_per_hour"_L1, PerHour, Neither, of<&F::checkpointsPerHour>),
    row(M::RequestedCheckpoints, "requested_checkpoints_per_hour"_L1, PerHour, Higher,
        of<&F::requestedCheckpointsPerHour>),
    row(M::TransactionIdAge, "transaction_id_age"_L1, Count, Higher, of<&F::transactionIdAge>),
    row(M::MultixactAge, "multixact_age"_L1, Count, Higher, of<&F::multixactAge>),
    row(M::Prepared, "prepared_transactions"_L1, Count, Higher, of<&F::preparedTransactions>),
    row(M::OldestPrepared, "oldest_prepared_seconds"_L1, Seconds, Higher, of<&F::oldestPreparedSeconds>),
    row(M::Size, "size_bytes"_L1, Bytes, Neither, of<&F::sizeBytes>),
    row(M::SizeGrowth, "size_growth_bytes_per_second"_L1, BytesPerSecond, Neither, of<&F::sizeGrowthBytesPerSecond>),

    row(M::Cpu, "cpu_ratio"_L1, Ratio, Higher, of<&F::cpuRatio>),
    row(M::Io, "io_ratio"_L1, Ratio, Higher, of<&F::ioRatio>),
    row(M::Load, "load_average"_L1, Count, Higher, of<&F::loadAverage>),
    row(M::MemoryAvailable, "memory_available_bytes"_L1, Bytes, Lower, of<&F::memoryAvailableBytes>),
    row(M::DiskFree, "disk_free_bytes"_L1, Bytes, Lower, of<&F::diskFreeBytes>),
    row(M::DiskUsedRatio, "disk_used_ratio"_L1, Ratio, Higher, diskUsedRatio),
    row(M::DaysUntilFull, "days_until_full"_L1, Days, Lower, of<&F::daysUntilFull>),
    row(M::ClockSkew, "clock_skew_ms"_L1, Milliseconds, Neither, of<&F::clockSkewMs>),
    row(M::Uptime, "uptime_seconds"_L1, Seconds, Neither, uptime),
};

const Row &rowOf(Metric metric)
{
    const Row &found = table.at(static_cast<size_t>(metric));
    Q_ASSERT(found.info.metric == metric);
    return found;
}

} // namespace

const MetricInfo &info(Metric metric)
{
    return rowOf(metric).info;
}

std::optional<Metric> metricOf(QStringView key)
{
    const auto found = std::ranges::find_if(table, [&](const Row &candidate) { return candidate.info.key == key; });
    return found == table.end() ? std::nullopt : std::optional(found->info.metric);
}

Figure<double> figure(const ServerSample &sample, Metric metric)
{
    return rowOf(metric).figure(sample);
}

} // namespace shardhelm::monitor
