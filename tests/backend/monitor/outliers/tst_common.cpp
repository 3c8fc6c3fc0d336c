// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/outliers/common.h"

#include "noisyfleet.h"

#include <QTest>

using namespace shardhelm::monitor::outliers;
using shardhelm::test::NoisyFleet;

class TestCommon : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void manyThatSlowDownTogether()
    {
        NoisyFleet noisy(8, 1);
        CommonChanges common;
        std::vector<CommonChange> changes;
        for (int i = 0; i < 40; ++i) {
            changes = common.update(noisy.sample(5 * i));
            QVERIFY(changes.empty());
        }
        // Six of eight get slower, one after the other within 15 s; scores over the fleet would not see them.
        for (int i = 40; i < 50; ++i) {
            FleetObservation fleet = noisy.sample(5 * i);
            for (size_t k = 0; k < 6; ++k) {
                if (i >= 40 + int(k) / 2)
                    fleet.instances[k].set(Metric::P99Ms, *fleet.instances[k].value(Metric::P99Ms) * 12);
            }
            changes = common.update(fleet);
        }
        QCOMPARE(changes.size(), size_t(1));
        QCOMPARE(changes[0].metric, Metric::P99Ms);
        QCOMPARE(changes[0].changed, 6);
        QCOMPARE(changes[0].fleet, 8);
        QCOMPARE(changes[0].instances.size(), 6);
        QVERIFY(changes[0].fromSeconds >= 200 && changes[0].toSeconds <= 220);
        // It passes.
        for (int i = 50; i < 55; ++i)
            changes = common.update(noisy.sample(5 * i));
        QVERIFY(changes.empty());
    }

    void oneByOneOverAnHourIsNotCommon()
    {
        NoisyFleet noisy(8, 2);
        CommonChanges common;
        for (int i = 0; i < 40; ++i)
            common.update(noisy.sample(5 * i));
        for (int i = 40; i < 240; ++i) {
            FleetObservation fleet = noisy.sample(5 * i);
            for (size_t k = 0; k < 8; ++k) {
                if (i >= 40 + 25 * int(k))
                    fleet.instances[k].set(Metric::P99Ms, *fleet.instances[k].value(Metric::P99Ms) * 12);
            }
            QVERIFY(common.update(fleet).empty());
        }
    }

    void aFewAreNotMany()
    {
        NoisyFleet noisy(8, 3);
        CommonChanges common;
        for (int i = 0; i < 60; ++i) {
            FleetObservation fleet = noisy.sample(5 * i);
            for (size_t k = 0; k < 3; ++k) {
                if (i >= 40)
                    fleet.instances[k].set(Metric::P99Ms, 800);
            }
            QVERIFY(common.update(fleet).empty());
        }
    }

    void healthyFleetsChangeNothing()
    {
        for (const int size : {3, 4, 8, 32}) {
            NoisyFleet noisy(size, 20 + quint64(size));
            CommonChanges common;
            for (int i = 0; i < 500; ++i)
                QVERIFY(common.update(noisy.sample(5 * i)).empty());
        }
    }

    void needsAPast()
    {
        CommonChanges common;
        NoisyFleet noisy(8, 5);
        FleetObservation fleet = noisy.sample(0);
        for (Observation &one : fleet.instances)
            one.set(Metric::P99Ms, 1e6);
        QVERIFY(common.update(fleet).empty());
        QVERIFY(common.update({}).empty());
    }
};

QTEST_APPLESS_MAIN(TestCommon)
#include "tst_common.moc"
