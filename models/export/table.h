// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <vector>

namespace shardhelm {

/// Rows of facts on their way out: to a terminal, a file, the clipboard. Cells are JSON values (null: unknown).
struct Table
{
    struct Column
    {
        QString key; ///< name in JSON and header in CSV and TSV, with the unit: "size_bytes"
        QString title{}; ///< header for people; empty: the key
        /// How the aligned text shows it; JSON, CSV and TSV always carry the raw value.
        enum class Kind { Text, Count, Bytes, Millis, Seconds, Rate, Percent } kind = Kind::Text;
    };
    std::vector<Column> columns;
    std::vector<QJsonArray> rows; ///< one value per column

    /// [{key: value, …}, …]
    [[nodiscard]] QJsonArray toJson() const;
    /// RFC 4180 with a header line; null is an empty unquoted field, an empty string "".
    [[nodiscard]] QByteArray toCsv() const;
    /// COPY text with a header line; null is \N.
    [[nodiscard]] QByteArray toTsv() const;
    /// A GitHub-flavoured table with the values as toText() shows them.
    [[nodiscard]] QByteArray toMarkdown() const;
    /// Columns aligned with spaces for a terminal, numbers right, units as models/format writes them, unknown as a
    /// dash. Control characters are shown as escapes: a value cannot drive the terminal.
    [[nodiscard]] QByteArray toText() const;
};

} // namespace shardhelm
