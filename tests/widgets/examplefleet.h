// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clustersession.h"

namespace shardhelm::test {

/// A fleet of `instances` with a replica each, during an incident: "pg-17" (or the last one) is slow with blocked
/// sessions, one replica lags, one instance is down, one hides its figures.
monitor::FleetSample exampleSample(int instances, qint64 serial, const QDateTime &at, bool incident = true);
cluster::ShardMap exampleMap(int instances, int shards);
cluster::ClusterFile exampleFile();

/// Gives a session the example as its worker would: file, map, and `samples` samples two seconds apart up to now.
void feed(ClusterSession &session, int instances, int samples, bool incident = true);

} // namespace shardhelm::test
