// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace shardhelm::cluster {

/// Whether an operation changes something or only says what it would run.
enum class RunMode { Run, DryRun };

/// A statement that an operation runs, in the order of the list: shown by --dry-run, run otherwise.
struct PlannedStatement
{
    QString server; ///< name of the instance, or "directory"
    QByteArray sql; ///< one or more statements with their values in them

    bool operator==(const PlannedStatement &) const = default;
};

using StatementPlan = std::vector<PlannedStatement>;

/// How errors and plans call the directory's server.
inline QString directoryServer()
{
    return QStringLiteral("directory");
}

} // namespace shardhelm::cluster
