// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "monitor/counters.h"
#include "monitor/lag.h"
#include "monitor/latency.h"
#include "pg/rows.h"

#include <QString>

#include <optional>

/// The answers of a sample's statements (resources/sql/monitor) as values.
namespace shardhelm::monitor {

/// facts.sql
struct Facts
{
    bool inRecovery = false;
    QString version; ///< "15.20"
    int maxConnections = 0;
    bool seesAll = false; ///< our role may see the sessions of others
    Counters counters;
    std::optional<qint64> written; ///< WAL position of a primary
    ReplicaPosition replica;
    std::optional<double> lastAppliedAge; ///< seconds
    bool receiving = false; ///< a replica's WAL receiver runs
};
Result<Facts> readFacts(const pg::Rows &rows);

/// activity.sql
struct Activity
{
    int connections = 0;
    int active = 0;
    int blocked = 0;
    double longestTransaction = 0; ///< seconds, 0: none is open
};
Result<Activity> readActivity(const pg::Rows &rows);

/// senders.sql
std::vector<Sender> readSenders(const pg::Rows &rows);

/// statements.sql
StatementReading readStatements(const pg::Rows &rows);

/// own_statements.sql
QSet<QByteArray> readOwnStatements(const pg::Rows &rows);

} // namespace shardhelm::monitor
