// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessions/sessionsfilter.h"

#include "sessions/sessionsmodel.h"

#include <algorithm>
#include <array>

namespace shardhelm {

namespace {

constexpr std::array views{SessionsView::All, SessionsView::Running, SessionsView::Waiting, SessionsView::Blocking,
                           SessionsView::Locks};

} // namespace

QString sessionsViewKey(SessionsView view)
{
    switch (view) {
    case SessionsView::All:
        return QStringLiteral("all");
    case SessionsView::Running:
        return QStringLiteral("running");
    case SessionsView::Waiting:
        return QStringLiteral("waiting");
    case SessionsView::Blocking:
        return QStringLiteral("blocking");
    case SessionsView::Locks:
        return QStringLiteral("locks");
    }
    return {};
}

SessionsView sessionsViewOfKey(const QString &key)
{
    const auto found = std::ranges::find(views, key, sessionsViewKey);
    return found == views.end() ? SessionsView::All : *found;
}

SessionsFilter::SessionsFilter(SessionsModel &model, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_model(model)
    , m_column(SessionsModel::Blocks)
{
    setSourceModel(&model);
    setDynamicSortFilter(true);
}

void SessionsFilter::setView(SessionsView view)
{
    m_view = view;
    invalidateFilter();
    sort(m_column, m_order);
}

void SessionsFilter::setText(const QString &text)
{
    m_words = text.simplified().split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

void SessionsFilter::sort(int column, Qt::SortOrder order)
{
    m_column = std::max(0, column);
    m_order = order;
    const bool trees = m_view == SessionsView::Locks;
    // Once by another column: the proxy sorts only when its column or direction is new, and a view changes neither.
    QSortFilterProxyModel::sort(-1);
    QSortFilterProxyModel::sort(trees ? 0 : m_column, trees ? Qt::AscendingOrder : order);
}

bool SessionsFilter::isIn(SessionsView view, int row) const
{
    const SessionRow &one = m_model.at(row);
    const bool session = one.session.key.pid != 0 && (one.isSession() || one.session.hidden);
    switch (view) {
    case SessionsView::All:
        return session;
    case SessionsView::Running:
        return session && one.session.isRunning();
    case SessionsView::Waiting:
        return session && one.session.isWaiting();
    case SessionsView::Blocking:
        return one.behind > 0;
    case SessionsView::Locks:
        return one.node.has_value();
    }
    return false;
}

int SessionsFilter::count(SessionsView view) const
{
    int count = 0;
    for (int row = 0; row < m_model.rowCount(); ++row)
        count += isIn(view, row) ? 1 : 0;
    return count;
}

bool SessionsFilter::filterAcceptsRow(int row, const QModelIndex &) const
{
    if (!isIn(m_view, row))
        return false;
    return std::ranges::all_of(m_words, [&](const QString &word) {
        for (int column = 0; column < SessionsModel::ColumnCount; ++column) {
            if (m_model.index(row, column).data().toString().contains(word, Qt::CaseInsensitive))
                return true;
        }
        return false;
    });
}

bool SessionsFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    if (m_view == SessionsView::Locks)
        return left.data(SessionsModel::PositionRole).toInt() < right.data(SessionsModel::PositionRole).toInt();
    const QVariant a = left.data(SessionsModel::SortRole);
    const QVariant b = right.data(SessionsModel::SortRole);
    if (a.isValid() != b.isValid() || a != b) {
        // Unknown ones last, whichever the direction.
        if (!a.isValid() || !b.isValid())
            return a.isValid() == (m_order == Qt::AscendingOrder);
        return QVariant::compare(a, b) == QPartialOrdering::Less;
    }
    const auto age = [this](const QModelIndex &index) {
        return m_model.at(index.row()).session.transactionAge.value_or(-1);
    };
    // The oldest first, whichever the direction; then an order that stays.
    if (age(left) != age(right))
        return (age(left) > age(right)) == (m_order == Qt::AscendingOrder);
    const monitor::SessionKey &one = m_model.at(left.row()).session.key;
    const monitor::SessionKey &other = m_model.at(right.row()).session.key;
    return m_order == Qt::AscendingOrder ? one < other : other < one;
}

} // namespace shardhelm
