// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/routingmap.h"

namespace shardhelm::test {

using namespace cluster;

ShardMap storeRouting(const TestServer &server, const Routing &routing, int shards, const std::vector<TenantPin> &pins)
{
    const auto literal = [](const QString &text) { return pg::Connection::literal(text); };
    ShardMap map;
    map.clusterName = QStringLiteral("test");
    map.layout = Layout::Rows;
    map.logicalShards = shards;
    map.keyType = routing.keyType;
    map.routingSql = routing.sql;
    map.mapEpoch = 7;
    map.pins = pins;
    Instance instance;
    instance.name = QStringLiteral("a");
    instance.conninfo = server.conninfo();
    map.instances.push_back(instance);

    QByteArray script =
        "TRUNCATE shardhelm.cluster, shardhelm.instance, shardhelm.logical_shard, shardhelm.tenant_pin, "
        "shardhelm.route_range, shardhelm.route_list, shardhelm.route_ring CASCADE;"
        "INSERT INTO shardhelm.cluster VALUES ('test', 'rows', "
        + QByteArray::number(shards) + ", NULL, " + literal(routing.keyType) + ", "
        + (routing.sql.isEmpty() ? QByteArray("NULL") : literal(routing.sql)) + ", 7);"
        + "INSERT INTO shardhelm.instance (name, conninfo) VALUES ('a', '');"
          "INSERT INTO shardhelm.logical_shard (id, instance) SELECT i, 'a' FROM generate_series(0, "
        + QByteArray::number(shards - 1) + ") i;";
    for (int id = 0; id < shards; ++id)
        map.shards.push_back({id, QStringLiteral("a"), 1, ShardState::Active, {}});
    for (const TenantPin &pin : pins)
        script += "INSERT INTO shardhelm.tenant_pin VALUES (" + literal(pin.tenant) + ", "
            + QByteArray::number(pin.logicalShard) + ");";
    for (const RouteRange &range : routing.ranges)
        script += "INSERT INTO shardhelm.route_range VALUES ("
            + (range.lowerBound ? literal(*range.lowerBound) : "NULL") + ", " + QByteArray::number(range.logicalShard)
            + ");";
    for (const RouteValue &value : routing.values)
        script += "INSERT INTO shardhelm.route_list VALUES (" + literal(value.value) + ", "
            + QByteArray::number(value.logicalShard) + ");";
    QByteArray points;
    for (const RoutePoint &point : routing.ring)
        points += (points.isEmpty() ? "(" : ", (") + QByteArray::number(point.point) + ", "
            + QByteArray::number(point.logicalShard) + ')';
    if (!points.isEmpty())
        script += "INSERT INTO shardhelm.route_ring VALUES " + points + ';';
    server.run(script);
    return map;
}

} // namespace shardhelm::test
