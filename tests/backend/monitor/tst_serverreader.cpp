// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/metric.h"
#include "monitor/sampler.h"
#include "support/testserver.h"

#include <QDir>
#include <QTest>

#include <csignal>
#include <thread>

using namespace shardhelm;
using namespace shardhelm::monitor;
using namespace shardhelm::test;

/// Every figure of a sample, provoked on a real server.
class TestServerReader : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<TestServer> m_server;

    [[nodiscard]] Target target(const QString &database = QStringLiteral("postgres")) const
    {
        return {database, database, Role::Primary, m_server->conninfo(database), {}, 0};
    }
    static Pace eager()
    {
        Pace pace;
        pace.sizes = pace.statements = pace.upkeep = pace.machine = pace.rights = Milliseconds(0);
        return pace;
    }
    static std::vector<ServerSample> sample(Sampler &sampler, const std::vector<Target> &targets)
    {
        std::vector<ServerSample> samples(targets.size());
        sampler.sample(
            targets, eager(), [&](size_t i, const ServerSample &sample) { samples[i] = sample; }, soon());
        return samples;
    }
    ServerSample look() { return sample(m_sampler, {target()}).front(); }
    /// A session of an application.
    [[nodiscard]] pg::Connection session() const { return m_server->connect(); }
    static void must(pg::Connection &connection, const QByteArray &script)
    {
        const auto done = connection.run(script, soon());
        QVERIFY2(done, script.constData());
    }

    Sampler m_sampler;

private Q_SLOTS:
    void initTestCase()
    {
        m_server = std::make_unique<TestServer>(
            QMap<QString, QString>{{QStringLiteral("shared_preload_libraries"), QStringLiteral("pg_stat_statements")},
                                   {QStringLiteral("max_prepared_transactions"), QStringLiteral("5")},
                                   {QStringLiteral("deadlock_timeout"), QStringLiteral("100ms")},
                                   {QStringLiteral("archive_mode"), QStringLiteral("on")},
                                   {QStringLiteral("archive_command"), QStringLiteral("/bin/true")}});
        m_server->run("CREATE EXTENSION pg_stat_statements; CREATE TABLE t (i int PRIMARY KEY, x text);"
                      "INSERT INTO t SELECT i, 'x' FROM generate_series(1, 1000) i");
    }

    void tellsWhatTheServerIs()
    {
        const ServerSample server = look();
        QCOMPARE(server.state, State::Healthy);
        QVERIFY(server.startedAt.isValid() && server.startedAt <= server.sampledAt.addSecs(60));
        QVERIFY(!server.serverKey.isEmpty());
        QVERIFY(server.transactionIdAge.value.value_or(-1) >= 0);
        QVERIFY(server.multixactAge.value.value_or(-1) >= 0);
        QCOMPARE(server.timeline.value, std::optional(1));
        QCOMPARE(server.replicas.value, std::optional(0));
        QVERIFY(server.clockSkewMs.value && std::abs(*server.clockSkewMs.value) < 60000);
        QVERIFY(server.sizeBytes.value.value_or(0) > 1000000);
        // What follows from the first answer comes with the second.
        QTRY_VERIFY_WITH_TIMEOUT(look().walDirectoryBytes.value.value_or(0) > 0, 30000);
        QVERIFY(look().probeP99Ms.value.value_or(0) >= look().probeP50Ms.value.value_or(1e9) * 0.5);
    }

    void readsTheMachine()
    {
        if (!QDir(QStringLiteral("/proc/self")).exists())
            QSKIP("no /proc");
        QTRY_VERIFY_WITH_TIMEOUT(look().cpuRatio.value, 30000);
        const ServerSample server = look();
        QVERIFY(server.loadAverage.value.value_or(-1) >= 0);
        QVERIFY(server.memoryAvailableBytes.value.value_or(0) > 0);
        QVERIFY(*server.cpuRatio.value >= 0 && *server.cpuRatio.value <= 1);
        QVERIFY(!server.diskFreeBytes.value); // no way to tell over SQL
    }

    void countsSessionsByState()
    {
        pg::Connection idle = session();
        must(idle, "SELECT 1");
        pg::Connection open = session();
        must(open, "BEGIN; SELECT 1");
        pg::Connection failed = session();
        must(failed, "BEGIN");
        QVERIFY(!failed.run("SELECT 1 / 0", soon()));
        std::jthread busy([&] { m_server->run("SELECT pg_sleep(1.5)"); });
        QTRY_COMPARE(look().activeConnections.value, std::optional(1));
        const ServerSample server = look();
        QCOMPARE(server.idleConnections.value, std::optional(1));
        QCOMPARE(server.idleInTransactionConnections.value, std::optional(1));
        QCOMPARE(server.abortedConnections.value, std::optional(1));
        QVERIFY(server.longestIdleInTransactionSeconds.value.value_or(0) > 0);
        QVERIFY(server.longestStatementSeconds.value.value_or(0) > 0);
        QVERIFY(server.waitingSessions.value.value_or(0) >= 1);
        QVERIFY(!server.waitEvents.empty());
        QCOMPARE(server.waitEvents.front(), (WaitEvent{QStringLiteral("Timeout"), QStringLiteral("PgSleep"), 1}));
        busy.join();
        QTRY_COMPARE(look().longestStatementSeconds.value, std::optional(0.0));
    }

    void namesWhoIsInTheWay()
    {
        pg::Connection holder = session();
        must(holder, "BEGIN; UPDATE t SET x = 'held' WHERE i = 1");
        std::vector<std::jthread> waiting;
        for (int i = 0; i < 3; ++i)
            waiting.emplace_back([&] { m_server->run("UPDATE t SET x = 'waits' WHERE i = 1"); });
        QTRY_COMPARE(look().blockedSessions.value, std::optional(3));
        QTRY_VERIFY(look().longestBlockedSeconds.value.value_or(0) > 0);
        const ServerSample server = look();
        QVERIFY(server.blocker);
        QCOMPARE(server.blocker->pid, holder.backendPid());
        QCOMPARE(server.blocker->blocked, 3);
        QVERIFY(std::ranges::any_of(server.waitEvents, [](const WaitEvent &wait) { return wait.type == u"Lock"; }));
        must(holder, "COMMIT");
        waiting.clear();
        QTRY_COMPARE(look().blockedSessions.value, std::optional(0));
        QVERIFY(!look().blocker);
    }

    void countsFaultsOverAWindow()
    {
        look();
        pg::Connection one = session();
        pg::Connection two = session();
        must(one, "SET work_mem = '64kB'; CREATE TABLE IF NOT EXISTS w (i int)");
        ServerSample seen;
        // Sessions report what they counted a second later at the latest; a window takes 1.5 s.
        const auto once = [&] {
            (void)one.run("SELECT count(*) FROM (SELECT i FROM generate_series(1, 200000) i ORDER BY i DESC) s",
                          soon());
            (void)one.run("INSERT INTO w SELECT i FROM generate_series(1, 2000) i", soon());
            (void)one.run("BEGIN; SELECT 1 / 0", soon());
            (void)one.run("ROLLBACK", soon());
            (void)one.run("BEGIN; UPDATE t SET x = 'a' WHERE i = 10", soon());
            (void)two.run("BEGIN; UPDATE t SET x = 'b' WHERE i = 11", soon());
            std::jthread crossing([&] { (void)one.run("UPDATE t SET x = 'a' WHERE i = 11; COMMIT", soon()); });
            (void)two.run("UPDATE t SET x = 'b' WHERE i = 10; COMMIT", soon());
            crossing.join();
            (void)one.run("ROLLBACK", soon());
            (void)two.run("ROLLBACK", soon());
        };
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                once();
                const ServerSample now = look();
                const auto keep = [](auto &best, const auto &figure) {
                    if (figure.value.value_or(0) > best.value.value_or(0))
                        best = figure;
                };
                keep(seen.tempBytesPerSecond, now.tempBytesPerSecond);
                keep(seen.rollbacksPerSecond, now.rollbacksPerSecond);
                keep(seen.deadlocksPerSecond, now.deadlocksPerSecond);
                keep(seen.walBytesPerSecond, now.walBytesPerSecond);
                keep(seen.readsPerSecond, now.readsPerSecond);
                keep(seen.writesPerSecond, now.writesPerSecond);
                return seen.tempBytesPerSecond.value && seen.rollbacksPerSecond.value && seen.deadlocksPerSecond.value
                    && seen.walBytesPerSecond.value && seen.readsPerSecond.value && seen.writesPerSecond.value;
            }(),
            60000);
    }

    void countsLostSessions()
    {
        look();
        const auto lost = [&] {
            const pg::Connection victim = session();
            m_server->run("SELECT pg_terminate_backend(" + QByteArray::number(victim.backendPid()) + ", 5000)");
            return look().sessionsLostPerSecond.value.value_or(0);
        };
        QTRY_VERIFY_WITH_TIMEOUT(lost() > 0, 60000);
    }

    void agesPreparedTransactions()
    {
        QCOMPARE(look().preparedTransactions.value, std::optional(0));
        QCOMPARE(look().oldestPreparedSeconds.value, std::optional(0.0));
        pg::Connection one = session();
        must(one, "BEGIN");
        must(one, "INSERT INTO t VALUES (-1, 'prepared')");
        must(one, "PREPARE TRANSACTION 'orphan'");
        QCOMPARE(look().preparedTransactions.value, std::optional(1));
        QTRY_VERIFY(look().oldestPreparedSeconds.value.value_or(0) > 0);
        must(one, "ROLLBACK PREPARED 'orphan'");
        QCOMPARE(look().preparedTransactions.value, std::optional(0));
    }

    void aPreparedTransactionInTheWayHasNoSession()
    {
        pg::Connection one = session();
        must(one, "BEGIN");
        must(one, "UPDATE t SET x = 'prepared' WHERE i = 2");
        must(one, "PREPARE TRANSACTION 'inTheWay'");
        std::jthread waiting([&] { m_server->run("UPDATE t SET x = 'waits' WHERE i = 2"); });
        QTRY_COMPARE(look().blockedSessions.value, std::optional(1));
        QCOMPARE(look().blocker, std::optional(Blocker{0, 1}));
        must(one, "ROLLBACK PREPARED 'inTheWay'");
    }

    void measuresWhatSlotsRetain()
    {
        QCOMPARE(look().retainedWalBytes.value, std::optional<qint64>(0));
        m_server->run("SELECT pg_create_physical_replication_slot('left_behind', true)");
        m_server->run("INSERT INTO t SELECT i, repeat('x', 500) FROM generate_series(100000, 102000) i");
        const ServerSample server = look();
        QCOMPARE(server.slots.size(), size_t(1));
        QCOMPARE(server.slots.front().name, QStringLiteral("left_behind"));
        QVERIFY(!server.slots.front().logical && !server.slots.front().active);
        QVERIFY(server.slots.front().retainedBytes.value_or(0) > 500000);
        QCOMPARE(server.slots.front().walStatus, QStringLiteral("reserved"));
        QCOMPARE(server.inactiveSlots.value, std::optional(1));
        QCOMPARE(server.retainedWalBytes.value, server.slots.front().retainedBytes);
        m_server->run("SELECT pg_drop_replication_slot('left_behind')");
        QCOMPARE(look().retainedWalBytes.value, std::optional<qint64>(0));
    }

    void noticesAnArchiveThatFails()
    {
        m_server->run("SELECT pg_switch_wal()");
        QTRY_VERIFY(look().lastArchivedAgeSeconds.value);
        QCOMPARE(look().archiving, Archiving::Working);
        QVERIFY(look().archiveBacklogBytes.value);
        m_server->run("ALTER SYSTEM SET archive_command = '/bin/false'");
        m_server->run("SELECT pg_reload_conf()");
        m_server->run("INSERT INTO w SELECT i FROM generate_series(1, 2000) i; SELECT pg_switch_wal()");
        QTRY_COMPARE_WITH_TIMEOUT(look().archiving, Archiving::Failing, 30000);
        QVERIFY(look().archiveBacklogBytes.value.value_or(0) > 0);
        m_server->run("ALTER SYSTEM RESET archive_command");
        m_server->run("SELECT pg_reload_conf()");
    }

    void databasesOfOneServerShareItsStatistics()
    {
        m_server->run("CREATE DATABASE other");
        const std::vector<Target> both{target(), target(QStringLiteral("other"))};
        Sampler sampler;
        // Only one of the two has the extension, and reads for both.
        std::vector<ServerSample> samples;
        pg::Connection here = session();
        pg::Connection there = m_server->connect(QStringLiteral("other"));
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                for (int i = 0; i < 5; ++i) {
                    (void)here.query("SELECT pg_sleep(0.001)", soon());
                    (void)there.query("SELECT pg_sleep(0.02)", soon());
                }
                samples = sample(sampler, both);
                return samples[0].p50Ms.lowMs && samples[1].p50Ms.lowMs;
            }(),
            60000);
        QCOMPARE(samples[0].serverKey, samples[1].serverKey);
        QCOMPARE(samples[1].p99Source, QStringLiteral("estimate"));
        // Each has its own figures.
        QVERIFY(samples[1].meanMs.value && *samples[1].meanMs.value >= 19);
        QVERIFY(samples[0].meanMs.value && *samples[0].meanMs.value < *samples[1].meanMs.value);
        QVERIFY(samples[1].statementsPerSecond.value.value_or(0) > 0);
        // The bounds are there, whether there is a point between them or not.
        QVERIFY(samples[1].p99Ms.lowMs && samples[1].p99Ms.highMs);
    }

    void warnsBeforeConnectionsRunOut()
    {
        // The growth of connections is looked at over 20 seconds.
        std::vector<pg::Connection> flood;
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                if (flood.size() < 25)
                    flood.push_back(session());
                return look().connectionsFullInSeconds.value.has_value();
            }(),
            90000);
    }
};

QTEST_GUILESS_MAIN(TestServerReader)
#include "tst_serverreader.moc"
