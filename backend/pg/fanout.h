// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/connection.h"

#include <functional>
#include <memory>
#include <vector>

namespace shardhelm::pg {

/// What one member of a fan-out is asked in one run.
struct FanOutTask
{
    ConnectSpec spec; ///< spec.name is the member: the same name keeps its connection from run to run
    std::vector<Statement> statements; ///< sent in one round trip; each is a transaction of its own
    /// The same texts come again and again: those without parameters are parsed and planned once per connection, which
    /// spares the server most of the work. Only for statements that may run twice, since all of them are sent again
    /// without that when a pooler has lost what was prepared.
    bool repeated = false;
};

/// What one member answered in one run.
struct FanOutReply
{
    /// One result per statement, in order; a refused statement does not spoil the others. When the time was up after
    /// some answers, they are here and the rest is TimedOut. The outer error says why there is no answer at all: not
    /// connected, lost, timed out, stopped.
    Result<std::vector<Result<Rows>>> results;
    double roundTripMs = 0; ///< from sending the statements to their last result; 0 when there is no answer
    bool reconnected = false; ///< the connection was opened in this run
    int serverVersion = 0; ///< server_version_num, 0 when not connected
    QString host; ///< host (or socket folder) that answered, empty when not connected
    bool busy = false; ///< never begun: the member was at work on earlier questions until the time was up
};

/// Statements to many servers at once: one poll loop on the calling worker thread over one persistent non-blocking
/// connection per member. A hung or unreachable member never delays another. Host names are resolved and passwords
/// asked for on side threads; a password given is remembered for the member. Used by one thread at a time, but for
/// ask() and interrupt().
///
/// Questions go to single members, over the same connections, and are worked on by runs and by serve(). A member works
/// on one at a time, in the order asked; a task of a run is one of them.
class FanOut
{
public:
    FanOut();
    /// Questions that are open end as Cancelled, on the calling thread.
    ~FanOut();
    FanOut(const FanOut &) = delete;
    FanOut &operator=(const FanOut &) = delete;

    /// Runs every task; `deliver` is called on this thread with the task's index as each member completes, exactly once
    /// per task. Returns when all have been delivered. A member connects when it is not connected, and again when its
    /// conninfo changed or its connection was lost since. `timeoutPerMember` covers connecting and running; `wait` ends
    /// all of them (Cancelled on a stop request, TimedOut at its deadline). A member whose statements ran out of time
    /// is cancelled on the server and keeps its connection when the server confirms, in this run or a later one. Two
    /// tasks with one name in the same run: the second is refused with ErrorCode::Internal. A member left out of
    /// `tasks` keeps its connection; forget() closes it. Tasks begin before questions that have not begun.
    void run(const std::vector<FanOutTask> &tasks, Milliseconds timeoutPerMember,
             const std::function<void(size_t, FanOutReply)> &deliver, const Wait &wait);

    /// A question to one member; any thread. It is begun as soon as a run or serve() is under way and the member is
    /// free, in the order asked, and ends at `deadline` as a task of a run does. `deliver` is called exactly once, on
    /// the thread of run() and serve(); it may ask() again.
    void ask(FanOutTask task, Clock::time_point deadline, std::function<void(FanOutReply)> deliver);
    /// Works on questions until one of them has been answered, interrupt() is called or `wait` ends. Its end leaves the
    /// questions alone, a stop request ends all of them as Cancelled.
    void serve(const Wait &wait);
    /// Ends the serve() under way, or the next one, at once; any thread.
    void interrupt();

    /// Closes the member's connection and forgets its password; its questions end as Cancelled.
    void forget(const QString &name);
    /// Names of the members that hold an open connection.
    [[nodiscard]] QStringList connected() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace shardhelm::pg
