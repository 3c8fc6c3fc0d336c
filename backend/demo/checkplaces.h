// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/directory.h"
#include "demo/ledger.h"

#include <QHash>
#include <QSet>

#include <map>
#include <set>
#include <vector>

/// Where the demo's rows are, and where they ought to be.
namespace shardhelm::demo {

/// The sharded tables of the demo, with the columns that tell one of a tenant's rows from another.
struct TableShape
{
    const char *name;
    const char *key; ///< SQL over the columns
};
inline constexpr std::array<TableShape, 5> tableShapes = {{
    {"users", "id"},
    {"projects", "id"},
    {"orders", "id"},
    {"order_items", "order_id || '/' || line"},
    {"audit_events", "id"},
}};

/// One set of the demo's tables found on an instance.
struct Copy
{
    QString instance;
    QString schema;
    int shard = -1; ///< whose schema it is in schema layout; -1 in rows layout
    QStringList tables; ///< those of tableShapes that are there
};

/// What a tenant's rows in a copy are.
enum class Standing {
    Right, ///< the copy belongs to the owner of the tenant's logical shard
    Accounted, ///< a second copy that the journal of moves knows
    Misplaced,
};

/// A session on every instance inside a read-only transaction, all snapshots taken under one map epoch.
class CheckSnapshot
{
public:
    /// Starts over while the map changes meanwhile, a few times (then MapChanged). An instance that cannot be reached
    /// is left out and listed.
    static Result<CheckSnapshot> take(const cluster::ClusterFile &file, pg::PasswordSource *passwords,
                                      const Wait &wait);

    [[nodiscard]] const cluster::ShardMap &map() const { return m_map; }
    [[nodiscard]] const QStringList &unreachable() const { return m_unreachable; }
    [[nodiscard]] pg::Connection &connection(const QString &instance) { return m_connections.at(instance); }
    /// Every copy on every instance that was reached, owners' and others.
    Result<std::vector<Copy>> copies(const Wait &wait);
    /// Finds out where tenants route to, by the predicates that moves use, or by asking the directory where a routing
    /// has none.
    Result<void> locate(const std::vector<qint64> &tenants, const Wait &wait);

    /// Logical shard of a tenant that was located, -1 when it routes nowhere.
    [[nodiscard]] int shardOf(qint64 tenant) const { return m_shards.value(tenant, -1); }
    /// Instance that owns a logical shard; empty for -1.
    [[nodiscard]] QString ownerOf(int shard) const;
    [[nodiscard]] Standing standing(const Copy &copy, qint64 tenant) const;

private:
    explicit CheckSnapshot(cluster::Directory directory);
    /// Reads the map and opens snapshots; false when the map has changed meanwhile.
    Result<bool> tryTake(pg::PasswordSource *passwords, const Wait &wait);
    Result<void> readJournal(const Wait &wait);
    Result<void> locateByPredicate(const QByteArray &routing, const std::vector<qint64> &tenants, const Wait &wait);
    Result<QByteArray> routingByPredicates(const Wait &wait);

    cluster::Directory m_directory;
    cluster::ShardMap m_map;
    std::map<QString, pg::Connection> m_connections;
    QStringList m_unreachable;
    QHash<qint64, int> m_shards;
    std::set<std::pair<int, QString>> m_accountedShards; ///< logical shard, instance
    std::set<std::pair<QString, QString>> m_accountedTenants; ///< tenant, instance
};

} // namespace shardhelm::demo
