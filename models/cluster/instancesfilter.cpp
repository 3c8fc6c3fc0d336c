// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/instancesfilter.h"

#include "cluster/instancesmodel.h"

#include <QPartialOrdering>

namespace shardhelm {

InstancesFilter::InstancesFilter(InstancesModel &model, const Fleet &fleet, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_model(model)
    , m_fleet(fleet)
{
    setSortRole(InstancesModel::SortRole);
    setDynamicSortFilter(false);
    setSourceModel(&model);
    connect(&model, &InstancesModel::conditionsChanged, this, [this] { invalidate(); });
    connect(&fleet, &Fleet::sampled, this, [this] {
        if (m_expression.isEmpty())
            return;
        invalidateFilter();
        Q_EMIT filtered();
    });
}

void InstancesFilter::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    m_expression = FilterExpression::parse(text);
    invalidateFilter();
    Q_EMIT filtered();
}

int InstancesFilter::hidden() const
{
    return m_model.rowCount() - rowCount();
}

void InstancesFilter::sort(int column, Qt::SortOrder order)
{
    QSortFilterProxyModel::sort(column, order);
    // The same column again does nothing in the base class without dynamic sorting.
    invalidate();
}

bool InstancesFilter::filterAcceptsRow(int row, const QModelIndex &) const
{
    const monitor::ServerSample *server = m_model.server(row);
    return server && m_expression.matches(*server, m_fleet);
}

bool InstancesFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const QVariant a = left.data(InstancesModel::SortRole);
    const QVariant b = right.data(InstancesModel::SortRole);
    const QString nameA = left.data(InstancesModel::ServerRole).toString();
    const QString nameB = right.data(InstancesModel::ServerRole).toString();
    const bool descending = sortOrder() == Qt::DescendingOrder;
    // Equal values keep the order of the names in both directions; unknown ones come last in both.
    const bool byName = descending ? nameA > nameB : nameA < nameB;
    if (a.isValid() != b.isValid())
        return descending ? b.isValid() : a.isValid();
    if (!a.isValid())
        return byName;
    const QPartialOrdering order = QVariant::compare(a, b);
    if (order == QPartialOrdering::Less)
        return true;
    if (order == QPartialOrdering::Greater)
        return false;
    return byName;
}

} // namespace shardhelm
