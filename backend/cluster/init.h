// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "cluster/plannedstatement.h"
#include "cluster/recipes.h"
#include "cluster/spread.h"
#include "cluster/types.h"
#include "core/result.h"
#include "core/wait.h"
#include "pg/passwords.h"

#include <QMap>
#include <QString>

#include <vector>

namespace shardhelm::cluster {

/// What a new directory holds.
struct InitRequest
{
    QString clusterName;
    Layout layout = Layout::Schema;
    int logicalShards = 0;
    QString schemaPattern = QStringLiteral("ls_%04d"); ///< schema layout
    Routing routing;
    int mapTtlSeconds = 30;
    std::vector<Instance> instances; ///< identities are read from the servers
    std::vector<ShardedTable> tables;
    Spread spread = Spread::RoundRobin;
    /// Instance by logical shard in place of `spread`; shards that are not in it stay without a place.
    QMap<int, QString> placement;
    std::vector<TenantPin> pins;
    /// Instances may carry the mark of an earlier directory, which is kept; else such an instance is refused.
    bool keepMarks = false;
};

/// Makes a directory: connects to every instance, checks that they are different writable databases that hold the
/// tables, marks them with a random id, and creates and fills schema shardhelm in one transaction. On failure nothing
/// stays behind. The statements that were run, or would be.
/// DirectoryExists, DirectoryIsForeign, ValueBad, InstanceDuplicate (twice the same database, or one marked by another
/// directory), ReadOnlyServer, TableUnknown, TableUnfit, and whatever keeps a server from being reached.
Result<StatementPlan> initDirectory(const ClusterFile &file, const InitRequest &request, RunMode mode,
                                    pg::PasswordSource *passwords, const Wait &wait);

/// ConninfoBad, or ValueBad when a connection string holds a secret.
Result<void> checkConninfos(const Instance &instance);

} // namespace shardhelm::cluster
