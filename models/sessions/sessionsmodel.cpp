// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessions/sessionsmodel.h"

#include "cluster/condition.h"
#include "format/units.h"
#include "wording/triage.h"

#include <algorithm>

namespace shardhelm {

namespace {

/// The same for a session from list to list, and for a prepared transaction.
QString idOf(const SessionRow &row)
{
    const monitor::SessionKey &key = row.session.key;
    const QString prepared = row.node && key.pid == 0 ? row.node->prepared : QString();
    return QStringLiteral("%1\n%2\n%3\n%4").arg(key.server, QString::number(key.pid), key.backendStart, prepared);
}

QVariant age(std::optional<double> seconds)
{
    return seconds ? QVariant(*seconds) : QVariant();
}

QString ageText(std::optional<double> seconds)
{
    // Clocks of activity and of the statement that reads it differ by a moment.
    return seconds ? format::duration(std::max(0.0, *seconds)) : QString();
}

} // namespace

SessionsModel::SessionsModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void SessionsModel::setLists(const std::vector<monitor::SessionList> &lists, const QSet<QString> &stale)
{
    std::vector<SessionRow> fresh = sessionRows(lists);
    QHash<QString, size_t> places;
    for (size_t index = 0; index < fresh.size(); ++index)
        places.insert(idOf(fresh[index]), index);
    m_positions.clear();
    for (SessionRow &row : lockRows(lists)) {
        const QString id = idOf(row);
        m_positions.insert(id, static_cast<int>(m_positions.size()));
        const auto place = places.constFind(id);
        if (place != places.constEnd()) {
            fresh[*place] = std::move(row);
        } else {
            places.insert(id, fresh.size());
            fresh.push_back(std::move(row));
        }
    }
    m_stale = stale;

    for (int last = rowCount() - 1; last >= 0; --last) {
        if (places.contains(m_ids[static_cast<size_t>(last)]))
            continue;
        int first = last;
        while (first > 0 && !places.contains(m_ids[static_cast<size_t>(first) - 1]))
            --first;
        beginRemoveRows({}, first, last);
        m_rows.erase(m_rows.begin() + first, m_rows.begin() + last + 1);
        m_ids.erase(m_ids.begin() + first, m_ids.begin() + last + 1);
        endRemoveRows();
        last = first;
    }
    std::vector<bool> taken(fresh.size());
    for (size_t row = 0; row < m_rows.size(); ++row) {
        const size_t place = places.value(m_ids[row]);
        m_rows[row] = std::move(fresh[place]);
        taken[place] = true;
    }
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    const auto added = static_cast<int>(std::ranges::count(taken, false));
    if (added == 0)
        return;
    beginInsertRows({}, rowCount(), rowCount() + added - 1);
    for (size_t place = 0; place < fresh.size(); ++place) {
        if (taken[place])
            continue;
        m_ids.push_back(idOf(fresh[place]));
        m_rows.push_back(std::move(fresh[place]));
    }
    endInsertRows();
}

int SessionsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SessionsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

int SessionsModel::rowOf(const monitor::SessionKey &key) const
{
    const auto found = std::ranges::find(
        m_rows, key, [](const SessionRow &row) -> const auto & { return row.session.key; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

QVariant SessionsModel::display(const SessionRow &row, int column) const
{
    const monitor::Session &session = row.session;
    switch (column) {
    case Instance:
        return session.key.server;
    case Pid:
        return session.key.pid == 0 ? QString() : QString::number(session.key.pid);
    case State:
        return row.isSession() || session.hidden ? wording::doing(session, row.wait)
                                                 : wording::sessionName(session, row.node);
    case Blocks:
        return row.behind > 0 ? format::count(row.behind) : QString();
    case TransactionAge:
        if (row.node && row.node->holds && session.key.pid == 0)
            return ageText(row.node->holds->preparedAge);
        return ageText(session.transactionAge);
    case QueryAge:
        return ageText(session.queryAge);
    case Application:
        return session.application.isEmpty() ? session.backendType : session.application;
    case Role:
        return row.node && row.node->holds && session.key.pid == 0 ? row.node->holds->preparedOwner : session.role;
    case Client:
        return session.client;
    case Database:
        return row.node && row.node->holds && session.key.pid == 0 ? row.node->holds->preparedDatabase
                                                                   : session.database;
    case Query:
        return session.query.simplified();
    default:
        return {};
    }
}

QVariant SessionsModel::sortValue(const SessionRow &row, int column) const
{
    switch (column) {
    case Pid:
        return row.session.key.pid;
    case Blocks:
        return row.behind;
    case TransactionAge:
        return age(row.session.transactionAge);
    case QueryAge:
        return age(row.session.queryAge);
    default:
        return display(row, column);
    }
}

QVariant SessionsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const SessionRow &row = at(index.row());
    const int position = m_positions.value(m_ids[static_cast<size_t>(index.row())], -1);
    switch (role) {
    case Qt::DisplayRole:
        return display(row, index.column());
    case Qt::ToolTipRole:
        if (index.column() == Query)
            return row.session.query.left(2000);
        if (index.column() == Blocks && row.node)
            return wording::holding(*row.node);
        return display(row, index.column());
    case Qt::AccessibleTextRole: {
        const QString text = display(row, index.column()).toString();
        return text.isEmpty() ? tr("unknown") : text;
    }
    case Qt::TextAlignmentRole: {
        const bool number = index.column() == Pid || index.column() == Blocks || index.column() == TransactionAge
            || index.column() == QueryAge;
        return QVariant::fromValue(Qt::Alignment((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    }
    case SortRole:
        return sortValue(row, index.column());
    case ConditionRole:
        if (row.behind == 0)
            return {};
        return QVariant::fromValue(position == 0 ? Condition::Worst : Condition::Degraded);
    case MarkedRole:
        return (index.column() == State && row.session.isWaiting()) || (index.column() == Blocks && row.behind > 0);
    case FadedRole:
        return m_stale.contains(row.session.key.server);
    case LevelRole:
        return row.level;
    case PositionRole:
        return position;
    case NotPermittedRole:
        return row.session.hidden && (index.column() == State || index.column() == Query);
    default:
        return {};
    }
}

QVariant SessionsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment((section >= Blocks && section <= QueryAge) || section == Pid
                                                     ? Qt::AlignRight | Qt::AlignVCenter
                                                     : Qt::AlignLeft | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Instance:
        return tr("instance");
    case Pid:
        return tr("pid");
    case State:
        return tr("state");
    case Blocks:
        return tr("blocks");
    case TransactionAge:
        return tr("transaction");
    case QueryAge:
        return tr("statement");
    case Application:
        return tr("application");
    case Role:
        return tr("role");
    case Client:
        return tr("client");
    case Database:
        return tr("database");
    case Query:
        return tr("text, literals redacted");
    default:
        return {};
    }
}

} // namespace shardhelm
