// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/check.h"
#include "cluster/directory.h"
#include "directory.h"
#include "findingtable.h"

namespace shardhelm::ctl {

using namespace cluster;

namespace {

constexpr Milliseconds shortestTimeout{100};
constexpr Milliseconds longestTimeout{24 * 3600 * 1000};
/// For the directory itself, and for putting together what the instances said.
constexpr Milliseconds directoryPatience{60'000};

Exit runCheck(const Invocation &call)
{
    const auto file = readClusterFile(call.clusterFilePath());
    if (!file)
        return call.fail(file.error());
    const auto timeout = call.seconds(QStringLiteral("timeout"), shortestTimeout, longestTimeout);
    if (!timeout)
        return call.fail(timeout.error());
    auto directory = Directory::open(*file, QStringLiteral("check"), call.wait(directoryPatience), call.passwords);
    if (!directory)
        return call.fail(directory.error());
    const auto map = directory->readMap(call.wait(directoryPatience));
    if (!map)
        return call.fail(map.error());

    CheckOptions options;
    options.perInstance = *timeout;
    options.contents = !call.has(QStringLiteral("no-contents"));
    const CheckProgress progress = [&call](int done, int total, const QString &instance) {
        call.progress(Text::tr("%1 of %2: %3").arg(QString::number(done), QString::number(total), instance));
    };
    const auto report =
        checkCluster(directory->connection(), *map, options, progress, call.wait(*timeout + directoryPatience));
    if (!report)
        return call.fail(report.error());
    const bool forPeople = call.value(QStringLiteral("format")) == QLatin1StringView("table");
    call.print(forPeople ? findingSummary(report->findings) : findingTable(report->findings), report->complete());
    if (report->findings.empty())
        call.say(Text::tr("Nothing was found; instances checked: %1.").arg(report->instances));
    if (report->hasDifferences())
        return Exit::Differences;
    if (report->complete())
        return Exit::Done;
    return call.strict() ? Exit::Failed : Exit::Partial;
}

} // namespace

Command directoryCheckCommand()
{
    return {
        QStringLiteral("directory check"),
        Text::tr("Compare the directory with the instances"),
        {},
        {{QStringLiteral("timeout"), QStringLiteral("S"),
          Text::tr("seconds that each instance has to answer everything"), QStringLiteral("300")},
         {QStringLiteral("no-contents"), {}, Text::tr("look at structure only, do not read the tables' rows")}},
        runCheck,
        Text::tr("Looks for instances that cannot be reached, that are the same or not the ones registered, or that "
                 "are reached through a transaction pooler; logical shards missing or there twice; tables that "
                 "differ, lack the shard key in their primary key or hold rows that belong elsewhere; reference "
                 "tables with other contents; unwise ratios; abs() of a hash in the routing.\n\n"
                 "The exit code is 5 when something was found, 3 when nothing was found but an instance could not "
                 "be asked (1 with --strict).")};
}

} // namespace shardhelm::ctl
