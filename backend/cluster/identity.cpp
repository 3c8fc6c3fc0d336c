// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/identity.h"

#include "core/sqltext.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QUuid>

namespace shardhelm::cluster {

namespace {

/// First half of an advisory lock's key that nobody else uses at the same time; the second half numbers the connection.
qint64 randomLockClass()
{
    return QRandomGenerator::system()->bounded(1, std::numeric_limits<int>::max());
}

Result<pg::Rows> locksSeen(pg::Connection &connection, qint64 lockClass, const Wait &wait)
{
    return connection.query(sqlText("directory/find_locks"), pg::Params(lockClass), wait);
}

} // namespace

Result<DatabaseFacts> readDatabaseFacts(pg::Connection &connection, const Wait &wait)
{
    const auto rows = connection.query(sqlText("directory/database_facts"), wait);
    if (!rows)
        return Failure(rows.error());
    return DatabaseFacts{
        {rows->text(0, 0), rows->integer(0, 1), rows->text(0, 2)}, rows->text(0, 3), rows->boolean(0, 4)};
}

QByteArray identityJson(const Identity &identity)
{
    QJsonObject object;
    if (!identity.systemIdentifier.isEmpty())
        object.insert(QStringLiteral("system_identifier"), identity.systemIdentifier);
    if (identity.databaseOid != 0)
        object.insert(QStringLiteral("database_oid"), identity.databaseOid);
    if (!identity.instanceId.isEmpty())
        object.insert(QStringLiteral("instance_id"), identity.instanceId);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QString newInstanceId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

QByteArray markStatement(const QString &database, const QString &instanceId)
{
    return "alter database " + pg::Connection::identifier(database)
        + " set shardhelm.instance_id = " + pg::Connection::literal(instanceId);
}

QByteArray unmarkStatement(const QString &database)
{
    return "alter database " + pg::Connection::identifier(database) + " reset shardhelm.instance_id";
}

Result<void> requireIdentity(const QString &instance, const Identity &expected, const Identity &found)
{
    const auto differs = [](const QString &a, const QString &b) { return !a.isEmpty() && a != b; };
    if (differs(expected.systemIdentifier, found.systemIdentifier))
        return fail(ErrorCode::InstanceIsAnother, instance,
                    QStringLiteral("system identifier ") + found.systemIdentifier, {expected.systemIdentifier});
    if (expected.databaseOid != 0 && expected.databaseOid != found.databaseOid)
        return fail(ErrorCode::InstanceIsAnother, instance, QStringLiteral("database oid %1").arg(found.databaseOid),
                    {QString::number(expected.databaseOid)});
    if (differs(expected.instanceId, found.instanceId))
        return fail(ErrorCode::InstanceIsAnother, instance,
                    QStringLiteral("shardhelm.instance_id ")
                        + (found.instanceId.isEmpty() ? QStringLiteral("not set") : found.instanceId),
                    {expected.instanceId});
    return {};
}

Result<void> requireDistinct(std::vector<pg::Connection> &newcomers, std::vector<pg::Connection> &others,
                             const Wait &wait)
{
    const qint64 lockClass = randomLockClass();
    std::vector<pg::Transaction> holders;
    for (std::size_t i = 0; i < newcomers.size(); ++i) {
        auto holder = pg::Transaction::begin(newcomers[i], wait);
        if (!holder)
            return Failure(holder.error());
        holders.push_back(std::move(*holder));
        const auto locked =
            newcomers[i].query("select pg_advisory_xact_lock($1::int, $2::int)", pg::Params(lockClass, i), wait);
        if (!locked)
            return Failure(locked.error());
    }
    const auto look = [&](pg::Connection &at, std::optional<std::size_t> own) -> Result<void> {
        const auto seen = locksSeen(at, lockClass, wait);
        if (!seen)
            return Failure(seen.error());
        for (int row = 0; row < seen->count(); ++row) {
            const auto holder = static_cast<std::size_t>(seen->integer(row, 0));
            if (holder != own && holder < newcomers.size())
                return fail(ErrorCode::InstanceDuplicate, newcomers[holder].name(), at.name());
        }
        return {};
    };
    for (std::size_t i = 0; i < newcomers.size(); ++i) {
        if (const auto alone = look(newcomers[i], i); !alone)
            return alone;
    }
    for (pg::Connection &other : others) {
        if (const auto alone = look(other, std::nullopt); !alone)
            return alone;
    }
    for (pg::Transaction &holder : holders) {
        if (const auto ended = holder.rollback(wait); !ended)
            return ended;
    }
    return {};
}

Result<bool> sameDatabase(pg::Connection &one, pg::Connection &other, const Wait &wait)
{
    const qint64 lockClass = randomLockClass();
    auto holder = pg::Transaction::begin(one, wait);
    if (!holder)
        return Failure(holder.error());
    const auto locked = one.query("select pg_advisory_xact_lock($1::int, 0)", pg::Params(lockClass), wait);
    if (!locked)
        return Failure(locked.error());
    const auto seen = locksSeen(other, lockClass, wait);
    if (!seen)
        return Failure(seen.error());
    if (const auto ended = holder->rollback(wait); !ended)
        return Failure(ended.error());
    return !seen->isEmpty();
}

} // namespace shardhelm::cluster
