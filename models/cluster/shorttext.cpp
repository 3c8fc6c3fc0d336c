// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/shorttext.h"

#include <QRegularExpression>

namespace shardhelm {

QString shortened(const QString &figure)
{
    static const QRegularExpression empty(QStringLiteral(R"((\d)\.0+(?!\d))"));
    static const QRegularExpression trailing(QStringLiteral(R"((\.\d*[1-9])0+(?!\d))"));
    QString result = figure;
    result.replace(empty, QStringLiteral("\\1"));
    result.replace(trailing, QStringLiteral("\\1"));
    return result;
}

} // namespace shardhelm
