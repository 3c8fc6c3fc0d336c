// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "monitor/latency/histogramsource.h"
#include "monitor/latency/logsource.h"
#include "monitor/latency/momentsource.h"

#include <span>
#include <vector>

namespace shardhelm::monitor::latency {

/// All sources of one database, asked side by side; the figures are those of the best that is present. Used by one
/// thread at a time.
class Combined
{
public:
    /// What to ask of which source this time.
    struct Turn
    {
        bool statements = true; ///< off: another database of the server reads the statistics
        bool log = true; ///< off: the log is of several databases, and cannot tell them apart
    };

    /// Statements to send, each on its own; empty when there is nothing to ask.
    [[nodiscard]] std::vector<pg::Statement> questions(const Turn &turn);
    /// One result for each of the last questions, in their order.
    void answered(std::span<const Result<pg::Rows>> results);
    /// A reading made by another database of the server.
    void take(const StatementReading &reading, quint32 database);
    /// The connection is a new one: everything is found out anew.
    void restart();
    /// Looks again for sources that were not there or not permitted.
    void lookAgain();

    [[nodiscard]] MomentSource &moments() { return m_moments; }
    [[nodiscard]] const MomentSource &moments() const { return m_moments; }
    /// The best figures; computed anew only after something was read.
    [[nodiscard]] const Figures &figures() const { return m_figures; }
    /// Statements per second by pg_stat_statements; nothing before two readings.
    [[nodiscard]] std::optional<double> statementsPerSecond() const { return m_statementsPerSecond; }
    /// No source can be read, and one of them for want of rights.
    [[nodiscard]] bool notPermitted() const;

private:
    void compute();

    HistogramSource m_histogram;
    LogSource m_log;
    MomentSource m_moments;
    std::vector<std::pair<LatencySource *, size_t>> m_asked; ///< the last questions: how many of which source
    Figures m_figures;
    std::optional<double> m_statementsPerSecond;
};

} // namespace shardhelm::monitor::latency
