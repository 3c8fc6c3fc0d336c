// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/watcher.h"

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

constexpr Milliseconds gatherTime{40};
constexpr Milliseconds ageingCheck{250};
constexpr Milliseconds shortestInterval{100};

/// Without an end of its own: every server has its timeout, and a stop ends the whole.
Wait untilStopped(const std::stop_token &stop)
{
    return Wait(Clock::now() + std::chrono::hours(24), stop);
}

} // namespace

struct Watcher::Private
{
    using Lock = std::unique_lock<std::mutex>;

    Private(cluster::ClusterFile clusterFile, Reports theReports, pg::PasswordSource *source)
        : file(std::move(clusterFile))
        , reports(std::move(theReports))
        , passwords(source)
        , interval(std::max(shortestInterval, file.monitor.interval))
        , steadySampler(source)
    {
        tracks.setTargets(targets(file, nullptr));
    }

    void sampleSteady(const std::stop_token &stop);
    /// What the steady thread is to sample now, on its beat or in between; empty: nothing. With the mutex held.
    std::vector<Target> steadyNow(bool &beat);
    void retryFailed(const std::stop_token &stop);
    void report(const std::stop_token &stop);
    void follow(const std::stop_token &stop);
    /// A sample at once, unless paused. With the mutex held.
    void sampleSoon();
    void record(const ServerSample &sample);
    void forgetGone(Sampler &sampler, QSet<QString> &known, const std::vector<Target> &current) const;

    const cluster::ClusterFile file;
    const Reports reports;
    pg::PasswordSource *const passwords;

    mutable std::mutex mutex; ///< guards everything below
    std::condition_variable_any changed;
    Tracks tracks;
    QRandomGenerator random = QRandomGenerator::securelySeeded();
    Milliseconds interval;
    std::optional<Clock::time_point> pausedAt;
    bool sampleNow = false; ///< the fleet or the interval changed
    bool news = true; ///< something to report
    double durationMs = 0;
    qint64 mapEpoch = 0;
    Clock::time_point nextBeat = Clock::now();

    Sampler steadySampler; ///< of steadyThread, but for ask() and interrupt()

    // Last: they are joined before anything they use goes.
    std::jthread steadyThread;
    std::jthread retryThread;
    std::jthread reportThread;
    std::jthread mapThread;
};

void Watcher::Private::sampleSoon()
{
    sampleNow = true;
    changed.notify_all();
    steadySampler.interrupt();
}

void Watcher::Private::record(const ServerSample &sample)
{
    const Lock lock(mutex);
    tracks.record(sample, Clock::now(), random);
    news = true;
    changed.notify_all();
}

void Watcher::Private::forgetGone(Sampler &sampler, QSet<QString> &known, const std::vector<Target> &current) const
{
    QSet<QString> names;
    for (const Target &target : current)
        names.insert(target.name);
    for (const QString &name : known - names)
        sampler.forget(name);
    known = names;
}

std::vector<Target> Watcher::Private::steadyNow(bool &beat)
{
    beat = !pausedAt && (sampleNow || Clock::now() >= nextBeat);
    std::vector<Target> steady = tracks.steady();
    if (beat) {
        sampleNow = false;
        nextBeat = Clock::now() + interval;
        return steady;
    }
    // Those that a question kept out of the last beat make up for it, so that questions do not crowd out the samples.
    const QStringList owed = steadySampler.owed();
    std::erase_if(steady, [&](const Target &target) { return pausedAt || !owed.contains(target.name); });
    if (pausedAt || (steady.empty() && !owed.isEmpty()))
        steadySampler.forgive();
    return steady;
}

void Watcher::Private::sampleSteady(const std::stop_token &stop)
{
    QSet<QString> known;
    while (!stop.stop_requested()) {
        std::vector<Target> steady;
        std::vector<Target> current;
        Sampler::Pace pace;
        bool beat = false;
        Clock::time_point until;
        {
            const Lock lock(mutex);
            steady = steadyNow(beat);
            until = pausedAt ? Clock::now() + std::chrono::hours(1) : nextBeat;
            // One that does not answer within the interval is left to the other thread: the beat is kept.
            pace.timeout = std::min(file.monitor.timeout, std::max(interval, Milliseconds(1000)));
            pace.statements = std::max(pace.statements, interval);
            current = tracks.targets();
        }
        forgetGone(steadySampler, known, current);
        if (!beat && steady.empty()) {
            steadySampler.serve(Wait(until, stop));
            continue;
        }
        const Clock::time_point began = Clock::now();
        steadySampler.sample(
            steady, pace, [this](size_t, const ServerSample &sample) { record(sample); }, untilStopped(stop));
        const Lock lock(mutex);
        if (beat)
            durationMs = std::chrono::duration<double, std::milli>(Clock::now() - began).count();
    }
}

void Watcher::Private::retryFailed(const std::stop_token &stop)
{
    Sampler sampler(passwords);
    while (!stop.stop_requested()) {
        std::vector<Target> due;
        {
            Lock lock(mutex);
            const auto next = tracks.nextDue();
            if (!next || pausedAt) {
                changed.wait(lock, stop, [&] { return tracks.nextDue() && !pausedAt; });
                continue;
            }
            changed.wait_until(lock, stop, *next, [&] { return pausedAt || tracks.nextDue() != next; });
            if (pausedAt)
                continue;
            due = tracks.due(Clock::now());
        }
        if (due.empty() || stop.stop_requested())
            continue;
        Sampler::Pace pace;
        pace.timeout = file.monitor.timeout;
        sampler.sample(
            due, pace, [this](size_t, const ServerSample &sample) { record(sample); }, untilStopped(stop));
        // Whoever answered goes on at the interval over the other thread's connection.
        for (const Target &target : due)
            sampler.forget(target.name);
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
            if (!news && !tracks.ageing(now, interval))
                continue;
            if (news) {
                // What comes within the next moment goes into the same report.
                const auto until = reportedAt + gatherTime;
                changed.wait_until(lock, stop, until, [] { return false; });
            }
            news = false;
            fleet.durationMs = durationMs;
            fleet.mapEpoch = mapEpoch;
            fleet.servers = tracks.shown(pausedAt.value_or(Clock::now()), interval);
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
                tracks.setTargets(targets(file, &map));
                mapEpoch = map.mapEpoch;
                news = true;
                sampleSoon();
            }
            if (reports.mapRead)
                reports.mapRead(map);
        },
        [this](const Error &error) {
            if (reports.mapFailed)
                reports.mapFailed(error);
        },
    };
    followMap(file, passwords, mapReports, stop);
}

Watcher::Watcher(cluster::ClusterFile file, Reports reports, pg::PasswordSource *passwords)
    : d(std::make_unique<Private>(std::move(file), std::move(reports), passwords))
{
    Private *p = d.get();
    p->steadyThread = std::jthread([p](const std::stop_token &stop) { p->sampleSteady(stop); });
    p->retryThread = std::jthread([p](const std::stop_token &stop) { p->retryFailed(stop); });
    p->reportThread = std::jthread([p](const std::stop_token &stop) { p->report(stop); });
    p->mapThread = std::jthread([p](const std::stop_token &stop) { p->follow(stop); });
}

Watcher::~Watcher()
{
    // All at once, so that they end side by side and not one after the other.
    for (std::jthread *thread : {&d->steadyThread, &d->retryThread, &d->reportThread, &d->mapThread})
        thread->request_stop();
}

void Watcher::pause()
{
    const Private::Lock lock(d->mutex);
    if (!d->pausedAt)
        d->pausedAt = Clock::now();
    d->changed.notify_all();
    d->steadySampler.interrupt();
}

void Watcher::resume()
{
    const Private::Lock lock(d->mutex);
    if (!d->pausedAt)
        return;
    d->tracks.shift(Clock::now() - *d->pausedAt);
    d->pausedAt.reset();
    d->sampleSoon();
}

void Watcher::ask(const QString &server, std::vector<pg::Statement> statements, Milliseconds timeout,
                  std::function<void(pg::FanOutReply)> answered)
{
    std::optional<Target> asked;
    {
        const Private::Lock lock(d->mutex);
        const std::vector<Target> &targets = d->tracks.targets();
        const auto found = std::ranges::find(targets, server, &Target::name);
        if (found != targets.end())
            asked = *found;
    }
    if (asked)
        d->steadySampler.ask(*asked, std::move(statements), Clock::now() + timeout, std::move(answered));
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
    d->interval = std::max(shortestInterval, interval);
    d->sampleSoon();
}

Milliseconds Watcher::interval() const
{
    const Private::Lock lock(d->mutex);
    return d->interval;
}

} // namespace shardhelm::monitor
