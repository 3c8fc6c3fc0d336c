// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/outliers/scores.h"

#include <QHash>

namespace shardhelm::monitor::outliers {

/// One fact that makes an instance bad; models word it.
struct Reason
{
    Metric metric = Metric::P99Ms;
    double value = 0;
    std::optional<double> median; ///< of the fleet
    std::optional<double> factor; ///< of the median
    double sinceSeconds = 0; ///< when it became an outlier, on the observations' clock
    int blockerPid = 0; ///< for BlockedSessions: who is waited for
    QString source; ///< for P99Ms: where the figure comes from
    QString replica; ///< for lag: whose it is

    bool operator==(const Reason &) const = default;
};

/// One bad instance.
struct Ranked
{
    QString instance;
    bool down = false;
    double severity = 0;
    double sinceSeconds = 0; ///< when it became bad
    std::vector<Reason> reasons; ///< worst first; empty when the instance is down

    bool operator==(const Ranked &) const = default;
};

/// Turns scores into a ranking that does not flicker: an instance enters after two samples in a row that are clearly
/// bad, or three above the threshold (at once when it is down, or when an age alone is above: that has lasted already),
/// leaves after three below a lower one, and overtakes another only when it has been clearly worse for two samples and
/// the order has stood for a while. Used by one thread at a time.
class Ranking
{
public:
    struct Limits
    {
        double enter = 1;
        double leave = 0.6;
        double clearlyBad = 1.5;
        int samplesToEnter = 3;
        int clearSamplesToEnter = 2;
        int samplesToLeave = 3;
        double clearlyWorse = 1.25; ///< factor of severity
        int samplesToOvertake = 2;
        double leastHoldSeconds = 10; ///< between changes of order
    };

    Ranking();
    explicit Ranking(const Limits &limits);

    /// Bad instances after this observation, worst first. An instance without any value keeps its place; one that is no
    /// longer part of the fleet is dropped.
    const std::vector<Ranked> &update(const FleetObservation &fleet,
                                      std::span<const MetricRule> rules = defaultRules());
    [[nodiscard]] const std::vector<Ranked> &ranked() const { return m_ranked; }

private:
    struct Track
    {
        int above = 0; ///< samples in a row
        int clear = 0;
        int below = 0;
        double aboveSince = 0;
        QHash<Metric, double> badSince; ///< per metric
    };
    void follow(const Observation &observation, const InstanceScore &score, double at);
    void reorder(double at);
    [[nodiscard]] std::vector<Reason> reasons(const Observation &observation, const InstanceScore &score,
                                              const Track &track) const;

    Limits m_limits;
    QHash<QString, Track> m_tracks;
    std::vector<Ranked> m_ranked;
    QHash<QString, int> m_worseThanAbove; ///< samples in a row that a member was clearly worse than the one above it
    double m_orderedAt = -1e300;
};

} // namespace shardhelm::monitor::outliers
