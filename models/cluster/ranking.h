// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/condition.h"
#include "cluster/metric.h"
#include "monitor/sample.h"

#include <optional>
#include <vector>

namespace shardhelm {

/// One thing that is out of the ordinary about a server.
struct Finding
{
    std::optional<Metric> metric; ///< the figure it is about; nullopt: the state itself
    QString headline; ///< "p99 41×", "down", "lag 42 s"
    QString sentence; ///< in words, without a full stop
    bool raised = false; ///< serious enough to call the server degraded

    bool operator==(const Finding &) const = default;
};

/// A server with findings and its place among the others.
struct Rank
{
    QString server;
    Condition condition = Condition::Healthy;
    std::vector<Finding> findings; ///< most serious first, never empty
    QString advice; ///< what to do, or empty
    QDateTime since; ///< when it came into the ranking

    /// All findings in one line: "p99 41× the fleet median; 7 sessions wait for a lock".
    [[nodiscard]] QString reason() const;
    bool operator==(const Rank &) const = default;
};

/// What a fleet looks like in one sample. Medians instead of means: one bad server must not hide in a figure.
struct FleetSummary
{
    int servers = 0;
    int healthy = 0;
    int degraded = 0;
    int down = 0;
    int stale = 0;
    int unknown = 0; ///< never sampled or still connecting
    std::array<std::optional<double>, allMetrics.size()> medians; ///< over the servers of the same kind that answer

    [[nodiscard]] std::optional<double> median(Metric metric) const { return medians.at(static_cast<size_t>(metric)); }
    /// "27 of 32 healthy, 5 degraded".
    [[nodiscard]] QString sentence() const;
};

/// Median over the answering instances (replicas for lag), directory left out.
std::optional<double> fleetMedian(const monitor::FleetSample &sample, Metric metric);

/// Servers that stand out, worst first, in the words of models/wording: what the sample's verdict ranks. Those with
/// nothing to report are not in it.
std::vector<Rank> rankFleet(const monitor::FleetSample &sample);

/// How a server stands: the monitor's state, Worst for a degraded one that is first in the ranking.
Condition conditionOf(const monitor::ServerSample &server, const std::vector<Rank> &ranking);

FleetSummary summarize(const monitor::FleetSample &sample, const std::vector<Rank> &ranking);

/// The factor by which p99 exceeds the fleet's median, when both are known.
std::optional<double> p99Ratio(const monitor::ServerSample &server, const FleetSummary &summary);

} // namespace shardhelm
