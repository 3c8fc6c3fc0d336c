// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>

namespace shardhelm::sql {

/// Inside of backend/sql: Parser::fingerprint() on bytes of UTF-8. Runs on a Parser's thread.
Result<QByteArray> fingerprintOf(const QByteArray &sql);

} // namespace shardhelm::sql
