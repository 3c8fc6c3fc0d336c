// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "monitor/outliers/common.h"
#include "monitor/outliers/ranking.h"
#include "monitor/sample.h"

#include <QHash>
#include <QMap>
#include <QSet>

namespace shardhelm::monitor {

/// Says what a fleet's samples mean: applies the rules of [alerts] (health.h), compares the instances (outliers/) and
/// fills FleetSample::verdict, ServerSample::alerts and the states that follow. The one place where this is decided:
/// window, command line and alerts show what it says. Used by one thread at a time.
class Verdicts
{
public:
    explicit Verdicts(const cluster::ClusterFile &file);

    /// Judges the next report. Reports may come many times per interval, as servers answer: the comparison goes on when
    /// all that answer have been sampled once more, and stands in between.
    void judge(FleetSample &fleet);

    /// Tenants of each instance, where known; for the blast radius.
    void setTenants(QHash<QString, qint64> tenants);

private:
    /// The last two readings of a p99, which is read more slowly than the rest.
    struct Readings
    {
        double value = 0;
        double windowSeconds = 0;
        std::optional<double> before;
    };

    bool isDue(const FleetSample &fleet);
    void compare(const FleetSample &fleet);
    void confirmP99(outliers::FleetObservation &observation, const FleetSample &fleet);
    bool isSteady(const QString &key, bool present);
    void keepSince(Verdict &verdict, const QDateTime &at);

    HeldAlerts m_held;
    QMap<QString, double> m_thresholds;
    outliers::Ranking m_ranking;
    outliers::CommonChanges m_commonChanges;
    Verdict m_compared; ///< what the last comparison said beside the ranking
    QHash<QString, qint64> m_tenants;
    QHash<QString, QDateTime> m_seen; ///< sampledAt of each server at the last comparison
    QHash<QString, QDateTime> m_sampled; ///< sampledAt of those sampled since
    QSet<QString> m_down; ///< at the last comparison
    QHash<QString, Readings> m_p99; ///< by instance
    QHash<QString, int> m_steady; ///< comparisons that a share or imbalance was there, less those it was not
    QSet<QString> m_named; ///< those that are told
    QHash<QString, QDateTime> m_since; ///< of the servers in the ranking
    double m_at = 0; ///< seconds since the epoch; never goes back
};

/// What one sample alone can tell: rules and states, and who stands out now, without waiting for it to last.
void judgeOnce(FleetSample &fleet, const cluster::ClusterFile &file);

} // namespace shardhelm::monitor
