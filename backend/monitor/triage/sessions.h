// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/triage/session.h"
#include "pg/fanout.h"

#include <QHash>

namespace shardhelm::sql {
class Parser;
}

namespace shardhelm::monitor {

/// What to ask a server for its sessions and locks, in one round trip.
std::vector<pg::Statement> sessionStatements();

/// The answer to sessionStatements(). Statement texts are redacted here, before anybody sees them. Locks that could not
/// be read are left out: the sessions are worth having alone. Errors: why there are no sessions.
Result<SessionList> readSessions(const QString &server, const pg::FanOutReply &reply, sql::Parser &parser);

/// Which server of the fleet a session belongs to, where several are databases of one PostgreSQL and all see it: the
/// one whose database it is in, and the first of them by name for any other.
class SessionOwners
{
public:
    explicit SessionOwners(const std::vector<SessionList> &lists);
    [[nodiscard]] QString ownerOf(const SessionList &list, const Session &session) const;

private:
    struct Owners
    {
        QString first;
        QHash<QString, QString> ofDatabase;
    };
    QHash<QString, Owners> m_owners; ///< by SessionList::serverKey
};

/// The sessions of the fleet, each once, by server and pid.
std::vector<Session> fleetSessions(const std::vector<SessionList> &lists);

} // namespace shardhelm::monitor
