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

    [[nodiscard]] ServerSample shown() const { return m_tracks.shown(m_now).front(); }
    void record(State state) { m_tracks.record(answer(state), m_now, m_random); }

private Q_SLOTS:
    void init()
    {
        m_tracks = Tracks();
        m_now = Clock::now();
        m_tracks.setInterval(interval, m_now);
        m_tracks.setTargets({{a, a, Role::Primary, QStringLiteral("host=h"), QStringLiteral("z"), 3}}, m_now);
    }

    void connectsUntilTheFirstAnswer()
    {
        QCOMPARE(shown().state, State::Connecting);
        QVERIFY(!m_tracks.ageing(m_now));
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
        QVERIFY(m_tracks.ageing(m_now));
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
        m_tracks.setInterval(minute, m_now);
        record(State::Healthy);
        m_now += minute;
        record(State::Down);
        m_now += Milliseconds(10001);
        QCOMPARE(m_tracks.shown(m_now).front().state, State::Down);
    }

    void keepsItsBeat()
    {
        const Clock::time_point first = m_now;
        for (int i = 0; i < 5; ++i) {
            m_now = first + i * interval;
            QCOMPARE(m_tracks.nextDue(), std::optional(m_now));
            QVERIFY(m_tracks.takeDue(m_now - Milliseconds(1)).empty());
            QCOMPARE(m_tracks.takeDue(m_now).size(), size_t(1));
            QVERIFY(!m_tracks.nextDue()); // not again while it is being sampled
            m_now += Milliseconds(37 * i); // the answer takes its time
            record(State::Healthy);
        }
        // A beat that went by while it was being sampled is left out.
        m_now = first + 5 * interval;
        QCOMPARE(m_tracks.takeDue(m_now).size(), size_t(1));
        m_now += interval + interval / 2;
        record(State::Healthy);
        QCOMPARE(m_tracks.nextDue(), std::optional(first + 7 * interval));
    }

    void beatsAreSpread()
    {
        std::vector<Target> targets;
        for (int i = 0; i < 1000; ++i) {
            const QString name = QString::number(i);
            targets.push_back({name, name, Role::Primary, QStringLiteral("host=h"), {}, 0});
        }
        m_tracks.setTargets(targets, m_now);
        size_t begun = 0;
        const Clock::time_point end = m_now + interval;
        while (m_now <= end) {
            const size_t now = m_tracks.takeDue(m_now).size();
            QVERIFY2(now <= 12, qPrintable(QString::number(now))); // 1000 in 200 steps of 10 ms
            begun += now;
            m_now += Milliseconds(10);
        }
        QCOMPARE(begun, size_t(1000));
    }

    void retriesWhatFailsWithGrowingPauses()
    {
        const Clock::time_point first = m_now;
        QCOMPARE(m_tracks.takeDue(m_now).size(), size_t(1));
        Clock::duration longest{};
        for (int i = 0; i < 30; ++i) {
            record(State::Down);
            const auto next = m_tracks.nextDue();
            QVERIFY(next && *next > m_now);
            longest = std::max(longest, *next - m_now);
            m_now = *next;
            const auto due = m_tracks.takeDue(m_now);
            QCOMPARE(due.size(), size_t(1));
            QVERIFY(due.front().failing);
        }
        QVERIFY(longest > Milliseconds(2000) && longest <= Milliseconds(5000));
        // With its first answer it is back on its beat.
        record(State::Healthy);
        const auto next = m_tracks.nextDue();
        QVERIFY(next && *next > m_now && *next <= m_now + interval);
        QCOMPARE((*next - first) % interval, Clock::duration(0));
    }

    void aServerThatIsBusyStaysAsItWas()
    {
        record(State::Healthy);
        m_now += interval;
        QCOMPARE(m_tracks.takeDue(m_now).size(), size_t(1));
        m_tracks.leave(a, m_now);
        QCOMPARE(shown().state, State::Healthy);
        QVERIFY(m_tracks.nextDue());
    }

    void aPauseDoesNotAge()
    {
        record(State::Healthy);
        m_now += std::chrono::hours(1);
        m_tracks.resume(std::chrono::hours(1), m_now);
        QCOMPARE(shown().state, State::Healthy);
        QCOMPARE(m_tracks.takeDue(m_now).size(), size_t(1)); // at once
    }

    void theDiskFillsUp()
    {
        constexpr qint64 gigabyte = qint64(1) << 30;
        record(State::Healthy);
        MachineFigures figures;
        figures.diskSizeBytes = 100 * gigabyte;
        for (int minute = 0; minute <= 60; ++minute) {
            QVERIFY(!shown().daysUntilFull.value || minute >= 10);
            figures.diskFreeBytes = 60 * gigabyte - minute * gigabyte / 6; // ten an hour
            m_tracks.setMachine(a, figures, m_now);
            m_now += std::chrono::minutes(1);
        }
        QCOMPARE(shown().diskFreeBytes.value, figures.diskFreeBytes);
        QVERIFY(shown().daysUntilFull.value);
        QVERIFY(std::abs(*shown().daysUntilFull.value - 5.0 / 24) < 0.01);
        m_tracks.setMachine(a, fail(ErrorCode::ProgramFailed, a, QStringLiteral("3")), m_now);
        QVERIFY(!shown().diskFreeBytes.value);
        QCOMPARE(shown().warnings, QStringList(QStringLiteral("os_command failed: 3")));
    }

    void keepsWhatStaysAndForgetsTheRest()
    {
        record(State::Healthy);
        m_tracks.setTargets({{a, a, Role::Primary, QStringLiteral("host=h"), QStringLiteral("y"), 4}}, m_now);
        QCOMPARE(shown().state, State::Healthy);
        QCOMPARE(shown().logicalShards, 4);
        m_tracks.setTargets({{a, a, Role::Primary, QStringLiteral("host=other"), {}, 4}}, m_now);
        QCOMPARE(shown().state, State::Connecting);
        m_tracks.setTargets({}, m_now);
        record(State::Healthy); // was asked before it left
        QVERIFY(m_tracks.shown(m_now).empty());
    }
};

QTEST_GUILESS_MAIN(TestTracks)
#include "tst_tracks.moc"
