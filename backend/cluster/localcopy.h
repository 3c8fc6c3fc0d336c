// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "core/result.h"
#include "core/wait.h"
#include "pg/connection.h"

#include <QString>

namespace shardhelm::cluster {

/// Where this user's dated copies of a cluster's directory are kept: below the user's data folder, by cluster name.
QString localCopyFolder(const ClusterFile &file);

/// Writes a dump of an own directory (without its history) to `folder` as <UTC time>-epoch-<map epoch>.json, readable
/// by the user alone, and removes all but the newest 50. The path written.
Result<QString> saveLocalCopy(pg::Connection &directory, const QString &folder, const Wait &wait);

} // namespace shardhelm::cluster
