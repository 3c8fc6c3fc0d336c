// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/pipeline.h"

#include "pg/failure.h"
#include "pg/input.h"
#include "pg/session.h"

#include <libpq-fe.h>
#include <poll.h>

namespace shardhelm::pg {

Pipeline::Pipeline(pg_conn *connection, std::vector<Statement> statements, QString name)
    : m_connection(connection)
    , m_statements(std::move(statements))
    , m_name(std::move(name))
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
            sent =
                sendStatement(m_connection, statement.sql, statement.params) == 1 && PQpipelineSync(m_connection) == 1;
            m_sent.push_back(index);
        } else {
            m_results[index] = Failure(misfitError(ErrorCode::ValueBad, unfit, statement.sql, m_name, true));
        }
    }
    if (!sent)
        m_error = lostError(m_connection, m_sent.empty() ? QByteArray() : m_statements[m_sent.back()].sql, m_name);
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
