// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/detail/settings.h"

#include <QCborMap>

#include <vector>

/// What a server runs and how it is set up, as facts.
namespace shardhelm::sql {
class Parser;
}

namespace shardhelm::monitor::recording {

/// One of the statements that have taken the most time on a server.
struct RecordedStatement
{
    QString id; ///< the server's; means the same only there
    QString query; ///< literals redacted
    qint64 calls = 0; ///< since the statistics were reset
    double totalMs = 0;
    double longestMs = 0;

    bool operator==(const RecordedStatement &) const = default;
};

QString statementsKind();
/// What to ask for a fact about statements, one statement.
std::vector<pg::Statement> statementQuestions();
QCborMap statementsFact(const pg::Rows &rows, sql::Parser &parser);
std::vector<RecordedStatement> statementsOf(const QCborMap &fact);

/// What ran between two such facts of a server, by the time it took: the differences of both.
std::vector<RecordedStatement> statementsBetween(const std::vector<RecordedStatement> &before,
                                                 const std::vector<RecordedStatement> &after);

QString settingsKind();
/// The settings that differ from the built-in values; what names the server itself and what could be a secret is left
/// out.
QCborMap settingsFact(const std::vector<detail::Setting> &settings);
std::vector<detail::Setting> settingsOf(const QCborMap &fact);

} // namespace shardhelm::monitor::recording
