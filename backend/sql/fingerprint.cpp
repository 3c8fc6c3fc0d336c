// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/fingerprint.h"

#include "sql/tree.h"

#include <QScopeGuard>

#include <pg_query.h>

namespace shardhelm::sql {

Result<QByteArray> fingerprintOf(const QByteArray &sql)
{
    // Refuses what is too long or nests too deeply, which the fingerprint would not.
    const auto tree = Tree::parse(sql);
    if (!tree)
        return Failure(tree.error());
    const PgQueryFingerprintResult result = pg_query_fingerprint(sql.constData());
    const auto freeResult = qScopeGuard([&] { pg_query_free_fingerprint_result(result); });
    if (result.error)
        return syntaxError(sql, QString::fromUtf8(result.error->message), result.error->cursorpos);
    return QByteArray(result.fingerprint_str);
}

} // namespace shardhelm::sql
