// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/wait.h"

#include <QMap>
#include <QString>

#include <vector>

namespace shardhelm::pg {

/// A PostgreSQL server of our own on this computer: demo instances, test servers, the scratch. Made with the programs
/// of the newest PostgreSQL >= 15 installed. When this process is root the server's programs run as an unprivileged
/// user ("postgres" if there is one, else "nobody"), who then owns `dataFolder`.
/// A value that names a data folder; the server outlives it. Blocking: for worker threads.
class LocalServer
{
public:
    struct Settings
    {
        QString dataFolder; ///< absolute; made by create()
        QString socketFolder; ///< unix socket folder, at most 107 bytes with the file name, no comma
        int port = 5432;
        bool listenOnLoopback = false; ///< also 127.0.0.1
        QMap<QString, QString> parameters; ///< postgresql.conf settings beside our defaults
        QString superuser = QStringLiteral("postgres");
        bool durable = false; ///< false: fsync off, for throw-away servers
    };

    explicit LocalServer(Settings settings);

    /// Folder of initdb, pg_ctl, …; ProgramMissing when no PostgreSQL >= 15 server is installed.
    static Result<QString> programFolder();

    /// initdb with trust on the socket and loopback, UTF-8, checksums; writes the settings. Removes what it made on
    /// failure (DiskFull, FileUnwritable, FolderClosed, ProgramFailed). ValueBad for a socket folder that cannot serve.
    Result<void> create(const Wait &wait) const;
    /// pg_basebackup of `primary` into a streaming replica of it, with a replication slot there named after this data
    /// folder. Removes what it made in the data folder on failure.
    Result<void> createReplica(const LocalServer &primary, const Wait &wait) const;
    /// Writes the settings, starts and waits until it accepts connections; fine when it runs already. What a crash left
    /// (pid file, socket lock, orphaned children) does not hinder it. FileMissing without a server in the data folder.
    Result<void> start(const Wait &wait) const;
    enum class StopMode { Fast, Immediate };
    /// Stops and waits; fine when it is not running. Falls back to Immediate, then SIGKILL, at the end of `wait`.
    Result<void> stop(StopMode mode, const Wait &wait) const;
    /// Pid of the running postmaster, or 0 (a stale pid file counts as not running).
    [[nodiscard]] qint64 pid() const;
    [[nodiscard]] bool isRunning() const { return pid() != 0; }
    /// Whether it runs and accepts connections, by its own word.
    [[nodiscard]] bool isReady() const;
    /// Pids of the server's processes, the postmaster and its children, whoever started them.
    [[nodiscard]] std::vector<qint64> processes() const;
    /// Name of the replication slot that createReplica() makes for this server on its primary.
    [[nodiscard]] QString slotName() const;
    /// What the server and its start write to: server.log in the data folder.
    [[nodiscard]] QString logFile() const;
    /// libpq string over the socket.
    [[nodiscard]] QString conninfo(const QString &database = QStringLiteral("postgres")) const;
    [[nodiscard]] const Settings &settings() const { return m_settings; }

private:
    [[nodiscard]] QString file(const QString &name) const;
    [[nodiscard]] QString socketFile() const;
    Result<void> checkSocketFolder() const;
    Result<void> writeSettings() const;
    Result<void> awaitReady(qint64 launched, const Wait &wait) const;
    void clearCrashRemains() const;

    Settings m_settings;
};

} // namespace shardhelm::pg
