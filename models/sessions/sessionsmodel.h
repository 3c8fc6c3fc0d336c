// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sessions/sessiontable.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QSet>

namespace shardhelm {

/// The sessions of the fleet, and what else stands in their lock trees. A row is the same session from refresh to
/// refresh, so that selections hold; a session that ends is a row removed.
class SessionsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        Instance,
        Pid,
        State,
        Blocks,
        TransactionAge,
        QueryAge,
        Application,
        Role,
        Client,
        Database,
        Query,
        ColumnCount,
    };
    enum DataRole {
        SortRole = Qt::UserRole, ///< a number or a text, invalid: unknown
        ConditionRole, ///< Condition: the root of the largest lock tree is the worst, other blockers are degraded
        MarkedRole, ///< bool: bold
        FadedRole, ///< bool: old, the server did not answer lately
        LevelRole, ///< int: depth in the lock tree
        PositionRole, ///< int: place in the lock trees, -1: in none
        NotPermittedRole, ///< bool: hidden from our role
    };

    explicit SessionsModel(QObject *parent = nullptr);

    /// The lists read last; those of `stale` servers are old.
    void setLists(const std::vector<monitor::SessionList> &lists, const QSet<QString> &stale = {});

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    [[nodiscard]] const SessionRow &at(int row) const { return m_rows.at(static_cast<size_t>(row)); }
    /// The row of a session, -1 when it is not there.
    [[nodiscard]] int rowOf(const monitor::SessionKey &key) const;

private:
    [[nodiscard]] QVariant display(const SessionRow &row, int column) const;
    [[nodiscard]] QVariant sortValue(const SessionRow &row, int column) const;

    std::vector<SessionRow> m_rows;
    std::vector<QString> m_ids; // of the rows
    QHash<QString, int> m_positions; // in the lock trees, by id
    QSet<QString> m_stale;
};

} // namespace shardhelm
