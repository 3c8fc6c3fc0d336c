// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/fleet.h"

#include <QAbstractListModel>

namespace shardhelm {

/// The raised alerts as a list, those that matter most first; acknowledged and muted ones last.
class AlertsModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        ServerRole = Qt::UserRole, ///< empty: the fleet
        RuleRole,
        SeverityRole, ///< int of cluster::AlertSeverity
        HeadlineRole, ///< "7 blocked"
        SentenceRole, ///< what is wrong
        SinceRole, ///< QDateTime
        HandlingRole, ///< "acknowledged by ann: on it", or empty
        MutedRole, ///< bool
        RunbookRole, ///< address, or empty
    };

    /// `fleet` outlives the model.
    explicit AlertsModel(const Fleet &fleet, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    /// What the alert of a row is about.
    [[nodiscard]] monitor::alerts::Subject subject(int row) const;
    [[nodiscard]] int rowOf(const monitor::alerts::Subject &subject) const; ///< -1: not there

private:
    void update();

    const Fleet &m_fleet;
    std::vector<monitor::alerts::AlertState> m_alerts;
};

} // namespace shardhelm
