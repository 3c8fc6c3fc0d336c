// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace shardhelm::ui {

/// Which roles of a model carry what the delegate paints.
struct TableRoles
{
    int condition = -1; ///< Condition, painted as a pip in the columns of `pipColumn`
    int curve = -1; ///< QList<double>
    int share = -1; ///< double, 0 to 1
    int marked = -1; ///< bool: bold
    int notPermitted = -1; ///< bool: a diamond in place of the value
    int faded = -1; ///< bool: grey
    int pipColumn = 0;
};

/// A row of a table of servers: pip and name, figures in equal cells, small curves, bars, horizontal lines only.
class InstancesDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    InstancesDelegate(const TableRoles &roles, QObject *parent);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    TableRoles m_roles;
};

} // namespace shardhelm::ui
