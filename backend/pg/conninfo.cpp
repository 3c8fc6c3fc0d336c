// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/conninfo.h"

#include <libpq-fe.h>

#include <QRegularExpression>

#include "pg/plainmessages.h"

namespace shardhelm::pg {

namespace {

/// What libpq says about a text it cannot read. It quotes fragments of that text, and with a stray blank or quote a
/// fragment can be part of a secret: they are shown only when the text holds none.
QString parseComplaint(QString complaint, const QString &text)
{
    static const QRegularExpression quotedFragment(QStringLiteral("\"[^=\"].*\""));
    complaint = complaint.trimmed();
    if (redacted(text) != text)
        complaint.replace(quotedFragment, QStringLiteral("\"***\""));
    return redacted(complaint);
}

QString quotedValue(QString value)
{
    value.replace(QLatin1Char('\\'), QStringLiteral("\\\\"));
    value.replace(QLatin1Char('\''), QStringLiteral("\\'"));
    return QLatin1Char('\'') + value + QLatin1Char('\'');
}

} // namespace

Result<Conninfo> Conninfo::parse(const QString &text)
{
    if (text.contains(QChar(0)))
        return fail(ErrorCode::ConninfoBad, {}, QStringLiteral("\\0"));
    const PlainMessages plain;
    char *complaint = nullptr;
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
        PQconninfoParse(text.toUtf8().constData(), &complaint), &PQconninfoFree);
    if (!options) {
        const QString said = QString::fromUtf8(complaint);
        PQfreemem(complaint);
        return fail(ErrorCode::ConninfoBad, {}, parseComplaint(said, text));
    }
    Conninfo parsed;
    for (const PQconninfoOption *option = options.get(); option->keyword; ++option) {
        if (option->val)
            parsed.m_entries.emplaceBack(QString::fromUtf8(option->keyword), QString::fromUtf8(option->val));
    }
    return parsed;
}

QString Conninfo::value(const QString &keyword) const
{
    for (const auto &[name, value] : m_entries) {
        if (name == keyword)
            return value;
    }
    return {};
}

void Conninfo::set(const QString &keyword, const QString &value)
{
    for (auto &[name, current] : m_entries) {
        if (name == keyword) {
            current = value;
            return;
        }
    }
    m_entries.emplaceBack(keyword, value);
}

void Conninfo::remove(const QString &keyword)
{
    m_entries.removeIf([&](const QPair<QString, QString> &entry) { return entry.first == keyword; });
}

QStringList Conninfo::hosts() const
{
    const QString named = value(QStringLiteral("host"));
    const QStringList names =
        (named.isEmpty() ? value(QStringLiteral("hostaddr")) : named).split(QLatin1Char(','), Qt::SkipEmptyParts);
    const QStringList ports = value(QStringLiteral("port")).split(QLatin1Char(','));
    QStringList shown;
    for (qsizetype index = 0; index < names.size(); ++index) {
        QString port = ports.size() == 1 ? ports.first() : ports.value(index);
        if (port.isEmpty())
            port = QStringLiteral("5432");
        shown += endpointText(names[index], port);
    }
    return shown;
}

QString Conninfo::toString() const
{
    QStringList parts;
    for (const auto &[keyword, value] : m_entries)
        parts += keyword + QLatin1Char('=') + quotedValue(value);
    return parts.join(QLatin1Char(' '));
}

QString endpointText(const QString &host, const QString &port)
{
    if (host.startsWith(QLatin1Char('/')) || host.startsWith(QLatin1Char('@')))
        return host + QStringLiteral("/.s.PGSQL.") + port;
    if (host.contains(QLatin1Char(':')))
        return QLatin1Char('[') + host + QStringLiteral("]:") + port;
    return host + QLatin1Char(':') + port;
}

} // namespace shardhelm::pg
