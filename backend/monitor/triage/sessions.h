// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/triage/session.h"
#include "pg/fanout.h"

namespace shardhelm::sql {
class Parser;
}

namespace shardhelm::monitor {

/// What to ask a server for its sessions and locks, in one round trip.
std::vector<pg::Statement> sessionStatements();

/// The answer to sessionStatements(). Statement texts are redacted here, before anybody sees them. Locks that could not
/// be read are left out: the sessions are worth having alone. Errors: why there are no sessions.
Result<SessionList> readSessions(const QString &server, const pg::FanOutReply &reply, sql::Parser &parser);

/// The sessions of the fleet, each once, by server and pid. Where servers of the fleet are databases of one PostgreSQL,
/// a session belongs to the one whose database it is in, and any other to the first of them by name.
std::vector<Session> fleetSessions(const std::vector<SessionList> &lists);

} // namespace shardhelm::monitor
