// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/directory.h"
#include "cluster/locatekey.h"
#include "command.h"
#include "wording/errors.h"

namespace shardhelm::ctl {

using namespace cluster;

namespace {

constexpr Milliseconds shortestTimeout{100};
constexpr Milliseconds longestTimeout{600'000};

QJsonArray rowOf(const QString &key, const LocateReport &report, const Location &location, const ShardMap &map)
{
    const bool known = location.logicalShard >= 0;
    const QString schema = known ? map.schemaOf(location.logicalShard) : QString();
    return {key,
            location.tenant,
            known ? QJsonValue(location.logicalShard) : QJsonValue(),
            location.instance,
            schema.isEmpty() ? QJsonValue() : QJsonValue(schema),
            location.pinned,
            location.mapEpoch,
            report.by.isEmpty() ? QJsonValue() : QJsonValue(report.by)};
}

Table emptyTable()
{
    Table table;
    table.columns = {{QStringLiteral("key"), Text::tr("Asked")},
                     {QStringLiteral("tenant"), Text::tr("Tenant")},
                     {QStringLiteral("logical_shard"), Text::tr("Logical shard"), Table::Column::Kind::Count},
                     {QStringLiteral("instance"), Text::tr("Instance")},
                     {QStringLiteral("schema"), Text::tr("Schema")},
                     {QStringLiteral("pinned"), Text::tr("Pinned")},
                     {QStringLiteral("map_epoch"), Text::tr("Map epoch"), Table::Column::Kind::Count},
                     {QStringLiteral("by"), Text::tr("Found by")}};
    return table;
}

Exit runLocate(const Invocation &call)
{
    const auto file = readClusterFile(call.clusterFilePath());
    if (!file)
        return call.fail(file.error());
    const auto timeout = call.seconds(QStringLiteral("timeout"), shortestTimeout, longestTimeout);
    if (!timeout)
        return call.fail(timeout.error());
    const Wait wait = call.wait(*timeout * (call.arguments.size() + 2));
    auto directory = Directory::open(*file, QStringLiteral("locate"), wait.atMost(*timeout), call.passwords);
    if (!directory)
        return call.fail(directory.error());
    const auto map = directory->readMap(wait.atMost(*timeout));
    if (!map)
        return call.fail(map.error());

    LocateOptions options;
    options.by = call.value(QStringLiteral("by"));
    options.perInstance = *timeout;
    Table table = emptyTable();
    QStringList warnings;
    Exit result = Exit::Done;
    bool complete = true;
    for (const QString &key : call.arguments) {
        const auto report = locateKey(directory->connection(), *file, *map, key, options, wait);
        if (!report) {
            result = worse(result, call.fail(report.error()));
            if (report.error().isCancel())
                return result;
            continue;
        }
        for (const Location &location : report->locations)
            table.rows.push_back(rowOf(key, *report, location, *map));
        // A key that was found needs no one else; what finds several tenants might find more.
        const bool doubtful =
            report->searched && !report->missed.isEmpty() && (report->locations.empty() || !report->by.isEmpty());
        if (doubtful) {
            complete = false;
            for (const Error &error : report->missed)
                warnings << wording::sentence(error);
            result = worse(result, call.strict() ? Exit::Failed : Exit::Partial);
        }
        if (report->locations.empty()) {
            call.say(Text::tr("\"%1\" was found nowhere.").arg(key));
            if (!doubtful)
                result = worse(result, Exit::Failed);
        }
    }
    warnings.removeDuplicates();
    call.print(table, complete, warnings);
    return result;
}

} // namespace

std::vector<Command> locateCommands()
{
    return {
        {QStringLiteral("locate"),
         Text::tr("Tell where keys live: logical shard and instance"),
         {{QStringLiteral("KEY"), Text::tr("a shard key, or what a [locate] query of the cluster file finds"), false,
           true}},
         {{QStringLiteral("by"), QStringLiteral("NAME"), Text::tr("go through this [locate] query only")},
          {QStringLiteral("timeout"), QStringLiteral("S"), Text::tr("seconds that a server has to answer"),
           QStringLiteral("10")}},
         runLocate,
         Text::tr("A text that is no value of the key's type goes through the [locate] queries of the cluster file, in "
                  "the order of their names. Without a routing every instance is asked which of its shards holds the "
                  "key.\n\nThe exit code is 1 when a key was found nowhere, 3 when an instance that might know it did "
                  "not answer (1 with --strict).")}};
}

} // namespace shardhelm::ctl
