// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/recipes.h"
#include "support/testserver.h"

namespace shardhelm::test {

/// Writes a routing with `shards` logical shards, all on one instance "a", and the pins into the directory of `server`
/// (schema shardhelm is there), in place of what it held. The map of it.
cluster::ShardMap storeRouting(const TestServer &server, const cluster::Routing &routing, int shards,
                               const std::vector<cluster::TenantPin> &pins);

} // namespace shardhelm::test
