// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/wait.h"
#include "pg/connection.h"

#include <QByteArray>
#include <QString>

namespace shardhelm::cluster {

/// The two COPY statements that carry a table from one database to another, generated columns left out.
struct CopyStatements
{
    QByteArray out;
    QByteArray in;
};

/// TableUnknown when the table is not there.
Result<CopyStatements> copyStatements(pg::Connection &source, const QString &schema, const QString &table,
                                      const Wait &wait);

/// Streams the rows from `source` to `target` through a buffer of a few megabytes; both connections keep their
/// transactions. Rows copied, or the first failure of either side.
Result<qint64> copyTable(pg::Connection &source, pg::Connection &target, const CopyStatements &statements,
                         const Wait &wait);

} // namespace shardhelm::cluster
