// SPDX-License-Identifier: GPL-3.0-or-later
#include "alerttable.h"

#include "command.h"
#include "wording/alerts.h"

namespace shardhelm::ctl {

namespace {

using namespace monitor::alerts;

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonValue timeOrNull(const QDateTime &time)
{
    return time.isValid() ? QJsonValue(time.toUTC().toString(Qt::ISODateWithMs)) : QJsonValue();
}

/// Part of the JSON contract: not translated.
QString stateName(Handling::Kind kind)
{
    switch (kind) {
    case Handling::Kind::Open:
        return QStringLiteral("raised");
    case Handling::Kind::Acknowledged:
        return QStringLiteral("acknowledged");
    case Handling::Kind::Muted:
        return QStringLiteral("muted");
    }
    return {};
}

/// The fields of an alert, in the order of the columns.
QList<QPair<QString, QJsonValue>> fieldsOf(const ActiveAlert &alert, const Handling &handling)
{
    const auto figure = [&alert](double monitor::Alert::*member) {
        return alert.figure ? QJsonValue((*alert.figure).*member) : QJsonValue();
    };
    return {
        {QStringLiteral("alert"), alertName(alert.subject)},
        {QStringLiteral("rule"), alert.subject.rule},
        {QStringLiteral("server"), textOrNull(alert.subject.server)},
        {QStringLiteral("instance"), textOrNull(alert.instance)},
        {QStringLiteral("severity"), cluster::alertSeverityWord(alert.severity)},
        {QStringLiteral("state"), stateName(handling.kind)},
        {QStringLiteral("since"), timeOrNull(alert.since)},
        {QStringLiteral("text"), wording::sentence(alert)},
        {QStringLiteral("value"), figure(&monitor::Alert::value)},
        {QStringLiteral("threshold"), figure(&monitor::Alert::threshold)},
        {QStringLiteral("runbook"), textOrNull(alert.runbook)},
        {QStringLiteral("by"), textOrNull(handling.by)},
        {QStringLiteral("reason"), textOrNull(handling.reason)},
        {QStringLiteral("until"), handling.until ? timeOrNull(*handling.until) : QJsonValue()},
    };
}

/// Columns are there without rows, too.
std::vector<Table::Column> columns()
{
    std::vector<Table::Column> result;
    for (const auto &[name, value] : fieldsOf({}, {}))
        result.push_back({name});
    return result;
}

} // namespace

QString alertName(const Subject &subject)
{
    return subject.server.isEmpty() ? subject.rule : subject.rule + u'@' + subject.server;
}

Subject alertOf(const QString &name)
{
    const qsizetype at = name.indexOf(u'@');
    return at < 0 ? Subject{name, {}} : Subject{name.left(at), name.mid(at + 1)};
}

Table alertTable(const std::vector<AlertState> &alerts)
{
    Table table;
    table.columns = columns();
    for (const AlertState &state : alerts) {
        QJsonArray row;
        for (const auto &[name, value] : fieldsOf(state.alert, state.handling))
            row.append(value);
        table.rows.push_back(row);
    }
    return table;
}

Table alertSummary(const std::vector<AlertState> &alerts)
{
    Table table;
    table.columns = {{QStringLiteral("alert"), Text::tr("ALERT")},
                     {QStringLiteral("severity"), Text::tr("SEVERITY")},
                     {QStringLiteral("since"), Text::tr("SINCE")},
                     {QStringLiteral("text"), Text::tr("WHAT")},
                     {QStringLiteral("state"), Text::tr("STATE")}};
    for (const AlertState &state : alerts) {
        const QString handled = wording::handlingSentence(state.handling);
        table.rows.push_back({alertName(state.alert.subject), wording::severityWord(state.alert.severity),
                              state.alert.since.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")),
                              wording::sentence(state.alert), handled.isEmpty() ? Text::tr("raised") : handled});
    }
    return table;
}

QJsonObject eventObject(const ToldEvent &told)
{
    QJsonObject object{
        {QStringLiteral("event"), told.event.raised ? QStringLiteral("raised") : QStringLiteral("cleared")},
        {QStringLiteral("at"), timeOrNull(told.event.at)}};
    for (const auto &[name, value] : fieldsOf(told.event.alert, told.handling))
        object.insert(name, value);
    return object;
}

Table eventTable(const ToldEvent &told)
{
    Table table;
    table.columns = {{QStringLiteral("event")}, {QStringLiteral("at")}};
    for (const Table::Column &column : columns())
        table.columns.push_back(column);
    const QJsonObject object = eventObject(told);
    QJsonArray row;
    for (const Table::Column &column : table.columns)
        row.append(object.value(column.key));
    table.rows.push_back(row);
    return table;
}

QString eventLine(const ToldEvent &told)
{
    const ActiveAlert &alert = told.event.alert;
    const QString word = told.event.raised ? Text::tr("raised") : Text::tr("cleared");
    QString line = QStringLiteral("%1 %2 %3 %4: %5")
                       .arg(told.event.at.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")), word,
                            wording::severityWord(alert.severity), alertName(alert.subject), wording::sentence(alert));
    if (const QString handled = wording::handlingSentence(told.handling); !handled.isEmpty())
        line += QStringLiteral(" (%1)").arg(handled);
    if (told.event.raised && !alert.runbook.isEmpty())
        line += u' ' + alert.runbook;
    return line;
}

} // namespace shardhelm::ctl
