// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/wait.h"
#include "pg/connection.h"

#include <QString>

namespace shardhelm::cluster {

/// Shares (0 … 1) of the keys that change their instance when one instance is added.
struct MovedShare
{
    qint64 keys = 0; ///< sample keys measured
    double ring = 0; ///< consistent-hash ring of instances with virtual nodes
    double logicalShards = 0; ///< fixed logical shards, the fewest possible moved
    double modulo = 0; ///< hash modulo the number of instances
    double ideal = 0; ///< 1 / (instances + 1): what the new instance is to hold

    bool operator==(const MovedShare &) const = default;
};

/// Measures with PostgreSQL's own hashing over 20,000 sample keys of `keyType`. `server` is any PostgreSQL; nothing is
/// written. ValueBad for numbers below 1, fewer logical shards than instances + 1, or a key type without a hash.
Result<MovedShare> movedShare(pg::Connection &server, const QString &keyType, int instances, int logicalShards,
                              int virtualNodes, const Wait &wait);

} // namespace shardhelm::cluster
