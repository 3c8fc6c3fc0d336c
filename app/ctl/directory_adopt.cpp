// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/adopt.h"
#include "cluster/directory.h"
#include "cluster/keytype.h"
#include "cluster/recipes.h"
#include "clusterfacts.h"
#include "directory.h"
#include "findingtable.h"
#include "wording/findings.h"

#include <algorithm>

namespace shardhelm::ctl {

using namespace cluster;

namespace {

constexpr Milliseconds shortestTimeout{100};
constexpr Milliseconds longestTimeout{24 * 3600 * 1000};
constexpr Milliseconds directoryPatience{120'000};

/// The routing asked for. In schema layout there may be none: keys are then located by search.
Result<Routing> routingOf(const Invocation &call, const ClusterFile &file, const InitRequest &init, const Wait &wait)
{
    auto connection = Directory::connect(file, QStringLiteral("directory"), wait, call.passwords);
    if (!connection)
        return Failure(connection.error());
    const bool none = !call.has(QStringLiteral("recipe")) && !call.has(QStringLiteral("routing"));
    if (none && init.layout == Layout::Schema) {
        const auto type = resolveKeyType(*connection, call.value(QStringLiteral("key-type")), wait);
        if (!type)
            return Failure(type.error());
        Routing routing;
        routing.keyType = type->name;
        return routing;
    }
    const auto asked = routingRequestFrom(call, init.logicalShards);
    if (!asked)
        return Failure(asked.error());
    return makeRouting(*connection, *asked, wait);
}

QJsonObject jsonOf(const AdoptReport &report)
{
    QJsonArray placement;
    for (auto it = report.init.placement.cbegin(); it != report.init.placement.cend(); ++it)
        placement.append(QJsonObject{{QStringLiteral("id"), it.key()}, {QStringLiteral("instance"), it.value()}});
    QJsonArray unplaced;
    for (const int shard : report.unplaced)
        unplaced.append(shard);
    QJsonArray placedEmpty;
    for (const int shard : report.placedEmpty)
        placedEmpty.append(shard);
    QJsonArray pins;
    for (const TenantPin &pin : report.proposedPins) {
        pins.append(
            QJsonObject{{QStringLiteral("tenant"), pin.tenant}, {QStringLiteral("logical_shard"), pin.logicalShard}});
    }
    QJsonArray statements;
    for (const PlannedStatement &statement : report.plan) {
        statements.append(QJsonObject{{QStringLiteral("server"), statement.server},
                                      {QStringLiteral("statement"), QString::fromUtf8(statement.sql)}});
    }
    return {{QStringLiteral("placement"), placement},
            {QStringLiteral("unplaced"), unplaced},
            {QStringLiteral("placed_empty"), placedEmpty},
            {QStringLiteral("proposed_pins"), pins},
            {QStringLiteral("conflicts"), findingTable(report.conflicts).toJson()},
            {QStringLiteral("statements"), statements},
            {QStringLiteral("written"), report.written}};
}

/// For people: a line per instance, for what has no place, per proposed pin and per conflict.
Table summaryOf(const AdoptReport &report)
{
    Table table{{{QStringLiteral("what"), Text::tr("What")}, {QStringLiteral("detail"), Text::tr("Detail")}}, {}};
    for (const Instance &instance : report.init.instances) {
        const QList<int> shards = report.init.placement.keys(instance.name);
        table.rows.push_back({Text::tr("on %1").arg(instance.name), numberRanges({shards.begin(), shards.end()})});
    }
    if (!report.unplaced.empty())
        table.rows.push_back({Text::tr("unplaced"), numberRanges(report.unplaced)});
    if (!report.placedEmpty.empty())
        table.rows.push_back({Text::tr("placed empty"), numberRanges(report.placedEmpty)});
    for (const TenantPin &pin : report.proposedPins)
        table.rows.push_back({Text::tr("pin"), QStringLiteral("%1 -> %2").arg(pin.tenant).arg(pin.logicalShard)});
    for (const Finding &finding : report.conflicts)
        table.rows.push_back({Text::tr("conflict"), wording::sentence(finding)});
    return table;
}

Exit runAdopt(const Invocation &call)
{
    const auto file = readClusterFile(call.clusterFilePath());
    if (!file)
        return call.fail(file.error());
    const auto timeout = call.seconds(QStringLiteral("timeout"), shortestTimeout, longestTimeout);
    if (!timeout)
        return call.fail(timeout.error());
    const Wait wait = call.wait(2 * *timeout + directoryPatience);
    auto init = initRequestFrom(call, *file);
    if (!init)
        return call.fail(init.error());
    const auto routing = routingOf(call, *file, *init, wait);
    if (!routing)
        return failRouting(call, routing.error());
    init->routing = *routing;

    AdoptRequest request;
    request.init = *init;
    request.placeEmpty = call.value(QStringLiteral("place-empty"));
    request.acceptPins = call.has(QStringLiteral("accept-pins"));
    request.acceptConflicts = call.has(QStringLiteral("accept-conflicts"));
    request.check.perInstance = *timeout;
    const CheckProgress progress = [&call](int done, int total, const QString &instance) {
        call.progress(Text::tr("%1 of %2: %3").arg(QString::number(done), QString::number(total), instance));
    };
    const auto report = adoptDirectory(*file, request, runMode(call), progress, wait);
    if (!report)
        return call.fail(report.error());

    const bool forPeople = call.value(QStringLiteral("format")) == QLatin1StringView("table");
    call.print(jsonOf(*report), summaryOf(*report));
    if (forPeople && runMode(call) == RunMode::DryRun)
        printPlan(call, report->plan);
    if (!report->unplaced.empty() && report->init.layout == Layout::Rows)
        call.say(Text::tr("Keys of unplaced logical shards are on no instance; --place-empty places those shards."));
    if (!report->proposedPins.empty() && !request.acceptPins)
        call.say(Text::tr("Tenants were found whole in another shard; --accept-pins pins them there."));
    if (!report->conflicts.empty() && !request.acceptConflicts) {
        call.say(Text::tr("Nothing was written."));
        return Exit::Differences;
    }
    if (report->written) {
        // A missing copy does not make the directory any less made.
        if (auto directory = Directory::open(*file, QStringLiteral("directory"), wait, call.passwords))
            directory->keepCopy(wait);
        call.say(Text::tr("The directory of %1 was made.").arg(report->init.clusterName));
    }
    return Exit::Done;
}

} // namespace

Command directoryAdoptCommand()
{
    std::vector<Option> options = initOptions();
    std::erase_if(options, [](const Option &option) { return option.name == QLatin1StringView("spread"); });
    options.push_back(
        {QStringLiteral("accept-pins"), {}, Text::tr("pin tenants that are whole in another shard to it")});
    options.push_back({QStringLiteral("place-empty"), QStringLiteral("INSTANCE|spread"),
                       Text::tr("row layout: place logical shards that hold nothing on INSTANCE, or spread them over "
                                "all instances by weight")});
    options.push_back({QStringLiteral("accept-conflicts"), {}, Text::tr("write the directory in spite of conflicts")});
    options.push_back({QStringLiteral("timeout"), QStringLiteral("S"),
                       Text::tr("seconds that each instance has to answer everything"), QStringLiteral("300")});
    return {
        QStringLiteral("directory adopt"),
        Text::tr("Make the directory of a cluster that runs already"),
        {},
        options,
        runAdopt,
        Text::tr("Asks every instance which logical shards it holds and places each where it is; those that are "
                 "nowhere are listed as unplaced, or placed by --place-empty (rows layout only: in schema layout the "
                 "shard's schema would have to be made first). Tenants found whole in another shard than the routing "
                 "says are "
                 "proposed as pins. The result is checked as \"directory check\" does; when something contradicts "
                 "it, nothing is written and the exit code is 5.\n\nIn schema layout the routing may be left out: "
                 "keys are then located by search.")};
}

} // namespace shardhelm::ctl
