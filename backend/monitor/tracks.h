// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/wait.h"
#include "monitor/backoff.h"
#include "monitor/sample.h"
#include "monitor/targets.h"

#include <QHash>

#include <optional>
#include <vector>

namespace shardhelm::monitor {

/// What the watcher remembers of each server, and the state that follows from it. Times are given by the caller; not
/// thread-safe.
class Tracks
{
public:
    /// The servers to follow from now on; what is known of those that stay is kept.
    void setTargets(std::vector<Target> targets);
    [[nodiscard]] const std::vector<Target> &targets() const { return m_targets; }

    /// Takes one server's sample; one that is Down counts as a failed attempt.
    void record(const ServerSample &sample, Clock::time_point now, QRandomGenerator &random);

    /// Servers to sample at the interval: all whose last attempt succeeded.
    [[nodiscard]] std::vector<Target> steady() const;
    /// Servers that failed and are to be tried again by now.
    [[nodiscard]] std::vector<Target> due(Clock::time_point now) const;
    /// When the next of them is due; nothing when none failed.
    [[nodiscard]] std::optional<Clock::time_point> nextDue() const;

    /// Every server as it is to be shown at `now`, in the order of the targets.
    [[nodiscard]] std::vector<ServerSample> shown(Clock::time_point now, Milliseconds interval) const;
    /// Whether states change by time alone: a server fails, or its figures grow old.
    [[nodiscard]] bool ageing(Clock::time_point now, Milliseconds interval) const;
    /// Forgets a pause: figures are as old as they were when it began.
    void shift(Clock::duration pause);

private:
    struct Track
    {
        ServerSample last; ///< the last good one
        std::optional<Clock::time_point> answered;
        std::optional<Error> failure; ///< of the last attempt
        Clock::time_point failingSince;
        Clock::time_point retryAt;
        Backoff backoff{Milliseconds(500), Milliseconds(5000)};
    };
    [[nodiscard]] ServerSample shown(const Target &target, Clock::time_point now, Milliseconds interval) const;

    std::vector<Target> m_targets;
    QHash<QString, Track> m_tracks;
};

} // namespace shardhelm::monitor
