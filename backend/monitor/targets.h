// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "cluster/types.h"
#include "monitor/sample.h"

#include <vector>

namespace shardhelm::monitor {

/// One server to sample.
struct Target
{
    QString name; ///< of the instance, "<instance>/<n>" of its replicas, "directory"
    QString instance; ///< the instance it belongs to; "directory" for the directory
    Role role = Role::Primary; ///< the role it should have
    QString conninfo;
    QString zone;
    int logicalShards = 0; ///< placed on the instance

    bool operator==(const Target &) const = default;
};

/// Name of the directory among the servers of the fleet.
QString directoryName();

/// libpq string of the directory that a cluster file names by conninfo or service.
QString directoryConninfo(const cluster::ClusterFile &file);

/// The servers of a fleet: instances by name, each followed by its replicas; the directory last. Retired instances are
/// left out. Without a map (nullptr: the directory has not answered yet) the directory alone.
std::vector<Target> targets(const cluster::ClusterFile &file, const cluster::ShardMap *map);

} // namespace shardhelm::monitor
