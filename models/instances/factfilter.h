// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "instances/factmodel.h"

#include <QSortFilterProxyModel>

#include <functional>

namespace shardhelm {

/// Sorts and filters a table of facts by anything in it: words must occur in some column, comparisons such as
/// "mean > 100 ms" or "table = orders" name a column by its key, the beginning of its key, or its title. All must hold;
/// an unknown value fulfils no comparison. The order is kept while values change, until sort() or settle().
class FactFilter : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    /// `model` outlives the proxy.
    explicit FactFilter(FactModel &model, QObject *parent = nullptr);

    void setText(const QString &text);
    [[nodiscard]] QString text() const { return m_text; }
    /// A sentence that says what is wrong with the text, or empty.
    [[nodiscard]] QString error() const { return m_error; }
    /// How many rows the filter hides.
    [[nodiscard]] int hidden() const { return m_model.rowCount() - rowCount(); }
    /// Orders by `column`, unknown values last in both directions, equal ones by their id.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    /// Filters and orders again by what is known now.
    void settle();

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    using Term = std::function<bool(int row)>;
    void parse();
    [[nodiscard]] int columnOf(const QString &word) const;
    [[nodiscard]] Term comparison(int column, const QString &sign, const QString &value);

    FactModel &m_model;
    QString m_text;
    QString m_error;
    std::vector<Term> m_terms;
};

} // namespace shardhelm
