// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/initsql.h"

#include "cluster/identity.h"
#include "cluster/sqlarray.h"

#include <QLocale>

#include <functional>

namespace shardhelm::cluster {

namespace {

QByteArray literal(const QString &text)
{
    return pg::Connection::literal(text);
}

/// Empty text is NULL in the directory.
QByteArray optionalLiteral(const QString &text)
{
    return text.isEmpty() ? QByteArrayLiteral("null") : literal(text);
}

/// INSERT statements of `count` rows in pieces that the server parses quickly; `row` gives the values of one.
QByteArray inserts(const QByteArray &into, std::size_t count, const std::function<QByteArray(std::size_t)> &row)
{
    constexpr std::size_t piece = 1000;
    QByteArray sql;
    for (std::size_t i = 0; i < count; ++i) {
        const bool first = i % piece == 0;
        const bool last = i + 1 == count || (i + 1) % piece == 0;
        if (first)
            sql += "insert into shardhelm." + into + " values\n";
        sql += "  (" + row(i) + (last ? ");\n" : "),\n");
    }
    return sql;
}

QByteArray clusterInsert(const InitRequest &request)
{
    const QByteArrayList values{literal(request.clusterName),
                                literal(wordOf(request.layout)),
                                QByteArray::number(request.logicalShards),
                                request.layout == Layout::Schema ? literal(request.schemaPattern) : "null",
                                literal(request.routing.keyType),
                                optionalLiteral(request.routing.sql),
                                "extract(epoch from clock_timestamp())::bigint",
                                QByteArray::number(request.mapTtlSeconds)};
    return inserts("cluster (name, layout, logical_shards, schema_pattern, key_type, routing_sql, map_epoch, "
                   "map_ttl_seconds)",
                   1, [&values](std::size_t) { return values.join(", "); });
}

QByteArray routeInserts(const Routing &routing)
{
    return inserts("route_range (lower_bound, logical_shard)", routing.ranges.size(),
                   [&routing](std::size_t i) -> QByteArray {
                       const RouteRange &range = routing.ranges[i];
                       return (range.lowerBound ? literal(*range.lowerBound) : QByteArrayLiteral("null")) + ", "
                           + QByteArray::number(range.logicalShard);
                   })
        + inserts("route_list (value, logical_shard)", routing.values.size(),
                  [&routing](std::size_t i) -> QByteArray {
                      return literal(routing.values[i].value) + ", "
                          + QByteArray::number(routing.values[i].logicalShard);
                  })
        + inserts("route_ring (point, logical_shard)", routing.ring.size(), [&routing](std::size_t i) -> QByteArray {
               return QByteArray::number(routing.ring[i].point) + ", "
                   + QByteArray::number(routing.ring[i].logicalShard);
           });
}

} // namespace

QByteArray instanceInsert(const Instance &instance)
{
    const QByteArrayList values{
        literal(instance.name),
        literal(instance.conninfo),
        optionalLiteral(instance.peerConninfo),
        optionalLiteral(instance.directConninfo),
        literal(textArray(instance.replicaConninfos)),
        optionalLiteral(instance.zone),
        instance.capacityBytes ? QByteArray::number(*instance.capacityBytes) : "null",
        QByteArray::number(instance.weight, 'g', QLocale::FloatingPointShortest),
        literal(wordOf(instance.state)),
        instance.dedicated ? "true" : "false",
        literal(QString::fromUtf8(identityJson(instance.identity))),
    };
    return inserts("instance (name, conninfo, peer_conninfo, direct_conninfo, replica_conninfos, zone, "
                   "capacity_bytes, weight, state, dedicated, identity)",
                   1, [&values](std::size_t) { return values.join(", "); });
}

QByteArray initSql(const InitRequest &request)
{
    QByteArray sql = clusterInsert(request);
    for (const Instance &instance : request.instances)
        sql += instanceInsert(instance);
    const QList<int> shards = request.placement.keys();
    sql += inserts("logical_shard (id, instance)", static_cast<std::size_t>(shards.size()),
                   [&](std::size_t i) -> QByteArray {
                       const int shard = shards[static_cast<qsizetype>(i)];
                       return QByteArray::number(shard) + ", " + literal(request.placement.value(shard));
                   });
    sql += inserts("tenant_pin (tenant, logical_shard)", request.pins.size(), [&request](std::size_t i) -> QByteArray {
        return literal(request.pins[i].tenant) + ", " + QByteArray::number(request.pins[i].logicalShard);
    });
    sql += inserts("sharded_table (table_schema, table_name, kind, shard_key, colocation_group)", request.tables.size(),
                   [&request](std::size_t i) -> QByteArray {
                       const ShardedTable &table = request.tables[i];
                       return literal(table.schema) + ", " + literal(table.name) + ", " + literal(wordOf(table.kind))
                           + ", " + optionalLiteral(table.shardKey) + ", " + optionalLiteral(table.colocationGroup);
                   });
    return sql + routeInserts(request.routing);
}

} // namespace shardhelm::cluster
