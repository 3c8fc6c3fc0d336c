// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/adoptplan.h"

#include <QTest>

using namespace shardhelm::cluster;

namespace {

Holding holding(const char *instance, int shard, std::initializer_list<std::pair<const char *, int>> tenants)
{
    Holding made{QString::fromLatin1(instance), shard, {}};
    for (const auto &[tenant, rows] : tenants)
        made.rowsOfTenant.insert(QString::fromLatin1(tenant), rows);
    return made;
}

NaturalShards natural(std::initializer_list<std::pair<const char *, int>> tenants)
{
    NaturalShards shards;
    for (const auto &[tenant, shard] : tenants)
        shards.insert(QString::fromLatin1(tenant), shard);
    return shards;
}

/// "0:a 1:b | unplaced | tenant->shard"
QString text(const AdoptPlan &plan)
{
    QStringList placed;
    for (auto it = plan.placement.cbegin(); it != plan.placement.cend(); ++it)
        placed << QStringLiteral("%1:%2").arg(QString::number(it.key()), it.value());
    QStringList unplaced;
    for (const int shard : plan.unplaced)
        unplaced << QString::number(shard);
    QStringList pins;
    for (const TenantPin &pin : plan.pins)
        pins << QStringLiteral("%1->%2").arg(pin.tenant).arg(pin.logicalShard);
    return QStringList{placed.join(u' '), unplaced.join(u' '), pins.join(u' ')}.join(QLatin1StringView(" | "));
}

} // namespace

class TestAdoptPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void schemas_data();
    void schemas();
    void withoutRouting();
    void rows_data();
    void rows();
};

void TestAdoptPlan::schemas_data()
{
    QTest::addColumn<std::vector<Holding>>("holdings");
    QTest::addColumn<QString>("plan");
    QTest::newRow("as it should be") << std::vector{holding("a", 0, {{"t0", 5}}), holding("b", 1, {{"t1", 5}})}
                                     << QStringLiteral("0:a 1:b | 2 3 | ");
    QTest::newRow("empty schema") << std::vector{holding("a", 0, {}), holding("b", 3, {{"t3", 1}})}
                                  << QStringLiteral("0:a 3:b | 1 2 | ");
    QTest::newRow("twice: most rows") << std::vector{holding("a", 0, {{"t0", 5}}), holding("b", 0, {{"t0", 6}})}
                                      << QStringLiteral("0:b | 1 2 3 | ");
    QTest::newRow("twice: the first when equal")
        << std::vector{holding("b", 0, {{"t0", 5}}), holding("a", 0, {{"t0", 5}})} << QStringLiteral("0:b | 1 2 3 | ");
    QTest::newRow("whole in another") << std::vector{holding("a", 0, {{"t0", 5}, {"t1", 2}}), holding("b", 1, {})}
                                      << QStringLiteral("0:a 1:b | 2 3 | t1->0");
    QTest::newRow("split over two") << std::vector{holding("a", 0, {{"t1", 2}}), holding("b", 1, {{"t1", 1}})}
                                    << QStringLiteral("0:a 1:b | 2 3 | ");
    QTest::newRow("not in a copy") << std::vector{holding("a", 0, {{"t1", 2}}), holding("b", 0, {{"t0", 9}})}
                                   << QStringLiteral("0:b | 1 2 3 | ");
    QTest::newRow("routes nowhere") << std::vector{holding("a", 0, {{"other", 2}})}
                                    << QStringLiteral("0:a | 1 2 3 | other->0");
}

void TestAdoptPlan::schemas()
{
    QFETCH(std::vector<Holding>, holdings);
    QTEST(text(planFromSchemas(4, holdings, natural({{"t0", 0}, {"t1", 1}, {"t2", 2}, {"t3", 3}}))), "plan");
}

void TestAdoptPlan::withoutRouting()
{
    QCOMPARE(text(planFromSchemas(2, {holding("a", 0, {{"x", 5}}), holding("b", 1, {{"y", 5}})}, std::nullopt)),
             QStringLiteral("0:a 1:b |  | "));
}

void TestAdoptPlan::rows_data()
{
    QTest::addColumn<std::vector<Holding>>("holdings");
    QTest::addColumn<QString>("plan");
    QTest::newRow("as it should be") << std::vector{holding("a", -1, {{"t0", 5}, {"t2", 1}}),
                                                    holding("b", -1, {{"t1", 5}})}
                                     << QStringLiteral("0:a 1:b 2:a | 3 | ");
    QTest::newRow("whole elsewhere") << std::vector{holding("a", -1, {{"t0", 5}, {"u0", 1}}),
                                                    holding("b", -1, {{"t1", 5}, {"v0", 100}})}
                                     << QStringLiteral("0:a 1:b | 2 3 | v0->1");
    QTest::newRow("on an instance without shards: the first empty one goes there")
        << std::vector{holding("a", -1, {{"t0", 5}, {"u0", 1}}), holding("b", -1, {{"v0", 100}})}
        << QStringLiteral("0:a 1:b | 2 3 | v0->1");
    QTest::newRow("on both") << std::vector{holding("a", -1, {{"t0", 5}, {"u0", 1}}), holding("b", -1, {{"t0", 5}})}
                             << QStringLiteral("0:a | 1 2 3 | ");
    QTest::newRow("nothing") << std::vector{holding("a", -1, {}), holding("b", -1, {})}
                             << QStringLiteral(" | 0 1 2 3 | ");
    QTest::newRow("every tenant by pin") << std::vector{holding("a", -1, {{"x", 5}, {"y", 1}}),
                                                        holding("b", -1, {{"z", 5}})}
                                         << QStringLiteral("0:a 1:b | 2 3 | x->0 y->0 z->1");
}

void TestAdoptPlan::rows()
{
    QFETCH(std::vector<Holding>, holdings);
    QTEST(text(planFromRows(4, holdings, natural({{"t0", 0}, {"u0", 0}, {"v0", 0}, {"t1", 1}, {"t2", 2}, {"t3", 3}}))),
          "plan");
}

QTEST_GUILESS_MAIN(TestAdoptPlan)
#include "tst_adoptplan.moc"
