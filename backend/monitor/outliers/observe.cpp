// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/outliers/observe.h"

#include <algorithm>

namespace shardhelm::monitor::outliers {

namespace {

constexpr double busyBlocksPerSecond = 1000; // 8 MB/s; what a quiet server reads says nothing about its cache

bool answers(const ServerSample &server)
{
    return server.state == State::Healthy || server.state == State::Degraded;
}

template <typename T>
void take(Observation &observation, Metric metric, const Figure<T> &figure)
{
    if (figure.value)
        observation.set(metric, static_cast<double>(*figure.value));
}

/// Keeps the larger of two values.
template <typename T>
void raise(Observation &observation, Metric metric, const Figure<T> &figure)
{
    if (figure.value && static_cast<double>(*figure.value) >= observation.value(metric).value_or(0))
        take(observation, metric, figure);
}

Observation observationOf(const ServerSample &server)
{
    Observation one;
    one.instance = server.instance;
    one.down = server.state == State::Down;
    if (!answers(server))
        return one;
    take(one, Metric::P99Ms, server.p99Ms);
    one.p99Source = server.p99Source;
    take(one, Metric::BlockedSessions, server.blockedSessions);
    take(one, Metric::LongestTransactionSeconds, server.longestTransactionSeconds);
    take(one, Metric::ActiveSessions, server.activeConnections);
    if (server.connections.value && server.maxConnections.value.value_or(0) > 0)
        one.set(Metric::ConnectionShare, double(*server.connections.value) / *server.maxConnections.value);
    if (server.cacheHitRatio.value) {
        const bool busy = server.blocksReadPerSecond.value.value_or(0) >= busyBlocksPerSecond;
        one.set(Metric::CacheMissShare, busy ? 1 - *server.cacheHitRatio.value : 0);
    }
    take(one, Metric::LagBytes, server.lagBytes);
    take(one, Metric::LagSeconds, server.lagSeconds);
    return one;
}

std::optional<double> widened(const Figure<qint64> &figure)
{
    return figure.value ? std::optional(double(*figure.value)) : std::nullopt;
}

/// The lag that the replicas themselves show, and which of them is the last.
void takeReplicas(const FleetSample &fleet, Observation &observation)
{
    double furthest = 0;
    for (const ServerSample &server : fleet.servers) {
        if (server.role != Role::Replica || server.instance != observation.instance || !answers(server))
            continue;
        raise(observation, Metric::LagBytes, server.lagBytes);
        raise(observation, Metric::LagSeconds, server.lagSeconds);
        if (server.lagSeconds.value.value_or(0) > furthest) {
            furthest = *server.lagSeconds.value;
            observation.laggingReplica = server.name;
        }
    }
}

} // namespace

FleetObservation observe(const FleetSample &fleet)
{
    FleetObservation result;
    for (const ServerSample &server : fleet.servers) {
        // A replica that was promoted is not yet the instance.
        if (server.role == Role::Directory || server.role == Role::Replica || server.name != server.instance)
            continue;
        result.instances.push_back(observationOf(server));
        if (!result.instances.back().down)
            takeReplicas(fleet, result.instances.back());
    }
    return result;
}

std::vector<InstanceLoad> loadsOf(const FleetSample &fleet, const QHash<QString, qint64> &tenants)
{
    std::vector<InstanceLoad> loads;
    for (const ServerSample &server : fleet.servers) {
        if (server.role != Role::Primary || server.name != server.instance)
            continue;
        InstanceLoad load;
        load.instance = server.instance;
        load.sizeBytes = widened(server.sizeBytes);
        load.writesPerSecond = server.writesPerSecond.value;
        load.transactionsPerSecond = server.transactionsPerSecond.value;
        if (server.connections.value)
            load.connections = *server.connections.value;
        if (const auto known = tenants.constFind(server.instance); known != tenants.cend())
            load.tenants = *known;
        loads.push_back(load);
    }
    return loads;
}

} // namespace shardhelm::monitor::outliers
