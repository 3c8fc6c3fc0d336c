// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/wait.h"
#include "monitor/triage/session.h"
#include "pg/fanout.h"

namespace shardhelm::monitor {

/// What is done to a session.
enum class Signal { Cancel, Terminate };

/// What became of it, as checked on the server.
enum class SignalOutcome {
    Pending, ///< not known yet
    StatementEnded, ///< cancelled: the statement that ran does not run any more
    NothingRan, ///< cancel of a session that ran no statement: nothing happened
    Gone, ///< terminated: the session is no more
    StillThere, ///< the server took the request, and the session or its statement is there all the same
    AlreadyGone, ///< there was no such session: nothing happened
    NotPermitted, ///< our role may not: nothing happened
    Failed, ///< no answer: what happened is not known
};

/// One session and what became of it.
struct SignalResult
{
    SessionKey session;
    SignalOutcome outcome = SignalOutcome::Pending;
    std::optional<Error> error; ///< of NotPermitted and Failed

    bool operator==(const SignalResult &) const = default;
};

/// The one statement that does it, exactly as it is sent. It matches pid and start of the session, so that it does
/// nothing to another session that got the pid since.
QByteArray signalStatement(Signal signal, const SessionKey &session);

/// Whether the outcome is what was asked for.
bool isDone(SignalOutcome outcome);

/// Cancels or terminates sessions of one server and finds out what became of each, in rounds that the caller runs over
/// whatever connection it has: send statements(), hand the reply to take(), until isFinished(), with roundPause in
/// between. Never blocks; used by one thread at a time.
class SignalBatch
{
public:
    /// `sessions` are of one server. A session that is there `patience` after the first reply is StillThere.
    SignalBatch(Signal signal, std::vector<SessionKey> sessions, Milliseconds patience = Milliseconds(5000));

    /// What to send next.
    [[nodiscard]] std::vector<pg::Statement> statements() const;
    void take(const pg::FanOutReply &reply, Clock::time_point now);
    [[nodiscard]] bool isFinished() const;
    /// One per session, in the order given.
    [[nodiscard]] const std::vector<SignalResult> &results() const { return m_results; }

    static constexpr Milliseconds roundPause{200};

private:
    void takeSignals(const std::vector<Result<pg::Rows>> &results);
    void takeCheck(const pg::Rows &rows);

    Signal m_signal;
    Milliseconds m_patience;
    std::vector<SignalResult> m_results;
    std::vector<QString> m_queryStarts; ///< of the statements that were to be cancelled
    std::optional<Clock::time_point> m_sentAt; ///< set: the signals have been sent
};

} // namespace shardhelm::monitor
