// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/types.h"
#include "core/result.h"
#include "core/wait.h"
#include "pg/connection.h"
#include "pg/passwords.h"

#include <QMetaType>
#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

namespace shardhelm::cluster {

/// What `directory check` looks for. models/wording words each.
enum class FindingCode {
    InstanceUnreachable, ///< facts: none; `error` says why
    InstanceUnchecked, ///< reached, but a question failed: `error`; facts: more tables that may not be read
    InstanceReadOnly, ///< the connection ends at a server in recovery
    PoolerBetween, ///< a transaction pooler answers: session state is lost between transactions
    SessionPoolerBetween, ///< something between hands sessions on whole
    IdentityDiffers, ///< facts: part, expected, found
    InstanceDuplicate, ///< `other` is the same database
    ShardUnplaced, ///< the map has no row for it
    ShardMissing, ///< its owner has no schema for it
    ShardTwice, ///< a second instance has a schema for it; `other` is the owner
    TableMissing,
    TableDiffers, ///< `other` has it as most do; facts: "-line" that is there only, "+line" that is here only
    KeyColumnMissing, ///< facts: the column
    KeyNotInPrimaryKey, ///< facts: the column
    ReferenceDiffers, ///< `other` holds what most hold; facts: rows here, rows there
    RowsMisplaced, ///< count; facts: "key" or "key -> shard" of a few
    RowsNotChecked, ///< there is neither a predicate nor, in schema layout, a routing to check with; facts: what stands
                    ///< in its way
    NoPredicate, ///< row layout: shards cannot move; facts: what stands in its way
    FewShardsPerInstance, ///< facts: shards, instances, least
    FewVirtualNodes, ///< facts: nodes, least
    ManySchemas, ///< facts: schemas, most
    RangeNearEnd, ///< facts: greatest key, end
    AbsOfHash, ///< facts: the routing expression
};

/// Stop: something is wrong with data or map. Warn: it will go wrong. Info: said for the record, no difference.
enum class FindingSeverity { Stop, Warn, Info };

/// One thing that is not as it should be.
struct Finding
{
    FindingCode code = FindingCode::InstanceUnreachable;
    FindingSeverity severity = FindingSeverity::Stop;
    QString instance; ///< where, empty when it is about the directory
    QString other{}; ///< a second instance that takes part
    QString table{}; ///< schema.table, or the table's name when it is about every shard's
    int shard = -1; ///< logical shard, -1 when it is about none
    qint64 count = 0; ///< rows, or shards that share the finding beside `shard`
    QStringList facts{}; ///< see the code
    Error error{}; ///< InstanceUnreachable, InstanceUnchecked

    bool operator==(const Finding &) const = default;
};

/// Name of a code as JSON and CSV have it: "rows_misplaced".
QString findingName(FindingCode code);

/// The result of a check.
struct CheckReport
{
    std::vector<Finding> findings; ///< by severity, then code, instance, table, shard
    int instances = 0; ///< in the map, retired ones left out
    QStringList missed; ///< instances that could not be checked whole

    [[nodiscard]] bool complete() const { return missed.isEmpty(); }
    /// Whether anything was found beside instances that could not be asked.
    [[nodiscard]] bool hasDifferences() const;
};

struct CheckOptions
{
    Milliseconds perInstance{60'000}; ///< for everything asked of one instance
    bool contents = true; ///< also read tables: reference contents and rows in the wrong place
    pg::PasswordSource *passwords = nullptr;
};

/// Called as instances are finished, never at the same time twice, from the check's threads.
using CheckProgress = std::function<void(int done, int total, const QString &instance)>;

/// Compares the map with the instances. All of them are asked at once, each on a thread of its own and within its own
/// time; one that hangs delays nobody. Reads only. Fails when the directory itself does (or on a stop request).
///
/// Ratios held for unwise: fewer than 4 logical shards per active instance; fewer than 100 points of a ring for a
/// logical shard; more than 1,000 schemas on an instance; a range routing over numbers whose greatest key has passed
/// 90 % of the type's range, or lies further above the last bound than 90 % of the distance between the last two.
Result<CheckReport> checkCluster(pg::Connection &directory, const ShardMap &map, const CheckOptions &options,
                                 const CheckProgress &progress, const Wait &wait);

} // namespace shardhelm::cluster

Q_DECLARE_METATYPE(shardhelm::cluster::CheckReport)
