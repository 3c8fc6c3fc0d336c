// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/dialer.h"
#include "pg/fanout.h"
#include "pg/passwordquestion.h"
#include "pg/pipeline.h"

namespace shardhelm::pg {

/// One server of a FanOut: a state machine that never blocks, over a connection that outlives the runs.
class FanOutMember
{
public:
    /// `lookups` outlives the member; `waker` is woken when a password has come.
    FanOutMember(std::shared_ptr<Waker> waker, HostLookups &lookups);

    /// Whether the connection at hand, or the one on its way, does not serve this spec.
    [[nodiscard]] bool differs(const ConnectSpec &spec) const;
    /// Takes a task; step() then works on it until there is a reply.
    void begin(const FanOutTask &task, Clock::time_point deadline);
    /// Does what can be done without waiting.
    void step();
    /// Ends the task with this code (Cancelled, TimedOut), if it is not done yet.
    void end(ErrorCode code);
    /// The reply, once.
    [[nodiscard]] std::optional<FanOutReply> takeReply() { return std::exchange(m_reply, std::nullopt); }

    /// What to sleep on: descriptor (-1 for none), events of poll(), and the latest moment for the next step().
    [[nodiscard]] int socket() const;
    [[nodiscard]] short events() const;
    [[nodiscard]] Clock::time_point wakeAt() const;

    [[nodiscard]] bool isConnected() const { return m_connection != nullptr; }
    /// An open question that is not waited for any more.
    [[nodiscard]] std::unique_ptr<PasswordQuestion> takeQuestion() { return std::move(m_question); }

private:
    void dial();
    void stepDial();
    void stepQuestion();
    void stepLeftover();
    void stepRun();
    void giveUp(Error error);
    void deliver(Result<std::vector<Result<Rows>>> results);

    std::shared_ptr<Waker> m_waker;
    HostLookups &m_lookups;
    FanOutTask m_task;
    Clock::time_point m_deadline;
    // What is there decides what is done next, in this order.
    std::unique_ptr<PasswordQuestion> m_question; ///< the dialer waits for its answer
    std::unique_ptr<Dialer> m_dialer;
    ConnectionHandle m_connection;
    std::unique_ptr<Pipeline> m_leftover; ///< statements of an earlier run that the server has yet to end
    std::unique_ptr<Pipeline> m_run;
    PreparedStatements m_prepared; ///< on m_connection
    bool m_keepsPrepared = true; ///< false behind a pooler that hands out another server session each time
    bool m_questionIsOld = false; ///< asked in an earlier run, which waited for it long enough
    bool m_reconnected = false;
    QString m_password;
    QString m_host;
    Clock::time_point m_leftoverUntil;
    Clock::time_point m_sentAt;
    std::optional<FanOutReply> m_reply;
};

} // namespace shardhelm::pg
