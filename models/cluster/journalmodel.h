// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/journalread.h"
#include "export/table.h"

#include <QAbstractTableModel>

#include <vector>

namespace shardhelm {

/// The directory's journal as a table, newest first.
class JournalModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { At, What, Detail, Who, Host, ColumnCount };
    enum Role { SearchRole = Qt::UserRole }; ///< everything that a filter looks through

    using QAbstractTableModel::QAbstractTableModel;

    void setEntries(std::vector<cluster::JournalEntry> entries);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// The rows given, with the keys of the command line.
    [[nodiscard]] Table table(const std::vector<int> &rows) const;

private:
    std::vector<cluster::JournalEntry> m_entries;
};

} // namespace shardhelm
