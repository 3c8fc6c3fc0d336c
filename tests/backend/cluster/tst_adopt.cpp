// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/adopt.h"
#include "support/fleet.h"
#include "support/testserver.h"

#include <QDateTime>
#include <QTest>

using namespace shardhelm;
using namespace shardhelm::cluster;
using test::Fleet;
using test::soon;

class TestAdopt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rebuildsTheMap_data();
    void rebuildsTheMap();
    void dryRunWritesNothing();
    void proposesPins();
    void conflictsForbidIt_data();
    void conflictsForbidIt();
    void conflictsCanBeAccepted();
    void emptyShardsStayUnplaced();
    void refuses();

private:
    static AdoptRequest request(const Fleet &fleet, Layout layout);
    static Result<AdoptReport> adopt(const Fleet &fleet, const AdoptRequest &request, RunMode mode = RunMode::Run);
    static bool directoryThere(const test::TestServer &server, const Fleet &fleet);

    test::TestServer m_server;
};

namespace {

const QString i1 = QStringLiteral("i1");
const QString i2 = QStringLiteral("i2");

RoutingRequest routing(Recipe recipe)
{
    RoutingRequest wanted{recipe, QStringLiteral("bigint"), 8, {}, 128, {}, {}};
    for (int i = 0; recipe == Recipe::Range && i < 8; ++i)
        wanted.ranges.push_back({i ? std::optional(QString::number(i * 25)) : std::nullopt, i});
    return wanted;
}

} // namespace

AdoptRequest TestAdopt::request(const Fleet &fleet, Layout layout)
{
    AdoptRequest wanted;
    wanted.init.clusterName = QStringLiteral("fleet");
    wanted.init.layout = layout;
    wanted.init.logicalShards = 8;
    wanted.init.routing = fleet.routing();
    wanted.init.instances = fleet.instances();
    wanted.init.tables = fleet.tables();
    return wanted;
}

Result<AdoptReport> TestAdopt::adopt(const Fleet &fleet, const AdoptRequest &wanted, RunMode mode)
{
    return adoptDirectory(fleet.file(), wanted, mode, {}, Wait::forDuration(Milliseconds(60'000)));
}

bool TestAdopt::directoryThere(const test::TestServer &server, const Fleet &fleet)
{
    return server
               .run("select 1 from pg_namespace where nspname = 'shardhelm'",
                    fleet.database(QStringLiteral("directory")))
               .count()
        > 0;
}

void TestAdopt::rebuildsTheMap_data()
{
    QTest::addColumn<bool>("rows");
    QTest::addColumn<int>("recipe");
    QTest::newRow("rows, hash") << true << static_cast<int>(Recipe::Hash);
    QTest::newRow("rows, range") << true << static_cast<int>(Recipe::Range);
    QTest::newRow("schema, hash") << false << static_cast<int>(Recipe::Hash);
    QTest::newRow("schema, range") << false << static_cast<int>(Recipe::Range);
}

void TestAdopt::rebuildsTheMap()
{
    QFETCH(bool, rows);
    QFETCH(int, recipe);
    const Layout layout = rows ? Layout::Rows : Layout::Schema;
    const Fleet fleet(m_server, layout, routing(static_cast<Recipe>(recipe)));
    const ShardMap before = fleet.map();
    fleet.run(QStringLiteral("directory"), "drop schema shardhelm cascade");
    const qint64 now = QDateTime::currentSecsSinceEpoch();

    const auto report = adopt(fleet, request(fleet, layout));

    QVERIFY2(report, report ? "" : qPrintable(report.error().found));
    QVERIFY2(report->conflicts.empty(),
             qPrintable(report->conflicts.empty() ? QString() : findingName(report->conflicts.front().code)));
    QVERIFY(report->written);
    QVERIFY(report->unplaced.empty());
    QVERIFY(report->proposedPins.empty());
    const ShardMap after = fleet.map();
    QCOMPARE(after.shards.size(), before.shards.size());
    for (size_t i = 0; i < after.shards.size(); ++i)
        QCOMPARE(after.shards[i].instance, before.shards[i].instance);
    QCOMPARE(after.routingSql, before.routingSql);
    QCOMPARE(after.instances, before.instances); // with the marks they had
    QVERIFY(after.mapEpoch >= now);
}

void TestAdopt::dryRunWritesNothing()
{
    const Fleet fleet(m_server, Layout::Rows, routing(Recipe::Ring), false);
    const auto report = adopt(fleet, request(fleet, Layout::Rows), RunMode::DryRun);
    QVERIFY(report);
    QVERIFY(!report->written);
    QVERIFY(!report->plan.empty());
    QCOMPARE(report->init.placement.size(), 8);
    QVERIFY(!directoryThere(m_server, fleet));
}

void TestAdopt::proposesPins()
{
    // Tenant 1 and all its rows stand in a shard of the other instance.
    const Fleet fleet(m_server, Layout::Schema, routing(Recipe::Range), false);
    fleet.run(i1, "delete from ls_0000.orders where tenant_id = 1");
    fleet.run(i2, "insert into ls_0005.orders values (1, 1), (1, 2)");

    const auto proposal = adopt(fleet, request(fleet, Layout::Schema));
    QVERIFY(proposal);
    QCOMPARE(proposal->proposedPins.size(), size_t(1));
    QCOMPARE(proposal->proposedPins.front().tenant, QStringLiteral("1"));
    QCOMPARE(proposal->proposedPins.front().logicalShard, 5);
    QCOMPARE(proposal->conflicts.size(), size_t(1));
    QCOMPARE(proposal->conflicts.front().code, FindingCode::RowsMisplaced);
    QVERIFY(!proposal->written);
    QVERIFY(!directoryThere(m_server, fleet));

    AdoptRequest accepting = request(fleet, Layout::Schema);
    accepting.acceptPins = true;
    const auto accepted = adopt(fleet, accepting);
    QVERIFY(accepted);
    QVERIFY(accepted->conflicts.empty());
    QVERIFY(accepted->written);
    const ShardMap map = fleet.map();
    QCOMPARE(map.pins.size(), size_t(1));
    QCOMPARE(map.pins.front().logicalShard, 5);
}

void TestAdopt::conflictsForbidIt_data()
{
    QTest::addColumn<bool>("rows");
    QTest::addColumn<QString>("instance");
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("finding");
    QTest::newRow("a shard on two instances")
        << false << i2 << QStringLiteral("create schema ls_0002") << QStringLiteral("shard_twice");
    QTest::newRow("tables that differ") << true << i2 << QStringLiteral("alter table app.orders add extra int")
                                        << QStringLiteral("table_differs");
    QTest::newRow("a tenant on two instances")
        << true << i2 << QStringLiteral("insert into app.orders values (1, 7), (2, 7), (3, 7), (26, 7), (51, 7)")
        << QStringLiteral("rows_misplaced");
    QTest::newRow("reference contents") << true << i2 << QStringLiteral("delete from app.plans")
                                        << QStringLiteral("reference_differs");
}

void TestAdopt::conflictsForbidIt()
{
    QFETCH(bool, rows);
    QFETCH(QString, instance);
    QFETCH(QString, sql);
    const Layout layout = rows ? Layout::Rows : Layout::Schema;
    const Fleet fleet(m_server, layout, routing(Recipe::Range), false);
    fleet.run(instance, sql.toUtf8());
    const auto report = adopt(fleet, request(fleet, layout));
    QVERIFY2(report, report ? "" : qPrintable(report.error().found));
    QCOMPARE(report->conflicts.size(), size_t(1));
    QTEST(findingName(report->conflicts.front().code), "finding");
    QVERIFY(!report->written);
    QVERIFY(report->plan.empty());
    QVERIFY(!directoryThere(m_server, fleet));
}

void TestAdopt::conflictsCanBeAccepted()
{
    const Fleet fleet(m_server, Layout::Rows, routing(Recipe::Hash), false);
    fleet.run(i2, "delete from app.plans");
    AdoptRequest accepting = request(fleet, Layout::Rows);
    accepting.acceptConflicts = true;
    const auto report = adopt(fleet, accepting);
    QVERIFY(report);
    QCOMPARE(report->conflicts.size(), size_t(1));
    QVERIFY(report->written);
    QCOMPARE(fleet.map().shards.size(), size_t(8));
}

void TestAdopt::emptyShardsStayUnplaced()
{
    const Fleet fleet(m_server, Layout::Rows, routing(Recipe::Range), false);
    fleet.run(i2, "delete from app.orders where tenant_id between 75 and 99"); // range 3
    const auto report = adopt(fleet, request(fleet, Layout::Rows));
    QVERIFY(report);
    QCOMPARE(report->unplaced, std::vector<int>{3});
    QVERIFY(report->written);
    QCOMPARE(fleet.map().shards.size(), size_t(7));
}

void TestAdopt::refuses()
{
    const Fleet fleet(m_server, Layout::Rows, routing(Recipe::Hash));
    const auto twice = adopt(fleet, request(fleet, Layout::Rows));
    QVERIFY(!twice);
    QCOMPARE(twice.error().code, ErrorCode::DirectoryExists);

    fleet.run(QStringLiteral("directory"), "drop schema shardhelm cascade");
    AdoptRequest away = request(fleet, Layout::Rows);
    away.init.instances[1].conninfo = QStringLiteral("host=/nonexistent dbname=x");
    const auto unreachable = adopt(fleet, away);
    QVERIFY(!unreachable);
    QCOMPARE(unreachable.error().subject, i2);

    fleet.run(i1, "truncate app.orders");
    fleet.run(i2, "truncate app.orders");
    const auto nothing = adopt(fleet, request(fleet, Layout::Rows));
    QVERIFY(!nothing);
    QCOMPARE(nothing.error().code, ErrorCode::Refused);
    QVERIFY(!directoryThere(m_server, fleet));
}

QTEST_GUILESS_MAIN(TestAdopt)
#include "tst_adopt.moc"
