// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QtGlobal>

#include <vector>

namespace shardhelm::monitor::latency {

/// Identity of one entry of pg_stat_statements at top level.
struct StatementKey
{
    quint32 user = 0;
    quint32 database = 0;
    qint64 query = 0;

    bool operator==(const StatementKey &) const = default;
};

size_t qHash(const StatementKey &key, size_t seed = 0);

/// Lifetime counters of one entry, milliseconds. `stddev` is the population's, as pg_stat_statements keeps it.
struct StatementCounters
{
    qint64 calls = 0;
    double totalMs = 0;
    double minMs = 0;
    double maxMs = 0;
    double stddevMs = 0;
    qint64 plans = 0; ///< 0 without pg_stat_statements.track_planning
    double planTotalMs = 0;
    double planMinMs = 0;
    double planMaxMs = 0;
    double planStddevMs = 0;
};

/// What pg_stat_statements held at one moment.
struct StatementSnapshot
{
    double atSeconds = 0; ///< server clock
    qint64 evictions = 0; ///< pg_stat_statements_info.dealloc
    QHash<StatementKey, StatementCounters> statements;
};

/// What is known of the calls of one statement between two snapshots: the calls whose duration is known exactly, and
/// the moments and bounds of the others.
struct MomentSlice
{
    std::vector<double> exactMs; ///< durations that follow from the counters (single calls, new extremes)
    qint64 calls = 0; ///< the others
    double mean = 0;
    double variance = 0;
    double varianceLow = 0; ///< `variance` less what rounding and unknown covariance may account for
    double varianceHigh = 0;
    double low = 0; ///< no call of the slice was shorter
    double high = 0; ///< no call of the slice was longer
};

/// All slices between two snapshots.
struct MomentWindow
{
    double seconds = 0;
    QHash<StatementKey, MomentSlice> slices;
    bool planning = false; ///< planning time is part of the durations
    bool incomplete = false; ///< entries were evicted in between: some calls are missing
};

/// The calls between two snapshots of the same server, by differencing calls, sums and sums of squared deviations
/// (inverse of the pairwise update of Chan, Golub and LeVeque). An entry whose counters shrank was reset or evicted and
/// made anew, so all of its life lies in the window. A lifetime extreme that changed happened in the window: that call
/// is known exactly and taken out of the moments, which tightens them greatly. Pure.
MomentWindow difference(const StatementSnapshot &before, const StatementSnapshot &after);

/// The slice of both together, for when resolution in time is not worth its cost. Pure.
MomentSlice merged(const MomentSlice &a, const MomentSlice &b);

} // namespace shardhelm::monitor::latency
