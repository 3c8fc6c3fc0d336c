// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/sqlarray.h"

namespace shardhelm::cluster {

QString textArray(const QStringList &values)
{
    QStringList elements;
    for (QString value : values) {
        if (value.isNull()) {
            elements.append(QStringLiteral("NULL"));
            continue;
        }
        value.replace(u'\\', QLatin1StringView("\\\\")).replace(u'"', QLatin1StringView("\\\""));
        elements.append(u'"' + value + u'"');
    }
    return u'{' + elements.join(u',') + u'}';
}

} // namespace shardhelm::cluster
