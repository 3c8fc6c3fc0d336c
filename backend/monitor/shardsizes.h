// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/types.h"
#include "core/error.h"
#include "core/wait.h"
#include "pg/connection.h"

#include <QMap>

#include <optional>

namespace shardhelm::monitor {

/// How much room one logical shard takes on its instance.
struct ShardSize
{
    qint64 bytes = 0;
    bool estimated = false; ///< row layout: the shared tables' bytes split by each shard's share of (sampled) rows

    bool operator==(const ShardSize &) const = default;
};

/// Sizes of logical shards, and why some are missing.
struct ShardSizes
{
    QMap<int, ShardSize> sizes; ///< by logical shard; absent: unknown
    QMap<QString, Error> unreachable; ///< instances that gave no answer
    QMap<QString, Error> refused; ///< first refused statement by instance, e.g. for want of rights
    std::optional<Error> unsplit; ///< row layout: why the routing cannot tell the rows of the shards apart
};

/// Asks every instance that holds shards, side by side, `timeout` each. In row layout the shards' predicates are made
/// in `evaluator`, the directory's session or, for a routing that needs no tables of the directory, an instance's;
/// null: there sizes stay unknown. Blocking: for a worker thread.
ShardSizes shardSizes(pg::Connection *evaluator, const cluster::ShardMap &map, Milliseconds timeout,
                      pg::PasswordSource *passwords, const Wait &wait);

} // namespace shardhelm::monitor
