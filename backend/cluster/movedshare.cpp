// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/movedshare.h"

#include "cluster/expression.h"
#include "cluster/keytype.h"
#include "core/sqltext.h"

namespace shardhelm::cluster {

Result<MovedShare> movedShare(pg::Connection &server, const QString &keyType, int instances, int logicalShards,
                              int virtualNodes, const Wait &wait)
{
    const KeyType type = keyTypeNamed(keyType);
    if (type.family == KeyFamily::Other)
        return fail(ErrorCode::ValueBad, QStringLiteral("key type"), keyType,
                    keyTypeNames({KeyFamily::Integer, KeyFamily::Text, KeyFamily::Uuid}));
    if (instances < 1)
        return fail(ErrorCode::ValueBad, QStringLiteral("instances"), QString::number(instances),
                    {QStringLiteral("1…")});
    if (logicalShards <= instances)
        return fail(ErrorCode::ValueBad, QStringLiteral("logical shards"), QString::number(logicalShards),
                    {QStringLiteral("%1…").arg(instances + 1)});
    if (virtualNodes < 1)
        return fail(ErrorCode::ValueBad, QStringLiteral("virtual nodes"), QString::number(virtualNodes),
                    {QStringLiteral("1…")});
    constexpr int sampleKeys = 20'000;
    QByteArray query = sqlText("cluster/moved_share");
    query.replace("@hash@", type.hashOf(QStringLiteral("k.key")).toUtf8());
    query.replace("@samples@", sampleKeysSql(type, sampleKeys).toUtf8());
    const auto rows = server.query(query, pg::Params(instances, logicalShards, virtualNodes), wait);
    if (!rows)
        return Failure(rows.error());
    return MovedShare{rows->integer(0, 0), rows->number(0, 1), rows->number(0, 2), rows->number(0, 3),
                      1.0 / (instances + 1)};
}

} // namespace shardhelm::cluster
