// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/rankingmodel.h"

namespace shardhelm {

RankingModel::RankingModel(const Fleet &fleet, QObject *parent)
    : QAbstractListModel(parent)
    , m_fleet(fleet)
    , m_ranks(fleet.ranking())
{
    connect(&fleet, &Fleet::sampled, this, &RankingModel::update);
}

void RankingModel::update()
{
    const std::vector<Rank> &now = m_fleet.ranking();
    const int before = rowCount();
    const int after = static_cast<int>(now.size());
    if (after < before) {
        beginRemoveRows({}, after, before - 1);
        m_ranks.resize(now.size());
        endRemoveRows();
    } else if (after > before) {
        beginInsertRows({}, before, after - 1);
        m_ranks.insert(m_ranks.end(), now.begin() + before, now.end());
        endInsertRows();
    }
    for (int row = 0; row < std::min(before, after); ++row) {
        Rank &shown = m_ranks[static_cast<size_t>(row)];
        if (shown == now[static_cast<size_t>(row)])
            continue;
        shown = now[static_cast<size_t>(row)];
        Q_EMIT dataChanged(index(row), index(row));
    }
}

int RankingModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_ranks.size());
}

QVariant RankingModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Rank &rank = m_ranks[static_cast<size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case ServerRole:
        return rank.server;
    case ConditionRole:
        return QVariant::fromValue(rank.condition);
    case HeadlineRole:
        return rank.findings.front().headline;
    case ReasonRole:
        return rank.reason();
    case Qt::AccessibleTextRole:
        return tr("%1. %2, %3: %4").arg(index.row() + 1).arg(rank.server, conditionWord(rank.condition), rank.reason());
    case Qt::ToolTipRole:
        return rank.advice.isEmpty() ? rank.reason() : rank.reason() % u'\n' % rank.advice;
    default:
        return {};
    }
}

} // namespace shardhelm
