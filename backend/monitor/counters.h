// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <optional>

namespace shardhelm::monitor {

/// The server's counters at one moment, by its own clock. All but the WAL position are of one database.
struct Counters
{
    double at = 0; ///< seconds since 1970
    double started = 0; ///< start of the server, seconds since 1970
    std::optional<double> statsReset; ///< last pg_stat_reset(), seconds since 1970; unset: never
    qint64 transactions = 0; ///< committed and rolled back
    qint64 rowsWritten = 0;
    qint64 blocksHit = 0;
    qint64 blocksRead = 0;
    qint64 rollbacks = 0;
    qint64 rowsRead = 0;
    qint64 tempBytes = 0;
    qint64 deadlocks = 0;
    qint64 conflicts = 0;
    qint64 sessionsLost = 0;
    std::optional<qint64> walPosition{}; ///< of a primary

    bool operator==(const Counters &) const = default;
};

/// Rates between two readings.
struct Rates
{
    double windowSeconds = 0;
    double transactionsPerSecond = 0;
    double writesPerSecond = 0;
    std::optional<double> cacheHitRatio; ///< 0 to 1; unset when no block was asked for
    double blocksReadPerSecond = 0; ///< not found in shared memory
    double rollbacksPerSecond = 0;
    double readsPerSecond = 0;
    double tempBytesPerSecond = 0;
    double deadlocksPerSecond = 0;
    double conflictsPerSecond = 0;
    double sessionsLostPerSecond = 0;
    std::optional<double> walBytesPerSecond;

    bool operator==(const Rates &) const = default;
};

/// Readings closer together say nothing.
constexpr double shortestWindowSeconds = 0.1;

/// What happened between two readings of one server. Nothing when they cannot be compared: the server was restarted,
/// the statistics were reset, a counter went down, or they are less than the shortest window apart. `ownTransactions`
/// are ours, and not load of the cluster.
std::optional<Rates> ratesBetween(const Counters &earlier, const Counters &later, qint64 ownTransactions);

} // namespace shardhelm::monitor
