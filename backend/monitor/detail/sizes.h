// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/detail/asker.h"
#include "monitor/shardsizes.h"

#include <QDateTime>
#include <QString>

#include <optional>
#include <vector>

namespace shardhelm::pg {
class PasswordSource;
}

namespace shardhelm::monitor::detail {

/// A table or materialized view; partitions each on their own.
struct TableSize
{
    QString schema;
    QString name;
    QString partitionOf; ///< empty: no partition
    qint64 totalBytes = 0; ///< with indexes and TOAST
    qint64 heapBytes = 0;
    qint64 indexBytes = 0;
    qint64 toastBytes = 0;
    std::optional<qint64> rows; ///< estimated live ones; unset: never analysed
    qint64 dead = 0;
    qint64 changed = 0; ///< since the last analyse
    qint64 seqScans = 0;
    std::optional<qint64> indexScans; ///< unset: it has no index
    std::optional<double> vacuumAgeSeconds; ///< unset: never
    std::optional<double> analyzeAgeSeconds;
    std::optional<qint64> xidAge;

    bool operator==(const TableSize &) const = default;
    /// Share of dead rows of all; unset without any row.
    [[nodiscard]] std::optional<double> deadRatio() const;
};

struct IndexSize
{
    QString schema;
    QString table;
    QString name;
    qint64 bytes = 0;
    qint64 scans = 0;
    bool unique = false;
    bool primary = false;
    bool valid = true;
    bool constraint = false; ///< a constraint rests on it
    bool identity = false; ///< it is the table's replica identity
    QString definition;

    bool operator==(const IndexSize &) const = default;
    /// Never scanned, and nothing else rests on it.
    [[nodiscard]] bool isUnused() const { return scans == 0 && !unique && !primary && !constraint && !identity; }
};

/// Room taken in one database, table by table.
struct Sizes
{
    std::vector<TableSize> tables; ///< largest first
    std::vector<IndexSize> indexes; ///< largest first
    QDateTime countedSince; ///< when the database's statistics were reset; invalid: unknown, or never
};

/// Blocking; `asker` should not be the monitor's: file sizes of many relations take their time.
Result<Sizes> readSizes(Asker &asker, const Target &target, const Wait &wait);

/// Room of one logical shard of an instance.
struct ShardRoom
{
    int shard = 0;
    std::optional<ShardSize> size;
    int tables = 0; ///< schema layout: tables in its schema

    bool operator==(const ShardRoom &) const = default;
};

/// In schema layout the logical shards of `instance` and their sizes are in `sizes` already: the sum of each schema.
std::vector<ShardRoom> shardRooms(const Sizes &sizes, const cluster::ShardMap &map, const QString &instance);

/// `map` with nothing but `instance` and its logical shards: what shardSizes() measures then.
cluster::ShardMap onlyInstance(const cluster::ShardMap &map, const QString &instance);

/// Everything of the tab "Sizes".
struct InstanceSizes
{
    Sizes sizes;
    std::vector<ShardRoom> rooms; ///< by logical shard
    bool estimated = false; ///< row layout: rooms are shares of sampled rows
    std::optional<Error> unsplit; ///< row layout: why rooms are unknown
};

/// Sizes of a server and of the logical shards of its instance; in row layout their tables are sampled by predicates
/// that the directory makes. Blocking.
Result<InstanceSizes> readInstanceSizes(Asker &asker, const cluster::ClusterFile &file, const cluster::ShardMap &map,
                                        const Target &target, pg::PasswordSource *passwords, const Wait &wait);

} // namespace shardhelm::monitor::detail
