// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QList>
#include <QPair>
#include <QString>

namespace shardhelm::pg {

/// A libpq connection string taken apart: keyword, value, in order.
class Conninfo {
public:
    /// Both forms of libpq (keyword/value and URI).
    static Result<Conninfo> parse(const QString &text);

    [[nodiscard]] QString value(const QString &keyword) const;
    void set(const QString &keyword, const QString &value);
    void remove(const QString &keyword);
    /// host:port of each host, as text for people; a socket folder as it is.
    [[nodiscard]] QStringList hosts() const;
    /// keyword='value' form, quoted as libpq wants it.
    [[nodiscard]] QString toString() const;
    [[nodiscard]] const QList<QPair<QString, QString>> &entries() const { return m_entries; }

private:
    QList<QPair<QString, QString>> m_entries;
};

/// The text with the value of every secret keyword (password, sslpassword, passfile content excluded) replaced by ***,
/// in connection strings of both forms wherever they stand inside a longer text (statement, log line, error message).
QString redacted(const QString &text);

} // namespace shardhelm::pg
