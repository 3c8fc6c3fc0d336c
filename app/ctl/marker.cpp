// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"

#include "moment.h"
#include "monitor/markers.h"
#include "wording/errors.h"

namespace shardhelm::ctl {

namespace {

Exit marker(const Invocation &call)
{
    const QDateTime now = QDateTime::currentDateTime();
    qint64 at = now.toMSecsSinceEpoch();
    if (call.has(QStringLiteral("at"))) {
        const auto moment = momentFrom(QStringLiteral("--at"), call.value(QStringLiteral("at")), now);
        if (!moment)
            return call.fail(moment.error());
        at = moment->toMSecsSinceEpoch();
    }
    const auto file = cluster::readClusterFile(call.clusterFilePath());
    if (!file)
        return call.fail(file.error());
    const QString text = call.arguments.value(0).simplified();
    const auto place = monitor::setMarker(*file, {at, text, {}, {}}, call.passwords, call.wait(file->monitor.timeout));
    if (!place)
        return call.fail(place.error());
    QStringList warnings;
    if (!place->inJournal) {
        const QString why =
            place->why ? wording::sentence(*place->why) : Text::tr("This directory has no journal of Shardhelm.");
        warnings << Text::tr("The marker is kept on this computer only: %1").arg(why);
    }
    Table table{{{QStringLiteral("at"), Text::tr("AT")},
                 {QStringLiteral("text"), Text::tr("TEXT")},
                 {QStringLiteral("place"), Text::tr("PLACE")}},
                {}};
    table.rows.push_back(QJsonArray{QDateTime::fromMSecsSinceEpoch(at, Qt::UTC).toString(Qt::ISODateWithMs), text,
                                    place->inJournal ? QStringLiteral("journal") : QStringLiteral("local")});
    call.print(table, true, warnings);
    return Exit::Done;
}

} // namespace

std::vector<Command> markerCommands()
{
    return {{QStringLiteral("marker"),
             Text::tr("Name a moment, e.g. \"deploy 14:02\": charts, recordings and reports show it"),
             {{QStringLiteral("TEXT"), Text::tr("what happened, one line")}},
             {{QStringLiteral("at"), QStringLiteral("T"), Text::tr("when, else now: %1").arg(momentHelp())}},
             marker,
             Text::tr("The marker goes to the journal of the directory, where every console sees it; when it cannot be "
                      "written there, it is kept on this computer.")}};
}

} // namespace shardhelm::ctl
