// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/triage/session.h"

namespace shardhelm::monitor {

/// One place in a lock tree: a session, or a prepared transaction.
struct LockNode
{
    int pid = 0; ///< 0: a prepared transaction
    QString prepared; ///< its name; empty when it is not known which one it is
    std::optional<size_t> parent; ///< null: a root
    std::vector<size_t> children; ///< who waits for it
    int behind = 0; ///< how many wait for it and for those that wait for it
    int level = 0; ///< 0: a root
    std::vector<int> alsoBlockedBy; ///< pids that the session waits for beside its parent's
    bool inCycle = false; ///< a root that waits itself, for one below it: until the server breaks the deadlock
    std::optional<LockHolder> holds; ///< the lock that its first child waits for; of a prepared transaction its facts
    QString heldRelation; ///< which relation that lock is about, when it is about one

    bool operator==(const LockNode &) const = default;
};

/// Who waits for whom on one server. Every waiting session stands in it once, below the one it waits for that itself
/// stands deepest: it comes free last. Blockers that the list does not hold (gone, or no session at all) are nodes too.
struct LockTree
{
    QString server; ///< ServerSample::name
    std::vector<LockNode> nodes; ///< parents before children, siblings in a row
    std::vector<size_t> roots; ///< those with the most behind them first

    bool operator==(const LockTree &) const = default;
};

/// The tree of one server's sessions; empty when nobody waits. A pure function of the list.
LockTree lockTree(const SessionList &list);

} // namespace shardhelm::monitor
