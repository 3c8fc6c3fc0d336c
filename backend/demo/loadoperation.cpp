// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/loadoperation.h"

namespace shardhelm::demo {

namespace {

QByteArray tableOf(const QString &schema, DemoTable table)
{
    static constexpr std::array names = {"users", "projects", "orders"};
    return pg::Connection::identifier(schema) + '.' + names[static_cast<size_t>(table)];
}

const char *incrementSql(DemoTable table)
{
    static constexpr std::array names = {"demo/increment_users", "demo/increment_projects", "demo/increment_orders"};
    return names[static_cast<size_t>(table)];
}

const char *actionOf(const Intent &intent)
{
    static constexpr std::array inserts = {"user.created", "project.created", "order.placed"};
    static constexpr std::array increments = {"user.changed", "project.changed", "order.changed"};
    static constexpr std::array deletes = {"user.deleted", "project.deleted", "order.deleted"};
    const auto table = static_cast<size_t>(intent.table);
    switch (intent.kind) {
    case OperationKind::Insert:
        return inserts[table];
    case OperationKind::Increment:
        return increments[table];
    default:
        return deletes[table];
    }
}

pg::Params rowParams(const OwnRow &row, quint64 run)
{
    return pg::Params(row.tenant, row.id, OperationId{run, row.number}.toUuid());
}

Result<std::optional<Effects>> insertRow(pg::Connection &connection, SchemaSql &sql, const QString &schema,
                                         const Operation &operation, const Wait &wait)
{
    const QByteArray uuid = operation.id.toUuid();
    const qint64 tenant = operation.intent.tenant;
    const bool order = operation.intent.table == DemoTable::Orders;
    const auto made = order
        ? connection.query(sql.text("demo/insert_order", schema),
                           pg::Params(tenant, uuid, operation.user, operation.variation), wait)
        : connection.query(
            sql.text(operation.intent.table == DemoTable::Users ? "demo/insert_user" : "demo/insert_project", schema),
            pg::Params(tenant, uuid, operation.variation), wait);
    if (!made)
        return Failure(made.error());
    if (made->count() != 1)
        return fail(ErrorCode::AnswerUnexpected, connection.name(), QString::number(made->count()));
    const Effects effects{made->integer(0, 0), {0, -1}};
    if (!order)
        return effects;
    const auto items = connection.query(
        sql.text("demo/insert_order_items", schema),
        pg::Params(tenant, uuid, effects.rowId, static_cast<int>(operation.intent.items), operation.variation), wait);
    if (!items)
        return Failure(items.error());
    return effects;
}

Result<std::optional<Effects>> incrementRows(pg::Connection &connection, SchemaSql &sql, const QString &schema,
                                             const Operation &operation, quint64 run, const Wait &wait)
{
    Effects effects{operation.targets[0].id, {-1, -1}};
    for (size_t i = 0; i < operation.targets.size() && operation.intent.targets[i] != 0; ++i) {
        const OwnRow &row = operation.targets[i];
        const auto changed = connection.query(sql.text(incrementSql(row.table), schema), rowParams(row, run), wait);
        if (!changed)
            return Failure(changed.error());
        if (changed->count() != 1)
            return std::nullopt;
        effects.versions[i] = changed->integer(0, 0);
    }
    return effects;
}

Result<std::optional<Effects>> deleteRow(pg::Connection &connection, const QString &schema, const Operation &operation,
                                         quint64 run, const Wait &wait)
{
    const OwnRow &row = operation.targets[0];
    const auto gone = connection.query("DELETE FROM " + tableOf(schema, row.table)
                                           + " WHERE tenant_id = $1::bigint AND id = $2::bigint AND op = $3::uuid",
                                       rowParams(row, run), wait);
    if (!gone)
        return Failure(gone.error());
    if (gone->affected() != 1)
        return std::nullopt;
    return Effects{row.id, {-1, -1}};
}

Result<std::optional<Effects>> change(pg::Connection &connection, SchemaSql &sql, const QString &schema,
                                      const Operation &operation, quint64 run, const Wait &wait)
{
    switch (operation.intent.kind) {
    case OperationKind::Insert:
        return insertRow(connection, sql, schema, operation, wait);
    case OperationKind::Increment:
        return incrementRows(connection, sql, schema, operation, run, wait);
    default:
        return deleteRow(connection, schema, operation, run, wait);
    }
}

Result<qint64> readRows(pg::Connection &connection, SchemaSql &sql, const QString &schema, const Operation &operation,
                        quint64 run, const Wait &wait)
{
    qint64 version = -1;
    if (const OwnRow &row = operation.targets[0]; row.number != 0) {
        const auto found = connection.query("SELECT version FROM " + tableOf(schema, row.table)
                                                + " WHERE tenant_id = $1::bigint AND id = $2::bigint AND op = $3::uuid",
                                            rowParams(row, run), wait);
        if (!found)
            return Failure(found.error());
        version = found->isEmpty() ? -1 : found->integer(0, 0);
    }
    const auto page = operation.variation % 2 == 0
        ? connection.query(sql.text("demo/read_recent_orders", schema), pg::Params(operation.intent.tenant), wait)
        : connection.query(sql.text("demo/read_user_orders", schema),
                           pg::Params(operation.intent.tenant, operation.user), wait);
    if (!page)
        return Failure(page.error());
    return version;
}

} // namespace

QByteArray transactionMode(Isolation isolation)
{
    switch (isolation) {
    case Isolation::RepeatableRead:
        return "ISOLATION LEVEL REPEATABLE READ";
    case Isolation::Serializable:
        return "ISOLATION LEVEL SERIALIZABLE";
    default:
        return "ISOLATION LEVEL READ COMMITTED";
    }
}

Result<std::optional<Effects>> performWrite(pg::Connection &connection, SchemaSql &sql, const QString &schema,
                                            const Operation &operation, quint64 run, const Wait &wait)
{
    auto effects = change(connection, sql, schema, operation, run, wait);
    if (!effects || !*effects)
        return effects;
    const auto audited = connection.query(sql.text("demo/insert_audit_event", schema),
                                          pg::Params(operation.intent.tenant, operation.id.toUuid(),
                                                     QByteArray(actionOf(operation.intent)), (*effects)->rowId),
                                          wait);
    if (!audited)
        return Failure(audited.error());
    return effects;
}

Result<qint64> performRead(pg::Connection &connection, SchemaSql &sql, const QString &schema,
                           const Operation &operation, quint64 run, const Wait &wait)
{
    auto transaction = pg::Transaction::begin(connection, wait, transactionMode(operation.isolation) + " READ ONLY");
    if (!transaction)
        return Failure(transaction.error());
    const auto version = readRows(connection, sql, schema, operation, run, wait);
    if (!version)
        return version;
    if (const auto done = transaction->commit(wait); !done)
        return Failure(done.error());
    return version;
}

Result<std::optional<Effects>> findOperation(pg::Connection &connection, SchemaSql &sql, const QString &schema,
                                             const Operation &operation, const Wait &wait)
{
    const auto found = connection.query(sql.text("demo/find_operation", schema),
                                        pg::Params(operation.intent.tenant, operation.id.toUuid()), wait);
    if (!found)
        return Failure(found.error());
    if (found->isEmpty())
        return std::nullopt;
    return Effects{found->integer(0, 0), {-1, -1}};
}

} // namespace shardhelm::demo
