// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/mapchange.h"

#include "core/sqltext.h"

#include <QSysInfo>

namespace shardhelm::cluster {

namespace {

/// Locks the rows of shards, so that no move of them can begin before the transaction ends, and refuses a busy one.
Result<void> lockIdleShards(pg::Connection &directory, const QByteArray &ids, const Wait &wait)
{
    const auto locked = directory.query("select id from shardhelm.logical_shard where id = any ($1::int[]) order by id "
                                        "for update",
                                        pg::Params(ids), wait);
    if (!locked)
        return Failure(locked.error());
    const auto busy = directory.query(sqlText("directory/busy_shard"), pg::Params(ids), wait);
    if (!busy)
        return Failure(busy.error());
    if (!busy->isEmpty())
        return fail(ErrorCode::ShardBusy, busy->text(0, 0), busy->text(0, 2), {busy->text(0, 1)});
    return {};
}

} // namespace

Result<pg::Transaction> beginMapChange(pg::Connection &directory, const Wait &wait)
{
    auto transaction = pg::Transaction::begin(directory, wait);
    if (!transaction)
        return transaction;
    if (const auto set = directory.query(sqlText("directory/synchronous_commit"), wait); !set)
        return Failure(set.error());
    return transaction;
}

Result<void> setPlacement(pg::Connection &directory, int shard, const QString &from, const QString &to, qint64 epoch,
                          const Wait &wait)
{
    // Held against a change of the state: an instance that retires meanwhile waits, and then sees the shard.
    const auto target =
        directory.query("select state from shardhelm.instance where name = $1 for share", pg::Params(to), wait);
    if (!target)
        return Failure(target.error());
    if (target->isEmpty())
        return fail(ErrorCode::InstanceUnknown, to);
    if (target->text(0, 0) == QLatin1StringView("retired"))
        return fail(ErrorCode::Refused, to, target->text(0, 0));
    const auto changed = directory.query("update shardhelm.logical_shard set instance = $3, epoch = epoch + 1 "
                                         "where id = $1::int and instance = $2 and epoch = $4::bigint",
                                         pg::Params(shard, from, to, epoch), wait);
    if (!changed)
        return Failure(changed.error());
    if (changed->affected() == 1)
        return {};
    const auto now = directory.query("select instance, epoch from shardhelm.logical_shard where id = $1::int",
                                     pg::Params(shard), wait);
    if (!now)
        return Failure(now.error());
    if (now->isEmpty())
        return fail(ErrorCode::ShardUnknown, QString::number(shard));
    return fail(ErrorCode::MapChanged, QString::number(shard),
                QStringLiteral("%1, epoch %2").arg(now->text(0, 0), now->text(0, 1)),
                {QStringLiteral("%1, epoch %2").arg(from).arg(epoch)});
}

Result<void> setPin(pg::Connection &directory, const QString &tenant, std::optional<int> routed,
                    std::optional<int> shard, const Wait &wait)
{
    const auto present = directory.query("select logical_shard from shardhelm.tenant_pin where tenant = $1 for update",
                                         pg::Params(tenant), wait);
    if (!present)
        return Failure(present.error());
    if (shard) {
        const auto known =
            directory.query("select from shardhelm.logical_shard where id = $1::int", pg::Params(*shard), wait);
        if (!known)
            return Failure(known.error());
        if (known->isEmpty())
            return fail(ErrorCode::ShardUnknown, QString::number(*shard));
    }
    QByteArrayList concerned;
    if (!present->isEmpty())
        concerned.append(present->bytes(0, 0));
    if (routed)
        concerned.append(QByteArray::number(*routed));
    if (shard)
        concerned.append(QByteArray::number(*shard));
    if (const auto idle = lockIdleShards(directory, '{' + concerned.join(',') + '}', wait); !idle)
        return idle;
    const auto changed = shard
        ? directory.query(sqlText("directory/set_pin"), pg::Params(tenant, *shard), wait)
        : directory.query("delete from shardhelm.tenant_pin where tenant = $1", pg::Params(tenant), wait);
    if (!changed)
        return Failure(changed.error());
    return {};
}

Result<qint64> raiseMapEpoch(pg::Connection &directory, const Wait &wait)
{
    const auto epoch =
        directory.query("update shardhelm.cluster set map_epoch = map_epoch + 1 returning map_epoch", wait);
    if (!epoch)
        return Failure(epoch.error());
    if (epoch->count() != 1)
        return fail(ErrorCode::DirectoryInconsistent, QStringLiteral("shardhelm.cluster.map_epoch"),
                    QString::number(epoch->count()), {QStringLiteral("1")});
    const auto notified = directory.query("select pg_notify('shardhelm_map', $1)", pg::Params(epoch->text(0, 0)), wait);
    if (!notified)
        return Failure(notified.error());
    return epoch->integer(0, 0);
}

pg::Statement operationStatement(const QString &what, const QByteArray &detail)
{
    return {"insert into shardhelm.operation (host, what, detail) values ($1, $2, $3::jsonb)",
            pg::Params(QSysInfo::machineHostName(), what, detail)};
}

Result<void> appendOperation(pg::Connection &directory, const QString &what, const QByteArray &detail, const Wait &wait)
{
    const pg::Statement statement = operationStatement(what, detail);
    const auto added = directory.query(statement.sql, statement.params, wait);
    if (!added)
        return Failure(added.error());
    return {};
}

} // namespace shardhelm::cluster
