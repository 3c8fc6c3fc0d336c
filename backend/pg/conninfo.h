// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QList>
#include <QPair>
#include <QString>

namespace shardhelm::pg {

/// A libpq connection string taken apart: keyword, value, in order.
class Conninfo
{
public:
    /// Both forms of libpq (keyword/value and URI). ConninfoBad with libpq's reason in `found`, free of secrets.
    static Result<Conninfo> parse(const QString &text);

    /// Value of a keyword as it was given, empty when absent.
    [[nodiscard]] QString value(const QString &keyword) const;
    void set(const QString &keyword, const QString &value);
    void remove(const QString &keyword);
    /// Each host as endpointText(); empty when none is named (libpq's default or a service file decides).
    [[nodiscard]] QStringList hosts() const;
    /// keyword='value' form, quoted as libpq wants it.
    [[nodiscard]] QString toString() const;
    [[nodiscard]] const QList<QPair<QString, QString>> &entries() const { return m_entries; }

private:
    QList<QPair<QString, QString>> m_entries;
};

/// One host as text for people: host:port, [address]:port for an IPv6 address, a socket folder as it is.
QString endpointText(const QString &host, const QString &port);

/// The text with the value of every secret keyword (password, sslpassword, passfile content excluded) replaced by ***,
/// in connection strings of both forms wherever they stand inside a longer text (statement, log line, error message),
/// and in SQL: PASSWORD 'x', option lists, literals inside literals. In doubt more is hidden rather than less. A text
/// without secrets comes back unchanged.
QString redacted(const QString &text);

} // namespace shardhelm::pg
