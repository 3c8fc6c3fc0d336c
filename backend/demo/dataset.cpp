// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/dataset.h"

#include "cluster/routing.h"
#include "core/sqltext.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

namespace shardhelm::demo {

namespace {

constexpr double whaleShare = 0.18;
constexpr double ordersPerTenant = 150;
constexpr double sigma = 1.1; // of the log-normal sizes: the largest ordinary tenant is about 15 times the median

/// Tenants of one set of tables as the array parameters of the fill statements.
struct Columns
{
    QByteArray ids, users, projects, orders, events;

    explicit Columns(const std::vector<TenantSize> &tenants)
    {
        const auto array = [&tenants](auto member) -> QByteArray {
            QByteArray text("{");
            for (const TenantSize &tenant : tenants) {
                if (text.size() > 1)
                    text += ',';
                text += QByteArray::number(static_cast<qlonglong>(tenant.*member));
            }
            return text + '}';
        };
        ids = array(&TenantSize::id);
        users = array(&TenantSize::users);
        projects = array(&TenantSize::projects);
        orders = array(&TenantSize::orders);
        events = array(&TenantSize::events);
    }
};

Result<void> setSearchPath(pg::Connection &connection, const QString &schema, const Wait &wait)
{
    const auto done = connection.run("SET LOCAL search_path TO " + pg::Connection::identifier(schema), wait);
    if (!done)
        return Failure(done.error());
    return {};
}

Result<void> runFile(pg::Connection &connection, const char *file, const Wait &wait)
{
    const auto done = connection.run(sqlText(file), wait);
    if (!done)
        return Failure(done.error());
    return {};
}

Result<void> fill(pg::Connection &connection, const std::vector<TenantSize> &tenants, const DatasetOptions &options,
                  const Wait &wait)
{
    const Columns c(tenants);
    const qint64 seed = static_cast<qint64>(options.seed >> 1);
    const QString newest = options.newest.toString(Qt::ISODate) + u" 00:00:00+00";
    const pg::Statement statements[] = {
        {sqlText("demo/fill_users"), pg::Params(c.ids, c.users, seed, newest)},
        {sqlText("demo/fill_projects"), pg::Params(c.ids, c.projects, c.users, seed, newest)},
        {sqlText("demo/fill_orders"), pg::Params(c.ids, c.orders, c.users, c.projects, seed, newest)},
        {sqlText("demo/fill_order_items"), pg::Params(c.ids, c.orders, seed)},
        {sqlText("demo/fill_audit_events"), pg::Params(c.ids, c.events, c.users, seed, newest)},
    };
    for (const pg::Statement &statement : statements) {
        if (const auto done = connection.query(statement.sql, statement.params, wait); !done)
            return Failure(done.error());
    }
    return runFile(connection, "demo/raise_sequences", wait);
}

Result<void> fillSchema(pg::Connection &connection, const QString &schema, const std::vector<TenantSize> &tenants,
                        const DatasetOptions &options, const Wait &wait)
{
    return createTables(connection, schema, wait)
        .and_then([&] { return fill(connection, tenants, options, wait); })
        .and_then([&] { return addConstraints(connection, schema, wait); });
}

Result<void> fillInstance(pg::Connection &connection, const QString &instance, const cluster::ShardMap &map,
                          const std::vector<PlacedTenant> &tenants, const DatasetOptions &options, const Wait &wait)
{
    if (const auto done = runFile(connection, "demo/reference", wait); !done)
        return done;
    const bool shared = map.layout == cluster::Layout::Rows;
    std::vector<TenantSize> members;
    for (const cluster::LogicalShard &shard : map.shards) {
        if (shard.instance != instance)
            continue;
        for (const PlacedTenant &tenant : tenants) {
            if (tenant.shard == shard.id)
                members.push_back(tenant.size);
        }
        if (shared)
            continue;
        if (const auto done = fillSchema(connection, map.schemaOf(shard.id), members, options, wait); !done)
            return done;
        members.clear();
    }
    return shared ? fillSchema(connection, sharedSchema(), members, options, wait) : Result<void>();
}

} // namespace

qint64 whaleTenant(int tenants)
{
    return std::min(tenants, 7);
}

std::vector<TenantSize> tenantSizes(const DatasetOptions &options)
{
    // Box-Muller by hand: the standard library's distributions differ between implementations.
    std::mt19937_64 random(options.seed);
    const auto uniform = [&random] { return (static_cast<double>(random() >> 11) + 0.5) / 9007199254740992.0; };
    const qint64 whale = whaleTenant(options.tenants);
    std::vector<double> weights;
    double sum = 0;
    for (int id = 1; id <= options.tenants; ++id) {
        const double normal = std::sqrt(-2 * std::log(uniform())) * std::cos(2 * std::numbers::pi * uniform());
        weights.push_back(id == whale ? 0 : std::exp(sigma * normal));
        sum += weights.back();
    }
    const double orders = ordersPerTenant * options.tenants * options.scale;
    std::vector<TenantSize> sizes;
    for (int id = 1; id <= options.tenants; ++id) {
        const double share = id == whale ? whaleShare : (1 - whaleShare) * weights[id - 1] / sum;
        const int own = std::max(3, static_cast<int>(std::lround(orders * share)));
        sizes.push_back({id, own / 3 + 1, own / 12 + 1, own, own + own / 3});
    }
    return sizes;
}

std::vector<cluster::ShardedTable> datasetTables(cluster::Layout layout)
{
    std::vector<cluster::ShardedTable> tables;
    for (const char16_t *name : {u"users", u"projects", u"orders", u"order_items", u"audit_events"}) {
        tables.push_back({layout == cluster::Layout::Rows ? sharedSchema() : QString(), QString::fromUtf16(name),
                          cluster::TableKind::Sharded, QStringLiteral("tenant_id"), QStringLiteral("tenant")});
    }
    for (const char16_t *name : {u"countries", u"currencies", u"plans", u"skus"}) {
        tables.push_back(
            {sharedSchema(), QString::fromUtf16(name), cluster::TableKind::Reference, QString(), QString()});
    }
    return tables;
}

QString tableSchema(const cluster::ShardMap &map, int id)
{
    return map.layout == cluster::Layout::Rows ? sharedSchema() : map.schemaOf(id);
}

Result<std::vector<PlacedTenant>> placeTenants(pg::Connection &directory, const cluster::ShardMap &map,
                                               const DatasetOptions &options, const Wait &wait)
{
    const std::vector<TenantSize> sizes = tenantSizes(options);
    QStringList keys;
    for (const TenantSize &size : sizes)
        keys.append(QString::number(size.id));
    const auto shards = cluster::routeKeys(directory, map, keys, wait);
    if (!shards)
        return Failure(shards.error());
    std::vector<PlacedTenant> placed;
    for (size_t i = 0; i < sizes.size(); ++i) {
        const auto pin = std::ranges::find(map.pins, keys.at(static_cast<qsizetype>(i)), &cluster::TenantPin::tenant);
        const std::optional<qint64> shard = pin != map.pins.end() ? pin->logicalShard : shards->at(i);
        if (!shard || *shard < 0 || *shard >= map.logicalShards)
            return fail(ErrorCode::RoutingBad, keys.at(static_cast<qsizetype>(i)),
                        shard ? QString::number(*shard) : QStringLiteral("NULL"));
        placed.push_back({sizes[i], static_cast<int>(*shard)});
    }
    return placed;
}

Result<void> createDataset(pg::Connection &connection, const QString &instance, const cluster::ShardMap &map,
                           const std::vector<PlacedTenant> &tenants, const DatasetOptions &options, const Wait &wait)
{
    auto transaction = pg::Transaction::begin(connection, wait);
    if (!transaction)
        return Failure(transaction.error());
    if (const auto done = fillInstance(connection, instance, map, tenants, options, wait); !done)
        return done;
    if (const auto done = transaction->commit(wait); !done)
        return done;
    // Outside the transaction: the first queries and size figures of the demo rest on statistics.
    const auto analyzed = connection.run("ANALYZE", wait);
    if (!analyzed)
        return Failure(analyzed.error());
    return {};
}

Result<void> createTables(pg::Connection &connection, const QString &schema, const Wait &wait)
{
    if (schema != sharedSchema()) {
        const auto made = connection.run("CREATE SCHEMA " + pg::Connection::identifier(schema), wait);
        if (!made)
            return Failure(made.error());
    }
    return setSearchPath(connection, schema, wait).and_then([&] { return runFile(connection, "demo/tables", wait); });
}

Result<void> addConstraints(pg::Connection &connection, const QString &schema, const Wait &wait)
{
    return setSearchPath(connection, schema, wait).and_then([&] {
        return runFile(connection, "demo/constraints", wait);
    });
}

} // namespace shardhelm::demo
