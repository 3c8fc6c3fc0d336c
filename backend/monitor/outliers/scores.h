// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/outliers/metrics.h"

namespace shardhelm::monitor::outliers {

/// From this distance on, in robust standard deviations, a value counts as an outlier.
constexpr double outlierDistance = 4;

/// One metric of one instance against the fleet.
struct Score
{
    Metric metric = Metric::P99Ms;
    double value = 0;
    std::optional<double> median; ///< of the fleet; unset when there is none to compare with
    std::optional<double> factor; ///< value / median, for ratio metrics with a median above zero
    double distance = 0; ///< robust standard deviations above the median, 0 when below or of no effect
    double severity = 0; ///< what it adds to the ranking: weighted, 1 at outlierDistance, growing with its logarithm
    bool age = false; ///< MetricRule::age
};

struct InstanceScore
{
    QString instance;
    bool down = false;
    double severity = 0; ///< 1 and more: an outlier; an instance that is down is above all others
    std::vector<Score> scores; ///< those with a distance, worst first

    [[nodiscard]] const Score *score(Metric metric) const;
};

/// Severity of an instance that is down.
constexpr double downSeverity = 100;

/// Scores of all instances in the order given. Each value is measured against the median of the fleet (in small
/// fleets, of the others), in units of their median absolute deviation (times 1.4826, so that it estimates a standard
/// deviation) but never less than the rule's floor; in fleets of two to four the floor is raised, because so few values
/// say little about their spread. A value past the rule's alarm is an outlier even when the whole fleet is. Pure.
std::vector<InstanceScore> score(const FleetObservation &fleet, std::span<const MetricRule> rules = defaultRules());

/// The median of `values` (mean of the middle two); 0 for none.
double median(std::vector<double> values);

} // namespace shardhelm::monitor::outliers
