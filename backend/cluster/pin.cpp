// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/directory.h"
#include "cluster/mapchange.h"
#include "cluster/routing.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace shardhelm::cluster {

Result<qint64> Directory::pin(const QString &tenant, std::optional<int> shard, const Wait &wait)
{
    if (isForeign())
        return fail(ErrorCode::DirectoryIsForeign, m_file.path, QStringLiteral("pin"));
    auto map = readMap(wait);
    if (!map)
        return Failure(map.error());
    // Where the tenant is without the pin; a fleet whose routing is not known here has no such place.
    map->pins.clear();
    QString key = tenant;
    std::optional<int> routed;
    if (const auto location = locate(m_connection, *map, m_file.routingLookup, tenant, wait)) {
        key = location->tenant;
        routed = location->logicalShard;
    } else if (location.error().code != ErrorCode::LookupUnknown && location.error().code != ErrorCode::RoutingBad) {
        return Failure(location.error());
    }
    auto transaction = beginMapChange(m_connection, wait);
    if (!transaction)
        return Failure(transaction.error());
    if (const auto set = setPin(m_connection, key, routed, shard, wait); !set)
        return Failure(set.error());
    QJsonObject detail{{QStringLiteral("tenant"), key}};
    detail.insert(QStringLiteral("shard"), shard ? QJsonValue(*shard) : QJsonValue());
    const auto audited = appendOperation(m_connection, QStringLiteral("map pin"),
                                         QJsonDocument(detail).toJson(QJsonDocument::Compact), wait);
    if (!audited)
        return Failure(audited.error());
    const auto mapEpoch = raiseMapEpoch(m_connection, wait);
    if (!mapEpoch)
        return mapEpoch;
    if (const auto committed = transaction->commit(wait); !committed)
        return Failure(committed.error());
    keepCopy(wait);
    return mapEpoch;
}

} // namespace shardhelm::cluster
