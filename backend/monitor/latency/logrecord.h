// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace shardhelm::monitor::latency {

/// The fields of one log message that matter here; texts are cut to a few hundred characters, absent ones empty.
struct LogRecord
{
    qint64 pid = 0;
    QString tag; ///< command tag of the session ("SELECT", "PARSE")
    QString application;
    QString backendType;
    QString message;
    QString at{}; ///< the server's time stamp as it is written
    QString database{};
    QString severity{}; ///< "ERROR", in the server's language
    QString sqlState{}; ///< "00000" for what is no error
};

/// Whether the message reports an error: by its SQLSTATE, else by its severity in English. In a text log of another
/// language with SQLSTATEs in its prefix the lines that belong to an error count, too. Pure.
bool isError(const LogRecord &record);

/// One duration message. Statements are timed as a whole in the simple protocol and in three messages (parse, bind,
/// execute) in the extended one.
struct LoggedDuration
{
    enum class Kind { Statement, Parse, Bind, Execute, Plan };
    Kind kind = Kind::Statement; ///< Plan: written by auto_explain, spans execution only
    double ms = 0;
    qint64 pid = 0;

    bool operator==(const LoggedDuration &) const = default;
};

/// The duration that a log message reports, in any language of the server: a short text, a colon, a number with three
/// decimals, a unit. Nothing for other messages, transaction control, and the console's own sessions. Pure.
std::optional<LoggedDuration> loggedDuration(const LogRecord &record);

} // namespace shardhelm::monitor::latency
