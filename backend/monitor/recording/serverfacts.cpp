// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/recording/serverfacts.h"

#include "core/sqltext.h"
#include "pg/conninfo.h"
#include "sql/parser.h"

#include <QCborArray>
#include <QHash>

#include <algorithm>

namespace shardhelm::monitor::recording {

namespace {

using namespace Qt::Literals;

constexpr int version = 1;
constexpr qsizetype longestQuery = 1000;

/// Settings that hold a command or an address, in which people put secrets.
bool mayBeSecret(const QString &name)
{
    return name.endsWith("_command"_L1) || name == "primary_conninfo"_L1 || name.contains("passphrase"_L1)
        || name.contains("password"_L1) || name.contains(u'.');
}

} // namespace

QString statementsKind()
{
    return u"statements"_s;
}

std::vector<pg::Statement> statementQuestions()
{
    return {{sqlText("monitor/recorded_statements"), {}}};
}

QCborMap statementsFact(const pg::Rows &rows, sql::Parser &parser)
{
    QCborArray statements;
    for (int row = 0; row < rows.count(); ++row) {
        const auto number = [&](const char *name) { return rows.optionalNumber(row, rows.column(name)).value_or(0); };
        statements.append(QCborArray{
            rows.text(row, rows.column("id")), parser.redacted(rows.text(row, rows.column("query"))).left(longestQuery),
            rows.integer(row, rows.column("calls")), number("total_ms"), number("longest_ms")});
    }
    return {{u"v"_s, version}, {u"statements"_s, statements}};
}

std::vector<RecordedStatement> statementsOf(const QCborMap &fact)
{
    std::vector<RecordedStatement> statements;
    if (fact.value("v"_L1).toInteger() != version)
        return statements;
    const QCborArray array = fact.value("statements"_L1).toArray();
    for (const QCborValue &value : array) {
        const QCborArray row = value.toArray();
        statements.push_back({row.at(0).toString(), row.at(1).toString(), row.at(2).toInteger(), row.at(3).toDouble(),
                              row.at(4).toDouble()});
    }
    return statements;
}

std::vector<RecordedStatement> statementsBetween(const std::vector<RecordedStatement> &before,
                                                 const std::vector<RecordedStatement> &after)
{
    QHash<QString, const RecordedStatement *> earlier;
    for (const RecordedStatement &statement : before)
        earlier.insert(statement.id, &statement);
    std::vector<RecordedStatement> result;
    for (RecordedStatement statement : after) {
        // One that was not among the first twenty before may have run for long: its sums say nothing about between. One
        // whose sums went down was reset.
        const RecordedStatement *known = earlier.value(statement.id);
        if (!known || known->calls > statement.calls || known->totalMs > statement.totalMs)
            continue;
        statement.calls -= known->calls;
        statement.totalMs -= known->totalMs;
        if (statement.calls > 0)
            result.push_back(statement);
    }
    std::ranges::stable_sort(result, std::greater(), &RecordedStatement::totalMs);
    return result;
}

QString settingsKind()
{
    return u"settings"_s;
}

QCborMap settingsFact(const std::vector<detail::Setting> &settings)
{
    QCborArray array;
    for (const detail::Setting &setting : settings) {
        if (!setting.isDefault && !mayBeSecret(setting.name))
            array.append(QCborArray{setting.name, pg::redacted(setting.value), setting.unit, setting.pendingRestart});
    }
    return {{u"v"_s, version}, {u"settings"_s, array}};
}

std::vector<detail::Setting> settingsOf(const QCborMap &fact)
{
    std::vector<detail::Setting> settings;
    if (fact.value("v"_L1).toInteger() != version)
        return settings;
    const QCborArray array = fact.value("settings"_L1).toArray();
    for (const QCborValue &value : array) {
        const QCborArray row = value.toArray();
        detail::Setting setting;
        setting.name = row.at(0).toString();
        setting.value = row.at(1).toString();
        setting.unit = row.at(2).toString();
        setting.pendingRestart = row.at(3).toBool();
        setting.isDefault = false;
        settings.push_back(std::move(setting));
    }
    return settings;
}

} // namespace shardhelm::monitor::recording
