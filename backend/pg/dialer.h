// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/connectplan.h"
#include "pg/failuretext.h"
#include "pg/passwords.h"
#include "pg/resolve.h"

namespace shardhelm::pg {

/// Opens one connection without ever blocking: a state machine that a poll loop drives. Several hosts and several
/// addresses of a host are tried one after the other, each with its share of the time left, and at most connect_timeout
/// or 10 s. Every advance() does what can be done now; in between, the loop sleeps on socket(), the lookups' waker and
/// wakeAt().
class Dialer
{
public:
    enum class State { Resolving, Connecting, PasswordWanted, Connected, Failed };

    /// `lookups` must outlive the dialer. `password` is tried when libpq finds none of its own.
    Dialer(const ConnectSpec &spec, Clock::time_point deadline, HostLookups &lookups, const QString &password = {});

    State advance();
    [[nodiscard]] State state() const { return m_state; }

    /// The descriptor to sleep on, -1 for none, with the events of poll().
    [[nodiscard]] int socket() const;
    [[nodiscard]] short events() const;
    /// When advance() has to be called even if nothing happened.
    [[nodiscard]] Clock::time_point wakeAt() const { return m_attemptUntil; }

    /// In state PasswordWanted: whose, then either of the two; the deadline of the dialer moves to `deadline`.
    [[nodiscard]] PasswordRequest passwordRequest() const;
    void givePassword(const QString &password, Clock::time_point deadline);
    void refusePassword(const Error &error);

    /// The connection, once: in state Connected, non-blocking, silent about notices.
    [[nodiscard]] ConnectionHandle take() { return std::move(m_connection); }
    /// Host that answered.
    [[nodiscard]] QString host() const;
    /// The password that opened it, if one was asked for or handed in; else empty.
    [[nodiscard]] QString password() const { return m_password; }
    /// In state Failed.
    [[nodiscard]] const Error &error() const { return m_error; }
    /// The error for giving up now from outside, e.g. Cancelled.
    [[nodiscard]] Error abandoned(ErrorCode code) const;

private:
    struct Refusal
    {
        Error error;
        QString endpoint;
    };

    [[nodiscard]] Milliseconds hostTimeout() const;
    void beginAttempt();
    void beginAddress();
    void nextAddress();
    void advanceLookup();
    void advanceConnection();
    void checkServer();
    void connectionFailed();
    void note(ErrorCode code, const ConnectText &text);
    void failWith(ErrorCode code, const ConnectText &text);
    void allFailed();
    [[nodiscard]] Error errorFrom(ErrorCode code, const ConnectText &text) const;
    [[nodiscard]] const ConnectPlan::Attempt &attempt() const { return m_plan.attempts[m_attempt]; }

    ConnectSpec m_spec;
    ConnectPlan m_plan;
    HostLookups &m_lookups;
    Clock::time_point m_deadline;
    Clock::time_point m_attemptUntil;
    State m_state = State::Resolving;
    size_t m_attempt = 0;
    QStringList m_addresses; ///< of the attempt's host; one empty entry when there is nothing to resolve
    qsizetype m_address = 0;
    int m_polling = 0; ///< PostgresPollingStatusType of the last poll
    int m_passwordRounds = 0;
    bool m_passwordAsked = false; ///< m_password came from the source
    QString m_password;
    ConnectionHandle m_connection;
    std::vector<Refusal> m_refusals;
    Error m_error;
};

} // namespace shardhelm::pg
