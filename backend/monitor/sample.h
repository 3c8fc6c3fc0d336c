// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "monitor/health.h"
#include "monitor/latency/figures.h"
#include "monitor/verdict.h"

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

/// A latency: `value` where the source pins it down to a point, else only the bounds between which it lies.
struct LatencyFigure : Figure<double>
{
    std::optional<double> lowMs{}; ///< set whenever something is known, also beside a point
    std::optional<double> highMs{};

    bool operator==(const LatencyFigure &) const = default;
};

/// What sessions of the database wait for, by pg_stat_activity.
struct WaitEvent
{
    QString type; ///< "Lock", "IO", "LWLock" …
    QString event; ///< "transactionid", "DataFileRead" …
    int sessions = 0;

    bool operator==(const WaitEvent &) const = default;
};

/// The session that most others wait for, itself not waiting for a lock.
struct Blocker
{
    int pid = 0; ///< 0: a prepared transaction, which has no session
    int blocked = 0; ///< sessions that wait for it, directly or behind others

    bool operator==(const Blocker &) const = default;
};

/// A replication slot of the server.
struct Slot
{
    QString name;
    bool logical = false;
    bool active = false;
    std::optional<qint64> retainedBytes; ///< WAL kept for it; unset when it keeps none or the role may not see it
    QString walStatus; ///< "reserved", "extended", "unreserved", "lost"; empty when unknown

    bool operator==(const Slot &) const = default;
};

/// Whether WAL reaches the archive.
enum class Archiving {
    Unknown,
    Off, ///< archive_mode is off, or this is a replica that does not archive
    Working,
    Failing, ///< the last attempt failed
};

/// What one sample of one server says. `instance` is the directory's name; replicas are "<instance>/<n>" with n from 1.
/// Figures "of the database" are of the one we are connected to; all others span the server. Those read on a slower
/// clock are repeated until they are read again. metric.h lists all that are numbers.
struct ServerSample
{
    QString name;
    QString instance; ///< the instance this server belongs to
    Role role = Role::Unknown;
    State state = State::Unknown;
    std::optional<Error> reason; ///< why Down or Degraded; nothing when Degraded by its alerts alone
    QDateTime sampledAt; ///< when the last good sample arrived; invalid when there was none
    QString version; ///< "15.20"
    QString zone;
    QString host; ///< the host that answered
    QString serverKey; ///< the same for all databases of one running server; empty: unknown
    QDateTime startedAt; ///< of the server, by its clock; invalid: unknown
    Figure<int> timeline;
    int logicalShards = 0; ///< placed on the instance
    double windowSeconds = 0; ///< the window of the rates; 0: no earlier sample

    // The probe: the console's own round trips, client side.
    std::optional<double> roundTripMs; ///< of this sample
    Figure<double> probeP50Ms; ///< over the last minute
    Figure<double> probeP95Ms;
    Figure<double> probeP99Ms;
    Figure<double> clockSkewMs; ///< the server's clock less ours, give or take half a round trip

    // Sessions.
    Figure<int> connections; ///< to the server, of max_connections
    Figure<int> maxConnections;
    Figure<double> connectionsFullInSeconds; ///< at the present growth; unset while there is none
    Figure<int> activeConnections; ///< of the database, without our own; the next three too
    Figure<int> idleConnections;
    Figure<int> idleInTransactionConnections;
    Figure<int> abortedConnections; ///< idle in a transaction that has failed
    Figure<int> waitingSessions; ///< active ones that wait for anything but their client
    Figure<int> blockedSessions; ///< those that wait for a lock of another
    Figure<double> longestBlockedSeconds; ///< 0: none waits
    Figure<double> longestTransactionSeconds; ///< 0: none is open
    Figure<double> longestStatementSeconds; ///< 0: none runs
    Figure<double> longestIdleInTransactionSeconds; ///< since its last statement; 0: none is
    std::vector<WaitEvent> waitEvents; ///< most sessions first, at most eight
    std::optional<Blocker> blocker; ///< who is in the way of most; nothing while nobody waits
    Figure<int> autovacuumWorkers;

    // Work of the database, per second over windowSeconds; WAL is the server's.
    Figure<double> transactionsPerSecond; ///< committed and rolled back
    Figure<double> rollbacksPerSecond;
    Figure<double> errorsPerSecond; ///< messages of level ERROR and worse, where the log is read
    Figure<double> sessionsLostPerSecond; ///< ended by a fatal error, an operator, or a vanished client
    Figure<double> deadlocksPerSecond;
    Figure<double> conflictsPerSecond; ///< queries of a replica cancelled by recovery
    Figure<double> readsPerSecond; ///< rows returned by scans
    Figure<double> writesPerSecond; ///< rows written
    Figure<double> cacheHitRatio; ///< 0 to 1 over the window
    Figure<double> blocksReadPerSecond; ///< not found in shared memory, over the window
    Figure<double> tempBytesPerSecond;
    Figure<double> walBytesPerSecond; ///< primaries
    Figure<double> statementsPerSecond; ///< by pg_stat_statements, over p99WindowSeconds

    // Latency of the statements of the database, all from one source over one window.
    LatencyFigure p50Ms;
    LatencyFigure p95Ms;
    LatencyFigure p99Ms;
    LatencyFigure meanMs;
    QString p99Source; ///< "estimate", "log", "histogram", or empty when unknown
    double p99WindowSeconds = 0; ///< the window of the latencies: they are read on a slower clock than the rest
    latency::Scope latencyScope = latency::Scope::Statement; ///< what the durations span
    qint64 latencyCalls = 0; ///< statements in the window
    bool latencyIncomplete = false; ///< some statements of the window were lost to the source

    // Replication and WAL.
    Figure<qint64>
        lagBytes; ///< replicas: written by the primary or received, not yet applied; primaries: worst replica
    Figure<double> lagSeconds; ///< replicas: seconds of data behind; primaries: worst replica
    Figure<double> lastAppliedAgeSeconds; ///< replicas: age of the last applied transaction
    Figure<int> replicas; ///< streaming from this server
    std::vector<Slot> slots; ///< most WAL retained first
    Figure<int> inactiveSlots;
    Figure<qint64> retainedWalBytes; ///< kept for the slot that is furthest behind; 0 without slots
    Figure<qint64> walDirectoryBytes; ///< size of pg_wal
    Archiving archiving = Archiving::Unknown;
    Figure<double> lastArchivedAgeSeconds; ///< since the last file reached the archive
    Figure<qint64> archiveBacklogBytes; ///< written and not yet in the archive; the file being filled counts

    // Upkeep.
    Figure<double> checkpointsPerHour; ///< over the last ten minutes, as the next one
    Figure<double> requestedCheckpointsPerHour; ///< those not due to checkpoint_timeout: max_wal_size is small
    Figure<qint64> transactionIdAge; ///< of the oldest database of the server; it stops at 2^31
    Figure<qint64> multixactAge;
    Figure<int> preparedTransactions;
    Figure<double> oldestPreparedSeconds; ///< 0: none is prepared
    Figure<qint64> sizeBytes; ///< of the database
    Figure<double> sizeGrowthBytesPerSecond; ///< of the database, over the time that sizes were read

    // The machine, where the role may read /proc or the cluster file names a command.
    Figure<double> cpuRatio; ///< busy, of all processors, 0 to 1
    Figure<double> ioRatio; ///< of the time that the busiest disk was at work, 0 to 1
    Figure<double> loadAverage; ///< over one minute
    Figure<qint64> memoryAvailableBytes;
    Figure<qint64> diskFreeBytes; ///< of the volume with the data
    Figure<qint64> diskSizeBytes;
    Figure<double> daysUntilFull; ///< at the present growth; unset while there is none

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
    Verdict verdict; ///< who stands out and how (verdicts.h)

    bool operator==(const FleetSample &) const = default;
    [[nodiscard]] const ServerSample *server(const QString &name) const;
};

} // namespace shardhelm::monitor

Q_DECLARE_METATYPE(shardhelm::monitor::FleetSample)
