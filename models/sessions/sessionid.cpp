// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessions/sessionid.h"

#include <QRegularExpression>

namespace shardhelm {

QString sessionId(const monitor::SessionKey &key)
{
    if (key.backendStart.isEmpty())
        return {};
    return QStringLiteral("%1:%2@%3").arg(key.server, QString::number(key.pid), key.backendStart);
}

Result<monitor::SessionKey> sessionFromId(const QString &id)
{
    static const QRegularExpression form(QStringLiteral(
        "^(.+):(\\d{1,9})@(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d:\\d\\d)(?:\\.(\\d{1,6}))?(?:Z|\\+00(?::?00)?)$"));
    const auto match = form.match(id);
    if (!match.hasMatch())
        return fail(ErrorCode::UsageBad, QStringLiteral("SESSION"), id,
                    {QStringLiteral("INSTANCE:PID@2026-11-20T03:11:08.123456Z")});
    const QString start =
        match.captured(3) + u'T' + match.captured(4) + u'.' + match.captured(5).leftJustified(6, u'0') + u'Z';
    return monitor::SessionKey{match.captured(1), match.captured(2).toInt(), start};
}

} // namespace shardhelm
