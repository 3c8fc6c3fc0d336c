// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/recording/content.h"
#include "monitor/sample.h"

#include <functional>
#include <memory>

namespace shardhelm::monitor {
class Watcher;
}

namespace shardhelm::monitor::recording {

/// Asks servers for what a recording tells beside curves: those that something is wrong with (the four worst at most)
/// for their sessions and locks every 15 s and their top statements every minute; every server for its settings once an
/// hour, one server a second.
class Snapshots
{
public:
    /// `take` gets the facts, on worker threads. The watcher may be destroyed first, after stop().
    Snapshots(Watcher &watcher, std::function<void(Fact)> take);
    ~Snapshots();
    Snapshots(const Snapshots &) = delete;
    Snapshots &operator=(const Snapshots &) = delete;

    /// Asks no more, and waits until it does not.
    void stop();
    /// The newest report of the watcher; returns at once.
    void consider(const FleetSample &fleet);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace shardhelm::monitor::recording
