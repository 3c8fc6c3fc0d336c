// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "monitor/sample.h"
#include "monitor/verdicts.h"

namespace shardhelm::test {

/// Samples of a made-up fleet, for recordings without servers.
class RecordedFleet
{
public:
    explicit RecordedFleet(int instances = 3, qint64 begin = 1700000000000, qint64 intervalMs = 5000)
        : m_instances(instances)
        , m_begin(begin)
        , m_interval(intervalMs)
    {
        file.name = QStringLiteral("made up");
        file.directoryConninfo = QStringLiteral("dbname=directory");
        file.monitor.interval = std::chrono::milliseconds(intervalMs);
    }

    [[nodiscard]] qint64 time(int step) const { return m_begin + step * m_interval; }
    [[nodiscard]] static QString name(int instance) { return QStringLiteral("i%1").arg(instance); }

    /// The sample number `step`: figures that differ by instance and step; i1 is down in [downFrom, downTo).
    [[nodiscard]] monitor::FleetSample sample(int step) const
    {
        monitor::FleetSample fleet;
        fleet.serial = step + 1;
        fleet.at = QDateTime::fromMSecsSinceEpoch(time(step) + 20, Qt::UTC);
        fleet.mapEpoch = 7;
        for (int i = 0; i < m_instances; ++i)
            fleet.servers.push_back(server(i, step));
        monitor::judgeOnce(fleet, file);
        return fleet;
    }

    [[nodiscard]] monitor::ServerSample server(int instance, int step) const
    {
        monitor::ServerSample server;
        server.name = name(instance);
        server.instance = server.name;
        server.role = monitor::Role::Primary;
        server.version = QStringLiteral("15.4");
        server.host = QStringLiteral("host%1").arg(instance);
        server.logicalShards = 4;
        server.maxConnections.value = 1000;
        server.p99Source = QStringLiteral("estimate");
        const bool down = instance == 1 && step >= downFrom && step < downTo;
        const int good = down ? downFrom - 1 : step;
        server.state = down ? monitor::State::Down : monitor::State::Healthy;
        if (down)
            server.reason = Error{ErrorCode::ConnectionRefused, server.name, {}, {}, 0, std::nullopt};
        server.sampledAt = QDateTime::fromMSecsSinceEpoch(time(good) + instance, Qt::UTC);
        server.connections.value = 10 + instance + good % 5;
        server.transactionsPerSecond.value = 100 + instance * 10 + good % 10;
        server.p99Ms.value = good == peakAt && instance == 2 ? 4096 : 32;
        server.p99Ms.lowMs = server.p99Ms.value;
        server.p99Ms.highMs = server.p99Ms.value;
        server.cacheHitRatio.value = good == peakAt && instance == 2 ? 0.5 : 0.75;
        server.sizeBytes.value = 1 << 20;
        server.lagBytes.notPermitted = true;
        server.windowSeconds = static_cast<double>(m_interval) / 1000;
        if (good >= alertFrom && instance == 0) {
            server.state = monitor::State::Degraded;
            server.blockedSessions.value = 6;
            server.blocker = monitor::Blocker{4711, 6};
            server.alerts = {{monitor::Rule::BlockedSessions, true, 6, 5, std::nullopt}};
            server.waitEvents = {{QStringLiteral("Lock"), QStringLiteral("transactionid"), 6}};
        } else {
            server.blockedSessions.value = 0;
        }
        return server;
    }

    int downFrom = 1000000;
    int downTo = 1000000;
    int peakAt = 1000000;
    int alertFrom = 1000000;
    cluster::ClusterFile file;

private:
    int m_instances;
    qint64 m_begin;
    qint64 m_interval;
};

} // namespace shardhelm::test
