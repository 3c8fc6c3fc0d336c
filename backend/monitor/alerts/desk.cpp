// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/alerts/desk.h"

#include "monitor/alerts/commandrunner.h"
#include "monitor/alerts/journal.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace shardhelm::monitor::alerts {

namespace {

constexpr Milliseconds journalPatience{5000};
constexpr Milliseconds refreshEvery{15000}; ///< what other consoles wrote is seen after this at the latest

Note noteOf(const Event &event)
{
    Note note;
    note.kind = event.raised ? Note::Kind::Raised : Note::Kind::Cleared;
    note.at = event.at;
    note.subject = event.alert.subject;
    note.instance = event.alert.instance;
    note.facts = factsOf(event.alert);
    return note;
}

QString number(double value)
{
    return QString::number(value, 'g', 10);
}

} // namespace

struct Desk::Private
{
    Private(cluster::ClusterFile clusterFile, Reports theReports, std::function<QString(const ActiveAlert &)> words,
            pg::PasswordSource *passwords, Engine::Holding holding)
        : file(std::move(clusterFile))
        , reports(std::move(theReports))
        , describe(std::move(words))
        , journal(file, passwords)
        , engine(file, holding)
        , runner(file.alertCommandTimeout, [this](size_t id, const CommandRun &run) { noteRun(id, run); })
    {
    }

    void work(const std::stop_token &stop);
    void takeSample(const FleetSample &fleet, const std::stop_token &stop);
    void tell(const Event &event, const std::stop_token &stop);
    void runCommand(const Event &event);
    void noteRun(size_t id, const CommandRun &run);
    bool keep(const Note &note, const std::stop_token &stop);
    void refresh(const std::stop_token &stop);
    void queue(Note note);
    [[nodiscard]] bool isIdle() const { return !sample && notes.empty() && !busy; }

    const cluster::ClusterFile file;
    const Reports reports;
    const std::function<QString(const ActiveAlert &)> describe;

    std::mutex mutex; // guards the five below
    std::condition_variable_any changed;
    std::optional<FleetSample> sample;
    std::deque<Note> notes;
    bool busy = true;
    std::vector<std::pair<Subject, QString>> runs; ///< subject and instance of each command started, by id

    // The worker's own.
    Journal journal;
    Engine engine;
    std::vector<Note> known; ///< all notes as last read
    std::vector<AlertState> told;
    Clock::time_point refreshedAt{};

    CommandRunner runner; // its threads queue notes: it goes before what is above
    std::jthread thread; // last
};

void Desk::Private::queue(Note note)
{
    const std::lock_guard lock(mutex);
    notes.push_back(std::move(note));
    changed.notify_all();
}

/// Keeps a note; whether it is news. One that can be kept nowhere is news to us all the same.
bool Desk::Private::keep(const Note &note, const std::stop_token &stop)
{
    const auto added = journal.add(note, Wait::forDuration(journalPatience, stop));
    if (!added && reports.failed)
        reports.failed(added.error());
    return !added || *added;
}

/// Reads what all consoles have noted, and tells when that changes how the alerts stand.
void Desk::Private::refresh(const std::stop_token &stop)
{
    known = journal.read(Wait::forDuration(journalPatience, stop));
    refreshedAt = Clock::now();
}

void Desk::Private::runCommand(const Event &event)
{
    const ActiveAlert &alert = event.alert;
    CommandRun run;
    run.command = alert.command;
    const auto set = [&run](const char *name, const QString &value) {
        run.settings << QStringLiteral("SHARDHELM_%1=%2").arg(QLatin1StringView(name), value);
    };
    set("EVENT", event.raised ? QStringLiteral("raised") : QStringLiteral("cleared"));
    set("CLUSTER", file.name);
    set("RULE", alert.subject.rule);
    set("SEVERITY", cluster::alertSeverityWord(alert.severity));
    set("SERVER", alert.subject.server);
    set("INSTANCE", alert.instance);
    set("VALUE",
        alert.figure                ? number(alert.figure->value)
            : alert.reasons.empty() ? QString()
                                    : number(alert.reasons.front().value));
    set("THRESHOLD", alert.figure ? number(alert.figure->threshold) : QString());
    set("SINCE", alert.since.toUTC().toString(Qt::ISODate));
    set("TEXT", describe ? describe(alert) : QString());
    set("RUNBOOK", alert.runbook);
    size_t id = 0;
    {
        const std::lock_guard lock(mutex);
        id = runs.size();
        runs.emplace_back(alert.subject, alert.instance);
    }
    runner.start(id, std::move(run));
}

void Desk::Private::noteRun(size_t id, const CommandRun &run)
{
    Note note;
    note.kind = Note::Kind::CommandRun;
    note.at = QDateTime::currentDateTimeUtc();
    {
        const std::lock_guard lock(mutex);
        std::tie(note.subject, note.instance) = runs.at(id);
    }
    note.facts = {{QStringLiteral("command"), run.command}, {QStringLiteral("output"), run.output}};
    note.facts.insert(QStringLiteral("exit_code"), run.error ? QJsonValue() : QJsonValue(run.exitCode));
    if (run.error)
        note.facts.insert(QStringLiteral("ended"),
                          run.error->isTimeout()      ? QStringLiteral("timeout")
                              : run.error->isCancel() ? QStringLiteral("cancelled")
                                                      : QStringLiteral("not started"));
    queue(std::move(note));
}

void Desk::Private::tell(const Event &event, const std::stop_token &stop)
{
    // How it was dealt with, before it is cleared.
    const Handling handling = handlingOf(event.alert.subject, known, QDateTime::currentDateTimeUtc());
    const bool first = keep(noteOf(event), stop);
    if (first && !event.alert.command.isEmpty() && handling.kind != Handling::Kind::Muted)
        runCommand(event);
    if (reports.told)
        reports.told({event, handling, first});
}

void Desk::Private::takeSample(const FleetSample &fleet, const std::stop_token &stop)
{
    const std::vector<Event> events = engine.update(fleet);
    for (const Event &event : events)
        tell(event, stop);
    if (!events.empty())
        refresh(stop);
}

void Desk::Private::work(const std::stop_token &stop)
{
    refresh(stop);
    std::vector<ActiveAlert> resumed;
    for (const AlertState &state : openAlerts(known, QDateTime::currentDateTimeUtc()))
        resumed.push_back(state.alert);
    engine.resume(resumed);
    bool first = true;
    while (!stop.stop_requested()) {
        std::optional<FleetSample> fleet;
        std::deque<Note> toKeep;
        {
            std::unique_lock lock(mutex);
            busy = false;
            changed.notify_all();
            changed.wait_until(lock, stop, refreshedAt + refreshEvery, [this] { return sample || !notes.empty(); });
            if (stop.stop_requested())
                return;
            busy = true;
            fleet = std::exchange(sample, std::nullopt);
            toKeep = std::exchange(notes, {});
        }
        for (const Note &note : toKeep)
            keep(note, stop);
        if (!toKeep.empty() || Clock::now() >= refreshedAt + refreshEvery)
            refresh(stop);
        if (fleet)
            takeSample(*fleet, stop);
        std::vector<AlertState> now;
        const QDateTime time = QDateTime::currentDateTimeUtc();
        for (const ActiveAlert &alert : engine.active())
            now.push_back({alert, handlingOf(alert.subject, known, time)});
        if (reports.changed && (now != told || (first && fleet)))
            reports.changed(now);
        first = first && !fleet;
        told = std::move(now);
    }
}

Desk::Desk(cluster::ClusterFile file, Reports reports, std::function<QString(const ActiveAlert &)> describe,
           pg::PasswordSource *passwords, Engine::Holding holding)
    : d(std::make_unique<Private>(std::move(file), std::move(reports), std::move(describe), passwords, holding))
{
    Private *p = d.get();
    p->thread = std::jthread([p](const std::stop_token &stop) { p->work(stop); });
}

Desk::~Desk() = default;

void Desk::take(const FleetSample &fleet)
{
    const std::lock_guard lock(d->mutex);
    d->sample = fleet;
    d->changed.notify_all();
}

void Desk::acknowledge(const Subject &subject, const QString &reason)
{
    Note note;
    note.kind = Note::Kind::Acknowledged;
    note.subject = subject;
    note.reason = reason;
    d->queue(std::move(note));
}

void Desk::mute(const Subject &subject, const QString &reason, std::optional<QDateTime> until)
{
    Note note;
    note.kind = Note::Kind::Muted;
    note.subject = subject;
    note.reason = reason;
    note.until = std::move(until);
    d->queue(std::move(note));
}

void Desk::unmute(const Subject &subject)
{
    Note note;
    note.kind = Note::Kind::Unmuted;
    note.subject = subject;
    d->queue(std::move(note));
}

void Desk::finish(const Wait &wait)
{
    const auto settle = [&] {
        std::unique_lock lock(d->mutex);
        d->changed.wait_until(lock, wait.stopToken(), wait.deadline(), [this] { return d->isIdle(); });
    };
    settle();
    d->runner.finish(wait);
    settle();
}

} // namespace shardhelm::monitor::alerts
