// SPDX-License-Identifier: GPL-3.0-or-later
#include "wording/alerts.h"

#include "format/units.h"
#include "wording/errors.h"
#include "wording/verdict.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace shardhelm::wording {

namespace {

using monitor::Alert;
using monitor::Rule;

struct Alerts
{
    Q_DECLARE_TR_FUNCTIONS(Alerts)
};

QString milliseconds(double value)
{
    return format::duration(value / 1000);
}

QString bytes(double value)
{
    return format::bytes(static_cast<qint64>(value));
}

/// How many times the fleet's median a p99 is.
double ratio(const Alert &alert)
{
    return alert.beside.value_or(0) > 0 ? alert.value / *alert.beside : 0;
}

QString lagSentence(const QString &lag, const QString &beside)
{
    return beside.isEmpty() ? Alerts::tr("%1 of data behind its primary.").arg(lag)
                            : Alerts::tr("%1 of data behind its primary (%2).").arg(lag, beside);
}

} // namespace

QString headline(const Alert &alert)
{
    switch (alert.rule) {
    case Rule::P99Ratio:
        return Alerts::tr("p99 %1").arg(format::factor(ratio(alert)));
    case Rule::P99:
        return Alerts::tr("p99 %1").arg(milliseconds(alert.value));
    case Rule::BlockedSessions:
        return Alerts::tr("%1 blocked").arg(alert.value);
    case Rule::LagSeconds:
        return Alerts::tr("lag %1").arg(format::duration(alert.value));
    case Rule::LagBytes:
        return Alerts::tr("lag %1").arg(bytes(alert.value));
    case Rule::Connections:
        return Alerts::tr("connections %1").arg(format::percent(alert.value / alert.beside.value_or(alert.value)));
    case Rule::LongestTransaction:
        return Alerts::tr("transaction %1").arg(format::duration(alert.value));
    case Rule::CacheHit:
        return Alerts::tr("cache %1").arg(format::percent(alert.value / 100));
    case Rule::Disk:
        return Alerts::tr("disk %1").arg(format::percent(alert.value / 100));
    case Rule::TransactionAge:
        return Alerts::tr("xid age %1").arg(format::count(std::llround(alert.value)));
    case Rule::SlotWal:
        return Alerts::tr("slot %1").arg(bytes(alert.value));
    }
    return {};
}

QString sentence(const Alert &alert)
{
    switch (alert.rule) {
    case Rule::P99Ratio:
        return Alerts::tr("p99 is %1, %2 the fleet median.")
            .arg(milliseconds(alert.value), format::factor(ratio(alert)));
    case Rule::P99:
        return Alerts::tr("p99 is %1, the limit is %2.").arg(milliseconds(alert.value), milliseconds(alert.threshold));
    case Rule::BlockedSessions:
        return alert.value == 1 ? Alerts::tr("1 session waits for a lock.")
                                : Alerts::tr("%1 sessions wait for a lock.").arg(alert.value);
    case Rule::LagSeconds:
        return lagSentence(format::duration(alert.value), alert.beside ? bytes(*alert.beside) : QString());
    case Rule::LagBytes:
        return lagSentence(bytes(alert.value), alert.beside ? format::duration(*alert.beside) : QString());
    case Rule::Connections:
        return Alerts::tr("%1 of %2 connections are taken.").arg(alert.value).arg(alert.beside.value_or(alert.value));
    case Rule::LongestTransaction:
        return Alerts::tr("%1 is the age of the oldest open transaction.").arg(format::duration(alert.value));
    case Rule::CacheHit:
        return Alerts::tr("%1 of the blocks read come from shared memory, the limit is %2.")
            .arg(format::percent(alert.value / 100), format::percent(alert.threshold / 100));
    case Rule::Disk:
        return alert.beside ? Alerts::tr("The disk is %1 full, %2 are free.")
                                  .arg(format::percent(alert.value / 100), bytes(*alert.beside))
                            : Alerts::tr("The disk is %1 full.").arg(format::percent(alert.value / 100));
    case Rule::TransactionAge:
        return Alerts::tr("%1 transactions since the last freeze, the limit is %2.")
            .arg(format::count(std::llround(alert.value)), format::count(std::llround(alert.threshold)));
    case Rule::SlotWal:
        return Alerts::tr("A slot holds back %1 of WAL, the limit is %2.")
            .arg(bytes(alert.value), bytes(alert.threshold));
    }
    return {};
}

QString advice(const Alert &alert)
{
    switch (alert.rule) {
    case Rule::P99Ratio:
    case Rule::P99:
        return Alerts::tr("Compare its statements and its load with the others.");
    case Rule::BlockedSessions:
        return Alerts::tr("Find the session that holds the lock: the first of the chain in pg_blocking_pids().");
    case Rule::LagSeconds:
    case Rule::LagBytes:
        return Alerts::tr("Look for a long query on the replica and at the network between the two.");
    case Rule::Connections:
        return Alerts::tr("Close idle sessions or put a pooler in front before new logins are refused.");
    case Rule::LongestTransaction:
        return Alerts::tr("Find out who left it open; until it ends, vacuum removes nothing newer.");
    case Rule::CacheHit:
        return Alerts::tr("Look for a statement that reads whole tables, or give the server more shared_buffers.");
    case Rule::Disk:
        return Alerts::tr("Make room, or move a logical shard away.");
    case Rule::TransactionAge:
        return Alerts::tr("See why vacuum does not freeze: an old transaction, a slot, or no worker.");
    case Rule::SlotWal:
        return Alerts::tr("Find out who reads the slot; a slot that nobody needs fills the disk.");
    }
    return {};
}

QString sentence(const monitor::alerts::ActiveAlert &alert)
{
    if (alert.figure)
        return sentence(*alert.figure);
    if (!alert.reasons.empty()) {
        constexpr size_t most = 3;
        QStringList reasons;
        for (size_t i = 0; i < std::min(most, alert.reasons.size()); ++i)
            reasons << sentence(alert.reasons[i], alert.since);
        return Alerts::tr("Stands out: %1.").arg(reasons.join(QStringLiteral("; ")));
    }
    if (alert.change)
        return sentence(*alert.change) % u'.';
    if (alert.error)
        return sentence(*alert.error);
    if (alert.servers > 0)
        return Alerts::tr("None of the %1 servers answers: the network of this computer is the likely cause.")
            .arg(alert.servers);
    if (alert.subject.rule == QLatin1StringView("down"))
        return Alerts::tr("Does not answer.");
    return Alerts::tr("Rule %1.").arg(alert.subject.rule);
}

QString headline(const monitor::alerts::ActiveAlert &alert)
{
    if (alert.figure)
        return headline(*alert.figure);
    if (!alert.reasons.empty())
        return headline(alert.reasons.front());
    if (alert.subject.rule == QLatin1StringView("down"))
        return Alerts::tr("down");
    if (alert.subject.rule == QLatin1StringView("unreachable"))
        return Alerts::tr("no server answers");
    if (alert.subject.rule == QLatin1StringView("common_change"))
        return Alerts::tr("common cause");
    return alert.subject.rule;
}

QString severityWord(cluster::AlertSeverity severity)
{
    switch (severity) {
    case cluster::AlertSeverity::Note:
        return Alerts::tr("note");
    case cluster::AlertSeverity::Warning:
        return Alerts::tr("warning");
    case cluster::AlertSeverity::Critical:
        return Alerts::tr("critical");
    }
    return {};
}

QString handlingSentence(const monitor::alerts::Handling &handling)
{
    using Kind = monitor::alerts::Handling::Kind;
    const auto clock = [](const QDateTime &time) {
        const QDateTime local = time.toLocalTime();
        return local.toString(local.date() == QDate::currentDate() ? QStringLiteral("HH:mm")
                                                                   : QStringLiteral("yyyy-MM-dd HH:mm"));
    };
    switch (handling.kind) {
    case Kind::Open:
        return {};
    case Kind::Acknowledged:
        return Alerts::tr("acknowledged by %1: %2").arg(handling.by, handling.reason);
    case Kind::Muted:
        return handling.until
            ? Alerts::tr("muted until %1 by %2: %3").arg(clock(*handling.until), handling.by, handling.reason)
            : Alerts::tr("muted by %1: %2").arg(handling.by, handling.reason);
    }
    return {};
}

} // namespace shardhelm::wording
