// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/ledger.h"
#include "demo/loadsession.h"
#include "pg/connection.h"

#include <array>
#include <optional>

namespace shardhelm::demo {

enum class Isolation : quint8 { ReadCommitted, RepeatableRead, Serializable };

/// A row that the load inserted itself, so that all that ever happened to it is in the ledger.
struct OwnRow
{
    quint64 number = 0; ///< of the operation that inserted it
    DemoTable table = DemoTable::Users;
    qint64 tenant = 0;
    qint64 id = 0;
    qint64 version = 0; ///< highest acknowledged
};

/// One operation with everything that its statements need.
struct Operation
{
    Intent intent;
    OperationId id;
    Isolation isolation = Isolation::ReadCommitted;
    std::array<OwnRow, 2> targets; ///< those named in the intent; of a read: the row whose version is looked at
    qint64 user = 1; ///< a generated user of the tenant
    quint32 variation = 0; ///< random: values of inserted rows, kind of a read
};

/// What a committed write made.
struct Effects
{
    qint64 rowId = 0; ///< inserted, or the first target's
    std::array<qint64, 2> versions = {-1, -1};
};

/// BEGIN with this isolation level.
QByteArray transactionMode(Isolation isolation);

/// The statements of a write inside the caller's transaction: the change, and an audit event with the operation's UUID
/// by which an unknown outcome is settled. nullopt: a target row is not there; nothing may be committed then.
Result<std::optional<Effects>> performWrite(pg::Connection &connection, SchemaSql &sql, const QString &schema,
                                            const Operation &operation, quint64 run, const Wait &wait);

/// The statements of a read in a transaction of their own. The version seen of the first target, -1 when it is not
/// there, or when the operation has no target.
Result<qint64> performRead(pg::Connection &connection, SchemaSql &sql, const QString &schema,
                           const Operation &operation, quint64 run, const Wait &wait);

/// Looks for the mark that performWrite() leaves; nullopt: the operation has had no effect.
Result<std::optional<Effects>> findOperation(pg::Connection &connection, SchemaSql &sql, const QString &schema,
                                             const Operation &operation, const Wait &wait);

} // namespace shardhelm::demo
