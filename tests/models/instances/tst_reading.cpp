// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/reading.h"
#include "support/testfleet.h"

#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace shardhelm;

namespace {

using Number = ValueReading<qint64>;

/// Reads one number from the server that is chosen.
Number::Make number(ClusterSession &session, const QByteArray &sql, bool overMonitor)
{
    return [&session, sql, overMonitor](const QString &server) -> Number::Reader {
        const auto target = detailTarget(session.fleet(), server);
        if (!target)
            return {};
        return [target, sql, overMonitor](const Askers &askers, const Wait &wait) -> Result<qint64> {
            monitor::detail::Asker &asker = overMonitor ? askers.monitor : askers.own;
            const auto answer = asker.ask({*target, {{sql, {}}}}, std::chrono::seconds(30), wait);
            if (!answer)
                return Failure(answer.error());
            if (!answer->front())
                return Failure(answer->front().error());
            return answer->front()->integer(0, 0);
        };
    };
}

constexpr std::chrono::milliseconds soon{50};

} // namespace

class TestReading : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_fleet = std::make_unique<test::TestFleet>();
        m_session = std::make_unique<ClusterSession>();
        m_session->open(m_fleet->clusterFilePath());
        QTRY_COMPARE_WITH_TIMEOUT(m_session->link(), Link::Up, 60000);
        m_worker = std::make_unique<DetailWorker>(*m_session);
    }

    void cleanupTestCase()
    {
        m_worker.reset();
        m_session.reset();
        m_fleet.reset();
    }

    void readsOnlyWhileWatched_data()
    {
        QTest::addColumn<bool>("overMonitor");
        QTest::newRow("own connection") << false;
        QTest::newRow("the monitor's") << true;
    }

    void readsOnlyWhileWatched()
    {
        QFETCH(bool, overMonitor);
        m_fleet->two.run("DROP SEQUENCE IF EXISTS looks; CREATE SEQUENCE looks");
        Number reading(*m_session, *m_worker, soon, number(*m_session, "SELECT nextval('looks')", overMonitor));
        reading.setServer(QStringLiteral("two"));
        QVERIFY(!reading.hasValue());
        QVERIFY(!reading.isReading());
        reading.setWatched(true);
        QVERIFY(reading.isReading());
        QTRY_VERIFY_WITH_TIMEOUT(reading.value().value_or(0) >= 3, 60000);
        reading.setWatched(false);
        QVERIFY(!reading.isReading());
        const qint64 last = *reading.value(); // kept
        // A session of another kind sees that nobody asks any more: what was under way has ended by then.
        const auto looks = [&] { return m_fleet->two.run("SELECT last_value FROM looks").integer(0, 0); };
        qint64 before = -1;
        QTRY_VERIFY_WITH_TIMEOUT(std::exchange(before, looks()) == looks(), 60000);
        QVERIFY(before >= last);
        m_session->setPaused(true);
        reading.setWatched(true);
        QTRY_VERIFY_WITH_TIMEOUT(!reading.isReading(), 60000);
        m_session->setPaused(false);
        QTRY_VERIFY_WITH_TIMEOUT(*reading.value() > before + 2, 60000);
    }

    void anotherServerDropsTheValue()
    {
        Number reading(*m_session, *m_worker, soon,
                       number(*m_session, "SELECT setting FROM pg_settings WHERE name = 'port'", false));
        reading.setServer(QStringLiteral("two"));
        reading.setWatched(true);
        QTRY_VERIFY_WITH_TIMEOUT(reading.hasValue(), 60000);
        QCOMPARE(*reading.value(), qint64(m_fleet->two.port()));
        reading.setServer(QStringLiteral("one"));
        QVERIFY(!reading.hasValue());
        QTRY_VERIFY_WITH_TIMEOUT(reading.hasValue(), 60000);
        QCOMPARE(*reading.value(), qint64(m_fleet->one.port()));
        reading.setServer({});
        QVERIFY(!reading.hasValue());
        QVERIFY(!reading.isReading());
    }

    void saysWhyItFailedAndKeepsTheValue()
    {
        m_fleet->two.run("DROP TABLE IF EXISTS shown; CREATE TABLE shown AS SELECT 7 AS n");
        Number reading(*m_session, *m_worker, soon, number(*m_session, "SELECT n FROM shown", false));
        reading.setServer(QStringLiteral("two"));
        reading.setWatched(true);
        QTRY_COMPARE_WITH_TIMEOUT(reading.value().value_or(0), qint64(7), 60000);
        m_fleet->two.run("DROP TABLE shown");
        QTRY_VERIFY_WITH_TIMEOUT(reading.error().has_value(), 60000);
        QCOMPARE(reading.error()->sqlstate(), QStringLiteral("42P01"));
        QCOMPARE(*reading.value(), qint64(7));
        m_fleet->two.run("CREATE TABLE shown AS SELECT 8 AS n");
        QTRY_COMPARE_WITH_TIMEOUT(*reading.value(), qint64(8), 60000);
        QVERIFY(!reading.error());
    }

    /// Leaving a server that hangs frees the worker for the next one at once.
    void aServerThatHangsHoldsUpNothing()
    {
        Number reading(*m_session, *m_worker, soon, number(*m_session, "SELECT 5", false));
        m_fleet->two.signal(SIGSTOP);
        reading.setServer(QStringLiteral("two"));
        reading.setWatched(true);
        QVERIFY(reading.isReading());
        reading.setServer(QStringLiteral("one"));
        QTRY_COMPARE_WITH_TIMEOUT(reading.value().value_or(0), qint64(5), 25000); // two would take 30 s
        m_fleet->two.signal(SIGCONT);
    }

private:
    std::unique_ptr<test::TestFleet> m_fleet;
    std::unique_ptr<ClusterSession> m_session;
    std::unique_ptr<DetailWorker> m_worker;
};

QTEST_GUILESS_MAIN(TestReading)
#include "tst_reading.moc"
