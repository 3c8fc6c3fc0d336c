// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/directory.h"
#include "cluster/plannedstatement.h"
#include "command.h"
#include "export/table.h"

/// What several commands of the groups "directory" and "instance" print and take.
namespace shardhelm::ctl {

/// The switch --dry-run and what it asks for.
Option dryRunOption();
cluster::RunMode runMode(const Invocation &call);

/// Prints statements in the order in which they run: for people as a script with the server's name above each, else as
/// rows of server and statement.
void printPlan(const Invocation &call, const cluster::StatementPlan &plan, bool complete = true,
               const QStringList &warnings = {});
/// Instances with all columns of the directory.
Table instanceTable(const cluster::ShardMap &map);

/// Prints the directory: one JSON document, or a row per fact.
Exit printDirectory(const Invocation &call, cluster::Directory &directory, const Wait &wait);

/// "NAME=VALUE" taken apart at the first '='; UsageBad (`expected` is `form`) when a part is missing.
Result<std::pair<QString, QString>> pairFrom(const QString &option, const QString &text, const QString &form);

/// Numbers in ascending order, those in a row as ranges: "0-3, 7".
QString numberRanges(const std::vector<int> &numbers);

} // namespace shardhelm::ctl
