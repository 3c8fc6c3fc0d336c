// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/targets.h"

#include "pg/conninfo.h"

#include <QMap>

namespace shardhelm::monitor {

QString directoryName()
{
    return QStringLiteral("directory");
}

QString directoryConninfo(const cluster::ClusterFile &file)
{
    if (file.directoryService.isEmpty())
        return file.directoryConninfo;
    pg::Conninfo conninfo;
    conninfo.set(QStringLiteral("service"), file.directoryService);
    return conninfo.toString();
}

std::vector<Target> targets(const cluster::ClusterFile &file, const cluster::ShardMap *map)
{
    std::vector<Target> result;
    if (map) {
        QMap<QString, int> placed;
        for (const cluster::LogicalShard &shard : map->shards)
            ++placed[shard.instance];
        for (const cluster::Instance &instance : map->instances) {
            if (instance.state == cluster::InstanceState::Retired)
                continue;
            const int shards = placed.value(instance.name);
            result.push_back({instance.name, instance.name, Role::Primary, instance.conninfo, instance.zone, shards});
            int number = 0;
            for (const QString &conninfo : instance.replicaConninfos) {
                const QString name = QStringLiteral("%1/%2").arg(instance.name, QString::number(++number));
                result.push_back({name, instance.name, Role::Replica, conninfo, instance.zone, shards});
            }
        }
    }
    result.push_back({directoryName(), directoryName(), Role::Directory, directoryConninfo(file), {}, 0});
    return result;
}

} // namespace shardhelm::monitor
