// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sql/parser.h"

/// Inside of backend/sql: what Parser does with one scalar expression. Runs on a Parser's thread.
namespace shardhelm::sql {

Result<Expression> takeApart(const QByteArray &sql);
Result<QByteArray> callTextCasts(const QByteArray &sql, const QByteArray &outputFunction);
Result<QByteArray> spellType(const QByteArray &sql);

} // namespace shardhelm::sql
