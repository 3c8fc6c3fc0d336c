// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "cluster/types.h"
#include "core/result.h"
#include "core/wait.h"
#include "pg/connection.h"

#include <QDateTime>
#include <QString>

namespace shardhelm::cluster {

/// Where this user's dated copies of a cluster's directory are kept: below the user's data folder, by the cluster's
/// name and the place of its directory, so that clusters of one name stay apart.
QString localCopyFolder(const ClusterFile &file);

/// Writes a dump of an own directory (without its history) to `folder` as <UTC time>-epoch-<map epoch>.json, readable
/// by the user alone, and removes all but the newest 50. The path written.
Result<QString> saveLocalCopy(pg::Connection &directory, const QString &folder, const Wait &wait);

/// A copy of a directory, as far as its map goes.
struct LocalCopy
{
    QString path;
    QDateTime writtenAt; ///< UTC
    ShardMap map;
};

/// The newest copy of `folder` that can be read; FileMissing (`subject`: the folder) when there is none.
Result<LocalCopy> readLocalCopy(const ClusterFile &file, const QString &folder);

} // namespace shardhelm::cluster
