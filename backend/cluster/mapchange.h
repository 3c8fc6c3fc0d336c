// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/wait.h"
#include "pg/connection.h"

#include <QByteArray>
#include <QString>

#include <optional>

/// Changes of the map inside a transaction that the caller has begun on the directory, so that a move can write its
/// journal in the same one. Own directories only.
namespace shardhelm::cluster {

/// Begins a transaction fit for map changes: synchronous_commit at least `on`.
Result<pg::Transaction> beginMapChange(pg::Connection &directory, const Wait &wait);

/// Compare-and-set of a shard's instance on (id, from, epoch), which raises the row's epoch. MapChanged when the row
/// says otherwise, ShardUnknown, InstanceUnknown, Refused for a retired target.
Result<void> setPlacement(pg::Connection &directory, int shard, const QString &from, const QString &to, qint64 epoch,
                          const Wait &wait);

/// Sets or removes a pin. `routed` is the shard that the routing gives the tenant, when it is known. ShardBusy when the
/// shard that the tenant leaves or the one that it joins has a move up to and including its window.
Result<void> setPin(pg::Connection &directory, const QString &tenant, std::optional<int> routed,
                    std::optional<int> shard, const Wait &wait);

/// Raises cluster.map_epoch and notifies shardhelm_map with it. To be called once, at the end of the transaction.
Result<qint64> raiseMapEpoch(pg::Connection &directory, const Wait &wait);

/// The statement that appends to the audit, table `operation`, with this computer's name as host; `detail` is JSON
/// text. For whoever has a session on the directory of its own.
pg::Statement operationStatement(const QString &what, const QByteArray &detail);

/// Appends to the audit, table `operation`; `detail` is JSON text.
Result<void> appendOperation(pg::Connection &directory, const QString &what, const QByteArray &detail,
                             const Wait &wait);

} // namespace shardhelm::cluster
