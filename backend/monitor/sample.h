// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "monitor/health.h"

#include <QDateTime>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace shardhelm::monitor {

enum class Role { Unknown, Primary, Replica, Directory };
enum class State { Connecting, Healthy, Degraded, Stale, Down, Unknown };

/// A figure of a server: a value, unknown, or hidden from our role. Unknown is never zero.
template <typename T>
struct Figure
{
    std::optional<T> value;
    bool notPermitted = false;

    bool operator==(const Figure &) const = default;
};

/// What one sample of one server says. `instance` is the directory's name; replicas are "<instance>/<n>" with n from 1.
struct ServerSample
{
    QString name;
    QString instance; ///< the instance this server belongs to
    Role role = Role::Unknown;
    State state = State::Unknown;
    std::optional<Error> reason; ///< why Down or Degraded; nothing when Degraded by its alerts alone
    QDateTime sampledAt; ///< when the last good sample arrived; invalid when there was none
    std::optional<double> roundTripMs; ///< of that sample, client side
    QString version; ///< "15.20"
    QString zone;
    QString host; ///< the host that answered
    Figure<int> connections;
    Figure<int> activeConnections;
    Figure<int> maxConnections;
    Figure<qint64> sizeBytes; ///< of the database
    Figure<qint64>
        lagBytes; ///< replicas: written by the primary or received, not yet applied; primaries: worst replica
    Figure<double> lagSeconds; ///< replicas: seconds of data behind; primaries: worst replica
    Figure<double> lastAppliedAgeSeconds; ///< replicas: age of the last applied transaction
    Figure<double> transactionsPerSecond;
    Figure<double> writesPerSecond; ///< rows written
    Figure<double> cacheHitRatio; ///< 0 to 1 over the window
    Figure<double> blocksReadPerSecond; ///< not found in shared memory, over the window
    Figure<int> blockedSessions;
    Figure<double> longestTransactionSeconds;
    Figure<double> p99Ms;
    QString p99Source; ///< "estimate", "log", "histogram", or empty when unknown
    double p99WindowSeconds = 0; ///< the window of p99Ms: statements are read on a slower clock than the rest
    double windowSeconds = 0; ///< the window of the rates; 0: no earlier sample
    int logicalShards = 0; ///< placed on the instance
    QStringList warnings; ///< machine-readable facts: "not permitted: size_bytes"
    std::vector<Alert> alerts; ///< what the rules say (health.h), raised ones first

    bool operator==(const ServerSample &) const = default;
};

/// One cycle over the whole fleet.
struct FleetSample
{
    qint64 serial = 0;
    QDateTime at;
    double durationMs = 0;
    qint64 mapEpoch = 0;
    std::vector<ServerSample> servers; ///< instances by name, each followed by its replicas; the directory last

    bool operator==(const FleetSample &) const = default;
    [[nodiscard]] const ServerSample *server(const QString &name) const;
};

} // namespace shardhelm::monitor

Q_DECLARE_METATYPE(shardhelm::monitor::FleetSample)
