// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/watcher.h"

#include "monitor/machinecommand.h"
#include "monitor/mapfollower.h"
#include "monitor/sampler.h"
#include "monitor/tracks.h"
#include "monitor/verdicts.h"

#include <QSet>

#include <condition_variable>
#include <mutex>
#include <thread>

namespace shardhelm::monitor {

namespace {

constexpr Milliseconds ageingCheck{250};
constexpr Milliseconds shortestInterval{100};
constexpr Milliseconds machineInterval{15000};

/// What comes within the next moment goes into the same report; a large fleet is not copied and judged for each of the
/// many answers of a second.
Milliseconds gatherTime(size_t servers)
{
    return std::clamp(Milliseconds(servers), Milliseconds(40), Milliseconds(1000));
}

} // namespace

struct Watcher::Private
{
    using Lock = std::unique_lock<std::mutex>;

    Private(cluster::ClusterFile clusterFile, Reports theReports, pg::PasswordSource *source)
        : file(std::move(clusterFile))
        , reports(std::move(theReports))
        , passwords(source)
        , sampler(source)
    {
        tracks.setInterval(std::max(shortestInterval, file.monitor.interval), Clock::now());
        tracks.setTargets(targets(file, nullptr), Clock::now());
    }

    void sample(const std::stop_token &stop);
    void watchMachines(const std::stop_token &stop);
    void report(const std::stop_token &stop);
    void follow(const std::stop_token &stop);
    void record(const QString &name, const std::optional<ServerSample> &sample);
    void forgetGone(QSet<QString> &known, const std::vector<Target> &current);

    const cluster::ClusterFile file;
    const Reports reports;
    pg::PasswordSource *const passwords;

    mutable std::mutex mutex; ///< guards everything below
    std::condition_variable_any changed;
    Tracks tracks;
    QRandomGenerator random = QRandomGenerator::securelySeeded();
    std::optional<Clock::time_point> pausedAt;
    bool fleetChanged = true; ///< since the sampling thread looked
    bool news = true; ///< something to report
    qint64 mapEpoch = 0;

    Sampler sampler; ///< of sampleThread, but for ask() and interrupt()

    // Last: they are joined before anything they use goes.
    std::jthread sampleThread;
    std::jthread machineThread;
    std::jthread reportThread;
    std::jthread mapThread;
};

void Watcher::Private::record(const QString &name, const std::optional<ServerSample> &sample)
{
    const Lock lock(mutex);
    // What a stop cut short says nothing about the server either.
    if (!sample || (sample->reason && sample->reason->code == ErrorCode::Cancelled)) {
        tracks.leave(name, Clock::now());
        return;
    }
    tracks.record(*sample, Clock::now(), random);
    news = true;
    changed.notify_all();
}

void Watcher::Private::forgetGone(QSet<QString> &known, const std::vector<Target> &current)
{
    QSet<QString> names;
    for (const Target &target : current)
        names.insert(target.name);
    for (const QString &name : known - names)
        sampler.forget(name);
    known = names;
}

void Watcher::Private::sample(const std::stop_token &stop)
{
    QSet<QString> known;
    while (!stop.stop_requested()) {
        std::vector<Tracks::Due> due;
        std::optional<std::vector<Target>> current;
        Pace pace;
        Clock::time_point until = Clock::now() + std::chrono::hours(1);
        {
            const Lock lock(mutex);
            if (std::exchange(fleetChanged, false))
                current = tracks.targets();
            if (!pausedAt) {
                due = tracks.takeDue(Clock::now());
                until = tracks.nextDue().value_or(until);
            }
            pace.statements = std::max(pace.statements, tracks.interval());
            // One that has answered so far and does not within the interval is soon known to fail.
            pace.timeout = std::min(file.monitor.timeout, std::max(tracks.interval(), Milliseconds(1000)));
        }
        if (current)
            forgetGone(known, *current);
        for (const Tracks::Due &one : due) {
            Pace own = pace;
            if (one.failing)
                own.timeout = file.monitor.timeout;
            sampler.begin(one.target, own, [this, name = one.target.name](const std::optional<ServerSample> &sample) {
                record(name, sample);
            });
        }
        sampler.serve(Wait(until, stop));
    }
}

void Watcher::Private::watchMachines(const std::stop_token &stop)
{
    const MachineCommand command{file.monitor.osCommand, file.monitor.osCommandTimeout, file.name};
    while (!stop.stop_requested()) {
        std::vector<Target> all;
        {
            Lock lock(mutex);
            changed.wait(lock, stop, [&] { return !pausedAt; });
            all = tracks.targets();
        }
        const Clock::time_point next = Clock::now() + machineInterval;
        runMachineCommand(
            command, all,
            [this](const QString &server, const Result<MachineFigures> &figures) {
                const Lock lock(mutex);
                tracks.setMachine(server, figures, Clock::now());
                news = true;
                changed.notify_all();
            },
            Wait(Clock::now() + std::chrono::hours(1), stop));
        Lock lock(mutex);
        const size_t before = tracks.targets().size();
        changed.wait_until(lock, stop, next, [&] { return tracks.targets().size() != before; });
    }
}

void Watcher::Private::report(const std::stop_token &stop)
{
    FleetSample last;
    Verdicts verdicts(file);
    Clock::time_point reportedAt{};
    while (!stop.stop_requested()) {
        FleetSample fleet;
        {
            Lock lock(mutex);
            changed.wait_for(lock, stop, ageingCheck, [&] { return news; });
            if (stop.stop_requested())
                return;
            const Clock::time_point now = pausedAt.value_or(Clock::now());
            if (!news && !tracks.ageing(now))
                continue;
            if (news) {
                const auto until = reportedAt + gatherTime(tracks.targets().size());
                changed.wait_until(lock, stop, until, [] { return false; });
            }
            news = false;
            fleet.durationMs = static_cast<double>(tracks.longestSample().count());
            fleet.mapEpoch = mapEpoch;
            fleet.servers = tracks.shown(pausedAt.value_or(Clock::now()));
        }
        fleet.at = QDateTime::currentDateTimeUtc();
        verdicts.judge(fleet);
        if (fleet.servers == last.servers && fleet.verdict == last.verdict && fleet.mapEpoch == last.mapEpoch
            && last.serial > 0)
            continue;
        fleet.serial = last.serial + 1;
        reportedAt = Clock::now();
        reports.sampled(fleet);
        last = std::move(fleet);
    }
}

void Watcher::Private::follow(const std::stop_token &stop)
{
    const MapReports mapReports{
        [this](const cluster::ShardMap &map) {
            {
                const Lock lock(mutex);
                tracks.setTargets(targets(file, &map), Clock::now());
                mapEpoch = map.mapEpoch;
                news = fleetChanged = true;
                changed.notify_all();
                sampler.interrupt();
            }
            if (reports.mapRead)
                reports.mapRead(map);
        },
        [this](const Error &error) {
            if (reports.mapFailed)
                reports.mapFailed(error);
        },
        reports.markersRead,
    };
    followMap(file, passwords, mapReports, stop);
}

Watcher::Watcher(cluster::ClusterFile file, Reports reports, pg::PasswordSource *passwords)
    : d(std::make_unique<Private>(std::move(file), std::move(reports), passwords))
{
    Private *p = d.get();
    p->sampleThread = std::jthread([p](const std::stop_token &stop) { p->sample(stop); });
    if (!p->file.monitor.osCommand.isEmpty())
        p->machineThread = std::jthread([p](const std::stop_token &stop) { p->watchMachines(stop); });
    p->reportThread = std::jthread([p](const std::stop_token &stop) { p->report(stop); });
    p->mapThread = std::jthread([p](const std::stop_token &stop) { p->follow(stop); });
}

Watcher::~Watcher()
{
    // All at once, so that they end side by side and not one after the other.
    for (std::jthread *thread : {&d->sampleThread, &d->machineThread, &d->reportThread, &d->mapThread})
        thread->request_stop();
}

void Watcher::pause()
{
    const Private::Lock lock(d->mutex);
    if (!d->pausedAt)
        d->pausedAt = Clock::now();
    d->changed.notify_all();
    d->sampler.interrupt();
}

void Watcher::resume()
{
    const Private::Lock lock(d->mutex);
    if (!d->pausedAt)
        return;
    d->tracks.resume(Clock::now() - *d->pausedAt, Clock::now());
    d->pausedAt.reset();
    d->changed.notify_all();
    d->sampler.interrupt();
}

void Watcher::ask(const QString &server, std::vector<pg::Statement> statements, Milliseconds timeout,
                  std::function<void(pg::FanOutReply)> answered)
{
    std::optional<Target> asked;
    {
        const Private::Lock lock(d->mutex);
        if (const Target *found = d->tracks.target(server))
            asked = *found;
    }
    if (asked)
        d->sampler.ask(*asked, std::move(statements), Clock::now() + timeout, std::move(answered));
    else
        answered({fail(ErrorCode::InstanceUnknown, server), 0, false, 0, {}});
}

bool Watcher::isPaused() const
{
    const Private::Lock lock(d->mutex);
    return d->pausedAt.has_value();
}

void Watcher::setInterval(Milliseconds interval)
{
    const Private::Lock lock(d->mutex);
    d->tracks.setInterval(std::max(shortestInterval, interval), Clock::now());
    d->sampler.interrupt();
}

Milliseconds Watcher::interval() const
{
    const Private::Lock lock(d->mutex);
    return d->tracks.interval();
}

} // namespace shardhelm::monitor
