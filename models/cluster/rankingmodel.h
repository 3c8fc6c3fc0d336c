// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/fleet.h"

#include <QAbstractListModel>

namespace shardhelm {

/// The ranking as a list, worst first.
class RankingModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        ServerRole = Qt::UserRole,
        ConditionRole, ///< Condition
        HeadlineRole, ///< of the most serious finding: "p99 41×"
        ReasonRole, ///< all findings in words
    };

    /// `fleet` outlives the model.
    explicit RankingModel(const Fleet &fleet, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    void update();

    const Fleet &m_fleet;
    std::vector<Rank> m_ranks;
};

} // namespace shardhelm
