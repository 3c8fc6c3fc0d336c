// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/wait.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

#include <sys/types.h>

namespace shardhelm {

/// A user of this computer.
struct SystemUser
{
    QString name;
    uid_t uid = 0;
    gid_t gid = 0;

    /// The user of that name; nullopt when there is none.
    static std::optional<SystemUser> named(const QString &name);
    /// The user of that number; nullopt when there is none.
    static std::optional<SystemUser> numbered(uid_t uid);
};

/// A program to run. It gets a clean environment (PATH, HOME=/, C.UTF-8 messages) and nothing of ours but the three
/// standard streams, so that its output can be read by machine and none of our files stay open in it.
struct Program
{
    QString path; ///< absolute
    QStringList arguments;
    QString folder = QStringLiteral("/"); ///< working folder
    std::optional<SystemUser> user = std::nullopt; ///< run as this user; only root may set it
    QStringList settings{}; ///< "NAME=VALUE": environment beside or in place of the clean one
};

/// How a program ended and what it printed.
struct ProgramOutput
{
    int exitCode = 0; ///< 128 + signal number when a signal ended it
    QByteArray out;
    QByteArray err;
};

/// Runs a program to its end. TimedOut or Cancelled when `wait` ended first: the program and its children are gone
/// then. ProgramMissing when it cannot be started. A non-zero exit code is not an error here. Blocking: for worker
/// threads; safe from several at once.
Result<ProgramOutput> runProgram(const Program &program, const Wait &wait);

/// Starts a program in a session of its own that outlives this process; stdout and stderr are appended to `logFile`
/// (made as the program's user). Its pid.
Result<qint64> startDetached(const Program &program, const QString &logFile);

/// Whether a process of that pid exists and is not a zombie.
bool processAlive(qint64 pid);

/// Whether a process is stopped by a signal (SIGSTOP).
bool processFrozen(qint64 pid);

/// Pids of all processes whose working folder is `folder`: the ones we may look at, all of them for root.
std::vector<qint64> processesIn(const QString &folder);

} // namespace shardhelm
