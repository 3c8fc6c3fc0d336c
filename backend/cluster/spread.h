// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/types.h"

#include <QStringList>

#include <vector>

namespace shardhelm::cluster {

/// How logical shards are laid over instances when nothing is placed yet.
enum class Spread {
    RoundRobin, ///< neighbours on different instances
    Contiguous, ///< neighbours together, fit for range routing
};

/// Instance name per logical shard 0 … count-1, each instance's share proportional to its weight to within one shard
/// (method of largest remainders). Only active instances that are not dedicated take part; empty when there is none.
QStringList spreadShards(const std::vector<Instance> &instances, int count, Spread spread);

} // namespace shardhelm::cluster
