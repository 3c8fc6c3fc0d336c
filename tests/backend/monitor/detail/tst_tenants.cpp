// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/recipes.h"
#include "detailtest.h"
#include "monitor/detail/tenantwatch.h"
#include "support/fleet.h"

#include <QTest>

using namespace shardhelm;
using namespace shardhelm::monitor::detail;

namespace {

const QString i1 = QStringLiteral("i1");

cluster::RoutingRequest hashed()
{
    cluster::RoutingRequest request;
    request.recipe = cluster::Recipe::Hash;
    request.keyType = QStringLiteral("bigint");
    request.logicalShards = 8;
    return request;
}

const Tenant *find(const TenantReport &report, const QString &key)
{
    for (const Tenant &tenant : report.tenants) {
        if (tenant.key == key)
            return &tenant;
    }
    return nullptr;
}

} // namespace

class TestDetailTenants : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_server = std::make_unique<test::TestServer>(); }

    void findsKeysInTexts()
    {
        const QStringList key{QStringLiteral("tenant_id")};
        QCOMPARE(keysIn(QStringLiteral("SELECT * FROM orders WHERE tenant_id = 4711 AND id=3"), key),
                 QStringList{QStringLiteral("4711")});
        QCOMPARE(keysIn(QStringLiteral("UPDATE o SET x = 1 WHERE o.\"tenant_id\"='a''b'"), key),
                 QStringList{QStringLiteral("a'b")});
        QCOMPARE(keysIn(QStringLiteral("… tenant_id = 1 … tenant_id = -2 … TENANT_ID=1"), key),
                 (QStringList{QStringLiteral("1"), QStringLiteral("-2")}));
        QVERIFY(keysIn(QStringLiteral("SELECT * FROM orders WHERE tenant_id = $1"), key).isEmpty());
        QVERIFY(keysIn(QStringLiteral("SELECT 1 WHERE my_tenant_id = 5 OR tenant_idx = 6"), key).isEmpty());
        QVERIFY(keysIn(QStringLiteral("SELECT 1 WHERE tenant_id = 5.5"), key).isEmpty());
    }

    void addsUpRows()
    {
        cluster::ShardMap map;
        map.layout = cluster::Layout::Rows;
        map.shards = {{0, i1, 1, cluster::ShardState::Active, {}}, {1, i1, 1, cluster::ShardState::Active, {}}};
        KeyFrequencies orders{{}, QStringLiteral("orders"), true, true, 1000.0, {{QStringLiteral("7"), 0.4}}};
        KeyFrequencies users{{}, QStringLiteral("users"), true, true, 200.0, {{QStringLiteral("7"), 0.5}}};
        const KeyFrequencies hidden{{}, QStringLiteral("notes"), false, false, 50.0, {}};
        const TenantReport report = addedUp({orders, users, hidden}, map, i1, {{QStringLiteral("7"), 1}});
        QCOMPARE(report.rows, 1250.0);
        QCOMPARE(report.notPermitted, 1);
        const Tenant *whale = find(report, QStringLiteral("7"));
        QVERIFY(whale);
        QCOMPARE(whale->rows, 500.0);
        QCOMPARE(whale->tables, 2);
        QCOMPARE(whale->shard, std::optional<int>(1));
        // The other 750 rows lie evenly on two shards: 500 of 875.
        QCOMPARE(qRound(*whale->shardShare * 1000), 571);
        QVERIFY(whale->isWhale());
        QCOMPARE(report.shards.size(), size_t(2));
        QCOMPARE(report.shards[1].largest, QStringLiteral("7"));
        QVERIFY(report.shards[0].largest.isEmpty());
        // Without routing the rows are known, the shard is not.
        const TenantReport lost = addedUp({orders}, map, i1, {});
        QVERIFY(!lost.tenants.at(0).shard);
        QVERIFY(!lost.tenants.at(0).shardShare);
        QVERIFY(!lost.shards[0].rows);
    }

    void readsBothLayouts_data()
    {
        QTest::addColumn<bool>("bySchema");
        QTest::newRow("schema") << true;
        QTest::newRow("rows") << false;
    }

    void readsBothLayouts()
    {
        QFETCH(bool, bySchema);
        const test::Fleet fleet(*m_server, bySchema ? cluster::Layout::Schema : cluster::Layout::Rows, hashed());
        const cluster::ShardMap map = fleet.map();
        const int shard =
            std::find_if(map.shards.begin(), map.shards.end(), [](const auto &one) { return one.instance == i1; })->id;
        const cluster::ShardedTable table = *std::find_if(map.tables.begin(), map.tables.end(), [](const auto &one) {
            return one.kind == cluster::TableKind::Sharded;
        });
        const QByteArray schema = (bySchema ? map.schemaOf(shard) : table.schema).toUtf8();
        const QByteArray name = schema + '.' + table.name.toUtf8();
        // One tenant of that shard grows large.
        const pg::Rows some =
            m_server->run("SELECT min(" + table.shardKey.toUtf8() + ") FROM " + name, fleet.database(i1));
        const QByteArray key = some.bytes(0, 0);
        QVERIFY(!key.isEmpty());
        const QByteArray keyText(key.constData(), key.size());
        fleet.run(i1,
                  "INSERT INTO " + name + " (" + table.shardKey.toUtf8() + ", id) SELECT " + keyText
                      + ", n FROM generate_series(100000, 102000) AS n");
        fleet.run(i1, "ANALYZE");

        OwnConnections own(nullptr);
        TenantWatch watch(fleet.file(), map, nullptr);
        const monitor::Target target = test::target(i1, fleet.conninfo(i1));
        auto report = watch.read(own, target, 60, test::patient());
        QVERIFY(report);
        QVERIFY(!report->unrouted);
        const Tenant *whale = find(*report, QString::fromUtf8(keyText));
        QVERIFY(whale);
        QVERIFY(whale->rows > 1500);
        QVERIFY(whale->shard.has_value());
        QVERIFY(whale->isWhale());
        QCOMPARE(report->tenants.front().key, whale->key);
        // The next report takes the place of this one.
        const int whalesShard = *whale->shard;
        QCOMPARE(report->seconds, 0.0);

        // A statement that names the tenant, and one that does not.
        pg::Connection application = m_server->connect(fleet.database(i1));
        QVERIFY(application.run("SET application_name = 'shop'", test::soon()));
        QVERIFY(application.run("SELECT count(*) FROM " + name + " WHERE " + table.shardKey.toUtf8() + " = " + keyText,
                                test::soon()));
        report = watch.read(own, target, 3600, test::patient());
        QVERIFY(report);
        QVERIFY(report->samples > 0);
        QCOMPARE(report->visible, 1);
        QCOMPARE(find(*report, QString::fromUtf8(keyText))->samples, 1);
        const auto load = std::find_if(report->shards.begin(), report->shards.end(),
                                       [&](const ShardLoad &one) { return one.shard == whalesShard; });
        QVERIFY(load != report->shards.end());
        QCOMPARE(load->samples, std::optional<int>(1));
        QCOMPARE(load->readPerSecond.has_value(), bySchema);
        QCOMPARE(load->largest, QString::fromUtf8(keyText));
    }

    void saysWhatTheRoleMayNotSee()
    {
        const test::Fleet fleet(*m_server, cluster::Layout::Rows, hashed());
        fleet.run(i1, "ANALYZE");
        test::plainConninfo(*m_server);
        pg::Connection application = m_server->connect(fleet.database(i1));
        QVERIFY(application.run("SET application_name = 'shop'; SELECT 1", test::soon()));
        OwnConnections own(nullptr);
        TenantWatch watch(fleet.file(), fleet.map(), nullptr);
        const auto report = watch.read(own, test::target(i1, fleet.conninfo(i1) + QStringLiteral(" user=plain")), 3600,
                                       test::patient());
        QVERIFY(report);
        QVERIFY(report->tables > 0);
        QCOMPARE(report->notPermitted, report->tables);
        QVERIFY(report->tenants.empty());
        QVERIFY(report->textsHidden);
        QVERIFY(report->rows > 0); // how many rows there are is for everybody
    }

private:
    std::unique_ptr<test::TestServer> m_server;
};

QTEST_GUILESS_MAIN(TestDetailTenants)
#include "tst_tenants.moc"
