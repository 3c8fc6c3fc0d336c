// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/pipeline.h"

#include "pg/failure.h"
#include "pg/input.h"
#include "pg/session.h"

#include <libpq-fe.h>
#include <poll.h>

namespace shardhelm::pg {

namespace {

/// What only a connection says that is not the one on which the statement was prepared: it does not know it, or knows
/// another one by that name.
bool saysLost(const QString &sqlstate)
{
    return sqlstate == u"26000" || sqlstate == u"42P05";
}

/// The plan does not fit the tables any more.
bool saysOutdated(const QString &sqlstate)
{
    return sqlstate == u"0A000";
}

} // namespace

Pipeline::Pipeline(pg_conn *connection, std::vector<Statement> statements, QString name, PreparedStatements *prepared)
    : m_connection(connection)
    , m_statements(std::move(statements))
    , m_name(std::move(name))
    , m_prepared(prepared)
    , m_results(m_statements.size())
{
}

void Pipeline::send()
{
    m_begun = true;
    bool sent = PQenterPipelineMode(m_connection) == 1;
    for (size_t index = 0; sent && index < m_statements.size(); ++index) {
        const Statement &statement = m_statements[index];
        QString unfit = parameterWithNul(statement.params);
        if (statement.sql.contains('\0'))
            unfit = QStringLiteral("\\0");
        if (unfit.isEmpty()) {
            sent = sendOne(statement) && PQpipelineSync(m_connection) == 1;
            m_sent.push_back(index);
        } else {
            m_results[index] = Failure(misfitError(ErrorCode::ValueBad, unfit, statement.sql, m_name, true));
        }
    }
    if (!sent)
        m_error = lostError(m_connection, m_sent.empty() ? QByteArray() : m_statements[m_sent.back()].sql, m_name);
}

bool Pipeline::sendOne(const Statement &statement)
{
    if (!m_prepared || !statement.params.values().empty())
        return sendStatement(m_connection, statement.sql, statement.params) == 1;
    QByteArray name = m_prepared->name(statement.sql);
    if (name.isEmpty())
        name = m_preparing.value(statement.sql);
    if (name.isEmpty()) {
        name = m_prepared->freshName();
        m_preparing.insert(statement.sql, name);
        if (PQsendPrepare(m_connection, name.constData(), statement.sql.constData(), 0, nullptr) != 1)
            return false;
    }
    return PQsendQueryPrepared(m_connection, name.constData(), 0, nullptr, nullptr, nullptr, 0) == 1;
}

/// The first answer after a statement was prepared says whether that went well.
void Pipeline::notePrepared(const Result<Rows> &answer, const QByteArray &sql)
{
    if (!m_prepared)
        return;
    const QByteArray name = m_preparing.take(sql);
    if (!name.isEmpty() && answer)
        m_prepared->add(sql, name);
    if (answer)
        return;
    m_lostPrepared = m_lostPrepared || saysLost(answer.error().sqlstate());
    if (saysOutdated(answer.error().sqlstate()))
        m_prepared->remove(sql);
}

Pipeline::Progress Pipeline::step()
{
    if (!m_begun)
        send();
    if (m_error.db)
        return Progress::Failed;
    const int pending = PQflush(m_connection);
    m_events = static_cast<short>(pending > 0 ? POLLIN | POLLOUT : POLLIN);
    const bool alive = pending >= 0 && consumeInput(m_connection);
    while (m_open < m_sent.size() && !PQisBusy(m_connection)) {
        const Progress progress = take(ResultHandle(PQgetResult(m_connection)));
        if (progress == Progress::Failed)
            return progress;
    }
    if (m_open == m_sent.size())
        return PQexitPipelineMode(m_connection) ? Progress::Done : fail(lostError(m_connection, {}, m_name));
    return alive ? Progress::Waiting : fail(lostError(m_connection, m_statements[m_sent[m_open]].sql, m_name));
}

Pipeline::Progress Pipeline::take(ResultHandle result)
{
    const size_t index = m_sent[m_open];
    const QByteArray &sql = m_statements[index].sql;
    auto &answer = m_results[index];
    if (!result) // between the results of a statement and its sync
        return PQstatus(m_connection) == CONNECTION_OK ? Progress::Waiting : fail(lostError(m_connection, sql, m_name));
    switch (PQresultStatus(result.get())) {
    case PGRES_PIPELINE_SYNC:
        ++m_open;
        break;
    case PGRES_TUPLES_OK:
    case PGRES_COMMAND_OK:
    case PGRES_EMPTY_QUERY:
        answer = Rows(result.release());
        notePrepared(*answer, sql);
        break;
    case PGRES_PIPELINE_ABORTED: // could not be prepared: the reason came before
        break;
    case PGRES_COPY_IN:
    case PGRES_COPY_OUT:
    case PGRES_COPY_BOTH:
        // libpq has no COPY inside a pipeline and no way out of one.
        return fail(misfitError(ErrorCode::AnswerUnexpected, QStringLiteral("COPY"), sql, m_name, false));
    default: {
        Error error = statementError(result.get(), sql, m_name, true);
        // The server's last words, or libpq's when there were none.
        if (error.code == ErrorCode::ConnectionLost || error.sqlstate().isEmpty()) {
            error.code = ErrorCode::ConnectionLost;
            error.db->connectionUsable = false;
            return fail(std::move(error));
        }
        answer = Failure(std::move(error));
        notePrepared(*answer, sql);
    }
    }
    return Progress::Waiting;
}

Pipeline::Progress Pipeline::fail(Error error)
{
    m_error = std::move(error);
    return Progress::Failed;
}

std::vector<Result<Rows>> Pipeline::results(ErrorCode missing) const
{
    std::vector<Result<Rows>> all;
    for (size_t index = 0; index < m_results.size(); ++index) {
        if (m_results[index])
            all.push_back(*m_results[index]);
        else
            all.emplace_back(Failure(endedError(missing, m_statements[index].sql, m_name, false)));
    }
    return all;
}

void Pipeline::cancel()
{
    if (!m_canceller)
        m_canceller.emplace(m_connection);
}

} // namespace shardhelm::pg
