// SPDX-License-Identifier: GPL-3.0-or-later
#include "statuswatch.h"

#include "fleettable.h"
#include "monitor/watcher.h"
#include "wording/errors.h"

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <mutex>

#include <unistd.h>

namespace shardhelm::ctl {

namespace {

/// The newest report, handed from the watcher's threads to the one that prints.
struct Latest
{
    std::mutex mutex;
    std::condition_variable_any changed;
    monitor::FleetSample fleet;
    bool mapRead = false;
    std::optional<Error> mapError;
};

bool isSettled(const monitor::FleetSample &fleet)
{
    return std::none_of(fleet.servers.begin(), fleet.servers.end(),
                        [](const monitor::ServerSample &server) { return server.state == monitor::State::Connecting; });
}

void show(const Invocation &invocation, const monitor::FleetSample &fleet, bool complete)
{
    if (invocation.json()) {
        invocation.printLine(fleetTable(fleet).toJson(), complete, fleetWarnings(fleet));
        return;
    }
    if (::isatty(STDOUT_FILENO) == 1)
        std::fputs("\x1b[H\x1b[2J", stdout);
    const bool forPeople = invocation.value(QStringLiteral("format")) == QLatin1StringView("table");
    invocation.print(forPeople ? fleetSummary(fleet) : fleetTable(fleet), complete);
    if (forPeople && ::isatty(STDOUT_FILENO) != 1) {
        std::fputs("\n", stdout);
        std::fflush(stdout);
    }
}

} // namespace

Exit watchStatus(const Invocation &invocation, cluster::ClusterFile file, Milliseconds timeout)
{
    const auto every = invocation.seconds(QStringLiteral("watch"), Milliseconds(100), std::chrono::hours(1));
    if (!every)
        return invocation.fail(every.error());
    file.monitor.interval = *every;
    file.monitor.timeout = timeout;

    Latest latest;
    monitor::Watcher::Reports reports;
    reports.sampled = [&latest](const monitor::FleetSample &fleet) {
        const std::lock_guard lock(latest.mutex);
        latest.fleet = fleet;
        latest.changed.notify_all();
    };
    reports.mapRead = [&latest](const cluster::ShardMap &) {
        const std::lock_guard lock(latest.mutex);
        latest.mapRead = true;
        latest.mapError.reset();
    };
    reports.mapFailed = [&latest](const Error &error) {
        const std::lock_guard lock(latest.mutex);
        latest.mapError = error;
        latest.changed.notify_all();
    };
    const monitor::Watcher watcher(std::move(file), std::move(reports), invocation.passwords);

    bool complete = true;
    // The first print waits for the first answers, as far as they come in time.
    Clock::time_point next = Clock::now() + timeout;
    bool first = true;
    std::optional<Error> told;
    while (!invocation.stop.stop_requested()) {
        monitor::FleetSample fleet;
        std::optional<Error> mapError;
        {
            std::unique_lock lock(latest.mutex);
            latest.changed.wait_until(lock, invocation.stop, next, [&] {
                return first
                    && (latest.mapError || (latest.mapRead && isSettled(latest.fleet) && latest.fleet.mapEpoch > 0));
            });
            fleet = latest.fleet;
            mapError = latest.mapError;
        }
        if (invocation.stop.stop_requested())
            break;
        if (mapError && mapError != told)
            invocation.fail(*mapError);
        told = mapError;
        complete = isComplete(fleet) && !mapError;
        show(invocation, fleet, complete);
        first = false;
        next = Clock::now() + *every;
    }
    if (complete)
        return Exit::Done;
    return invocation.strict() ? Exit::Failed : Exit::Partial;
}

} // namespace shardhelm::ctl
