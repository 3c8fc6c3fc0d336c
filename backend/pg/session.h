// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "pg/canceller.h"
#include "pg/connection.h"
#include "pg/handles.h"
#include "pg/waker.h"

namespace shardhelm::pg {

/// Sends the parameters of a statement; 0 when libpq refuses, as PQsendQueryParams does.
int sendStatement(pg_conn *connection, const QByteArray &sql, const Params &params);

/// The first parameter that holds a zero byte, as "$3"; empty when there is none. libpq takes text parameters as C
/// strings and would silently send what stands before the zero byte.
QString parameterWithNul(const Params &params);

/// The engine under Connection: waits on one non-blocking libpq connection with deadline and stop token.
class Session
{
public:
    Session(ConnectionHandle connection, QString name, QString host);

    /// How a wait ended.
    enum class Ended { Ready, TimedOut, Stopped, Lost };

    /// One call on the session: wakes it on a stop request, remembers its statement for errors, ends what runs.
    class Call
    {
    public:
        Call(Session &session, const QByteArray &sql, const Wait &wait);

        /// Before sending: refuses a closed connection, a wait that is over, a zero byte in the statement.
        [[nodiscard]] std::optional<Error> refusal() const;
        /// Takes the next result; nullptr between statements and at the end. Only valid after Ready.
        Ended next(ResultHandle &result);
        /// next(), and cancel() with another try when the wait is over. Nothing to go on with is an error.
        Result<void> take(ResultHandle &result);
        /// Whether the wait is over, without sleeping; Ready when it is not.
        [[nodiscard]] Ended over() const;
        /// Sleeps until the server says something (or, with output pending, takes some). Consumes the input.
        Ended sleep();
        /// Sleeps until everything is sent, reading meanwhile.
        Ended flush();
        /// After TimedOut or Stopped: asks the server to cancel and grants a second more.
        void cancel(Ended why);
        /// Whether cancel() was called.
        [[nodiscard]] bool cancelled() const { return m_canceller.has_value(); }
        /// Reads to the end of what runs, dropping all results; closes the connection when that cannot be had in time.
        void drain();
        /// After the last result: waits for the cancel request to settle, closes the connection when it does not.
        void settle();

        /// Reads all results of what was sent and returns the last; ends it on the server when the wait is over.
        Result<Rows> finish();
        /// The same for a pipeline of statements closed by one sync: the rows of each, or the first failure.
        Result<std::vector<Rows>> finishPipeline(std::span<const Statement> statements);

        /// Errors about this call's statement.
        [[nodiscard]] Error ended(Ended why) const;
        [[nodiscard]] Error refused(const ResultHandle &result) const;
        [[nodiscard]] Error notSent() const; ///< libpq would not even send it
        [[nodiscard]] Error misfit(ErrorCode code, const QString &found) const;
        [[nodiscard]] Error lost();

    private:
        Session &m_session;
        QByteArray m_sql;
        Wait m_wait;
        StopWakes m_stopWakes;
        Clock::time_point m_until;
        bool m_stoppable = true;
        ErrorCode m_why = ErrorCode::TimedOut;
        std::optional<Canceller> m_canceller;
    };

    [[nodiscard]] pg_conn *connection() const { return m_connection.get(); }
    [[nodiscard]] bool isOpen() const;
    /// Open and between statements.
    [[nodiscard]] bool isUsable() const;
    [[nodiscard]] bool inTransaction() const;
    /// In a transaction that can only be rolled back.
    [[nodiscard]] bool inFailedTransaction() const;
    [[nodiscard]] const QString &name() const { return m_name; }
    [[nodiscard]] const QString &host() const { return m_host; }
    void close() { m_connection.reset(); }

private:
    ConnectionHandle m_connection;
    QString m_name;
    QString m_host;
    std::shared_ptr<Waker> m_waker;
};

} // namespace shardhelm::pg
