// SPDX-License-Identifier: GPL-3.0-or-later
#include "statuswatch.h"

#include "fleettable.h"
#include "format/units.h"
#include "livescreen.h"
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

/// What stands above the table of a terminal: when, how many answer, how to leave.
QByteArray heading(const monitor::FleetSample &fleet, const cluster::ClusterFile &file,
                   const std::optional<Error> &error)
{
    const auto answer = std::ranges::count_if(fleet.servers, [](const monitor::ServerSample &server) {
        return server.state == monitor::State::Healthy || server.state == monitor::State::Degraded;
    });
    QString line =
        Text::tr("%1  %2  %3 of %4 servers answer, sampled in %5. Ctrl+C ends.")
            .arg(file.name, fleet.at.toLocalTime().toString(QStringLiteral("HH:mm:ss")), QString::number(answer),
                 QString::number(fleet.servers.size()), format::duration(fleet.durationMs / 1000));
    if (error)
        line += u'\n' + wording::sentence(*error);
    return line.toUtf8() + "\n\n";
}

void show(const Invocation &invocation, const monitor::FleetSample &fleet, bool complete, const QByteArray &head,
          LiveScreen *screen)
{
    if (invocation.json()) {
        invocation.printLine(fleetTable(fleet).toJson(), complete, fleetWarnings(fleet));
        return;
    }
    if (screen) {
        screen->show(head + fleetSummary(fleet).toText());
        return;
    }
    const bool forPeople = invocation.value(QStringLiteral("format")) == QLatin1StringView("table");
    invocation.print(forPeople ? fleetSummary(fleet) : fleetTable(fleet), complete);
    if (forPeople) {
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
    const monitor::Watcher watcher(file, std::move(reports), invocation.passwords);
    // A table for people on a terminal is one that lives.
    std::optional<LiveScreen> screen;
    const bool live =
        ::isatty(STDOUT_FILENO) == 1 && invocation.value(QStringLiteral("format")) == QLatin1StringView("table");
    if (live)
        screen.emplace();

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
        // On a living screen it stands above the table.
        if (mapError && mapError != told && !screen)
            invocation.fail(*mapError);
        told = mapError;
        complete = isComplete(fleet) && !mapError;
        show(invocation, fleet, complete, heading(fleet, file, mapError), screen ? &*screen : nullptr);
        first = false;
        next = Clock::now() + *every;
    }
    if (complete)
        return Exit::Done;
    return invocation.strict() ? Exit::Failed : Exit::Partial;
}

} // namespace shardhelm::ctl
