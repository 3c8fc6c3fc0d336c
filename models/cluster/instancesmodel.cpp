// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/instancesmodel.h"

#include "format/units.h"
#include "wording/errors.h"

#include <algorithm>
#include <cmath>

namespace shardhelm {

namespace {

constexpr size_t curveLength = 60;

/// Order of conditions when the state column is sorted: the worst is the largest.
int seriousness(Condition condition)
{
    switch (condition) {
    case Condition::Worst:
        return 6;
    case Condition::Down:
        return 7;
    case Condition::Degraded:
        return 5;
    case Condition::Stale:
        return 4;
    case Condition::Unknown:
        return 3;
    case Condition::Connecting:
        return 2;
    case Condition::NotPermitted:
        return 1;
    case Condition::Healthy:
        return 0;
    }
    return 0;
}

} // namespace

QString lagText(const monitor::ServerSample &server)
{
    QStringList parts;
    if (server.lagBytes.value)
        parts << format::bytes(*server.lagBytes.value);
    if (server.lagSeconds.value)
        parts << format::duration(*server.lagSeconds.value);
    return parts.join(QStringLiteral(" · "));
}

InstancesModel::InstancesModel(const Fleet &fleet, QObject *parent)
    : QAbstractTableModel(parent)
    , m_fleet(fleet)
{
    connect(&fleet, &Fleet::sampled, this, &InstancesModel::update);
    update();
}

void InstancesModel::update()
{
    const std::vector<monitor::ServerSample> &now = m_fleet.sample().servers;
    // Rows that are gone leave one by one, new ones come where they belong: a selection and the view's place survive.
    for (size_t row = m_rows.size(); row-- > 0;) {
        if (m_fleet.server(m_rows[row].name))
            continue;
        beginRemoveRows({}, static_cast<int>(row), static_cast<int>(row));
        m_rows.erase(m_rows.begin() + static_cast<std::ptrdiff_t>(row));
        m_conditions.erase(m_conditions.begin() + static_cast<std::ptrdiff_t>(row));
        endRemoveRows();
    }
    bool conditionChanged = false;
    for (size_t row = 0; row < now.size(); ++row) {
        const auto known = std::find_if(m_rows.begin(), m_rows.end(),
                                        [&](const auto &server) { return server.name == now[row].name; });
        const auto place = static_cast<std::ptrdiff_t>(row);
        if (known == m_rows.end()) {
            beginInsertRows({}, static_cast<int>(row), static_cast<int>(row));
            m_rows.insert(m_rows.begin() + place, now[row]);
            m_conditions.insert(m_conditions.begin() + place, Condition::Unknown);
            endInsertRows();
            conditionChanged = true;
        } else if (known - m_rows.begin() != place) {
            const auto from = known - m_rows.begin();
            beginMoveRows({}, static_cast<int>(from), static_cast<int>(from), {}, static_cast<int>(row));
            std::rotate(m_rows.begin() + place, known, known + 1);
            std::rotate(m_conditions.begin() + place, m_conditions.begin() + from, m_conditions.begin() + from + 1);
            endMoveRows();
        }
        m_rows[row] = now[row];
        const Condition condition = conditionOf(now[row], m_fleet.ranking());
        conditionChanged = conditionChanged || condition != m_conditions[row];
        m_conditions[row] = condition;
    }
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    if (conditionChanged)
        Q_EMIT conditionsChanged();
}

int InstancesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int InstancesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount + static_cast<int>(furtherMetrics().size());
}

const monitor::ServerSample *InstancesModel::server(int row) const
{
    return row >= 0 && row < rowCount() ? &m_rows[static_cast<size_t>(row)] : nullptr;
}

int InstancesModel::rowOf(const QString &server) const
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const auto &candidate) { return candidate.name == server; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

const std::vector<Metric> &InstancesModel::furtherMetrics()
{
    static const std::vector<Metric> further = [] {
        std::vector<Metric> metrics;
        for (const Metric metric : allMetrics) {
            bool shown = false;
            for (int column = 0; column < ColumnCount; ++column)
                shown = shown || metricOf(column) == metric;
            if (!shown)
                metrics.push_back(metric);
        }
        return metrics;
    }();
    return further;
}

std::optional<Metric> InstancesModel::metricOf(int column)
{
    if (column >= ColumnCount) {
        const auto index = static_cast<size_t>(column - ColumnCount);
        return index < furtherMetrics().size() ? std::optional(furtherMetrics()[index]) : std::nullopt;
    }
    switch (column) {
    case P99:
    case VersusMedian:
        return Metric::P99;
    case Transactions:
        return Metric::Transactions;
    case Writes:
        return Metric::Writes;
    case Connections:
        return Metric::Connections;
    case LongestTransaction:
        return Metric::LongestTransaction;
    case Blocked:
        return Metric::Blocked;
    case Lag:
        return Metric::LagSeconds;
    case CacheHit:
        return Metric::CacheHit;
    case Size:
        return Metric::Size;
    case RoundTrip:
        return Metric::RoundTrip;
    default:
        return std::nullopt;
    }
}

QString InstancesModel::columnKey(int column)
{
    switch (column) {
    case Name:
        return QStringLiteral("name");
    case State:
        return QStringLiteral("state");
    case Role:
        return QStringLiteral("role");
    case Zone:
        return QStringLiteral("zone");
    case P99:
        return QStringLiteral("p99");
    case VersusMedian:
        return QStringLiteral("ratio");
    case Transactions:
        return QStringLiteral("tps");
    case Writes:
        return QStringLiteral("writes");
    case Connections:
        return QStringLiteral("connections");
    case LongestTransaction:
        return QStringLiteral("transaction");
    case Blocked:
        return QStringLiteral("blocked");
    case Lag:
        return QStringLiteral("lag");
    case CacheHit:
        return QStringLiteral("cache");
    case Size:
        return QStringLiteral("size");
    case Shards:
        return QStringLiteral("shards");
    case RoundTrip:
        return QStringLiteral("rtt");
    case Version:
        return QStringLiteral("version");
    case Host:
        return QStringLiteral("host");
    case Sampled:
        return QStringLiteral("sampled");
    default:
        if (const auto metric = metricOf(column))
            return metricKey(*metric);
        return {};
    }
}

QVariant InstancesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) {
        const bool words = section == Name || section == State || section == Role || section == Zone
            || section == Connections || section == Version || section == Host;
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | (words ? Qt::AlignLeft : Qt::AlignRight)));
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const bool tip = role == Qt::ToolTipRole;
    switch (section) {
    case Name:
        return tr("instance");
    case State:
        return tr("state");
    case Role:
        return tr("role");
    case Zone:
        return tr("zone");
    case P99: {
        if (tip)
            return tr("99 of 100 statements took at most this long, and where that is known from");
        const auto shown = std::find_if(m_rows.begin(), m_rows.end(), [](const auto &row) { return row.p99Ms.value; });
        const QString source = shown == m_rows.end() || shown->p99Source != QLatin1StringView("estimate")
            ? QString()
            : tr("p99, estimate");
        return source.isEmpty() ? tr("p99") : source;
    }
    case VersusMedian:
        return tip ? tr("p99 against the median of the fleet") : tr("vs median");
    case Transactions:
        return tip ? tr("Transactions per second") : tr("trans./s");
    case Writes:
        return tip ? tr("Rows written per second") : tr("rows written/s");
    case Connections:
        return tr("connections");
    case LongestTransaction:
        return tip ? tr("Age of the oldest open transaction") : tr("longest trans.");
    case Blocked:
        return tip ? tr("Sessions that wait for a lock") : tr("blocked");
    case Lag:
        return tip ? tr("Bytes received and not applied · seconds of data behind the primary") : tr("replica lag");
    case CacheHit:
        return tip ? tr("Share of page reads served from shared buffers") : tr("cache hit");
    case Size:
        return tip ? tr("Size of the database") : tr("size");
    case Shards:
        return tip ? tr("Logical shards placed on the instance") : tr("shards");
    case RoundTrip:
        return tip ? tr("Time of one sample as this console measured it") : tr("round trip");
    case Version:
        return tr("version");
    case Host:
        return tr("host");
    case Sampled:
        return tip ? tr("When the last good sample arrived") : tr("sampled");
    default:
        if (const auto metric = metricOf(section))
            return metricTitle(*metric);
        return {};
    }
}

QString InstancesModel::text(const monitor::ServerSample &server, int column) const
{
    switch (column) {
    case Name:
        return server.name;
    case State:
        return conditionWord(m_fleet.condition(server.name));
    case Role:
        return roleWord(server.role);
    case Zone:
        return server.zone;
    case VersusMedian: {
        const bool compared = server.role == monitor::Role::Primary || server.role == monitor::Role::Replica;
        const auto ratio = compared ? p99Ratio(server, m_fleet.summary()) : std::nullopt;
        return ratio ? format::factor(*ratio) : QString();
    }
    case Connections:
        if (!server.connections.value)
            return {};
        return server.maxConnections.value
            ? tr("%1 of %2").arg(*server.connections.value).arg(*server.maxConnections.value)
            : QString::number(*server.connections.value);
    case Lag:
        return lagText(server);
    case Shards:
        return server.role == monitor::Role::Primary ? QString::number(server.logicalShards) : QString();
    case Version:
        return server.version;
    case Host:
        return server.host;
    case Sampled:
        return server.sampledAt.isValid() ? server.sampledAt.toLocalTime().toString(QStringLiteral("HH:mm:ss"))
                                          : QString();
    default:
        break;
    }
    const auto metric = metricOf(column);
    if (!metric)
        return {};
    const auto figure = metricValue(server, *metric);
    if (!figure.value)
        return {};
    // The head says "/s" already.
    if (column == Transactions || column == Writes)
        return metricText(*metric, *figure.value).chopped(2).trimmed();
    return metricText(*metric, *figure.value);
}

QVariant InstancesModel::sortKey(const monitor::ServerSample &server, int column) const
{
    switch (column) {
    case State:
        return seriousness(m_fleet.condition(server.name));
    case Shards:
        return server.logicalShards;
    case Sampled:
        return server.sampledAt;
    case VersusMedian:
        if (const auto ratio = p99Ratio(server, m_fleet.summary()))
            return *ratio;
        return {};
    default:
        break;
    }
    if (const auto metric = metricOf(column)) {
        const auto figure = metricValue(server, *metric);
        return figure.value ? QVariant(*figure.value) : QVariant();
    }
    return text(server, column);
}

QString InstancesModel::toolTip(const monitor::ServerSample &server, int column) const
{
    if (column == Name || column == State) {
        const Rank *rank = m_fleet.rank(server.name);
        const QString word = conditionWord(m_fleet.condition(server.name));
        return rank ? tr("%1: %2").arg(word, rank->reason()) : word;
    }
    const auto metric = metricOf(column);
    if (!metric)
        return {};
    const auto figure = metricValue(server, *metric);
    if (figure.notPermitted)
        return tr("Not permitted: the role of this console may not see it. Granting pg_monitor to it shows it.");
    if (!figure.value)
        return tr("Unknown");
    if (column == Lag && server.lastAppliedAgeSeconds.value)
        return tr("The last applied transaction is %1 old").arg(format::duration(*server.lastAppliedAgeSeconds.value));
    return metricSource(server, *metric);
}

QVariant InstancesModel::data(const QModelIndex &index, int role) const
{
    const monitor::ServerSample *sample = index.isValid() ? server(index.row()) : nullptr;
    if (!sample)
        return {};
    const int column = index.column();
    const auto metric = metricOf(column);
    const Condition condition = m_conditions[static_cast<size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(*sample, column);
    case Qt::TextAlignmentRole:
        return headerData(column, Qt::Horizontal, role);
    case Qt::ToolTipRole:
        return toolTip(*sample, column);
    case Qt::AccessibleTextRole: {
        if (column == Name)
            return tr("%1, %2").arg(sample->name, conditionWord(condition));
        const QString shown = text(*sample, column);
        return shown.isEmpty() ? toolTip(*sample, column) : shown;
    }
    case SortRole:
        return sortKey(*sample, column);
    case ServerRole:
        return sample->name;
    case ConditionRole:
        return QVariant::fromValue(condition);
    case CurveRole:
        if (column == P99 || column == Transactions) {
            const std::vector<double> values = m_fleet.history().values(sample->name, *metric, curveLength);
            return QVariant::fromValue(QList<double>(values.begin(), values.end()));
        }
        return {};
    case ShareRole:
        if (column == Connections && sample->connections.value && sample->maxConnections.value.value_or(0) > 0)
            return static_cast<double>(*sample->connections.value) / *sample->maxConnections.value;
        return {};
    case MarkedRole: {
        const Rank *rank = m_fleet.rank(sample->name);
        return rank && metric && std::any_of(rank->findings.begin(), rank->findings.end(), [&](const Finding &finding) {
                   return finding.metric == metric;
               });
    }
    case NotPermittedRole:
        return metric && metricValue(*sample, *metric).notPermitted;
    case FadedRole:
        return condition != Condition::Healthy && condition != Condition::Degraded && condition != Condition::Worst;
    default:
        return {};
    }
}

} // namespace shardhelm
