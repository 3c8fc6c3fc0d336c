// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/journalmodel.h"

#include "wording/journal.h"

namespace shardhelm {

void JournalModel::setEntries(std::vector<cluster::JournalEntry> entries)
{
    if (entries == m_entries)
        return;
    beginResetModel();
    m_entries = std::move(entries);
    endResetModel();
}

int JournalModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int JournalModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant JournalModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const cluster::JournalEntry &entry = m_entries[static_cast<size_t>(index.row())];
    if (role == SearchRole)
        return QStringList{entry.what, wording::detailText(entry.detail), entry.who, entry.host}.join(u' ');
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (index.column()) {
    case At:
        return entry.at.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    case What:
        return entry.what;
    case Detail:
        return wording::detailText(entry.detail);
    case Who:
        return entry.who;
    case Host:
        return entry.host;
    default:
        return {};
    }
}

QVariant JournalModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case At:
        return tr("At");
    case What:
        return tr("What");
    case Detail:
        return tr("Detail");
    case Who:
        return tr("Who");
    case Host:
        return tr("From");
    default:
        return {};
    }
}

Table JournalModel::table(const std::vector<int> &rows) const
{
    Table table;
    table.columns = {{QStringLiteral("id")},   {QStringLiteral("at")},   {QStringLiteral("who")},
                     {QStringLiteral("host")}, {QStringLiteral("what")}, {QStringLiteral("detail")}};
    for (const int row : rows) {
        const cluster::JournalEntry &entry = m_entries.at(static_cast<size_t>(row));
        table.rows.push_back(
            {entry.id, entry.at.toString(Qt::ISODateWithMs), entry.who, entry.host, entry.what, entry.detail});
    }
    return table;
}

} // namespace shardhelm
