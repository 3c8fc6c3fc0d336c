// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "cluster/routing.h"
#include "cluster/types.h"
#include "core/result.h"
#include "core/wait.h"
#include "pg/connection.h"
#include "pg/passwords.h"

#include <QMap>
#include <QString>

#include <vector>

namespace shardhelm::cluster {

struct LocateOptions
{
    QString by{}; ///< name of a [locate] query to go through; empty: the text is a key, or whatever a query finds
    Milliseconds perInstance{10'000}; ///< where instances have to be asked
    pg::PasswordSource *passwords = nullptr;
    QMap<QString, Error> silent{}; ///< instances that are not asked again, and why: they did not answer before
};

/// Where something was found.
struct LocateReport
{
    std::vector<Location> locations; ///< none: no instance that answered knows it; several: it names several tenants
    QString by{}; ///< the [locate] query that found it; empty: it is a key
    bool searched = false; ///< instances were asked: `missed` may matter
    QMap<QString, Error> missed{}; ///< instances that gave no answer
};

/// Finds the tenant, logical shard and instance of `text`. A value of the key's type is a key and goes through pins and
/// routing; without a routing every instance is asked which of its shards holds it. Any other text goes through the
/// cluster file's [locate] queries, in the order of their names, until one finds something. In schema layout a query
/// runs once per logical shard with the shard's schema first on the search path. KeyValueBad when it is no key and
/// there are no such queries; LookupUnknown for a name that is not in the file
/// (`expected`: those that are); RoutingBad as locate().
Result<LocateReport> locateKey(pg::Connection &directory, const ClusterFile &file, const ShardMap &map,
                               const QString &text, const LocateOptions &options, const Wait &wait);

} // namespace shardhelm::cluster
