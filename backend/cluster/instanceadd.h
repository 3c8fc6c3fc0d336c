// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "cluster/plannedstatement.h"
#include "cluster/types.h"
#include "core/result.h"
#include "core/wait.h"
#include "pg/passwords.h"

#include <QString>
#include <QStringList>

#include <functional>

namespace shardhelm::cluster {

/// Where addInstance() is.
struct AddProgress
{
    enum class Step { Checking, ReadingSchema, CreatingSchema, CopyingData, CreatingIndexes, Registering } step;
    QString table; ///< CopyingData: schema.table
    qint64 rows = 0; ///< CopyingData: rows of it copied, once it is done
};

struct AddRequest
{
    Instance instance; ///< identity is read from the server
    QString from; ///< instance that schema and reference data come from; empty: the first active one
    std::function<void(const AddProgress &)> progress{}; ///< called on the calling thread
};

struct AddReport
{
    StatementPlan plan; ///< the statements that were run, or would be
    QStringList unreached; ///< connection strings for other instances that do not lead anywhere from here
    bool schemaCopied = false; ///< false: the tables were there already
};

/// Takes a new instance into the directory, ready to receive shards: checks that it is reachable by all of its
/// connection strings, writable and no other instance under a new name; brings roles, extensions and definitions of
/// shared and reference tables and the reference tables' rows from an instance, in one transaction there, unless its
/// tables are there already; marks and registers it.
/// InstanceDuplicate, DirectoryIsForeign, ReadOnlyServer, RoleUnexpected, InstanceIsAnother, TableUnfit (some of the
/// tables are there and some not), ProgramMissing,
/// ProgramFailed.
Result<AddReport> addInstance(const ClusterFile &file, const AddRequest &request, RunMode mode,
                              pg::PasswordSource *passwords, const Wait &wait);

} // namespace shardhelm::cluster
