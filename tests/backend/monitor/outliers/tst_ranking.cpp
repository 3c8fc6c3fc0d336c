// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/outliers/ranking.h"

#include "noisyfleet.h"

#include <QTest>

using namespace shardhelm::monitor::outliers;
using shardhelm::test::NoisyFleet;

namespace {

/// Ten instances with a p99 of 10 ms but for those named.
FleetObservation fleetWith(double at, const QHash<int, double> &slow)
{
    FleetObservation fleet;
    fleet.atSeconds = at;
    for (int i = 0; i < 10; ++i) {
        Observation one;
        one.instance = QStringLiteral("i%1").arg(i);
        one.p99Source = QStringLiteral("log");
        one.set(Metric::P99Ms, slow.value(i, 10));
        fleet.instances.push_back(one);
    }
    return fleet;
}

QStringList names(const std::vector<Ranked> &ranked)
{
    QStringList result;
    for (const Ranked &one : ranked)
        result << one.instance;
    return result;
}

} // namespace

class TestRanking : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void entersAfterTwoSamplesAndLeavesAfterThree()
    {
        Ranking ranking;
        QVERIFY(ranking.update(fleetWith(0, {})).empty());
        QVERIFY(ranking.update(fleetWith(5, {{3, 410}})).empty());
        const auto &ranked = ranking.update(fleetWith(10, {{3, 430}}));
        QCOMPARE(names(ranked), QStringList{QStringLiteral("i3")});
        QCOMPARE(ranked[0].sinceSeconds, 5.0);
        QCOMPARE(ranked[0].reasons.size(), size_t(1));
        QCOMPARE(ranked[0].reasons[0], (Reason{Metric::P99Ms, 430, 10, 43, 5, 0, QStringLiteral("log"), {}}));
        QCOMPARE(ranking.update(fleetWith(15, {})).size(), size_t(1));
        QCOMPARE(ranking.update(fleetWith(20, {})).size(), size_t(1));
        QCOMPARE(ranking.update(fleetWith(25, {})).size(), size_t(0));
    }

    void lessClearTakesThreeSamples()
    {
        Ranking ranking;
        QVERIFY(ranking.update(fleetWith(0, {{3, 50}})).empty());
        QVERIFY(ranking.update(fleetWith(5, {{3, 50}})).empty());
        QCOMPARE(ranking.update(fleetWith(10, {{3, 50}})).size(), size_t(1));
        QCOMPARE(ranking.ranked()[0].sinceSeconds, 0.0);
    }

    void oneOddSampleIsNothing()
    {
        Ranking ranking;
        for (int at = 0; at < 100; ++at)
            QVERIFY(ranking.update(fleetWith(at, at % 2 == 0 ? QHash<int, double>{{4, 500}} : QHash<int, double>()))
                        .empty());
    }

    void downIsFirstAtOnce()
    {
        Ranking ranking;
        ranking.update(fleetWith(0, {{1, 900}}));
        ranking.update(fleetWith(5, {{1, 900}}));
        FleetObservation fleet = fleetWith(6, {{1, 900}});
        fleet.instances[7].down = true;
        fleet.instances[7].values = {};
        QCOMPARE(names(ranking.update(fleet)), QStringList({QStringLiteral("i7"), QStringLiteral("i1")}));
        QVERIFY(ranking.ranked()[0].down);
        QCOMPARE(ranking.ranked()[0].sinceSeconds, 6.0);
        // A member that goes down moves up although the order has just changed.
        fleet.atSeconds = 7;
        fleet.instances[7].down = false;
        fleet.instances[7].set(Metric::P99Ms, 10);
        fleet.instances[1].down = true;
        QCOMPARE(names(ranking.update(fleet)).first(), QStringLiteral("i1"));
    }

    void reasonsNameTheBlocker()
    {
        Ranking ranking;
        for (const double at : {0.0, 5.0}) {
            FleetObservation fleet = fleetWith(at, {{2, 300}});
            for (Observation &one : fleet.instances)
                one.set(Metric::BlockedSessions, 0);
            fleet.instances[2].set(Metric::BlockedSessions, 7);
            fleet.instances[2].blockerPid = 4711;
            ranking.update(fleet);
        }
        QCOMPARE(ranking.ranked().size(), size_t(1));
        const auto &reasons = ranking.ranked()[0].reasons;
        QCOMPARE(reasons.size(), size_t(2));
        const auto blocked = std::find_if(reasons.begin(), reasons.end(),
                                          [](const Reason &r) { return r.metric == Metric::BlockedSessions; });
        QVERIFY(blocked != reasons.end());
        QCOMPARE(blocked->value, 7.0);
        QCOMPARE(blocked->blockerPid, 4711);
        QVERIFY(!blocked->factor);
    }

    void eachReasonHasItsOwnBeginning()
    {
        Ranking ranking;
        for (int at = 0; at <= 40; at += 5) {
            FleetObservation fleet = fleetWith(at, {{2, 300}});
            for (Observation &one : fleet.instances)
                one.set(Metric::LagSeconds, 0);
            fleet.instances[2].set(Metric::LagSeconds, at >= 20 ? 120 : 0);
            ranking.update(fleet);
        }
        const Ranked &worst = ranking.ranked().front();
        QCOMPARE(worst.sinceSeconds, 0.0);
        for (const Reason &reason : worst.reasons)
            QCOMPARE(reason.sinceSeconds, reason.metric == Metric::P99Ms ? 0.0 : 20.0);
    }

    void overtakingNeedsToBeClearAndLasting()
    {
        Ranking ranking;
        std::mt19937_64 random(3);
        std::uniform_real_distribution<double> noise(0.8, 1.25);
        ranking.update(fleetWith(0, {{1, 310}, {2, 300}}));
        ranking.update(fleetWith(5, {{1, 310}, {2, 300}}));
        const QStringList order = names(ranking.ranked());
        QCOMPARE(order, QStringList({QStringLiteral("i1"), QStringLiteral("i2")}));
        // Alike and noisy: the order stands.
        double at = 10;
        for (int i = 0; i < 500; ++i, at += 5)
            QCOMPARE(names(ranking.update(fleetWith(at, {{1, 300 * noise(random)}, {2, 300 * noise(random)}}))), order);
        // Clearly worse, once: the order stands. Twice: it changes.
        QCOMPARE(names(ranking.update(fleetWith(at, {{1, 300}, {2, 9000}}))), order);
        QCOMPARE(names(ranking.update(fleetWith(at + 5, {{1, 300}, {2, 9000}}))),
                 QStringList({QStringLiteral("i2"), QStringLiteral("i1")}));
        // And then stands for a while.
        ranking.update(fleetWith(at + 7, {{1, 90000}, {2, 300}}));
        QCOMPARE(names(ranking.update(fleetWith(at + 9, {{1, 90000}, {2, 300}}))).first(), QStringLiteral("i2"));
        QCOMPARE(names(ranking.update(fleetWith(at + 16, {{1, 90000}, {2, 300}}))).first(), QStringLiteral("i1"));
    }

    /// A value that trembles around the threshold enters once and stays.
    void noFlickerAtTheThreshold()
    {
        std::mt19937_64 random(4);
        std::uniform_real_distribution<double> noise(0.9, 1.1);
        // Where severity is exactly 1 for this fleet.
        double low = 10;
        double high = 1000;
        while (high - low > 0.01) {
            const double middle = (low + high) / 2;
            (score(fleetWith(0, {{5, middle}}))[5].severity < 1 ? low : high) = middle;
        }
        Ranking ranking;
        int changes = 0;
        size_t before = 0;
        for (int i = 0; i < 1000; ++i) {
            const size_t now = ranking.update(fleetWith(5.0 * i, {{5, high * noise(random)}})).size();
            changes += now != before;
            before = now;
        }
        QCOMPARE(changes, 1);
        QCOMPARE(before, size_t(1));
    }

    void healthyFleetsRaiseNothing_data()
    {
        QTest::addColumn<int>("size");
        QTest::addColumn<int>("seed");
        QTest::newRow("4 instances") << 4 << 11;
        QTest::newRow("8 instances") << 8 << 12;
        QTest::newRow("16 instances") << 16 << 13;
        QTest::newRow("32 instances") << 32 << 14;
        QTest::newRow("100 instances") << 100 << 15;
    }

    void healthyFleetsRaiseNothing()
    {
        QFETCH(int, size);
        QFETCH(int, seed);
        NoisyFleet noisy(size, quint64(seed));
        Ranking ranking;
        for (int i = 0; i < 600; ++i) {
            const auto &ranked = ranking.update(noisy.sample(5 * i));
            for (const Ranked &one : ranked) {
                for (const Reason &reason : one.reasons)
                    qInfo("sample %d: metric %d of %s is %g", i, int(reason.metric), qPrintable(one.instance),
                          reason.value);
            }
            QVERIFY(ranked.empty());
        }
    }

    void silenceKeepsThePlaceAndRemovalDropsIt()
    {
        Ranking ranking;
        ranking.update(fleetWith(0, {{3, 410}}));
        ranking.update(fleetWith(5, {{3, 410}}));
        for (int at = 10; at < 60; at += 5) {
            FleetObservation fleet = fleetWith(at, {});
            fleet.instances[3].values = {};
            QCOMPARE(ranking.update(fleet).size(), size_t(1));
        }
        FleetObservation fleet = fleetWith(60, {});
        fleet.instances.erase(fleet.instances.begin() + 3);
        QVERIFY(ranking.update(fleet).empty());
        QVERIFY(ranking.update({}).empty());
    }
};

QTEST_APPLESS_MAIN(TestRanking)
#include "tst_ranking.moc"
