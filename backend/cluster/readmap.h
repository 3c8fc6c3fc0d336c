// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "cluster/types.h"
#include "core/result.h"
#include "core/wait.h"
#include "pg/connection.h"

namespace shardhelm::cluster {

/// Reads the whole map in one snapshot, from the own tables or, when `file` names queries, through those.
/// DirectoryInconsistent names table (or query) and column when a column is missing, a value is none of the possible
/// ones, an id comes twice or something is named that is not there.
Result<ShardMap> readShardMap(pg::Connection &connection, const ClusterFile &file, const Wait &wait);
/// The map epoch alone.
Result<qint64> readMapEpoch(pg::Connection &connection, const ClusterFile &file, const Wait &wait);

} // namespace shardhelm::cluster
