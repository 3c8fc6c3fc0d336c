// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "monitor/counters.h"
#include "monitor/lag.h"
#include "monitor/sample.h"
#include "pg/rows.h"

#include <QString>

#include <optional>
#include <utility>
#include <vector>

/// The answers of a sample's statements (resources/sql/monitor) as values.
namespace shardhelm::monitor {

/// server.sql
struct ServerFacts
{
    QString version; ///< "15.20"
    int versionNumber = 0;
    int maxConnections = 0;
    bool seesAll = false; ///< our role may see the sessions of others
    bool mayListWal = false;
    bool mayReadFiles = false;
    QString serverKey; ///< the same for all databases of one running server
    quint32 database = 0; ///< oid of ours
    QString clusterName;
    QString slotName;
    QString archiveMode; ///< "off", "on", "always"
    qint64 walSegmentBytes = 0;
};
Result<ServerFacts> readServerFacts(const pg::Rows &rows);

/// facts.sql
struct Facts
{
    bool inRecovery = false;
    Counters counters;
    ReplicaPosition replica; ///< without the names, which are in ServerFacts
    std::optional<double> lastAppliedAge; ///< seconds
    bool receiving = false; ///< a replica's WAL receiver runs
};
Result<Facts> readFacts(const pg::Rows &rows);

/// activity.sql
struct Activity
{
    int connections = 0;
    int autovacuumWorkers = 0;
    int active = 0;
    int idle = 0;
    int idleInTransaction = 0;
    int aborted = 0;
    int waiting = 0;
    int blocked = 0;
    double longestTransaction = 0; ///< seconds, 0: none is open; the next ones likewise
    double longestStatement = 0;
    double longestIdleInTransaction = 0;
    std::optional<double> longestBlocked;
    std::vector<WaitEvent> waitEvents;
    std::optional<Blocker> blocker;
    std::vector<Sender> senders;
};
Result<Activity> readActivity(const pg::Rows &rows);

/// Who is in the way of most: `edges` are blocked sessions, each with those it waits for. The one that itself waits for
/// nobody and that most wait for, directly or behind others; of a cycle its lowest number. Nothing without edges. Pure.
std::optional<Blocker> rootBlocker(const std::vector<std::pair<int, std::vector<int>>> &edges);

/// upkeep.sql
struct Upkeep
{
    std::optional<int> timeline;
    std::vector<Slot> slots; ///< most WAL retained first
    bool archiverFails = false;
    std::optional<double> lastArchivedAge; ///< seconds
    std::optional<qint64> archiveBacklogBytes;
    std::optional<qint64> transactionIdAge;
    std::optional<qint64> multixactAge;
    int prepared = 0;
    double oldestPrepared = 0; ///< seconds, 0: none
};
Result<Upkeep> readUpkeep(const pg::Rows &rows, qint64 walSegmentBytes);

/// WAL position after the end of a WAL file by its name ("000000010000000A000000FF", a suffix is ignored); nothing when
/// it is no such name. Pure.
std::optional<qint64> endOfWalFile(const QString &name, qint64 segmentBytes);

/// checkpoints.sql
struct CheckpointCounters
{
    double at = 0; ///< seconds since 1970, the server's clock
    qint64 checkpoints = 0;
    qint64 requested = 0;
    std::optional<double> statsReset;
};
Result<CheckpointCounters> readCheckpoints(const pg::Rows &rows);

} // namespace shardhelm::monitor
