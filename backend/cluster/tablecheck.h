// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/types.h"
#include "core/result.h"
#include "core/wait.h"
#include "pg/connection.h"

#include <QString>

#include <vector>

namespace shardhelm::cluster {

/// "SCHEMA.TABLE:KEY" of a sharded table, "SCHEMA.TABLE" of the others, names quoted as in SQL where need be. Without a
/// schema: `defaultSchema`. UsageBad (`subject` is `option`) for anything else.
Result<ShardedTable> tableFromText(const QString &option, const QString &text, TableKind kind,
                                   const QString &defaultSchema);

/// Which of `tables` stand in a database, in the same order. An empty schema means `shardSchema`.
Result<std::vector<bool>> presentTables(pg::Connection &connection, const std::vector<ShardedTable> &tables,
                                        const QString &shardSchema, const Wait &wait);

/// TableUnknown or TableUnfit (no such key column, no plain or partitioned table) unless every one of `tables` can be
/// used; `found` is the instance. An empty schema means `shardSchema`.
Result<void> requireTables(pg::Connection &connection, const std::vector<ShardedTable> &tables,
                           const QString &shardSchema, const Wait &wait);

/// The first of `schemas` that exists, or empty.
Result<QString> firstSchema(pg::Connection &connection, const QStringList &schemas, const Wait &wait);

} // namespace shardhelm::cluster
