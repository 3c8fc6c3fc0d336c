// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/checkrows.h"

namespace shardhelm::demo {

namespace {

/// Misplaced rows whose keys are looked up in one table for one tenant; the rest is only counted.
constexpr qint64 keysListed = 1000;

QByteArray tableIn(const Copy &copy, const QString &table)
{
    return pg::Connection::identifier(copy.schema) + '.' + pg::Connection::identifier(table);
}

QByteArray keyOf(const QString &table)
{
    for (const TableShape &shape : tableShapes) {
        if (table == QLatin1StringView(shape.name))
            return shape.key;
    }
    return "NULL";
}

struct TenantRows
{
    const Copy *copy;
    QString table;
    qint64 tenant;
    qint64 rows;
};

Result<void> countTenants(CheckSnapshot &snapshot, const Copy &copy, std::vector<TenantRows> &counts, const Wait &wait)
{
    for (const QString &table : copy.tables) {
        const auto rows = snapshot.connection(copy.instance)
                              .query("SELECT tenant_id, count(*) FROM " + tableIn(copy, table) + " GROUP BY 1", wait);
        if (!rows)
            return Failure(rows.error());
        for (int row = 0; row < rows->count(); ++row)
            counts.push_back({&copy, table, rows->integer(row, 0), rows->integer(row, 1)});
    }
    return {};
}

Result<void> report(CheckSnapshot &snapshot, const TenantRows &misplaced, const OffenceSink &sink, const Wait &wait)
{
    const auto keys =
        snapshot.connection(misplaced.copy->instance)
            .query("SELECT (" + keyOf(misplaced.table) + ")::text, op FROM " + tableIn(*misplaced.copy, misplaced.table)
                       + " WHERE tenant_id = $1::bigint ORDER BY 1 LIMIT $2::bigint",
                   pg::Params(misplaced.tenant, keysListed), wait);
    if (!keys)
        return Failure(keys.error());
    Offence offence;
    offence.kind = OffenceKind::Misplaced;
    offence.table = misplaced.table;
    offence.tenant = misplaced.tenant;
    offence.shard = snapshot.shardOf(misplaced.tenant);
    offence.instance = misplaced.copy->instance;
    offence.schema = misplaced.copy->schema;
    for (int row = 0; row < keys->count(); ++row) {
        offence.key = keys->text(row, 0);
        offence.operation = keys->text(row, 1).toLatin1();
        offence.found = 1;
        sink(offence);
    }
    if (const qint64 rest = misplaced.rows - keys->count(); rest > 0) {
        offence.key.clear();
        offence.operation.clear();
        offence.count = rest;
        offence.found = rest;
        sink(offence);
    }
    return {};
}

} // namespace

Result<void> checkPlacement(CheckSnapshot &snapshot, const std::vector<Copy> &copies, const LedgerFacts &facts,
                            const OffenceSink &sink, const Wait &wait)
{
    std::vector<TenantRows> counts;
    for (const Copy &copy : copies) {
        if (const auto counted = countTenants(snapshot, copy, counts, wait); !counted)
            return counted;
    }
    std::set<qint64> tenants(facts.tenants.begin(), facts.tenants.end());
    for (const TenantRows &count : counts)
        tenants.insert(count.tenant);
    if (const auto located = snapshot.locate({tenants.begin(), tenants.end()}, wait); !located)
        return located;
    for (const TenantRows &count : counts) {
        if (snapshot.standing(*count.copy, count.tenant) != Standing::Misplaced)
            continue;
        if (const auto reported = report(snapshot, count, sink, wait); !reported)
            return reported;
    }
    return {};
}

} // namespace shardhelm::demo
