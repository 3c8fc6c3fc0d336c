// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/triage/sessions.h"

#include "core/sqltext.h"
#include "sql/parser.h"

#include <algorithm>

namespace shardhelm::monitor {

namespace {

Session sessionFrom(const pg::Rows &rows, int row, const QString &server, sql::Parser &parser)
{
    const auto text = [&](const char *name) { return rows.text(row, rows.column(name)); };
    const auto seconds = [&](const char *name) { return rows.optionalNumber(row, rows.column(name)); };
    Session session;
    session.key = {server, static_cast<int>(rows.integer(row, rows.column("pid"))), text("backend_start")};
    session.role = text("role");
    session.database = text("database");
    session.application = text("application");
    session.client = text("client");
    session.backendType = text("backend_type");
    session.state = text("state");
    session.waitEventType = text("wait_event_type");
    session.waitEvent = text("wait_event");
    session.transactionAge = seconds("transaction_age");
    session.queryAge = seconds("query_age");
    session.stateAge = seconds("state_age");
    for (const QString &pid : rows.textArray(row, rows.column("blocked_by")))
        session.blockedBy.push_back(pid.toInt());
    // A group of parallel workers is named once per worker.
    std::ranges::sort(session.blockedBy);
    session.blockedBy.erase(std::ranges::unique(session.blockedBy).begin(), session.blockedBy.end());
    session.queryId = text("query_id");
    session.hidden = rows.isNull(row, rows.column("backend_start"));
    // In place of the text stands then a remark of the server's.
    if (!session.hidden)
        session.query = parser.redacted(text("query"));
    return session;
}

std::vector<LockWait> waitsFrom(const pg::Rows &rows)
{
    std::vector<LockWait> waits;
    for (int row = 0; row < rows.count(); ++row) {
        const auto text = [&](const char *name) { return rows.text(row, rows.column(name)); };
        const int pid = static_cast<int>(rows.integer(row, rows.column("pid")));
        if (waits.empty() || waits.back().pid != pid)
            waits.push_back({pid,
                             text("lock_type"),
                             text("mode"),
                             text("relation"),
                             rows.optionalNumber(row, rows.column("wait_age")),
                             {}});
        if (!rows.isNull(row, rows.column("holder")))
            waits.back().holders.push_back({static_cast<int>(rows.integer(row, rows.column("holder"))),
                                            text("held_mode"), text("prepared"), text("prepared_owner"),
                                            text("prepared_database"),
                                            rows.optionalNumber(row, rows.column("prepared_age"))});
    }
    return waits;
}

} // namespace

std::vector<pg::Statement> sessionStatements()
{
    return {{sqlText("triage/server"), {}}, {sqlText("triage/sessions"), {}}, {sqlText("triage/locks"), {}}};
}

Result<SessionList> readSessions(const QString &server, const pg::FanOutReply &reply, sql::Parser &parser)
{
    if (!reply.results)
        return Failure(reply.results.error());
    const auto &results = *reply.results;
    if (results.size() != 3)
        return fail(ErrorCode::AnswerUnexpected, server, QStringLiteral("triage/sessions"));
    for (const auto index : {size_t(0), size_t(1)}) {
        if (!results[index])
            return Failure(results[index].error());
    }
    const pg::Rows &facts = *results[0];
    if (facts.count() != 1)
        return fail(ErrorCode::AnswerUnexpected, server, QStringLiteral("triage/server"));
    SessionList list;
    list.server = server;
    list.serverKey = facts.text(0, facts.column("server"));
    list.database = facts.text(0, facts.column("database"));
    list.seesAll = facts.boolean(0, facts.column("sees_all"));
    list.maxConnections = static_cast<int>(facts.integer(0, facts.column("max_connections")));
    const pg::Rows &rows = *results[1];
    list.sessions.reserve(static_cast<size_t>(rows.count()));
    QHash<int, int> blocks;
    for (int row = 0; row < rows.count(); ++row) {
        list.sessions.push_back(sessionFrom(rows, row, server, parser));
        for (const int pid : list.sessions.back().blockedBy)
            ++blocks[pid];
    }
    for (Session &session : list.sessions)
        session.blocks = blocks.value(session.key.pid);
    if (results[2])
        list.waits = waitsFrom(*results[2]);
    return list;
}

SessionOwners::SessionOwners(const std::vector<SessionList> &lists)
{
    for (const SessionList &list : lists) {
        Owners &owners = m_owners[list.serverKey];
        if (owners.first.isEmpty() || list.server < owners.first)
            owners.first = list.server;
        QString &owner = owners.ofDatabase[list.database];
        if (owner.isEmpty() || list.server < owner)
            owner = list.server;
    }
}

QString SessionOwners::ownerOf(const SessionList &list, const Session &session) const
{
    const auto owners = m_owners.constFind(list.serverKey);
    return owners == m_owners.constEnd() ? list.server : owners->ofDatabase.value(session.database, owners->first);
}

std::vector<Session> fleetSessions(const std::vector<SessionList> &lists)
{
    const SessionOwners owners(lists);
    std::vector<Session> sessions;
    for (const SessionList &list : lists) {
        std::ranges::copy_if(list.sessions, std::back_inserter(sessions),
                             [&](const Session &session) { return owners.ownerOf(list, session) == list.server; });
    }
    std::ranges::sort(sessions, [](const Session &a, const Session &b) { return a.key < b.key; });
    return sessions;
}

} // namespace shardhelm::monitor
