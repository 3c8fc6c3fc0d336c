// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/check.h"
#include "export/table.h"

namespace shardhelm::ctl {

/// Findings as rows: severity, code, instance, other, table, shard, count, facts, message, advice.
Table findingTable(const std::vector<cluster::Finding> &findings);
/// For people: severity, what was found and what to do.
Table findingSummary(const std::vector<cluster::Finding> &findings);

} // namespace shardhelm::ctl
