// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/condition.h"
#include "export/table.h"

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace shardhelm {

/// One column of a table of facts.
struct FactColumn
{
    using Kind = Table::Column::Kind;

    QString key; ///< stable name: settings, filters, exports ("mean_ms")
    QString title; ///< head, translated
    QString tip{};
    Kind kind = Kind::Text;
    int width = 90; ///< pixels at first
    bool shown = true; ///< at first
    bool code = false; ///< SQL or a name: fixed pitch
};

/// One cell. The value is raw, in the unit of the column's key, and null when it is unknown or does not apply.
struct FactCell
{
    QJsonValue value{};
    QString text{}; ///< shown instead of the value by its kind
    QString tip{};
    std::optional<Condition> pip{}; ///< sign before the text
    std::optional<double> share{}; ///< 0 to 1: fill of a bar before the text
    bool marked = false;
    bool faded = false;
    bool notPermitted = false;
};

/// One row. The id tells it from the others of the table and stays from reading to reading.
struct FactRow
{
    QString id;
    std::vector<FactCell> cells; ///< one per column
};

/// A value as people read it, by the rules of models/format; empty for null.
QString factText(const QJsonValue &value, FactColumn::Kind kind);

/// Rows of facts that are read again and again. A row that stays keeps its place from reading to reading, so that a
/// selection and the eye's place survive; new rows come last and the view orders them.
class FactModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum DataRole {
        SortRole = Qt::UserRole, ///< double, string or bool; unknown ones are invalid
        IdRole, ///< FactRow::id
        PipRole, ///< Condition, absent without a sign
        ShareRole, ///< double 0 to 1, absent without a bar
        MarkedRole,
        FadedRole,
        NotPermittedRole,
        CodeRole,
    };

    explicit FactModel(std::vector<FactColumn> columns, QObject *parent = nullptr);

    /// Ids occur once; each row has a cell per column.
    void present(std::vector<FactRow> rows);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    [[nodiscard]] const std::vector<FactColumn> &columns() const { return m_columns; }
    [[nodiscard]] const FactRow &row(int row) const { return m_rows[static_cast<size_t>(row)]; }
    /// -1 when there is no such row.
    [[nodiscard]] int rowOf(const QString &id) const;
    /// Rows with all columns, in that order, on their way out.
    [[nodiscard]] Table table(const std::vector<int> &rows) const;

private:
    [[nodiscard]] QVariant sortKey(const FactCell &cell) const;

    std::vector<FactColumn> m_columns;
    std::vector<FactRow> m_rows;
};

} // namespace shardhelm
