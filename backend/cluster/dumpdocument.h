// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "cluster/types.h"
#include "core/result.h"

#include <QByteArray>
#include <QJsonObject>

namespace shardhelm::cluster {

/// Keys of the document that a directory is dumped to (dump.h).
namespace dump {

constexpr int documentVersion = 1;
constexpr QLatin1StringView documentKey("shardhelm_directory");
constexpr QLatin1StringView schemaVersionKey("schema_version");
constexpr QLatin1StringView mapEpochKey("map_epoch");
constexpr QLatin1StringView dumpedAtKey("dumped_at");
/// How many logical shards have a place: a document with fewer rows has lost some.
constexpr QLatin1StringView placedKey("placed_shards");
constexpr QLatin1StringView tablesKey("tables");
constexpr QLatin1StringView columnsKey("columns");
constexpr QLatin1StringView rowsKey("rows");

} // namespace dump

/// Takes a document apart. FileSyntax (`subject` is `source`) for what is no dump; DirectoryTooNew for a dump of a
/// later version.
Result<QJsonObject> openDump(const QString &source, const QByteArray &document);

/// FileSyntax of `source`: no dump for what is wrong with `what`.
Failure notADump(const QString &source, const QString &what);

/// The map of a dump, instances and tables by name. As openDump(), and DirectoryInconsistent as readShardMap().
Result<ShardMap> mapOfDump(const QString &source, const QJsonObject &document, const ClusterFile &file);

} // namespace shardhelm::cluster
