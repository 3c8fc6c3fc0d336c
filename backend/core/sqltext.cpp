// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqltext.h"

#include <QFile>

namespace shardhelm {

QByteArray sqlText(const char *name)
{
    QFile file(QStringLiteral(":/sql/%1.sql").arg(QLatin1StringView(name)));
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(opened, "sqlText", name);
    return opened ? file.readAll() : QByteArray();
}

} // namespace shardhelm
