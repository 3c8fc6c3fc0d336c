// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/recording/clusterfacts.h"

#include "pg/conninfo.h"

#include <QCborArray>

namespace shardhelm::monitor::recording {

namespace {

using namespace Qt::Literals;

constexpr int version = 1;

QCborArray instanceArray(const cluster::Instance &instance)
{
    QStringList replicas;
    for (const QString &conninfo : instance.replicaConninfos)
        replicas << pg::redacted(conninfo);
    const QCborValue capacity = instance.capacityBytes ? QCborValue(*instance.capacityBytes) : QCborValue();
    return {instance.name,
            pg::redacted(instance.conninfo),
            QCborArray::fromStringList(replicas),
            instance.zone,
            capacity,
            instance.weight,
            cluster::wordOf(instance.state),
            instance.dedicated};
}

cluster::Instance instanceOf(const QCborArray &array)
{
    cluster::Instance instance;
    instance.name = array.at(0).toString();
    instance.conninfo = array.at(1).toString();
    const QCborArray replicas = array.at(2).toArray();
    for (const QCborValue &conninfo : replicas)
        instance.replicaConninfos << conninfo.toString();
    instance.zone = array.at(3).toString();
    if (array.at(4).isInteger())
        instance.capacityBytes = array.at(4).toInteger();
    instance.weight = array.at(5).toDouble(1);
    instance.state =
        cluster::fromWord<cluster::InstanceState>(array.at(6).toString()).value_or(cluster::InstanceState::Active);
    instance.dedicated = array.at(7).toBool();
    return instance;
}

} // namespace

QString mapKind()
{
    return u"map"_s;
}

QString fileKind()
{
    return u"file"_s;
}

QCborMap mapFact(const cluster::ShardMap &map)
{
    QCborArray instances;
    for (const cluster::Instance &instance : map.instances)
        instances.append(instanceArray(instance));
    QCborArray shards;
    for (const cluster::LogicalShard &shard : map.shards)
        shards.append(QCborArray{shard.id, shard.instance, shard.epoch, cluster::wordOf(shard.state), shard.frozen});
    QCborArray pins;
    for (const cluster::TenantPin &pin : map.pins)
        pins.append(QCborArray{pin.tenant, pin.logicalShard, pin.epoch, pin.state});
    QCborArray tables;
    for (const cluster::ShardedTable &table : map.tables)
        tables.append(
            QCborArray{table.schema, table.name, cluster::wordOf(table.kind), table.shardKey, table.colocationGroup});
    return {{u"v"_s, version},
            {u"cluster"_s, map.clusterName},
            {u"layout"_s, cluster::wordOf(map.layout)},
            {u"logical_shards"_s, map.logicalShards},
            {u"schema_pattern"_s, map.schemaPattern},
            {u"key_type"_s, map.keyType},
            {u"routing_sql"_s, map.routingSql},
            {u"epoch"_s, map.mapEpoch},
            {u"ttl_seconds"_s, map.mapTtlSeconds},
            {u"foreign"_s, map.foreign},
            {u"instances"_s, instances},
            {u"shards"_s, shards},
            {u"pins"_s, pins},
            {u"tables"_s, tables}};
}

cluster::ShardMap mapOf(const QCborMap &fact)
{
    cluster::ShardMap map;
    if (fact.value("v"_L1).toInteger() != version)
        return map;
    map.clusterName = fact.value("cluster"_L1).toString();
    map.layout =
        cluster::fromWord<cluster::Layout>(fact.value("layout"_L1).toString()).value_or(cluster::Layout::Schema);
    map.logicalShards = static_cast<int>(fact.value("logical_shards"_L1).toInteger());
    map.schemaPattern = fact.value("schema_pattern"_L1).toString();
    map.keyType = fact.value("key_type"_L1).toString();
    map.routingSql = fact.value("routing_sql"_L1).toString();
    map.mapEpoch = fact.value("epoch"_L1).toInteger();
    map.mapTtlSeconds = static_cast<int>(fact.value("ttl_seconds"_L1).toInteger());
    map.foreign = fact.value("foreign"_L1).toBool();
    const auto each = [&fact](QLatin1StringView key, auto &&take) {
        const QCborArray array = fact.value(key).toArray();
        for (const QCborValue &value : array)
            take(value.toArray());
    };
    each("instances"_L1, [&map](const QCborArray &array) { map.instances.push_back(instanceOf(array)); });
    each("shards"_L1, [&map](const QCborArray &array) {
        map.shards.push_back(
            {static_cast<int>(array.at(0).toInteger()), array.at(1).toString(), array.at(2).toInteger(),
             cluster::fromWord<cluster::ShardState>(array.at(3).toString()).value_or(cluster::ShardState::Active),
             array.at(4).toString()});
    });
    each("pins"_L1, [&map](const QCborArray &array) {
        map.pins.push_back({array.at(0).toString(), static_cast<int>(array.at(1).toInteger()), array.at(2).toInteger(),
                            array.at(3).toString()});
    });
    each("tables"_L1, [&map](const QCborArray &array) {
        map.tables.push_back(
            {array.at(0).toString(), array.at(1).toString(),
             cluster::fromWord<cluster::TableKind>(array.at(2).toString()).value_or(cluster::TableKind::Local),
             array.at(3).toString(), array.at(4).toString()});
    });
    return map;
}

QCborMap fileFact(const cluster::ClusterFile &file)
{
    cluster::ClusterFile shown = file;
    shown.directoryConninfo = pg::redacted(shown.directoryConninfo);
    shown.directoryQueries.clear();
    shown.locate.clear();
    shown.routingLookup.clear();
    shown.workbench = {};
    shown.alertCommand.clear();
    shown.monitor.osCommand.clear();
    for (cluster::AlertOptions &options : shown.alertOptions)
        options.command.clear();
    return {{u"v"_s, version}, {u"toml"_s, cluster::clusterFileText(shown)}};
}

Result<cluster::ClusterFile> fileOf(const QCborMap &fact)
{
    auto file = cluster::parseClusterFile(fact.value("toml"_L1).toString().toUtf8(), {});
    if (!file)
        return fail(ErrorCode::RecordingDamaged, {}, file.error().found);
    // Whoever made the file is not whoever opens it.
    file->alertCommand.clear();
    file->monitor.osCommand.clear();
    for (cluster::AlertOptions &options : file->alertOptions)
        options.command.clear();
    file->path.clear();
    return file;
}

} // namespace shardhelm::monitor::recording
