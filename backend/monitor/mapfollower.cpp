// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/mapfollower.h"

#include "cluster/directory.h"
#include "monitor/backoff.h"

#include <condition_variable>
#include <mutex>

namespace shardhelm::monitor {

namespace {

constexpr Milliseconds readTimeout{10000};

/// Sleeps for `duration` or until a stop is requested.
void rest(Milliseconds duration, const std::stop_token &stop)
{
    std::mutex mutex;
    std::condition_variable_any condition;
    std::unique_lock lock(mutex);
    condition.wait_for(lock, stop, duration, [] { return false; });
}

/// Reads and reports over one session until it fails or a stop is requested.
Result<void> followOnce(const cluster::ClusterFile &file, pg::PasswordSource *passwords, const MapReports &reports,
                        std::optional<cluster::ShardMap> &last, Backoff &backoff, const std::stop_token &stop)
{
    const auto soon = [&] { return Wait::forDuration(readTimeout, stop); };
    auto directory = cluster::Directory::open(file, QStringLiteral("map"), soon(), passwords);
    if (!directory)
        return Failure(directory.error());
    // Before the first reading: a change in between is notified.
    if (const auto listening = directory->connection().run("LISTEN shardhelm_map", soon()); !listening)
        return Failure(listening.error());
    while (!stop.stop_requested()) {
        const auto map = directory->readMap(soon());
        if (!map)
            return Failure(map.error());
        backoff = Backoff(Milliseconds(500), Milliseconds(10000));
        if (last != *map) {
            last = *map;
            reports.read(*last);
        }
        const auto life = std::max(Milliseconds(1000), Milliseconds(std::chrono::seconds(map->mapTtlSeconds)));
        const auto notified = directory->connection().notifications(Wait::forDuration(life, stop));
        if (!notified)
            return Failure(notified.error());
    }
    return {};
}

} // namespace

void followMap(const cluster::ClusterFile &file, pg::PasswordSource *passwords, const MapReports &reports,
               const std::stop_token &stop)
{
    std::optional<cluster::ShardMap> last;
    Backoff backoff(Milliseconds(500), Milliseconds(10000));
    QRandomGenerator random = QRandomGenerator::securelySeeded();
    while (!stop.stop_requested()) {
        const auto ended = followOnce(file, passwords, reports, last, backoff, stop);
        if (stop.stop_requested())
            return;
        if (!ended)
            reports.failed(ended.error());
        rest(backoff.next(random), stop);
    }
}

} // namespace shardhelm::monitor
