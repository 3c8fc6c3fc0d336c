// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <QByteArray>
#include <QString>

struct pg_conn;
struct pg_result;

namespace shardhelm::pg {

/// A statement as it may be shown: redacted, at most 500 characters.
QString shownStatement(const QByteArray &sql);

/// A server's text as it may be shown: redacted, and cut where it is absurdly long.
QString shownText(const QString &text);

/// The error of a statement that the server refused. `name` is the instance.
Error statementError(const pg_result *result, const QByteArray &sql, const QString &name, bool connectionUsable);

/// The error of a connection that broke while the statement ran: ConnectionLost, with the server's parting words.
Error lostError(const pg_conn *connection, const QByteArray &sql, const QString &name);

/// TimedOut or Cancelled, decided on our side.
Error endedError(ErrorCode code, const QByteArray &sql, const QString &name, bool connectionUsable);

/// AnswerUnexpected, or another code for a call that could not be sent; `found` is what was there instead.
Error misfitError(ErrorCode code, const QString &found, const QByteArray &sql, const QString &name,
                  bool connectionUsable);

} // namespace shardhelm::pg
