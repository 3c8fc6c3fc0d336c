// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/filterexpression.h"

#include <QSortFilterProxyModel>

namespace shardhelm {

class InstancesModel;

/// Sorts and filters the servers. The order is kept while figures change and made anew when the person asks or a
/// server's condition changes, so that rows do not move under the eye.
class InstancesFilter : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    /// `model` and `fleet` outlive the proxy.
    InstancesFilter(InstancesModel &model, const Fleet &fleet, QObject *parent = nullptr);

    void setText(const QString &text);
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] QString error() const { return m_expression.error(); }
    /// How many servers the filter hides.
    [[nodiscard]] int hidden() const;
    /// Orders by `column`, equal values by name, unknown ones last.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

Q_SIGNALS:
    void filtered();

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    InstancesModel &m_model;
    const Fleet &m_fleet;
    QString m_text;
    FilterExpression m_expression;
};

} // namespace shardhelm
