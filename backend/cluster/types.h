// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

/// The directory's rows as values (DIRECTORY.md names tables and columns).
namespace shardhelm::cluster {

enum class Environment { Development, Staging, Production };
enum class Layout { Schema, Rows };
enum class InstanceState { Active, Draining, Retired };
enum class ShardState { Active, Moving, Fenced };
enum class TableKind { Sharded, Reference, Local };

/// What an instance is recognised by; unset parts are unknown.
struct Identity
{
    QString systemIdentifier; ///< pg_control_system()
    qint64 databaseOid = 0;
    QString instanceId; ///< the database setting shardhelm.instance_id

    bool operator==(const Identity &) const = default;
};

struct Instance
{
    QString name;
    QString conninfo; ///< as the console reaches it
    QString peerConninfo; ///< as other instances reach it; empty: the same
    QString directConninfo; ///< past a connection pooler; empty: the same
    QStringList replicaConninfos;
    QString zone;
    std::optional<qint64> capacityBytes;
    double weight = 1;
    InstanceState state = InstanceState::Active;
    bool dedicated = false;
    Identity identity;

    bool operator==(const Instance &) const = default;
};

struct LogicalShard
{
    int id = 0;
    QString instance;
    qint64 epoch = 0;
    ShardState state = ShardState::Active;
    QString frozen; ///< why it must not move; empty: it may

    bool operator==(const LogicalShard &) const = default;
};

struct TenantPin
{
    QString tenant; ///< output text of the key cast to key_type
    int logicalShard = 0;
    qint64 epoch = 0;
    QString state;

    bool operator==(const TenantPin &) const = default;
};

struct ShardedTable
{
    QString schema; ///< in schema layout the template name: empty means "the shard's schema"
    QString name;
    TableKind kind = TableKind::Sharded;
    QString shardKey; ///< empty for reference and local tables
    QString colocationGroup;

    bool operator==(const ShardedTable &) const = default;
};

/// One consistent reading of the directory at one map epoch.
struct ShardMap
{
    QString clusterName;
    Layout layout = Layout::Schema;
    int logicalShards = 0;
    QString schemaPattern; ///< e.g. "ls_%04d", one %d conversion
    QString keyType; ///< e.g. "bigint"
    QString routingSql; ///< one placeholder $1; empty: keys are located by search
    qint64 mapEpoch = 0;
    int mapTtlSeconds = 30;
    bool foreign = false; ///< read through [directory.queries]
    std::vector<Instance> instances; ///< by name
    std::vector<LogicalShard> shards; ///< by id
    std::vector<TenantPin> pins; ///< by tenant
    std::vector<ShardedTable> tables;

    bool operator==(const ShardMap &) const = default;
    [[nodiscard]] const Instance *instance(const QString &name) const;
    [[nodiscard]] const LogicalShard *shard(int id) const;
    /// Schema that holds logical shard `id` in schema layout; empty in row layout or when the pattern is unfit.
    [[nodiscard]] QString schemaOf(int id) const;
};

/// Whether an instance may have this name: it stands in commands and errors beside ':', '=', '/', '@' and ',', and
/// "directory" is the directory's.
bool isInstanceName(const QString &name);
/// Whether `pattern` has exactly one conversion, %d or %01d to %09d, and gives names that
/// PostgreSQL keeps whole (at most 63 bytes).
bool isSchemaPattern(const QString &pattern);
/// The pattern with `id` in place of its conversion; empty when it is no pattern.
QString schemaName(const QString &pattern, int id);

/// The words of the directory's columns and of the cluster file.
QString wordOf(Environment value);
QString wordOf(Layout value);
QString wordOf(InstanceState value);
QString wordOf(ShardState value);
QString wordOf(TableKind value);
/// The value of a word, nullopt when it is none of them: `fromWord<Layout>(u"rows")`.
template <typename Enum>
std::optional<Enum> fromWord(QStringView word);
template <>
std::optional<Environment> fromWord<Environment>(QStringView word);
template <>
std::optional<Layout> fromWord<Layout>(QStringView word);
template <>
std::optional<InstanceState> fromWord<InstanceState>(QStringView word);
template <>
std::optional<ShardState> fromWord<ShardState>(QStringView word);
template <>
std::optional<TableKind> fromWord<TableKind>(QStringView word);

} // namespace shardhelm::cluster

Q_DECLARE_METATYPE(shardhelm::cluster::ShardMap)
