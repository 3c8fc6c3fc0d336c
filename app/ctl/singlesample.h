// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "cluster/types.h"
#include "core/wait.h"
#include "monitor/sample.h"

namespace shardhelm::pg {
class PasswordSource;
}

namespace shardhelm::ctl {

/// One judged sample of every server of the map, with rates when there is time for them.
monitor::FleetSample sampleOnce(const cluster::ClusterFile &file, const cluster::ShardMap &map,
                                pg::PasswordSource *passwords, const Wait &wait);

} // namespace shardhelm::ctl
