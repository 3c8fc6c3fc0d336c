// SPDX-License-Identifier: GPL-3.0-or-later
#include "moment.h"

#include "cluster/quantities.h"
#include "command.h"

#include <QTimeZone>

namespace shardhelm::ctl {

namespace {

QDateTime timeOfDay(const QString &text, const QDateTime &now)
{
    for (const QString &form : {QStringLiteral("H:mm"), QStringLiteral("H:mm:ss")}) {
        const QTime time = QTime::fromString(text, form);
        if (!time.isValid())
            continue;
        const QDateTime local = now.toLocalTime();
        QDateTime moment(local.date(), time);
        if (moment > now)
            moment = QDateTime(local.date().addDays(-1), time);
        return moment;
    }
    return {};
}

QDateTime dateAndTime(const QString &text)
{
    QDateTime moment = QDateTime::fromString(QString(text).replace(u' ', u'T'), Qt::ISODateWithMs);
    // Four-digit years only: ISODate reads more than people write.
    return moment.isValid() && moment.date().year() > 1970 && moment.date().year() < 10000 ? moment : QDateTime();
}

} // namespace

Result<QDateTime> momentFrom(const QString &option, const QString &text, const QDateTime &now)
{
    if (text == QLatin1StringView("now"))
        return now;
    if (text.startsWith(u'-')) {
        if (const auto ago = cluster::durationFromText(text.mid(1)))
            return now.addMSecs(-ago->count());
    }
    QDateTime moment = timeOfDay(text, now);
    if (!moment.isValid())
        moment = dateAndTime(text);
    if (!moment.isValid())
        return fail(ErrorCode::UsageBad, option, text, {momentHelp()});
    return moment;
}

QString momentText(qint64 ms)
{
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(ms);
    return moment.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss ")) + moment.timeZoneAbbreviation();
}

QString momentHelp()
{
    return Text::tr("now, -15min, 14:02, \"2026-11-20 14:02\" or 2026-11-20T14:02:00Z");
}

} // namespace shardhelm::ctl
