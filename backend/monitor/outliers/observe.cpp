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

/// Keeps the larger of two values.
void raise(Observation &observation, Metric metric, const ServerSample &server)
{
    const auto value = figure(server, figureOf(metric)).value;
    if (value && *value >= observation.value(metric).value_or(0))
        observation.set(metric, *value);
}

Observation observationOf(const ServerSample &server)
{
    Observation one;
    one.instance = server.instance;
    one.down = server.state == State::Down;
    if (!answers(server))
        return one;
    for (const MetricRule &rule : defaultRules())
        one.values[size_t(rule.metric)] = figure(server, figureOf(rule.metric)).value;
    if (auto &miss = one.values[size_t(Metric::CacheMissShare)]) {
        const bool busy = server.blocksReadPerSecond.value.value_or(0) >= busyBlocksPerSecond;
        miss = busy ? 1 - *miss : 0;
    }
    one.p99Source = server.p99Source;
    if (server.blocker)
        one.blockerPid = server.blocker->pid;
    return one;
}

/// The lag that the replicas themselves show, and which of them is the last.
void takeReplicas(const FleetSample &fleet, Observation &observation)
{
    double furthest = 0;
    for (const ServerSample &server : fleet.servers) {
        if (server.role != Role::Replica || server.instance != observation.instance || !answers(server))
            continue;
        raise(observation, Metric::LagBytes, server);
        raise(observation, Metric::LagSeconds, server);
        if (server.lagSeconds.value.value_or(0) > furthest) {
            furthest = *server.lagSeconds.value;
            observation.laggingReplica = server.name;
        }
    }
}

} // namespace

monitor::Metric figureOf(Metric metric)
{
    switch (metric) {
    case Metric::P99Ms:
        return monitor::Metric::P99;
    case Metric::BlockedSessions:
        return monitor::Metric::Blocked;
    case Metric::LongestTransactionSeconds:
        return monitor::Metric::LongestTransaction;
    case Metric::LongestStatementSeconds:
        return monitor::Metric::LongestStatement;
    case Metric::IdleInTransactionSeconds:
        return monitor::Metric::LongestIdleInTransaction;
    case Metric::ActiveSessions:
        return monitor::Metric::ActiveConnections;
    case Metric::ConnectionShare:
        return monitor::Metric::ConnectionRatio;
    case Metric::CacheMissShare:
        return monitor::Metric::CacheHit;
    case Metric::ErrorsPerSecond:
        return monitor::Metric::Errors;
    case Metric::DeadlocksPerSecond:
        return monitor::Metric::Deadlocks;
    case Metric::TempBytesPerSecond:
        return monitor::Metric::TempBytes;
    case Metric::LagBytes:
        return monitor::Metric::LagBytes;
    case Metric::LagSeconds:
        return monitor::Metric::LagSeconds;
    case Metric::RetainedWalBytes:
        return monitor::Metric::RetainedWal;
    case Metric::CpuShare:
        return monitor::Metric::Cpu;
    case Metric::DiskShare:
        return monitor::Metric::DiskUsedRatio;
    case Metric::TransactionIdAge:
        return monitor::Metric::TransactionIdAge;
    case Metric::Count:
        break;
    }
    return monitor::Metric::Count;
}

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
        load.sizeBytes = figure(server, monitor::Metric::Size).value;
        load.writesPerSecond = figure(server, monitor::Metric::Writes).value;
        load.transactionsPerSecond = figure(server, monitor::Metric::Transactions).value;
        load.connections = figure(server, monitor::Metric::Connections).value;
        if (const auto known = tenants.constFind(server.instance); known != tenants.cend())
            load.tenants = *known;
        loads.push_back(load);
    }
    return loads;
}

} // namespace shardhelm::monitor::outliers
