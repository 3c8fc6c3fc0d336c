// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/tracks.h"

#include <QTest>

using namespace shardhelm;
using namespace shardhelm::monitor;

namespace {

constexpr Milliseconds interval{2000};
const QString a = QStringLiteral("a");

ServerSample answer(State state)
{
    ServerSample sample;
    sample.name = a;
    sample.state = state;
    sample.version = QStringLiteral("15.20");
    if (state == State::Down)
        sample.reason = Error{ErrorCode::ConnectionRefused, a, {}, {}, 0, std::nullopt};
    return sample;
}

} // namespace

/// The states of a server over time, by a clock of the test's own.
class TestTracks : public QObject
{
    Q_OBJECT

private:
    Tracks m_tracks;
    QRandomGenerator m_random{1};
    Clock::time_point m_now;

    [[nodiscard]] ServerSample shown() const { return m_tracks.shown(m_now, interval).front(); }
    void record(State state) { m_tracks.record(answer(state), m_now, m_random); }

private Q_SLOTS:
    void init()
    {
        m_tracks = Tracks();
        m_tracks.setTargets({{a, a, Role::Primary, QStringLiteral("host=h"), QStringLiteral("z"), 3}});
        m_now = Clock::now();
    }

    void connectsUntilTheFirstAnswer()
    {
        QCOMPARE(shown().state, State::Connecting);
        QVERIFY(!m_tracks.ageing(m_now, interval));
        record(State::Healthy);
        QCOMPARE(shown().state, State::Healthy);
        QCOMPARE(shown().zone, QStringLiteral("z"));
        QCOMPARE(shown().logicalShards, 3);
    }

    void isDownWhenItNeverAnswered()
    {
        record(State::Down);
        QCOMPARE(shown().state, State::Down);
        QCOMPARE(shown().reason->code, ErrorCode::ConnectionRefused);
        QVERIFY(shown().version.isEmpty());
    }

    void failsByDegrees()
    {
        record(State::Healthy);
        m_now += interval;
        record(State::Down);
        QCOMPARE(shown().state, State::Degraded);
        QCOMPARE(shown().reason->code, ErrorCode::ConnectionRefused);
        QVERIFY(m_tracks.ageing(m_now, interval));
        m_now += interval + Milliseconds(1);
        QCOMPARE(shown().state, State::Stale);
        m_now += interval;
        QCOMPARE(shown().state, State::Down);
        QCOMPARE(shown().version, QStringLiteral("15.20")); // the last good figures stay
        record(State::Healthy);
        QCOMPARE(shown().state, State::Healthy);
        QVERIFY(!shown().reason);
    }

    void growsStaleWithoutAFailure()
    {
        record(State::Healthy);
        m_now += 2 * interval + Milliseconds(1);
        QCOMPARE(shown().state, State::Stale);
        QVERIFY(!shown().reason);
    }

    void isNotKeptInTheBalanceByALongInterval()
    {
        const Milliseconds minute(60000);
        record(State::Healthy);
        m_now += minute;
        record(State::Down);
        m_now += Milliseconds(10001);
        QCOMPARE(m_tracks.shown(m_now, minute).front().state, State::Down);
    }

    void retriesWhatFailsWithGrowingPauses()
    {
        QCOMPARE(m_tracks.steady().size(), size_t(1));
        QVERIFY(!m_tracks.nextDue());
        record(State::Down);
        QVERIFY(m_tracks.steady().empty());
        QVERIFY(m_tracks.due(m_now).empty());
        const auto next = m_tracks.nextDue();
        QVERIFY(next && *next > m_now);
        m_now = *next;
        QCOMPARE(m_tracks.due(m_now).size(), size_t(1));
        record(State::Healthy);
        QCOMPARE(m_tracks.steady().size(), size_t(1));
        QVERIFY(!m_tracks.nextDue());
    }

    void aPauseDoesNotAge()
    {
        record(State::Healthy);
        m_now += std::chrono::hours(1);
        m_tracks.shift(std::chrono::hours(1));
        QCOMPARE(shown().state, State::Healthy);
    }

    void keepsWhatStaysAndForgetsTheRest()
    {
        record(State::Healthy);
        m_tracks.setTargets({{a, a, Role::Primary, QStringLiteral("host=h"), QStringLiteral("y"), 4}});
        QCOMPARE(shown().state, State::Healthy);
        QCOMPARE(shown().logicalShards, 4);
        m_tracks.setTargets({{a, a, Role::Primary, QStringLiteral("host=other"), {}, 4}});
        QCOMPARE(shown().state, State::Connecting);
        m_tracks.setTargets({});
        record(State::Healthy); // was asked before it left
        QVERIFY(m_tracks.shown(m_now, interval).empty());
    }
};

QTEST_GUILESS_MAIN(TestTracks)
#include "tst_tracks.moc"
