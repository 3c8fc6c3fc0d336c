// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/demobreak.h"

#include "demotest.h"

#include <atomic>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

using namespace shardhelm;
using namespace shardhelm::test;
using demo::Breakage;

/// Each breakage of a demo: seen by a query while it lasts, gone when it is over.
class TestDemoBreak : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void breaksAndHeals_data();
    void breaksAndHeals();
    void endsByItself();
    void blocksTheLoad();
    void healsWhenKilled();
    void refuses();
    void namesAreUnique();

private:
    DemoPlace m_place;
    demo::DemoServer server(const QString &name) const
    {
        return serverNamed(*demo::DemoFolder::open(m_place.path()), name);
    }
    Result<pg::Connection> sessionOn(const QString &name) const
    {
        return demo::openSession(server(name), patience(), demo::databaseOf(server(name)), QStringLiteral("test"));
    }
};

void TestDemoBreak::initTestCase()
{
    VERIFY_RESULT(demo::demoUp(m_place.path(), smallDemo(1, 1), {}, patience()));
}

void TestDemoBreak::breaksAndHeals_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("where");
    QTest::addColumn<QByteArray>("question"); // true while it is broken, false before and after
    // Parallel workers carry the name of their leader, too.
    const QByteArray ours = "application_name = 'shardhelm/demo break' AND backend_type = 'client backend'";
    QTest::newRow("lock") << QStringLiteral("lock") << QStringLiteral("a1")
                          << "SELECT count(*) = 4 FROM pg_locks AS l JOIN pg_stat_activity AS a USING (pid) WHERE "
            + ours
            + " AND l.relation::regclass::text LIKE '%.orders' AND l.mode = 'AccessExclusiveLock' AND l.granted AND "
              "a.state = 'idle in transaction'";
    QTest::newRow("cpu") << QStringLiteral("cpu") << QStringLiteral("a1")
                         << "SELECT count(*) > 1 FROM pg_stat_activity WHERE " + ours + " AND state = 'active'";
    QTest::newRow("replica") << QStringLiteral("replica") << QStringLiteral("a1/1")
                             << QByteArray("SELECT pg_is_wal_replay_paused()");
    QTest::newRow("connections") << QStringLiteral("connections") << QStringLiteral("a1")
                                 << "SELECT count(*) > 85 FROM pg_stat_activity WHERE " + ours;
    QTest::newRow("statement") << QStringLiteral("statement")
                               << QStringLiteral("a1")
                               // Not by its state: between two runs the session is idle for a moment.
                               << "SELECT count(*) = 1 FROM pg_stat_activity WHERE " + ours
            + " AND query ILIKE '%md5%'";
    QTest::newRow("transaction") << QStringLiteral("transaction") << QStringLiteral("a1")
                                 << "SELECT count(*) = 1 FROM pg_stat_activity WHERE " + ours
            + " AND state = 'idle in transaction' AND backend_xid IS NOT NULL AND EXISTS (SELECT FROM "
              "pg_stat_user_tables WHERE relname = 'projects' AND n_dead_tup > 0)";
}

void TestDemoBreak::breaksAndHeals()
{
    QFETCH(QString, name);
    QFETCH(QString, where);
    QFETCH(QByteArray, question);
    // One session asks all the questions: while the connections are used up there may be no second one.
    auto session = sessionOn(where);
    VERIFY_RESULT(session);
    const auto answer = [&session](const QByteArray &sql) {
        const auto rows = session->query(sql, patience());
        return rows ? rows->text(0, 0) : QString::fromUtf8(reason(rows));
    };
    QCOMPARE(answer(question), QStringLiteral("f"));

    std::atomic<bool> effective = false;
    Result<void> outcome;
    std::jthread drill([&](const std::stop_token &stop) {
        outcome = demo::breakInstance(
            m_place.path(), *demo::breakageNamed(name), QStringLiteral("a1"), std::chrono::seconds(120),
            [&] { effective = true; }, stop);
    });
    QTRY_VERIFY_WITH_TIMEOUT(effective, 60000);
    QTRY_COMPARE_WITH_TIMEOUT(answer(question), QStringLiteral("t"), 60000);
    drill.request_stop();
    drill.join();
    VERIFY_RESULT(outcome);
    QTRY_COMPARE_WITH_TIMEOUT(answer(question), QStringLiteral("f"), 60000);
    QTRY_COMPARE_WITH_TIMEOUT(
        ask(server(QStringLiteral("a1")),
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'shardhelm/demo break'"),
        QStringLiteral("0"), 60000);
}

void TestDemoBreak::endsByItself()
{
    for (const QString &name : demo::breakageNames()) {
        VERIFY_RESULT(demo::breakInstance(m_place.path(), *demo::breakageNamed(name), QStringLiteral("a1"),
                                          Milliseconds(300), [] {}, {}));
    }
}

void TestDemoBreak::blocksTheLoad()
{
    std::atomic<bool> effective = false;
    std::jthread drill([&](const std::stop_token &stop) {
        static_cast<void>(demo::breakInstance(
            m_place.path(), Breakage::Lock, QStringLiteral("a1"), std::chrono::seconds(120), [&] { effective = true; },
            stop));
    });
    QTRY_VERIFY_WITH_TIMEOUT(effective, 60000);
    QString counted;
    std::jthread victim(
        [&] { counted = ask(server(QStringLiteral("a1")), "SELECT count(*) >= 0 FROM ls_0001.orders"); });
    const QByteArray blocked = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'shardhelm/test'"
                               " AND cardinality(pg_blocking_pids(pid)) > 0";
    QTRY_COMPARE_WITH_TIMEOUT(ask(server(QStringLiteral("a1")), blocked), QStringLiteral("1"), 20000);
    drill.request_stop();
    QTRY_COMPARE_WITH_TIMEOUT(ask(server(QStringLiteral("a1")), blocked), QStringLiteral("0"), 60000);
    victim.join();
    QCOMPARE(counted, QStringLiteral("t"));
}

void TestDemoBreak::healsWhenKilled()
{
    const QByteArray busy = "SELECT count(*) > 0 FROM pg_stat_activity WHERE application_name = 'shardhelm/demo break'";
    const pid_t child = fork();
    if (child == 0) {
        static_cast<void>(demo::breakInstance(m_place.path(), Breakage::Cpu, QStringLiteral("a1"),
                                              std::chrono::seconds(120), [] {}, {}));
        _exit(0);
    }
    QTRY_COMPARE_WITH_TIMEOUT(ask(server(QStringLiteral("a1")), busy), QStringLiteral("t"), 60000);
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    QTRY_COMPARE_WITH_TIMEOUT(ask(server(QStringLiteral("a1")), busy), QStringLiteral("f"), 60000);
}

void TestDemoBreak::refuses()
{
    const auto run = [this](Breakage breakage, const QString &instance) {
        return demo::breakInstance(m_place.path(), breakage, instance, Milliseconds(1000), [] {}, {});
    };
    const auto unknown = run(Breakage::Cpu, QStringLiteral("c9"));
    QCOMPARE(unknown.error().code, ErrorCode::InstanceUnknown);
    QCOMPARE(unknown.error().expected, QStringList{QStringLiteral("a1")});
    QCOMPARE(demo::breakageNamed(QStringLiteral("disk")).error().code, ErrorCode::UsageBad);
    VERIFY_RESULT(demo::demoDown(m_place.path(), false, patience()));
    QCOMPARE(run(Breakage::Cpu, QStringLiteral("a1")).error().code, ErrorCode::DemoNotRunning);
    VERIFY_RESULT(demo::demoDown(m_place.path(), true, patience()));
    QCOMPARE(run(Breakage::Cpu, QStringLiteral("a1")).error().code, ErrorCode::DemoMissing);
}

void TestDemoBreak::namesAreUnique()
{
    const QStringList names = demo::breakageNames();
    QCOMPARE(names.size(), 6);
    for (qsizetype index = 0; index < names.size(); ++index)
        QCOMPARE(static_cast<int>(*demo::breakageNamed(names[index])), static_cast<int>(index));
}

QTEST_GUILESS_MAIN(TestDemoBreak)
#include "tst_demobreak.moc"
