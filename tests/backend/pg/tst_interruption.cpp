// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/connection.h"
#include "support/confirmed.h"

#include <QTest>

#include <csignal>
#include <thread>

using namespace shardhelm;
using pg::Connection;
using pg::Params;
using test::soon;

namespace {

constexpr int rowCount = 200'000;

/// Hands out the lines of a COPY of `rows` rows, a few hundred at a time.
std::function<QByteArray()> lines(int rows)
{
    return [rows, next = 0]() mutable {
        QByteArray chunk;
        for (int end = std::min(next + 500, rows); next < end; ++next)
            chunk += QByteArray::number(next) + "\tname of row " + QByteArray::number(next) + '\n';
        return chunk;
    };
}

double since(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

} // namespace

/// Statements and COPY that are ended early, by us, by the server or by its death.
class TestInterruption : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_server = std::make_unique<test::TestServer>();
        m_server->run("CREATE TABLE copied (id int, name text)");
    }
    void cleanupTestCase() { m_server.reset(); }
    void cleanup() { m_server->signal(SIGCONT); }

    void deadline();
    void stopToken();
    void waitThatIsOver();
    void serverSideTimeouts();
    void finishedAllTheSame();
    void frozenServer();
    void backendTerminated();
    void serverKilled();
    void copyBothWays();
    void copyErrors();
    void copyOutStopped();
    void copyOutInterrupted();
    void copyInInterrupted();
    void copyWithDeadServer();

private:
    /// Whether no session but the one that asks runs anything.
    [[nodiscard]] bool quiet() const
    {
        return m_server
                   ->run("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND backend_type = 'client "
                         "backend' AND pid <> pg_backend_pid()")
                   .integer(0, 0)
            == 0;
    }
    /// Requests the stop once the statement of that backend is seen running.
    [[nodiscard]] std::jthread stopWhenRunning(int pid, std::stop_source stop) const
    {
        return std::jthread([this, pid, stop]() mutable {
            Connection watcher = m_server->connect();
            const Wait patience = soon();
            while (!patience.expired()) {
                const auto rows = watcher.query(
                    "SELECT 1 FROM pg_stat_activity WHERE pid = $1::int AND state = 'active'", Params(pid), soon());
                if (!rows || !rows->isEmpty())
                    break;
            }
            stop.request_stop();
        });
    }

    std::unique_ptr<test::TestServer> m_server;
};

void TestInterruption::deadline()
{
    Connection connection = m_server->connect();
    const auto start = Clock::now();
    const Error late = test::confirmedEnd(*m_server, connection, [](Connection &one) {
        return one.query("SELECT pg_sleep(60)", Wait::forDuration(Milliseconds(200)));
    });
    QVERIFY(since(start) >= 200);
    QCOMPARE(late.code, ErrorCode::TimedOut);
    QVERIFY(late.db->timedOut && !late.db->cancelled);
    QCOMPARE(late.sqlstate(), QStringLiteral("57014"));
    QVERIFY(late.connectionUsable());
    QTRY_VERIFY(quiet());
    // The late request does not hit the next statement.
    for (int round = 0; round < 20; ++round) {
        const auto again = connection.query("SELECT pg_sleep(60)", Wait::forDuration(Milliseconds(5)));
        QCOMPARE(again.error().code, ErrorCode::TimedOut);
        if (!connection.isOpen())
            connection = m_server->connect();
        QVERIFY(connection.query("SELECT pg_sleep(0.01)", soon()));
    }
    QVERIFY(connection.run("SELECT 1; SELECT pg_sleep(60); SELECT 2", Wait::forDuration(Milliseconds(100)))
                .error()
                .isTimeout());
}

void TestInterruption::stopToken()
{
    Connection connection = m_server->connect();
    const Error stopped = test::confirmedEnd(*m_server, connection, [this](Connection &one) {
        std::stop_source stop;
        const auto stopper = stopWhenRunning(one.backendPid(), stop);
        return one.query("SELECT pg_sleep(600)", Wait::forDuration(Milliseconds(600000), stop.get_token()));
    });
    QCOMPARE(stopped.code, ErrorCode::Cancelled);
    QVERIFY(stopped.db->cancelled && !stopped.db->timedOut);
    QVERIFY(stopped.connectionUsable());
    QTRY_VERIFY(quiet());
    QVERIFY(connection.query("SELECT 1", soon()));

    // In a transaction the session stays, the transaction has failed.
    static_cast<void>(test::confirmedEnd(*m_server, connection, [](Connection &one) {
        return one.run("BEGIN", soon()) ? one.query("SELECT pg_sleep(60)", Wait::forDuration(Milliseconds(50)))
                                        : fail(ErrorCode::Internal);
    }));
    QVERIFY(connection.inTransaction());
    QCOMPARE(connection.query("SELECT 1", soon()).error().sqlstate(), QStringLiteral("25P02"));
    QVERIFY(connection.run("ROLLBACK", soon()));
}

void TestInterruption::waitThatIsOver()
{
    Connection connection = m_server->connect();
    std::stop_source stop;
    stop.request_stop();
    const auto stopped =
        connection.run("CREATE TABLE never (a int)", Wait::forDuration(Milliseconds(1000), stop.get_token()));
    QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
    QVERIFY(stopped.error().connectionUsable());
    const auto late = connection.run("CREATE TABLE never (a int)", Wait(Clock::now() - Milliseconds(1)));
    QCOMPARE(late.error().code, ErrorCode::TimedOut);
    QVERIFY(connection.query("SELECT to_regclass('never')", soon())->isNull(0, 0));
}

void TestInterruption::serverSideTimeouts()
{
    Connection connection = m_server->connect();
    QVERIFY(connection.run("SET statement_timeout = '50ms'", soon()));
    const auto late = connection.query("SELECT pg_sleep(60)", soon());
    QCOMPARE(late.error().code, ErrorCode::TimedOut);
    QCOMPARE(late.error().sqlstate(), QStringLiteral("57014"));
    QVERIFY(late.error().connectionUsable());

    QVERIFY(connection.run("RESET statement_timeout", soon()));
    Connection other = m_server->connect();
    std::jthread canceller([&] {
        const QByteArray cancel =
            "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE state = 'active' AND pid = "
            + QByteArray::number(connection.backendPid());
        while (other.query(cancel, soon())->isEmpty()) { }
    });
    const auto cancelled = connection.query("SELECT pg_sleep(60)", soon());
    QCOMPARE(cancelled.error().code, ErrorCode::Cancelled);

    QVERIFY(connection.run("SET idle_in_transaction_session_timeout = '50ms'; BEGIN", soon()));
    const auto gone = connection.notifications(soon());
    QCOMPARE(gone.error().code, ErrorCode::ConnectionLost);
    const auto after = connection.query("SELECT 1", soon());
    QCOMPARE(after.error().code, ErrorCode::ConnectionLost);
    QVERIFY(!after.error().connectionUsable());
}

void TestInterruption::finishedAllTheSame()
{
    // A statement that hides from the cancel and finishes within the second it is granted: its result counts. A busy
    // machine may not get that done.
    Connection connection = m_server->connect();
    bool done = false;
    for (int attempt = 0; attempt < 20 && !done; ++attempt) {
        if (!connection.isOpen())
            connection = m_server->connect();
        done = connection
                   .run("DO $$BEGIN PERFORM pg_sleep(60); EXCEPTION WHEN query_canceled THEN CREATE TABLE IF NOT "
                        "EXISTS finished (); END$$",
                        Wait::forDuration(Milliseconds(1000)))
                   .has_value();
    }
    QVERIFY(done);
    QVERIFY(!connection.query("SELECT to_regclass('finished')", soon())->isNull(0, 0));
}

void TestInterruption::frozenServer()
{
    // Deadline and the second for the confirmation, and not for ever.
    Connection connection = m_server->connect();
    m_server->signal(SIGSTOP);
    const auto start = Clock::now();
    const auto late = connection.query("SELECT 1", Wait::forDuration(Milliseconds(300)));
    QCOMPARE(late.error().code, ErrorCode::TimedOut);
    QVERIFY(!late.error().connectionUsable());
    QVERIFY(!connection.isOpen());
    pg::ConnectSpec spec;
    spec.conninfo = m_server->conninfo();
    const auto opened = Connection::open(spec, Wait::forDuration(Milliseconds(300)));
    QCOMPARE(opened.error().code, ErrorCode::ConnectTimedOut);
    const double took = since(start);
    m_server->signal(SIGCONT);
    QVERIFY2(took >= 600 && took < 60000, qPrintable(QString::number(took)));
    QTRY_VERIFY(quiet());
}

void TestInterruption::backendTerminated()
{
    Connection connection = m_server->connect();
    std::jthread killer([&] {
        Connection other = m_server->connect();
        const QByteArray terminate =
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'active' AND pid = "
            + QByteArray::number(connection.backendPid());
        while (other.query(terminate, soon())->isEmpty()) { }
    });
    const auto lost = connection.query("SELECT pg_sleep(60)", soon());
    QCOMPARE(lost.error().code, ErrorCode::ConnectionLost);
    QCOMPARE(lost.error().sqlstate(), QStringLiteral("57P01"));
    QVERIFY(!lost.error().connectionUsable());
    QVERIFY(!connection.isOpen());
}

void TestInterruption::serverKilled()
{
    Connection connection = m_server->connect();
    Connection batching = m_server->connect();
    std::stop_source unused;
    std::jthread killer([&] {
        Connection watcher = m_server->connect();
        while (watcher
                   .query("SELECT 1 FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)' AND state = 'active'",
                          soon())
                   ->isEmpty()) { }
        m_server->signal(SIGKILL);
    });
    const auto lost = connection.query("SELECT pg_sleep(60)", soon());
    QCOMPARE(lost.error().code, ErrorCode::ConnectionLost);
    QVERIFY(!lost.error().connectionUsable());
    QVERIFY(!lost.error().db->message.isEmpty());
    QVERIFY(!connection.isOpen());
    const std::vector<pg::Statement> statements{{"SELECT 1", {}}, {"SELECT 2", {}}};
    const auto lostBatch = batching.batch(statements, soon());
    QCOMPARE(lostBatch.error().code, ErrorCode::ConnectionLost);
    QVERIFY(!lostBatch.error().connectionUsable());
    killer.join();
    QVERIFY(m_server->server().start(soon()));
}

void TestInterruption::copyBothWays()
{
    Connection connection = m_server->connect();
    QVERIFY(connection.run("TRUNCATE copied", soon()));
    const auto in =
        connection.copyIn("COPY copied FROM STDIN", lines(rowCount), Wait::forDuration(Milliseconds(60000)));
    QVERIFY(in);
    QCOMPARE(*in, rowCount);
    int rows = 0;
    qint64 size = 0;
    const auto out = connection.copyOut(
        "COPY (SELECT * FROM copied ORDER BY id) TO STDOUT",
        [&](const QByteArray &row) {
            if (row != QByteArray::number(rows) + "\tname of row " + QByteArray::number(rows) + '\n')
                return false;
            ++rows;
            size += row.size();
            return true;
        },
        Wait::forDuration(Milliseconds(60000)));
    QVERIFY(out);
    QCOMPARE(rows, rowCount);
    QCOMPARE(*out, size);
    QCOMPARE(*connection.copyIn(
                 "COPY copied FROM STDIN", [] { return QByteArray(); }, soon()),
             0);
    const QByteArray wide(20'000'000, 'w');
    QCOMPARE(*connection.copyIn(
                 "COPY copied (name) FROM STDIN",
                 [&, given = false]() mutable { return std::exchange(given, true) ? QByteArray() : wide + '\n'; },
                 Wait::forDuration(Milliseconds(60000))),
             1);
    QCOMPARE(connection.query("SELECT max(length(name)) FROM copied", soon())->integer(0, 0), wide.size());
    QVERIFY(connection.run("TRUNCATE copied", soon()));
}

void TestInterruption::copyErrors()
{
    Connection connection = m_server->connect();
    const auto keep = [](const QByteArray &) { return true; };
    QCOMPARE(connection.copyOut("COPY nowhere TO STDOUT", keep, soon()).error().sqlstate(), QStringLiteral("42P01"));
    QCOMPARE(connection.copyOut("SELECT 1", keep, soon()).error().code, ErrorCode::AnswerUnexpected);
    QCOMPARE(connection.copyOut("COPY copied FROM STDIN", keep, soon()).error().code, ErrorCode::AnswerUnexpected);
    QCOMPARE(connection.copyIn("COPY copied TO STDOUT", lines(1), soon()).error().code, ErrorCode::AnswerUnexpected);
    QCOMPARE(connection.copyIn("SELECT 1", lines(1), soon()).error().code, ErrorCode::AnswerUnexpected);
    const auto bad = connection.copyIn(
        "COPY copied FROM STDIN", [given = 0]() mutable { return given++ ? QByteArray() : QByteArray("x\ty\n"); },
        soon());
    QCOMPARE(bad.error().sqlstate(), QStringLiteral("22P02"));
    QVERIFY(bad.error().connectionUsable());
    // A failure in the middle of the rows on their way out.
    QVERIFY(connection.run("INSERT INTO copied SELECT g, 'n' FROM generate_series(1, 1000) g", soon()));
    const auto half = connection.copyOut("COPY (SELECT 1 / (id - 900) FROM copied) TO STDOUT", keep, soon());
    QCOMPARE(half.error().sqlstate(), QStringLiteral("22012"));
    QVERIFY(connection.query("SELECT 1", soon()));
    QVERIFY(connection.run("TRUNCATE copied", soon()));
}

void TestInterruption::copyOutStopped()
{
    Connection connection = m_server->connect();
    int rows = 0;
    const auto out = connection.copyOut(
        "COPY (SELECT generate_series(1, 100000000)) TO STDOUT", [&](const QByteArray &) { return ++rows < 1000; },
        Wait::forDuration(Milliseconds(60000)));
    QVERIFY(out);
    QCOMPARE(rows, 1000);
    QVERIFY(*out > 1000 && *out < 10000);
    QVERIFY(connection.query("SELECT 1", soon()));
    QTRY_VERIFY(quiet());
}

void TestInterruption::copyOutInterrupted()
{
    Connection connection = m_server->connect();
    int rows = 0;
    const Error stopped = test::confirmedEnd(*m_server, connection, [&rows](Connection &one) {
        std::stop_source stop;
        rows = 0;
        return one.copyOut(
            "COPY (SELECT generate_series(1, 100000000)) TO STDOUT",
            [&](const QByteArray &) {
                if (++rows == 5000)
                    stop.request_stop();
                return true;
            },
            Wait::forDuration(Milliseconds(60000), stop.get_token()));
    });
    QCOMPARE(stopped.code, ErrorCode::Cancelled);
    QVERIFY(stopped.connectionUsable());
    QVERIFY(rows < 200'000);
    QVERIFY(connection.query("SELECT 1", soon()));
    QTRY_VERIFY(quiet());
    const Error late = test::confirmedEnd(*m_server, connection, [](Connection &one) {
        return one.copyOut(
            "COPY (SELECT pg_sleep(0.01) FROM generate_series(1, 100000)) TO STDOUT",
            [](const QByteArray &) { return true; }, Wait::forDuration(Milliseconds(200)));
    });
    QCOMPARE(late.code, ErrorCode::TimedOut);
    QVERIFY(connection.query("SELECT 1", soon()));
}

void TestInterruption::copyInInterrupted()
{
    Connection connection = m_server->connect();
    int chunks = 0;
    const Error stopped = test::confirmedEnd(*m_server, connection, [&chunks](Connection &one) {
        std::stop_source stop;
        const auto endless = lines(rowCount);
        chunks = 0;
        return one.copyIn(
            "COPY copied FROM STDIN",
            [&] {
                if (++chunks == 100)
                    stop.request_stop();
                return endless();
            },
            Wait::forDuration(Milliseconds(60000), stop.get_token()));
    });
    QCOMPARE(stopped.code, ErrorCode::Cancelled);
    QVERIFY(stopped.connectionUsable());
    QVERIFY(chunks < 200);
    QCOMPARE(connection.query("SELECT count(*) FROM copied", soon())->integer(0, 0), 0);

    // The server takes nothing, because it waits for a lock.
    Connection locker = m_server->connect();
    QVERIFY(locker.run("BEGIN; LOCK TABLE copied", soon()));
    const Error late = test::confirmedEnd(*m_server, connection, [](Connection &one) {
        return one.copyIn("COPY copied FROM STDIN", lines(rowCount), Wait::forDuration(Milliseconds(200)));
    });
    QCOMPARE(late.code, ErrorCode::TimedOut);
    QVERIFY(late.connectionUsable());
    QVERIFY(connection.query("SELECT 1", soon()));
}

void TestInterruption::copyWithDeadServer()
{
    Connection sending = m_server->connect();
    int chunks = 0;
    const auto endless = [&]() -> QByteArray {
        if (++chunks == 50)
            m_server->signal(SIGKILL);
        return QByteArray(50'000, 'x') + '\n';
    };
    const auto lost = sending.copyIn("COPY copied (name) FROM STDIN", endless, soon());
    QCOMPARE(lost.error().code, ErrorCode::ConnectionLost);
    QVERIFY(!lost.error().connectionUsable());
    QVERIFY(m_server->server().start(soon()));
    Connection receiving = m_server->connect();
    int rows = 0;
    const auto cut = receiving.copyOut(
        "COPY (SELECT generate_series(1, 100000000)) TO STDOUT",
        [&](const QByteArray &) {
            if (++rows == 5000)
                m_server->signal(SIGKILL);
            return true;
        },
        Wait::forDuration(Milliseconds(60000)));
    QCOMPARE(cut.error().code, ErrorCode::ConnectionLost);
    QVERIFY(!cut.error().connectionUsable());
    QVERIFY(m_server->server().start(soon()));
}

QTEST_GUILESS_MAIN(TestInterruption)
#include "tst_interruption.moc"
