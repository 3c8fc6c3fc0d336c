// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/types.h"
#include "core/error.h"

#include <QMap>
#include <QString>

#include <optional>
#include <vector>

namespace shardhelm::monitor::detail {

/// How often the most frequent keys occur in one table, by the planner's statistics.
struct KeyFrequencies
{
    QString schema;
    QString table;
    bool permitted = true; ///< false: the role may not read the key column
    bool analysed = false; ///< false: there are no statistics
    std::optional<double> rows; ///< estimated; unset: never analysed
    QMap<QString, double> common; ///< share of the table's rows by key; empty when no key stands out

    bool operator==(const KeyFrequencies &) const = default;
};

/// One tenant that the statistics or the sampled statements name.
struct Tenant
{
    QString key; ///< text of the shard key
    std::optional<int> shard; ///< unset: unknown, because keys cannot be routed
    bool pinned = false;
    double rows = 0; ///< estimated, over all sharded tables
    int tables = 0; ///< in which it is among the frequent keys
    double instanceShare = 0; ///< of the rows of all sharded tables here
    std::optional<double> shardShare; ///< of the rows of its logical shard; estimated in row layout
    int samples = 0; ///< sampled statements that name it

    bool operator==(const Tenant &) const = default;
    /// Whether it has at least a quarter of its shard, and enough of the instance to matter.
    [[nodiscard]] bool isWhale() const { return shardShare && *shardShare >= 0.25 && instanceShare >= 0.02; }
};

/// Load of one logical shard.
struct ShardLoad
{
    int shard = 0;
    std::optional<double> rows; ///< estimated, of its sharded tables
    std::optional<double> readPerSecond; ///< schema layout: rows
    std::optional<double> writtenPerSecond;
    std::optional<int> samples; ///< sampled statements whose key routes to it; unset: no key is visible
    QString largest; ///< its largest known tenant; empty: unknown
    std::optional<double> largestShare;

    bool operator==(const ShardLoad &) const = default;
};

/// Tenants and logical shards of one instance.
struct TenantReport
{
    std::vector<Tenant> tenants; ///< most rows first
    std::vector<ShardLoad> shards; ///< by number
    double rows = 0; ///< estimated, of all sharded tables here
    int tables = 0; ///< sharded tables here
    int notAnalysed = 0;
    int notPermitted = 0;
    int samples = 0; ///< statements sampled
    int visible = 0; ///< of them: the key stands in the text
    bool textsHidden = false; ///< the role may not see the statements of others
    double seconds = 0; ///< window of the rates and samples; 0: the second reading is still to come
    std::optional<Error> unrouted; ///< why keys could not be routed
};

/// Keys named by a statement's text: constants that `keyColumns` are compared with. Empty where a key is a parameter.
QStringList keysIn(const QString &statement, const QStringList &keyColumns);

/// Adds frequencies up to tenants and shards. `shardOf` gives the logical shards of keys in row layout (absent:
/// unknown); in schema layout the schema tells. In row layout rows of keys that are not among the frequent ones are
/// taken as spread evenly over the logical shards here. Pure.
TenantReport addedUp(const std::vector<KeyFrequencies> &frequencies, const cluster::ShardMap &map,
                     const QString &instance, const QMap<QString, int> &shardOf);

} // namespace shardhelm::monitor::detail
