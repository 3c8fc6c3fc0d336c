// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/wait.h"
#include "pg/connection.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace shardhelm::cluster {

/// What stands in a database under the name shardhelm.
struct DirectoryState
{
    QString database;
    bool schemaThere = false; ///< a schema of that name, ours or not
    bool ours = false; ///< with our table of versions
    bool publicTablesThere = false;
    int version = 0; ///< highest version applied, 0 when not ours
};

/// One version of the schema: the statements that lead to it from the version before, of which each script records its
/// own number in shardhelm.layout_version.
struct SchemaVersion
{
    int number = 0;
    QByteArray script;
    QByteArray privateScript; ///< the part for a directory of another shape: journal and audit without public tables
};

/// The versions this program knows, ascending; it works with the last.
std::vector<SchemaVersion> schemaVersions();
/// Number of the last of them.
int directoryVersion();

/// Looks for the schema; NotPermitted when it is there and closed to this role.
Result<DirectoryState> findDirectory(pg::Connection &connection, const Wait &wait);
/// Runs the scripts of versions 1 to `last` in the caller's transaction; DirectoryExists when a schema shardhelm is
/// there already.
Result<void> createDirectorySchema(pg::Connection &connection, int last, const Wait &wait);
/// Brings the schema to the last of `versions` in the caller's transaction, which holds off others that do the same.
/// `foreign`: only the private tables, which need not be there yet. The scripts that were run, in order, none when the
/// schema was up to date. DirectoryMissing, DirectoryTooNew, Internal for a script that does not record its number.
Result<std::vector<SchemaVersion>> migrateDirectory(pg::Connection &connection,
                                                    const std::vector<SchemaVersion> &versions, bool foreign,
                                                    const Wait &wait);
/// DirectoryMissing, DirectoryTooOld or DirectoryTooNew unless `state` is what this program works with.
Result<void> checkDirectory(const DirectoryState &state);

} // namespace shardhelm::cluster
