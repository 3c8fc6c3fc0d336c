// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "core/error.h"
#include "core/wait.h"
#include "monitor/alerts/engine.h"
#include "monitor/alerts/notes.h"

#include <functional>
#include <memory>

namespace shardhelm::pg {
class PasswordSource;
}

namespace shardhelm::monitor::alerts {

/// An event as it is told: with how people have dealt with the alert.
struct ToldEvent
{
    Event event;
    Handling handling;
    bool first = true; ///< no other console has told it before; its command is run here
};

/// Runs the alerts of a cluster: feeds the engine with samples, keeps the journal, shares acknowledgements and mutes
/// with the other consoles, runs the commands. Everything that may wait happens on threads of its own. Public functions
/// may be called from any thread and return at once.
class Desk
{
public:
    struct Reports
    {
        /// All raised alerts, after every change. On a thread of the desk.
        std::function<void(const std::vector<AlertState> &)> changed{};
        std::function<void(const ToldEvent &)> told{}; ///< one alert was raised or cleared
        std::function<void(const Error &)> failed{}; ///< a note could not be kept anywhere
    };

    /// `describe` words an alert for the command's SHARDHELM_TEXT; called on a thread of the desk.
    Desk(cluster::ClusterFile file, Reports reports, std::function<QString(const ActiveAlert &)> describe,
         pg::PasswordSource *passwords = nullptr, Engine::Holding holding = Engine::Holding::AsConfigured);
    /// Joins its threads; commands that run are ended.
    ~Desk();
    Desk(const Desk &) = delete;
    Desk &operator=(const Desk &) = delete;

    /// The next judged report of the watcher. When the desk is behind, only the newest counts.
    void take(const FleetSample &fleet);
    /// Somebody looks after an alert, and says how.
    void acknowledge(const Subject &subject, const QString &reason);
    /// No notification and no command until then (nothing: until unmute()).
    void mute(const Subject &subject, const QString &reason, std::optional<QDateTime> until);
    void unmute(const Subject &subject);
    /// Waits until everything taken so far is done, commands included. For runs that end.
    void finish(const Wait &wait);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace shardhelm::monitor::alerts
