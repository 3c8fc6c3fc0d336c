// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"

#include "core/savefile.h"
#include "moment.h"
#include "monitor/recording/place.h"
#include "monitor/recording/reader.h"
#include "report/incidenthtml.h"

#include <QFileInfo>

namespace shardhelm::ctl {

namespace {

using monitor::recording::Span;

/// Path of the recording: the one named, else what the window records of the cluster.
Result<QString> recordingPath(const Invocation &call)
{
    if (call.has(QStringLiteral("recording")))
        return call.value(QStringLiteral("recording"));
    const auto file = cluster::readClusterFile(call.clusterFilePath());
    if (!file)
        return Failure(file.error());
    return monitor::recording::ringPath(*file);
}

/// Times of day and ages count from the end of a recording that is named, else from now.
Result<Span> spanOf(const Invocation &call, const QString &path)
{
    QDateTime reference = QDateTime::currentDateTime();
    if (call.has(QStringLiteral("recording"))) {
        auto reader = monitor::recording::RecordingReader::open(path);
        if (!reader)
            return Failure(reader.error());
        const auto all = reader->span();
        if (!all)
            return Failure(all.error());
        if (!all->isEmpty())
            reference = QDateTime::fromMSecsSinceEpoch(all->to);
    }
    const auto from = momentFrom(QStringLiteral("--from"), call.value(QStringLiteral("from")), reference);
    if (!from)
        return Failure(from.error());
    const auto to = momentFrom(QStringLiteral("--to"), call.value(QStringLiteral("to")), reference);
    if (!to)
        return Failure(to.error());
    if (*to <= *from)
        return shardhelm::fail(ErrorCode::UsageBad, QStringLiteral("--to"), call.value(QStringLiteral("to")),
                               {Text::tr("a moment after --from")});
    return Span{from->toMSecsSinceEpoch(), to->toMSecsSinceEpoch()};
}

Exit report(const Invocation &call)
{
    const auto path = recordingPath(call);
    if (!path)
        return call.fail(path.error());
    const auto span = spanOf(call, *path);
    if (!span)
        return call.fail(span.error());
    const auto incident = readIncident(*path, *span, [&call] { return call.stop.stop_requested(); });
    if (!incident)
        return call.fail(incident.error());
    const QString target = call.value(QStringLiteral("o"));
    const auto saved = saveFile(target, incidentHtml(*incident, QDateTime::currentDateTime()),
                                QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (!saved)
        return call.fail(saved.error());
    const auto moment = [](qint64 ms) {
        return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs);
    };
    Table table{{{QStringLiteral("file"), Text::tr("FILE")},
                 {QStringLiteral("from"), Text::tr("FROM")},
                 {QStringLiteral("to"), Text::tr("TO")},
                 {QStringLiteral("stood_out"), Text::tr("STOOD OUT"), Table::Column::Kind::Count},
                 {QStringLiteral("events"), Text::tr("EVENTS"), Table::Column::Kind::Count}},
                {}};
    table.rows.push_back(QJsonArray{QFileInfo(target).absoluteFilePath(), moment(incident->span.from),
                                    moment(incident->span.to), static_cast<qint64>(incident->standouts.size()),
                                    static_cast<qint64>(incident->events.size())});
    call.print(table);
    return Exit::Done;
}

} // namespace

std::vector<Command> reportCommands()
{
    Option from{QStringLiteral("from"), QStringLiteral("T"), Text::tr("where the report begins: %1").arg(momentHelp())};
    Option to{QStringLiteral("to"), QStringLiteral("T"), Text::tr("where it ends"), QStringLiteral("now")};
    Option target{QStringLiteral("o"), QStringLiteral("FILE"), Text::tr("the HTML file")};
    from.required = true;
    target.required = true;
    return {{QStringLiteral("report"),
             Text::tr("Write what was recorded in a span of time as an incident report in HTML"),
             {},
             {from,
              to,
              target,
              {QStringLiteral("recording"), QStringLiteral("FILE"),
               Text::tr("a recording, in place of what the window has recorded of the cluster")}},
             report,
             Text::tr("One file that needs nothing else: who stood out and why, events and markers, curves, sessions "
                      "and locks, servers. Passwords and the literals of statements are left out. With --recording, "
                      "times of day and ages count from its end.")}};
}

} // namespace shardhelm::ctl
