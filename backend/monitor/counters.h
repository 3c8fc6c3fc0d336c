// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <optional>

namespace shardhelm::monitor {

/// The server's counters at one moment, by its own clock.
struct Counters
{
    double at = 0; ///< seconds since 1970
    double started = 0; ///< start of the server, seconds since 1970
    std::optional<double> statsReset; ///< last pg_stat_reset(), seconds since 1970; unset: never
    qint64 transactions = 0;
    qint64 rowsWritten = 0;
    qint64 blocksHit = 0;
    qint64 blocksRead = 0;

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

    bool operator==(const Rates &) const = default;
};

/// Readings closer together say nothing.
constexpr double shortestWindowSeconds = 0.1;

/// What happened between two readings of one server. Nothing when they cannot be compared: the server was restarted,
/// the statistics were reset, a counter went down, or they are less than the shortest window apart. `ownTransactions`
/// are ours, and not load of the cluster.
std::optional<Rates> ratesBetween(const Counters &earlier, const Counters &later, qint64 ownTransactions);

} // namespace shardhelm::monitor
