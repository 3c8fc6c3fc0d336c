// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/table.h"

#include "format/units.h"

#include <QJsonDocument>
#include <QLocale>

namespace shardhelm {

namespace {

using Kind = Table::Column::Kind;

bool isNull(const QJsonValue &value)
{
    return value.isNull() || value.isUndefined();
}

/// The value for programs: numbers with all their digits, booleans as SQL writes them, structures as JSON.
QString rawText(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        return {};
    case QJsonValue::Bool:
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    case QJsonValue::Double: {
        const QVariant number = value.toVariant();
        if (number.typeId() == QMetaType::LongLong)
            return QString::number(number.toLongLong());
        return QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest);
    }
    case QJsonValue::String:
        return value.toString();
    case QJsonValue::Array:
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    case QJsonValue::Object:
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    }
    return {};
}

/// Control characters as escapes, so that a value neither breaks the layout nor drives the terminal.
QString printable(const QString &text)
{
    QString result;
    result.reserve(text.size());
    for (const QChar c : text) {
        if (c == u'\n')
            result += QStringLiteral("\\n");
        else if (c == u'\t')
            result += QStringLiteral("\\t");
        else if (c == u'\r')
            result += QStringLiteral("\\r");
        else if (c.category() == QChar::Other_Control || (c >= u'\u202a' && c <= u'\u202e')
                 || (c >= u'\u2066' && c <= u'\u2069'))
            result += QStringLiteral("\\u%1").arg(static_cast<uint>(c.unicode()), 4, 16, QLatin1Char('0'));
        else
            result += c;
    }
    return result;
}

/// The value for people.
QString shownText(const QJsonValue &value, Kind kind)
{
    if (isNull(value))
        return QStringLiteral("–");
    if (value.isBool())
        return value.toBool() ? QStringLiteral("yes") : QStringLiteral("no");
    if (value.isArray()) {
        QStringList parts;
        for (const QJsonValue &part : value.toArray())
            parts += rawText(part);
        return printable(parts.join(QStringLiteral(", ")));
    }
    if (!value.isDouble())
        return printable(rawText(value));
    switch (kind) {
    case Kind::Text:
        return rawText(value);
    case Kind::Count:
        return format::count(value.toInteger(static_cast<qint64>(value.toDouble())));
    case Kind::Bytes:
        return format::bytes(value.toInteger(static_cast<qint64>(value.toDouble())));
    case Kind::Millis:
        return format::duration(value.toDouble() / 1000);
    case Kind::Seconds:
        return format::duration(value.toDouble());
    case Kind::Rate:
        return format::rate(value.toDouble());
    case Kind::Percent:
        return format::percent(value.toDouble());
    }
    return rawText(value);
}

/// Columns a character takes on a terminal: none for combining marks, two for the wide East Asian blocks and emoji.
int width(char32_t c)
{
    const QChar::Category category = QChar::category(c);
    if (category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing || category == QChar::Other_Format)
        return 0;
    const bool wide = (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) || (c >= 0xac00 && c <= 0xd7a3)
        || (c >= 0xf900 && c <= 0xfaff) || (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60)
        || (c >= 0xffe0 && c <= 0xffe6) || (c >= 0x1f300 && c <= 0x1faff) || (c >= 0x20000 && c <= 0x3fffd);
    return wide ? 2 : 1;
}

int width(const QString &text)
{
    int columns = 0;
    for (const char32_t c : text.toUcs4())
        columns += width(c);
    return columns;
}

QString csvField(const QJsonValue &value)
{
    if (isNull(value))
        return {};
    QString text = rawText(value);
    // A lone \. would end the data of COPY … CSV.
    const bool plain = !text.isEmpty() && !text.contains(u',') && !text.contains(u'"') && !text.contains(u'\n')
        && !text.contains(u'\r') && text != QLatin1StringView("\\.");
    if (plain)
        return text;
    return u'"' + text.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

QString tsvField(const QJsonValue &value)
{
    if (isNull(value))
        return QStringLiteral("\\N");
    QString result;
    for (const QChar c : rawText(value)) {
        switch (c.unicode()) {
        case u'\\':
            result += QStringLiteral("\\\\");
            break;
        case u'\b':
            result += QStringLiteral("\\b");
            break;
        case u'\f':
            result += QStringLiteral("\\f");
            break;
        case u'\n':
            result += QStringLiteral("\\n");
            break;
        case u'\r':
            result += QStringLiteral("\\r");
            break;
        case u'\t':
            result += QStringLiteral("\\t");
            break;
        case u'\v':
            result += QStringLiteral("\\v");
            break;
        default:
            result += c;
        }
    }
    return result;
}

QString markdownField(const QString &text)
{
    QString result;
    for (const QChar c : text) {
        if (QStringLiteral("\\|`*_[]<>&").contains(c))
            result += u'\\';
        result += c;
    }
    return result;
}

/// Whether a column stands right: amounts, and what is a number without being an amount (an id, an epoch).
bool isNumeric(const Table &table, size_t column)
{
    if (table.columns[column].kind != Kind::Text)
        return true;
    bool any = false;
    for (const QJsonArray &row : table.rows) {
        const QJsonValue value = row.at(static_cast<qsizetype>(column));
        if (!isNull(value) && !value.isDouble())
            return false;
        any = any || value.isDouble();
    }
    return any;
}

const QString &titleOf(const Table::Column &column)
{
    return column.title.isEmpty() ? column.key : column.title;
}

} // namespace

QJsonArray Table::toJson() const
{
    QJsonArray result;
    for (const QJsonArray &row : rows) {
        QJsonObject object;
        for (size_t i = 0; i < columns.size(); ++i) {
            const QJsonValue value = row.at(static_cast<qsizetype>(i));
            object.insert(columns[i].key, value.isUndefined() ? QJsonValue() : value);
        }
        result.append(object);
    }
    return result;
}

QByteArray Table::toCsv() const
{
    QString text;
    for (size_t i = 0; i < columns.size(); ++i)
        text += (i == 0 ? QString() : QStringLiteral(",")) + csvField(columns[i].key);
    text += QStringLiteral("\r\n");
    for (const QJsonArray &row : rows) {
        for (size_t i = 0; i < columns.size(); ++i)
            text += (i == 0 ? QString() : QStringLiteral(",")) + csvField(row.at(static_cast<qsizetype>(i)));
        text += QStringLiteral("\r\n");
    }
    return text.toUtf8();
}

QByteArray Table::toTsv() const
{
    QString text;
    for (size_t i = 0; i < columns.size(); ++i)
        text += (i == 0 ? QString() : QStringLiteral("\t")) + tsvField(columns[i].key);
    text += u'\n';
    for (const QJsonArray &row : rows) {
        for (size_t i = 0; i < columns.size(); ++i)
            text += (i == 0 ? QString() : QStringLiteral("\t")) + tsvField(row.at(static_cast<qsizetype>(i)));
        text += u'\n';
    }
    return text.toUtf8();
}

QByteArray Table::toMarkdown() const
{
    QString text = QStringLiteral("|");
    for (const Column &column : columns)
        text += QStringLiteral(" %1 |").arg(markdownField(printable(titleOf(column))));
    text += QStringLiteral("\n|");
    for (size_t i = 0; i < columns.size(); ++i)
        text += isNumeric(*this, i) ? QStringLiteral(" ---: |") : QStringLiteral(" --- |");
    text += u'\n';
    for (const QJsonArray &row : rows) {
        text += u'|';
        for (size_t i = 0; i < columns.size(); ++i) {
            const QString cell = shownText(row.at(static_cast<qsizetype>(i)), columns[i].kind);
            text += u' ' + markdownField(cell) + QStringLiteral(" |");
        }
        text += u'\n';
    }
    return text.toUtf8();
}

QByteArray Table::toText() const
{
    std::vector<QStringList> lines;
    QStringList head;
    for (const Column &column : columns)
        head += printable(titleOf(column)).replace(u'_', u' ').toUpper();
    lines.push_back(head);
    for (const QJsonArray &row : rows) {
        QStringList line;
        for (size_t i = 0; i < columns.size(); ++i)
            line += shownText(row.at(static_cast<qsizetype>(i)), columns[i].kind);
        lines.push_back(line);
    }
    std::vector<int> widths(columns.size(), 0);
    for (const QStringList &line : lines) {
        for (size_t i = 0; i < columns.size(); ++i)
            widths[i] = std::max(widths[i], width(line.at(static_cast<qsizetype>(i))));
    }
    std::vector<bool> right;
    for (size_t i = 0; i < columns.size(); ++i)
        right.push_back(isNumeric(*this, i));
    QString text;
    for (const QStringList &line : lines) {
        QString shown;
        for (size_t i = 0; i < columns.size(); ++i) {
            const QString &cell = line.at(static_cast<qsizetype>(i));
            const QString padding(widths[i] - width(cell), u' ');
            if (i > 0)
                shown += QStringLiteral("  ");
            shown += right[i] ? padding + cell : cell + padding;
        }
        while (shown.endsWith(u' '))
            shown.chop(1);
        text += shown + u'\n';
    }
    return text.toUtf8();
}

} // namespace shardhelm
