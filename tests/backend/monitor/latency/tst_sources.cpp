// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/latency/histogramsource.h"
#include "monitor/latency/logsource.h"
#include "monitor/latency/momentsource.h"
#include "support/testserver.h"

#include <QTest>

using namespace shardhelm;
using namespace shardhelm::monitor::latency;

namespace {

QMap<QString, QString> logging(const QString &destination)
{
    return {{QStringLiteral("shared_preload_libraries"), QStringLiteral("pg_stat_statements")},
            {QStringLiteral("logging_collector"), QStringLiteral("on")},
            {QStringLiteral("log_destination"), destination},
            {QStringLiteral("log_filename"), QStringLiteral("%Y%m%d-%H%M%S.log")},
            {QStringLiteral("log_line_prefix"), QStringLiteral("%m [%p] %q%a ")},
            {QStringLiteral("log_min_duration_statement"), QStringLiteral("0")}};
}

/// One round of questions and answers, as whoever holds the connection does it.
void ask(LatencySource &source, pg::Connection &connection)
{
    const std::vector<pg::Statement> questions = source.questions();
    if (questions.empty())
        return;
    const auto answers = connection.batch(questions, test::soon());
    if (answers)
        source.answered(*answers);
    else
        source.failed(answers.error());
}

pg::Connection connectAs(const test::TestServer &server, const QString &user, const QString &application)
{
    pg::ConnectSpec spec;
    spec.name = QStringLiteral("test");
    spec.conninfo = server.conninfo() + QStringLiteral(" user=") + user;
    spec.purpose = application;
    auto connection = pg::Connection::open(spec, test::soon());
    if (!connection)
        qFatal("no connection");
    return std::move(*connection);
}

/// A session of an application: its name does not mark it as the console's.
pg::Connection application(const test::TestServer &server)
{
    pg::Connection connection = server.connect();
    if (!connection.run("SET application_name = 'shop'", test::soon()))
        qFatal("SET failed");
    return connection;
}

} // namespace

class TestSources : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_server = std::make_unique<test::TestServer>(logging(QStringLiteral("stderr,csvlog,jsonlog")));
        m_server->run("CREATE EXTENSION pg_stat_statements; CREATE TABLE t (a int); CREATE ROLE plain LOGIN;"
                      "CREATE ROLE watcher LOGIN IN ROLE pg_monitor");
    }

    void momentsOfAWindow()
    {
        MomentSource source;
        pg::Connection monitor = m_server->connect();
        QCOMPARE(source.presence(), Presence::Unknown);
        ask(source, monitor);
        QCOMPARE(source.presence(), Presence::Present);
        ask(source, monitor);
        QVERIFY(!source.figures().p99);

        pg::Connection app = application(*m_server);
        for (int i = 0; i < 200; ++i) {
            QVERIFY(app.run("BEGIN", test::soon()));
            QVERIFY(app.query("INSERT INTO t VALUES ($1::int)", pg::Params(i), test::soon()));
            QVERIFY(app.run("COMMIT", test::soon()));
        }
        QVERIFY(app.run("SELECT pg_sleep(0.05)", test::soon()));
        source.restart();
        ask(source, monitor);
        ask(source, monitor); // learns which entries are transaction control
        for (int i = 0; i < 100; ++i) {
            QVERIFY(app.run("BEGIN", test::soon()));
            QVERIFY(app.query("INSERT INTO t VALUES ($1::int)", pg::Params(i), test::soon()));
            QVERIFY(app.run("COMMIT", test::soon()));
        }
        QVERIFY(app.run("SELECT pg_sleep(0.05)", test::soon()));
        ask(source, monitor);

        const Figures figures = source.figures();
        QCOMPARE(figures.source, Source::Estimate);
        QVERIFY(figures.windowSeconds > 0);
        // 100 inserts, one sleep, and what the source itself asked: no BEGIN, no COMMIT.
        QVERIFY2(figures.calls >= 101 && figures.calls <= 105, qPrintable(QString::number(figures.calls)));
        QCOMPARE(source.calls(), figures.calls);
        QVERIFY(figures.p50 && figures.p50->highMs < 40);
        QVERIFY(figures.mean && *figures.mean->pointMs > 0.4);
    }

    void momentsNeedRightsAndTheExtension()
    {
        pg::Connection plain = connectAs(*m_server, QStringLiteral("plain"), QStringLiteral("monitor"));
        MomentSource source;
        ask(source, plain);
        QCOMPARE(source.presence(), Presence::NotPermitted);
        QVERIFY(source.questions().empty());
        QCOMPARE(source.figures().source, Source::None);

        pg::Connection watcher = connectAs(*m_server, QStringLiteral("watcher"), QStringLiteral("monitor"));
        MomentSource allowed;
        ask(allowed, watcher);
        QCOMPARE(allowed.presence(), Presence::Present);
        ask(allowed, watcher);
        QCOMPARE(allowed.presence(), Presence::Present);

        pg::Connection elsewhere = m_server->connect(QStringLiteral("template1"));
        MomentSource absent;
        ask(absent, elsewhere);
        QCOMPARE(absent.presence(), Presence::Absent);
    }

    void extensionThatGoesAwayIsAbsent()
    {
        m_server->run("CREATE DATABASE other");
        m_server->run("CREATE SCHEMA \"Stats\"; CREATE EXTENSION pg_stat_statements SCHEMA \"Stats\"",
                      QStringLiteral("other"));
        pg::Connection monitor = m_server->connect(QStringLiteral("other"));
        MomentSource source;
        ask(source, monitor);
        ask(source, monitor);
        QCOMPARE(source.presence(), Presence::Present);
        m_server->run("DROP EXTENSION pg_stat_statements", QStringLiteral("other"));
        ask(source, monitor);
        QCOMPARE(source.presence(), Presence::Absent);
    }

    void logIsReadInEveryFormat_data()
    {
        QTest::addColumn<QString>("destination");
        QTest::newRow("json") << QStringLiteral("jsonlog");
        QTest::newRow("csv") << QStringLiteral("csvlog");
        QTest::newRow("stderr") << QStringLiteral("stderr");
    }

    void logIsReadInEveryFormat()
    {
        QFETCH(QString, destination);
        m_server->run("ALTER SYSTEM SET log_destination = '" + destination.toUtf8() + "'");
        m_server->run("SELECT pg_reload_conf()");
        pg::Connection monitor = m_server->connect();
        QTRY_COMPARE(currentLog(monitor, destination).isEmpty(), false);

        LogSource source;
        ask(source, monitor);
        QCOMPARE(source.presence(), Presence::Present);
        QCOMPARE(source.sampling().minStatementMs, std::optional(0.0));
        ask(source, monitor); // finds the end
        pg::Connection app = application(*m_server);
        QVERIFY(app.run("BEGIN", test::soon()));
        for (int i = 0; i < 40; ++i)
            QVERIFY(app.run("SELECT 'a \"quoted\"\ntext'", test::soon()));
        QVERIFY(app.query("SELECT $1::int", pg::Params(1), test::soon()));
        QVERIFY(app.run("SELECT pg_sleep(0.06)", test::soon()));
        QVERIFY(app.run("COMMIT", test::soon()));
        const auto calls = [&] {
            ask(source, monitor);
            return source.figures().calls;
        };
        // The logger writes a little later. SET application_name, 40 selects, one with a parameter, one sleep.
        QTRY_COMPARE(calls(), 43);
        const Figures figures = source.figures();
        QCOMPARE(figures.source, Source::Log);
        QVERIFY(!figures.incomplete);
        QVERIFY(figures.p99->pointMs);
        QVERIFY2(*figures.p99->pointMs > 55, qPrintable(QString::number(*figures.p99->pointMs)));

        // Rotation: the rest of the old file and the new one are both read.
        QVERIFY(app.run("SELECT 1", test::soon()));
        const QString before = currentLog(monitor, destination);
        // File names have seconds: ask until a new one is made.
        QTRY_VERIFY_WITH_TIMEOUT(
            (m_server->run("SELECT pg_rotate_logfile()"), currentLog(monitor, destination) != before), 10000);
        QVERIFY(app.run("SELECT 2", test::soon()));
        QTRY_COMPARE(calls(), 45);
        QVERIFY(!source.figures().incomplete);
    }

    void logReadInPartIsMarked()
    {
        LogSource source(LogSource::Limits{60, 2000});
        pg::Connection monitor = m_server->connect();
        ask(source, monitor);
        ask(source, monitor);
        pg::Connection app = application(*m_server);
        for (int i = 0; i < 200; ++i)
            QVERIFY(app.run("SELECT 'some text to fill the log'", test::soon()));
        QTRY_VERIFY((ask(source, monitor), source.figures().incomplete));
        QVERIFY(source.figures().calls < 200);
    }

    void logNeedsRights()
    {
        pg::Connection watcher = connectAs(*m_server, QStringLiteral("watcher"), QStringLiteral("monitor"));
        LogSource source;
        ask(source, watcher);
        QCOMPARE(source.presence(), Presence::NotPermitted);
        QVERIFY(source.questions().empty());

        m_server->run("GRANT EXECUTE ON FUNCTION pg_read_binary_file(text, bigint, bigint, boolean) TO watcher;"
                      "GRANT EXECUTE ON FUNCTION pg_stat_file(text, boolean) TO watcher;"
                      "GRANT EXECUTE ON FUNCTION pg_current_logfile(text) TO watcher");
        source.restart();
        ask(source, watcher);
        QCOMPARE(source.presence(), Presence::Present);
        ask(source, watcher);
        QCOMPARE(source.presence(), Presence::Present);

        // A right that is taken away while reading.
        m_server->run("REVOKE EXECUTE ON FUNCTION pg_stat_file(text, boolean) FROM watcher");
        ask(source, watcher);
        QCOMPARE(source.presence(), Presence::NotPermitted);
    }

    void logThatTimesNothingIsAbsent()
    {
        pg::Connection monitor = m_server->connect();
        QVERIFY(monitor.run("SET log_min_duration_statement = -1", test::soon()));
        LogSource source;
        ask(source, monitor);
        QCOMPARE(source.presence(), Presence::Absent);
        QCOMPARE(source.figures().source, Source::None);
    }

    void histogramIsAbsentHere()
    {
        pg::Connection monitor = m_server->connect();
        HistogramSource source;
        ask(source, monitor);
        QCOMPARE(source.presence(), Presence::Absent);
        QVERIFY(source.questions().empty());
    }

    void bestSourceIsTaken()
    {
        Figures log;
        log.source = Source::Log;
        log.calls = 10;
        Figures estimate;
        estimate.source = Source::Estimate;
        estimate.calls = 1000;
        const auto chosen = [&] {
            const Figures both[]{estimate, log};
            return best(both).source;
        };
        QCOMPARE(best({}).source, Source::None);
        QCOMPARE(chosen(), Source::Log);
        estimate.p99 = Value::between(1, 5);
        QCOMPARE(chosen(), Source::Estimate);
        log.p99 = Value::between(0, 100);
        QCOMPARE(chosen(), Source::Log);
        estimate.p99 = Value::point(4);
        QCOMPARE(chosen(), Source::Estimate);
        log.p99 = Value::point(3);
        QCOMPARE(chosen(), Source::Log);
    }

private:
    static QString currentLog(pg::Connection &connection, const QString &destination)
    {
        const auto rows =
            connection.query("SELECT pg_current_logfile($1::text)", pg::Params(destination), test::soon());
        return rows ? rows->text(0, 0) : QString();
    }

    std::unique_ptr<test::TestServer> m_server;
};

QTEST_GUILESS_MAIN(TestSources)
#include "tst_sources.moc"
