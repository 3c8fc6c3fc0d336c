// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace shardhelm::ui {

/// A cell of the table of sessions: sign of a blocker, indentation of a lock tree, figures in equal cells, statements
/// in the fixed font, horizontal lines only.
class SessionsDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    /// Whether rows are indented by their place in a lock tree.
    void setTree(bool tree) { m_tree = tree; }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    bool m_tree = false;
};

} // namespace shardhelm::ui
