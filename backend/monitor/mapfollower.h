// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "cluster/types.h"
#include "core/error.h"
#include "monitor/markers.h"

#include <functional>
#include <stop_token>

namespace shardhelm::pg {
class PasswordSource;
}

namespace shardhelm::monitor {

/// What followMap() reports, on its thread.
struct MapReports
{
    std::function<void(const cluster::ShardMap &)> read; ///< the first map, and every one that differs from the last
    std::function<void(const Error &)> failed; ///< the directory cannot be read now; attempts go on
    std::function<void(const std::vector<Marker> &)> markers{}; ///< of the last days, first and when they change
};

/// Follows the shard map and the markers until `stop` is requested: reads them, listens for shardhelm_map and
/// shardhelm_marker, and reads them again when notified and at the latest after the map's time to live, since connection poolers and foreign directories do not
/// notify. After a failure it connects again with growing pauses. Blocking: for a thread of its own.
void followMap(const cluster::ClusterFile &file, pg::PasswordSource *passwords, const MapReports &reports,
               const std::stop_token &stop);

} // namespace shardhelm::monitor
