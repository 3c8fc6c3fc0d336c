// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/alertsmodel.h"

#include "wording/alerts.h"

#include <algorithm>

namespace shardhelm {

namespace {

using monitor::alerts::AlertState;
using monitor::alerts::Handling;

std::vector<AlertState> sorted(std::vector<AlertState> alerts)
{
    std::ranges::stable_sort(alerts, {}, [](const AlertState &state) { return state.handling.kind; });
    return alerts;
}

} // namespace

AlertsModel::AlertsModel(const Fleet &fleet, QObject *parent)
    : QAbstractListModel(parent)
    , m_fleet(fleet)
    , m_alerts(sorted(fleet.alerts()))
{
    connect(&fleet, &Fleet::alertsChanged, this, &AlertsModel::update);
}

void AlertsModel::update()
{
    const std::vector<AlertState> now = sorted(m_fleet.alerts());
    const int before = rowCount();
    const int after = static_cast<int>(now.size());
    if (after < before) {
        beginRemoveRows({}, after, before - 1);
        m_alerts.resize(now.size());
        endRemoveRows();
    } else if (after > before) {
        beginInsertRows({}, before, after - 1);
        m_alerts.insert(m_alerts.end(), now.begin() + before, now.end());
        endInsertRows();
    }
    for (int row = 0; row < std::min(before, after); ++row) {
        AlertState &shown = m_alerts[static_cast<size_t>(row)];
        if (shown == now[static_cast<size_t>(row)])
            continue;
        shown = now[static_cast<size_t>(row)];
        Q_EMIT dataChanged(index(row), index(row));
    }
}

int AlertsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_alerts.size());
}

QVariant AlertsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const AlertState &state = m_alerts[static_cast<size_t>(index.row())];
    const QString subject = state.alert.subject.server.isEmpty() ? tr("fleet") : state.alert.subject.server;
    switch (role) {
    case Qt::DisplayRole:
        return subject;
    case ServerRole:
        return state.alert.subject.server;
    case RuleRole:
        return state.alert.subject.rule;
    case SeverityRole:
        return static_cast<int>(state.alert.severity);
    case HeadlineRole:
        return wording::headline(state.alert);
    case SentenceRole:
        return wording::sentence(state.alert);
    case SinceRole:
        return state.alert.since;
    case HandlingRole:
        return wording::handlingSentence(state.handling);
    case MutedRole:
        return state.handling.kind == Handling::Kind::Muted;
    case RunbookRole:
        return state.alert.runbook;
    case Qt::AccessibleTextRole:
        return QStringList{wording::severityWord(state.alert.severity), subject, wording::sentence(state.alert),
                           wording::handlingSentence(state.handling)}
            .join(QStringLiteral(", "));
    case Qt::ToolTipRole:
        return QString(wording::sentence(state.alert) % u'\n' % wording::handlingSentence(state.handling)).trimmed();
    default:
        return {};
    }
}

monitor::alerts::Subject AlertsModel::subject(int row) const
{
    return m_alerts.at(static_cast<size_t>(row)).alert.subject;
}

int AlertsModel::rowOf(const monitor::alerts::Subject &subject) const
{
    const auto found =
        std::ranges::find_if(m_alerts, [&subject](const AlertState &state) { return state.alert.subject == subject; });
    return found == m_alerts.end() ? -1 : static_cast<int>(found - m_alerts.begin());
}

} // namespace shardhelm
