// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/comparison.h"

#include "cluster/fleet.h"

namespace shardhelm {

bool comparedOverReplicas(Metric metric)
{
    // What a primary says of its replicas, too, is compared where it happens.
    return metric == Metric::LagBytes || metric == Metric::LagSeconds
        || monitor::info(metric).servers == monitor::Has::Replicas;
}

QStringList comparedServers(const Fleet &fleet, Metric metric)
{
    const monitor::Role role = comparedOverReplicas(metric) ? monitor::Role::Replica : monitor::Role::Primary;
    QStringList names;
    for (const monitor::ServerSample &server : fleet.sample().servers) {
        if (server.role == role)
            names << server.name;
    }
    return names;
}

bool comparedByFactor(Metric metric)
{
    const monitor::Unit unit = monitor::info(metric).unit;
    return unit != monitor::Unit::Ratio && unit != monitor::Unit::Count && unit != monitor::Unit::Days;
}

bool lowerIsWorse(Metric metric)
{
    return monitor::info(metric).worse == monitor::Worse::Lower;
}

double axisSteps(Metric metric)
{
    const monitor::Unit unit = monitor::info(metric).unit;
    return unit == monitor::Unit::Bytes || unit == monitor::Unit::BytesPerSecond ? 1024 : 10;
}

} // namespace shardhelm
