// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/types.h"
#include "core/result.h"
#include "core/wait.h"
#include "pg/connection.h"

#include <QByteArray>
#include <QMap>

#include <optional>

namespace shardhelm::cluster {

/// How keys are spread over logical shards when a directory is made.
enum class Recipe { Hash, Modulo, Range, Ring, List, DirectoryOnly, Expression };

/// Where one key lives.
struct Location {
    QString tenant; ///< output text of the key cast to key_type
    int logicalShard = 0;
    QString instance;
    bool pinned = false;
    qint64 mapEpoch = 0;

    bool operator==(const Location &) const = default;
};

/// Evaluates the routing expression in the directory's PostgreSQL (pins first, then routing or [routing] lookup).
/// KeyValueBad when the text is no value of key_type; RoutingBad when the result is no logical shard.
Result<Location> locate(pg::Connection &directory, const ShardMap &map, const QString &lookup, const QString &key,
                        const Wait &wait);

/// Boolean SQL over `column` (a quoted column reference) that is true for exactly the keys of logical shard `id`, pins
/// included, never true for NULL; constants and built-in immutable functions only, fit for a publication's row filter.
/// `directory` supplies range, ring and list tables. RoutingHasNoPredicate when there is none.
Result<QString> shardPredicate(pg::Connection &directory, const ShardMap &map, int id, const QString &column,
                               const Wait &wait);
/// The same for every logical shard, in one reading of the directory.
Result<QMap<int, QString>> shardPredicates(pg::Connection &directory, const ShardMap &map, const QString &column,
                                           const Wait &wait);

} // namespace shardhelm::cluster
