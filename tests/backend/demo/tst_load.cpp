// SPDX-License-Identifier: GPL-3.0-or-later
#include "loadcluster.h"

using namespace shardhelm;
using namespace shardhelm::test;

/// The load and its check on a quiet cluster.
class TestLoad : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesNothingLost_data();
    void leavesNothingLost();
};

void TestLoad::leavesNothingLost_data()
{
    QTest::addColumn<int>("layout");
    QTest::newRow("schema layout") << static_cast<int>(cluster::Layout::Schema);
    QTest::newRow("rows layout") << static_cast<int>(cluster::Layout::Rows);
}

void TestLoad::leavesNothingLost()
{
    QFETCH(const int, layout);
    const LoadCluster cluster(static_cast<cluster::Layout>(layout));
    for (int run = 1; run <= 2; ++run) {
        const auto loaded = cluster.load(1000);
        QVERIFY2(loaded, reasonOf(loaded).constData());
        const auto checked = cluster.check();
        QCOMPARE(verdict(checked), QStringLiteral("0 lost, 0 duplicated, 0 misplaced, 0 phantom"));
        QCOMPARE(checked->runs, run);
        QCOMPARE(checked->all.unknown, 0);
        QCOMPARE(checked->all.readsStale, 0);
        QVERIFY(checked->all.acknowledged >= loaded->totals.acknowledged);
        if (run == 1)
            QCOMPARE(checked->all.acknowledged, loaded->totals.acknowledged);
    }
}

QTEST_GUILESS_MAIN(TestLoad)
#include "tst_load.moc"
