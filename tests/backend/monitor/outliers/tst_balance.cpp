// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/outliers/balance.h"

#include <QTest>

#include <cmath>

using namespace shardhelm::monitor::outliers;

namespace {

constexpr double gigabyte = 1024.0 * 1024 * 1024;

/// Instances a, b, c … with these write rates, sizes of 10 GB and 100 tenants each.
std::vector<InstanceLoad> writes(const std::vector<double> &rates)
{
    std::vector<InstanceLoad> fleet;
    for (size_t i = 0; i < rates.size(); ++i) {
        InstanceLoad one;
        one.instance = QChar(char16_t(u'a' + i));
        one.sizeBytes = 10 * gigabyte;
        one.writesPerSecond = rates[i];
        one.tenants = 100;
        fleet.push_back(one);
    }
    return fleet;
}

} // namespace

class TestBalance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void imbalance()
    {
        auto fleet = writes({100, 100, 100});
        fleet[1].sizeBytes = 25 * gigabyte;
        const auto found = imbalances(fleet);
        QCOMPARE(found.size(), size_t(1));
        QCOMPARE(found[0].load, Load::SizeBytes);
        QCOMPARE(found[0].largest, QStringLiteral("b"));
        QCOMPARE(found[0].largestAmount, 25 * gigabyte);
        QCOMPARE(found[0].factor, std::optional(2.5));
    }

    void noImbalance()
    {
        QVERIFY(imbalances({}).empty());
        QVERIFY(imbalances(writes({100})).empty());
        QVERIFY(imbalances(writes({100, 200})).empty()); // exactly twice
        QVERIFY(imbalances(writes({0.1, 5, 3})).empty()); // too little to matter
        auto fleet = writes({100, 500});
        fleet[1].writesPerSecond.reset(); // unknown is not zero
        QVERIFY(imbalances(fleet).empty());
    }

    void emptyInstanceHasNoFactor()
    {
        const auto found = imbalances(writes({0, 500}));
        QCOMPARE(found.size(), size_t(1));
        QCOMPARE(found[0].smallest, QStringLiteral("a"));
        QVERIFY(!found[0].factor);
    }

    void hotShare()
    {
        const auto found = hotShares(writes({61, 6, 6, 6, 6, 5, 5, 5}));
        QCOMPARE(found.size(), size_t(1));
        QCOMPARE(found[0].load, Load::WritesPerSecond);
        QCOMPARE(found[0].instance, QStringLiteral("a"));
        QCOMPARE(found[0].share, 0.61);
        QCOMPARE(found[0].instances, 8);
        QVERIFY(hotShares(writes({30, 25, 25, 20})).empty());
        QVERIFY(hotShares(writes({55, 45})).empty());
        QCOMPARE(hotShares(writes({80, 20})).size(), size_t(1));
        QVERIFY(hotShares(writes({5, 0, 0, 0})).empty()); // hardly any work
        QVERIFY(hotShares(writes({500})).empty());
        QVERIFY(hotShares({}).empty());
    }

    void blastRadius_data()
    {
        QTest::addColumn<QStringList>("down");
        QTest::addColumn<qint64>("tenants"); // -1: unknown
        QTest::addColumn<double>("share");
        const QString a = QStringLiteral("a");
        const QString c = QStringLiteral("c");
        QTest::newRow("none") << QStringList() << qint64(-1) << -1.0;
        QTest::newRow("one") << QStringList{a} << qint64(100) << 0.11;
        QTest::newRow("two") << QStringList{a, c} << qint64(200) << 0.41;
        QTest::newRow("one never heard of") << QStringList{a, QStringLiteral("z")} << qint64(-1) << -1.0;
    }

    void blastRadius()
    {
        QFETCH(QStringList, down);
        QFETCH(qint64, tenants);
        QFETCH(double, share);
        const auto radius = shardhelm::monitor::outliers::blastRadius(writes({11, 59, 30}), down);
        QCOMPARE(radius.instances, down);
        QCOMPARE(radius.tenants.value_or(-1), tenants);
        QVERIFY(std::abs(radius.writeShare.value_or(-1) - share) < 1e-9);
        QVERIFY(!radius.transactionShare);
    }

    void blastRadiusOfAnIdleFleetIsUnknown()
    {
        QVERIFY(!shardhelm::monitor::outliers::blastRadius(writes({0, 0}), {QStringLiteral("a")}).writeShare);
    }
};

QTEST_APPLESS_MAIN(TestBalance)
#include "tst_balance.moc"
