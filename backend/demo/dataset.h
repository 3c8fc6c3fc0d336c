// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/types.h"
#include "core/result.h"
#include "core/wait.h"
#include "pg/connection.h"

#include <QByteArray>
#include <QDate>
#include <QString>

#include <vector>

/// The demo's multi-tenant data: the same tables, and for the same options the same rows, wherever it is made.
namespace shardhelm::demo {

/// What the generated data looks like. Equal options give equal rows.
struct DatasetOptions
{
    int tenants = 200; ///< numbered from 1
    double scale = 1; ///< about 800 rows per tenant and unit of scale
    quint64 seed = 1;
    QDate newest = QDate::currentDate(); ///< no generated time stamp is later than the start of this day in UTC

    bool operator==(const DatasetOptions &) const = default;
};

/// How many rows of each kind a tenant gets; its order items follow from its orders.
struct TenantSize
{
    qint64 id = 0;
    int users = 0;
    int projects = 0;
    int orders = 0;
    int events = 0;

    bool operator==(const TenantSize &) const = default;
};

/// A tenant and the logical shard it routes to.
struct PlacedTenant
{
    TenantSize size;
    int shard = 0;
};

/// Schema of the reference tables in both layouts, and of the sharded tables in rows layout.
inline QString sharedSchema()
{
    return QStringLiteral("app");
}

/// The tenant that holds about 18 % of all rows.
qint64 whaleTenant(int tenants);
/// Sizes by id: log-normal, one whale.
std::vector<TenantSize> tenantSizes(const DatasetOptions &options);
/// The registry rows of the demo's tables.
std::vector<cluster::ShardedTable> datasetTables(cluster::Layout layout);
/// Schema that holds the sharded tables of logical shard `id` under `map`.
QString tableSchema(const cluster::ShardMap &map, int id);

/// Sizes with the logical shard of each tenant: its pin, else what the routing expression gives, in one query on
/// `directory`. RoutingBad when that is no logical shard.
Result<std::vector<PlacedTenant>> placeTenants(pg::Connection &directory, const cluster::ShardMap &map,
                                               const DatasetOptions &options, const Wait &wait);

/// Makes reference tables, the sharded tables of every logical shard that `map` puts on `instance`, and their rows,
/// in one transaction. Fails on a database that has the schemas already. Blocking: for worker threads.
Result<void> createDataset(pg::Connection &connection, const QString &instance, const cluster::ShardMap &map,
                           const std::vector<PlacedTenant> &tenants, const DatasetOptions &options, const Wait &wait);

/// The empty sharded tables in `schema` (created unless it is the shared schema), e.g. on the target of a move. Runs
/// inside the caller's transaction.
Result<void> createTables(pg::Connection &connection, const QString &schema, const Wait &wait);
/// Indexes, unique and foreign keys and views of the tables in `schema`. Runs inside the caller's transaction.
Result<void> addConstraints(pg::Connection &connection, const QString &schema, const Wait &wait);

} // namespace shardhelm::demo
