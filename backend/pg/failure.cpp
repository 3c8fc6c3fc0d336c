// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/failure.h"

#include "pg/conninfo.h"
#include "pg/failuretext.h"

#include <libpq-fe.h>

namespace shardhelm::pg {

namespace {

constexpr qsizetype shownStatementMost = 500;
constexpr qsizetype shownTextMost = 8000;

Error makeError(ErrorCode code, const QString &name, const QByteArray &sql, bool connectionUsable)
{
    Error error{code, name, {}, {}, 0, DbError{}};
    error.db->query = shownStatement(sql);
    error.db->connectionUsable = connectionUsable;
    error.db->timedOut = code == ErrorCode::TimedOut;
    error.db->cancelled = code == ErrorCode::Cancelled;
    return error;
}

} // namespace

QString shownStatement(const QByteArray &sql)
{
    // Cut before and after: a statement can be megabytes long, and redaction can make it longer. A secret that the
    // first cut leaves without its closing quote is hidden to the end.
    return redacted(QString::fromUtf8(sql.left(4 * shownStatementMost)).left(2 * shownStatementMost))
        .left(shownStatementMost);
}

QString shownText(const QString &text)
{
    return redacted(text.left(shownTextMost));
}

Error statementError(const pg_result *result, const QByteArray &sql, const QString &name, bool connectionUsable)
{
    const auto field = [&](int code) { return QString::fromUtf8(PQresultErrorField(result, code)); };
    const QString sqlstate = field(PG_DIAG_SQLSTATE);
    const QString primary = field(PG_DIAG_MESSAGE_PRIMARY);
    Error error = makeError(statementCode(sqlstate, primary), name, sql, connectionUsable);
    error.db->sqlstate = sqlstate;
    // A result that libpq made itself has no fields.
    error.db->message =
        shownText(primary.isEmpty() ? QString::fromUtf8(PQresultErrorMessage(result)).trimmed() : primary);
    error.db->detail = shownText(field(PG_DIAG_MESSAGE_DETAIL));
    error.db->hint = shownText(field(PG_DIAG_MESSAGE_HINT));
    error.db->position = field(PG_DIAG_STATEMENT_POSITION).toInt();
    return error;
}

Error lostError(const pg_conn *connection, const QByteArray &sql, const QString &name)
{
    Error error = makeError(ErrorCode::ConnectionLost, name, sql, false);
    const QString text = QString::fromUtf8(PQerrorMessage(connection)).trimmed();
    error.db->message = shownText(text.section(QLatin1Char('\n'), 0, 0));
    error.db->detail = shownText(text.section(QLatin1Char('\n'), 1).simplified());
    return error;
}

Error endedError(ErrorCode code, const QByteArray &sql, const QString &name, bool connectionUsable)
{
    return makeError(code, name, sql, connectionUsable);
}

Error misfitError(ErrorCode code, const QString &found, const QByteArray &sql, const QString &name,
                  bool connectionUsable)
{
    Error error = makeError(code, name, sql, connectionUsable);
    error.found = shownText(found);
    error.db->message = error.found;
    return error;
}

} // namespace shardhelm::pg
