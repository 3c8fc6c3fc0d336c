// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/checkprobe.h"

#include <vector>

/// Inside of `directory check` and `directory adopt`: findings made of what the instances answered.
namespace shardhelm::cluster {

/// What is wrong with single instances: unreachable, unchecked, read-only, pooled, another than registered, too many
/// schemas.
std::vector<Finding> instanceFindings(const ShardMap &map, const std::vector<InstanceProbe> &probes);

/// Instances that are the same database. Asks the connections of `probes`.
std::vector<Finding> duplicateFindings(std::vector<InstanceProbe> &probes, const Wait &wait);

/// Logical shards that are missing or there twice.
std::vector<Finding> shardFindings(const ProbePlan &plan, const std::vector<InstanceProbe> &probes);

/// Tables that are missing, differ, or lack the key; reference tables with other contents. Asks the connections of
/// `probes` what differs.
std::vector<Finding> tableFindings(const ShardMap &map, std::vector<InstanceProbe> &probes, const Wait &wait);

/// Rows in the wrong place, without the shards their keys belong to.
std::vector<Finding> misplacedFindings(const ShardMap &map, const std::vector<InstanceProbe> &probes);

/// Sorts findings by severity, code, instance, table, shard.
void sortFindings(std::vector<Finding> &findings);

} // namespace shardhelm::cluster
