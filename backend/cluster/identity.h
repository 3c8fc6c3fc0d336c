// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/types.h"
#include "core/result.h"
#include "core/wait.h"
#include "pg/connection.h"

#include <QByteArray>
#include <QString>

#include <vector>

/// What an instance is recognised by. Fleets that were split from one base backup share the system identifier and the
/// database oid, hence the random id in the database setting shardhelm.instance_id; whether two connections end in the
/// same database is decided by an advisory lock.
namespace shardhelm::cluster {

/// What a database says about itself.
struct DatabaseFacts
{
    Identity identity;
    QString database;
    bool inRecovery = false;
};

Result<DatabaseFacts> readDatabaseFacts(pg::Connection &connection, const Wait &wait);

/// The value of instance.identity; parts that are not known are left out.
QByteArray identityJson(const Identity &identity);
/// A new random instance id.
QString newInstanceId();
/// ALTER DATABASE … SET | RESET shardhelm.instance_id.
QByteArray markStatement(const QString &database, const QString &instanceId);
QByteArray unmarkStatement(const QString &database);

/// InstanceIsAnother when a part that both know differs; `found` names it.
Result<void> requireIdentity(const QString &instance, const Identity &expected, const Identity &found);

/// InstanceDuplicate when two of the connections, or one of `newcomers` and one of `others`, end in the same database:
/// `subject` is the newcomer's name, `found` the other's. Takes an advisory lock for the time of a transaction on each
/// newcomer and looks for it everywhere.
Result<void> requireDistinct(std::vector<pg::Connection> &newcomers, std::vector<pg::Connection> &others,
                             const Wait &wait);
/// Whether two connections end in the same database of the same server.
Result<bool> sameDatabase(pg::Connection &one, pg::Connection &other, const Wait &wait);

} // namespace shardhelm::cluster
