// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/fanoutmember.h"

#include "pg/failure.h"
#include "pg/input.h"

#include <libpq-fe.h>
#include <poll.h>

namespace shardhelm::pg {

namespace {

/// How long a connection is kept for a server that does not confirm a cancel. It is worth waiting for: when the server
/// has no connection left to give, this one is the only way in.
constexpr Milliseconds leftoverMost(10000);
/// How often to look whether a cancel request has been dealt with.
constexpr Milliseconds settleInterval(20);

/// A server that went away since the last run has left word of it on the socket: a farewell, then the end. It takes a
/// second read to get past the farewell.
bool stillThere(pg_conn *connection)
{
    pollfd socket{PQsocket(connection), POLLIN, 0};
    while (::poll(&socket, 1, 0) > 0) {
        if (!consumeInput(connection))
            return false;
    }
    return PQstatus(connection) == CONNECTION_OK;
}

} // namespace

FanOutMember::FanOutMember(std::shared_ptr<Waker> waker, HostLookups &lookups)
    : m_waker(std::move(waker))
    , m_lookups(lookups)
{
}

bool FanOutMember::differs(const ConnectSpec &spec) const
{
    const ConnectSpec &now = m_task.spec;
    return spec.conninfo != now.conninfo || spec.purpose != now.purpose || spec.anyRole != now.anyRole
        || spec.minimumVersion != now.minimumVersion || spec.passwords != now.passwords;
}

void FanOutMember::begin(const FanOutTask &task, Clock::time_point deadline)
{
    m_task = task;
    m_deadline = deadline;
    m_reconnected = false;
    m_reply.reset();
    m_questionIsOld = m_question != nullptr;
    if (m_question)
        return;
    if (!m_connection || (!m_leftover && !stillThere(m_connection.get())))
        dial();
}

void FanOutMember::dial()
{
    m_leftover.reset();
    m_run.reset();
    m_connection.reset();
    m_reconnected = true;
    m_dialer = std::make_unique<Dialer>(m_task.spec, m_deadline, m_lookups, m_password);
}

void FanOutMember::step()
{
    if (m_question)
        stepQuestion();
    if (!m_reply && m_dialer && !m_question)
        stepDial();
    if (!m_reply && m_connection && m_leftover)
        stepLeftover();
    if (!m_reply && m_connection && !m_leftover)
        stepRun();
    if (!m_reply && Clock::now() >= m_deadline)
        end(ErrorCode::TimedOut);
}

void FanOutMember::stepQuestion()
{
    if (const auto answer = m_question->answer()) {
        m_question.reset();
        if (*answer)
            m_dialer->givePassword(**answer, m_deadline);
        else
            m_dialer->refusePassword(answer->error());
    } else if (m_questionIsOld || Clock::now() >= m_deadline) {
        // The question stays open, and its answer serves a later run.
        deliver(Failure(m_dialer->abandoned(ErrorCode::PasswordMissing)));
    }
}

void FanOutMember::stepDial()
{
    switch (m_dialer->advance()) {
    case Dialer::State::Connected:
        m_connection = m_dialer->take();
        m_prepared = PreparedStatements();
        m_keepsPrepared = true;
        m_host = m_dialer->host();
        m_password = m_dialer->password();
        m_dialer.reset();
        break;
    case Dialer::State::Failed:
        if (m_dialer->error().code == ErrorCode::PasswordRejected)
            m_password.clear();
        giveUp(m_dialer->error());
        break;
    case Dialer::State::PasswordWanted:
        m_questionIsOld = false;
        m_question = std::make_unique<PasswordQuestion>(*m_task.spec.passwords, m_dialer->passwordRequest(), m_waker);
        break;
    case Dialer::State::Resolving:
    case Dialer::State::Connecting:
        break;
    }
}

void FanOutMember::stepLeftover()
{
    const Pipeline::Progress progress = m_leftover->step();
    if (progress == Pipeline::Progress::Done && m_leftover->settled()) {
        m_leftover.reset();
    } else if (progress == Pipeline::Progress::Failed || Clock::now() >= m_leftoverUntil) {
        dial();
        stepDial();
    }
}

void FanOutMember::stepRun()
{
    if (!m_run) {
        m_run = std::make_unique<Pipeline>(m_connection.get(), m_task.statements, m_task.spec.name,
                                           m_task.repeated && m_keepsPrepared ? &m_prepared : nullptr);
        m_sentAt = Clock::now();
    }
    switch (m_run->step()) {
    case Pipeline::Progress::Done:
        if (m_run->lostPrepared()) {
            m_keepsPrepared = false;
            m_run.reset();
            stepRun();
            break;
        }
        deliver(m_run->results(ErrorCode::Internal));
        m_run.reset();
        break;
    case Pipeline::Progress::Failed:
        giveUp(m_run->error());
        break;
    case Pipeline::Progress::Waiting:
        break;
    }
}

void FanOutMember::end(ErrorCode code)
{
    if (m_reply)
        return;
    if (m_question) {
        deliver(Failure(m_dialer->abandoned(code == ErrorCode::TimedOut ? ErrorCode::PasswordMissing : code)));
    } else if (m_dialer) {
        giveUp(m_dialer->abandoned(code == ErrorCode::TimedOut ? ErrorCode::ConnectTimedOut : code));
    } else if (m_run) {
        if (code == ErrorCode::TimedOut && m_run->hasAnswers())
            deliver(m_run->results(code));
        else
            deliver(Failure(endedError(code, m_task.statements.front().sql, m_task.spec.name, true)));
        m_run->cancel();
        m_leftover = std::move(m_run);
        m_leftoverUntil = Clock::now() + leftoverMost;
    } else {
        deliver(Failure(endedError(code, {}, m_task.spec.name, m_connection != nullptr)));
    }
}

void FanOutMember::giveUp(Error error)
{
    deliver(Failure(std::move(error)));
    m_dialer.reset();
    m_leftover.reset();
    m_run.reset();
    m_connection.reset();
}

void FanOutMember::deliver(Result<std::vector<Result<Rows>>> results)
{
    FanOutReply reply{std::move(results), 0, m_reconnected, 0, {}};
    if (reply.results && m_run)
        reply.roundTripMs = std::chrono::duration<double, std::milli>(Clock::now() - m_sentAt).count();
    if (m_connection) {
        reply.serverVersion = PQserverVersion(m_connection.get());
        reply.host = m_host;
    }
    m_reply = std::move(reply);
}

int FanOutMember::socket() const
{
    if (m_question)
        return -1;
    if (m_dialer)
        return m_dialer->socket();
    return m_connection ? PQsocket(m_connection.get()) : -1;
}

short FanOutMember::events() const
{
    if (m_dialer)
        return m_dialer->events();
    const Pipeline *active = m_leftover ? m_leftover.get() : m_run.get();
    return active ? active->events() : POLLIN;
}

Clock::time_point FanOutMember::wakeAt() const
{
    if (m_question)
        return m_deadline;
    if (m_dialer)
        return std::min(m_deadline, m_dialer->wakeAt());
    if (m_leftover)
        return std::min({m_deadline, m_leftoverUntil, Clock::now() + settleInterval});
    return m_connection ? lookAgainAt(m_connection.get(), m_deadline) : m_deadline;
}

} // namespace shardhelm::pg
