// SPDX-License-Identifier: GPL-3.0-or-later
#include "wording/journal.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace shardhelm::wording {

namespace {

QString valueText(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::String:
        return value.toString();
    case QJsonValue::Double:
        return QString::number(value.toDouble(), 'g', 6);
    case QJsonValue::Bool:
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    case QJsonValue::Array: {
        QStringList parts;
        for (const QJsonValue &part : value.toArray())
            parts << valueText(part);
        return parts.join(QStringLiteral(" "));
    }
    case QJsonValue::Object:
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    default:
        return {};
    }
}

} // namespace

QString detailText(const QJsonObject &detail)
{
    QStringList parts;
    for (auto field = detail.begin(); field != detail.end(); ++field) {
        const QString value = valueText(field.value()).simplified();
        if (!value.isEmpty())
            parts << field.key() + u' ' + value;
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace shardhelm::wording
