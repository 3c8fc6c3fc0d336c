// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/wait.h"
#include "pg/connection.h"

#include <QByteArray>
#include <QString>

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

/// The version of the schema that this program reads and writes.
int directoryVersion();
/// Statements that bring the schema to `version` from the one before.
QByteArray directoryScript(int version);
/// The part of them that is for a directory of another shape: journal and audit without the public tables.
QByteArray directoryPrivateScript(int version);

/// Looks for the schema; NotPermitted when it is there and closed to this role.
Result<DirectoryState> findDirectory(pg::Connection &connection, const Wait &wait);
/// Runs the scripts of versions 1 to `version` in the caller's transaction; DirectoryExists when a schema shardhelm is
/// there already.
Result<void> createDirectorySchema(pg::Connection &connection, int version, const Wait &wait);
/// Runs the scripts that are missing in the caller's transaction; false when there were none. DirectoryMissing,
/// DirectoryTooNew.
Result<bool> upgradeDirectory(pg::Connection &connection, const Wait &wait);
/// DirectoryMissing, DirectoryTooOld or DirectoryTooNew unless `state` is what this program works with.
Result<void> checkDirectory(const DirectoryState &state);

} // namespace shardhelm::cluster
