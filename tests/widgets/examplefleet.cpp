// SPDX-License-Identifier: GPL-3.0-or-later
#include "examplefleet.h"

#include "monitor/verdicts.h"

#include <cmath>

namespace shardhelm::test {

namespace {

/// Noise that is the same in every run.
double noise(int seed, qint64 serial)
{
    const double x = std::sin(seed * 12.9898 + static_cast<double>(serial) * 78.233) * 43758.5453;
    return x - std::floor(x);
}

QString nameOf(int number)
{
    return QStringLiteral("pg-%1").arg(number, 2, 10, QLatin1Char('0'));
}

monitor::ServerSample instance(int number, qint64 serial, const QDateTime &at)
{
    monitor::ServerSample s;
    s.name = s.instance = nameOf(number);
    s.role = monitor::Role::Primary;
    s.state = monitor::State::Healthy;
    s.sampledAt = at;
    s.roundTripMs = 1.2 + noise(number, serial);
    s.version = QStringLiteral("15.20");
    s.zone = number % 2 == 0 ? QStringLiteral("eu-west-1a") : QStringLiteral("eu-west-1b");
    s.host = QStringLiteral("10.4.1.%1:5432").arg(number);
    s.connections.value = 36 + number % 20;
    s.activeConnections.value = 4 + number % 5;
    s.maxConnections.value = 200;
    s.sizeBytes.value = static_cast<qint64>((1.1 + 0.3 * noise(number, 1)) * 1024.0 * 1024 * 1024 * 1024);
    s.lagBytes.value = 1024 * 200;
    s.lagSeconds.value = 0.2;
    s.transactionsPerSecond.value = 1400 + 200 * noise(number + 50, serial);
    s.writesPerSecond.value = 1500 + 300 * noise(number + 90, serial);
    s.cacheHitRatio.value = 0.987 + 0.01 * noise(number, 2);
    s.blockedSessions.value = 0;
    s.longestTransactionSeconds.value = 0.4 + 2 * noise(number + 3, serial);
    s.p99Ms.value = 30 + 20 * noise(number, 3) + 6 * noise(number, serial);
    s.p99Source = QStringLiteral("estimate");
    s.p99WindowSeconds = 10;
    s.windowSeconds = 10;
    s.logicalShards = 4;
    return s;
}

} // namespace

monitor::FleetSample exampleSample(int instances, qint64 serial, const QDateTime &at, bool incident)
{
    monitor::FleetSample sample;
    sample.serial = serial;
    sample.at = at;
    sample.durationMs = 41;
    sample.mapEpoch = 2411;
    const int slow = std::min(17, instances);
    for (int number = 1; number <= instances; ++number) {
        monitor::ServerSample s = instance(number, serial, at);
        monitor::ServerSample replica = s;
        replica.name = s.name % QStringLiteral("/1");
        replica.role = monitor::Role::Replica;
        replica.lastAppliedAgeSeconds.value = 0.3;
        replica.logicalShards = 0;
        const bool late = incident && at.msecsTo(QDateTime::currentDateTimeUtc()) < 194000;
        if (incident && number == slow && late) {
            s.state = monitor::State::Healthy;
            s.p99Ms.value = 1560 + 60 * noise(1, serial);
            s.blockedSessions.value = 7;
            s.connections.value = 184;
            s.transactionsPerSecond.value = 212;
            s.longestTransactionSeconds.value =
                static_cast<double>(at.msecsTo(QDateTime::currentDateTimeUtc())) / -1000 + 194;
        }
        if (incident && number == 9)
            s.p99Ms.value = 91 + 8 * noise(2, serial);
        if (incident && number == 5) {
            replica.lagBytes.value = 318LL * 1024 * 1024;
            replica.lagSeconds.value = 42;
        }
        if (incident && number == 3 && late) {
            s.state = monitor::State::Down;
            s.sampledAt = QDateTime::currentDateTimeUtc().addSecs(-194);
            s.reason = Error{ErrorCode::ConnectionRefused, s.name, s.host, {}, 0, DbError{}};
            s.reason->db->message =
                QStringLiteral("connection to server at \"10.4.1.3\", port 5432 failed: Connection refused");
        }
        if (incident && number == 12) {
            replica.state = monitor::State::Stale;
            replica.sampledAt = at.addSecs(-14);
        }
        if (incident && number == 2) {
            s.p99Ms = {std::nullopt, true};
            s.p99Source.clear();
            s.blockedSessions = {std::nullopt, true};
            s.longestTransactionSeconds = {std::nullopt, true};
        }
        sample.servers.push_back(s);
        sample.servers.push_back(replica);
    }
    monitor::ServerSample directory = instance(60, serial, at);
    directory.name = directory.instance = QStringLiteral("directory");
    directory.role = monitor::Role::Directory;
    directory.zone.clear();
    directory.sizeBytes.value = 14 * 1024 * 1024;
    directory.lagBytes = {};
    directory.lagSeconds = {};
    directory.logicalShards = 0;
    sample.servers.push_back(directory);
    monitor::judgeOnce(sample, {});
    return sample;
}

cluster::ShardMap exampleMap(int instances, int shards)
{
    cluster::ShardMap map;
    map.clusterName = QStringLiteral("orders-eu");
    map.logicalShards = shards;
    map.schemaPattern = QStringLiteral("ls_%04d");
    map.keyType = QStringLiteral("bigint");
    map.mapEpoch = 2411;
    for (int number = 1; number <= instances; ++number) {
        cluster::Instance instance;
        instance.name = nameOf(number);
        instance.conninfo = QStringLiteral("host=10.4.1.%1 dbname=shop user=console password=secret").arg(number);
        instance.replicaConninfos = {QStringLiteral("host=10.4.2.%1 dbname=shop user=console").arg(number)};
        map.instances.push_back(instance);
    }
    for (int id = 0; id < shards; ++id)
        map.shards.push_back({id, nameOf(id % instances + 1), 3 + id, cluster::ShardState::Active, {}});
    map.pins.push_back({QStringLiteral("4711"), 5, 8, QStringLiteral("active")});
    return map;
}

cluster::ClusterFile exampleFile()
{
    cluster::ClusterFile file;
    file.path = QStringLiteral("/etc/shardhelm/orders-eu.toml");
    file.name = QStringLiteral("orders-eu");
    file.environment = cluster::Environment::Production;
    file.directoryConninfo = QStringLiteral("host=dir dbname=shards user=console");
    return file;
}

void feed(ClusterSession &session, int instances, int samples, bool incident)
{
    session.receiveFile(exampleFile());
    session.receiveMap(exampleMap(instances, instances * 4));
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (int i = 0; i < samples; ++i)
        session.receiveSample(exampleSample(instances, i + 1, now.addMSecs(-2000LL * (samples - 1 - i)), incident));
}

} // namespace shardhelm::test
