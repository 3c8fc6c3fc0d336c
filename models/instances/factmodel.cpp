// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/factmodel.h"

#include "format/units.h"

#include <QHash>

#include <algorithm>

namespace shardhelm {

QString factText(const QJsonValue &value, FactColumn::Kind kind)
{
    using Kind = FactColumn::Kind;
    if (value.isNull() || value.isUndefined())
        return {};
    if (value.isString())
        return value.toString();
    if (value.isBool())
        return value.toBool() ? FactModel::tr("yes") : FactModel::tr("no");
    const double number = value.toDouble();
    switch (kind) {
    case Kind::Count:
        return format::count(qRound64(number));
    case Kind::Bytes:
        return format::bytes(qRound64(number));
    case Kind::Millis:
        return format::duration(number / 1000);
    case Kind::Seconds:
        return format::duration(number);
    case Kind::Rate:
        return format::rate(number).chopped(2).trimmed();
    case Kind::Percent:
        return format::percent(number);
    case Kind::Text:
        break;
    }
    return format::significant(number);
}

FactModel::FactModel(std::vector<FactColumn> columns, QObject *parent)
    : QAbstractTableModel(parent)
    , m_columns(std::move(columns))
{
}

void FactModel::present(std::vector<FactRow> rows)
{
    QHash<QString, size_t> wanted;
    wanted.reserve(static_cast<qsizetype>(rows.size()));
    for (size_t i = 0; i < rows.size(); ++i)
        wanted.insert(rows[i].id, i);
    // Rows that are gone leave in runs, from the end.
    for (size_t end = m_rows.size(); end > 0;) {
        if (wanted.contains(m_rows[end - 1].id)) {
            --end;
            continue;
        }
        size_t begin = end - 1;
        while (begin > 0 && !wanted.contains(m_rows[begin - 1].id))
            --begin;
        beginRemoveRows({}, static_cast<int>(begin), static_cast<int>(end) - 1);
        m_rows.erase(m_rows.begin() + static_cast<std::ptrdiff_t>(begin),
                     m_rows.begin() + static_cast<std::ptrdiff_t>(end));
        endRemoveRows();
        end = begin;
    }
    for (FactRow &row : m_rows) {
        const size_t from = wanted.take(row.id);
        row = std::move(rows[from]);
        rows[from].id.clear();
    }
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    std::erase_if(rows, [&](const FactRow &row) { return !wanted.contains(row.id); });
    if (rows.empty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(rows.size()) - 1);
    m_rows.insert(m_rows.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
    endInsertRows();
}

int FactModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int FactModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

int FactModel::rowOf(const QString &id) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const FactRow &row) { return row.id == id; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

QVariant FactModel::sortKey(const FactCell &cell) const
{
    if (cell.value.isDouble())
        return cell.value.toDouble();
    if (cell.value.isBool())
        return cell.value.toBool();
    return cell.value.isString() ? QVariant(cell.value.toString()) : QVariant();
}

QVariant FactModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount() || index.column() >= columnCount())
        return {};
    const FactRow &row = m_rows[static_cast<size_t>(index.row())];
    const FactColumn &column = m_columns[static_cast<size_t>(index.column())];
    const FactCell &cell = row.cells[static_cast<size_t>(index.column())];
    switch (role) {
    case Qt::DisplayRole:
        return cell.text.isEmpty() ? factText(cell.value, column.kind) : cell.text;
    case Qt::ToolTipRole:
        return cell.notPermitted ? tr("Not permitted: the role of this console may not see it.") : cell.tip;
    case Qt::TextAlignmentRole:
        return headerData(index.column(), Qt::Horizontal, role);
    case Qt::AccessibleTextRole: {
        QString said = cell.text.isEmpty() ? factText(cell.value, column.kind) : cell.text;
        if (said.isEmpty())
            said = cell.notPermitted ? tr("not permitted") : tr("unknown");
        return tr("%1: %2").arg(column.title, said);
    }
    case SortRole:
        return sortKey(cell);
    case IdRole:
        return row.id;
    case PipRole:
        return cell.pip ? QVariant::fromValue(*cell.pip) : QVariant();
    case ShareRole:
        return cell.share ? QVariant(*cell.share) : QVariant();
    case MarkedRole:
        return cell.marked;
    case FadedRole:
        return cell.faded;
    case NotPermittedRole:
        return cell.notPermitted;
    case CodeRole:
        return column.code;
    default:
        return {};
    }
}

QVariant FactModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const FactColumn &column = m_columns[static_cast<size_t>(section)];
    switch (role) {
    case Qt::DisplayRole:
        return column.title;
    case Qt::ToolTipRole:
        return column.tip.isEmpty() ? column.title : column.tip;
    case Qt::TextAlignmentRole: {
        const bool words = column.kind == FactColumn::Kind::Text || column.kind == FactColumn::Kind::Percent;
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | (words ? Qt::AlignLeft : Qt::AlignRight)));
    }
    default:
        return {};
    }
}

Table FactModel::table(const std::vector<int> &rows) const
{
    Table table;
    for (const FactColumn &column : m_columns)
        table.columns.push_back({column.key, column.title, column.kind});
    for (const int index : rows) {
        QJsonArray values;
        for (const FactCell &cell : row(index).cells)
            values.append(cell.value);
        table.rows.push_back(std::move(values));
    }
    return table;
}

} // namespace shardhelm
