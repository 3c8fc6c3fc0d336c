// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lifecycle.h"

#include "cluster/connectall.h"
#include "cluster/directory.h"
#include "cluster/identity.h"
#include "cluster/schema.h"
#include "core/sqltext.h"

#include <algorithm>

namespace shardhelm::cluster {

namespace {

const QString purpose = QStringLiteral("directory");

/// Refused when something outside schema shardhelm depends on it.
Result<void> requireNoDependents(pg::Connection &connection, const Wait &wait)
{
    const auto rows = connection.query(sqlText("directory/foreign_dependents"), wait);
    if (!rows)
        return Failure(rows.error());
    if (rows->isEmpty())
        return {};
    QStringList dependents;
    for (int row = 0; row < rows->count(); ++row)
        dependents.append(rows->text(row, 0));
    return fail(ErrorCode::Refused, connection.name(), dependents.join(QStringLiteral(", ")));
}

/// Refuses while a move is open; in a transaction: keeps new ones from beginning.
Result<void> requireNoOpenMove(pg::Connection &directory, const Wait &wait)
{
    const auto open = directory.query("select logical_shard, phase, id from shardhelm.move where finished_at is null "
                                      "order by id limit 1",
                                      wait);
    if (!open)
        return Failure(open.error());
    if (!open->isEmpty())
        return fail(ErrorCode::ShardBusy, open->text(0, 0), open->text(0, 1), {open->text(0, 2)});
    return {};
}

/// What is to be run on one instance.
Result<StatementPlan> planInstance(pg::Connection &connection, const Instance &instance, const Wait &wait)
{
    const auto facts = readDatabaseFacts(connection, wait);
    if (!facts)
        return Failure(facts.error());
    // A mark that is gone was removed by an attempt before this one.
    Identity expected = instance.identity;
    if (facts->identity.instanceId.isEmpty())
        expected.instanceId.clear();
    if (const auto same = requireIdentity(instance.name, expected, facts->identity); !same)
        return Failure(same.error());
    if (const auto free = requireNoDependents(connection, wait); !free)
        return Failure(free.error());
    const auto rows = connection.query(sqlText("directory/detach_instance"), wait);
    if (!rows)
        return Failure(rows.error());
    StatementPlan plan;
    for (int row = 0; row < rows->count(); ++row)
        plan.push_back({instance.name, rows->text(row, 0).toUtf8()});
    return plan;
}

} // namespace

Result<StatementPlan> upgradeDirectory(const ClusterFile &file, RunMode mode, pg::PasswordSource *passwords,
                                       const Wait &wait)
{
    auto directory = Directory::connect(file, purpose, wait, passwords);
    if (!directory)
        return Failure(directory.error());
    const bool foreign = !file.directoryQueries.isEmpty();
    auto transaction = pg::Transaction::begin(*directory, wait);
    if (!transaction)
        return Failure(transaction.error());
    const auto ran = migrateDirectory(*directory, schemaVersions(), foreign, wait);
    if (!ran)
        return Failure(ran.error());
    const auto ended = mode == RunMode::Run ? transaction->commit(wait) : transaction->rollback(wait);
    if (!ended)
        return Failure(ended.error());
    StatementPlan plan;
    for (const SchemaVersion &version : *ran)
        plan.push_back({directoryServer(), foreign ? version.privateScript : version.script});
    return plan;
}

Result<DetachReport> detachDirectory(const ClusterFile &file, RunMode mode, pg::PasswordSource *passwords,
                                     const Wait &wait)
{
    auto directory = Directory::open(file, purpose, wait, passwords);
    if (!directory)
        return Failure(directory.error());
    const auto map = directory->readMap(wait);
    if (!map)
        return Failure(map.error());
    const auto state = findDirectory(directory->connection(), wait);
    if (!state)
        return Failure(state.error());

    auto transaction = pg::Transaction::begin(directory->connection(), wait);
    if (!transaction)
        return Failure(transaction.error());
    DetachReport report;
    if (state->ours) {
        if (mode == RunMode::Run) {
            const auto locked =
                directory->connection().run("lock table shardhelm.move in share row exclusive mode", wait);
            if (!locked)
                return Failure(locked.error());
        }
        if (const auto idle = requireNoOpenMove(directory->connection(), wait); !idle)
            return Failure(idle.error());
        if (const auto free = requireNoDependents(directory->connection(), wait); !free)
            return Failure(free.error());
    }

    // Everything is looked at before anything is removed.
    auto connections = connectEach(map->instances, purpose, passwords, wait);
    for (std::size_t i = 0; i < connections.size(); ++i) {
        const Instance &instance = map->instances[i];
        const auto plan = connections[i] ? planInstance(*connections[i], instance, wait)
                                         : Result<StatementPlan>(Failure(connections[i].error()));
        if (!plan && instance.state != InstanceState::Retired)
            return Failure(plan.error());
        if (!plan) {
            report.leftOut.append(instance.name);
            continue;
        }
        report.plan.insert(report.plan.end(), plan->begin(), plan->end());
    }
    const QByteArray last = "drop schema shardhelm cascade";
    const StatementPlan onInstances = report.plan;
    if (state->ours)
        report.plan.push_back({directoryServer(), last});
    if (mode == RunMode::DryRun)
        return report;

    // The drop is tried and the locks it needs are kept: from here on the directory stands in nobody's way.
    if (state->ours) {
        if (const auto locked = directory->connection().run(sqlText("directory/lock_directory"), wait); !locked)
            return Failure(locked.error());
        for (const QByteArray &trial : {QByteArray("savepoint trial"), last, QByteArray("rollback to trial")}) {
            if (const auto tried = directory->connection().run(trial, wait); !tried)
                return Failure(tried.error());
        }
    }

    const auto unfinished = [&report](const Error &cause) -> Result<DetachReport> {
        if (report.cleaned.isEmpty())
            return Failure(cause);
        report.stopped = cause;
        return report;
    };
    for (const PlannedStatement &statement : onInstances) {
        if (wait.stopRequested())
            return unfinished(Error{ErrorCode::Cancelled, {}, {}, {}, 0, std::nullopt});
        const auto at = std::ranges::find(map->instances, statement.server, &Instance::name);
        const auto index = static_cast<std::size_t>(at - map->instances.begin());
        const auto ran = connections[index]->run(statement.sql, wait);
        if (!ran)
            return unfinished(ran.error());
        if (!report.cleaned.contains(statement.server))
            report.cleaned.append(statement.server);
    }
    // What is left takes a moment and is not stopped any more.
    constexpr auto finishTime = std::chrono::seconds(30);
    const Wait finish = Wait::forDuration(finishTime);
    if (state->ours) {
        if (const auto dropped = directory->connection().run(last, finish); !dropped)
            return unfinished(dropped.error());
    }
    if (const auto committed = transaction->commit(finish); !committed)
        return unfinished(committed.error());
    return report;
}

} // namespace shardhelm::cluster
