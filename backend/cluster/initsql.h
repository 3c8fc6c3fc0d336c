// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/init.h"

#include <QByteArray>

namespace shardhelm::cluster {

/// INSERT statements that fill the tables of a new directory, separated by semicolons, values as literals. The map
/// starts at the current Unix time, so that maps cached from an earlier directory are older.
QByteArray initSql(const InitRequest &request);

/// One INSERT of an instance.
QByteArray instanceInsert(const Instance &instance);

} // namespace shardhelm::cluster
