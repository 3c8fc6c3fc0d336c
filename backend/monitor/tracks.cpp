// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/tracks.h"

#include <algorithm>

namespace shardhelm::monitor {

void Tracks::setTargets(std::vector<Target> targets)
{
    QHash<QString, Track> kept;
    for (const Target &target : targets) {
        const auto before = std::find_if(m_targets.begin(), m_targets.end(),
                                         [&](const Target &candidate) { return candidate.name == target.name; });
        // Another connection string is another server until it has answered.
        const bool same = before != m_targets.end() && before->conninfo == target.conninfo;
        kept.insert(target.name, same ? m_tracks.value(target.name) : Track());
    }
    m_tracks = std::move(kept);
    m_targets = std::move(targets);
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
        return;
    }
    if (!track.failure)
        track.failingSince = now;
    track.failure = sample.reason.value_or(Error());
    track.retryAt = now + track.backoff.next(random);
}

std::vector<Target> Tracks::steady() const
{
    std::vector<Target> result;
    std::copy_if(m_targets.begin(), m_targets.end(), std::back_inserter(result),
                 [&](const Target &target) { return !m_tracks.value(target.name).failure; });
    return result;
}

std::vector<Target> Tracks::due(Clock::time_point now) const
{
    std::vector<Target> result;
    std::copy_if(m_targets.begin(), m_targets.end(), std::back_inserter(result), [&](const Target &target) {
        const Track track = m_tracks.value(target.name);
        return track.failure && track.retryAt <= now;
    });
    return result;
}

std::optional<Clock::time_point> Tracks::nextDue() const
{
    std::optional<Clock::time_point> next;
    for (const Track &track : m_tracks) {
        if (track.failure)
            next = next ? std::min(*next, track.retryAt) : track.retryAt;
    }
    return next;
}

std::vector<ServerSample> Tracks::shown(Clock::time_point now, Milliseconds interval) const
{
    std::vector<ServerSample> result;
    result.reserve(m_targets.size());
    for (const Target &target : m_targets)
        result.push_back(shown(target, now, interval));
    return result;
}

ServerSample Tracks::shown(const Target &target, Clock::time_point now, Milliseconds interval) const
{
    const Track track = m_tracks.value(target.name);
    ServerSample sample = track.last;
    // The map may have changed since the sample.
    sample.name = target.name;
    sample.instance = target.instance;
    sample.zone = target.zone;
    sample.logicalShards = target.logicalShards;
    if (!track.answered) {
        sample.role = target.role;
        sample.state = track.failure ? State::Down : State::Connecting;
        sample.reason = track.failure;
        return sample;
    }
    const auto age = now - *track.answered;
    // With a long interval a failing server is not kept in the balance for minutes: it is tried far more often.
    const Milliseconds unit = std::min(interval, Milliseconds(5000));
    if (track.failure)
        sample.reason = track.failure;
    if (track.failure && (age > 3 * interval || now - track.failingSince >= 2 * unit))
        sample.state = State::Down;
    else if (age > 2 * interval)
        sample.state = State::Stale;
    else if (track.failure)
        sample.state = State::Degraded;
    return sample;
}

bool Tracks::ageing(Clock::time_point now, Milliseconds interval) const
{
    return std::any_of(m_tracks.begin(), m_tracks.end(), [&](const Track &track) {
        return track.failure || (track.answered && now - *track.answered > 2 * interval);
    });
}

void Tracks::shift(Clock::duration pause)
{
    for (Track &track : m_tracks) {
        if (track.answered)
            *track.answered += pause;
        track.failingSince += pause;
    }
}

} // namespace shardhelm::monitor
