// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/triage/session.h"

#include <algorithm>

namespace shardhelm::monitor {

bool Session::isWaiting() const
{
    return !blockedBy.empty() || waitEventType == QLatin1StringView("Lock");
}

bool Session::isRunning() const
{
    // Of a sender of WAL it only says that a replica is connected.
    if (backendType == QLatin1StringView("walsender"))
        return false;
    return (state == QLatin1StringView("active") || state == QLatin1StringView("fastpath function call"))
        && !isWaiting();
}

const Session *SessionList::session(int pid) const
{
    const auto found = std::ranges::find(sessions, pid, [](const Session &session) { return session.key.pid; });
    return found == sessions.end() ? nullptr : &*found;
}

const LockWait *SessionList::wait(int pid) const
{
    const auto found = std::ranges::find(waits, pid, &LockWait::pid);
    return found == waits.end() ? nullptr : &*found;
}

} // namespace shardhelm::monitor
