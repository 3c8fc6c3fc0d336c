// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/commandline.h"

#include <QRegularExpression>

namespace shardhelm {

QString commandText(const QStringList &arguments)
{
    static const QRegularExpression harmless(QStringLiteral(R"(^[\w@%+=:,./-]+$)"));
    QStringList words{QStringLiteral("shardhelmctl")};
    for (const QString &argument : arguments) {
        words << (harmless.match(argument).hasMatch()
                      ? argument
                      : u'\'' % QString(argument).replace(u'\'', QLatin1StringView("'\\''")) % u'\'');
    }
    return words.join(u' ');
}

} // namespace shardhelm
