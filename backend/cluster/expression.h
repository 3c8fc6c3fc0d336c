// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/keytype.h"
#include "core/result.h"
#include "core/wait.h"
#include "pg/connection.h"

#include <QString>

namespace shardhelm::cluster {

/// A routing expression given by the user, checked and in PostgreSQL's spelling (no comments, safe to embed): exactly
/// one expression over $1 and nothing else, only functions and tables that `server` has, not volatile, of an integer
/// type, and within 0 … logicalShards-1 on sample keys: for numbers 1 … 1000 and a thousand larger ones, for text and
/// uuid two thousand. Negative numbers are not tried: `$1 % 64` is a fine routing for keys that never are.
/// RoutingBad otherwise: `subject` is the expression, `found` what is wrong with it ("$2", "column tenant_id", a type,
/// "17 -> 9"), `expected` what would be right, `db` the parser's or server's word with the position.
Result<QString> checkRoutingExpression(pg::Connection &server, const QString &expression, const KeyType &type,
                                       int logicalShards, const Wait &wait);

/// SQL of a list of sample keys of `type`, one column "key", always the same ones; empty for KeyFamily::Other.
QString sampleKeysSql(const KeyType &type, int count);

} // namespace shardhelm::cluster
