// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/triage/locktree.h"
#include "monitor/triage/sessions.h"
#include "monitor/triage/signals.h"
#include "monitor/watcher.h"
#include "sql/parser.h"
#include "support/backgroundsession.h"
#include "support/testfleet.h"

#include <QTest>

#include <csignal>
#include <future>
#include <thread>

using namespace shardhelm;
using namespace shardhelm::monitor;
using namespace shardhelm::test;

namespace {

const QString two = QStringLiteral("two");

} // namespace

/// Sessions, locks, cancel and terminate on real servers, over the connections of a watcher.
class TestTriage : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<TestFleet> m_fleet;
    std::unique_ptr<Watcher> m_watcher;
    sql::Parser m_parser;

    pg::FanOutReply ask(std::vector<pg::Statement> statements, Watcher *watcher = nullptr,
                        Milliseconds timeout = Milliseconds(30000))
    {
        std::promise<pg::FanOutReply> promise;
        (watcher ? watcher : m_watcher.get())->ask(two, std::move(statements), timeout, [&](pg::FanOutReply reply) {
            promise.set_value(std::move(reply));
        });
        return promise.get_future().get();
    }
    SessionList sessions(Watcher *watcher = nullptr)
    {
        const auto list = readSessions(two, ask(sessionStatements(), watcher), m_parser);
        if (!list)
            qFatal("no sessions: %s", qPrintable(list.error().found));
        return *list;
    }
    /// The session once `holds` is true for it.
    template <typename Predicate>
    Session sessionWhen(int pid, Predicate holds)
    {
        std::optional<Session> seen;
        [&] {
            QTRY_VERIFY_WITH_TIMEOUT(
                [&] {
                    const SessionList list = sessions();
                    const Session *session = list.session(pid);
                    seen = session ? std::optional(*session) : std::nullopt;
                    return seen && holds(*seen);
                }(),
                20000);
        }();
        return seen.value_or(Session());
    }
    static bool runs(const Session &session) { return session.isRunning(); }
    static bool waits(const Session &session) { return !session.blockedBy.empty(); }

    SignalResult signal(Signal kind, const SessionKey &key, Watcher *watcher = nullptr,
                        Milliseconds patience = Milliseconds(20000))
    {
        SignalBatch batch(kind, {key}, patience);
        while (!batch.isFinished())
            batch.take(ask(batch.statements(), watcher), Clock::now());
        return batch.results().front();
    }
    pg::Connection connectTwo() { return m_fleet->two.connect(); }

private Q_SLOTS:
    void initTestCase()
    {
        m_fleet = std::make_unique<TestFleet>();
        m_watcher = std::make_unique<Watcher>(m_fleet->file, Watcher::Reports{[](const FleetSample &) {}});
        // The map has come when the instance is known.
        QTRY_VERIFY_WITH_TIMEOUT(ask({{"SELECT 1", {}}}).results.has_value(), 20000);
        m_fleet->two.run("CREATE TABLE pile (id int PRIMARY KEY, v text); INSERT INTO pile VALUES (1, ''), (2, '')");
    }
    void cleanupTestCase()
    {
        m_watcher.reset();
        m_fleet.reset();
    }

    void showsWhatSessionsDo()
    {
        const BackgroundSession busy(connectTwo(), "SELECT pg_sleep(600), 'top secret', 4711 -- by alice");
        const Session session = sessionWhen(busy.pid, runs);
        QCOMPARE(session.key.server, two);
        QCOMPARE(session.backendType, QStringLiteral("client backend"));
        QCOMPARE(session.database, QStringLiteral("postgres"));
        QCOMPARE(session.client, QStringLiteral("local"));
        QCOMPARE(session.query, QStringLiteral("SELECT pg_sleep($1), $2, $3 /*…*/"));
        QVERIFY(session.transactionAge && session.queryAge);
        QVERIFY(!session.hidden && session.blocks == 0 && session.blockedBy.empty());
        const QRegularExpression micros(QStringLiteral("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z$"));
        QVERIFY(micros.match(session.key.backendStart).hasMatch());
        // Neither the monitor's own session nor processes of the server.
        for (const Session &other : sessions().sessions)
            QVERIFY2(other.application != QLatin1StringView("shardhelm/monitor")
                         && other.backendType != QLatin1StringView("checkpointer"),
                     qPrintable(other.backendType));
    }

    void buildsATreeOfThreeLevels()
    {
        pg::Connection holder = connectTwo();
        QVERIFY(holder.run("BEGIN; UPDATE pile SET v = 'a' WHERE id = 1", soon()));
        // The second holds row 2 and waits for row 1; the third waits for row 2, the fourth wants the whole table.
        const BackgroundSession second(connectTwo(),
                                       "BEGIN; UPDATE pile SET v = 'b' WHERE id = 2;"
                                       "UPDATE pile SET v = 'b' WHERE id = 1");
        sessionWhen(second.pid, waits);
        const BackgroundSession third(connectTwo(), "UPDATE pile SET v = 'c' WHERE id = 2");
        sessionWhen(third.pid, waits);
        const BackgroundSession fourth(connectTwo(), "BEGIN; LOCK TABLE pile IN SHARE MODE");
        sessionWhen(fourth.pid, waits);

        const SessionList list = sessions();
        const LockTree tree = lockTree(list);
        QCOMPARE(tree.roots.size(), size_t(1));
        const LockNode &root = tree.nodes[tree.roots.front()];
        QCOMPARE(root.pid, holder.backendPid());
        QCOMPARE(root.behind, 3);
        QCOMPARE(root.children.size(), size_t(1));
        const LockNode &middle = tree.nodes[root.children.front()];
        QCOMPARE(middle.pid, second.pid);
        QVERIFY(middle.children.size() >= 1);
        QVERIFY(std::ranges::any_of(middle.children, [&](size_t child) { return tree.nodes[child].pid == third.pid; }));
        QCOMPARE(list.session(holder.backendPid())->state, QStringLiteral("idle in transaction"));
        QVERIFY(list.session(holder.backendPid())->isBlocking());
        // The row lock the second waits for is told as the transaction it is, and of which table.
        QVERIFY(list.wait(second.pid));
        QCOMPARE(list.wait(second.pid)->type, QStringLiteral("transactionid"));
        QCOMPARE(list.wait(second.pid)->relation, QStringLiteral("pile"));
        QCOMPARE(list.wait(fourth.pid)->relation, QStringLiteral("pile"));
        QCOMPARE(list.wait(fourth.pid)->mode, QStringLiteral("ShareLock"));
        QVERIFY(root.holds);
        QCOMPARE(root.holds->mode, QStringLiteral("ExclusiveLock"));
    }

    /// A real deadlock stands until the server looks for it: the tree must not run in circles.
    void opensACircle()
    {
        pg::Connection patient = connectTwo();
        QVERIFY(patient.run("SET deadlock_timeout = '10min'; BEGIN; UPDATE pile SET v = 'a' WHERE id = 1", soon()));
        const int first = patient.backendPid();
        const BackgroundSession second(connectTwo(),
                                       "SET deadlock_timeout = '10min'; BEGIN;"
                                       "UPDATE pile SET v = 'b' WHERE id = 2;"
                                       "UPDATE pile SET v = 'b' WHERE id = 1");
        sessionWhen(second.pid, waits);
        BackgroundSession closing(std::move(patient), "UPDATE pile SET v = 'a' WHERE id = 2");
        sessionWhen(first, waits);
        const LockTree tree = lockTree(sessions());
        QCOMPARE(tree.roots.size(), size_t(1));
        QVERIFY(tree.nodes[tree.roots.front()].inCycle);
        QCOMPARE(tree.nodes.size(), size_t(2));
        // Ending the root resolves it.
        const Session root = sessionWhen(tree.nodes[tree.roots.front()].pid, waits);
        QCOMPARE(signal(Signal::Terminate, root.key).outcome, SignalOutcome::Gone);
        QTRY_VERIFY(lockTree(sessions()).nodes.empty());
    }

    void namesAPreparedTransaction()
    {
        m_fleet->two.run("BEGIN; UPDATE pile SET v = 'p' WHERE id = 1; PREPARE TRANSACTION 'order 4711'");
        {
            const BackgroundSession waiter(connectTwo(), "UPDATE pile SET v = 'w' WHERE id = 1");
            const Session session = sessionWhen(waiter.pid, waits);
            QCOMPARE(session.blockedBy, std::vector<int>{0});
            const LockTree tree = lockTree(sessions());
            QCOMPARE(tree.roots.size(), size_t(1));
            const LockNode &root = tree.nodes[tree.roots.front()];
            QCOMPARE(root.pid, 0);
            QCOMPARE(root.prepared, QStringLiteral("order 4711"));
            QCOMPARE(root.behind, 1);
            QVERIFY(root.holds && root.holds->preparedAge);
            QCOMPARE(root.holds->preparedDatabase, QStringLiteral("postgres"));
        }
        m_fleet->two.run("ROLLBACK PREPARED 'order 4711'");
    }

    void cancelsAStatement()
    {
        BackgroundSession busy(connectTwo(), "SELECT pg_sleep(600)");
        const Session session = sessionWhen(busy.pid, runs);
        QCOMPARE(signal(Signal::Cancel, session.key).outcome, SignalOutcome::StatementEnded);
        QCOMPARE(busy.sqlstate(), QStringLiteral("57014"));
        // The session itself lives on, and there is nothing to cancel in it any more.
        sessionWhen(busy.pid, [](const Session &now) { return now.state == QLatin1StringView("idle"); });
        QCOMPARE(signal(Signal::Cancel, session.key).outcome, SignalOutcome::NothingRan);
        QCOMPARE(signal(Signal::Terminate, session.key).outcome, SignalOutcome::Gone);
        QCOMPARE(signal(Signal::Terminate, session.key).outcome, SignalOutcome::AlreadyGone);
    }

    void leavesAnotherSessionWithThePidAlone()
    {
        BackgroundSession busy(connectTwo(), "SELECT pg_sleep(600)");
        const Session session = sessionWhen(busy.pid, runs);
        SessionKey earlier = session.key;
        earlier.backendStart = QStringLiteral("2001-01-01T00:00:00.000000Z");
        QCOMPARE(signal(Signal::Terminate, earlier).outcome, SignalOutcome::AlreadyGone);
        SessionKey almost = session.key;
        almost.backendStart[almost.backendStart.size() - 2] =
            almost.backendStart.at(almost.backendStart.size() - 2) == u'0' ? u'1' : u'0';
        QCOMPARE(signal(Signal::Terminate, almost).outcome, SignalOutcome::AlreadyGone);
        QVERIFY(sessionWhen(busy.pid, runs).key == session.key);
    }

    void saysWhatDoesNotGo()
    {
        // A session that may not be interrupted: stopped by the system.
        const BackgroundSession busy(connectTwo(), "SELECT pg_sleep(600)");
        const Session session = sessionWhen(busy.pid, runs);
        QCOMPARE(::kill(busy.pid, SIGSTOP), 0);
        const SignalResult result = signal(Signal::Terminate, session.key, nullptr, Milliseconds(600));
        QCOMPARE(::kill(busy.pid, SIGCONT), 0);
        QCOMPARE(result.outcome, SignalOutcome::StillThere);
        QTRY_VERIFY(!sessions().session(busy.pid));
    }

    void worksWithoutAConnectionToSpare()
    {
        const BackgroundSession busy(connectTwo(), "SELECT pg_sleep(600)");
        const Session session = sessionWhen(busy.pid, runs);
        std::vector<pg::Connection> all;
        while (true) {
            pg::ConnectSpec spec;
            spec.name = two;
            spec.conninfo = m_fleet->two.conninfo();
            spec.purpose = QStringLiteral("flood");
            auto connection = pg::Connection::open(spec, soon());
            if (!connection) {
                QCOMPARE(connection.error().code, ErrorCode::TooManyConnections);
                break;
            }
            all.push_back(std::move(*connection));
        }
        QCOMPARE(sessions().session(busy.pid)->key, session.key);
        QCOMPARE(signal(Signal::Cancel, session.key).outcome, SignalOutcome::StatementEnded);
        QCOMPARE(signal(Signal::Terminate, session.key).outcome, SignalOutcome::Gone);
        // All of the flood at once.
        std::vector<SessionKey> flood;
        for (const Session &one : sessions().sessions) {
            if (one.application == QLatin1StringView("shardhelm/flood"))
                flood.push_back(one.key);
        }
        QCOMPARE(flood.size(), all.size());
        SignalBatch batch(Signal::Terminate, flood, Milliseconds(20000));
        while (!batch.isFinished())
            batch.take(ask(batch.statements()), Clock::now());
        for (const SignalResult &result : batch.results())
            QCOMPARE(result.outcome, SignalOutcome::Gone);
    }

    void mayNotWithoutTheRight()
    {
        m_fleet->two.run("CREATE ROLE watcher LOGIN; CREATE ROLE reader LOGIN IN ROLE pg_read_all_stats");
        const BackgroundSession busy(connectTwo(), "SELECT pg_sleep(600), 'secret'");
        const Session session = sessionWhen(busy.pid, runs);
        const auto askAs = [&](const QString &role, std::vector<pg::Statement> statements) {
            pg::FanOut fan;
            pg::FanOutTask task;
            task.spec.name = two;
            task.spec.conninfo = m_fleet->two.conninfo() + QStringLiteral(" user=") + role;
            task.statements = std::move(statements);
            pg::FanOutReply answer;
            fan.run(
                {task}, Milliseconds(20000), [&](size_t, pg::FanOutReply reply) { answer = std::move(reply); }, soon());
            return answer;
        };
        for (const QString &role : {QStringLiteral("watcher"), QStringLiteral("reader")}) {
            SignalBatch batch(Signal::Terminate, {session.key});
            batch.take(askAs(role, batch.statements()), Clock::now());
            QVERIFY(batch.isFinished());
            QCOMPARE(batch.results().front().outcome, SignalOutcome::NotPermitted);
        }
        const auto hidden = readSessions(two, askAs(QStringLiteral("watcher"), sessionStatements()), m_parser);
        QVERIFY(hidden && !hidden->seesAll);
        const Session *seen = hidden->session(busy.pid);
        QVERIFY(seen && seen->hidden && seen->query.isEmpty() && seen->state.isEmpty());
        QVERIFY(sessionWhen(busy.pid, runs).key == session.key);
    }

    void endsWhenTheServerHangs()
    {
        const BackgroundSession busy(connectTwo(), "SELECT pg_sleep(600)");
        const Session session = sessionWhen(busy.pid, runs);
        m_fleet->two.signal(SIGSTOP);
        SignalBatch batch(Signal::Cancel, {session.key});
        const auto reply = ask(batch.statements(), nullptr, Milliseconds(1000));
        m_fleet->two.signal(SIGCONT);
        batch.take(reply, Clock::now());
        QVERIFY(batch.isFinished());
        QCOMPARE(batch.results().front().outcome, SignalOutcome::Failed);
        QVERIFY(batch.results().front().error->isTimeout());
        const auto none = readSessions(two, reply, m_parser);
        QVERIFY(!none && none.error().isTimeout());
    }
};

QTEST_GUILESS_MAIN(TestTriage)
#include "tst_triage.moc"
