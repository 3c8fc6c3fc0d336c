// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/recipes.h"
#include "core/result.h"
#include "core/wait.h"
#include "demo/dataset.h"
#include "demo/demofolder.h"

#include <vector>

/// What is written into the servers of a demo. Blocking: for worker threads.
namespace shardhelm::demo {

/// Where everything of a demo goes: known before the directory is, which checks what it finds on the instances.
struct DemoPlan
{
    cluster::Routing routing;
    cluster::ShardMap map;
    DatasetOptions options;
    std::vector<PlacedTenant> tenants;
};

/// Makes the server's database with the extensions that the console uses.
Result<void> makeDatabase(const DemoServer &server, const Wait &wait);

/// Spreads the logical shards over the instances and the tenants over the logical shards; the directory's server
/// evaluates the routing.
Result<DemoPlan> planDemo(const DemoFolder &folder, const Wait &wait);

/// Fills one instance with the tenants of its logical shards.
Result<void> makeData(const DemoPlan &plan, const DemoServer &instance, const Wait &wait);

/// Makes the directory over the filled instances of a demo and writes its cluster file.
Result<void> makeDirectory(const DemoFolder &folder, const DemoPlan &plan, const Wait &wait);

/// Writes the cluster file of a demo.
Result<void> writeClusterFile(const DemoFolder &folder);

} // namespace shardhelm::demo
