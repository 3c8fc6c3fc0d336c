// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace shardhelm {

/// Text of resources/sql/<name>.sql, e.g. sqlText("cluster/read_map"). Asserts that the file exists: names are
/// constants of the code and tests/backend/core runs through all of them.
QByteArray sqlText(const char *name);

} // namespace shardhelm
