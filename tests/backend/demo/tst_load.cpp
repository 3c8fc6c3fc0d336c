// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/routing.h"
#include "loadcluster.h"

using namespace shardhelm;
using namespace shardhelm::test;

namespace {

/// Something done behind the load's back, and what the check must say about it.
struct Tampering
{
    const char *what;
    QByteArray script; ///< on the instance of the whale, {s} its schema, {t} its number; selects how much it changed
    int lost = 0;
    int duplicated = 0;
    int misplaced = 0;
    int phantom = 0;
};

/// Each takes other rows of the run: what they add up to is known at every step.
const std::vector<Tampering> &tamperings()
{
    static const std::vector<Tampering> all = {
        {"an acknowledged row is gone",
         "WITH gone AS (DELETE FROM {s}.users WHERE op = (SELECT min(op::text)::uuid FROM {s}.users WHERE op IS NOT "
         "NULL) "
         "RETURNING 1) SELECT count(*) FROM gone",
         1},
        {"an acknowledged order is gone with its items",
         "WITH gone AS (DELETE FROM {s}.orders WHERE op = (SELECT min(op::text)::uuid FROM {s}.orders WHERE op IS NOT "
         "NULL "
         "AND version = 0) RETURNING 1) SELECT count(*) FROM gone",
         1},
        {"one item of an order is gone",
         "WITH gone AS (DELETE FROM {s}.order_items WHERE line = 1 AND op = (SELECT max(op::text)::uuid FROM "
         "{s}.order_items) "
         "RETURNING 1) SELECT count(*) FROM gone",
         1},
        {"the mark of an update is gone",
         "WITH gone AS (DELETE FROM {s}.audit_events WHERE op = (SELECT min(op::text)::uuid FROM {s}.audit_events "
         "WHERE action = 'order.changed') RETURNING 1) SELECT count(*) FROM gone",
         1},
        {"a row is there twice",
         "WITH made AS (INSERT INTO {s}.users (tenant_id, email, name, country, op) SELECT tenant_id, 'copy@x', name, "
         "country, op FROM {s}.users WHERE op = (SELECT max(op::text)::uuid FROM {s}.users) RETURNING 1) "
         "SELECT count(*) FROM made",
         0, 1},
        {"an item is there twice",
         "WITH made AS (INSERT INTO {s}.order_items (tenant_id, order_id, line, sku, quantity, unit_price_cents, op) "
         "SELECT tenant_id, order_id, 99, sku, quantity, unit_price_cents, op FROM {s}.order_items WHERE line = 1 AND "
         "op = "
         "(SELECT min(op::text)::uuid FROM {s}.order_items) RETURNING 1) SELECT count(*) FROM made",
         0, 1},
        {"the mark of an operation is there twice",
         "WITH made AS (INSERT INTO {s}.audit_events (tenant_id, action, op) SELECT tenant_id, action, op FROM "
         "{s}.audit_events WHERE op = (SELECT min(op::text)::uuid FROM {s}.audit_events WHERE action = "
         "'project.created') "
         "RETURNING 1) SELECT count(*) FROM made",
         0, 1},
        {"a counter is one back",
         "WITH victim AS (SELECT min(id) AS id FROM {s}.projects WHERE tenant_id = {t} AND op IS NOT NULL AND version "
         ">= 3), set_back AS "
         "(UPDATE {s}.projects SET version = version - 1 WHERE tenant_id = {t} AND id = (SELECT id FROM victim) "
         "RETURNING 1) "
         "SELECT count(*) FROM set_back",
         1},
        {"an older version of a row is back",
         "WITH victim AS (SELECT max(id) AS id FROM {s}.projects WHERE tenant_id = {t} AND op IS NOT NULL AND version "
         ">= 3), set_back AS "
         "(UPDATE {s}.projects SET version = version - 3 WHERE tenant_id = {t} AND id = (SELECT id FROM victim) "
         "RETURNING 1) "
         "SELECT count(*) FROM set_back",
         3},
        {"a counter was counted twice",
         "WITH victim AS (SELECT max(id) AS id FROM {s}.orders WHERE tenant_id = {t} AND op IS NOT NULL AND version >= "
         "1), counted AS "
         "(UPDATE {s}.orders SET version = version + 1 WHERE tenant_id = {t} AND id = (SELECT id FROM victim) "
         "RETURNING 1) "
         "SELECT count(*) FROM counted",
         0, 1},
        {"a deleted row is back",
         "WITH deleted AS (SELECT max((payload ->> 'id')::bigint) AS id FROM {s}.audit_events WHERE action = "
         "'user.deleted'), "
         "made AS (INSERT INTO {s}.users (tenant_id, id, email, name, country, op) SELECT tenant_id, deleted.id, "
         "'back@x', 'x', "
         "'DE', op FROM deleted JOIN {s}.audit_events e ON action = 'user.created' AND (payload ->> 'id')::bigint = "
         "deleted.id "
         "RETURNING 1) SELECT count(*) FROM made",
         1},
        {"there is the mark of an operation that was never sent",
         "WITH made AS (INSERT INTO {s}.audit_events (tenant_id, action, op) SELECT {t}, 'user.created', "
         "overlay((SELECT max(op::text) FROM {s}.audit_events) placing 'ffffff' from 31)::uuid RETURNING 1) "
         "SELECT count(*) FROM made",
         0, 0, 0, 1},
    };
    return all;
}

} // namespace

/// The load and its check: clean on a quiet cluster, and able to say otherwise.
class TestLoad : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void leavesNothingLost_data() { layouts(); }
    void leavesNothingLost();
    void checkFindsTampering_data() { layouts(); }
    void checkFindsTampering();
    void checkFindsMisplacedRows_data() { layouts(); }
    void checkFindsMisplacedRows();
    void checkIsIncompleteWithoutAnInstance();
    void refusesTheLedgerOfAnotherCluster();
    void refusesWhatIsNoDemo();

private:
    static void layouts();
    [[nodiscard]] cluster::Location whale() const;
    [[nodiscard]] QString schemaOf(int shard) const { return demo::tableSchema(m_cluster->map(), shard); }

    std::unique_ptr<LoadCluster> m_cluster;
};

void TestLoad::layouts()
{
    QTest::addColumn<int>("layout");
    QTest::newRow("schema layout") << static_cast<int>(cluster::Layout::Schema);
    QTest::newRow("rows layout") << static_cast<int>(cluster::Layout::Rows);
}

void TestLoad::init()
{
    const auto *layout = QTest::currentDataTag();
    m_cluster = std::make_unique<LoadCluster>(
        layout && QByteArray(layout).startsWith("rows") ? cluster::Layout::Rows : cluster::Layout::Schema);
}

void TestLoad::cleanup()
{
    m_cluster.reset();
}

cluster::Location TestLoad::whale() const
{
    auto directory = m_cluster->directory();
    const auto map = directory.readMap(soon());
    const QString tenant = QString::number(demo::whaleTenant(LoadCluster::tenants));
    return cluster::locate(directory.connection(), *map, QString(), tenant, soon()).value();
}

void TestLoad::leavesNothingLost()
{
    for (int run = 1; run <= 2; ++run) {
        const auto loaded = m_cluster->load(1000);
        QVERIFY2(loaded, reasonOf(loaded).constData());
        QCOMPARE(loaded->totals.unknown, 0);
        QCOMPARE(loaded->totals.refused, 0);
        const auto checked = m_cluster->check();
        QCOMPARE(verdict(checked), QStringLiteral("0 lost, 0 duplicated, 0 misplaced, 0 phantom"));
        QCOMPARE(checked->runs, run);
        QCOMPARE(checked->all.unknown, 0);
        QCOMPARE(checked->all.readsStale, 0);
        QCOMPARE(checked->refused, 0);
        if (run == 1) {
            QCOMPARE(checked->all.acknowledged, loaded->totals.acknowledged);
            QCOMPARE(checked->reads, loaded->totals.reads);
            QCOMPARE(checked->all.retries, loaded->totals.retries);
            QVERIFY(checked->all.longestGapUs > 0);
        }
        qint64 sum = 0;
        for (const demo::ShardFigures &figures : checked->byShard)
            sum += figures.acknowledged;
        QCOMPARE(sum, checked->all.acknowledged);
    }
    // The router that the load was is gone from the directory.
    QCOMPARE(m_cluster->directory().connection().query("SELECT FROM shardhelm.router", soon())->count(), 0);
}

void TestLoad::checkFindsTampering()
{
    QVERIFY(m_cluster->load(3000));
    const cluster::Location place = whale();
    demo::ShardFigures expected;
    for (const Tampering &tampering : tamperings()) {
        QByteArray script = tampering.script;
        script.replace("{s}", pg::Connection::identifier(schemaOf(place.logicalShard)));
        script.replace("{t}", place.tenant.toLatin1());
        QCOMPARE(m_cluster->run(place.instance, script), QStringLiteral("1"));
        expected.lost += tampering.lost;
        expected.duplicated += tampering.duplicated;
        expected.phantom += tampering.phantom;
        const auto checked = m_cluster->check();
        QVERIFY2(checked, reasonOf(checked).constData());
        const QByteArray what = QByteArray(tampering.what) + ": " + verdict(checked).toUtf8();
        QVERIFY2(checked->all.lost == expected.lost, what.constData());
        QVERIFY2(checked->all.duplicated == expected.duplicated, what.constData());
        QVERIFY2(checked->all.misplaced == 0, what.constData());
        QVERIFY2(checked->all.phantom == expected.phantom, what.constData());
    }
    const auto checked = m_cluster->check();
    qint64 counted = 0;
    for (const demo::Offence &offence : checked->offences)
        counted += offence.count;
    QCOMPARE(counted, expected.lost + expected.duplicated + expected.phantom);
    QVERIFY(!checked->isClean());
}

void TestLoad::checkFindsMisplacedRows()
{
    QVERIFY(m_cluster->load(1000));
    const cluster::Location place = whale();
    const bool rows = m_cluster->map().layout == cluster::Layout::Rows;
    // The next logical shard lives on the other instance, the one after it on the same.
    const int otherShard = (place.logicalShard + (rows ? 1 : 2)) % LoadCluster::logicalShards;
    const QString other = m_cluster->map().shard(otherShard)->instance;
    const QByteArray from = pg::Connection::identifier(schemaOf(place.logicalShard)) + ".users";
    const QByteArray to = pg::Connection::identifier(schemaOf(otherShard)) + ".users";
    const QByteArray whaleOnly = " WHERE tenant_id = " + place.tenant.toLatin1() + " AND op IS NOT NULL";
    const QString op = m_cluster->run(place.instance, "SELECT min(op::text) FROM " + from + whaleOnly);
    const QString id =
        m_cluster->run(place.instance, "SELECT id FROM " + from + " WHERE op = '" + op.toLatin1() + '\'');
    const QByteArray moved = "INSERT INTO " + to + " (tenant_id, id, email, name, country, op) VALUES ("
        + place.tenant.toLatin1() + ", 1000000, 'moved@x', 'x', 'DE', '" + op.toLatin1() + "') RETURNING 1";
    QCOMPARE(m_cluster->run(other, moved), QStringLiteral("1"));
    m_cluster->run(place.instance, "DELETE FROM " + from + " WHERE op = '" + op.toLatin1() + '\'');
    // It is not lost as well: it is there, in the wrong place.
    auto checked = m_cluster->check();
    QCOMPARE(verdict(checked), QStringLiteral("0 lost, 0 duplicated, 1 misplaced, 0 phantom"));
    QCOMPARE(checked->offences.size(), size_t(1));
    QCOMPARE(QString::fromLatin1(checked->offences[0].operation), op);
    QCOMPARE(checked->offences[0].instance, other);
    QCOMPARE(checked->offences[0].key, QStringLiteral("1000000"));
    QCOMPARE(checked->byShard[place.logicalShard].misplaced, 1);

    // A row that no load made counts as well.
    QByteArray generated = moved;
    generated.replace("1000000, 'moved@x'", "1000001, 'generated@x'");
    generated.replace(QByteArray('\'' + op.toLatin1() + '\''), "NULL");
    QCOMPARE(m_cluster->run(other, generated), QStringLiteral("1"));
    checked = m_cluster->check();
    QCOMPARE(verdict(checked), QStringLiteral("0 lost, 0 duplicated, 2 misplaced, 0 phantom"));

    // What the journal of a move accounts for does not, for as long as the move is open.
    const QString target = place.instance == u"a" ? QStringLiteral("b") : QStringLiteral("a");
    auto directory = m_cluster->directory();
    const auto journaled = directory.connection().query(
        "INSERT INTO shardhelm.move (logical_shard, source, target, layout, phase) "
        "VALUES ($1::int, $2, $3, $4, 'copy')",
        pg::Params(rows ? place.logicalShard : otherShard, place.instance, target, rows ? u"rows"_qs : u"schema"_qs),
        soon());
    QVERIFY2(journaled, reasonOf(journaled).constData());
    checked = m_cluster->check();
    if (rows) {
        // The row was moved into the second copy and is missing in the first one.
        QCOMPARE(verdict(checked), QStringLiteral("1 lost, 0 duplicated, 0 misplaced, 0 phantom"));
    } else {
        // That move is of the other shard: it does not explain rows in its owner's own schema.
        QCOMPARE(verdict(checked), QStringLiteral("0 lost, 0 duplicated, 2 misplaced, 0 phantom"));
    }
    Q_UNUSED(id)
}

void TestLoad::checkIsIncompleteWithoutAnInstance()
{
    QVERIFY(m_cluster->load(500));
    const auto whole = m_cluster->check();
    QVERIFY(m_cluster->server(QStringLiteral("b")).server().stop(pg::LocalServer::StopMode::Fast, soon()));
    const auto checked = m_cluster->check();
    QCOMPARE(verdict(checked), QStringLiteral("0 lost, 0 duplicated, 0 misplaced, 0 phantom, incomplete"));
    QCOMPARE(checked->unreachable, QStringList(QStringLiteral("b")));
    QVERIFY(checked->unverified > 0);
    QVERIFY(checked->unverified < checked->all.acknowledged);
    QCOMPARE(checked->all.acknowledged, whole->all.acknowledged);
}

void TestLoad::refusesTheLedgerOfAnotherCluster()
{
    QVERIFY(m_cluster->load(200));
    const LoadCluster other(cluster::Layout::Schema);
    demo::CheckOptions check;
    check.ledger = m_cluster->ledger();
    const auto checked = demo::runCheck(other.file(), check, soon());
    QVERIFY2(!checked, "nothing of it can be found there, and nothing of it is lost");
    QVERIFY(checked.error().code == ErrorCode::LedgerInUse);
    QCOMPARE(checked.error().found, m_cluster->clusterFilePath());
    QCOMPARE(checked.error().expected, QStringList(other.clusterFilePath()));
    demo::LoadOptions load;
    load.ledger = m_cluster->ledger();
    load.duration = Milliseconds(100);
    const auto loaded = demo::runLoad(other.file(), load, {}, {});
    QVERIFY(!loaded);
    QVERIFY(loaded.error().code == ErrorCode::LedgerInUse);

    // It stays its own cluster's whatever becomes of the directory's name and the first instance's place in it.
    auto directory = m_cluster->directory();
    const auto renamed = directory.connection().run("UPDATE shardhelm.cluster SET name = 'renamed'", soon());
    QVERIFY2(renamed, reasonOf(renamed).constData());
    QCOMPARE(verdict(m_cluster->check()), QStringLiteral("0 lost, 0 duplicated, 0 misplaced, 0 phantom"));
    QVERIFY(m_cluster->load(100));
    QCOMPARE(m_cluster->check()->runs, 2);
}

void TestLoad::refusesWhatIsNoDemo()
{
    demo::LoadOptions options;
    options.ledger = m_cluster->ledger();
    m_cluster->run(QStringLiteral("a"), "ALTER SCHEMA ls_0000 RENAME TO elsewhere");
    const auto loaded = demo::runLoad(m_cluster->file(), options, {}, {});
    QVERIFY(!loaded);
    QVERIFY(loaded.error().code == ErrorCode::TableUnknown);
    QVERIFY2(!QFile::exists(options.ledger), "nothing is made before it is known that it can work");

    cluster::ClusterFile production = m_cluster->file();
    production.environment = cluster::Environment::Production;
    QVERIFY(demo::runLoad(production, options, {}, {}).error().code == ErrorCode::ProductionCluster);
    QVERIFY(m_cluster->check().error().code == ErrorCode::FileMissing);
}

QTEST_GUILESS_MAIN(TestLoad)
#include "tst_load.moc"
