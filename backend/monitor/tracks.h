// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/wait.h"
#include "monitor/backoff.h"
#include "monitor/machine.h"
#include "monitor/sample.h"
#include "monitor/targets.h"
#include "monitor/trend.h"

#include <QHash>

#include <optional>
#include <set>
#include <vector>

namespace shardhelm::monitor {

/// What the watcher remembers of each server: when it is to be sampled next, and the state that follows from what its
/// samples said. Times are given by the caller; not thread-safe. Every step costs the same however many servers there
/// are, but for those over the whole fleet.
///
/// A server that answers is sampled at its beat: fixed moments, one interval apart, spread over the interval so that
/// neither the console nor a machine with many databases works in bursts. One that fails is tried again with growing
/// pauses, and is back on its beat with its first answer.
class Tracks
{
public:
    /// The servers to follow from now on; what is known of those that stay is kept. New ones are due one after the
    /// other, so that the connections of a large fleet are not all opened at once.
    void setTargets(std::vector<Target> targets, Clock::time_point now);
    [[nodiscard]] const std::vector<Target> &targets() const { return m_targets; }
    [[nodiscard]] const Target *target(const QString &name) const;

    /// A new beat for all; the first one begins now.
    void setInterval(Milliseconds interval, Clock::time_point now);
    [[nodiscard]] Milliseconds interval() const { return m_interval; }

    /// A server to be sampled now.
    struct Due
    {
        Target target;
        bool failing = false; ///< its last attempt failed
    };
    /// Those that are due. Each of them counts as being sampled until record() or leave().
    [[nodiscard]] std::vector<Due> takeDue(Clock::time_point now);
    /// When the next one is due; nothing when all are being sampled.
    [[nodiscard]] std::optional<Clock::time_point> nextDue() const;

    /// Takes one server's sample; one that is Down counts as a failed attempt.
    void record(const ServerSample &sample, Clock::time_point now, QRandomGenerator &random);
    /// The attempt ended without saying anything about the server.
    void leave(const QString &name, Clock::time_point now);
    /// What the command of the cluster file told about the machine of a server.
    void setMachine(const QString &name, const Result<MachineFigures> &figures, Clock::time_point now);

    /// Every server as it is to be shown at `now`, in the order of the targets.
    [[nodiscard]] std::vector<ServerSample> shown(Clock::time_point now) const;
    /// Whether states change by time alone: a server fails, or its figures grow old.
    [[nodiscard]] bool ageing(Clock::time_point now) const;
    /// The longest that a server which answers took for its last sample, connecting included.
    [[nodiscard]] Milliseconds longestSample() const;
    /// Forgets a pause: figures are as old as they were when it began. The beat begins anew at `now`.
    void resume(Clock::duration pause, Clock::time_point now);

private:
    struct Track
    {
        ServerSample last; ///< the last good one
        std::optional<Clock::time_point> answered;
        std::optional<Error> failure; ///< of the last attempt
        Clock::time_point failingSince;
        Backoff backoff{Milliseconds(500), Milliseconds(5000)};
        Clock::time_point firstBeat;
        std::optional<Clock::time_point> dueAt; ///< nothing while it is being sampled
        Clock::time_point begunAt;
        Milliseconds took{0};
        MachineFigures machine;
        std::optional<Error> machineFailure;
        Trend diskUsed{86400, 600};
    };
    void schedule(const QString &name, Track &track, std::optional<Clock::time_point> at);
    void beginBeat(Clock::time_point now);
    [[nodiscard]] Clock::time_point nextBeat(const Track &track, Clock::time_point now) const;
    [[nodiscard]] ServerSample shown(const Target &target, const Track &track, Clock::time_point now) const;

    Milliseconds m_interval{2000};
    std::vector<Target> m_targets;
    QHash<QString, qsizetype> m_places; ///< in m_targets
    QHash<QString, Track> m_tracks;
    std::set<std::pair<Clock::time_point, QString>> m_schedule;
};

} // namespace shardhelm::monitor
