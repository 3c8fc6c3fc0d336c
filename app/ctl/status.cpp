// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"

#include "fleettable.h"
#include "mapsource.h"
#include "maptable.h"
#include "monitor/shardsizes.h"
#include "singlesample.h"
#include "statuswatch.h"
#include "wording/verdict.h"

namespace shardhelm::ctl {

namespace {

constexpr Milliseconds shortestTimeout{100};
constexpr Milliseconds longestTimeout{600000};

/// What both commands begin with: the cluster file and the time they have.
struct Start
{
    cluster::ClusterFile file;
    Milliseconds timeout;
};

Result<Start> start(const Invocation &invocation)
{
    std::optional<Milliseconds> timeout;
    if (invocation.has(QStringLiteral("timeout"))) {
        const auto given = invocation.seconds(QStringLiteral("timeout"), shortestTimeout, longestTimeout);
        if (!given)
            return Failure(given.error());
        timeout = *given;
    }
    auto file = cluster::readClusterFile(invocation.clusterFilePath());
    if (!file)
        return Failure(file.error());
    const Milliseconds most = timeout.value_or(file->monitor.timeout);
    return Start{std::move(*file), most};
}

Exit partial(const Invocation &invocation)
{
    return invocation.strict() ? Exit::Failed : Exit::Partial;
}

Exit status(const Invocation &invocation)
{
    const auto begun = start(invocation);
    if (!begun)
        return invocation.fail(begun.error());
    if (invocation.has(QStringLiteral("watch")))
        return watchStatus(invocation, begun->file, begun->timeout);

    const Wait wait = invocation.wait(begun->timeout);
    const auto source = openMap(invocation, begun->file, QStringLiteral("status"), wait);
    if (!source)
        return invocation.fail(source.error());
    const monitor::FleetSample fleet = sampleOnce(begun->file, source->map, invocation.passwords, wait);
    if (invocation.stop.stop_requested())
        return invocation.fail(Error{ErrorCode::Cancelled, {}, {}, {}, 0, std::nullopt});

    const bool complete = isComplete(fleet) && !source->fromCopy();
    const bool forPeople = invocation.value(QStringLiteral("format")) == QLatin1StringView("table");
    QStringList warnings;
    if (source->fromCopy())
        warnings += source->warning;
    // The reasons are a column of the table.
    warnings += forPeople ? wording::fleetSentences(fleet.verdict) : fleetWarnings(fleet);
    invocation.print(forPeople ? fleetSummary(fleet) : fleetTable(fleet), complete, warnings);
    return complete ? Exit::Done : partial(invocation);
}

Exit map(const Invocation &invocation)
{
    const auto begun = start(invocation);
    if (!begun)
        return invocation.fail(begun.error());
    const Wait wait = invocation.wait(begun->timeout);
    auto source = openMap(invocation, begun->file, QStringLiteral("map"), wait);
    if (!source)
        return invocation.fail(source.error());
    Evaluator evaluator(invocation, *source, QStringLiteral("map"), wait);
    monitor::ShardSizes sizes =
        monitor::shardSizes(evaluator.connection(), source->map, wait.remaining(), invocation.passwords, wait);
    if (invocation.stop.stop_requested())
        return invocation.fail(Error{ErrorCode::Cancelled, {}, {}, {}, 0, std::nullopt});
    if (source->fromCopy() && sizes.unsplit && isOfDirectoryOnly(*sizes.unsplit))
        sizes.unsplit = source->unreachable;
    const bool complete = sizes.unreachable.isEmpty() && !source->fromCopy();
    QStringList warnings = mapWarnings(source->map, sizes);
    if (source->fromCopy())
        warnings.prepend(source->warning);
    invocation.print(mapTable(source->map, sizes), complete, warnings);
    return complete ? Exit::Done : partial(invocation);
}

Option timeoutOption()
{
    return {
        QStringLiteral("timeout"), QStringLiteral("S"),
        Text::tr("seconds until a server that does not answer counts as down; else [monitor] timeout of the cluster "
                 "file")};
}

} // namespace

std::vector<Command> statusCommands()
{
    return {
        {QStringLiteral("status"),
         Text::tr("Show the state of every instance, its replicas and the directory"),
         {},
         {{QStringLiteral("watch"), QStringLiteral("[S]"),
           Text::tr("go on, every S seconds; a terminal is redrawn, JSON is one object per line"), QStringLiteral("2")},
          timeoutOption()},
         status,
         Text::tr("Unknown figures are null. Rates are measured over one second; p99_ms is an estimate from "
                  "pg_stat_statements over the same window. The exit code is 3 when a server does not answer, 1 with "
                  "--strict.\n\nWhen the directory cannot be reached the map is the newest copy kept on this "
                  "computer, with a warning that names it and its age; the exit code is 3 then, too.")},
        {QStringLiteral("map"),
         Text::tr("Show where every logical shard lives and how large it is"),
         {},
         {timeoutOption()},
         map,
         Text::tr(
             "In the rows layout sizes are estimates: the bytes of the shared tables, split by the shards' shares of "
             "a sample of rows. Sizes on an instance that does not answer are null, and the exit code is 3, 1 with "
             "--strict.\n\nWhen the directory cannot be reached the newest copy kept on this computer is shown, with a "
             "warning that names it and its age; the exit code is 3 then, too.")},
    };
}

} // namespace shardhelm::ctl
