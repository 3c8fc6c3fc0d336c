// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/localfiles.h"

#include "core/pause.h"
#include "core/process.h"
#include "pg/programs.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

namespace shardhelm::pg {

namespace {

Failure unwritable(const QString &path, int number)
{
    const ErrorCode code = number == ENOSPC || number == EDQUOT ? ErrorCode::DiskFull : ErrorCode::FileUnwritable;
    return fail(code, path, QString::fromLocal8Bit(std::strerror(number)));
}

/// Whether `user` may pass through a folder, by its mode bits.
bool mayEnter(const struct stat &folder, const SystemUser &user)
{
    if (folder.st_uid == user.uid)
        return (folder.st_mode & S_IXUSR) != 0;
    if (folder.st_gid == user.gid)
        return (folder.st_mode & S_IXGRP) != 0;
    return (folder.st_mode & S_IXOTH) != 0;
}

/// Makes the parent folders; fails when the server's user cannot get through all of them.
Result<void> makeParents(const QString &folder)
{
    const auto user = serverUser();
    if (!user)
        return Failure(user.error());
    const QString parent = QFileInfo(folder).absolutePath();
    if (!QDir().mkpath(parent))
        return unwritable(parent, errno);
    for (QString path = QFileInfo(parent).canonicalFilePath(); *user; path = QFileInfo(path).absolutePath()) {
        struct stat found
        {
        };
        if (stat(QFile::encodeName(path).constData(), &found) != 0)
            return unwritable(path, errno);
        if (!mayEnter(found, **user))
            return fail(ErrorCode::FolderClosed, path, (*user)->name);
        if (path == u"/")
            break;
    }
    return {};
}

/// Writes through a descriptor that is closed here; `path` is for the error.
Result<void> writeAll(int descriptor, const QString &path, const QByteArray &text)
{
    qsizetype done = 0;
    int problem = descriptor < 0 ? errno : 0;
    const auto user = serverUser();
    if (problem == 0 && user && *user && fchown(descriptor, (*user)->uid, (*user)->gid) != 0)
        problem = errno;
    while (problem == 0 && done < text.size()) {
        const ssize_t written = write(descriptor, text.constData() + done, static_cast<size_t>(text.size() - done));
        if (written >= 0)
            done += written;
        else if (errno != EINTR)
            problem = errno;
    }
    if (descriptor >= 0)
        close(descriptor);
    return problem == 0 ? Result<void>() : unwritable(path, problem);
}

} // namespace

Result<void> makeServerFolder(const QString &folder)
{
    if (const auto made = makeParents(folder); !made)
        return made;
    const auto user = serverUser();
    if (!user)
        return Failure(user.error());
    const QByteArray path = QFile::encodeName(folder);
    const uid_t owner = *user ? (*user)->uid : geteuid();
    if (mkdir(path.constData(), 0700) == 0) {
        if (*user && lchown(path.constData(), (*user)->uid, (*user)->gid) != 0)
            return unwritable(folder, errno);
        return {};
    }
    if (errno != EEXIST)
        return unwritable(folder, errno);
    struct stat found
    {
    };
    if (lstat(path.constData(), &found) != 0)
        return unwritable(folder, errno);
    if (!S_ISDIR(found.st_mode))
        return unwritable(folder, ENOTDIR);
    // Servers that start side by side share a folder: one of them may have made it and not yet given it away.
    const bool ours = *user && found.st_uid == geteuid();
    if (ours && lchown(path.constData(), (*user)->uid, (*user)->gid) != 0)
        return unwritable(folder, errno);
    if (found.st_uid != owner && !ours)
        return unwritable(folder, EPERM);
    return {};
}

Result<void> makeDataFolder(const QString &dataFolder, const std::function<Result<void>(const QString &)> &make)
{
    if (QDir target(dataFolder);
        target.exists() && !target.isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot))
        return fail(ErrorCode::FolderNotOurs, dataFolder);
    const QString part = dataFolder + QStringLiteral(".part");
    if (const auto removed = removeFolder(part); !removed)
        return removed;
    auto made = makeServerFolder(part);
    if (made)
        made = make(part);
    if (made && ::rename(QFile::encodeName(part).constData(), QFile::encodeName(dataFolder).constData()) != 0)
        made = unwritable(dataFolder, errno);
    if (made)
        return made;
    static_cast<void>(removeFolder(part));
    // The program that met the full disk does not matter to anybody, the place does.
    return made.error().code == ErrorCode::DiskFull ? Result<void>(fail(ErrorCode::DiskFull, dataFolder)) : made;
}

Result<void> removeFolder(const QString &folder)
{
    const Wait wait = Wait::forDuration(Milliseconds(3000));
    errno = 0;
    while (!QDir(folder).removeRecursively() || QFileInfo::exists(folder)) {
        if (!pauseFor(Milliseconds(20), wait))
            return unwritable(folder, errno != 0 ? errno : ENOTEMPTY);
        errno = 0;
    }
    return {};
}

Result<void> writeServerFile(const QString &path, const QByteArray &text)
{
    return writeAll(
        open(QFile::encodeName(path).constData(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600), path,
        text);
}

Result<void> appendServerFile(const QString &path, const QByteArray &text)
{
    return writeAll(open(QFile::encodeName(path).constData(), O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC), path,
                    text);
}

int dataMajor(const QString &dataFolder)
{
    QFile version(dataFolder + QStringLiteral("/PG_VERSION"));
    return version.open(QIODevice::ReadOnly) ? version.read(16).trimmed().toInt() : 0;
}

PostmasterFile postmasterFile(const QString &dataFolder)
{
    // The lines of PostgreSQL's miscadmin.h, LOCK_FILE_LINE_*: 1 pid, 7 "key id" of shared memory, 8 state.
    PostmasterFile result;
    QFile file(dataFolder + QStringLiteral("/postmaster.pid"));
    if (!file.open(QIODevice::ReadOnly))
        return result;
    const QList<QByteArray> lines = file.read(4096).split('\n');
    result.pid = std::abs(lines.value(0).trimmed().toLongLong());
    const QList<QByteArray> memory = lines.value(6).simplified().split(' ');
    bool known = false;
    const int id = memory.value(1).toInt(&known);
    result.sharedMemoryId = known ? id : -1;
    const QByteArray state = lines.value(7).trimmed();
    if (state == "starting")
        result.state = PostmasterState::Starting;
    else if (state == "stopping")
        result.state = PostmasterState::Stopping;
    else if (state == "ready")
        result.state = PostmasterState::Ready;
    else if (state == "standby")
        result.state = PostmasterState::Standby;
    return result;
}

bool isPostmasterOf(qint64 pid, const QString &dataFolder)
{
    if (!processAlive(pid))
        return false;
    const QString process = QStringLiteral("/proc/%1/").arg(pid);
    const QString folder = QFile::symLinkTarget(process + QStringLiteral("cwd"));
    if (!folder.isEmpty())
        return folder == QFileInfo(dataFolder).canonicalFilePath();
    // Another user's server: its working folder is hidden from us, its command line is not.
    QFile commandLine(process + QStringLiteral("cmdline"));
    return commandLine.open(QIODevice::ReadOnly)
        && commandLine.readAll().split('\0').contains(QFile::encodeName(dataFolder));
}

void removePostmasterFiles(const QString &dataFolder, const QString &socket)
{
    const auto user = serverUser();
    const PostmasterFile recorded = postmasterFile(dataFolder);
    shmid_ds memory{};
    if (recorded.sharedMemoryId >= 0 && shmctl(recorded.sharedMemoryId, IPC_STAT, &memory) == 0
        && memory.shm_nattch == 0 && user && memory.shm_perm.cuid == (*user ? (*user)->uid : geteuid()))
        shmctl(recorded.sharedMemoryId, IPC_RMID, nullptr);
    QFile::remove(dataFolder + QStringLiteral("/postmaster.pid"));

    QFile lock(socket + QStringLiteral(".lock"));
    if (!lock.open(QIODevice::ReadOnly))
        return;
    const QByteArray lockedBy = lock.read(4096).split('\n').value(1);
    lock.close();
    if (lockedBy == QFile::encodeName(dataFolder)) {
        QFile::remove(socket);
        lock.remove();
    }
}

} // namespace shardhelm::pg
