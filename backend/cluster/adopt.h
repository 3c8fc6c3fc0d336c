// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/check.h"
#include "cluster/clusterfile.h"
#include "cluster/init.h"
#include "core/result.h"
#include "core/wait.h"

#include <vector>

namespace shardhelm::cluster {

/// What `directory adopt` is told.
struct AdoptRequest
{
    InitRequest init; ///< placement, pins and keepMarks are found out
    bool acceptPins = false; ///< write the proposed pins
    bool acceptConflicts = false; ///< write the directory in spite of what was found
    /// Row layout: the instance that logical shards without rows are placed on, or placeEmptySpread() for all active
    /// ones by weight; empty: they stay unplaced.
    QString placeEmpty{};
    CheckOptions check; ///< how instances are asked
};

/// AdoptRequest::placeEmpty for spreading over the instances.
inline QString placeEmptySpread()
{
    return QStringLiteral("spread");
}

/// What was found on the instances, and what became of it.
struct AdoptReport
{
    InitRequest init; ///< with placement, and the pins when they were accepted
    std::vector<int> unplaced; ///< logical shards that are nowhere, or hold nothing
    std::vector<int> placedEmpty; ///< logical shards without rows that AdoptRequest::placeEmpty has placed
    std::vector<TenantPin> proposedPins; ///< tenants that are whole in another shard than the routing says, by tenant
    std::vector<Finding> conflicts; ///< findings that stand in the way, or would
    StatementPlan plan; ///< statements that were run, or would be; empty when conflicts forbid it
    bool written = false;
};

/// Builds the directory from running instances: asks every instance which logical shards it holds (schemas by the
/// pattern, or rows by the routing), places each where it is, and checks the result as `directory check` does. A tenant
/// whose rows are all in one other shard is proposed as a pin; in row layout to a shard of the instance it is on, an
/// empty one when there is no other. Nothing is written when something contradicts the result and acceptConflicts is
/// not set. InstanceUnknown and UsageBad (schema layout) for placeEmpty. Routes are evaluated in the directory's
/// database, in a transaction that is rolled back. Errors: as initDirectory(); an instance that does not answer fails
/// the whole.
Result<AdoptReport> adoptDirectory(const ClusterFile &file, const AdoptRequest &request, RunMode mode,
                                   const CheckProgress &progress, const Wait &wait);

} // namespace shardhelm::cluster
