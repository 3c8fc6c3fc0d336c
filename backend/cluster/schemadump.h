// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/wait.h"
#include "pg/passwords.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace shardhelm::cluster {

/// What pg_dump is asked for.
struct SchemaDumpRequest
{
    QString name; ///< instance, for errors
    QString conninfo;
    QString snapshot; ///< pg_export_snapshot() of an open transaction there
    QStringList excludedSchemas; ///< by their exact names
    QStringList excludedTables; ///< "schema.table", quoted as pg_dump's patterns are
    pg::PasswordSource *passwords = nullptr;
};

/// Definitions without data, in the two parts between which data goes.
struct SchemaDump
{
    QByteArray beforeData;
    QByteArray afterData; ///< indexes, constraints, triggers
};

/// Runs pg_dump of the newest version installed, without objects of ours, publications, subscriptions and tablespaces.
/// ProgramMissing; ProgramFailed with what it said.
Result<SchemaDump> dumpSchema(const SchemaDumpRequest &request, const Wait &wait);

/// A name as a pattern of pg_dump that means exactly that name.
QString exactPattern(const QString &schema, const QString &table = {});

/// The script without psql's own commands and without triggers of ours.
QByteArray plainScript(const QByteArray &dump);

} // namespace shardhelm::cluster
