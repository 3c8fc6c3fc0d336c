// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "cluster/plannedstatement.h"
#include "core/result.h"
#include "core/wait.h"
#include "pg/passwords.h"

#include <QStringList>

#include <optional>

namespace shardhelm::cluster {

/// Brings schema shardhelm of a directory to the version of this program, in one transaction; in a directory of another
/// shape it makes the private tables when they are missing. The statements that were run, or would be; none when it was
/// up to date. DirectoryMissing, DirectoryTooNew.
Result<StatementPlan> upgradeDirectory(const ClusterFile &file, RunMode mode, pg::PasswordSource *passwords,
                                       const Wait &wait);

/// What detachDirectory() did or would do.
struct DetachReport
{
    StatementPlan plan;
    QStringList leftOut; ///< retired instances that could not be reached or are others now
    QStringList cleaned; ///< instances on which something was removed
    std::optional<Error> stopped; ///< why it ended half way: `cleaned` are, the directory is still there
};

/// Removes everything of ours: marks, subscriptions, publications, slots, triggers and schema shardhelm on the
/// instances, then schema shardhelm of the directory. Dropping the latter is tried first, with its locks kept, so that
/// nothing is touched when it cannot be dropped. Can be repeated when it stopped half way: the directory goes last.
/// ShardBusy while a move is open; Refused when objects of others depend on ours (`found` lists them);
/// InstanceIsAnother; an instance that cannot be reached unless it is retired.
Result<DetachReport> detachDirectory(const ClusterFile &file, RunMode mode, pg::PasswordSource *passwords,
                                     const Wait &wait);

} // namespace shardhelm::cluster
