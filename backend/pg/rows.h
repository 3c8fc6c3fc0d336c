// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

struct pg_result;

namespace shardhelm::pg {

/// Rows of one statement in text format, held as libpq received them. Copies share the data; read from any thread.
class Rows
{
public:
    Rows() = default;
    /// Takes ownership of a libpq result.
    explicit Rows(pg_result *result);

    [[nodiscard]] int count() const;
    [[nodiscard]] bool isEmpty() const { return count() == 0; }
    [[nodiscard]] int columns() const;
    [[nodiscard]] QStringList columnNames() const;
    /// Index of a column, -1 when absent.
    [[nodiscard]] int column(const char *name) const;
    /// Type oid of a column.
    [[nodiscard]] unsigned typeOid(int column) const;
    /// Rows changed by INSERT, UPDATE, DELETE, MERGE, COPY; 0 for everything else.
    [[nodiscard]] qint64 affected() const;

    [[nodiscard]] bool isNull(int row, int column) const;
    /// The cell as text; null QString for SQL NULL.
    [[nodiscard]] QString text(int row, int column) const;
    /// The cell's bytes; null QByteArray for SQL NULL. A view into the result: copy it to outlive Rows.
    [[nodiscard]] QByteArray bytes(int row, int column) const;
    [[nodiscard]] qint64 integer(int row, int column, qint64 whenNull = 0) const;
    [[nodiscard]] double number(int row, int column, double whenNull = 0) const;
    [[nodiscard]] bool boolean(int row, int column) const;
    [[nodiscard]] std::optional<qint64> optionalInteger(int row, int column) const;
    [[nodiscard]] std::optional<double> optionalNumber(int row, int column) const;
    /// Elements of a one-dimensional text-like array; NULL elements become null strings.
    [[nodiscard]] QStringList textArray(int row, int column) const;

private:
    std::shared_ptr<pg_result> m_result;
};

} // namespace shardhelm::pg
