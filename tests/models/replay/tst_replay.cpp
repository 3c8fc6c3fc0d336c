// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/clustersession.h"
#include "cluster/journalcontroller.h"
#include "monitor/recording/changes.h"
#include "monitor/recording/clusterfacts.h"
#include "monitor/recording/sessionfacts.h"
#include "monitor/recording/writer.h"
#include "recordedfleet.h"
#include "sessions/sessionsfeed.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace shardhelm;
using namespace shardhelm::monitor::recording;
using namespace shardhelm::test;

/// A recording in the session: the fleet is what it was, nothing can be asked.
class TestReplay : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    RecordedFleet m_fleet;
    QString m_path;

private Q_SLOTS:
    void initTestCase()
    {
        m_fleet.file.name = QStringLiteral("played");
        m_fleet.downFrom = 40;
        m_fleet.downTo = 60;
        m_path = m_folder.filePath(QStringLiteral("played.shardhelm"));
        auto writer = RecordingWriter::open(m_path, Form::Portable,
                                            {QStringLiteral("played"), QStringLiteral("staging"), 5000, {}});
        QVERIFY(writer);
        Batch cluster;
        monitor::FleetSample first = m_fleet.sample(0);
        cluster::ShardMap map;
        map.clusterName = QStringLiteral("played");
        map.mapEpoch = 7;
        cluster.facts = {{m_fleet.time(0), {}, fileKind(), fileFact(m_fleet.file)},
                         {m_fleet.time(0), {}, mapKind(), mapFact(map)}};
        monitor::SessionList sessions;
        sessions.server = QStringLiteral("i0");
        sessions.sessions.resize(1);
        sessions.sessions.front().key.server = sessions.server;
        sessions.sessions.front().key.pid = 4711;
        sessions.sessions.front().state = QStringLiteral("active");
        cluster.facts.push_back({m_fleet.time(50), sessions.server, sessionsKind(), sessionsFact(sessions)});
        cluster.markers = {{m_fleet.time(30), QStringLiteral("deploy password=hunter2"), {}, {}},
                           {m_fleet.time(70), QStringLiteral("rollback"), {}, {}}};
        QVERIFY(writer->write(cluster));
        Changes changes;
        for (int step = 0; step < 100; ++step)
            QVERIFY(writer->write(changes.of(m_fleet.sample(step))));
    }

    void showsTheBeginning()
    {
        ClusterSession session;
        QSignalSpy opened(&session, &ClusterSession::opened);
        session.openRecording(m_path);
        QVERIFY(session.isReplay());
        QVERIFY(session.isOpen());
        QCOMPARE(opened.size(), 1);
        QTRY_VERIFY(session.fleet().hasSample());
        QCOMPARE(session.fleet().file().name, QStringLiteral("played"));
        QVERIFY(session.fleet().file().path.isEmpty());
        QCOMPARE(session.fleet().map().mapEpoch, 7);
        QVERIFY(session.isPaused());
        QCOMPARE(session.fleet().markers().size(), size_t(2));
        QCOMPARE(session.fleet().markers().front().text, QStringLiteral("deploy password=***"));
        // From the first report on, which came a moment after its samples.
        QCOMPARE(session.replay().span().from, m_fleet.time(0) + 20);
        QCOMPARE(session.interval(), std::chrono::milliseconds(5000));
        session.goLive();
        QVERIFY(!session.isOpen());
        QVERIFY(!session.isReplay());
        QVERIFY(!session.fleet().hasSample());
        QVERIFY(session.fleet().markers().empty());
    }

    void goesAnywhere()
    {
        ClusterSession session;
        session.fleet().setSpan(std::chrono::minutes(5));
        session.openRecording(m_path);
        QTRY_VERIFY(session.fleet().hasSample());
        const auto stateAt = [&](int step) {
            session.replay().seek(m_fleet.time(step) + 500);
            const QDateTime at = QDateTime::fromMSecsSinceEpoch(m_fleet.time(step) + 500);
            return QTest::qWaitFor([&] { return session.fleet().sample().at == at; }, 30000)
                ? session.fleet().sample().server(QStringLiteral("i1"))->state
                : monitor::State::Unknown;
        };
        QCOMPARE(stateAt(50), monitor::State::Down);
        QCOMPARE(session.link(), Link::Degraded);
        QVERIFY(!session.fleet().ranking().empty());
        QCOMPARE(session.fleet().ranking().front().server, QStringLiteral("i1"));
        QCOMPARE(stateAt(10), monitor::State::Healthy);
        QCOMPARE(session.link(), Link::Up);
        QCOMPARE(stateAt(90), monitor::State::Healthy);
        // Curves reach back over the span, with the gap in them.
        const auto curve = session.fleet().history().series(QStringLiteral("i1"), Metric::Transactions);
        QVERIFY2(curve.size() > 40, qPrintable(QString::number(curve.size())));
        QVERIFY(curve.front().seconds >= static_cast<double>(m_fleet.time(90)) / 1000 - 301);
        QVERIFY(std::ranges::any_of(curve, [](const auto &point) { return std::isnan(point.value); }));
        // Values are as old as they were then.
        QVERIFY(session.age() && *session.age() < std::chrono::seconds(6));
    }

    void jumpsFromMarkerToMarker()
    {
        ClusterSession session;
        session.openRecording(m_path);
        QTRY_VERIFY(session.replay().isReady());
        Replay &replay = session.replay();
        QVERIFY(!replay.jump(-1));
        QVERIFY(replay.jump(1));
        QCOMPARE(replay.position(), m_fleet.time(30));
        QVERIFY(replay.jump(1));
        QCOMPARE(replay.position(), m_fleet.time(70));
        QVERIFY(!replay.jump(1));
        QVERIFY(replay.jump(-1));
        QCOMPARE(replay.position(), m_fleet.time(30));
        replay.seek(0);
        QCOMPARE(replay.position(), replay.span().from);
    }

    void playsToTheEnd()
    {
        ClusterSession session;
        session.openRecording(m_path);
        QTRY_VERIFY(session.fleet().hasSample());
        QSignalSpy paused(&session, &ClusterSession::pausedChanged);
        session.replay().setSpeed(1000);
        QCOMPARE(session.replay().speed(), 60);
        session.replay().seek(m_fleet.time(60));
        session.setPaused(false);
        QVERIFY(session.replay().isPlaying());
        QVERIFY(!session.isPaused());
        // 200 s of the recording.
        QTRY_VERIFY_WITH_TIMEOUT(!session.replay().isPlaying(), 60000);
        QTRY_COMPARE(session.fleet().sample().at.toMSecsSinceEpoch(), session.replay().span().to);
        QVERIFY(session.isPaused());
        QCOMPARE(paused.size(), 2);
        // Once more from the beginning.
        session.setPaused(false);
        QVERIFY(session.replay().position() < m_fleet.time(30));
        session.setPaused(true);
    }

    void showsTheSessionsOfItsTime()
    {
        ClusterSession session;
        SessionsFeed feed(session);
        feed.setActive(true);
        session.openRecording(m_path);
        QTRY_VERIFY(session.replay().isReady());
        session.replay().seek(m_fleet.time(50) + 500);
        QTRY_COMPARE(feed.lists().size(), size_t(1));
        QCOMPARE(feed.lists().front().sessions.front().key.pid, 4711);
        QCOMPARE(feed.oldest().toMSecsSinceEpoch(), m_fleet.time(50));
        QVERIFY(feed.isComplete());
        feed.setServer(QStringLiteral("i1"));
        QVERIFY(feed.lists().empty());
        feed.setServer(std::nullopt);
        QCOMPARE(feed.lists().size(), size_t(1));
        // Old ones say nothing about the moment.
        session.replay().seek(m_fleet.time(60));
        QTRY_VERIFY(feed.lists().empty());
        QVERIFY(feed.isComplete());
    }

    void asksNobody()
    {
        ClusterSession session;
        session.openRecording(m_path);
        QTRY_VERIFY(session.fleet().hasSample());
        std::optional<ErrorCode> code;
        session.ask(QStringLiteral("i0"), {}, std::chrono::seconds(1), this,
                    [&code](const pg::FanOutReply &reply) { code = reply.results.error().code; });
        QTRY_VERIFY(code.has_value());
        QCOMPARE(*code, ErrorCode::RecordingShown);
        JournalController journal(session);
        QSignalSpy failed(&journal, &JournalController::failed);
        journal.read({});
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(failed.front().front().value<Error>().code, ErrorCode::RecordingShown);
        session.setInterval(std::chrono::seconds(1));
        QCOMPARE(session.interval(), std::chrono::milliseconds(5000));
    }

    void tellsWhatIsNone()
    {
        ClusterSession session;
        QSignalSpy failed(&session, &ClusterSession::failed);
        const QString path = m_folder.filePath(QStringLiteral("text"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("text");
        file.close();
        session.openRecording(path);
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(session.error());
        QCOMPARE(session.error()->code, ErrorCode::RecordingUnfit);
        QVERIFY(!session.fleet().hasSample());
        // It can be replaced by a good one.
        session.openRecording(m_path);
        QTRY_VERIFY(session.fleet().hasSample());
        QVERIFY(!session.error());
    }
};

QTEST_GUILESS_MAIN(TestReplay)
#include "tst_replay.moc"
