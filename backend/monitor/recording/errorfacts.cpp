// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/recording/errorfacts.h"

#include <QCborArray>

#include <algorithm>
#include <array>

namespace shardhelm::monitor::recording {

namespace {

using namespace Qt::Literals;

struct Name
{
    ErrorCode code;
    QLatin1StringView name;
};

/// Names are part of the format: a code that is renamed keeps its name here.
constexpr std::array names{
    Name{ErrorCode::Internal, "internal"_L1},
    Name{ErrorCode::ConninfoBad, "conninfo_bad"_L1},
    Name{ErrorCode::HostUnknown, "host_unknown"_L1},
    Name{ErrorCode::ConnectionRefused, "connection_refused"_L1},
    Name{ErrorCode::ConnectTimedOut, "connect_timed_out"_L1},
    Name{ErrorCode::ConnectionLost, "connection_lost"_L1},
    Name{ErrorCode::ConnectFailed, "connect_failed"_L1},
    Name{ErrorCode::PasswordMissing, "password_missing"_L1},
    Name{ErrorCode::PasswordRejected, "password_rejected"_L1},
    Name{ErrorCode::LoginRefused, "login_refused"_L1},
    Name{ErrorCode::TlsFailed, "tls_failed"_L1},
    Name{ErrorCode::DatabaseMissing, "database_missing"_L1},
    Name{ErrorCode::TooManyConnections, "too_many_connections"_L1},
    Name{ErrorCode::ServerNotReady, "server_not_ready"_L1},
    Name{ErrorCode::NoSuitableHost, "no_suitable_host"_L1},
    Name{ErrorCode::ServerTooOld, "server_too_old"_L1},
    Name{ErrorCode::ReplicationStopped, "replication_stopped"_L1},
    Name{ErrorCode::RoleUnexpected, "role_unexpected"_L1},
    Name{ErrorCode::StatementFailed, "statement_failed"_L1},
    Name{ErrorCode::TimedOut, "timed_out"_L1},
    Name{ErrorCode::Cancelled, "cancelled"_L1},
    Name{ErrorCode::NotPermitted, "not_permitted"_L1},
    Name{ErrorCode::ReadOnlyServer, "read_only_server"_L1},
    Name{ErrorCode::AnswerUnexpected, "answer_unexpected"_L1},
    Name{ErrorCode::ProgramMissing, "program_missing"_L1},
    Name{ErrorCode::ProgramFailed, "program_failed"_L1},
    Name{ErrorCode::DirectoryMissing, "directory_missing"_L1},
    Name{ErrorCode::DirectoryTooOld, "directory_too_old"_L1},
    Name{ErrorCode::DirectoryTooNew, "directory_too_new"_L1},
    Name{ErrorCode::DirectoryInconsistent, "directory_inconsistent"_L1},
};

} // namespace

QCborMap errorFact(const Error &error)
{
    const auto found = std::ranges::find(names, error.code, &Name::code);
    QCborMap fact{{u"code"_s, QString(found == names.end() ? names.front().name : found->name)}};
    const auto put = [&fact](const QString &key, const QString &text) {
        if (!text.isEmpty())
            fact.insert(key, text);
    };
    put(u"subject"_s, error.subject);
    put(u"found"_s, error.found);
    if (!error.expected.isEmpty())
        fact.insert(u"expected"_s, QCborArray::fromStringList(error.expected));
    if (error.db) {
        // What the server said; the statement is ours and says nothing.
        put(u"sqlstate"_s, error.db->sqlstate);
        put(u"message"_s, error.db->message);
        put(u"detail"_s, error.db->detail);
        put(u"hint"_s, error.db->hint);
        fact.insert(u"timed_out"_s, error.db->timedOut);
    }
    return fact;
}

Error errorOf(const QCborMap &fact)
{
    Error error;
    const QString name = fact.value("code"_L1).toString();
    const auto found = std::ranges::find_if(names, [&](const Name &candidate) { return candidate.name == name; });
    if (found != names.end())
        error.code = found->code;
    error.subject = fact.value("subject"_L1).toString();
    error.found = fact.value("found"_L1).toString();
    const QCborArray expected = fact.value("expected"_L1).toArray();
    for (const QCborValue &value : expected)
        error.expected << value.toString();
    if (fact.contains("timed_out"_L1)) {
        DbError db;
        db.sqlstate = fact.value("sqlstate"_L1).toString();
        db.message = fact.value("message"_L1).toString();
        db.detail = fact.value("detail"_L1).toString();
        db.hint = fact.value("hint"_L1).toString();
        db.timedOut = fact.value("timed_out"_L1).toBool();
        error.db = db;
    }
    return error;
}

} // namespace shardhelm::monitor::recording
