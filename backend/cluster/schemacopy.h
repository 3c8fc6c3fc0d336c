// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/copytable.h"
#include "cluster/instanceadd.h"
#include "cluster/types.h"
#include "core/result.h"
#include "core/wait.h"
#include "pg/connection.h"
#include "pg/passwords.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace shardhelm::cluster {

/// What is brought from one instance to a new one, in the order in which it is run there.
struct SchemaCopy
{
    struct TableRows
    {
        QString name; ///< schema.table
        CopyStatements statements;
    };
    QByteArrayList roles; ///< CREATE ROLE
    QByteArray beforeData;
    std::vector<TableRows> tables; ///< reference tables
    QByteArray afterData;
    QByteArrayList sequences; ///< setval() of the reference tables' sequences

    [[nodiscard]] StatementPlan plan(const QString &server) const;
};

/// Reads everything from `source`, which has to be inside a REPEATABLE READ transaction, in that snapshot. With
/// `definitions` false only the rows of reference tables that are empty on the target.
Result<SchemaCopy> readSchemaCopy(pg::Connection &source, const Instance &from, pg::Connection &target,
                                  const ShardMap &map, bool definitions, pg::PasswordSource *passwords,
                                  const Wait &wait);

/// Runs it in the target's transaction.
Result<void> runSchemaCopy(pg::Connection &source, pg::Connection &target, const SchemaCopy &copy,
                           const std::function<void(const AddProgress &)> &progress, const Wait &wait);

} // namespace shardhelm::cluster
