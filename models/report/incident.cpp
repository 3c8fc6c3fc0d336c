// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/incident.h"

#include "cluster/ranking.h"
#include "monitor/recording/playback.h"
#include "monitor/recording/samplefacts.h"
#include "monitor/recording/sessionfacts.h"
#include "monitor/recording/verdictfacts.h"
#include "report/incidentcharts.h"
#include "wording/alerts.h"
#include "wording/errors.h"

#include <QCoreApplication>
#include <QMap>
#include <QSet>

#include <algorithm>
#include <ranges>

namespace shardhelm {

namespace {

using namespace monitor::recording;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Incident)
};

/// Looks into the span from its beginning to its end.
constexpr int looks = 240;
constexpr qint64 leastStepMs = 1000;
/// Beside them so many moments at which a state, and at which the verdict changed: what was wrong for a short time is
/// not passed over.
constexpr size_t mostChanges = 500;
constexpr size_t mostEvents = 300;
constexpr size_t mostSentences = 8;
constexpr size_t mostSessionLists = 6;
constexpr size_t mostStatements = 10;
constexpr size_t mostSettingLists = 5;

QString momentText(qint64 at)
{
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(at);
    return moment.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss ")) + moment.timeZoneAbbreviation();
}

int gravity(Condition condition)
{
    switch (condition) {
    case Condition::Down:
        return 3;
    case Condition::Worst:
        return 2;
    case Condition::Degraded:
        return 1;
    default:
        return 0;
    }
}

/// Follows who stands out from look to look.
class Standouts
{
public:
    void look(const monitor::FleetSample &fleet, qint64 at, qint64 step)
    {
        for (const Rank &rank : rankFleet(fleet)) {
            // What is near a threshold is no incident.
            const bool raised = std::ranges::any_of(rank.findings, &Finding::raised);
            const monitor::ServerSample *server = fleet.server(rank.server);
            if (!server || (!raised && server->state != monitor::State::Down))
                continue;
            Incident::Standout &standout = m_servers[rank.server];
            if (standout.server.isEmpty()) {
                standout.server = rank.server;
                standout.since = at;
                standout.worst = rank.condition;
            }
            if (gravity(rank.condition) > gravity(standout.worst))
                standout.worst = rank.condition;
            standout.until = at;
            standout.seconds += static_cast<double>(step) / 1000;
            if (server->state == monitor::State::Down)
                standout.downSeconds += static_cast<double>(step) / 1000;
            if (!rank.advice.isEmpty())
                standout.advice = rank.advice;
            for (const Finding &finding : rank.findings)
                keep(standout, finding);
        }
    }

    [[nodiscard]] std::vector<Incident::Standout> ranked() const
    {
        std::vector<Incident::Standout> list(m_servers.begin(), m_servers.end());
        std::ranges::sort(list, [](const Incident::Standout &a, const Incident::Standout &b) {
            if (a.downSeconds != b.downSeconds)
                return a.downSeconds > b.downSeconds;
            if (a.seconds != b.seconds)
                return a.seconds > b.seconds;
            return a.server < b.server;
        });
        return list;
    }

private:
    /// One sentence per figure: the latest, which has seen most of it.
    void keep(Incident::Standout &standout, const Finding &finding)
    {
        const int kind = finding.metric ? static_cast<int>(*finding.metric) : -1;
        const QPair<QString, int> key{standout.server, kind};
        const auto known = m_sentences.constFind(key);
        if (known != m_sentences.constEnd())
            standout.sentences[*known] = finding.sentence;
        else if (static_cast<size_t>(standout.sentences.size()) < mostSentences) {
            m_sentences.insert(key, standout.sentences.size());
            standout.sentences << finding.sentence;
        }
    }

    QHash<QString, Incident::Standout> m_servers;
    QHash<QPair<QString, int>, qsizetype> m_sentences;
};

QString stateSentence(const monitor::ServerSample &sample)
{
    switch (sample.state) {
    case monitor::State::Healthy:
        return Words::tr("healthy again");
    case monitor::State::Degraded:
        return sample.reason ? wording::sentence(*sample.reason) : Words::tr("degraded");
    case monitor::State::Down:
        return sample.reason ? Words::tr("down: %1").arg(wording::sentence(*sample.reason)) : Words::tr("down");
    case monitor::State::Stale:
        return Words::tr("does not answer in time; its values are old");
    case monitor::State::Connecting:
    case monitor::State::Unknown:
        break;
    }
    return {};
}

/// When the fleet is looked at, ascending; the last one is the end of the span.
Result<std::vector<qint64>> lookMoments(Playback &playback, const Span &span)
{
    const qint64 step = std::max(leastStepMs, (span.to - span.from) / looks);
    std::vector<qint64> moments{span.to};
    for (qint64 at = span.from + std::min(step, playback.reader().about().intervalMs); at < span.to; at += step)
        moments.push_back(at);
    for (const QString &kind : {stateKind(), verdictKind()}) {
        const auto changes = playback.reader().facts(kind, {span.from + 1, span.to});
        if (!changes)
            return Failure(changes.error());
        for (const Fact &change : *changes | std::views::take(mostChanges))
            moments.push_back(change.at);
    }
    std::ranges::sort(moments);
    const auto same = std::ranges::unique(moments);
    moments.erase(same.begin(), same.end());
    return moments;
}

/// What became different for a server from one fact to the next.
void addEvents(std::vector<Incident::Event> &events, const monitor::ServerSample &before,
               const monitor::ServerSample &now, qint64 at)
{
    const auto add = [&](const QString &text) {
        if (!text.isEmpty())
            events.push_back({at, now.name, text, false});
    };
    const auto raised = [](const monitor::ServerSample &sample, monitor::Rule rule) {
        return std::ranges::any_of(sample.alerts,
                                   [rule](const monitor::Alert &alert) { return alert.rule == rule && alert.raised; });
    };
    bool told = false;
    for (const monitor::Alert &alert : now.alerts) {
        if (alert.raised && !raised(before, alert.rule)) {
            add(wording::sentence(alert));
            told = true;
        }
    }
    // A state that follows from the alerts is told with them.
    if (now.state != before.state && !(told && now.state == monitor::State::Degraded && !now.reason))
        add(stateSentence(now));
}

Result<std::vector<Incident::Event>> readEvents(Playback &playback, const Span &span)
{
    QHash<QString, monitor::ServerSample> servers;
    const auto before = playback.reader().factsAt(stateKind(), span.from);
    const auto states = playback.reader().facts(stateKind(), {span.from + 1, span.to});
    const auto changes = playback.reader().facts(detailKind(), {span.from + 1, span.to});
    for (const auto *facts : {&before, &states, &changes}) {
        if (!*facts)
            return Failure(facts->error());
    }
    for (const Fact &fact : *before) {
        servers[fact.server].name = fact.server;
        applyStateFact(servers[fact.server], fact.content);
    }
    QHash<QPair<QString, qint64>, const Fact *> detailOf;
    for (const Fact &fact : *changes)
        detailOf.insert({fact.server, fact.at}, &fact);
    std::vector<Incident::Event> events;
    for (const Fact &fact : *states) {
        monitor::ServerSample &server = servers[fact.server];
        const bool isNew = server.name.isEmpty();
        const monitor::ServerSample last = server;
        server.name = fact.server;
        applyStateFact(server, fact.content);
        // The figures of the alerts come with the details of the same moment.
        if (const Fact *detail = detailOf.value({fact.server, fact.at}))
            applyDetailFact(server, detail->content);
        if (!isNew || server.state == monitor::State::Down)
            addEvents(events, last, server, fact.at);
    }
    const auto markers = playback.reader().markers(span);
    if (!markers)
        return Failure(markers.error());
    for (const Marker &marker : *markers)
        events.push_back({marker.at, {}, marker.text, true});
    std::ranges::stable_sort(events, {}, &Incident::Event::at);
    return events;
}

/// Per server the moment with most waiting sessions; servers with most of them first.
Result<std::vector<Incident::Sessions>> readSessionLists(Playback &playback, const Span &span)
{
    const auto facts = playback.reader().facts(sessionsKind(), span);
    if (!facts)
        return Failure(facts.error());
    QHash<QString, Incident::Sessions> worst;
    const auto waiting = [](const Incident::Sessions &sessions) {
        return std::ranges::count_if(sessions.list.sessions, &monitor::Session::isWaiting);
    };
    for (const Fact &fact : *facts) {
        Incident::Sessions sessions{fact.at, sessionsOf(fact.server, fact.content)};
        if (sessions.list.sessions.empty())
            continue;
        Incident::Sessions &known = worst[fact.server];
        if (known.at == 0 || waiting(sessions) > waiting(known))
            known = std::move(sessions);
    }
    std::vector<Incident::Sessions> lists(worst.begin(), worst.end());
    std::ranges::sort(lists, [&](const Incident::Sessions &a, const Incident::Sessions &b) {
        return waiting(a) != waiting(b) ? waiting(a) > waiting(b) : a.list.server < b.list.server;
    });
    lists.resize(std::min(lists.size(), mostSessionLists));
    return lists;
}

/// Differences between the first and the last reading of each server within the span.
Result<std::vector<Incident::Statements>> readStatements(Playback &playback, const Span &span)
{
    const auto facts = playback.reader().facts(statementsKind(), span);
    if (!facts)
        return Failure(facts.error());
    QMap<QString, std::pair<const Fact *, const Fact *>> ends;
    for (const Fact &fact : *facts) {
        if (!ends.contains(fact.server))
            ends[fact.server].first = &fact;
        ends[fact.server].second = &fact;
    }
    std::vector<Incident::Statements> result;
    for (auto it = ends.constBegin(); it != ends.constEnd(); ++it) {
        const auto [first, last] = *it;
        auto list = statementsBetween(statementsOf(first->content), statementsOf(last->content));
        list.resize(std::min(list.size(), mostStatements));
        if (!list.empty())
            result.push_back({it.key(), first->at, last->at, std::move(list)});
    }
    return result;
}

/// Settings of those that stood out against all that are known at the end of the span.
Result<void> readSettings(Playback &playback, Incident &incident)
{
    const auto facts = playback.reader().factsAt(settingsKind(), incident.span.to);
    if (!facts)
        return Failure(facts.error());
    QMap<QString, std::vector<monitor::detail::Setting>> servers;
    for (const Fact &fact : *facts)
        servers.insert(fact.server, settingsOf(fact.content));
    // Only what differs from the built-in value is recorded: a setting that others have has that value here.
    QSet<QString> names;
    for (const auto &settings : std::as_const(servers)) {
        for (const monitor::detail::Setting &setting : settings)
            names.insert(setting.name);
    }
    for (auto &settings : servers) {
        QSet<QString> missing = names;
        for (const monitor::detail::Setting &setting : settings)
            missing.remove(setting.name);
        for (const QString &name : std::as_const(missing)) {
            monitor::detail::Setting setting;
            setting.name = name;
            setting.value = Words::tr("default");
            settings.push_back(std::move(setting));
        }
    }
    incident.settingsCompared = static_cast<int>(servers.size());
    for (const Incident::Standout &standout : incident.standouts) {
        if (!servers.contains(standout.server) || servers.size() < 2 || incident.settings.size() >= mostSettingLists)
            continue;
        auto differences = monitor::detail::settingDifferences(servers, standout.server);
        if (!differences.empty())
            incident.settings.push_back({standout.server, std::move(differences)});
    }
    return {};
}

} // namespace

Result<Incident> readIncident(const QString &recording, const Span &wanted, const std::function<bool()> &stopped)
{
    auto playback = Playback::open(recording);
    if (!playback)
        return Failure(playback.error());
    const auto all = playback->span();
    if (!all)
        return Failure(all.error());
    Incident incident;
    incident.about = playback->reader().about();
    incident.span = {std::max(wanted.from, all->from), std::min(wanted.to, all->to)};
    if (incident.span.isEmpty()) {
        const auto text = [](const Span &part) -> QString {
            return momentText(part.from) + QStringLiteral(" – ") + momentText(part.to);
        };
        return fail(ErrorCode::RecordingEmpty, recording, text(wanted),
                    all->isEmpty() ? QStringList() : QStringList(text(*all)));
    }

    const auto moments = lookMoments(*playback, incident.span);
    if (!moments)
        return Failure(moments.error());
    Standouts standouts;
    for (size_t i = 0; i < moments->size(); ++i) {
        const qint64 at = moments->at(i);
        const bool isLast = i + 1 == moments->size();
        auto fleet = playback->advance(at);
        if (!fleet)
            return Failure(fleet.error());
        standouts.look(*fleet, at, isLast ? incident.about.intervalMs : moments->at(i + 1) - at);
        if (stopped && stopped())
            return fail(ErrorCode::Cancelled);
        if (isLast)
            incident.last = std::move(*fleet);
    }
    incident.standouts = standouts.ranked();

    auto events = readEvents(*playback, incident.span);
    if (!events)
        return Failure(events.error());
    incident.events = std::move(*events);
    if (incident.events.size() > mostEvents) {
        incident.eventsLeftOut = static_cast<int>(incident.events.size() - mostEvents);
        incident.events.resize(mostEvents);
    }
    auto sessions = readSessionLists(*playback, incident.span);
    if (!sessions)
        return Failure(sessions.error());
    incident.sessions = std::move(*sessions);

    auto statements = readStatements(*playback, incident.span);
    if (!statements)
        return Failure(statements.error());
    incident.statements = std::move(*statements);
    if (const auto settings = readSettings(*playback, incident); !settings)
        return Failure(settings.error());

    QStringList worst;
    for (const Incident::Standout &standout : incident.standouts)
        worst << standout.server;
    auto charts = incidentCharts(playback->reader(), incident.span, worst, incident.last);
    if (!charts)
        return Failure(charts.error());
    incident.charts = std::move(*charts);
    return incident;
}

} // namespace shardhelm
