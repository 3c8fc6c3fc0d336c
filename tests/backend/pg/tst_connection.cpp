// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/connection.h"
#include "support/confirmed.h"

#include <QElapsedTimer>
#include <QTest>

#include <cmath>
#include <thread>

using namespace shardhelm;
using pg::Connection;
using pg::Params;
using pg::Transaction;
using test::soon;

/// Statements over one server that behaves.
class TestConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_server = std::make_unique<test::TestServer>(); }
    void cleanupTestCase() { m_server.reset(); }

    void values()
    {
        Connection connection = m_server->connect();
        const auto good = connection.query(
            "SELECT $1::int + 1, $2::text AS \"Text\", $3::text, $4::bool, $5::bigint, ''::text, 'Infinity'::float8, "
            "'NaN'::float8, 1.5::numeric, ARRAY['a','b \"c\\',NULL,'NULL',''], '{}'::text[], '[0:1]={x,y}'::text[]",
            Params(41, QStringLiteral("ä"), std::nullopt, true, std::optional<qint64>()), soon());
        QVERIFY(good);
        QCOMPARE(good->count(), 1);
        QCOMPARE(good->integer(0, 0), 42);
        QCOMPARE(good->typeOid(0), 23U);
        QCOMPARE(good->text(0, 1), QStringLiteral("ä"));
        QCOMPARE(good->bytes(0, 1), QByteArray("\xc3\xa4"));
        QCOMPARE(good->column("Text"), 1);
        QCOMPARE(good->column("text"), 2);
        QCOMPARE(good->column("none"), -1);
        QVERIFY(good->isNull(0, 2));
        QVERIFY(good->text(0, 2).isNull() && good->bytes(0, 2).isNull());
        QVERIFY(good->boolean(0, 3));
        QVERIFY(!good->optionalInteger(0, 4));
        QCOMPARE(good->integer(0, 4, -7), -7);
        QVERIFY(!good->text(0, 5).isNull() && good->text(0, 5).isEmpty());
        QVERIFY(!good->bytes(0, 5).isNull());
        QVERIFY(std::isinf(good->number(0, 6)));
        QVERIFY(std::isnan(*good->optionalNumber(0, 7)));
        QCOMPARE(good->number(0, 8), 1.5);
        const QStringList elements = good->textArray(0, 9);
        QCOMPARE(elements,
                 QStringList({QStringLiteral("a"), QStringLiteral("b \"c\\"), QString(), QStringLiteral("NULL"),
                              QStringLiteral("")}));
        QVERIFY(elements[2].isNull() && !elements[4].isNull());
        QVERIFY(good->textArray(0, 10).isEmpty());
        QCOMPARE(good->textArray(0, 11), QStringList({QStringLiteral("x"), QStringLiteral("y")}));
        QVERIFY(pg::Rows().isEmpty() && pg::Rows().isNull(0, 0));
    }

    void session()
    {
        Connection connection = m_server->connect();
        QVERIFY(connection.isOpen() && !connection.inTransaction() && !connection.usesTls());
        QVERIFY(connection.serverVersion() >= 150000);
        QCOMPARE(connection.name(), QStringLiteral("test"));
        QCOMPARE(connection.host(), m_server->server().settings().socketFolder);
        const auto rows = connection.query("SELECT pg_backend_pid(), current_setting('application_name'), "
                                           "current_setting('client_encoding')",
                                           soon());
        QCOMPARE(rows->integer(0, 0), connection.backendPid());
        QCOMPARE(rows->text(0, 1), QStringLiteral("shardhelm/test"));
        QCOMPARE(rows->text(0, 2), QStringLiteral("UTF8"));
        connection.close();
        QVERIFY(!connection.isOpen());
        const auto closed = connection.query("SELECT 1", soon());
        QCOMPARE(closed.error().code, ErrorCode::ConnectionLost);
        QVERIFY(!closed.error().connectionUsable());
        QCOMPARE(Connection().query("SELECT 1", soon()).error().code, ErrorCode::ConnectionLost);
        QCOMPARE(Connection()
                     .copyIn(
                         "COPY t FROM STDIN", [] { return QByteArray(); }, soon())
                     .error()
                     .code,
                 ErrorCode::ConnectionLost);
        QCOMPARE(Connection().notifications(soon()).error().code, ErrorCode::ConnectionLost);
    }

    void refusals()
    {
        Connection connection = m_server->connect();
        const auto refused = connection.query("SELECT nöthing FROM pg_class -- password=secret", soon());
        QVERIFY(!refused);
        const Error &error = refused.error();
        QCOMPARE(error.code, ErrorCode::StatementFailed);
        QCOMPARE(error.subject, QStringLiteral("test"));
        QCOMPARE(error.sqlstate(), QStringLiteral("42703"));
        QCOMPARE(error.db->position, 8);
        QVERIFY(error.db->message.contains(QStringLiteral("nöthing")));
        QVERIFY(error.db->query.endsWith(QStringLiteral("password=***")));
        QVERIFY(error.connectionUsable());
        const auto raised =
            connection.run("DO $$BEGIN RAISE EXCEPTION 'password=secret' USING DETAIL = "
                           "'postgres://u:secret@h', HINT = 'sslpassword=secret', ERRCODE = '40001'; END$$",
                           soon());
        QCOMPARE(raised.error().sqlstate(), QStringLiteral("40001"));
        QCOMPARE(raised.error().db->message, QStringLiteral("password=***"));
        QCOMPARE(raised.error().db->detail, QStringLiteral("postgres://u:***@h"));
        QCOMPARE(raised.error().db->hint, QStringLiteral("sslpassword=***"));
        const auto wide = connection.query("SELECT '" + QByteArray(100'000, 'x') + "' nonsense nonsense", soon());
        QCOMPARE(wide.error().db->query.size(), 500);
        m_server->run("CREATE ROLE nobody_special");
        QVERIFY(connection.run("SET ROLE nobody_special", soon()));
        QCOMPARE(connection.query("SELECT * FROM pg_authid", soon()).error().code, ErrorCode::NotPermitted);
        QVERIFY(connection.run("RESET ROLE; SET default_transaction_read_only = on", soon()));
        QCOMPARE(connection.run("CREATE TABLE not_made (a int)", soon()).error().code, ErrorCode::ReadOnlyServer);
    }

    void oddBytes()
    {
        Connection connection = m_server->connect();
        const auto nul = connection.query("SELECT $1::text, $2::text", Params(1, QByteArray("a\0b", 3)), soon());
        QCOMPARE(nul.error().code, ErrorCode::ValueBad);
        QCOMPARE(nul.error().found, QStringLiteral("$2"));
        QCOMPARE(connection.query(QByteArray("SELECT 1\0, 2", 12), soon()).error().code, ErrorCode::ValueBad);
        QCOMPARE(connection.run(QByteArray("SELECT 1\0, 2", 12), soon()).error().code, ErrorCode::ValueBad);
        const auto invalid = connection.query("SELECT $1::text", Params(QByteArray("\xff\xfe")), soon());
        QCOMPARE(invalid.error().sqlstate(), QStringLiteral("22021"));
        QCOMPARE(connection.query("SELECT '\xc3'", soon()).error().sqlstate(), QStringLiteral("22021"));
        QVERIFY(connection.query("SELECT 1", soon()));

        const QByteArray big(10'000'000, 'z');
        const auto echoed = connection.query("SELECT $1::text", Params(big), soon());
        QVERIFY(echoed);
        QCOMPARE(echoed->bytes(0, 0), big);
        Params many;
        for (int index = 0; index < 65536; ++index)
            many.add(index);
        const auto tooMany = connection.query("SELECT 1", many, soon());
        QCOMPARE(tooMany.error().code, ErrorCode::StatementFailed);
        QVERIFY(tooMany.error().connectionUsable());
        QVERIFY(connection.query("", soon()));
    }

    void quoting()
    {
        Connection connection = m_server->connect();
        for (const QString &text :
             {QStringLiteral("plain"), QStringLiteral("it's \"so\" \\' $$"), QString(), QStringLiteral("\\")}) {
            for (const char *conforming : {"on", "off"}) {
                QVERIFY(connection.run(QByteArray("SET standard_conforming_strings = ") + conforming, soon()));
                const auto rows = connection.run("SELECT " + Connection::literal(text) + " AS "
                                                     + Connection::identifier(QLatin1Char('c') + text),
                                                 soon());
                QVERIFY(rows);
                QCOMPARE(rows->text(0, 0), text.isNull() ? QStringLiteral("") : text);
                QCOMPARE(rows->columnNames(), QStringList(QLatin1Char('c') + text));
            }
        }
    }

    void scripts()
    {
        Connection connection = m_server->connect();
        const auto last =
            connection.run("CREATE TEMP TABLE t (a int); INSERT INTO t VALUES (1), (2); SELECT sum(a) FROM t", soon());
        QCOMPARE(last->integer(0, 0), 3);
        QCOMPARE(connection.run("UPDATE t SET a = a + 1", soon())->affected(), 2);
        QCOMPARE(connection.run("SELECT * FROM t", soon())->affected(), 0);
        // One implicit transaction: the failure takes everything back.
        QVERIFY(!connection.run("INSERT INTO t VALUES (9); SELECT 1/0; INSERT INTO t VALUES (10)", soon()));
        QCOMPARE(connection.query("SELECT count(*) FROM t", soon())->integer(0, 0), 2);
        QCOMPARE(connection.run("COPY t TO STDOUT", soon()).error().code, ErrorCode::AnswerUnexpected);
        QCOMPARE(connection.run("COPY t FROM STDIN", soon()).error().code, ErrorCode::AnswerUnexpected);
        QCOMPARE(connection.query("COPY t TO STDOUT", soon()).error().code, ErrorCode::AnswerUnexpected);
        QCOMPARE(connection.query("SELECT count(*) FROM t", soon())->integer(0, 0), 2);
    }

    void batches()
    {
        Connection connection = m_server->connect();
        QVERIFY(connection.run("CREATE TEMP TABLE b (a int PRIMARY KEY)", soon()));
        const std::vector<pg::Statement> good{{"INSERT INTO b VALUES ($1::int)", Params(1)},
                                              {"INSERT INTO b VALUES ($1::int)", Params(2)},
                                              {"SELECT count(*) FROM b", {}}};
        const auto done = connection.batch(good, soon());
        QVERIFY(done);
        QCOMPARE(done->size(), size_t(3));
        QCOMPARE((*done)[1].affected(), 1);
        QCOMPARE((*done)[2].integer(0, 0), 2);
        const std::vector<pg::Statement> bad{
            {"INSERT INTO b VALUES (3)", {}}, {"INSERT INTO b VALUES (1)", {}}, {"INSERT INTO b VALUES (4)", {}}};
        const auto failed = connection.batch(bad, soon());
        QCOMPARE(failed.error().sqlstate(), QStringLiteral("23505"));
        QCOMPARE(failed.error().db->query, QStringLiteral("INSERT INTO b VALUES (1)"));
        QVERIFY(failed.error().connectionUsable());
        QCOMPARE(connection.query("SELECT count(*) FROM b", soon())->integer(0, 0), 2);
        QVERIFY(connection.batch({}, soon())->empty());

        const std::vector<pg::Statement> slow{{"SELECT 1", {}}, {"SELECT pg_sleep(60)", {}}, {"SELECT 2", {}}};
        const Error late = test::confirmedEnd(*m_server, connection, [&](Connection &one) {
            return one.batch(slow, Wait::forDuration(Milliseconds(200)));
        });
        QCOMPARE(late.code, ErrorCode::TimedOut);
        QVERIFY(late.connectionUsable());
        QCOMPARE(connection.query("SELECT 5", soon())->integer(0, 0), 5);

        std::vector<pg::Statement> large;
        const QByteArray big(1'000'000, 'x');
        for (int index = 0; index < 8; ++index)
            large.push_back({"SELECT $1::text", Params(big)});
        const auto echoed = connection.batch(large, soon());
        QVERIFY(echoed);
        QCOMPARE(echoed->back().bytes(0, 0), big);
        const std::vector<pg::Statement> copy{{"COPY pg_am TO STDOUT", {}}};
        const auto unfit = connection.batch(copy, soon());
        QCOMPARE(unfit.error().code, ErrorCode::AnswerUnexpected);
        QVERIFY(!unfit.error().connectionUsable());
    }

    void transactions()
    {
        Connection connection = m_server->connect();
        QVERIFY(connection.run("CREATE TABLE tx (a int UNIQUE DEFERRABLE INITIALLY DEFERRED)", soon()));
        {
            auto left = Transaction::begin(connection, soon());
            QVERIFY(left && connection.inTransaction());
            QVERIFY(connection.run("INSERT INTO tx VALUES (1)", soon()));
        }
        QVERIFY(!connection.inTransaction());
        QCOMPARE(connection.query("SELECT count(*) FROM tx", soon())->integer(0, 0), 0);
        {
            auto kept = Transaction::begin(connection, soon(), "ISOLATION LEVEL REPEATABLE READ");
            QVERIFY(connection.run("INSERT INTO tx VALUES (1)", soon()));
            QVERIFY(kept->commit(soon()));
        }
        QCOMPARE(connection.query("SELECT count(*) FROM tx", soon())->integer(0, 0), 1);
        {
            auto failed = Transaction::begin(connection, soon());
            QVERIFY(!connection.run("SELECT 1/0", soon()));
            const auto committed = failed->commit(soon());
            QCOMPARE(committed.error().sqlstate(), QStringLiteral("25P02"));
            QVERIFY(committed.error().connectionUsable() && !connection.inTransaction());
        }
        {
            auto deferred = Transaction::begin(connection, soon());
            QVERIFY(connection.run("INSERT INTO tx VALUES (1)", soon()));
            QCOMPARE(deferred->commit(soon()).error().sqlstate(), QStringLiteral("23505"));
        }
        QVERIFY(!connection.inTransaction());
        QVERIFY(!Transaction::begin(connection, soon(), "NONSENSE"));
        {
            auto lost = Transaction::begin(connection, soon());
            QVERIFY(connection.run("INSERT INTO tx VALUES (2)", soon()));
            m_server->run("SELECT pg_terminate_backend(" + QByteArray::number(connection.backendPid()) + ", 5000)");
            const auto committed = lost->commit(soon());
            QCOMPARE(committed.error().code, ErrorCode::ConnectionLost);
            QVERIFY(!committed.error().connectionUsable());
        }
    }

    void notifications()
    {
        Connection listener = m_server->connect();
        QVERIFY(listener.run("LISTEN shardhelm_map", soon()));
        QElapsedTimer clock;
        clock.start();
        const auto none = listener.notifications(Wait::forDuration(Milliseconds(100)));
        QVERIFY(none && none->empty());
        QVERIFY(clock.elapsed() >= 100);

        Connection sender = m_server->connect();
        std::jthread later([&] {
            for (int index = 1; index <= 3; ++index)
                static_cast<void>(sender.query("SELECT pg_notify('shardhelm_map', $1::text)", Params(index), soon()));
        });
        QStringList payloads;
        while (payloads.size() < 3) {
            const auto received = listener.notifications(soon());
            QVERIFY(received && !received->empty());
            for (const pg::Notification &note : *received) {
                QCOMPARE(note.channel, QStringLiteral("shardhelm_map"));
                QCOMPARE(note.senderPid, sender.backendPid());
                payloads += note.payload;
            }
        }
        QCOMPARE(payloads, QStringList({QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3")}));
        // One that arrives during another statement is not lost.
        later.join();
        QVERIFY(sender.run("NOTIFY shardhelm_map, 'between'", soon()));
        QVERIFY(listener.query("SELECT 1", soon()));
        const auto between = listener.notifications(soon());
        QCOMPARE(between->front().payload, QStringLiteral("between"));
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(listener.notifications(Wait::forDuration(Milliseconds(60000), stop.get_token()))->empty());
        m_server->run("SELECT pg_terminate_backend(" + QByteArray::number(listener.backendPid()) + ", 5000)");
        QCOMPARE(listener.notifications(soon()).error().code, ErrorCode::ConnectionLost);
    }

private:
    std::unique_ptr<test::TestServer> m_server;
};

QTEST_GUILESS_MAIN(TestConnection)
#include "tst_connection.moc"
