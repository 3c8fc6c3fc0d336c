// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/outliers/metrics.h"

#include <QHash>
#include <QStringList>

#include <deque>

namespace shardhelm::monitor::outliers {

/// Many instances changed for the worse at about the same time: the cause is common to them.
struct CommonChange
{
    Metric metric = Metric::P99Ms;
    int changed = 0;
    int fleet = 0; ///< instances whose metric is known
    double fromSeconds = 0; ///< first and last onset
    double toSeconds = 0;
    QStringList instances;

    bool operator==(const CommonChange &) const = default;
};

/// Recognises correlated failures. Scores over the fleet cannot see them, since the median moves along: here each
/// instance is compared with its own past (median and MAD of the last minutes). Used by one thread at a time.
class CommonChanges
{
public:
    struct Limits
    {
        double withinSeconds = 20;
        double share = 0.5; ///< of the fleet
        int leastInstances = 3;
        int leastPast = 6; ///< samples before an instance can be judged
        int past = 60; ///< samples kept
        double leastFactor = 1.8; ///< of its own median
        double distance = 5; ///< in robust standard deviations of its own past
    };

    CommonChanges();
    explicit CommonChanges(const Limits &limits);

    /// Changes that are common after this observation, one per metric at most.
    std::vector<CommonChange> update(const FleetObservation &fleet, std::span<const MetricRule> rules = defaultRules());

private:
    struct Past
    {
        std::deque<double> values; ///< from before the change
        std::optional<double> changedAt;
    };
    bool isWorse(const MetricRule &rule, const Past &past, double value) const;
    void follow(const MetricRule &rule, Past &past, double value, double at) const;

    Limits m_limits;
    QHash<QString, std::array<Past, metricCount>> m_past;
};

} // namespace shardhelm::monitor::outliers
