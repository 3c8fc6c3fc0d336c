// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QSet>

#include <optional>
#include <vector>

namespace shardhelm::monitor {

/// What pg_stat_statements sums up about one statement: enough for the mean and the variance over any window.
struct StatementSums
{
    QByteArray key; ///< role and query identifier; means the same only on one server
    qint64 calls = 0;
    double totalMs = 0;
    double squareSum = 0; ///< of the squared times, in ms²

    bool operator==(const StatementSums &) const = default;
};

/// One reading of a server's statement statistics.
struct StatementReading
{
    std::optional<double> statsReset; ///< seconds since 1970
    std::vector<StatementSums> statements;
};

/// Estimates a quantile of the execution times of one server from successive readings. Each statement is taken for
/// log-normal with the mean and variance of its calls in the window (method of moments); the answer is the quantile of
/// the mixture. Keeps the last reading; used by one thread.
class LatencyEstimate
{
public:
    /// The p99 in ms of what ran since the previous reading; nothing at the first one, after a reset, or when fewer
    /// than `minimumCalls` ran.
    std::optional<double> p99Since(const StatementReading &reading);

    /// Statements left out: the console's own.
    void ignore(QSet<QByteArray> keys) { m_ignored = std::move(keys); }
    /// Forgets the last reading: after a restart of the server.
    void restart() { m_last.reset(); }

    static constexpr qint64 minimumCalls = 20;

private:
    struct Last
    {
        std::optional<double> statsReset;
        QHash<QByteArray, StatementSums> statements;
    };
    std::optional<Last> m_last;
    QSet<QByteArray> m_ignored;
};

/// One statement's share of a mixture.
struct LogNormal
{
    double weight = 0; ///< number of calls
    double mean = 0; ///< in ms, above 0
    double variance = 0; ///< in ms²
};

/// The value below which the share `quantile` of the mixture lies; nothing when it is empty.
std::optional<double> mixtureQuantile(const std::vector<LogNormal> &parts, double quantile);

} // namespace shardhelm::monitor
