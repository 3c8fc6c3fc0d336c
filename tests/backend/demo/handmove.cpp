// SPDX-License-Identifier: GPL-3.0-or-later
#include "handmove.h"

#include "cluster/routing.h"

namespace shardhelm::test {

namespace {

struct TableColumns
{
    const char *table;
    const char *columns; ///< without generated ones
};

constexpr TableColumns copied[] = {
    {"users", "tenant_id, id, email, name, country, tags, settings, created_at, version, op"},
    {"projects", "tenant_id, id, name, plan_id, owner_id, labels, settings, archived, created_at, version, op"},
    {"orders", "tenant_id, id, user_id, project_id, status, currency, note, attributes, placed_at, version, op"},
    {"order_items", "tenant_id, order_id, line, sku, quantity, unit_price_cents, op"},
    {"audit_events", "tenant_id, id, at, actor_id, action, payload, op"},
};

void must(const auto &result, const char *what)
{
    if (!result)
        qFatal("%s: %s", what, reasonOf(result).constData());
}

} // namespace

HandMove::HandMove(const LoadCluster &cluster, int shard)
    : m_cluster(cluster)
    , m_map(cluster.map())
    , m_shard(shard)
    , m_source(m_map.shard(shard)->instance)
    , m_target(m_source == u"a" ? QStringLiteral("b") : QStringLiteral("a"))
    , m_schema(demo::tableSchema(m_map, shard))
    , m_predicate("true")
{
    auto connection = m_cluster.server(m_target).connect();
    if (shared()) {
        auto directory = m_cluster.directory();
        const auto predicate =
            cluster::shardPredicate(directory.connection(), m_map, shard, QStringLiteral("tenant_id"), soon());
        must(predicate, "predicate");
        m_predicate = predicate->toUtf8();
        return;
    }
    auto transaction = pg::Transaction::begin(connection, soon());
    must(transaction, "begin");
    must(demo::createTables(connection, m_schema, soon()), "tables");
    must(demo::addConstraints(connection, m_schema, soon()), "constraints");
    must(transaction->commit(soon()), "commit");
}

void HandMove::answer(const QByteArray &message)
{
    m_cluster.run(m_source,
                  "CREATE OR REPLACE FUNCTION app.test_fence() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                  "RAISE EXCEPTION '"
                      + message + "' USING ERRCODE = '40001'; END $$");
}

void HandMove::fence()
{
    answer("shardhelm:fenced shard " + QByteArray::number(m_shard));
    // CREATE TRIGGER waits for the writers before it and holds off those after it until the commit.
    QByteArray script("BEGIN;");
    const QByteArray schema = pg::Connection::identifier(m_schema);
    for (const TableColumns &one : copied)
        script += "LOCK TABLE " + schema + '.' + one.table + " IN SHARE ROW EXCLUSIVE MODE;";
    for (const TableColumns &one : copied) {
        const QByteArray on = " ON " + schema + '.' + one.table + " FOR EACH ROW";
        QByteArray news = m_predicate;
        QByteArray olds = m_predicate;
        news.replace("tenant_id", "NEW.tenant_id");
        olds.replace("tenant_id", "OLD.tenant_id");
        script += "CREATE TRIGGER test_fence_new BEFORE INSERT OR UPDATE" + on + " WHEN (" + news
            + ") EXECUTE FUNCTION app.test_fence();";
        script += "CREATE TRIGGER test_fence_old BEFORE DELETE" + on + " WHEN (" + olds
            + ") EXECUTE FUNCTION app.test_fence();";
    }
    // A writer that takes its locks in another order may meet it in a deadlock, and either of them loses.
    for (int attempt = 0;; ++attempt) {
        const auto fenced = m_cluster.server(m_source).connect().run(script + "COMMIT", soon());
        if (fenced)
            return;
        if (fenced.error().sqlstate() != u"40P01" || attempt == 9)
            must(fenced, "fence");
    }
}

void HandMove::copyTable(pg::Connection &from, const QByteArray &table, const QByteArray &columns)
{
    auto to = m_cluster.server(m_target).connect();
    const QByteArray name = pg::Connection::identifier(m_schema) + '.' + table;
    QByteArray rows;
    must(from.copyOut(
             "COPY (SELECT " + columns + " FROM " + name + " WHERE " + m_predicate + ") TO STDOUT",
             [&rows](const QByteArray &row) {
                 rows += row;
                 return true;
             },
             soon()),
         "copy out");
    must(to.copyIn(
             "COPY " + name + " (" + columns + ") FROM STDIN", [&rows] { return std::exchange(rows, {}); }, soon()),
         "copy in");
}

void HandMove::copy()
{
    auto from = m_cluster.server(m_source).connect();
    const auto snapshot = pg::Transaction::begin(from, soon(), "ISOLATION LEVEL REPEATABLE READ READ ONLY");
    must(snapshot, "snapshot");
    for (const TableColumns &one : copied)
        copyTable(from, one.table, one.columns);
    const QByteArray schema = pg::Connection::identifier(m_schema);
    for (const char *sequence : {"users_id_seq", "project_id_seq", "orders_id_seq", "audit_event_id_seq"}) {
        const QByteArray name = schema + '.' + sequence;
        const QString last = m_cluster.run(m_source, "SELECT last_value + 1000 FROM " + name);
        m_cluster.run(m_target,
                      "SELECT setval('" + name + "', greatest(last_value, " + last.toLatin1() + ")) FROM " + name);
    }
}

void HandMove::flip(bool journaled)
{
    auto directory = m_cluster.directory();
    if (journaled) {
        must(directory.connection().query(
                 "INSERT INTO shardhelm.move (logical_shard, source, target, layout, phase) "
                 "VALUES ($1::int, $2, $3, $4, 'window')",
                 pg::Params(m_shard, m_source, m_target, shared() ? QStringLiteral("rows") : QStringLiteral("schema")),
                 soon()),
             "journal");
    }
    must(directory.flip(m_shard, m_source, m_target, m_map.shard(m_shard)->epoch, soon()), "flip");
}

void HandMove::sayMoved()
{
    answer("shardhelm:moved shard " + QByteArray::number(m_shard));
}

} // namespace shardhelm::test
