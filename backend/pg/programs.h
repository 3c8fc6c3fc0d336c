// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/process.h"
#include "core/result.h"
#include "core/wait.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace shardhelm::pg {

/// Oldest PostgreSQL major version whose programs are used.
constexpr int oldestMajor = 15;

/// Folder with PostgreSQL's server programs of the major version asked for, else of the newest installed: searched in
/// Debian's /usr/lib/postgresql, in `pg_config --bindir` and in $PATH. ProgramMissing when there is none.
Result<QString> serverProgramFolder(std::optional<int> major = std::nullopt);

/// The user that server programs run as: nullopt for ourselves, "postgres" or else "nobody" when we are root, whom
/// PostgreSQL refuses. ProgramFailed when root finds neither.
Result<std::optional<SystemUser>> serverUser();

/// Runs one of PostgreSQL's programs as the server user. ProgramFailed with the end of its stderr when it does not exit
/// with 0; DiskFull when that says so. Its standard output.
Result<QByteArray> runServerProgram(const QString &path, const QStringList &arguments, const Wait &wait);

/// DiskFull when `output` tells of a full disk or quota, PortTaken of a socket or port in use, else ProgramFailed with
/// the last lines of `output` as the fact found.
Error programError(const QString &subject, const QByteArray &output);

} // namespace shardhelm::pg
