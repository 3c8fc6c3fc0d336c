// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/instanceadd.h"

#include "cluster/connectall.h"
#include "cluster/directory.h"
#include "cluster/identity.h"
#include "cluster/init.h"
#include "cluster/initsql.h"
#include "cluster/instances.h"
#include "cluster/mapchange.h"
#include "cluster/schemacopy.h"
#include "cluster/tablecheck.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace shardhelm::cluster {

namespace {

const QString purpose = QStringLiteral("instance");
using Step = AddProgress::Step;

Result<void> checkNewcomer(const ClusterFile &file, const ShardMap &map, const Instance &instance)
{
    if (!file.directoryQueries.isEmpty())
        return fail(ErrorCode::DirectoryIsForeign, file.path);
    if (!isInstanceName(instance.name))
        return fail(ErrorCode::ValueBad, QStringLiteral("instance name"), instance.name);
    if (map.instance(instance.name))
        return fail(ErrorCode::InstanceDuplicate, instance.name, instance.name);
    if (!(instance.weight > 0))
        return fail(ErrorCode::ValueBad, QStringLiteral("weight"), QString::number(instance.weight),
                    {QStringLiteral("> 0")});
    return checkConninfos(instance);
}

/// The instance is none of those the directory knows, and bears no mark of another directory. A copy of one that we
/// know bears that one's mark and gets its own.
Result<void> requireNew(pg::Connection &newcomer, const Instance &instance, const ShardMap &map,
                        pg::PasswordSource *passwords, const Wait &wait)
{
    constexpr auto lookTime = std::chrono::seconds(5);
    std::vector<pg::Connection> others;
    // Those that do not answer can only be told apart by what the directory knows of them.
    for (auto &other : connectEach(map.instances, purpose, passwords, wait.atMost(lookTime))) {
        if (other)
            others.push_back(std::move(*other));
    }
    std::vector<pg::Connection> newcomers;
    newcomers.push_back(std::move(newcomer));
    const auto distinct = requireDistinct(newcomers, others, wait);
    newcomer = std::move(newcomers.front());
    if (!distinct)
        return distinct;
    const auto facts = readDatabaseFacts(newcomer, wait);
    if (!facts)
        return Failure(facts.error());
    const QString mark = facts->identity.instanceId;
    if (mark.isEmpty())
        return {};
    const auto known =
        std::ranges::find_if(map.instances, [&mark](const Instance &one) { return one.identity.instanceId == mark; });
    if (known == map.instances.end())
        return fail(ErrorCode::InstanceDuplicate, instance.name, QStringLiteral("shardhelm.instance_id ") + mark);
    const bool answered =
        std::ranges::any_of(others, [&known](const pg::Connection &one) { return one.name() == known->name; });
    return answered ? Result<void>() : fail(ErrorCode::InstanceDuplicate, instance.name, known->name);
}

/// Tables that every instance has.
std::vector<ShardedTable> commonTables(const ShardMap &map)
{
    std::vector<ShardedTable> tables;
    for (const ShardedTable &table : map.tables) {
        if (table.kind != TableKind::Local && !table.schema.isEmpty())
            tables.push_back(table);
    }
    return tables;
}

/// Whether definitions have to be brought: none of the tables is there. TableUnfit when only some are.
Result<bool> needsDefinitions(pg::Connection &target, const std::vector<ShardedTable> &tables, const Wait &wait)
{
    if (tables.empty()) {
        const auto rows =
            target.query("select exists (select from pg_catalog.pg_class c join pg_catalog.pg_namespace n "
                         "on n.oid = c.relnamespace where c.relkind in ('r', 'p') and n.nspname <> "
                         "'information_schema' and n.nspname not like 'pg\\_%')",
                         wait);
        if (!rows)
            return Failure(rows.error());
        return !rows->boolean(0, 0);
    }
    const auto present = presentTables(target, tables, {}, wait);
    if (!present)
        return Failure(present.error());
    const auto there = static_cast<std::size_t>(std::ranges::count(*present, true));
    if (there == 0 || there == tables.size())
        return there == 0;
    const auto missing = static_cast<std::size_t>(std::ranges::find(*present, false) - present->begin());
    return fail(ErrorCode::TableUnfit, tables[missing].schema + u'.' + tables[missing].name, target.name());
}

const Instance *sourceOf(const ShardMap &map, const QString &from)
{
    if (!from.isEmpty())
        return map.instance(from);
    const auto active = std::ranges::find(map.instances, InstanceState::Active, &Instance::state);
    return active == map.instances.end() ? nullptr : &*active;
}

/// Registers the instance in a transaction of the directory that is still to be committed.
Result<void> registerIn(pg::Connection &directory, const QByteArray &insert, const Instance &instance, const Wait &wait)
{
    if (const auto added = directory.run(insert, wait); !added)
        return Failure(added.error());
    const QJsonObject detail{{QStringLiteral("instance"), instance.name},
                             {QStringLiteral("conninfo"), instance.conninfo}};
    const auto audited = appendOperation(directory, QStringLiteral("instance add"),
                                         QJsonDocument(detail).toJson(QJsonDocument::Compact), wait);
    if (!audited)
        return audited;
    const auto raised = raiseMapEpoch(directory, wait);
    return raised ? Result<void>() : Failure(raised.error());
}

/// Everything that was found out before anything is changed.
struct Prepared
{
    Instance instance;
    pg::Connection target;
    pg::Connection source;
    SchemaCopy copy;
    QByteArray mark;
    QString database;
    AddReport report;
};

Result<Prepared> prepare(const ShardMap &map, const AddRequest &request, pg::PasswordSource *passwords,
                         const Wait &wait)
{
    Prepared prepared{request.instance, {}, {}, {}, {}, {}, {}};
    const auto facts = probeInstance(request.instance, passwords, wait);
    if (!facts)
        return Failure(facts.error());
    prepared.database = facts->database;
    prepared.report.unreached = facts->unreached;
    auto target = pg::Connection::open(directSpec(request.instance, purpose, passwords), wait);
    if (!target)
        return Failure(target.error());
    prepared.target = std::move(*target);
    if (const auto isNew = requireNew(prepared.target, request.instance, map, passwords, wait); !isNew)
        return Failure(isNew.error());
    prepared.instance.identity = facts->identity;
    prepared.instance.identity.instanceId = newInstanceId();
    prepared.mark = markStatement(facts->database, prepared.instance.identity.instanceId);

    const auto tables = commonTables(map);
    const auto definitions = needsDefinitions(prepared.target, tables, wait);
    if (!definitions)
        return Failure(definitions.error());
    const Instance *from = sourceOf(map, request.from);
    if (!from)
        return fail(ErrorCode::InstanceUnknown, request.from);
    auto source = pg::Connection::open(directSpec(*from, purpose, passwords), wait);
    if (!source)
        return Failure(source.error());
    prepared.source = std::move(*source);
    request.progress({Step::ReadingSchema, {}, 0});
    const auto began = prepared.source.run("begin isolation level repeatable read read only", wait);
    if (!began)
        return Failure(began.error());
    auto copy = readSchemaCopy(prepared.source, *from, prepared.target, map, *definitions, passwords, wait);
    if (!copy)
        return Failure(copy.error());
    prepared.copy = std::move(*copy);
    prepared.report.schemaCopied = *definitions;
    return prepared;
}

/// Fills and marks the target and registers it: the directory's transaction is committed last, so that a failure leaves
/// at most a database that can be added again.
Result<void> carryOut(Directory &directory, Prepared &prepared, const std::vector<ShardedTable> &tables,
                      const QByteArray &insert, const std::function<void(const AddProgress &)> &progress,
                      const Wait &wait)
{
    auto filling = pg::Transaction::begin(prepared.target, wait);
    if (!filling)
        return Failure(filling.error());
    const auto copied = runSchemaCopy(prepared.source, prepared.target, prepared.copy, progress, wait);
    if (!copied)
        return copied;
    if (const auto there = requireTables(prepared.target, tables, {}, wait); !there)
        return there;
    if (const auto marked = prepared.target.run(prepared.mark, wait); !marked)
        return Failure(marked.error());
    progress({Step::Registering, {}, 0});
    auto registering = beginMapChange(directory.connection(), wait);
    if (!registering)
        return Failure(registering.error());
    if (const auto added = registerIn(directory.connection(), insert, prepared.instance, wait); !added)
        return added;
    if (wait.stopRequested())
        return fail(ErrorCode::Cancelled);
    // From here on it is finished or undone, not stopped: a commit that is cancelled may have happened.
    constexpr auto commitTime = std::chrono::seconds(60);
    if (const auto filled = filling->commit(Wait::forDuration(commitTime)); !filled)
        return filled;
    const auto registered = registering->commit(Wait::forDuration(commitTime));
    if (!registered) {
        constexpr auto undoTime = std::chrono::seconds(10);
        static_cast<void>(prepared.target.run(unmarkStatement(prepared.database), Wait::forDuration(undoTime)));
    }
    return registered;
}

} // namespace

Result<AddReport> addInstance(const ClusterFile &file, const AddRequest &asked, RunMode mode,
                              pg::PasswordSource *passwords, const Wait &wait)
{
    AddRequest request = asked;
    if (!request.progress)
        request.progress = [](const AddProgress &) {};
    auto directory = Directory::open(file, purpose, wait, passwords);
    if (!directory)
        return Failure(directory.error());
    const auto map = directory->readMap(wait);
    if (!map)
        return Failure(map.error());
    if (const auto good = checkNewcomer(file, *map, request.instance); !good)
        return Failure(good.error());
    request.progress({Step::Checking, {}, 0});
    auto prepared = prepare(*map, request, passwords, wait);
    if (!prepared)
        return Failure(prepared.error());
    const QByteArray insert = instanceInsert(prepared->instance);
    StatementPlan &plan = prepared->report.plan;
    plan = prepared->copy.plan(request.instance.name);
    plan.push_back({request.instance.name, prepared->mark});
    plan.push_back({directoryServer(), insert});
    if (mode == RunMode::DryRun)
        return prepared->report;
    const auto done = carryOut(*directory, *prepared, commonTables(*map), insert, request.progress, wait);
    if (!done)
        return Failure(done.error());
    directory->keepCopy(wait);
    return prepared->report;
}

} // namespace shardhelm::cluster
