// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/wait.h"
#include "pg/connection.h"

#include <QByteArray>

namespace shardhelm::cluster {

/// What a dump takes along.
enum class DumpScope {
    Everything,
    WithoutHistory, ///< leaves out the audit and the events of moves, which only grow
};

/// All rows of an own directory as one JSON document, read in one snapshot:
/// {"shardhelm_directory": 1, "schema_version", "cluster", "map_epoch", "dumped_at",
///  "tables": {name: {"columns": […], "rows": [[…], …]}}}. Every cell is PostgreSQL's output text or null.
Result<QByteArray> dumpDirectory(pg::Connection &directory, DumpScope scope, const Wait &wait);

/// Builds schema shardhelm from a dump, in one transaction, and brings it to the present version. map_epoch becomes
/// greater than the dump's and than the current Unix time, so that every cached map is older.
/// DirectoryExists when there is a schema shardhelm; FileSyntax (`subject` is `source`) for what is no dump, or one
/// whose rows do not fit together;
/// DirectoryTooNew for a dump of a later version.
Result<qint64> restoreDirectory(pg::Connection &directory, const QString &source, const QByteArray &document,
                                const Wait &wait);

} // namespace shardhelm::cluster
