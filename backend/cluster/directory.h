// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "cluster/types.h"
#include "core/result.h"
#include "core/wait.h"
#include "pg/connection.h"

#include <optional>

namespace shardhelm::cluster {

/// A session on the directory database, own or foreign. Blocking: for worker threads.
class Directory
{
public:
    /// Connects and checks that a directory is there (DirectoryMissing, DirectoryTooOld, DirectoryTooNew).
    static Result<Directory> open(const ClusterFile &file, const QString &purpose, const Wait &wait,
                                  pg::PasswordSource *passwords = nullptr);

    /// Connects without looking for the schema: for `directory init`, `adopt`, `restore`.
    static Result<pg::Connection> connect(const ClusterFile &file, const QString &purpose, const Wait &wait,
                                          pg::PasswordSource *passwords = nullptr);

    /// Everything the map holds, in one snapshot.
    Result<ShardMap> readMap(const Wait &wait);
    /// The map epoch alone.
    Result<qint64> readEpoch(const Wait &wait);
    /// Compare-and-set of one logical shard's instance: MapChanged when (id, from, epoch) is no longer so. Raises the
    /// row's epoch and the map epoch and notifies `shardhelm_map`, in one transaction. The new map epoch.
    Result<qint64> flip(int shard, const QString &from, const QString &to, qint64 epoch, const Wait &wait);
    /// Sets or removes (nullopt) the pin of a tenant; ShardBusy while a move of either logical shard forbids it.
    Result<qint64> pin(const QString &tenant, std::optional<int> shard, const Wait &wait);
    /// Appends to the audit (table `operation`) with this computer's name as host; `detail` is JSON text.
    Result<void> record(const QString &what, const QByteArray &detail, const Wait &wait);

    /// Where flip() and pin() leave a dated copy of the directory after a change (localcopy.h); empty: nowhere.
    void setCopyFolder(const QString &folder) { m_copyFolder = folder; }
    [[nodiscard]] QString copyFolder() const { return m_copyFolder; }
    /// Leaves a copy now; flip() and pin() do it themselves, other changes of the map call it when they are committed.
    void keepCopy(const Wait &wait);
    /// Why the copy after the last change could not be written; the change itself stands.
    [[nodiscard]] const std::optional<Error> &copyError() const { return m_copyError; }

    pg::Connection &connection() { return m_connection; }
    [[nodiscard]] const ClusterFile &file() const { return m_file; }
    [[nodiscard]] bool isForeign() const { return !m_file.directoryQueries.isEmpty(); }

private:
    Directory(ClusterFile file, pg::Connection connection);

    Result<qint64> flipOwn(int shard, const QString &from, const QString &to, qint64 epoch, const Wait &wait);
    Result<qint64> flipForeign(int shard, const QString &from, const QString &to, qint64 epoch, const Wait &wait);

    ClusterFile m_file;
    pg::Connection m_connection;
    QString m_copyFolder;
    std::optional<Error> m_copyError;
};

} // namespace shardhelm::cluster
