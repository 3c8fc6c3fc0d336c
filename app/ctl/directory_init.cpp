// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/init.h"
#include "cluster/recipes.h"
#include "cluster/tablecheck.h"
#include "clusterfacts.h"
#include "directory.h"

#include <chrono>

namespace shardhelm::ctl {

using namespace cluster;

namespace {

constexpr auto patience = std::chrono::minutes(2);
constexpr int mostShards = 1000000;

/// "TEXT=SHARD" at the last '=': the text may hold one itself.
Result<std::pair<QString, int>> shardFrom(const QString &option, const QString &text)
{
    const qsizetype equals = text.lastIndexOf(u'=');
    bool ok = false;
    const int shard = equals < 0 ? 0 : text.sliced(equals + 1).toInt(&ok);
    if (!ok || shard < 0)
        return fail(ErrorCode::UsageBad, option, text, {QStringLiteral("TEXT=SHARD")});
    return std::pair(text.first(equals), shard);
}

Result<void> addTables(const Invocation &call, const QString &option, TableKind kind, InitRequest &request)
{
    // In schema layout a sharded table without a schema stands in every shard's own.
    const bool perShard = request.layout == Layout::Schema && kind == TableKind::Sharded;
    for (const QString &text : call.values(option)) {
        auto table =
            tableFromText(QStringLiteral("--") + option, text, kind, perShard ? QString() : QStringLiteral("public"));
        if (!table)
            return Failure(table.error());
        if (kind == TableKind::Sharded)
            table->colocationGroup = QStringLiteral("default");
        request.tables.push_back(*table);
    }
    return {};
}

} // namespace

Result<RoutingRequest> routingRequestFrom(const Invocation &call, int logicalShards)
{
    RoutingRequest request;
    request.keyType = call.value(QStringLiteral("key-type"));
    request.logicalShards = logicalShards;
    const bool expression = call.has(QStringLiteral("routing"));
    if (expression == call.has(QStringLiteral("recipe")))
        return fail(ErrorCode::UsageBad, QStringLiteral("--recipe"),
                    expression ? QStringLiteral("--routing") : QString(),
                    {QStringLiteral("--recipe"), QStringLiteral("--routing")});
    if (expression) {
        request.recipe = Recipe::Expression;
        request.expression = call.value(QStringLiteral("routing"));
    } else {
        request.recipe = recipeNamed(call.value(QStringLiteral("recipe"))).value_or(Recipe::Hash);
    }
    const auto nodes = call.number(QStringLiteral("virtual-nodes"), 1, 100000);
    if (!nodes)
        return Failure(nodes.error());
    request.virtualNodes = static_cast<int>(*nodes);
    for (const QString &text : call.values(QStringLiteral("range"))) {
        const auto range = shardFrom(QStringLiteral("--range"), text);
        if (!range)
            return Failure(range.error());
        request.ranges.push_back({range->first.isEmpty() ? std::nullopt : std::optional(range->first), range->second});
    }
    for (const QString &text : call.values(QStringLiteral("value"))) {
        const auto value = shardFrom(QStringLiteral("--value"), text);
        if (!value)
            return Failure(value.error());
        request.values.push_back({value->first, value->second});
    }
    return request;
}

Exit failRouting(const Invocation &call, const Error &error)
{
    const Exit code = call.fail(error);
    return error.code == ErrorCode::RoutingBad ? Exit::Usage : code;
}

Result<InitRequest> initRequestFrom(const Invocation &call, const ClusterFile &file)
{
    InitRequest request;
    request.clusterName = call.has(QStringLiteral("name")) ? call.value(QStringLiteral("name")) : file.name;
    request.layout = fromWord<Layout>(call.value(QStringLiteral("layout"))).value_or(Layout::Schema);
    request.schemaPattern = call.value(QStringLiteral("schema-pattern"));
    request.spread = call.value(QStringLiteral("spread")) == QLatin1StringView("contiguous") ? Spread::Contiguous
                                                                                             : Spread::RoundRobin;
    request.keepMarks = call.has(QStringLiteral("keep-marks"));
    const auto shards = call.number(QStringLiteral("logical"), 1, mostShards);
    if (!shards)
        return Failure(shards.error());
    request.logicalShards = static_cast<int>(*shards);
    const auto ttl = call.number(QStringLiteral("map-ttl"), 1, 86400);
    if (!ttl)
        return Failure(ttl.error());
    request.mapTtlSeconds = static_cast<int>(*ttl);
    for (const QString &text : call.values(QStringLiteral("instance"))) {
        const auto pair = pairFrom(QStringLiteral("--instance"), text, QStringLiteral("NAME=CONNINFO"));
        if (!pair)
            return Failure(pair.error());
        Instance instance;
        instance.name = pair->first;
        instance.conninfo = pair->second;
        if (std::ranges::find(request.instances, instance.name, &Instance::name) != request.instances.end())
            return fail(ErrorCode::UsageBad, QStringLiteral("--instance"), instance.name,
                        {QStringLiteral("each NAME once")});
        if (!isInstanceName(instance.name))
            return fail(ErrorCode::ValueBad, QStringLiteral("instance name"), instance.name);
        request.instances.push_back(instance);
    }
    if (const auto added = addTables(call, QStringLiteral("table"), TableKind::Sharded, request); !added)
        return Failure(added.error());
    if (const auto added = addTables(call, QStringLiteral("reference"), TableKind::Reference, request); !added)
        return Failure(added.error());
    if (const auto added = addTables(call, QStringLiteral("local"), TableKind::Local, request); !added)
        return Failure(added.error());
    return request;
}

std::vector<Option> initOptions()
{
    QStringList recipes = recipeNames();
    recipes.removeAll(QStringLiteral("expression"));
    return {
        {QStringLiteral("layout"),
         QStringLiteral("LAYOUT"),
         Text::tr("what a logical shard is: a schema, or the rows of shared tables whose key routes to it"),
         {},
         {wordOf(Layout::Rows), wordOf(Layout::Schema)},
         false,
         true},
        {QStringLiteral("logical"), QStringLiteral("N"), Text::tr("number of logical shards"), {}, {}, false, true},
        {QStringLiteral("key-type"), QStringLiteral("T"), Text::tr("SQL type of the shard key"), {}, {}, false, true},
        {QStringLiteral("recipe"),
         QStringLiteral("R"),
         Text::tr("how keys are spread over logical shards"),
         {},
         recipes},
        {QStringLiteral("routing"), QStringLiteral("SQL"),
         Text::tr("an expression over $1 that gives the logical shard, in place of a recipe")},
        {QStringLiteral("range"),
         QStringLiteral("BOUND=SHARD"),
         Text::tr("recipe range: keys from BOUND on; an empty BOUND is the beginning"),
         {},
         {},
         true},
        {QStringLiteral("value"),
         QStringLiteral("VALUE=SHARD"),
         Text::tr("recipe list: keys of that value"),
         {},
         {},
         true},
        {QStringLiteral("virtual-nodes"), QStringLiteral("N"), Text::tr("recipe ring: points per logical shard"),
         QStringLiteral("128")},
        {QStringLiteral("instance"),
         QStringLiteral("NAME=CONNINFO"),
         Text::tr("an instance and how it is reached"),
         {},
         {},
         true,
         true},
        {QStringLiteral("table"),
         QStringLiteral("SCHEMA.TABLE:KEY"),
         Text::tr("a sharded table and its key column; in schema layout TABLE:KEY stands in every shard's schema"),
         {},
         {},
         true},
        {QStringLiteral("reference"),
         QStringLiteral("SCHEMA.TABLE"),
         Text::tr("a table that is whole on every instance"),
         {},
         {},
         true},
        {QStringLiteral("local"),
         QStringLiteral("SCHEMA.TABLE"),
         Text::tr("a table that lives on one instance"),
         {},
         {},
         true},
        {QStringLiteral("schema-pattern"), QStringLiteral("PATTERN"),
         Text::tr("schema layout: name of a shard's schema with one %d"), InitRequest().schemaPattern},
        {QStringLiteral("spread"),
         QStringLiteral("ORDER"),
         Text::tr("which shards an instance gets"),
         QStringLiteral("round-robin"),
         {QStringLiteral("round-robin"), QStringLiteral("contiguous")}},
        {QStringLiteral("map-ttl"), QStringLiteral("SECONDS"),
         Text::tr("how long routers may use a map they have read"), QString::number(InitRequest().mapTtlSeconds)},
        {QStringLiteral("name"), QStringLiteral("NAME"), Text::tr("name of the cluster, if not the cluster file's")},
        {QStringLiteral("keep-marks"), {}, Text::tr("take instances that an earlier directory has marked")},
        dryRunOption(),
    };
}

namespace {

Exit runInit(const Invocation &call)
{
    const Wait wait = call.wait(patience);
    const auto file = readClusterFile(call.clusterFilePath());
    if (!file)
        return call.fail(file.error());
    auto request = initRequestFrom(call, *file);
    if (!request)
        return call.fail(request.error());
    const auto asked = routingRequestFrom(call, request->logicalShards);
    if (!asked)
        return call.fail(asked.error());
    auto connection = Directory::connect(*file, QStringLiteral("directory"), wait, call.passwords);
    if (!connection)
        return call.fail(connection.error());
    const auto routing = makeRouting(*connection, *asked, wait);
    if (!routing)
        return failRouting(call, routing.error());
    request->routing = *routing;
    connection->close();

    const auto plan = initDirectory(*file, *request, runMode(call), call.passwords, wait);
    if (!plan)
        return call.fail(plan.error());
    if (runMode(call) == RunMode::DryRun) {
        printPlan(call, *plan);
        return Exit::Done;
    }
    call.say(Text::tr("The directory of %1 was made.").arg(request->clusterName));
    auto directory = Directory::open(*file, QStringLiteral("directory"), wait, call.passwords);
    if (!directory)
        return call.fail(directory.error());
    directory->keepCopy(wait);
    return printDirectory(call, *directory, wait);
}

} // namespace

Command directoryInitCommand()
{
    return {QStringLiteral("directory init"),
            Text::tr("Make the directory of a new cluster"),
            {},
            initOptions(),
            runInit,
            Text::tr("Spreads the logical shards over the instances, marks each instance with a random id and creates "
                     "schema shardhelm in the directory's database. Nothing stays behind when it fails.")};
}

} // namespace shardhelm::ctl
