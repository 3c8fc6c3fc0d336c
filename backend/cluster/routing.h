// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/types.h"
#include "core/result.h"
#include "core/wait.h"
#include "pg/connection.h"

#include <QByteArray>
#include <QMap>

#include <optional>
#include <vector>

namespace shardhelm::cluster {

/// How keys are spread over logical shards when a directory is made.
enum class Recipe { Hash, Modulo, Range, Ring, List, DirectoryOnly, Expression };

/// What a directory's routing expression is, by its text.
enum class RoutingForm {
    Search, ///< there is none: keys are located by search
    Expression, ///< computed from the key alone
    Range, ///< looked up in shardhelm.route_range
    List, ///< looked up in shardhelm.route_list
    Ring, ///< looked up in shardhelm.route_ring
    Pins, ///< looked up in shardhelm.tenant_pin: every tenant is pinned
    Lookup, ///< looked up in tables of the directory in a way of its own
};

/// Form of the map's routing. RoutingBad when it is no expression.
Result<RoutingForm> routingForm(const ShardMap &map);

/// Where one key lives.
struct Location
{
    QString tenant; ///< output text of the key cast to key_type
    int logicalShard = 0; ///< -1 when only the instance is known: found by search in row layout
    QString instance;
    bool pinned = false;
    qint64 mapEpoch = 0;

    bool operator==(const Location &) const = default;
};

/// Output text of `key` cast to the map's key type: the text of a tenant. KeyValueBad when it is no value of it.
Result<QString> normalisedKey(pg::Connection &directory, const ShardMap &map, const QString &key, const Wait &wait);

/// What the routing expression gives for each key (texts of key_type), pins left out; unset for NULL. In one query on
/// `directory`. KeyValueBad when a text is no value of key_type, RoutingBad when the expression fails.
Result<std::vector<std::optional<qint64>>> routeKeys(pg::Connection &directory, const ShardMap &map,
                                                     const QStringList &keys, const Wait &wait);

/// Evaluates the routing expression in the directory's PostgreSQL (pins first, then routing or [routing] lookup).
/// KeyValueBad when the text is no value of key_type; RoutingBad when the result is no logical shard (`subject` is the
/// key, `found` the result); LookupUnknown when there is neither routing nor lookup.
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
