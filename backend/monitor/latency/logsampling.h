// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>
#include <optional>

namespace shardhelm::monitor::latency {

/// Which statements a server's log times: the settings log_duration, log_min_duration_statement,
/// log_min_duration_sample, log_statement_sample_rate, log_transaction_sample_rate. Thresholds in ms, unset when off.
struct LogSampling
{
    bool allDurations = false;
    std::optional<double> minStatementMs;
    std::optional<double> minSampleMs;
    double statementRate = 1;
    double transactionRate = 0;

    bool operator==(const LogSampling &) const = default;

    /// How likely a statement of this duration is in the log.
    [[nodiscard]] double probability(double ms) const
    {
        if (allDurations || (minStatementMs && ms >= *minStatementMs))
            return 1;
        const double sampled = minSampleMs && ms >= *minSampleMs ? statementRate : 0;
        return 1 - (1 - sampled) * (1 - transactionRate);
    }

    /// No statement shorter than this is in the log; infinite when none is at all.
    [[nodiscard]] double hiddenBelowMs() const
    {
        if (allDurations || transactionRate > 0)
            return 0;
        double least = std::numeric_limits<double>::infinity();
        if (minStatementMs)
            least = *minStatementMs;
        if (minSampleMs && statementRate > 0 && *minSampleMs < least)
            least = *minSampleMs;
        return least;
    }
};

} // namespace shardhelm::monitor::latency
