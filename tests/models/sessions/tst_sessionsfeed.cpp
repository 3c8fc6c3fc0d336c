// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessions/sessionsfeed.h"
#include "sessions/signalcontroller.h"
#include "support/backgroundsession.h"
#include "support/testfleet.h"

#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace shardhelm;
using namespace shardhelm::test;

namespace {

const QString two = QStringLiteral("two");

} // namespace

/// Sessions of a live fleet as the window gets them, and signals to them.
class TestSessionsFeed : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<TestFleet> m_fleet;
    std::unique_ptr<ClusterSession> m_session;

    static const monitor::Session *find(const SessionsFeed &feed, int pid)
    {
        const auto server = feed.servers().constFind(two);
        return server == feed.servers().constEnd() || !server->list ? nullptr : server->list->session(pid);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_fleet = std::make_unique<TestFleet>();
        m_session = std::make_unique<ClusterSession>();
        m_session->open(m_fleet->clusterFilePath());
        QTRY_COMPARE_WITH_TIMEOUT(m_session->link(), Link::Up, 20000);
    }
    void cleanupTestCase()
    {
        m_session.reset();
        m_fleet.reset();
    }

    void followsTheFleetWhileSomebodyLooks()
    {
        SessionsFeed feed(*m_session);
        m_session->setInterval(std::chrono::milliseconds(500));
        QVERIFY(!feed.isComplete());
        feed.setActive(true);
        QTRY_VERIFY_WITH_TIMEOUT(feed.isComplete(), 20000);
        QCOMPARE(feed.lists().size(), size_t(4));
        const BackgroundSession busy(m_fleet->two.connect(), "SELECT pg_sleep(600), 'secret'");
        QTRY_VERIFY_WITH_TIMEOUT(find(feed, busy.pid) && find(feed, busy.pid)->isRunning(), 20000);
        QCOMPARE(find(feed, busy.pid)->query, QStringLiteral("SELECT pg_sleep($1), $2"));

        // A pause holds the picture; a refresh by hand does not.
        m_session->setPaused(true);
        const auto quiet = [&] { return std::ranges::none_of(feed.servers(), &SessionsFeed::Server::asking); };
        QTRY_VERIFY_WITH_TIMEOUT(quiet(), 20000);
        const QDateTime held = feed.servers().value(two).at;
        feed.refresh();
        QTRY_VERIFY_WITH_TIMEOUT(feed.servers().value(two).at > held, 20000);
        m_session->setPaused(false);

        // A server that hangs keeps its list, and says why it is old.
        m_fleet->two.signal(SIGSTOP);
        QTRY_VERIFY_WITH_TIMEOUT(feed.servers().value(two).error, 30000);
        QVERIFY(feed.servers().value(two).list);
        m_fleet->two.signal(SIGCONT);
        QTRY_VERIFY_WITH_TIMEOUT(!feed.servers().value(two).error, 30000);

        feed.setActive(false);
        QTRY_VERIFY_WITH_TIMEOUT(quiet(), 20000);
        m_session->setInterval(std::chrono::milliseconds(500));
    }

    void endsSessionsAndWritesItDown()
    {
        SessionsFeed feed(*m_session);
        feed.setActive(true);
        const BackgroundSession first(m_fleet->two.connect(), "SELECT pg_sleep(600)");
        const BackgroundSession second(m_fleet->two.connect(), "SELECT pg_sleep(600)");
        QTRY_VERIFY_WITH_TIMEOUT(find(feed, first.pid) && find(feed, first.pid)->isRunning() && find(feed, second.pid)
                                     && find(feed, second.pid)->isRunning(),
                                 20000);
        monitor::Session gone = *find(feed, second.pid);
        gone.key.backendStart = QStringLiteral("2001-01-01T00:00:00.000000Z");
        SignalController signals_(*m_session, monitor::Signal::Terminate, {*find(feed, first.pid), gone});
        QCOMPARE(signals_.statements().size(), size_t(2));
        QVERIFY(signals_.statements()[0].second.contains("pg_terminate_backend"));
        const QSignalSpy finished(&signals_, &SignalController::finished);
        signals_.start();
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 30000);
        QCOMPARE(signals_.results()[0].outcome, monitor::SignalOutcome::Gone);
        QCOMPARE(signals_.results()[1].outcome, monitor::SignalOutcome::AlreadyGone);
        QTRY_VERIFY_WITH_TIMEOUT(!find(feed, first.pid), 20000);
        QVERIFY(find(feed, second.pid));
        const auto written = [&](const QByteArray &outcome) {
            return m_fleet->directory.run("SELECT detail::text FROM shardhelm.operation WHERE what = 'session "
                                          "terminate' AND detail->>'instance' = 'two' AND detail->>'outcome' = '"
                                          + outcome + "'");
        };
        QTRY_COMPARE_WITH_TIMEOUT(written("already gone").count(), 1, 20000);
        QCOMPARE(written("gone").count(), 1);
        QVERIFY(written("gone").text(0, 0).contains(QLatin1StringView("pg_sleep($1)")));
    }
};

QTEST_GUILESS_MAIN(TestSessionsFeed)
#include "tst_sessionsfeed.moc"
