// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/incidenthtml.h"

#include "cluster/serverfacts.h"
#include "format/units.h"
#include "monitor/triage/locktree.h"
#include "pg/conninfo.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>

namespace shardhelm {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(IncidentReport)
};

QString clock(qint64 at)
{
    return QDateTime::fromMSecsSinceEpoch(at).toString(QStringLiteral("HH:mm:ss"));
}

QString moment(const QDateTime &at)
{
    const QDateTime local = at.toLocalTime();
    return local.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss ")) + local.timeZoneAbbreviation();
}

QString moment(qint64 at)
{
    return moment(QDateTime::fromMSecsSinceEpoch(at));
}

/// Text that stands in the document: without characters that XML forbids, whatever a server sent.
QString plain(const QString &text)
{
    QString clean;
    clean.reserve(text.size());
    for (const QChar c : text) {
        const bool control = c.unicode() < 0x20 && c != u'\t' && c != u'\n';
        clean += control || c == QChar(0xfffe) || c == QChar(0xffff) ? QChar(0xfffd) : c;
    }
    return clean.toHtmlEscaped();
}

/// One line without secrets.
QString safe(const QString &text)
{
    return plain(pg::redacted(text));
}

class Page
{
public:
    void head(int level, const QString &text)
    {
        m_body += QStringLiteral("<h%1>%2</h%1>\n").arg(level).arg(plain(text));
    }
    void paragraph(const QString &text, const QString &kind = {})
    {
        m_body += (kind.isEmpty() ? QStringLiteral("<p>") : QStringLiteral("<p class=\"%1\">").arg(kind)) + plain(text)
            + QStringLiteral("</p>\n");
    }
    void raw(const QString &markup) { m_body += markup; }

    /// Columns whose head begins with '>' hold numbers and stand at the right.
    void tableHead(const QStringList &columns)
    {
        m_numeric.clear();
        m_body += QStringLiteral("<div class=\"wide\"><table><thead><tr>");
        for (const QString &column : columns) {
            const bool isNumber = column.startsWith(u'>');
            m_numeric.push_back(isNumber);
            m_body += QStringLiteral("<th%1>%2</th>")
                          .arg(isNumber ? QStringLiteral(" class=\"n\"") : QString(),
                               plain(isNumber ? column.mid(1) : column));
        }
        m_body += QStringLiteral("</tr></thead><tbody>\n");
    }
    void row(const QStringList &cells, const QString &kind = {})
    {
        m_body += kind.isEmpty() ? QStringLiteral("<tr>") : QStringLiteral("<tr class=\"%1\">").arg(kind);
        for (qsizetype i = 0; i < cells.size(); ++i) {
            const bool isNumber = static_cast<size_t>(i) < m_numeric.size() && m_numeric[static_cast<size_t>(i)];
            m_body += (isNumber ? QStringLiteral("<td class=\"n\">") : QStringLiteral("<td>")) + safe(cells[i])
                + QStringLiteral("</td>");
        }
        m_body += QStringLiteral("</tr>\n");
    }
    void tableEnd() { m_body += QStringLiteral("</tbody></table></div>\n"); }

    [[nodiscard]] const QString &body() const { return m_body; }

private:
    QString m_body;
    std::vector<bool> m_numeric;
};

QString seconds(double value)
{
    // A sum of milliseconds may be a hair less than the whole second that it is.
    return format::duration(std::floor(std::round(value * 1000) / 1000));
}

void writeStandouts(Page &page, const Incident &incident)
{
    page.head(2, Words::tr("Who stood out"));
    if (incident.standouts.empty()) {
        page.paragraph(Words::tr("No server stood out in this span."));
        return;
    }
    page.tableHead({Words::tr("Server"), Words::tr("State"), Words::tr("Since"), Words::tr("Until"),
                    u'>' + Words::tr("Stood out"), u'>' + Words::tr("Down"), Words::tr("Why")});
    for (const Incident::Standout &standout : incident.standouts) {
        const bool down = standout.worst == Condition::Down;
        const bool goesOn = standout.until >= incident.span.to;
        page.row({standout.server, conditionWord(standout.worst), clock(standout.since),
                  goesOn ? Words::tr("the end") : clock(standout.until), seconds(standout.seconds),
                  standout.downSeconds > 0 ? seconds(standout.downSeconds) : QString(),
                  standout.sentences.join(QStringLiteral(" · "))},
                 down ? QStringLiteral("bad") : QStringLiteral("warn"));
    }
    page.tableEnd();
}

void writeEvents(Page &page, const Incident &incident)
{
    page.head(2, Words::tr("What happened when"));
    if (incident.events.empty()) {
        page.paragraph(Words::tr("No state changed, no alert was raised, no marker was set."));
        return;
    }
    page.tableHead({Words::tr("Time"), Words::tr("Server"), Words::tr("Event")});
    for (const Incident::Event &event : incident.events)
        page.row({clock(event.at), event.isMarker ? Words::tr("marker") : event.server, event.text},
                 event.isMarker ? QStringLiteral("marker") : QString());
    page.tableEnd();
    if (incident.eventsLeftOut > 0)
        page.paragraph(Words::tr("Later events are left out: %1.").arg(incident.eventsLeftOut),
                       QStringLiteral("muted"));
}

void writeCharts(Page &page, const Incident &incident)
{
    page.head(2, Words::tr("Curves"));
    if (incident.charts.empty())
        page.paragraph(Words::tr("No figures were recorded."));
    for (const SvgChart &chart : incident.charts) {
        page.raw(QStringLiteral("<figure><figcaption>%1</figcaption>\n").arg(plain(chart.title)));
        page.raw(QString::fromUtf8(svgOf(chart)));
        page.raw(QStringLiteral("</figure>\n"));
    }
    if (!incident.charts.empty())
        page.paragraph(Words::tr("Every line is a server; the one that stood out most is in front. Vertical lines are "
                                 "markers. Samples older than a quarter of an hour when the recording was made are "
                                 "points of 30 s, each the worst of its samples."),
                       QStringLiteral("muted"));
}

QString ageText(const std::optional<double> &age)
{
    return age ? format::duration(*age) : QString();
}

QString waitText(const monitor::Session &session)
{
    if (session.waitEventType.isEmpty())
        return {};
    return session.waitEventType + QStringLiteral(": ") + session.waitEvent;
}

void writeLockTree(Page &page, const monitor::SessionList &list)
{
    const monitor::LockTree tree = monitor::lockTree(list);
    if (tree.nodes.empty())
        return;
    QStringList lines;
    const std::function<void(size_t)> add = [&](size_t index) {
        const monitor::LockNode &node = tree.nodes[index];
        const monitor::Session *session = list.session(node.pid);
        const QString who =
            node.pid == 0 ? Words::tr("prepared transaction %1").arg(node.prepared) : Words::tr("pid %1").arg(node.pid);
        QStringList facts{who};
        if (node.behind > 0)
            facts << (node.behind == 1 ? Words::tr("1 waits behind it")
                                       : Words::tr("%1 wait behind it").arg(node.behind));
        if (node.holds)
            facts << Words::tr("holds %1%2")
                         .arg(node.holds->mode,
                              node.heldRelation.isEmpty() ? QString() : Words::tr(" on %1").arg(node.heldRelation));
        if (session && !session->state.isEmpty())
            facts << session->state;
        lines << QString(2 * node.level, u' ') + facts.join(QStringLiteral(", "));
        for (const size_t child : node.children)
            add(child);
    };
    for (const size_t root : tree.roots)
        add(root);
    page.raw(QStringLiteral("<pre>%1</pre>\n").arg(safe(lines.join(u'\n'))));
}

void writeSessions(Page &page, const Incident &incident)
{
    page.head(2, Words::tr("Sessions and locks"));
    if (incident.sessions.empty()) {
        page.paragraph(Words::tr("No sessions were recorded: they are while something is wrong with a server that "
                                 "answers."));
        return;
    }
    for (const Incident::Sessions &sessions : incident.sessions) {
        page.head(3, Words::tr("%1 at %2").arg(sessions.list.server, clock(sessions.at)));
        writeLockTree(page, sessions.list);
        page.tableHead({u'>' + Words::tr("Pid"), Words::tr("State"), Words::tr("Waits for"), u'>' + Words::tr("Blocks"),
                        u'>' + Words::tr("Transaction"), u'>' + Words::tr("Statement"), Words::tr("Application"),
                        Words::tr("Statement, literals left out")});
        for (const monitor::Session &session : sessions.list.sessions)
            page.row({QString::number(session.key.pid), session.state, waitText(session),
                      session.blocks > 0 ? QString::number(session.blocks) : QString(), ageText(session.transactionAge),
                      ageText(session.queryAge), session.application, session.query.simplified()},
                     session.isBlocking() ? QStringLiteral("bad") : QString());
        page.tableEnd();
    }
}

void writeStatements(Page &page, const Incident &incident)
{
    page.head(2, Words::tr("Statements that took the most time"));
    if (incident.statements.empty()) {
        page.paragraph(
            Words::tr("No statements were recorded: they are read every minute while something is wrong with "
                      "a server, where pg_stat_statements is installed; two readings make a difference."));
        return;
    }
    for (const Incident::Statements &statements : incident.statements) {
        page.head(3, Words::tr("%1, %2 to %3").arg(statements.server, clock(statements.from), clock(statements.to)));
        page.tableHead({u'>' + Words::tr("Total"), u'>' + Words::tr("Calls"), u'>' + Words::tr("Mean"),
                        u'>' + Words::tr("Longest ever"), Words::tr("Statement, literals left out")});
        for (const auto &statement : statements.list)
            page.row({format::duration(statement.totalMs / 1000), format::count(statement.calls),
                      format::duration(statement.totalMs / 1000 / static_cast<double>(statement.calls)),
                      format::duration(statement.longestMs / 1000), statement.query.simplified()});
        page.tableEnd();
    }
}

void writeSettings(Page &page, const Incident &incident)
{
    page.head(2, Words::tr("Settings that differ"));
    if (incident.settings.empty()) {
        page.paragraph(incident.settingsCompared < 2
                           ? Words::tr("The settings of fewer than two servers were recorded.")
                           : Words::tr("Those that stood out are set up as the others are (%1 servers compared).")
                                 .arg(incident.settingsCompared));
        return;
    }
    for (const Incident::Settings &settings : incident.settings) {
        page.head(3, settings.server);
        page.tableHead({Words::tr("Setting"), Words::tr("Here"), Words::tr("Most others")});
        for (const monitor::detail::SettingDifference &difference : settings.differences)
            page.row({difference.here.name, QString(difference.here.value + u' ' + difference.here.unit).simplified(),
                      difference.majority ? *difference.majority : Words::tr("no common value")});
        page.tableEnd();
    }
}

void writeServers(Page &page, const Incident &incident)
{
    page.head(2, Words::tr("Servers at the end"));
    page.tableHead({Words::tr("Server"), Words::tr("Role"), Words::tr("State"), Words::tr("Version"), Words::tr("Host"),
                    Words::tr("Zone"), u'>' + Words::tr("Connections"), u'>' + Words::tr("p99"),
                    u'>' + Words::tr("Size"), Words::tr("Started")});
    for (const monitor::ServerSample &server : incident.last.servers) {
        const auto figure = [&server](Metric metric) {
            const auto value = metricValue(server, metric);
            return value.value       ? metricText(metric, *value.value)
                : value.notPermitted ? Words::tr("not permitted")
                                     : QString();
        };
        QString connections = figure(Metric::Connections);
        if (server.connections.value && server.maxConnections.value)
            connections = Words::tr("%1 of %2").arg(*server.connections.value).arg(*server.maxConnections.value);
        page.row({server.name, roleWord(server.role), conditionWord(conditionOf(server, {})), server.version,
                  server.host, server.zone, connections, figure(Metric::P99), figure(Metric::Size),
                  server.startedAt.isValid() ? moment(server.startedAt) : QString()});
    }
    page.tableEnd();
    QMap<QString, int> versions;
    for (const monitor::ServerSample &server : incident.last.servers) {
        if (!server.version.isEmpty())
            ++versions[server.version];
    }
    if (versions.size() > 1) {
        QStringList parts;
        for (auto it = versions.constBegin(); it != versions.constEnd(); ++it)
            parts << Words::tr("%1 on %2").arg(it.key()).arg(it.value());
        page.paragraph(Words::tr("Versions differ (number of servers): %1.").arg(parts.join(QStringLiteral(", "))));
    }
}

QString lead(const Incident &incident)
{
    const auto count = static_cast<int>(incident.standouts.size());
    const auto servers = static_cast<int>(incident.last.servers.size());
    if (count == 0)
        return Words::tr("None of %1 servers stood out.").arg(servers);
    const Incident::Standout &worst = incident.standouts.front();
    const QString first = worst.downSeconds > 0
        ? Words::tr("%1 was down for %2.").arg(worst.server, seconds(worst.downSeconds))
        : Words::tr("%1 stood out for %2: %3.").arg(worst.server, seconds(worst.seconds), worst.sentences.value(0));
    return first + u' ' + Words::tr("%1 of %2 servers stood out.").arg(count).arg(servers);
}

QString style()
{
    QFile file(QStringLiteral(":/report/incident.css"));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

QByteArray incidentHtml(const Incident &incident, const QDateTime &made)
{
    Page page;
    const QString title = Words::tr("Incident report: %1").arg(incident.about.cluster);
    page.head(1, title);
    page.paragraph(Words::tr("%1 to %2 · environment %3 · made %4 by Shardhelm %5")
                       .arg(moment(incident.span.from), moment(incident.span.to), incident.about.environment,
                            moment(made), QCoreApplication::applicationVersion()),
                   QStringLiteral("muted"));
    page.paragraph(lead(incident), QStringLiteral("lead"));
    writeStandouts(page, incident);
    writeEvents(page, incident);
    writeCharts(page, incident);
    writeSessions(page, incident);
    writeStatements(page, incident);
    writeSettings(page, incident);
    writeServers(page, incident);
    page.paragraph(Words::tr("Times are in %1. Passwords and the literals of statements are left out.")
                       .arg(QDateTime::fromMSecsSinceEpoch(incident.span.from).timeZoneAbbreviation()),
                   QStringLiteral("muted"));
    return (QStringLiteral("<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"%1\">\n<head>\n"
                           "<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" content=\"width=device-width\"/>\n"
                           "<meta name=\"color-scheme\" content=\"light dark\"/>\n<title>%2</title>\n<style>\n%3"
                           "</style>\n</head>\n<body>\n%4</body>\n</html>\n")
                .arg(QLocale().bcp47Name(), plain(title), style(), page.body()))
        .toUtf8();
}

} // namespace shardhelm
