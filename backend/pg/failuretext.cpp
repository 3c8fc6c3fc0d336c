// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/failuretext.h"

#include <QRegularExpression>
#include <QStringList>

namespace shardhelm::pg {

namespace {

struct StateCode
{
    const char *prefix; ///< of the SQLSTATE; the first that fits counts
    ErrorCode code;
};

// https://www.postgresql.org/docs/15/errcodes-appendix.html
constexpr StateCode connectStates[] = {
    {"28P01", ErrorCode::PasswordRejected},   {"28", ErrorCode::LoginRefused},
    {"3D000", ErrorCode::DatabaseMissing},    {"42501", ErrorCode::LoginRefused},
    {"53300", ErrorCode::TooManyConnections}, {"57P", ErrorCode::ServerNotReady},
    {"0A000", ErrorCode::ConnectFailed},      {"08", ErrorCode::ConnectFailed},
};

constexpr StateCode statementStates[] = {
    {"08", ErrorCode::ConnectionLost},    {"57P01", ErrorCode::ConnectionLost}, {"57P02", ErrorCode::ConnectionLost},
    {"57P03", ErrorCode::ServerNotReady}, {"57P05", ErrorCode::ConnectionLost}, {"25P03", ErrorCode::ConnectionLost},
    {"42501", ErrorCode::NotPermitted},   {"25006", ErrorCode::ReadOnlyServer}, {"55P03", ErrorCode::StatementFailed},
    {"57014", ErrorCode::Cancelled},
};

struct TextCode
{
    const char *fragment;
    ErrorCode code;
};

// libpq's own complaints and the system's, in English; the first that fits counts.
constexpr TextCode connectTexts[] = {
    {"session is read-only", ErrorCode::NoSuitableHost},
    {"session is not read-only", ErrorCode::NoSuitableHost},
    {"server is in hot standby mode", ErrorCode::NoSuitableHost},
    {"server is not in hot standby mode", ErrorCode::NoSuitableHost},
    {"expected authentication request", ErrorCode::ConnectFailed},
    {"no password supplied", ErrorCode::PasswordMissing},
    {"could not translate host name", ErrorCode::HostUnknown},
    {"could not parse network address", ErrorCode::HostUnknown},
    {"Unix-domain socket path", ErrorCode::ConninfoBad},
    {"invalid port number", ErrorCode::ConninfoBad},
    {"invalid integer value", ErrorCode::ConninfoBad},
    {"could not match", ErrorCode::ConninfoBad},
    {"invalid connection option", ErrorCode::ConninfoBad},
    {"definition of service", ErrorCode::ConninfoBad},
    {"service file", ErrorCode::ConninfoBad},
    {"root certificate file", ErrorCode::TlsFailed},
    {"certificate", ErrorCode::TlsFailed},
    {"private key file", ErrorCode::TlsFailed},
    {"SSL", ErrorCode::TlsFailed},
    {"GSSAPI", ErrorCode::LoginRefused},
    {"authentication", ErrorCode::LoginRefused},
    {"invalid sslmode value", ErrorCode::ConninfoBad},
    {"sslmode value", ErrorCode::ConninfoBad},
    {" value: \"", ErrorCode::ConninfoBad},
    {"Connection refused", ErrorCode::ConnectionRefused},
    {"No such file or directory", ErrorCode::ConnectionRefused},
    {"timeout expired", ErrorCode::ConnectTimedOut},
    {"Connection timed out", ErrorCode::ConnectTimedOut},
    {"server closed the connection unexpectedly", ErrorCode::ConnectionLost},
    {"Connection reset by peer", ErrorCode::ConnectionLost},
    {"Broken pipe", ErrorCode::ConnectionLost},
};

template <size_t size>
ErrorCode codeOf(const StateCode (&table)[size], const QString &sqlstate, ErrorCode otherwise)
{
    for (const StateCode &row : table) {
        if (sqlstate.startsWith(QLatin1StringView(row.prefix)))
            return row.code;
    }
    return otherwise;
}

/// "HINT:  text" -> "text"; the labels are libpq's and thus English here.
QString labelled(const QStringList &lines, QLatin1StringView label)
{
    for (const QString &line : lines) {
        if (line.startsWith(label))
            return line.sliced(label.size()).trimmed();
    }
    return {};
}

} // namespace

ErrorCode connectCode(const QString &sqlstate)
{
    return codeOf(connectStates, sqlstate, ErrorCode::ConnectFailed);
}

ErrorCode statementCode(const QString &sqlstate, const QString &message)
{
    const ErrorCode code = codeOf(statementStates, sqlstate, ErrorCode::StatementFailed);
    if (code == ErrorCode::Cancelled && message.contains(QStringLiteral("timeout")))
        return ErrorCode::TimedOut;
    return code;
}

ConnectText readConnectText(const QString &text)
{
    // connection to server at "h", port 5432 failed: FATAL:  28P01: password authentication failed for user "u"
    static const QRegularExpression answered(QStringLiteral(":  (?<state>[0-9A-Z]{5}): (?<message>[^\\n]*)"));
    static const QRegularExpression preamble(
        QStringLiteral("^connection to server (?:at|on socket) \"[^\"]*\"(?: \\([^)]*\\))?(?:, port \\d+)? failed: "));
    ConnectText read;
    const QStringList lines = text.trimmed().split(QLatin1Char('\n'));
    // With several attempts (sslmode=prefer: TLS, then plain) the last one decides, save that a password that was
    // refused over TLS says more than "no pg_hba.conf entry" for the plain attempt that follows.
    auto matches = answered.globalMatch(text);
    while (matches.hasNext() && read.sqlstate != QStringLiteral("28P01")) {
        const auto match = matches.next();
        read.sqlstate = match.captured(QStringLiteral("state"));
        read.message = match.captured(QStringLiteral("message"));
    }
    if (!read.sqlstate.isEmpty()) {
        read.code = connectCode(read.sqlstate);
        read.detail = labelled(lines, QLatin1StringView("DETAIL:"));
        read.hint = labelled(lines, QLatin1StringView("HINT:"));
        return read;
    }
    read.message = lines.first();
    read.message.remove(preamble);
    if (lines.size() > 1)
        read.detail = lines.sliced(1).join(QLatin1Char(' ')).simplified();
    for (const TextCode &row : connectTexts) {
        if (text.contains(QLatin1StringView(row.fragment))) {
            read.code = row.code;
            break;
        }
    }
    return read;
}

} // namespace shardhelm::pg
