// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "command.h"
#include "mapsource.h"
#include "monitor/targets.h"
#include "monitor/triage/sessions.h"
#include "pg/fanout.h"

#include <memory>

namespace shardhelm::ctl {

/// The servers a map names, with one connection to each, opened when it is first asked. What the commands about
/// sessions begin with. Without a directory the newest copy of its map will do.
class FleetAsk
{
public:
    /// Reads the cluster file and the map. InstanceUnknown when one of `names` is neither an instance nor one of its
    /// replicas nor the directory; empty: every server.
    static Result<FleetAsk> open(const Invocation &call, const QStringList &names, const Wait &wait);

    /// Asks servers side by side; one reply each, in the order given. Servers that are no targets are InstanceUnknown.
    std::vector<pg::FanOutReply> ask(const std::vector<std::pair<QString, std::vector<pg::Statement>>> &questions,
                                     Milliseconds timeout, const Wait &wait);

    [[nodiscard]] const std::vector<monitor::Target> &targets() const { return m_targets; }
    [[nodiscard]] const cluster::ClusterFile &file() const { return m_file; }
    [[nodiscard]] MapSource &source() { return m_source; }

private:
    FleetAsk(cluster::ClusterFile file, MapSource source, std::vector<monitor::Target> targets,
             pg::PasswordSource *passwords);

    cluster::ClusterFile m_file;
    MapSource m_source;
    std::vector<monitor::Target> m_targets;
    pg::PasswordSource *m_passwords;
    std::unique_ptr<pg::FanOut> m_fanOut = std::make_unique<pg::FanOut>();
};

/// The sessions of servers, and what is missing.
struct FleetSessions
{
    std::vector<monitor::SessionList> lists;
    std::vector<std::pair<QString, Error>> failures; ///< by server

    /// One sentence per server that did not answer, or that hides sessions from our role.
    [[nodiscard]] QStringList warnings() const;
};

/// The sessions of these targets; none named: of all.
FleetSessions readFleetSessions(FleetAsk &fleet, const QStringList &servers, Milliseconds timeout, const Wait &wait);

} // namespace shardhelm::ctl
