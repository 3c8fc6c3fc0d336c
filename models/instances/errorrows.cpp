// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/errorrows.h"

#include "format/units.h"
#include "instances/sqlstates.h"

namespace shardhelm {

using monitor::detail::ErrorCounter;
using monitor::detail::ErrorGroup;
using monitor::detail::ErrorReport;
using monitor::latency::Presence;

namespace {

QJsonValue json(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QString counterWord(const QString &key)
{
    if (key == u"rollbacks")
        return ErrorRows::tr("transactions rolled back");
    if (key == u"deadlocks")
        return ErrorRows::tr("deadlocks");
    if (key == u"conflicts")
        return ErrorRows::tr("statements cancelled by recovery");
    if (key == u"sessions_abandoned")
        return ErrorRows::tr("sessions whose client vanished");
    if (key == u"sessions_fatal")
        return ErrorRows::tr("sessions ended by a fatal error");
    if (key == u"sessions_killed")
        return ErrorRows::tr("sessions ended by an operator");
    if (key == u"checksum_failures")
        return ErrorRows::tr("pages with a wrong checksum");
    return key;
}

} // namespace

std::vector<FactColumn> ErrorRows::groupColumns()
{
    using Kind = FactColumn::Kind;
    return {
        {QStringLiteral("sqlstate"), tr("SQLSTATE"), {}, Kind::Text, 90, true, true},
        {QStringLiteral("name"), tr("condition"), tr("PostgreSQL's name of it"), Kind::Text, 210},
        {QStringLiteral("count"), tr("how often"), tr("In the part of the log that was read"), Kind::Count, 90},
        {QStringLiteral("severity"), tr("severity"), {}, Kind::Text, 90},
        {QStringLiteral("last"), tr("last"), tr("By the server's clock"), Kind::Text, 180},
        {QStringLiteral("database"), tr("database"), {}, Kind::Text, 110},
        {QStringLiteral("application"), tr("application"), tr("Of the newest one"), Kind::Text, 130},
        {QStringLiteral("message"), tr("newest message"), {}, Kind::Text, 420, true, true},
    };
}

std::vector<FactRow> ErrorRows::groups(const ErrorReport &report)
{
    std::vector<FactRow> rows;
    for (const ErrorGroup &group : report.groups) {
        FactCell state{json(group.sqlState)};
        // Corruption, a full disk, a crash: these are never everyday errors.
        const bool grave = group.sqlState.startsWith(u"XX") || group.sqlState.startsWith(u"53")
            || group.sqlState.startsWith(u"58") || group.severity == u"PANIC";
        if (grave)
            state.pip = Condition::Degraded;
        rows.push_back({group.sqlState % u'/' % group.database,
                        {state,
                         {json(sqlStateName(group.sqlState))},
                         {group.count},
                         {json(group.severity)},
                         {json(group.lastAt)},
                         {json(group.database)},
                         {json(group.application)},
                         {json(group.lastMessage), {}, group.lastMessage}}});
    }
    return rows;
}

std::vector<FactColumn> ErrorRows::counterColumns()
{
    using Kind = FactColumn::Kind;
    return {
        {QStringLiteral("what"), tr("what"), {}, Kind::Text, 280},
        {QStringLiteral("per_minute"), tr("per minute"), tr("Since the tab was opened"), Kind::Text, 110},
        {QStringLiteral("total"), tr("since reset"), tr("Since the statistics of the database were reset"), Kind::Count,
         120},
    };
}

std::vector<FactRow> ErrorRows::counters(const ErrorReport &report)
{
    std::vector<FactRow> rows;
    for (const ErrorCounter &counter : report.counters) {
        FactCell rate;
        if (counter.perMinute) {
            rate.value = *counter.perMinute;
            rate.text = format::significant(*counter.perMinute);
            rate.marked = *counter.perMinute > 0 && counter.key != u"rollbacks";
        }
        FactCell what{counter.key, counterWord(counter.key)};
        if (counter.key == u"checksum_failures" && counter.total > 0)
            what.pip = Condition::Worst;
        rows.push_back({counter.key, {what, rate, {static_cast<double>(counter.total)}}});
    }
    return rows;
}

QString ErrorRows::whyNoLog(const ErrorReport &report)
{
    switch (report.log) {
    case Presence::Present:
        return {};
    case Presence::NotPermitted:
        return tr("The role may not read the server's log: it needs EXECUTE on pg_current_logfile, pg_stat_file and "
                  "pg_read_binary_file, or pg_read_server_files.");
    case Presence::Absent:
    case Presence::Unknown:
    case Presence::Unreadable:
        break;
    }
    return tr("The server keeps no log that can be read over SQL: logging_collector is off, or its file is gone.");
}

QString ErrorRows::source(const ErrorReport &report)
{
    QStringList parts;
    if (report.log == Presence::Present) {
        parts << (report.since.isEmpty() ? tr("from the server's log")
                                         : tr("from the server's log since %1").arg(report.since));
        if (report.cut)
            parts << tr("older messages not read");
    } else {
        parts << tr("from pg_stat_database: the log cannot be read");
    }
    if (report.windowSeconds > 0)
        parts << tr("rates over %1").arg(format::duration(report.windowSeconds));
    return parts.join(QStringLiteral(" · "));
}

} // namespace shardhelm
