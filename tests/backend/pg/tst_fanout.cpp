// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/fanout.h"
#include "pg/passwords.h"
#include "support/testserver.h"

#include <QTest>

#include <csignal>
#include <latch>
#include <map>
#include <set>
#include <thread>

using namespace shardhelm;
using pg::FanOut;
using pg::FanOutReply;
using pg::FanOutTask;
using pg::Params;
using test::soon;

namespace {

FanOutTask task(const QString &name, const QString &conninfo, std::vector<pg::Statement> statements)
{
    FanOutTask made;
    made.spec.name = name;
    made.spec.conninfo = conninfo;
    made.spec.purpose = QStringLiteral("monitor");
    made.statements = std::move(statements);
    return made;
}

struct Delivered
{
    std::map<size_t, FanOutReply> replies;
    std::vector<size_t> order; ///< of the deliveries
    double wholeMs = 0;
};

double since(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

Delivered runAll(
    FanOut &fan, const std::vector<FanOutTask> &tasks, Milliseconds timeout, const Wait &wait = soon(),
    const std::function<void(size_t)> &delivery = [](size_t) {})
{
    Delivered delivered;
    const auto start = Clock::now();
    fan.run(
        tasks, timeout,
        [&](size_t index, FanOutReply reply) {
            if (!delivered.replies.emplace(index, std::move(reply)).second)
                qFatal("delivered twice");
            delivered.order.push_back(index);
            delivery(index);
        },
        wait);
    delivered.wholeMs = since(start);
    return delivered;
}

const QByteArray running = "SELECT FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT pg_sleep(30)%'";

/// Hands out one password, after `hold` is released.
class OnePassword : public pg::PasswordSource
{
public:
    Result<QString> password(const pg::PasswordRequest &request, const Wait &wait) override
    {
        ++asked;
        rejected = request.previousRejected;
        while (hold && !wait.stopRequested() && !wait.expired())
            std::this_thread::yield();
        if (wait.stopRequested())
            return fail(ErrorCode::Cancelled, request.instance);
        return QStringLiteral("s3cret");
    }

    std::atomic<int> asked = 0;
    std::atomic<bool> rejected = false;
    std::atomic<bool> hold = false;
};

} // namespace

/// Many servers at once, some of them sick.
class TestFanOut : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (int index = 0; index < 3; ++index)
            m_servers.push_back(std::make_unique<test::TestServer>());
    }

    void cleanup()
    {
        for (const auto &server : m_servers)
            server->signal(SIGCONT);
    }

    void answersPerStatement()
    {
        FanOut fan;
        const auto done = runAll(fan,
                                 {task(QStringLiteral("a"), m_servers[0]->conninfo(),
                                       {{"SELECT 1", {}},
                                        {"SELECT no_such_column", {}},
                                        {"SELECT $1::int * 2", Params(21)},
                                        {"SELECT $1::text", Params(QByteArray("a\0b", 3))},
                                        {"SELECT 'last'", {}}})},
                                 Milliseconds(60000));
        const FanOutReply &reply = done.replies.at(0);
        QVERIFY(reply.results);
        QCOMPARE(reply.results->size(), size_t(5));
        QCOMPARE((*reply.results)[0]->integer(0, 0), 1);
        QVERIFY(!(*reply.results)[1]);
        QCOMPARE((*reply.results)[1].error().sqlstate(), QStringLiteral("42703"));
        QVERIFY((*reply.results)[1].error().connectionUsable());
        QCOMPARE((*reply.results)[2]->integer(0, 0), 42);
        QCOMPARE((*reply.results)[3].error().code, ErrorCode::ValueBad);
        QCOMPARE((*reply.results)[4]->text(0, 0), QStringLiteral("last"));
        QVERIFY(reply.reconnected);
        QVERIFY(reply.roundTripMs > 0);
        QVERIFY(reply.serverVersion >= 150000);
        QVERIFY(!reply.host.isEmpty());
    }

    void preparesWhatIsRepeated()
    {
        FanOut fan;
        const QString conninfo = m_servers[0]->conninfo();
        const auto run = [&](const std::vector<QByteArray> &statements, bool repeated) {
            FanOutTask one = task(QStringLiteral("a"), conninfo, {});
            for (const QByteArray &sql : statements)
                one.statements.push_back({sql, {}});
            one.repeated = repeated;
            return runAll(fan, {one}, Milliseconds(5000)).replies.at(0);
        };
        const QByteArray count = "SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'shardhelm%'";
        const QByteArray wrong = "SELECT no_such_column";
        const QByteArray never = "SELECT 1 / (count(*) - count(*)) FROM pg_class";
        for (int i = 0; i < 3; ++i) {
            const FanOutReply reply = run({"SELECT 42", wrong, never, "SELECT 42"}, true);
            QVERIFY(reply.results);
            QCOMPARE(reply.results->size(), size_t(4));
            QCOMPARE((*reply.results)[0]->integer(0, 0), 42);
            QCOMPARE((*reply.results)[1].error().sqlstate(), QStringLiteral("42703"));
            QCOMPARE((*reply.results)[2].error().sqlstate(), QStringLiteral("22012"));
            QCOMPARE((*reply.results)[3]->integer(0, 0), 42);
            QCOMPARE(reply.reconnected, i == 0);
        }
        // One each of what can be prepared, however often it ran and whatever came of it.
        QCOMPARE((*run({count}, false).results)[0]->integer(0, 0), 2);

        // A pooler hands out a session that knows nothing of them: the answer is the same.
        QVERIFY((*run({"DISCARD ALL"}, false).results)[0]);
        QCOMPARE((*run({"SELECT 42"}, true).results)[0]->integer(0, 0), 42);
        QCOMPARE((*run({"SELECT 42"}, true).results)[0]->integer(0, 0), 42);
        QCOMPARE((*run({count}, false).results)[0]->integer(0, 0), 0);
    }

    void aRepeatedStatementFollowsItsTable()
    {
        FanOut fan;
        FanOutTask one = task(QStringLiteral("a"), m_servers[0]->conninfo(), {{"SELECT * FROM changing", {}}});
        one.repeated = true;
        m_servers[0]->run("CREATE TABLE changing (i int)");
        QCOMPARE((*runAll(fan, {one}, Milliseconds(5000)).replies.at(0).results)[0]->columns(), 1);
        m_servers[0]->run("ALTER TABLE changing ADD COLUMN j int");
        // The answer that tells of the change fails; from then on it is as the table.
        QTRY_VERIFY((*runAll(fan, {one}, Milliseconds(5000)).replies.at(0).results)[0]);
        QCOMPARE((*runAll(fan, {one}, Milliseconds(5000)).replies.at(0).results)[0]->columns(), 2);
    }

    void keepsItsConnections()
    {
        FanOut fan;
        const std::vector<FanOutTask> tasks{
            task(QStringLiteral("a"), m_servers[0]->conninfo(), {{"SELECT pg_backend_pid()", {}}}),
            task(QStringLiteral("b"), m_servers[1]->conninfo(), {{"SELECT pg_backend_pid()", {}}})};
        const auto first = runAll(fan, tasks, Milliseconds(60000));
        const auto second = runAll(fan, tasks, Milliseconds(60000));
        for (size_t index = 0; index < 2; ++index) {
            QVERIFY(first.replies.at(index).reconnected);
            QVERIFY(!second.replies.at(index).reconnected);
            QCOMPARE(second.replies.at(index).results->at(0)->integer(0, 0),
                     first.replies.at(index).results->at(0)->integer(0, 0));
        }
        QCOMPARE(fan.connected(), QStringList({QStringLiteral("a"), QStringLiteral("b")}));

        // Another conninfo under the same name is another server.
        auto changed = tasks;
        changed[1].spec.conninfo = m_servers[2]->conninfo();
        const auto third = runAll(fan, changed, Milliseconds(60000));
        QVERIFY(!third.replies.at(0).reconnected);
        QVERIFY(third.replies.at(1).reconnected);

        // A backend that was terminated between two runs is replaced without an error.
        m_servers[0]->run("SELECT pg_terminate_backend("
                          + QByteArray::number(first.replies.at(0).results->at(0)->integer(0, 0)) + ", 5000)");
        const auto fourth = runAll(fan, changed, Milliseconds(60000));
        QVERIFY(fourth.replies.at(0).results);
        QVERIFY(fourth.replies.at(0).reconnected);

        fan.forget(QStringLiteral("a"));
        QCOMPARE(fan.connected(), QStringList({QStringLiteral("b")}));
    }

    void refusesTheSameNameTwice()
    {
        FanOut fan;
        const auto done = runAll(fan,
                                 {task(QStringLiteral("a"), m_servers[0]->conninfo(), {{"SELECT 1", {}}}),
                                  task(QStringLiteral("a"), m_servers[1]->conninfo(), {{"SELECT 2", {}}})},
                                 Milliseconds(60000));
        QCOMPARE(done.replies.at(0).results->at(0)->integer(0, 0), 1);
        QCOMPARE(done.replies.at(1).results.error().code, ErrorCode::Internal);
    }

    void sickMembersDelayNobody()
    {
        // Eight members on three servers: two are about to freeze, two to die, one never existed.
        FanOut fan;
        std::vector<FanOutTask> tasks;
        for (int index = 0; index < 7; ++index) {
            tasks.push_back(task(QStringLiteral("m%1").arg(index),
                                 m_servers[static_cast<size_t>(index % 3)]->conninfo(),
                                 {{"SELECT pg_backend_pid()", {}}}));
        }
        tasks.push_back(task(QStringLiteral("m7"), QStringLiteral("host=127.0.0.1 port=1 user=x"), {{"SELECT 1", {}}}));
        const auto well = runAll(fan, tasks, Milliseconds(60000));
        for (size_t index = 0; index < 7; ++index)
            QVERIFY(well.replies.at(index).results);
        QCOMPARE(well.replies.at(7).results.error().code, ErrorCode::ConnectionRefused);

        m_servers[1]->signal(SIGSTOP);
        m_servers[2]->signal(SIGKILL);
        QTRY_VERIFY(m_servers[2]->server().processes().empty());
        constexpr Milliseconds timeout(5000);
        const auto sick = runAll(fan, tasks, timeout);
        for (const size_t index : {size_t(0), size_t(3), size_t(6)})
            QVERIFY(sick.replies.at(index).results);
        for (const size_t index : {size_t(1), size_t(4)})
            QCOMPARE(sick.replies.at(index).results.error().code, ErrorCode::TimedOut);
        for (const size_t index : {size_t(2), size_t(5), size_t(7)})
            QCOMPARE(sick.replies.at(index).results.error().code, ErrorCode::ConnectionRefused);
        // The frozen ones come last, at the deadline, and at the same time.
        const std::set<size_t> last(sick.order.end() - 2, sick.order.end());
        QCOMPARE(last, std::set({size_t(1), size_t(4)}));
        QVERIFY2(sick.wholeMs >= 4999 && sick.wholeMs < 60000, qPrintable(QString::number(sick.wholeMs)));

        // The frozen server thaws: its members go on over the connections they had.
        m_servers[1]->signal(SIGCONT);
        const auto thawed = runAll(fan, tasks, Milliseconds(60000));
        for (const size_t index : {size_t(1), size_t(4)}) {
            QVERIFY(thawed.replies.at(index).results);
            QVERIFY(!thawed.replies.at(index).reconnected);
            QCOMPARE(thawed.replies.at(index).results->at(0)->integer(0, 0),
                     well.replies.at(index).results->at(0)->integer(0, 0));
        }

        QVERIFY(m_servers[2]->server().start(soon()));
        const auto again = runAll(fan, tasks, Milliseconds(60000));
        for (size_t index = 0; index < 7; ++index)
            QVERIFY(again.replies.at(index).results);
        QVERIFY(again.replies.at(2).reconnected);
    }

    void slowStatementIsCancelled()
    {
        FanOut fan;
        // Connected before, so that all of the time is for the statements.
        runAll(fan,
               {task(QStringLiteral("slow"), m_servers[0]->conninfo(), {{"SELECT 1", {}}}),
                task(QStringLiteral("only"), m_servers[0]->conninfo(), {{"SELECT 1", {}}})},
               Milliseconds(60000));
        const auto slow =
            runAll(fan,
                   {task(QStringLiteral("slow"), m_servers[0]->conninfo(),
                         {{"SELECT 1", {}}, {"SELECT pg_sleep(600)", {}}, {"SELECT 3", {}}}),
                    task(QStringLiteral("only"), m_servers[0]->conninfo(), {{"SELECT pg_sleep(601)", {}}})},
                   Milliseconds(5000));
        QVERIFY(slow.replies.at(0).results);
        QCOMPARE(slow.replies.at(0).results->at(0)->integer(0, 0), 1);
        QCOMPARE(slow.replies.at(0).results->at(1).error().code, ErrorCode::TimedOut);
        QCOMPARE(slow.replies.at(0).results->at(2).error().code, ErrorCode::TimedOut);
        QCOMPARE(slow.replies.at(1).results.error().code, ErrorCode::TimedOut);
        QTRY_COMPARE(m_servers[0]
                         ->run("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query ~ "
                               "'^SELECT pg_sleep'")
                         .integer(0, 0),
                     0);
        const auto after = runAll(fan, {task(QStringLiteral("slow"), m_servers[0]->conninfo(), {{"SELECT 7", {}}})},
                                  Milliseconds(60000));
        QVERIFY(after.replies.at(0).results);
        QVERIFY(!after.replies.at(0).reconnected);
        QCOMPARE(after.replies.at(0).results->at(0)->integer(0, 0), 7);
    }

    void stopEndsTheRun()
    {
        FanOut fan;
        std::stop_source stop;
        std::latch answered(1);
        std::jthread stopper([&] {
            while (m_servers[0]
                       ->run("SELECT FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(602)' AND state = 'active'")
                       .isEmpty()) { }
            answered.wait();
            stop.request_stop();
        });
        const auto done = runAll(fan,
                                 {task(QStringLiteral("a"), m_servers[0]->conninfo(), {{"SELECT pg_sleep(602)", {}}}),
                                  task(QStringLiteral("b"), m_servers[1]->conninfo(), {{"SELECT 1", {}}})},
                                 Milliseconds(60000), Wait::forDuration(Milliseconds(60000), stop.get_token()),
                                 [&](size_t index) { answered.count_down(index == 1 ? 1 : 0); });
        QCOMPARE(done.replies.at(0).results.error().code, ErrorCode::Cancelled);
        QVERIFY(done.replies.at(1).results);
        QVERIFY(done.wholeMs < 60000);
        QTRY_COMPARE(m_servers[0]
                         ->run("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query ~ "
                               "'^SELECT pg_sleep'")
                         .integer(0, 0),
                     0);
    }

    void largeAnswersAndQuestions()
    {
        // Far more than the sockets hold, in both directions at once.
        FanOut fan;
        std::vector<pg::Statement> statements;
        const QByteArray big(1'000'000, 'x');
        for (int index = 0; index < 8; ++index)
            statements.push_back({"SELECT $1::text", Params(big)});
        const auto done =
            runAll(fan, {task(QStringLiteral("a"), m_servers[0]->conninfo(), statements)}, Milliseconds(60000));
        QVERIFY(done.replies.at(0).results);
        for (const auto &result : *done.replies.at(0).results)
            QCOMPARE(result->bytes(0, 0), big);
    }

    void copyInsideIsRefused()
    {
        FanOut fan;
        const auto done = runAll(fan,
                                 {task(QStringLiteral("a"), m_servers[0]->conninfo(),
                                       {{"SELECT 1", {}}, {"COPY (SELECT 1) TO STDOUT", {}}, {"SELECT 2", {}}})},
                                 Milliseconds(60000));
        QVERIFY(!done.replies.at(0).results);
        QCOMPARE(done.replies.at(0).results.error().code, ErrorCode::AnswerUnexpected);
    }

    void passwordOffTheLoop()
    {
        m_servers[0]->run("CREATE ROLE guarded LOGIN PASSWORD 's3cret'");
        QFile hba(m_servers[0]->server().settings().dataFolder + QStringLiteral("/pg_hba.conf"));
        QVERIFY(hba.open(QIODevice::ReadOnly));
        const QByteArray before = hba.readAll();
        hba.close();
        QVERIFY(hba.open(QIODevice::WriteOnly | QIODevice::Truncate));
        hba.write("host all guarded all scram-sha-256\n" + before);
        hba.close();
        m_servers[0]->run("SELECT pg_reload_conf()");
        const QString conninfo =
            QStringLiteral("host=127.0.0.1 port=%1 user=guarded dbname=postgres").arg(m_servers[0]->port());
        OnePassword source;
        source.hold = true;
        auto guarded = task(QStringLiteral("g"), conninfo, {{"SELECT 5", {}}});
        guarded.spec.passwords = &source;
        const auto open = task(QStringLiteral("o"), m_servers[1]->conninfo(), {{"SELECT 6", {}}});
        FanOut fan;
        // The reload reaches the postmaster a moment later: until then the door is open.
        const auto missing = [&] {
            fan.forget(QStringLiteral("g"));
            const auto tried = runAll(fan, {guarded}, Milliseconds(1000));
            const auto &results = tried.replies.at(0).results;
            return !results && results.error().code == ErrorCode::PasswordMissing;
        };
        QTRY_VERIFY(missing());
        fan.forget(QStringLiteral("g"));
        const auto held = runAll(fan, {guarded, open}, Milliseconds(5000));
        QCOMPARE(held.replies.at(0).results.error().code, ErrorCode::PasswordMissing);
        QCOMPARE(held.replies.at(0).results.error().found, QStringLiteral("guarded"));
        QVERIFY(held.replies.at(1).results);
        QCOMPARE(held.order, std::vector({size_t(1), size_t(0)}));
        source.hold = false;
        QTRY_VERIFY(runAll(fan, {guarded, open}, Milliseconds(60000)).replies.at(0).results);
        QVERIFY(!source.rejected);
        const int askedUntilNow = source.asked;
        // Remembered: a new connection does not ask again.
        m_servers[0]->run("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'guarded'");
        const auto again = runAll(fan, {guarded}, Milliseconds(60000));
        QVERIFY(again.replies.at(0).results);
        QVERIFY(again.replies.at(0).reconnected);
        QCOMPARE(source.asked.load(), askedUntilNow);
    }

    void answersAQuestionBesideARun()
    {
        FanOut fan;
        const FanOutTask slow =
            task(QStringLiteral("a"), m_servers[0]->conninfo(), {{"SELECT pg_sleep(4), pg_backend_pid()", {}}});
        std::vector<QString> order;
        std::optional<FanOutReply> ofBusy;
        std::optional<FanOutReply> ofFree;
        const auto pid = std::vector<pg::Statement>{{"SELECT pg_backend_pid()", {}}};
        fan.ask(task(QStringLiteral("a"), m_servers[0]->conninfo(), pid), soon().deadline(), [&](FanOutReply reply) {
            order.push_back(QStringLiteral("question to a"));
            ofBusy = std::move(reply);
        });
        fan.ask(task(QStringLiteral("b"), m_servers[1]->conninfo(), pid), soon().deadline(), [&](FanOutReply reply) {
            order.push_back(QStringLiteral("question to b"));
            ofFree = std::move(reply);
        });
        std::optional<FanOutReply> ofRun;
        fan.run(
            {slow}, Milliseconds(60000),
            [&](size_t, FanOutReply reply) {
                order.push_back(QStringLiteral("run"));
                ofRun = std::move(reply);
            },
            soon());
        while (!ofBusy)
            fan.serve(soon());
        // The free server did not wait for the run; the busy one answered after it, over the same connection.
        QCOMPARE(
            order,
            (std::vector{QStringLiteral("question to b"), QStringLiteral("run"), QStringLiteral("question to a")}));
        QVERIFY(ofRun->results && ofBusy->results && ofFree->results);
        QCOMPARE((*ofBusy->results)[0]->integer(0, 0), (*ofRun->results)[0]->integer(0, 1));
        QVERIFY(!ofBusy->reconnected);
    }

    void questionsToOneServerTakeTurns()
    {
        FanOut fan;
        const auto asleep = [&](const char *sql) {
            return task(QStringLiteral("a"), m_servers[0]->conninfo(), {{sql, {}}});
        };
        std::vector<QString> order;
        const auto note = [&](const QString &what) {
            return [&order, what](const FanOutReply &reply) {
                order.push_back(what
                                + (reply.busy          ? QStringLiteral(" busy")
                                       : reply.results ? QString()
                                                       : QStringLiteral(" late")));
            };
        };
        fan.ask(asleep("SELECT pg_sleep(60)"), Clock::now() + Milliseconds(1500), note(QStringLiteral("first")));
        fan.ask(asleep("SELECT 2"), Clock::now() + Milliseconds(500), note(QStringLiteral("second")));
        fan.ask(asleep("SELECT 3"), soon().deadline(), note(QStringLiteral("third")));
        fan.ask(asleep("SELECT 4"), soon().deadline(), note(QStringLiteral("fourth")));
        while (order.size() < 4)
            fan.serve(soon());
        QCOMPARE(order,
                 (std::vector{QStringLiteral("second busy"), QStringLiteral("first late"), QStringLiteral("third"),
                              QStringLiteral("fourth")}));
    }

    void forgettingEndsWhatWaits()
    {
        FanOut fan;
        const FanOutTask slow = task(QStringLiteral("a"), m_servers[0]->conninfo(), {{"SELECT pg_sleep(60)", {}}});
        int ended = 0;
        for (int i = 0; i < 3; ++i) {
            fan.ask(slow, soon().deadline(), [&](const FanOutReply &reply) {
                QCOMPARE(reply.results.error().code, ErrorCode::Cancelled);
                ++ended;
            });
        }
        while (fan.connected().isEmpty())
            fan.serve(Wait::forDuration(Milliseconds(20)));
        fan.forget(QStringLiteral("a"));
        QCOMPARE(ended, 3);
        QVERIFY(fan.connected().isEmpty());
    }

    void aStopEndsEveryQuestion()
    {
        FanOut fan;
        const FanOutTask slow = task(QStringLiteral("a"), m_servers[0]->conninfo(), {{"SELECT pg_sleep(30)", {}}});
        std::vector<ErrorCode> ends;
        for (int count = 0; count < 3; ++count)
            fan.ask(slow, soon().deadline(), [&](FanOutReply reply) { ends.push_back(reply.results.error().code); });
        std::stop_source stop;
        std::jthread stopper([&] {
            const auto connected = [&] { return !m_servers[0]->run(running).isEmpty(); };
            while (!connected())
                std::this_thread::yield();
            stop.request_stop();
        });
        fan.serve(Wait(soon().deadline(), stop.get_token()));
        QCOMPARE(ends, std::vector(3, ErrorCode::Cancelled));
        QTRY_VERIFY(m_servers[0]->run(running).isEmpty()); // cancelled on the server as well
    }

    void openQuestionsEndWithTheFanOut()
    {
        int ended = 0;
        {
            FanOut fan;
            const FanOutTask slow = task(QStringLiteral("a"), m_servers[0]->conninfo(), {{"SELECT pg_sleep(30)", {}}});
            fan.ask(slow, soon().deadline(),
                    [&](FanOutReply reply) { ended += reply.results.error().code == ErrorCode::Cancelled ? 1 : 0; });
            fan.serve(Wait::forDuration(Milliseconds(200)));
            fan.ask(slow, soon().deadline(), [&](FanOutReply) { ++ended; });
        }
        QCOMPARE(ended, 2);
    }

    void interruptEndsServing()
    {
        FanOut fan;
        fan.interrupt();
        fan.serve(Wait::forDuration(Milliseconds(600000)));
        std::jthread other([&] { fan.interrupt(); });
        fan.serve(Wait::forDuration(Milliseconds(600000)));
    }

private:
    std::vector<std::unique_ptr<test::TestServer>> m_servers;
};

QTEST_GUILESS_MAIN(TestFanOut)
#include "tst_fanout.moc"
