// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/sampler.h"
#include "support/testserver.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

#include <csignal>
#include <thread>

using namespace shardhelm;
using namespace shardhelm::monitor;
using namespace shardhelm::test;

/// The sampler on real servers: a primary with a replica, another primary.
class TestSampler : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<TestServer> m_primary;
    std::unique_ptr<TestServer> m_other;
    std::unique_ptr<pg::LocalServer> m_replica;

    [[nodiscard]] Target target(const QString &name, const QString &conninfo, Role role = Role::Primary) const
    {
        return {name, name.section(u'/', 0, 0), role, conninfo, QStringLiteral("zone"), 2};
    }
    [[nodiscard]] std::vector<Target> fleet() const
    {
        return {target(QStringLiteral("one"), m_primary->conninfo()),
                target(QStringLiteral("one/1"), m_replica->conninfo(), Role::Replica),
                target(QStringLiteral("two"), m_other->conninfo())};
    }
    static std::vector<ServerSample> sample(Sampler &sampler, const std::vector<Target> &targets,
                                            const Sampler::Pace &pace)
    {
        std::vector<ServerSample> samples(targets.size());
        sampler.sample(
            targets, pace, [&](size_t i, const ServerSample &sample) { samples[i] = sample; }, soon());
        return samples;
    }
    /// Everything read every time.
    static Sampler::Pace eager()
    {
        Sampler::Pace pace;
        pace.sizes = Milliseconds(0);
        pace.statements = Milliseconds(0);
        pace.timeout = Milliseconds(60000);
        pace.upkeep = Milliseconds(0);
        pace.machine = Milliseconds(0);
        pace.rights = Milliseconds(0);
        return pace;
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QMap<QString, QString> parameters{
            {QStringLiteral("shared_preload_libraries"), QStringLiteral("pg_stat_statements")}};
        m_primary = std::make_unique<TestServer>(parameters);
        m_other = std::make_unique<TestServer>();
        pg::LocalServer::Settings settings = m_primary->server().settings();
        settings.dataFolder = m_primary->folder() + QStringLiteral("/replica");
        settings.port = m_primary->port() + 1;
        settings.listenOnLoopback = false;
        m_replica = std::make_unique<pg::LocalServer>(settings);
        const Wait wait = Wait::forDuration(Milliseconds(60000));
        QVERIFY(m_replica->createReplica(m_primary->server(), wait));
        QVERIFY(m_replica->start(wait));
        m_primary->run("CREATE EXTENSION pg_stat_statements; CREATE TABLE t (i int, x text)");
        QTRY_VERIFY(!m_primary->run("SELECT FROM pg_stat_replication WHERE state = 'streaming'").isEmpty());
    }

    void cleanupTestCase()
    {
        if (m_replica)
            QVERIFY(m_replica->stop(pg::LocalServer::StopMode::Immediate, soon()));
    }

    void tellsWhatAServerIs()
    {
        Sampler sampler;
        const auto samples = sample(sampler, fleet(), eager());
        for (const ServerSample &server : samples) {
            QVERIFY2(server.state == State::Healthy, qPrintable(server.name));
            QVERIFY2(server.version.contains(QRegularExpression(QStringLiteral("^1[5-9]\\.\\d"))),
                     qPrintable(server.version));
            QVERIFY(!server.version.contains(u' '));
            QVERIFY(server.sampledAt.isValid());
            QVERIFY(server.connections.value && *server.connections.value >= 1);
            QVERIFY(server.maxConnections.value && *server.maxConnections.value == 40);
            QVERIFY(server.sizeBytes.value && *server.sizeBytes.value > 1000000);
            QVERIFY(server.roundTripMs && *server.roundTripMs > 0);
            QVERIFY(!server.transactionsPerSecond.value); // no second reading yet
            QVERIFY(server.warnings.isEmpty());
            QCOMPARE(server.logicalShards, 2);
        }
        QCOMPARE(samples[0].role, Role::Primary);
        QCOMPARE(samples[1].role, Role::Replica);
        QVERIFY(!samples[2].lagBytes.value); // no replica
    }

    void measuresLag()
    {
        Sampler sampler;
        const auto lag = [&] {
            // The first delivery of a replica may come before its primary's; the last one counts.
            return sample(sampler, fleet(), eager());
        };
        m_primary->run("INSERT INTO t SELECT i FROM generate_series(1, 1000) i");
        ServerSample caughtUp;
        QTRY_COMPARE((caughtUp = lag()[1]).lagBytes.value, std::optional<qint64>(0));
        QCOMPARE(caughtUp.lagSeconds.value, std::optional(0.0));
        QVERIFY(caughtUp.lastAppliedAgeSeconds.value);

        pg::ConnectSpec spec{QStringLiteral("one/1"), m_replica->conninfo(), QStringLiteral("test"), nullptr, 150000};
        auto replica = pg::Connection::open(spec, soon());
        QVERIFY(replica);
        QVERIFY(replica->run("SELECT pg_wal_replay_pause()", soon()));
        QTRY_COMPARE(replica->run("SELECT pg_get_wal_replay_pause_state()", soon())->text(0, 0),
                     QStringLiteral("paused"));
        m_primary->run("INSERT INTO t SELECT i FROM generate_series(1, 20000) i");
        QTRY_VERIFY(lag()[1].lagBytes.value.value_or(0) > 100000);
        QTRY_VERIFY(lag()[1].lagSeconds.value.value_or(0) > 0);
        // The primary shows the worst of its replicas.
        QTRY_VERIFY(lag()[0].lagBytes.value.value_or(0) > 100000);
        const double before = lag()[1].lagSeconds.value.value_or(0);
        QTRY_VERIFY(lag()[1].lagSeconds.value.value_or(0) > before);
        QVERIFY(replica->run("SELECT pg_wal_replay_resume()", soon()));
        QTRY_COMPARE(lag()[1].lagBytes.value, std::optional<qint64>(0));
    }

    void measuresRatesOverAWindow()
    {
        Sampler sampler;
        sample(sampler, fleet(), eager());
        pg::Connection connection = m_primary->connect();
        // Backends report their counters about once a second.
        ServerSample server;
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                for (int i = 0; i < 50; ++i)
                    connection.query("INSERT INTO t VALUES (1)", soon());
                server = sample(sampler, fleet(), eager())[0];
                return server.writesPerSecond.value.value_or(0) > 0;
            }(),
            10000);
        QVERIFY(server.windowSeconds >= 1.4);
        // Each row is a transaction of its own.
        QVERIFY(server.transactionsPerSecond.value.value_or(0) > 0);
        QVERIFY(server.cacheHitRatio.value.value_or(0) > 0.5);
    }

    void ourOwnSessionsAreNoLoad()
    {
        // Nobody but the sampler is on the replica, and it is counted late: from the first window on, no load.
        Sampler sampler;
        QList<double> rates;
        double window = 0;
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                const ServerSample replica = sample(sampler, fleet(), eager())[1];
                if (replica.transactionsPerSecond.value && replica.windowSeconds != window) {
                    window = replica.windowSeconds;
                    rates << *replica.transactionsPerSecond.value;
                }
                return rates.size() >= 4;
            }(),
            20000);
        QCOMPARE(rates, QList<double>(rates.size(), 0.0));
    }

    void aSingleSampleHasRatesWhenItMayWait()
    {
        Sampler sampler;
        Sampler::Pace pace = eager();
        pace.window = Milliseconds(200);
        const auto samples = sample(sampler, fleet(), pace);
        for (const ServerSample &server : samples) {
            QVERIFY(server.transactionsPerSecond.value);
            QVERIFY(server.windowSeconds >= 0.2);
            QVERIFY(server.roundTripMs);
        }
    }

    void resetStatisticsAreNoLoad()
    {
        Sampler sampler;
        m_other->run("SELECT 1");
        QElapsedTimer timer;
        timer.start();
        sample(sampler, fleet(), eager());
        m_other->run("SELECT pg_stat_reset()");
        // The window that the reset fell into is dropped: rates come only after a second one.
        ServerSample server;
        QTRY_VERIFY_WITH_TIMEOUT(server.transactionsPerSecond.value
                                     || (server = sample(sampler, fleet(), eager())[2]).transactionsPerSecond.value,
                                 10000);
        QVERIFY2(timer.elapsed() >= 2900, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(server.windowSeconds >= 1.4);
    }

    void estimatesP99WithoutItsOwnStatements()
    {
        Sampler sampler;
        sample(sampler, fleet(), eager());
        sample(sampler, fleet(), eager()); // learns which statements are its own
        pg::Connection connection = m_primary->connect();
        for (int i = 0; i < 200; ++i)
            QVERIFY(connection.query("SELECT pg_sleep(0.003)", soon()));
        const ServerSample server = sample(sampler, fleet(), eager())[0];
        QVERIFY(server.p99Ms.value);
        QVERIFY(server.p99WindowSeconds > 0);
        QCOMPARE(server.p99Source, QStringLiteral("estimate"));
        QVERIFY2(*server.p99Ms.value >= 3 && *server.p99Ms.value < 10000,
                 qPrintable(QString::number(*server.p99Ms.value)));
        // The other server has no pg_stat_statements: unknown, neither zero nor forbidden.
        const ServerSample other = sample(sampler, fleet(), eager())[2];
        QVERIFY(!other.p99Ms.value);
        QVERIFY(!other.p99Ms.notPermitted);
        QVERIFY(other.p99Source.isEmpty());
    }

    void tellsHiddenFromUnknown()
    {
        m_primary->run("CREATE ROLE modest LOGIN");
        Sampler sampler;
        std::vector<Target> targets = fleet();
        targets[0].conninfo += QStringLiteral(" user=modest");
        const ServerSample server = sample(sampler, targets, eager())[0];
        QCOMPARE(server.state, State::Healthy);
        QVERIFY(server.activeConnections.notPermitted);
        QVERIFY(!server.activeConnections.value);
        QVERIFY(server.blockedSessions.notPermitted);
        QVERIFY(server.longestTransactionSeconds.notPermitted);
        QVERIFY(server.lagBytes.notPermitted);
        QVERIFY(server.p99Ms.notPermitted);
        QVERIFY(server.statementsPerSecond.notPermitted);
        QVERIFY(server.waitingSessions.notPermitted);
        QVERIFY(server.longestStatementSeconds.notPermitted);
        QVERIFY(server.walDirectoryBytes.notPermitted);
        QVERIFY(server.cpuRatio.notPermitted);
        QVERIFY(server.memoryAvailableBytes.notPermitted);
        QVERIFY(!server.p99Ms.value && !server.cpuRatio.value && !server.waitingSessions.value);
        QVERIFY(server.preparedTransactions.value && server.transactionIdAge.value && server.retainedWalBytes.value);
        QVERIFY(server.connections.value && *server.connections.value >= 1);
        QVERIFY(server.sizeBytes.value);
        QVERIFY(server.warnings.contains(QStringLiteral("not permitted: lag_bytes")));
        m_primary->run("GRANT pg_monitor TO modest");
        const ServerSample trusted = sample(sampler, targets, eager())[0];
        QVERIFY(!trusted.activeConnections.notPermitted);
        QVERIFY(trusted.cpuRatio.notPermitted); // needs more than pg_monitor
        QVERIFY(trusted.warnings.isEmpty());
    }

    void countsBlockedSessionsAndOldTransactions()
    {
        Sampler sampler;
        pg::Connection holder = m_other->connect();
        QVERIFY(holder.run("CREATE TABLE held (i int)", soon()));
        QVERIFY(holder.run("BEGIN; LOCK TABLE held", soon()));
        const auto look = [&] { return sample(sampler, fleet(), eager())[2]; };
        QCOMPARE(look().blockedSessions.value, std::optional(0));
        std::jthread waiting([&] { m_other->run("SELECT * FROM held"); });
        QTRY_COMPARE(look().blockedSessions.value, std::optional(1));
        QVERIFY(look().longestTransactionSeconds.value.value_or(0) > 0);
        QVERIFY(holder.run("COMMIT", soon()));
        waiting.join();
        QTRY_COMPARE(look().blockedSessions.value, std::optional(0));
    }

    void aServerInTheWrongRoleIsDegraded()
    {
        Sampler sampler;
        const auto samples = sample(sampler,
                                    {target(QStringLiteral("one"), m_replica->conninfo()),
                                     target(QStringLiteral("two/1"), m_other->conninfo(), Role::Replica)},
                                    eager());
        QCOMPARE(samples[0].state, State::Degraded);
        QCOMPARE(samples[0].reason->code, ErrorCode::RoleUnexpected);
        QCOMPARE(samples[1].state, State::Degraded);
        QCOMPARE(samples[1].role, Role::Primary);
    }

    void aHungServerDelaysNobody()
    {
        Sampler sampler;
        sample(sampler, fleet(), eager());
        m_other->signal(SIGSTOP);
        Sampler::Pace pace = eager();
        pace.timeout = Milliseconds(8000);
        QElapsedTimer timer;
        timer.start();
        qint64 healthyAfter = 0;
        ServerSample hung;
        const std::vector<Target> targets = fleet();
        sampler.sample(
            targets, pace,
            [&](size_t index, const ServerSample &sample) {
                if (index == 2)
                    hung = sample;
                else
                    healthyAfter = timer.elapsed();
            },
            soon());
        const qint64 all = timer.elapsed();
        m_other->signal(SIGCONT);
        QCOMPARE(hung.state, State::Down);
        QVERIFY(hung.reason && hung.reason->isTimeout());
        QVERIFY2(healthyAfter < 8000, qPrintable(QString::number(healthyAfter)));
        QVERIFY2(all < 60000, qPrintable(QString::number(all)));
        QTRY_COMPARE(sample(sampler, fleet(), eager())[2].state, State::Healthy);
    }

    void comesBackAfterARestart()
    {
        Sampler sampler;
        sample(sampler, fleet(), eager());
        m_other->signal(SIGKILL);
        QTRY_VERIFY(m_other->server().pid() == 0);
        const ServerSample dead = sample(sampler, fleet(), eager())[2];
        QCOMPARE(dead.state, State::Down);
        QVERIFY(dead.reason);
        QVERIFY(m_other->server().start(Wait::forDuration(Milliseconds(60000))));
        const ServerSample back = sample(sampler, fleet(), eager())[2];
        QCOMPARE(back.state, State::Healthy);
        QVERIFY(!back.transactionsPerSecond.value); // counters of another life are not compared
        bool measured = false;
        QTRY_VERIFY(measured = measured || sample(sampler, fleet(), eager())[2].transactionsPerSecond.value);
    }

    void aReplicaOfALivingPrimaryMustReceive()
    {
        Sampler sampler;
        m_primary->run("SELECT pg_terminate_backend(pid) FROM pg_stat_replication");
        pg::ConnectSpec spec{QStringLiteral("one/1"), m_replica->conninfo(), QStringLiteral("test"), nullptr, 150000};
        auto replica = pg::Connection::open(spec, soon());
        QVERIFY(replica);
        const auto conninfo = replica->run("SHOW primary_conninfo", soon());
        QVERIFY(conninfo);
        QVERIFY(replica->run("ALTER SYSTEM SET primary_conninfo = ''", soon()));
        QVERIFY(replica->run("SELECT pg_reload_conf()", soon()));
        QTRY_COMPARE(sample(sampler, fleet(), eager())[1].state, State::Degraded);
        QCOMPARE(sample(sampler, fleet(), eager())[1].reason->code, ErrorCode::ReplicationStopped);
        QVERIFY(replica->run("ALTER SYSTEM SET primary_conninfo = " + pg::Connection::literal(conninfo->text(0, 0)),
                             soon()));
        QVERIFY(replica->run("SELECT pg_reload_conf()", soon()));
        QTRY_COMPARE_WITH_TIMEOUT(sample(sampler, fleet(), eager())[1].state, State::Healthy, 20000);
    }
};

QTEST_GUILESS_MAIN(TestSampler)
#include "tst_sampler.moc"
