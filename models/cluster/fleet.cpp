// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/fleet.h"

#include <algorithm>

namespace shardhelm {

Fleet::Fleet(QObject *parent)
    : QObject(parent)
{
}

void Fleet::setFile(const cluster::ClusterFile &file)
{
    m_file = file;
    Q_EMIT clusterChanged();
}

void Fleet::setMap(const cluster::ShardMap &map)
{
    m_map = map;
    Q_EMIT clusterChanged();
}

void Fleet::addSample(const monitor::FleetSample &sample)
{
    const QString worstBefore = m_ranking.empty() ? QString() : m_ranking.front().server;
    m_sample = sample;
    m_ranking = rankFleet(sample);
    m_summary = summarize(sample, m_ranking);
    m_history.append(sample);
    if (m_ranking.empty())
        m_worstSince = {};
    else if (m_ranking.front().server != worstBefore)
        m_worstSince = sample.at;
    Q_EMIT sampled();
}

void Fleet::setAlerts(const std::vector<monitor::alerts::AlertState> &alerts)
{
    if (m_alerts == alerts)
        return;
    m_alerts = alerts;
    Q_EMIT alertsChanged();
}

void Fleet::jumpTo(const FleetHistory &history, const monitor::FleetSample &sample)
{
    m_history = history;
    // Who was worst before the jump says nothing about since when somebody is; the recording does.
    m_ranking.clear();
    addSample(sample);
    if (!m_ranking.empty() && m_ranking.front().since.isValid() && m_ranking.front().since < m_worstSince) {
        m_worstSince = m_ranking.front().since;
        Q_EMIT sampled();
    }
}

void Fleet::setMarkers(const std::vector<monitor::Marker> &markers)
{
    if (m_markers == markers)
        return;
    m_markers = markers;
    Q_EMIT markersChanged();
}

void Fleet::setSpan(std::chrono::seconds span)
{
    if (m_span == span)
        return;
    m_span = span;
    Q_EMIT spanChanged();
}

void Fleet::clear()
{
    m_file = {};
    m_map = {};
    m_sample = {};
    m_history.clear();
    m_summary = {};
    m_ranking.clear();
    m_worstSince = {};
    m_alerts.clear();
    Q_EMIT alertsChanged();
    m_markers.clear();
    Q_EMIT clusterChanged();
    Q_EMIT sampled();
    Q_EMIT markersChanged();
}

const monitor::ServerSample *Fleet::server(const QString &name) const
{
    const auto found = std::find_if(m_sample.servers.begin(), m_sample.servers.end(),
                                    [&](const monitor::ServerSample &server) { return server.name == name; });
    return found == m_sample.servers.end() ? nullptr : &*found;
}

Condition Fleet::condition(const QString &name) const
{
    const monitor::ServerSample *sample = server(name);
    return sample ? conditionOf(*sample, m_ranking) : Condition::Unknown;
}

const Rank *Fleet::rank(const QString &server) const
{
    const auto found =
        std::find_if(m_ranking.begin(), m_ranking.end(), [&](const Rank &rank) { return rank.server == server; });
    return found == m_ranking.end() ? nullptr : &*found;
}

std::vector<int> Fleet::shardsOf(const QString &instance) const
{
    std::vector<int> shards;
    for (const cluster::LogicalShard &shard : m_map.shards) {
        if (shard.instance == instance)
            shards.push_back(shard.id);
    }
    return shards;
}

} // namespace shardhelm
