// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/types.h"
#include "export/table.h"
#include "monitor/shardsizes.h"

namespace shardhelm::ctl {

/// One row per logical shard.
Table mapTable(const cluster::ShardMap &map, const monitor::ShardSizes &sizes);

/// Why sizes are missing.
QStringList mapWarnings(const cluster::ShardMap &map, const monitor::ShardSizes &sizes);

} // namespace shardhelm::ctl
