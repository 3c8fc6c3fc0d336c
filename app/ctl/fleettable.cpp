// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleettable.h"

#include "cluster/condition.h"
#include "cluster/ranking.h"
#include "command.h"
#include "monitor/metric.h"
#include "wording/verdict.h"

#include <QHash>
#include <QJsonObject>

#include <algorithm>
#include <cmath>
#include <functional>

namespace shardhelm::ctl {

namespace {

using monitor::Figure;
using monitor::ServerSample;
using monitor::State;
using Kind = Table::Column::Kind;

template <typename T>
QJsonValue json(const std::optional<T> &value)
{
    return value ? QJsonValue(*value) : QJsonValue();
}

template <typename T>
QJsonValue json(const Figure<T> &figure)
{
    return json(figure.value);
}

/// For people, who are told why a figure is missing.
template <typename T>
QJsonValue shown(const Figure<T> &figure)
{
    return figure.notPermitted && !figure.value ? QJsonValue(Text::tr("not permitted")) : json(figure.value);
}

QJsonValue json(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

/// Names of states are part of the JSON contract: they are not translated.
QString name(State state)
{
    switch (state) {
    case State::Connecting:
        return QStringLiteral("connecting");
    case State::Healthy:
        return QStringLiteral("healthy");
    case State::Degraded:
        return QStringLiteral("degraded");
    case State::Stale:
        return QStringLiteral("stale");
    case State::Down:
        return QStringLiteral("down");
    case State::Unknown:
        return QStringLiteral("unknown");
    }
    return {};
}

/// Why servers are not well, by name: what the ranking says that is serious.
using Reasons = QHash<QString, QString>;

Reasons reasonsOf(const monitor::FleetSample &fleet)
{
    Reasons reasons;
    for (const Rank &rank : rankFleet(fleet)) {
        QStringList sentences;
        for (const Finding &finding : rank.findings) {
            if (finding.raised)
                sentences += finding.sentence;
        }
        if (!sentences.isEmpty())
            reasons.insert(rank.server, sentences.join(QStringLiteral("; ")));
    }
    return reasons;
}

struct Field
{
    Table::Column column;
    std::function<QJsonValue(const ServerSample &server)> value;
};

QString key(const char *text)
{
    return QString::fromLatin1(text);
}

QJsonValue archivingName(monitor::Archiving archiving)
{
    switch (archiving) {
    case monitor::Archiving::Off:
        return QStringLiteral("off");
    case monitor::Archiving::Working:
        return QStringLiteral("working");
    case monitor::Archiving::Failing:
        return QStringLiteral("failing");
    case monitor::Archiving::Unknown:
        break;
    }
    return {};
}

QJsonValue scopeName(monitor::latency::Scope scope)
{
    switch (scope) {
    case monitor::latency::Scope::Statement:
        return QStringLiteral("statement");
    case monitor::latency::Scope::PlanningAndExecution:
        return QStringLiteral("planning and execution");
    case monitor::latency::Scope::Execution:
        return QStringLiteral("execution");
    }
    return {};
}

QJsonValue waitEvents(const ServerSample &server)
{
    QJsonArray list;
    for (const monitor::WaitEvent &wait : server.waitEvents)
        list.append(QJsonObject{{QStringLiteral("type"), wait.type},
                                {QStringLiteral("event"), wait.event},
                                {QStringLiteral("sessions"), wait.sessions}});
    return list;
}

QJsonValue slotList(const ServerSample &server)
{
    QJsonArray list;
    for (const monitor::Slot &slot : server.slots)
        list.append(QJsonObject{{QStringLiteral("name"), slot.name},
                                {QStringLiteral("logical"), slot.logical},
                                {QStringLiteral("active"), slot.active},
                                {QStringLiteral("retained_bytes"), json(slot.retainedBytes)},
                                {QStringLiteral("wal_status"), json(slot.walStatus)}});
    return list;
}

/// Counts and bytes as whole numbers, as they are.
QJsonValue metricJson(const ServerSample &server, monitor::Metric metric)
{
    const auto value = monitor::figure(server, metric).value;
    const monitor::Unit unit = monitor::info(metric).unit;
    const bool whole =
        unit == monitor::Unit::Bytes || (unit == monitor::Unit::Count && metric != monitor::Metric::Load);
    if (value && whole)
        return static_cast<qint64>(std::llround(*value));
    return json(value);
}

std::vector<Field> allFields(const Reasons &reasons)
{
    using S = const ServerSample &;
    std::vector<Field> fields{
        {{key("name")}, [](S s) { return QJsonValue(s.name); }},
        {{key("instance")}, [](S s) { return QJsonValue(s.instance); }},
        {{key("role")}, [](S s) { return QJsonValue(roleKey(s.role)); }},
        {{key("state")}, [](S s) { return QJsonValue(name(s.state)); }},
        {{key("reason")}, [reasons](S s) { return json(reasons.value(s.name)); }},
        {{key("version")}, [](S s) { return json(s.version); }},
        {{key("zone")}, [](S s) { return json(s.zone); }},
        {{key("host")}, [](S s) { return json(s.host); }},
        {{key("logical_shards")}, [](S s) { return QJsonValue(s.logicalShards); }},
        {{key("started_at")}, [](S s) { return json(s.startedAt.toString(Qt::ISODateWithMs)); }},
        {{key("timeline")}, [](S s) { return json(s.timeline); }},
        {{key("archiving")}, [](S s) { return archivingName(s.archiving); }},
        {{key("max_connections")}, [](S s) { return json(s.maxConnections); }},
        {{key("disk_size_bytes")}, [](S s) { return json(s.diskSizeBytes); }},
        {{key("blocker_pid")}, [](S s) { return s.blocker ? QJsonValue(s.blocker->pid) : QJsonValue(); }},
        {{key("wait_events")}, waitEvents},
        {{key("slots")}, slotList},
        {{key("p99_source")}, [](S s) { return json(s.p99Source); }},
        {{key("p99_window_seconds")},
         [](S s) { return s.p99WindowSeconds > 0 ? QJsonValue(s.p99WindowSeconds) : QJsonValue(); }},
        {{key("p99_low_ms")}, [](S s) { return json(s.p99Ms.lowMs); }},
        {{key("p99_high_ms")}, [](S s) { return json(s.p99Ms.highMs); }},
        {{key("latency_scope")}, [](S s) { return s.p99Source.isEmpty() ? QJsonValue() : scopeName(s.latencyScope); }},
        {{key("latency_calls")}, [](S s) { return s.p99Source.isEmpty() ? QJsonValue() : QJsonValue(s.latencyCalls); }},
        {{key("latency_incomplete")},
         [](S s) { return s.p99Source.isEmpty() ? QJsonValue() : QJsonValue(s.latencyIncomplete); }},
        {{key("window_seconds")}, [](S s) { return s.windowSeconds > 0 ? QJsonValue(s.windowSeconds) : QJsonValue(); }},
        {{key("sampled_at")}, [](S s) { return json(s.sampledAt.toString(Qt::ISODateWithMs)); }},
    };
    for (const monitor::Metric metric : monitor::allMetrics)
        fields.push_back({{QString(monitor::info(metric).key)}, [metric](S s) { return metricJson(s, metric); }});
    return fields;
}

QJsonValue connectionsOfMost(const ServerSample &server)
{
    if (!server.connections.value)
        return {};
    const QString used = QString::number(*server.connections.value);
    return server.maxConnections.value
        ? QStringLiteral("%1/%2").arg(used, QString::number(*server.maxConnections.value))
        : used;
}

std::vector<Field> summaryFields(const Reasons &reasons)
{
    using S = const ServerSample &;
    return {
        {{key("name"), Text::tr("NAME")}, [](S s) { return QJsonValue(s.name); }},
        {{key("role"), Text::tr("ROLE")}, [](S s) { return QJsonValue(roleKey(s.role)); }},
        {{key("state"), Text::tr("STATE")}, [](S s) { return QJsonValue(name(s.state)); }},
        {{key("version"), Text::tr("VERSION")}, [](S s) { return json(s.version); }},
        {{key("zone"), Text::tr("ZONE")}, [](S s) { return json(s.zone); }},
        {{key("logical_shards"), Text::tr("SHARDS"), Kind::Count}, [](S s) { return QJsonValue(s.logicalShards); }},
        {{key("connections"), Text::tr("CONNECTIONS"), Kind::Count}, connectionsOfMost},
        {{key("size_bytes"), Text::tr("SIZE"), Kind::Bytes}, [](S s) { return shown(s.sizeBytes); }},
        {{key("lag_bytes"), Text::tr("LAG"), Kind::Bytes}, [](S s) { return shown(s.lagBytes); }},
        {{key("lag_seconds"), Text::tr("LAG TIME"), Kind::Seconds}, [](S s) { return shown(s.lagSeconds); }},
        {{key("tps"), Text::tr("TX"), Kind::Rate}, [](S s) { return shown(s.transactionsPerSecond); }},
        {{key("p99_ms"), Text::tr("P99"), Kind::Millis}, [](S s) { return shown(s.p99Ms); }},
        {{key("reason"), Text::tr("REASON")}, [reasons](S s) { return json(reasons.value(s.name)); }},
    };
}

Table tableOf(const monitor::FleetSample &fleet, const std::vector<Field> &fields)
{
    Table table;
    for (const Field &field : fields)
        table.columns.push_back(field.column);
    for (const ServerSample &server : fleet.servers) {
        QJsonArray row;
        for (const Field &field : fields)
            row.append(field.value(server));
        table.rows.push_back(row);
    }
    return table;
}

} // namespace

Table fleetTable(const monitor::FleetSample &fleet)
{
    return tableOf(fleet, allFields(reasonsOf(fleet)));
}

Table fleetSummary(const monitor::FleetSample &fleet)
{
    const Reasons reasons = reasonsOf(fleet);
    std::vector<Field> fields = summaryFields(reasons);
    const auto dropIf = [&fields](QLatin1StringView name, bool unused) {
        if (unused)
            std::erase_if(fields, [&](const Field &field) { return field.column.key == name; });
    };
    // Columns that would be empty cost the width that the others need.
    const auto none = [&fleet](auto &&has) { return std::none_of(fleet.servers.begin(), fleet.servers.end(), has); };
    dropIf(QLatin1StringView("zone"), none([](const ServerSample &server) { return !server.zone.isEmpty(); }));
    dropIf(QLatin1StringView("reason"), reasons.isEmpty());
    return tableOf(fleet, fields);
}

QStringList fleetWarnings(const monitor::FleetSample &fleet)
{
    QStringList warnings = wording::fleetSentences(fleet.verdict);
    const Reasons reasons = reasonsOf(fleet);
    for (const ServerSample &server : fleet.servers) {
        if (const QString reason = reasons.value(server.name); !reason.isEmpty())
            warnings += QStringLiteral("%1: %2").arg(server.name, reason);
        for (const QString &warning : server.warnings)
            warnings += QStringLiteral("%1: %2").arg(server.name, warning);
    }
    return warnings;
}

bool isComplete(const monitor::FleetSample &fleet)
{
    return std::all_of(fleet.servers.begin(), fleet.servers.end(), [](const ServerSample &server) {
        return server.state == State::Healthy || server.state == State::Degraded;
    });
}

} // namespace shardhelm::ctl
