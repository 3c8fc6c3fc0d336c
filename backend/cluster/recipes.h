// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/routing.h"
#include "core/result.h"
#include "core/wait.h"
#include "pg/connection.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace shardhelm::cluster {

/// A row of shardhelm.route_range: keys from `lowerBound` (inclusive) to the next row's bound.
struct RouteRange
{
    std::optional<QString> lowerBound; ///< output text of a key; unset: from the beginning
    int logicalShard = 0;

    bool operator==(const RouteRange &) const = default;
};

/// A row of shardhelm.route_list.
struct RouteValue
{
    QString value; ///< output text of a key
    int logicalShard = 0;

    bool operator==(const RouteValue &) const = default;
};

/// A row of shardhelm.route_ring: a virtual node. A key belongs to the first point at or after its hash, the first of
/// all when there is none.
struct RoutePoint
{
    qint64 point = 0; ///< 0 … 2^63-1
    int logicalShard = 0;

    bool operator==(const RoutePoint &) const = default;
};

/// What `directory init` and `adopt` are told about routing.
struct RoutingRequest
{
    Recipe recipe = Recipe::Hash;
    QString keyType; ///< any spelling of the type that PostgreSQL knows, e.g. "int8"
    int logicalShards = 0;
    QString expression; ///< Recipe::Expression only: SQL over $1
    int virtualNodes = 128; ///< Recipe::Ring only: points per logical shard
    std::vector<RouteRange> ranges; ///< Recipe::Range only, any order
    std::vector<RouteValue> values; ///< Recipe::List only, any order
};

/// A routing as the directory stores it.
struct Routing
{
    QString keyType; ///< PostgreSQL's own name of the type, e.g. "bigint"
    QString sql; ///< cluster.routing_sql, with placeholder $1
    std::vector<RouteRange> ranges; ///< for shardhelm.route_range, ascending, bounds as output text
    std::vector<RouteValue> values; ///< for shardhelm.route_list, values as output text
    std::vector<RoutePoint> ring; ///< for shardhelm.route_ring, ascending
    /// Whether keys outside 0 … logicalShards-1 cannot come out by construction; false for expressions, which were
    /// tried on sample keys only.
    bool provenInRange = true;

    bool operator==(const Routing &) const = default;
};

/// Names of the recipes as the command line writes them, in the order of the enum: hash, modulo, range, ring, list,
/// directory, expression.
QStringList recipeNames();
/// Recipe of that name.
std::optional<Recipe> recipeNamed(const QString &name);

/// Makes the routing asked for. `server` is any PostgreSQL, usually the directory: it names the type, checks bounds and
/// values, hashes the ring's points and tries an expression on sample keys; nothing is written.
/// ValueBad (subject "key type", "logical shards", "virtual nodes", "range", "list value"; `expected` lists choices) or
/// RoutingBad (an expression: `found` is what is wrong, `db` the server's or parser's word with its position).
Result<Routing> makeRouting(pg::Connection &server, const RoutingRequest &request, const Wait &wait);

/// Routing expressions of the recipes that look a key up in the directory, for keys of type `keyType`.
/// They give NULL for a NULL key and for one that nothing was said about. Empty for a type the recipe cannot do.
QString rangeRoutingSql(const QString &keyType);
QString listRoutingSql(const QString &keyType);
QString ringRoutingSql(const QString &keyType);
QString pinRoutingSql(const QString &keyType);

} // namespace shardhelm::cluster
