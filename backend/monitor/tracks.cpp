// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/tracks.h"

#include "monitor/fillsample.h"

#include <algorithm>

namespace shardhelm::monitor {

namespace {

/// Between the beats of two servers, in a fleet that is small for its interval.
constexpr Clock::duration widestStep = std::chrono::milliseconds(10);
constexpr double secondsPerDay = 86400;
/// What is further off than this says nothing.
constexpr double mostDaysUntilFull = 3650;

Clock::duration stepOf(Milliseconds interval, size_t servers)
{
    return std::min<Clock::duration>(widestStep,
                                     Clock::duration(interval) / static_cast<int>(std::max<size_t>(1, servers)));
}

} // namespace

void Tracks::setTargets(std::vector<Target> targets, Clock::time_point now)
{
    const Clock::duration step = stepOf(m_interval, targets.size());
    QHash<QString, Track> kept;
    QHash<QString, qsizetype> places;
    int added = 0;
    m_schedule.clear();
    for (size_t i = 0; i < targets.size(); ++i) {
        const Target &target = targets[i];
        const Target *before = this->target(target.name);
        // Another connection string is another server until it has answered.
        const bool same = before && before->conninfo == target.conninfo;
        Track track = same ? m_tracks.take(target.name) : Track();
        if (!same) {
            track.firstBeat = now + step * added++;
            track.dueAt = track.firstBeat;
        }
        if (track.dueAt)
            m_schedule.insert({*track.dueAt, target.name});
        kept.insert(target.name, std::move(track));
        places.insert(target.name, static_cast<qsizetype>(i));
    }
    m_tracks = std::move(kept);
    m_places = std::move(places);
    m_targets = std::move(targets);
}

const Target *Tracks::target(const QString &name) const
{
    const auto place = m_places.constFind(name);
    return place == m_places.cend() ? nullptr : &m_targets[static_cast<size_t>(*place)];
}

void Tracks::schedule(const QString &name, Track &track, std::optional<Clock::time_point> at)
{
    if (track.dueAt)
        m_schedule.erase({*track.dueAt, name});
    track.dueAt = at;
    if (at)
        m_schedule.insert({*at, name});
}

void Tracks::beginBeat(Clock::time_point now)
{
    const Clock::duration step = stepOf(m_interval, m_targets.size());
    for (size_t i = 0; i < m_targets.size(); ++i) {
        Track &track = m_tracks[m_targets[i].name];
        track.firstBeat = now + step * static_cast<int>(i);
        if (track.dueAt)
            schedule(m_targets[i].name, track, track.firstBeat);
    }
}

void Tracks::setInterval(Milliseconds interval, Clock::time_point now)
{
    m_interval = interval;
    beginBeat(now);
}

Clock::time_point Tracks::nextBeat(const Track &track, Clock::time_point now) const
{
    if (now < track.firstBeat)
        return track.firstBeat;
    return track.firstBeat + ((now - track.firstBeat) / m_interval + 1) * m_interval;
}

std::vector<Tracks::Due> Tracks::takeDue(Clock::time_point now)
{
    std::vector<Due> result;
    while (!m_schedule.empty() && m_schedule.begin()->first <= now) {
        const QString name = m_schedule.begin()->second;
        Track &track = m_tracks[name];
        schedule(name, track, std::nullopt);
        track.begunAt = now;
        result.push_back({*target(name), track.failure.has_value()});
    }
    return result;
}

std::optional<Clock::time_point> Tracks::nextDue() const
{
    return m_schedule.empty() ? std::nullopt : std::optional(m_schedule.begin()->first);
}

void Tracks::record(const ServerSample &sample, Clock::time_point now, QRandomGenerator &random)
{
    const auto found = m_tracks.find(sample.name);
    if (found == m_tracks.end())
        return; // Left the fleet while it was asked.
    Track &track = *found;
    if (sample.state != State::Down) {
        track.last = sample;
        track.answered = now;
        track.failure.reset();
        track.backoff = Track().backoff;
        track.took = std::chrono::ceil<Milliseconds>(now - track.begunAt);
        schedule(sample.name, track, nextBeat(track, now));
        return;
    }
    if (!track.failure)
        track.failingSince = now;
    track.failure = sample.reason.value_or(Error());
    schedule(sample.name, track, now + track.backoff.next(random));
}

void Tracks::leave(const QString &name, Clock::time_point now)
{
    const auto found = m_tracks.find(name);
    if (found != m_tracks.end())
        schedule(name, *found, nextBeat(*found, now));
}

void Tracks::setMachine(const QString &name, const Result<MachineFigures> &figures, Clock::time_point now)
{
    const auto found = m_tracks.find(name);
    if (found == m_tracks.end())
        return;
    found->machine = figures ? *figures : MachineFigures();
    found->machineFailure = figures ? std::nullopt : std::optional(figures.error());
    if (found->machine.diskFreeBytes && found->machine.diskSizeBytes) {
        found->diskUsed.add(std::chrono::duration<double>(now.time_since_epoch()).count(),
                            static_cast<double>(*found->machine.diskSizeBytes - *found->machine.diskFreeBytes));
    }
}

std::vector<ServerSample> Tracks::shown(Clock::time_point now) const
{
    std::vector<ServerSample> result;
    result.reserve(m_targets.size());
    for (const Target &target : m_targets)
        result.push_back(shown(target, *m_tracks.constFind(target.name), now));
    return result;
}

ServerSample Tracks::shown(const Target &target, const Track &track, Clock::time_point now) const
{
    ServerSample sample = track.last;
    // The map may have changed since the sample.
    sample.name = target.name;
    sample.instance = target.instance;
    sample.zone = target.zone;
    sample.logicalShards = target.logicalShards;
    put(track.machine, sample);
    if (track.machineFailure)
        sample.warnings += QStringLiteral("os_command failed: %1").arg(track.machineFailure->found);
    const auto growth = track.diskUsed.perSecond();
    if (growth.value_or(0) > 0 && track.machine.diskFreeBytes) {
        const double days = static_cast<double>(*track.machine.diskFreeBytes) / *growth / secondsPerDay;
        if (days <= mostDaysUntilFull)
            sample.daysUntilFull.value = days;
    }
    if (!track.answered) {
        sample.role = target.role;
        sample.state = track.failure ? State::Down : State::Connecting;
        sample.reason = track.failure;
        return sample;
    }
    const auto age = now - *track.answered;
    // With a long interval a failing server is not kept in the balance for minutes: it is tried far more often.
    const Milliseconds unit = std::min(m_interval, Milliseconds(5000));
    if (track.failure)
        sample.reason = track.failure;
    if (track.failure && (age > 3 * m_interval || now - track.failingSince >= 2 * unit))
        sample.state = State::Down;
    else if (age > 2 * m_interval)
        sample.state = State::Stale;
    else if (track.failure)
        sample.state = State::Degraded;
    return sample;
}

bool Tracks::ageing(Clock::time_point now) const
{
    return std::any_of(m_tracks.begin(), m_tracks.end(), [&](const Track &track) {
        return track.failure || (track.answered && now - *track.answered > 2 * m_interval);
    });
}

Milliseconds Tracks::longestSample() const
{
    Milliseconds longest(0);
    for (const Track &track : m_tracks) {
        if (!track.failure)
            longest = std::max(longest, track.took);
    }
    return longest;
}

void Tracks::resume(Clock::duration pause, Clock::time_point now)
{
    for (Track &track : m_tracks) {
        if (track.answered)
            *track.answered += pause;
        track.failingSince += pause;
    }
    beginBeat(now);
}

} // namespace shardhelm::monitor
