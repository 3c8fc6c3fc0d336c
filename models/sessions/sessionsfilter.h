// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>

namespace shardhelm {

class SessionsModel;

/// Which sessions are shown.
enum class SessionsView {
    All,
    Running, ///< run a statement and wait for no lock
    Waiting, ///< wait for a lock
    Blocking, ///< others wait for them
    Locks, ///< waiting and blocking ones as trees
};

/// Stable name for settings: "running".
QString sessionsViewKey(SessionsView view);
SessionsView sessionsViewOfKey(const QString &key);

/// Sorts and filters the sessions. Lock trees stand in their own order.
class SessionsFilter : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    /// `model` outlives the proxy.
    explicit SessionsFilter(SessionsModel &model, QObject *parent = nullptr);

    void setView(SessionsView view);
    [[nodiscard]] SessionsView view() const { return m_view; }
    /// Every word must stand somewhere in the row; case does not matter.
    void setText(const QString &text);
    /// How many sessions a view has, whatever the text.
    [[nodiscard]] int count(SessionsView view) const;
    /// By `column`, equal and unknown values by the age of the transaction; without effect on lock trees.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    [[nodiscard]] bool isIn(SessionsView view, int row) const;

    SessionsModel &m_model;
    SessionsView m_view = SessionsView::All;
    QStringList m_words;
    int m_column;
    Qt::SortOrder m_order = Qt::DescendingOrder;
};

} // namespace shardhelm
