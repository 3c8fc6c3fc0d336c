// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/check.h"
#include "cluster/instanceadd.h"
#include "cluster/instances.h"
#include "cluster/quantities.h"
#include "clusterfacts.h"
#include "command.h"
#include "wording/findings.h"

#include <algorithm>
#include <chrono>

namespace shardhelm::ctl {

using namespace cluster;

namespace {

constexpr auto patience = std::chrono::minutes(2);

Result<double> weightFrom(const Invocation &call)
{
    bool ok = false;
    const double weight = call.value(QStringLiteral("weight")).toDouble(&ok);
    if (!ok || !(weight > 0) || weight > 1e6)
        return fail(ErrorCode::UsageBad, QStringLiteral("--weight"), call.value(QStringLiteral("weight")),
                    {QStringLiteral("> 0")});
    return weight;
}

/// A size with its unit; an empty text is no size.
Result<std::optional<qint64>> capacityFrom(const Invocation &call)
{
    const QString text = call.value(QStringLiteral("capacity"));
    if (text.isEmpty())
        return std::optional<qint64>();
    const auto bytes = sizeFromText(text);
    if (!bytes || *bytes == 0)
        return fail(ErrorCode::UsageBad, QStringLiteral("--capacity"), text, {QStringLiteral("500GB")});
    return std::optional(*bytes);
}

/// Values that are not empty: `--replica ""` alone removes all of them.
QStringList replicasFrom(const Invocation &call)
{
    QStringList replicas = call.values(QStringLiteral("replica"));
    replicas.removeAll(QString());
    return replicas;
}

void sayProgress(const Invocation &call, const AddProgress &progress)
{
    using Step = AddProgress::Step;
    switch (progress.step) {
    case Step::Checking:
        return call.say(Text::tr("Checking the instance …"));
    case Step::ReadingSchema:
        return call.say(Text::tr("Reading definitions …"));
    case Step::CreatingSchema:
        return call.say(Text::tr("Creating schemas and tables …"));
    case Step::CopyingData:
        if (progress.rows > 0)
            call.say(Text::tr("Copied %1: %2 rows").arg(progress.table).arg(progress.rows));
        return;
    case Step::CreatingIndexes:
        return call.say(Text::tr("Creating indexes and constraints …"));
    case Step::Registering:
        return call.say(Text::tr("Registering the instance …"));
    }
}

/// What `directory check` says about an instance that was just added, compared with one that was there. Contents are
/// left out: reading them takes long, and it holds no shards.
Result<QStringList> findingsAbout(const Invocation &call, Directory &directory, const ShardMap &whole,
                                  const QString &name, const Wait &wait)
{
    ShardMap map = whole;
    const auto other = std::ranges::find_if(map.instances, [&name](const Instance &instance) {
        return instance.name != name && instance.state == InstanceState::Active;
    });
    const QString compared = other == map.instances.end() ? QString() : other->name;
    std::erase_if(map.instances,
                  [&](const Instance &instance) { return instance.name != name && instance.name != compared; });
    std::erase_if(map.shards, [&compared](const LogicalShard &shard) { return shard.instance != compared; });
    CheckOptions options;
    options.contents = false;
    options.passwords = call.passwords;
    const auto report = checkCluster(
        directory.connection(), map, options, [](int, int, const QString &) {}, wait);
    if (!report)
        return Failure(report.error());
    QStringList sentences;
    for (const Finding &finding : report->findings) {
        if (finding.severity != FindingSeverity::Info && (finding.instance == name || finding.other == name))
            sentences.append(wording::sentence(finding));
    }
    return sentences;
}

/// The instance as the directory has it now; with `checked` and what the check says about it.
Exit printInstance(const Invocation &call, const ClusterFile &file, const QString &name, bool checked = false)
{
    const Wait wait = call.wait(patience);
    auto directory = Directory::open(file, QStringLiteral("instance"), wait, call.passwords);
    if (!directory)
        return call.fail(directory.error());
    auto map = directory->readMap(wait);
    if (!map)
        return call.fail(map.error());
    QStringList warnings;
    if (checked) {
        const auto findings = findingsAbout(call, *directory, *map, name, wait);
        if (!findings)
            return call.fail(findings.error());
        warnings = *findings;
    }
    std::erase_if(map->instances, [&name](const Instance &instance) { return instance.name != name; });
    call.print(instanceTable(*map), true, warnings);
    return warnings.isEmpty() ? Exit::Done : Exit::Differences;
}

Exit runAdd(const Invocation &call)
{
    const auto file = readClusterFile(call.clusterFilePath());
    if (!file)
        return call.fail(file.error());
    const auto timeout = call.seconds(QStringLiteral("timeout"), std::chrono::seconds(1), std::chrono::hours(24));
    if (!timeout)
        return call.fail(timeout.error());
    AddRequest request;
    request.instance.name = call.arguments.first();
    request.instance.conninfo = call.value(QStringLiteral("conninfo"));
    request.instance.peerConninfo = call.value(QStringLiteral("peer"));
    request.instance.directConninfo = call.value(QStringLiteral("direct"));
    request.instance.replicaConninfos = replicasFrom(call);
    request.instance.zone = call.value(QStringLiteral("zone"));
    request.instance.dedicated = call.has(QStringLiteral("dedicated"));
    request.from = call.value(QStringLiteral("from"));
    request.progress = [&call](const AddProgress &progress) { sayProgress(call, progress); };
    if (call.has(QStringLiteral("weight"))) {
        const auto weight = weightFrom(call);
        if (!weight)
            return call.fail(weight.error());
        request.instance.weight = *weight;
    }
    const auto capacity = capacityFrom(call);
    if (!capacity)
        return call.fail(capacity.error());
    request.instance.capacityBytes = *capacity;

    const auto report = addInstance(*file, request, runMode(call), call.passwords, call.wait(*timeout));
    if (!report)
        return call.fail(report.error());
    for (const QString &conninfo : report->unreached)
        call.say(Text::tr("Warning: %1 could not be reached from here; check that the other instances reach it.")
                     .arg(conninfo));
    if (runMode(call) == RunMode::DryRun) {
        printPlan(call, report->plan);
        return Exit::Done;
    }
    const Exit printed =
        call.stop.stop_requested() ? Exit::Failed : printInstance(call, *file, request.instance.name, true);
    if (!call.stop.stop_requested())
        return printed;
    call.say(Text::tr("The instance %1 was registered before the cancel took effect; it was not checked: run "
                      "\"shardhelmctl directory check\".")
                 .arg(request.instance.name));
    return Exit::Partial;
}

Result<InstanceChanges> changesFrom(const Invocation &call)
{
    InstanceChanges changes;
    const auto text = [&call](const char *option, std::optional<QString> &field) {
        const QString name = QString::fromLatin1(option);
        if (call.given.contains(name))
            field = call.value(name);
    };
    text("rename", changes.name);
    text("conninfo", changes.conninfo);
    text("peer", changes.peerConninfo);
    text("direct", changes.directConninfo);
    text("zone", changes.zone);
    if (call.given.contains(QStringLiteral("replica")))
        changes.replicaConninfos = replicasFrom(call);
    if (call.given.contains(QStringLiteral("dedicated")))
        changes.dedicated = call.value(QStringLiteral("dedicated")) == QLatin1StringView("yes");
    if (call.given.contains(QStringLiteral("state")))
        changes.state = fromWord<InstanceState>(call.value(QStringLiteral("state")));
    if (call.given.contains(QStringLiteral("weight"))) {
        const auto weight = weightFrom(call);
        if (!weight)
            return Failure(weight.error());
        changes.weight = *weight;
    }
    if (call.given.contains(QStringLiteral("capacity"))) {
        const auto capacity = capacityFrom(call);
        if (!capacity)
            return Failure(capacity.error());
        changes.capacityBytes = *capacity;
    }
    changes.acceptIdentity = call.has(QStringLiteral("accept-identity"));
    return changes;
}

Exit runEdit(const Invocation &call)
{
    const auto file = readClusterFile(call.clusterFilePath());
    if (!file)
        return call.fail(file.error());
    const auto changes = changesFrom(call);
    if (!changes)
        return call.fail(changes.error());
    const QString name = call.arguments.first();
    const auto plan = editInstance(*file, name, *changes, runMode(call), call.passwords, call.wait(patience));
    if (!plan)
        return call.fail(plan.error());
    if (runMode(call) == RunMode::DryRun) {
        printPlan(call, *plan);
        return Exit::Done;
    }
    if (plan->empty())
        call.say(Text::tr("There was nothing to change."));
    return printInstance(call, *file, changes->name.value_or(name));
}

Exit runRetire(const Invocation &call)
{
    const auto file = readClusterFile(call.clusterFilePath());
    if (!file)
        return call.fail(file.error());
    const QString name = call.arguments.first();
    const auto plan = retireInstance(*file, name, runMode(call), call.passwords, call.wait(patience));
    if (!plan)
        return call.fail(plan.error());
    if (runMode(call) == RunMode::DryRun) {
        printPlan(call, *plan);
        return Exit::Done;
    }
    if (plan->empty())
        call.say(Text::tr("%1 was retired already.").arg(name));
    return printInstance(call, *file, name);
}

Exit runDrain(const Invocation &call)
{
    return call.fail(Error{ErrorCode::Refused,
                           QStringLiteral("instance drain"),
                           Text::tr("plans are not part of this version; they come with the map editor"),
                           {},
                           0,
                           std::nullopt});
}

std::vector<Option> placeOptions()
{
    return {
        {QStringLiteral("peer"), QStringLiteral("CONNINFO"),
         Text::tr("how the other instances reach it, if otherwise")},
        {QStringLiteral("direct"), QStringLiteral("CONNINFO"), Text::tr("how it is reached past a connection pooler")},
        {QStringLiteral("replica"), QStringLiteral("CONNINFO"), Text::tr("one of its replicas"), {}, {}, true},
        {QStringLiteral("zone"), QStringLiteral("ZONE"), Text::tr("where it stands, e.g. an availability zone")},
        {QStringLiteral("capacity"), QStringLiteral("SIZE"), Text::tr("room for data, e.g. 500GB")},
        {QStringLiteral("weight"), QStringLiteral("W"), Text::tr("its share of the shards relative to the others")},
    };
}

std::vector<Option> addOptions()
{
    std::vector<Option> options = placeOptions();
    options.insert(options.begin(),
                   {QStringLiteral("conninfo"),
                    QStringLiteral("CONNINFO"),
                    Text::tr("libpq connection string, without a password"),
                    {},
                    {},
                    false,
                    true});
    options.push_back({QStringLiteral("dedicated"), {}, Text::tr("it takes only tenants that are pinned to it")});
    options.push_back({QStringLiteral("from"), QStringLiteral("INSTANCE"),
                       Text::tr("where definitions and reference data come from; else the first active instance")});
    options.push_back({QStringLiteral("timeout"), QStringLiteral("S"),
                       Text::tr("longest time for all of it, in seconds"), QStringLiteral("3600")});
    options.push_back(dryRunOption());
    return options;
}

std::vector<Option> editOptions()
{
    std::vector<Option> options = placeOptions();
    options.insert(options.begin(),
                   {QStringLiteral("conninfo"), QStringLiteral("CONNINFO"),
                    Text::tr("libpq connection string, without a password")});
    options.push_back({QStringLiteral("dedicated"),
                       QStringLiteral("YES"),
                       Text::tr("whether it takes only tenants that are pinned to it"),
                       {},
                       {QStringLiteral("yes"), QStringLiteral("no")}});
    options.push_back({QStringLiteral("state"),
                       QStringLiteral("STATE"),
                       Text::tr("whether it may receive shards"),
                       {},
                       {wordOf(InstanceState::Active), wordOf(InstanceState::Draining)}});
    options.push_back({QStringLiteral("rename"), QStringLiteral("NEW"), Text::tr("its new name")});
    options.push_back({QStringLiteral("accept-identity"),
                       {},
                       Text::tr("the server behind the name was rebuilt on purpose: record and mark it")});
    options.push_back(dryRunOption());
    return options;
}

} // namespace

std::vector<Command> instanceCommands()
{
    const Argument known{QStringLiteral("INSTANCE"), Text::tr("name of the instance")};
    return {
        {QStringLiteral("instance add"),
         Text::tr("Take a new instance into the cluster"),
         {{QStringLiteral("NAME"), Text::tr("name of the instance")}},
         addOptions(),
         runAdd,
         Text::tr("Tries every connection string, makes sure that it is no instance under a new name, brings roles, "
                  "extensions, definitions of shared and reference tables and the reference tables' rows, marks the "
                  "instance and registers it. It holds no shards afterwards. Nothing stays behind when it fails. What "
                  "directory check finds on it is listed at the end, with exit code 5.")},
        {QStringLiteral("instance edit"),
         Text::tr("Change what the directory says about an instance"),
         {known},
         editOptions(),
         runEdit,
         Text::tr("New connection strings are tried first and must lead to the same instance. An empty value removes "
                  "what was there.")},
        {QStringLiteral("instance retire"),
         Text::tr("Take an instance that owns no shards out of service"),
         {known},
         {dryRunOption()},
         runRetire},
        {QStringLiteral("instance drain"), Text::tr("Plan the moves that empty an instance"), {known}, {}, runDrain},
    };
}

} // namespace shardhelm::ctl
