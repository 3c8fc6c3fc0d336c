// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/check.h"
#include "cluster/identity.h"
#include "cluster/types.h"
#include "core/result.h"
#include "core/wait.h"
#include "pg/connection.h"

#include <QHash>
#include <QMap>
#include <QString>
#include <QStringList>

#include <map>
#include <optional>
#include <set>
#include <vector>

/// Inside of `directory check` and `directory adopt`: what one instance is asked.
namespace shardhelm::cluster {

/// A logical shard on the move and the two instances that may hold it meanwhile.
struct OpenMove
{
    int shard = 0;
    QString source;
    QString target;
};

/// What is asked, the same for every instance. Shared by the threads, never changed while they run.
struct ProbePlan
{
    const ShardMap *map = nullptr;
    CheckOptions options;
    std::vector<OpenMove> openMoves;
    /// Predicates of the logical shards over each shard key column (not quoted); empty when there are none.
    QMap<QString, QMap<int, QString>> predicates;
    /// Schema layout without predicates: the tables' keys are told instead, for the directory to route.
    bool tellKeys = false;
    std::optional<int> lastRange; ///< the shard of the open last range, when keys are numbers looked up by range

    /// Whether `instance` may hold logical shard `shard`: it is its owner or takes part in its move.
    [[nodiscard]] bool mayHold(const QString &instance, int shard) const;
};

/// A registered table as it should stand on an instance: once per logical shard, or once.
struct TablePlace
{
    size_t table = 0; ///< index in ShardMap::tables
    QString schema;
    int shard = -1;
};

/// What one table is like.
struct TableFacts
{
    TablePlace place;
    QString digest; ///< empty: it is not there
    bool hasKey = false;
    bool keyInPrimaryKey = false;
};

/// Contents of a reference table: equal for equal rows.
struct TableContents
{
    size_t table = 0;
    qint64 rows = 0;
    QString sum;
};

struct MisplacedRows
{
    TablePlace place;
    qint64 count = 0;
    QStringList keys; ///< a few; a null string is NULL
};

/// The keys of one table and how many rows each has.
struct TableKeys
{
    TablePlace place;
    QHash<QString, qint64> rowsOfKey;
    qint64 rowsWithoutKey = 0; ///< NULL
};

/// What one instance answered.
struct InstanceProbe
{
    QString instance;
    std::optional<Error> unreachable;
    std::vector<Finding> unchecked; ///< InstanceUnchecked, one per question that failed
    pg::Connection connection; ///< open when it was reached, for questions that come up in comparing
    DatabaseFacts facts;
    std::optional<FindingCode> pooler;
    std::set<int> shardSchemas; ///< logical shards whose schema is there (schema layout)
    int schemas = 0;
    std::vector<TableFacts> tables;
    std::vector<TableContents> contents;
    std::vector<MisplacedRows> misplaced;
    std::vector<TableKeys> keys; ///< when the plan asks for them
    QString greatestKey; ///< of the open last range, when it was asked for
};

/// Registered tables (local ones left out) that should stand on `instance`, given the shards whose schema is there.
std::vector<TablePlace> placesOn(const ShardMap &map, const QString &instance, const std::set<int> &shardSchemas);

/// Asks one instance everything, in read-only transactions. Blocking; for a thread of its own.
InstanceProbe probeInstance(const Instance &instance, const ProbePlan &plan, const Wait &wait);

/// Asks all of them at once, each on a thread of its own for at most the plan's time per instance.
std::vector<InstanceProbe> probeInstances(const std::vector<Instance> &instances, const ProbePlan &plan,
                                          const CheckProgress &progress, const Wait &wait);

/// Facts of tables, one row for each of `places`. Inside a transaction of the caller.
Result<std::vector<TableFacts>> readTableFacts(pg::Connection &connection, const ShardMap &map,
                                               const std::vector<TablePlace> &places, const Wait &wait);
/// The lines that the digest of a table is made of, "aspect line".
Result<QStringList> readTableLines(pg::Connection &connection, const QString &schema, const QString &table,
                                   const Wait &wait);
/// Which of the map's shard schemas are there; `schemas` receives the number of all schemas.
Result<std::set<int>> readShardSchemas(pg::Connection &connection, const ShardMap &map, int &schemas, const Wait &wait);

/// PoolerBetween or SessionPoolerBetween when the connection that `spec` gives is handed on by a pooler. Opens two
/// sessions of its own when the first look is not enough.
Result<std::optional<FindingCode>> findPooler(const pg::ConnectSpec &spec, pg::Connection &connection,
                                              const Wait &wait);

} // namespace shardhelm::cluster
