// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/checkprobe.h"

#include <vector>

/// Inside of `directory check`: what the directory alone tells.
namespace shardhelm::cluster {

/// Shards being moved, from the journal; none when there is no journal.
Result<std::vector<OpenMove>> readOpenMoves(pg::Connection &directory, const Wait &wait);

/// Predicates for every shard key column of the map's tables; empty when the routing has none. That is noted in
/// `findings` where it means something: rows cannot move, or cannot be checked.
Result<QMap<QString, QMap<int, QString>>> predicatesByKey(pg::Connection &directory, const ShardMap &map,
                                                          std::vector<Finding> &findings, const Wait &wait);

/// The last two bounds of a range routing over numbers.
struct LastRange
{
    int shard = 0;
    qint64 bound = 0; ///< where the last range begins
    std::optional<qint64> before; ///< where the one before begins
};
/// Unset for every other routing.
Result<std::optional<LastRange>> readLastRange(pg::Connection &directory, const ShardMap &map, const Wait &wait);

/// Ratios that the map alone shows to be unwise, and abs() of a hash.
Result<std::vector<Finding>> ratioFindings(pg::Connection &directory, const ShardMap &map, const Wait &wait);

/// RangeNearEnd, from the greatest keys the instances told.
std::vector<Finding> rangeFindings(const ShardMap &map, const LastRange &range,
                                   const std::vector<InstanceProbe> &probes);

/// Rows in the wrong place, from the keys the instances told: each is routed in the directory. For schema layout with a
/// routing that has no predicate. NULL keys belong nowhere.
Result<std::vector<Finding>> misplacedByRouting(pg::Connection &directory, const ShardMap &map,
                                                const std::vector<InstanceProbe> &probes, const Wait &wait);

/// Adds " -> shard" to the sample keys of misplaced rows where the routing tells it.
void addShardsOfSamples(pg::Connection &directory, const ShardMap &map, std::vector<Finding> &findings,
                        const Wait &wait);

} // namespace shardhelm::cluster
