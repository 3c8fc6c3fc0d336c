// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "monitor/alerts/alert.h"

#include <map>

namespace shardhelm::monitor::alerts {

/// Decides which alerts are raised, from judged samples (verdicts.h) alone: an alert is raised when its rule has said
/// so for as long as the rule wants, and cleared when it no longer does. What is known of a server that does not answer
/// stays as it was. While nobody answers at all, the console's own network is the likely cause: there is one alert
/// (rule unreachable) and no other one. Pure; used by one thread at a time.
class Engine
{
public:
    enum class Holding {
        AsConfigured, ///< a rule waits for its `for`
        None, ///< raised by the first sample: for a run that takes a single one
    };

    explicit Engine(const cluster::ClusterFile &file, Holding holding = Holding::AsConfigured);

    /// Alerts that were raised when the last run ended: they are cleared by update() when they are over.
    void resume(const std::vector<ActiveAlert> &raised);
    /// What the next report changes; cleared ones come first.
    std::vector<Event> update(const FleetSample &fleet);
    /// All that are raised, those that matter most first, then the oldest.
    [[nodiscard]] std::vector<ActiveAlert> active() const;

private:
    using Alerts = std::map<Subject, ActiveAlert>;

    [[nodiscard]] std::optional<ActiveAlert> begin(const QString &rule, const ServerSample *server) const;
    [[nodiscard]] Alerts conditions(const FleetSample &fleet) const;
    void addRules(const ServerSample &server, Alerts &found) const;
    void addOutliers(const FleetSample &fleet, Alerts &found) const;
    [[nodiscard]] bool isFrozen(const ActiveAlert &alert, const FleetSample &fleet) const;

    cluster::ClusterFile m_file;
    Holding m_holding;
    Alerts m_active;
    std::map<Subject, QDateTime> m_pending; ///< since when a rule says so
    QDateTime m_now; ///< never goes back
};

} // namespace shardhelm::monitor::alerts
