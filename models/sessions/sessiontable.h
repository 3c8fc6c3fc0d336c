// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "export/table.h"
#include "monitor/triage/locktree.h"
#include "monitor/triage/signals.h"

namespace shardhelm {

/// One line of a list of sessions: a session, a prepared transaction in a lock tree, or a blocker nothing is known of.
struct SessionRow
{
    monitor::Session session; ///< of a prepared transaction the server's name alone
    int level = 0; ///< depth in a lock tree
    int behind = 0; ///< how many wait for it and for those that wait for it
    std::optional<monitor::LockWait> wait; ///< the lock it waits for
    std::optional<monitor::LockNode> node; ///< its place in a lock tree

    /// Not a session: a prepared transaction, or a blocker that has gone.
    [[nodiscard]] bool isSession() const { return session.key.pid != 0 && !session.key.backendStart.isEmpty(); }
};

/// Every session of the fleet, each once, by server and pid.
std::vector<SessionRow> sessionRows(const std::vector<monitor::SessionList> &lists);
/// The lock trees of the fleet below each other, the one with the most waiting behind its root first, each depth first.
std::vector<SessionRow> lockRows(const std::vector<monitor::SessionList> &lists);

/// Every fact of the rows, for programs and files. Keys are a contract.
Table sessionTable(const std::vector<SessionRow> &rows);
/// What fits a terminal and tells most, for people; levels are indented.
Table sessionSummary(const std::vector<SessionRow> &rows);
/// What became of sessions that were signalled.
Table signalTable(monitor::Signal signal, const std::vector<monitor::SignalResult> &results);

/// What became of one of them, for the journal, with who the session was; `known`: what was seen of it before, or
/// nullptr.
QJsonObject signalJournal(monitor::Signal signal, const monitor::SignalResult &result, const monitor::Session *known);

} // namespace shardhelm
