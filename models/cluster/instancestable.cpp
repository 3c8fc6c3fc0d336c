// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/instancesmodel.h"

#include <QJsonValue>

namespace shardhelm {

namespace {

QJsonValue json(const std::optional<double> &value)
{
    return value ? QJsonValue(*value) : QJsonValue();
}

template <typename T>
QJsonValue json(const monitor::Figure<T> &figure)
{
    return figure.value ? QJsonValue(static_cast<double>(*figure.value)) : QJsonValue();
}

QJsonValue jsonText(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QString conditionKey(Condition condition)
{
    switch (condition) {
    case Condition::Healthy:
        return QStringLiteral("healthy");
    case Condition::Degraded:
    case Condition::Worst:
        return QStringLiteral("degraded");
    case Condition::Down:
        return QStringLiteral("down");
    case Condition::Stale:
        return QStringLiteral("stale");
    case Condition::Connecting:
        return QStringLiteral("connecting");
    case Condition::Unknown:
    case Condition::NotPermitted:
        break;
    }
    return QStringLiteral("unknown");
}

Table::Column::Kind kindOf(monitor::Unit unit)
{
    using Kind = Table::Column::Kind;
    switch (unit) {
    case monitor::Unit::Milliseconds:
        return Kind::Millis;
    case monitor::Unit::Seconds:
        return Kind::Seconds;
    case monitor::Unit::Count:
        return Kind::Count;
    case monitor::Unit::PerSecond:
        return Kind::Rate;
    case monitor::Unit::Bytes:
    case monitor::Unit::BytesPerSecond:
        return Kind::Bytes;
    case monitor::Unit::Ratio:
        return Kind::Percent;
    case monitor::Unit::Days:
    case monitor::Unit::PerHour:
        break;
    }
    return Kind::Text;
}

} // namespace

Table InstancesModel::table(const std::vector<int> &rows, const std::vector<Metric> &further) const
{
    using Kind = Table::Column::Kind;
    Table table;
    table.columns = {
        {QStringLiteral("name"), tr("instance"), Kind::Text},
        {QStringLiteral("role"), tr("role"), Kind::Text},
        {QStringLiteral("state"), tr("state"), Kind::Text},
        {QStringLiteral("reason"), tr("reason"), Kind::Text},
        {QStringLiteral("version"), tr("version"), Kind::Text},
        {QStringLiteral("zone"), tr("zone"), Kind::Text},
        {QStringLiteral("connections"), tr("connections"), Kind::Count},
        {QStringLiteral("max_connections"), tr("max. connections"), Kind::Count},
        {QStringLiteral("size_bytes"), tr("size"), Kind::Bytes},
        {QStringLiteral("lag_bytes"), tr("lag"), Kind::Bytes},
        {QStringLiteral("lag_seconds"), tr("lag, time"), Kind::Seconds},
        {QStringLiteral("p99_ms"), tr("p99"), Kind::Millis},
        {QStringLiteral("p99_source"), tr("p99 source"), Kind::Text},
        {QStringLiteral("tps"), tr("trans./s"), Kind::Rate},
        {QStringLiteral("rows_written_per_second"), tr("rows written/s"), Kind::Rate},
        {QStringLiteral("cache_hit_ratio"), tr("cache hit"), Kind::Percent},
        {QStringLiteral("blocked_sessions"), tr("blocked"), Kind::Count},
        {QStringLiteral("longest_transaction_seconds"), tr("longest trans."), Kind::Seconds},
        {QStringLiteral("logical_shards"), tr("shards"), Kind::Count},
        {QStringLiteral("round_trip_ms"), tr("round trip"), Kind::Millis},
    };
    for (const Metric metric : further)
        table.columns.push_back({metricKey(metric), metricTitle(metric), kindOf(monitor::info(metric).unit)});
    for (const int row : rows) {
        const monitor::ServerSample *s = server(row);
        if (!s)
            continue;
        const Rank *rank = m_fleet.rank(s->name);
        table.rows.push_back({s->name,
                              roleKey(s->role),
                              conditionKey(m_conditions[static_cast<size_t>(row)]),
                              rank ? QJsonValue(rank->reason()) : QJsonValue(),
                              jsonText(s->version),
                              jsonText(s->zone),
                              json(s->connections),
                              json(s->maxConnections),
                              json(s->sizeBytes),
                              json(s->lagBytes),
                              json(s->lagSeconds),
                              json(s->p99Ms),
                              jsonText(s->p99Source),
                              json(s->transactionsPerSecond),
                              json(s->writesPerSecond),
                              json(s->cacheHitRatio),
                              json(s->blockedSessions),
                              json(s->longestTransactionSeconds),
                              s->role == monitor::Role::Primary ? QJsonValue(s->logicalShards) : QJsonValue(),
                              json(s->roundTripMs)});
        for (const Metric metric : further)
            table.rows.back().append(json(metricValue(*s, metric)));
    }
    return table;
}

} // namespace shardhelm
