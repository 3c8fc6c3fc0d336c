// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/session.h"

#include "pg/failure.h"
#include "pg/input.h"

#include <libpq-fe.h>
#include <poll.h>

namespace shardhelm::pg {

namespace {

/// How long a server may take to confirm that it cancelled a statement.
constexpr Milliseconds cancelGrace(1000);

} // namespace

int sendStatement(pg_conn *connection, const QByteArray &sql, const Params &params)
{
    std::vector<const char *> values;
    values.reserve(params.values().size());
    for (const auto &value : params.values())
        values.push_back(value ? value->constData() : nullptr);
    return PQsendQueryParams(connection, sql.constData(), static_cast<int>(values.size()), nullptr, values.data(),
                             nullptr, nullptr, 0);
}

QString parameterWithNul(const Params &params)
{
    int number = 0;
    for (const auto &value : params.values()) {
        ++number;
        if (value && value->contains('\0'))
            return QLatin1Char('$') + QString::number(number);
    }
    return {};
}

Session::Session(ConnectionHandle connection, QString name, QString host)
    : m_connection(std::move(connection))
    , m_name(std::move(name))
    , m_host(std::move(host))
    , m_waker(std::make_shared<Waker>())
{
}

bool Session::isOpen() const
{
    return m_connection && PQstatus(m_connection.get()) == CONNECTION_OK;
}

bool Session::isUsable() const
{
    if (!isOpen())
        return false;
    const PGTransactionStatusType status = PQtransactionStatus(m_connection.get());
    return status != PQTRANS_ACTIVE && status != PQTRANS_UNKNOWN;
}

bool Session::inTransaction() const
{
    return isOpen() && PQtransactionStatus(m_connection.get()) != PQTRANS_IDLE;
}

bool Session::inFailedTransaction() const
{
    return isOpen() && PQtransactionStatus(m_connection.get()) == PQTRANS_INERROR;
}

Session::Call::Call(Session &session, const QByteArray &sql, const Wait &wait)
    : m_session(session)
    , m_sql(sql)
    , m_wait(wait)
    , m_stopWakes(session.m_waker, wait.stopToken())
    , m_until(wait.deadline())
{
    session.m_waker->clear();
}

std::optional<Error> Session::Call::refusal() const
{
    if (!m_session.isOpen())
        return misfitError(ErrorCode::ConnectionLost, {}, m_sql, m_session.name(), false);
    if (m_wait.stopRequested())
        return endedError(ErrorCode::Cancelled, m_sql, m_session.name(), m_session.isUsable());
    if (m_wait.expired())
        return endedError(ErrorCode::TimedOut, m_sql, m_session.name(), m_session.isUsable());
    if (m_sql.contains('\0'))
        return misfitError(ErrorCode::ValueBad, QStringLiteral("\\0"), m_sql, m_session.name(), true);
    return std::nullopt;
}

Session::Ended Session::Call::over() const
{
    if (m_stoppable && m_wait.stopRequested())
        return Ended::Stopped;
    return Clock::now() >= m_until ? Ended::TimedOut : Ended::Ready;
}

Session::Ended Session::Call::sleep()
{
    pg_conn *connection = m_session.connection();
    for (;;) {
        // Asked here and not only when the waker rings: a request made before this call began has rung already.
        if (m_stoppable && m_wait.stopRequested())
            return Ended::Stopped;
        const int pending = PQflush(connection);
        if (pending < 0)
            return Ended::Lost;
        const auto events = static_cast<short>(pending > 0 ? POLLIN | POLLOUT : POLLIN);
        switch (sleepOn(PQsocket(connection), events, *m_session.m_waker, lookAgainAt(connection, m_until))) {
        case Woken::TimedOut:
            if (Clock::now() >= m_until)
                return Ended::TimedOut;
            [[fallthrough]];
        case Woken::Ready:
            return consumeInput(connection) ? Ended::Ready : Ended::Lost;
        case Woken::Waker:
            m_session.m_waker->clear();
            break;
        }
    }
}

Session::Ended Session::Call::next(ResultHandle &result)
{
    while (PQisBusy(m_session.connection())) {
        const Ended ended = sleep();
        // After the loss libpq still holds the server's parting words, if any came.
        if (ended != Ended::Ready && !(ended == Ended::Lost && !PQisBusy(m_session.connection())))
            return ended;
    }
    result.reset(PQgetResult(m_session.connection()));
    return Ended::Ready;
}

Session::Ended Session::Call::flush()
{
    for (;;) {
        const int pending = PQflush(m_session.connection());
        if (pending == 0)
            return Ended::Ready;
        if (pending < 0)
            return Ended::Lost;
        if (const Ended ended = sleep(); ended != Ended::Ready)
            return ended;
    }
}

void Session::Call::cancel(Ended why)
{
    m_why = why == Ended::Stopped ? ErrorCode::Cancelled : ErrorCode::TimedOut;
    m_stoppable = false;
    m_until = Clock::now() + cancelGrace;
    m_canceller.emplace(m_session.connection());
}

void Session::Call::drain()
{
    pg_conn *connection = m_session.connection();
    while (m_session.isOpen() && !m_session.isUsable()) {
        ResultHandle result;
        if (next(result) != Ended::Ready) {
            m_session.close();
            return;
        }
        const ExecStatusType status = result ? PQresultStatus(result.get()) : PGRES_EMPTY_QUERY;
        if (status == PGRES_COPY_IN || status == PGRES_COPY_BOTH) {
            PQputCopyEnd(connection, "not expected");
        } else if (status == PGRES_COPY_OUT) {
            char *row = nullptr;
            int length = 0;
            while ((length = PQgetCopyData(connection, &row, 1)) >= 0) {
                PQfreemem(row);
                if (length == 0 && sleep() != Ended::Ready) {
                    m_session.close();
                    return;
                }
            }
        } else if (!result && m_session.isOpen() && !m_session.isUsable()
                   && PQpipelineStatus(connection) == PQ_PIPELINE_OFF) {
            m_session.close();
            return;
        }
    }
    settle();
}

Result<void> Session::Call::take(ResultHandle &result)
{
    Ended ended = next(result);
    if ((ended == Ended::TimedOut || ended == Ended::Stopped) && !cancelled()) {
        cancel(ended);
        ended = next(result);
    }
    if (ended == Ended::Ready)
        return {};
    if (ended == Ended::Lost)
        return Failure(lost());
    m_session.close();
    return Failure(this->ended(ended));
}

Result<Rows> Session::Call::finish()
{
    ResultHandle last;
    ResultHandle failed;
    for (;;) {
        ResultHandle result;
        if (const auto taken = take(result); !taken)
            return Failure(taken.error());
        if (!result)
            break;
        switch (PQresultStatus(result.get())) {
        case PGRES_COPY_IN:
        case PGRES_COPY_OUT:
        case PGRES_COPY_BOTH:
            drain();
            return Failure(misfit(ErrorCode::AnswerUnexpected, QStringLiteral("COPY")));
        case PGRES_FATAL_ERROR:
        case PGRES_BAD_RESPONSE:
            // The first failure is the reason; a lost connection may add a second one.
            if (!failed)
                failed = std::move(result);
            break;
        default:
            last = std::move(result);
        }
    }
    settle();
    if (failed)
        return Failure(refused(failed));
    return Rows(last.release());
}

Result<std::vector<Rows>> Session::Call::finishPipeline(std::span<const Statement> statements)
{
    std::vector<Rows> answers;
    ResultHandle failed;
    QByteArray failedSql;
    size_t index = 0;
    for (;;) {
        if (index < statements.size())
            m_sql = statements[index].sql;
        ResultHandle result;
        if (const auto taken = take(result); !taken)
            return Failure(taken.error());
        if (!result) {
            if (!m_session.isOpen())
                break;
            ++index;
            continue;
        }
        const ExecStatusType status = PQresultStatus(result.get());
        if (status == PGRES_PIPELINE_SYNC)
            break;
        if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY) {
            answers.emplace_back(result.release());
        } else if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH) {
            // libpq has no COPY inside a pipeline and no way out of one.
            m_session.close();
            return Failure(misfit(ErrorCode::AnswerUnexpected, QStringLiteral("COPY")));
        } else if (!failed && status != PGRES_PIPELINE_ABORTED) {
            failed = std::move(result);
            failedSql = m_sql;
        }
    }
    if (m_session.isOpen())
        PQexitPipelineMode(m_session.connection());
    settle();
    if (failed) {
        m_sql = failedSql;
        return Failure(refused(failed));
    }
    if (!m_session.isOpen())
        return Failure(lost());
    return answers;
}

void Session::Call::settle()
{
    if (m_canceller && m_session.isOpen() && !m_canceller->settled(m_until))
        m_session.close();
}

Error Session::Call::ended(Ended why) const
{
    const ErrorCode code = m_canceller ? m_why : why == Ended::Stopped ? ErrorCode::Cancelled : ErrorCode::TimedOut;
    return endedError(code, m_sql, m_session.name(), m_session.isUsable());
}

Error Session::Call::refused(const ResultHandle &result) const
{
    Error error = statementError(result.get(), m_sql, m_session.name(), m_session.isUsable());
    if (!m_session.isOpen() && error.code == ErrorCode::StatementFailed)
        error.code = ErrorCode::ConnectionLost;
    // 57014 may be the answer to our own request; then our reason is the reason.
    if (m_canceller && error.db->sqlstate == QStringLiteral("57014")) {
        error.code = m_why;
        error.db->timedOut = m_why == ErrorCode::TimedOut;
        error.db->cancelled = m_why == ErrorCode::Cancelled;
    }
    return error;
}

Error Session::Call::notSent() const
{
    const QString reason = QString::fromUtf8(PQerrorMessage(m_session.connection())).trimmed();
    return misfit(m_session.isOpen() ? ErrorCode::StatementFailed : ErrorCode::ConnectionLost, reason);
}

Error Session::Call::misfit(ErrorCode code, const QString &found) const
{
    return misfitError(code, found, m_sql, m_session.name(), m_session.isUsable());
}

Error Session::Call::lost()
{
    Error error = m_session.connection() ? lostError(m_session.connection(), m_sql, m_session.name())
                                         : endedError(ErrorCode::ConnectionLost, m_sql, m_session.name(), false);
    m_session.close();
    return error;
}

} // namespace shardhelm::pg
