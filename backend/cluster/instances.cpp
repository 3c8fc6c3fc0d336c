// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/instances.h"

#include "cluster/directory.h"
#include "cluster/identity.h"
#include "cluster/init.h"
#include "cluster/mapchange.h"
#include "cluster/sqlarray.h"
#include "core/sqltext.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include <functional>

namespace shardhelm::cluster {

namespace {

const QString purpose = QStringLiteral("instance");

QByteArray literal(const QString &text)
{
    return pg::Connection::literal(text);
}

QByteArray optionalLiteral(const QString &text)
{
    return text.isEmpty() ? QByteArrayLiteral("null") : literal(text);
}

/// SET list that leads from one row to the other; empty when they are equal.
QByteArray assignments(const Instance &from, const Instance &to)
{
    QByteArrayList list;
    const auto add = [&list](const char *column, bool changed, const QByteArray &value) {
        if (changed)
            list.append(QByteArray(column) + " = " + value);
    };
    add("name", from.name != to.name, literal(to.name));
    add("conninfo", from.conninfo != to.conninfo, literal(to.conninfo));
    add("peer_conninfo", from.peerConninfo != to.peerConninfo, optionalLiteral(to.peerConninfo));
    add("direct_conninfo", from.directConninfo != to.directConninfo, optionalLiteral(to.directConninfo));
    add("replica_conninfos", from.replicaConninfos != to.replicaConninfos, literal(textArray(to.replicaConninfos)));
    add("zone", from.zone != to.zone, optionalLiteral(to.zone));
    add("capacity_bytes", from.capacityBytes != to.capacityBytes,
        to.capacityBytes ? QByteArray::number(*to.capacityBytes) : "null");
    add("weight", from.weight != to.weight, QByteArray::number(to.weight, 'g', QLocale::FloatingPointShortest));
    add("state", from.state != to.state, literal(wordOf(to.state)));
    add("dedicated", from.dedicated != to.dedicated, to.dedicated ? "true" : "false");
    add("identity", from.identity != to.identity, literal(QString::fromUtf8(identityJson(to.identity))));
    return list.join(", ");
}

/// Condition that holds while the row is as it was read: of two people who edit at once the second is told.
QByteArray unchanged(const Instance &instance)
{
    const auto same = [](const char *column, const QString &value) -> QByteArray {
        return " and coalesce(" + QByteArray(column) + ", '') = " + literal(value);
    };
    return "name = " + literal(instance.name) + same("conninfo", instance.conninfo)
        + same("peer_conninfo", instance.peerConninfo) + same("direct_conninfo", instance.directConninfo)
        + same("zone", instance.zone) + same("state", wordOf(instance.state)) + " and replica_conninfos = "
        + literal(textArray(instance.replicaConninfos)) + " and capacity_bytes is not distinct from "
        + (instance.capacityBytes ? QByteArray::number(*instance.capacityBytes) : "null")
        + " and weight = " + QByteArray::number(instance.weight, 'g', QLocale::FloatingPointShortest)
        + " and dedicated = " + (instance.dedicated ? "true" : "false");
}

Instance changed(Instance instance, const InstanceChanges &changes)
{
    instance.name = changes.name.value_or(instance.name);
    instance.conninfo = changes.conninfo.value_or(instance.conninfo);
    instance.peerConninfo = changes.peerConninfo.value_or(instance.peerConninfo);
    instance.directConninfo = changes.directConninfo.value_or(instance.directConninfo);
    instance.replicaConninfos = changes.replicaConninfos.value_or(instance.replicaConninfos);
    instance.zone = changes.zone.value_or(instance.zone);
    instance.capacityBytes = changes.capacityBytes.value_or(instance.capacityBytes);
    instance.weight = changes.weight.value_or(instance.weight);
    instance.state = changes.state.value_or(instance.state);
    instance.dedicated = changes.dedicated.value_or(instance.dedicated);
    return instance;
}

Result<void> checkChanges(const ShardMap &map, const Instance &from, const Instance &to)
{
    if (from.name != to.name) {
        if (!isInstanceName(to.name))
            return fail(ErrorCode::ValueBad, QStringLiteral("instance name"), to.name);
        if (map.instance(to.name))
            return fail(ErrorCode::InstanceDuplicate, to.name, to.name);
    }
    if (!(to.weight > 0) || to.weight > 1e6)
        return fail(ErrorCode::ValueBad, QStringLiteral("weight"), QString::number(to.weight), {QStringLiteral("> 0")});
    if (to.capacityBytes && *to.capacityBytes <= 0)
        return fail(ErrorCode::ValueBad, QStringLiteral("capacity"), QString::number(*to.capacityBytes),
                    {QStringLiteral("> 0")});
    if (to.state == InstanceState::Retired && from.state != InstanceState::Retired)
        return fail(ErrorCode::ValueBad, QStringLiteral("state"), wordOf(to.state),
                    {wordOf(InstanceState::Active), wordOf(InstanceState::Draining)});
    return checkConninfos(to);
}

/// What still needs an instance, in words of the directory.
Result<QStringList> usesOf(pg::Connection &directory, const QString &name, const Wait &wait)
{
    const auto rows = directory.query(sqlText("directory/instance_uses"), pg::Params(name), wait);
    if (!rows)
        return Failure(rows.error());
    QStringList uses;
    for (int row = 0; row < rows->count(); ++row)
        uses.append(rows->text(row, 0));
    return uses;
}

Result<void> requireUnused(pg::Connection &directory, const QString &name, const Wait &wait)
{
    const auto uses = usesOf(directory, name, wait);
    if (!uses)
        return Failure(uses.error());
    return uses->isEmpty() ? Result<void>() : fail(ErrorCode::InstanceInUse, name, uses->join(QStringLiteral("; ")));
}

/// Moves keep the names of their ends.
Result<void> requireNoMoves(pg::Connection &directory, const QString &name, const Wait &wait)
{
    const auto uses = usesOf(directory, name, wait);
    if (!uses)
        return Failure(uses.error());
    const QStringList moves = uses->filter(QStringLiteral("move"));
    return moves.isEmpty() ? Result<void>() : fail(ErrorCode::InstanceInUse, name, moves.join(QStringLiteral("; ")));
}

/// The directory, opened for a change of one instance, and its map.
struct Opened
{
    Directory directory;
    ShardMap map;
    Instance instance;
};

Result<Opened> openFor(const ClusterFile &file, const QString &name, pg::PasswordSource *passwords, const Wait &wait)
{
    if (!file.directoryQueries.isEmpty())
        return fail(ErrorCode::DirectoryIsForeign, file.path);
    auto directory = Directory::open(file, purpose, wait, passwords);
    if (!directory)
        return Failure(directory.error());
    auto map = directory->readMap(wait);
    if (!map)
        return Failure(map.error());
    const Instance *instance = map->instance(name);
    if (!instance) {
        QStringList names;
        for (const Instance &other : map->instances)
            names.append(other.name);
        return fail(ErrorCode::InstanceUnknown, name, {}, names);
    }
    const Instance found = *instance;
    return Opened{std::move(*directory), std::move(*map), found};
}

/// Runs an UPDATE that must change one row, audits it and raises the epoch. `allowed` is asked first, with the row
/// locked against flips to the instance and other changes of it.
Result<void> runChange(Directory &directory, const QByteArray &update, const QString &what, const QString &instance,
                       const std::function<Result<void>()> &allowed, const Wait &wait)
{
    auto transaction = beginMapChange(directory.connection(), wait);
    if (!transaction)
        return Failure(transaction.error());
    const auto locked = directory.connection().query("select from shardhelm.instance where name = $1 for update",
                                                     pg::Params(instance), wait);
    if (!locked)
        return Failure(locked.error());
    if (const auto good = allowed(); !good)
        return good;
    const auto updated = directory.connection().query(update, wait);
    if (!updated)
        return Failure(updated.error());
    if (updated->affected() != 1)
        return fail(ErrorCode::MapChanged, instance);
    const QJsonObject detail{{QStringLiteral("instance"), instance},
                             {QStringLiteral("statement"), QString::fromUtf8(update)}};
    const auto audited =
        appendOperation(directory.connection(), what, QJsonDocument(detail).toJson(QJsonDocument::Compact), wait);
    if (!audited)
        return audited;
    if (const auto raised = raiseMapEpoch(directory.connection(), wait); !raised)
        return Failure(raised.error());
    return transaction->commit(wait);
}

/// Probes an instance whose connection strings change; fills in the identity that is to be recorded and, when it is
/// rebuilt, the statement that marks it.
Result<StatementPlan> identify(const Instance &before, Instance &after, bool acceptIdentity,
                               pg::PasswordSource *passwords, const Wait &wait)
{
    const auto facts = probeInstance(after, passwords, wait);
    if (!facts)
        return Failure(facts.error());
    StatementPlan plan;
    if (!acceptIdentity) {
        if (const auto same = requireIdentity(before.name, before.identity, facts->identity); !same)
            return Failure(same.error());
    }
    after.identity = facts->identity;
    if (after.identity.instanceId.isEmpty()) {
        after.identity.instanceId = newInstanceId();
        plan.push_back({after.name, markStatement(facts->database, after.identity.instanceId)});
    }
    return plan;
}

} // namespace

Result<StatementPlan> editInstance(const ClusterFile &file, const QString &name, const InstanceChanges &changes,
                                   RunMode mode, pg::PasswordSource *passwords, const Wait &wait)
{
    auto opened = openFor(file, name, passwords, wait);
    if (!opened)
        return Failure(opened.error());
    const Instance &before = opened->instance;
    Instance after = changed(before, changes);
    if (const auto good = checkChanges(opened->map, before, after); !good)
        return Failure(good.error());
    pg::Connection &connection = opened->directory.connection();
    if (after.name != before.name) {
        if (const auto free = requireNoMoves(connection, name, wait); !free)
            return Failure(free.error());
    }
    StatementPlan plan;
    const bool elsewhere = before.conninfo != after.conninfo || before.peerConninfo != after.peerConninfo
        || before.directConninfo != after.directConninfo || before.replicaConninfos != after.replicaConninfos;
    if (elsewhere || changes.acceptIdentity) {
        const auto marks = identify(before, after, changes.acceptIdentity, passwords, wait);
        if (!marks)
            return marks;
        plan = *marks;
    }
    const QByteArray list = assignments(before, after);
    if (list.isEmpty())
        return plan;
    const QByteArray update = "update shardhelm.instance set " + list + " where " + unchanged(before);
    const StatementPlan marks = plan;
    plan.push_back({directoryServer(), update});
    if (mode == RunMode::DryRun)
        return plan;
    for (const PlannedStatement &mark : marks) {
        auto target = pg::Connection::open({after.name, after.conninfo, purpose, passwords}, wait);
        if (!target)
            return Failure(target.error());
        if (const auto marked = target->query(mark.sql, wait); !marked)
            return Failure(marked.error());
    }
    const auto allowed = [&]() {
        return after.name == before.name ? Result<void>() : requireNoMoves(connection, name, wait);
    };
    const auto done = runChange(opened->directory, update, QStringLiteral("instance edit"), name, allowed, wait);
    if (!done)
        return Failure(done.error());
    opened->directory.keepCopy(wait);
    return plan;
}

Result<StatementPlan> retireInstance(const ClusterFile &file, const QString &name, RunMode mode,
                                     pg::PasswordSource *passwords, const Wait &wait)
{
    auto opened = openFor(file, name, passwords, wait);
    if (!opened)
        return Failure(opened.error());
    pg::Connection &connection = opened->directory.connection();
    const auto allowed = [&] { return requireUnused(connection, name, wait); };
    if (const auto unused = allowed(); !unused)
        return Failure(unused.error());
    if (opened->instance.state == InstanceState::Retired)
        return StatementPlan();
    const QByteArray update = "update shardhelm.instance set state = 'retired' where name = " + literal(name);
    const StatementPlan plan{{directoryServer(), update}};
    if (mode == RunMode::DryRun)
        return plan;
    const auto done = runChange(opened->directory, update, QStringLiteral("instance retire"), name, allowed, wait);
    if (!done)
        return Failure(done.error());
    opened->directory.keepCopy(wait);
    return plan;
}

} // namespace shardhelm::cluster
