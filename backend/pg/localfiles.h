// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>

#include <functional>

/// Files and folders of a local server, which belong to the server's user (see pg::serverUser()). When we are root that
/// user is not trusted: no link it may have laid is followed.
namespace shardhelm::pg {

/// Runs `make` on a new folder of the server's user and gives it the name `dataFolder` when that succeeded, so that a
/// data folder is whole or absent even after SIGKILL. What an earlier attempt left is removed first, what this one
/// made when it fails. FolderNotOurs when `dataFolder` holds files; FileUnwritable when it cannot be made; FolderClosed
/// (`found`: the user) when the server's user cannot pass through a folder above it. DiskFull names `dataFolder`.
Result<void> makeDataFolder(const QString &dataFolder, const std::function<Result<void>(const QString &)> &make);

/// Makes a folder of the server's user that is closed to others; fine when it is there already and theirs.
Result<void> makeServerFolder(const QString &folder);

/// Removes a folder with all that is in it, fine when it is absent. Tries for a while: a program that was ended may
/// still be tidying up in there. FileUnwritable.
Result<void> removeFolder(const QString &folder);

/// Replaces a file of the server's user.
Result<void> writeServerFile(const QString &path, const QByteArray &text);
/// Appends to a file of the server's user.
Result<void> appendServerFile(const QString &path, const QByteArray &text);

/// Major version of the server that made a data folder, 0 when it is none.
int dataMajor(const QString &dataFolder);

enum class PostmasterState { Unknown, Starting, Stopping, Ready, Standby };

/// What postmaster.pid says.
struct PostmasterFile
{
    qint64 pid = 0; ///< 0 without the file
    PostmasterState state = PostmasterState::Unknown;
    int sharedMemoryId = -1; ///< System V segment, -1 when not written
};
PostmasterFile postmasterFile(const QString &dataFolder);

/// Whether `pid` is a living server process of that data folder.
bool isPostmasterOf(qint64 pid, const QString &dataFolder);

/// Removes pid file, socket, socket lock and System V segment of a server that is known to be gone.
void removePostmasterFiles(const QString &dataFolder, const QString &socket);

} // namespace shardhelm::pg
