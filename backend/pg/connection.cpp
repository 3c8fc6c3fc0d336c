// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/connection.h"

#include "pg/dialer.h"
#include "pg/input.h"
#include "pg/session.h"

#include <libpq-fe.h>

namespace shardhelm::pg {

Connection::Connection() = default;
Connection::~Connection() = default;
Connection::Connection(Connection &&) noexcept = default;
Connection &Connection::operator=(Connection &&) noexcept = default;

Connection::Connection(std::unique_ptr<Session> session)
    : m_session(std::move(session))
{
}

Result<Connection> Connection::open(const ConnectSpec &spec, const Wait &wait)
{
    const auto waker = std::make_shared<Waker>();
    const StopWakes stopWakes(waker, wait.stopToken());
    HostLookups lookups(waker);
    Dialer dialer(spec, wait.deadline(), lookups);
    for (;;) {
        waker->clear();
        if (wait.stopRequested())
            return Failure(dialer.abandoned(ErrorCode::Cancelled));
        switch (dialer.advance()) {
        case Dialer::State::Connected:
            return Connection(std::make_unique<Session>(dialer.take(), spec.name, dialer.host()));
        case Dialer::State::Failed:
            return Failure(dialer.error());
        case Dialer::State::PasswordWanted:
            if (const auto password = spec.passwords->password(dialer.passwordRequest(), wait); password)
                dialer.givePassword(*password, wait.deadline());
            else
                dialer.refusePassword(password.error());
            break;
        case Dialer::State::Resolving:
        case Dialer::State::Connecting:
            sleepOn(dialer.socket(), dialer.events(), *waker, dialer.wakeAt());
            break;
        }
    }
}

Result<Rows> Connection::query(const QByteArray &sql, const Params &params, const Wait &wait)
{
    Session closed({}, {}, {});
    Session::Call call(m_session ? *m_session : closed, sql, wait);
    if (const auto refusal = call.refusal())
        return Failure(*refusal);
    if (const QString where = parameterWithNul(params); !where.isEmpty())
        return Failure(call.misfit(ErrorCode::ValueBad, where));
    if (!sendStatement(m_session->connection(), sql, params))
        return Failure(call.notSent());
    return call.finish();
}

Result<Rows> Connection::run(const QByteArray &script, const Wait &wait)
{
    Session closed({}, {}, {});
    Session::Call call(m_session ? *m_session : closed, script, wait);
    if (const auto refusal = call.refusal())
        return Failure(*refusal);
    if (!PQsendQuery(m_session->connection(), script.constData()))
        return Failure(call.notSent());
    return call.finish();
}

Result<std::vector<Rows>> Connection::batch(std::span<const Statement> statements, const Wait &wait)
{
    if (statements.empty())
        return std::vector<Rows>();
    Session closed({}, {}, {});
    Session::Call call(m_session ? *m_session : closed, statements.front().sql, wait);
    if (const auto refusal = call.refusal())
        return Failure(*refusal);
    for (const Statement &statement : statements) {
        if (statement.sql.contains('\0'))
            return Failure(call.misfit(ErrorCode::ValueBad, QStringLiteral("\\0")));
        if (const QString where = parameterWithNul(statement.params); !where.isEmpty())
            return Failure(call.misfit(ErrorCode::ValueBad, where));
    }
    pg_conn *connection = m_session->connection();
    bool sent = PQenterPipelineMode(connection) == 1;
    for (size_t index = 0; sent && index < statements.size(); ++index)
        sent = sendStatement(connection, statements[index].sql, statements[index].params) == 1;
    if (!sent || !PQpipelineSync(connection)) {
        Error error = call.notSent();
        m_session->close();
        error.db->connectionUsable = false;
        return Failure(error);
    }
    return call.finishPipeline(statements);
}

Result<std::vector<Notification>> Connection::notifications(const Wait &wait)
{
    Session closed({}, {}, {});
    Session::Call call(m_session ? *m_session : closed, {}, wait);
    if (!isOpen())
        return Failure(call.misfit(ErrorCode::ConnectionLost, {}));
    for (;;) {
        if (!consumeInput(m_session->connection()))
            return Failure(call.lost());
        std::vector<Notification> received;
        while (PGnotify *note = PQnotifies(m_session->connection())) {
            received.push_back({QString::fromUtf8(note->relname), QString::fromUtf8(note->extra), note->be_pid});
            PQfreemem(note);
        }
        if (!received.empty())
            return received;
        switch (call.sleep()) {
        case Session::Ended::Ready:
            break;
        case Session::Ended::Lost:
            return Failure(call.lost());
        case Session::Ended::TimedOut:
        case Session::Ended::Stopped:
            return received;
        }
    }
}

bool Connection::isOpen() const
{
    return m_session && m_session->isOpen();
}

bool Connection::inTransaction() const
{
    return m_session && m_session->inTransaction();
}

int Connection::backendPid() const
{
    return isOpen() ? PQbackendPID(m_session->connection()) : 0;
}

int Connection::serverVersion() const
{
    return isOpen() ? PQserverVersion(m_session->connection()) : 0;
}

QString Connection::name() const
{
    return m_session ? m_session->name() : QString();
}

QString Connection::host() const
{
    return m_session ? m_session->host() : QString();
}

bool Connection::usesTls() const
{
    return isOpen() && PQsslInUse(m_session->connection()) != 0;
}

void Connection::close()
{
    if (m_session)
        m_session->close();
}

QByteArray Connection::identifier(const QString &name)
{
    return '"' + name.toUtf8().replace("\"", "\"\"") + '"';
}

QByteArray Connection::literal(const QString &text)
{
    // As PQescapeLiteral: right whatever standard_conforming_strings says.
    QByteArray quoted = text.toUtf8().replace("'", "''");
    const bool escaped = quoted.contains('\\');
    if (escaped)
        quoted.replace("\\", "\\\\");
    return (escaped ? " E'" : "'") + quoted + '\'';
}

} // namespace shardhelm::pg
