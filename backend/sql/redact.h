// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace shardhelm::sql {

/// Inside of backend/sql: Parser::redacted() on bytes of UTF-8.
QByteArray redactLiterals(const QByteArray &sql);

} // namespace shardhelm::sql
