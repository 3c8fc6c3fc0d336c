// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/demofolder.h"
#include "pg/connection.h"

namespace shardhelm::demo {

/// A session on a demo server, in database `database` or the one that every server has.
Result<pg::Connection> openSession(const DemoServer &server, const Wait &wait,
                                   const QString &database = QStringLiteral("postgres"),
                                   const QString &purpose = QStringLiteral("demo"));

/// The database of a demo server that holds its tables.
QString databaseOf(const DemoServer &server);

} // namespace shardhelm::demo
