// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <QString>

namespace shardhelm::pg {

/// What libpq's text about a failed connection says. libpq gives no SQLSTATE and no errno for one; with verbose errors
/// the server's SQLSTATE is in the text, everything else is known by its English wording (see PlainMessages).
struct ConnectText
{
    ErrorCode code = ErrorCode::ConnectFailed;
    QString sqlstate; ///< when the server answered
    QString message; ///< the server's primary message, or libpq's first line; not redacted
    QString detail;
    QString hint;
};

/// Reads PQerrorMessage() of a failed connection made with PQERRORS_VERBOSE.
ConnectText readConnectText(const QString &text);

/// The code for an SQLSTATE met while connecting.
ErrorCode connectCode(const QString &sqlstate);

/// The code for an SQLSTATE met by a statement; `message` tells a timeout from a cancel, which share 57014.
ErrorCode statementCode(const QString &sqlstate, const QString &message);

} // namespace shardhelm::pg
