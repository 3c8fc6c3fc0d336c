// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/connection.h"
#include "pg/passwords.h"
#include "pg/resolve.h"
#include "support/silentport.h"
#include "support/testserver.h"

#include <QFile>
#include <QTest>

#include <thread>

using namespace shardhelm;
using pg::Connection;
using pg::ConnectSpec;
using test::soon;

namespace {

ConnectSpec spec(const QString &conninfo)
{
    ConnectSpec made;
    made.name = QStringLiteral("i1");
    made.conninfo = conninfo;
    made.purpose = QStringLiteral("test");
    return made;
}

/// Gives the passwords of a list, one after the other.
class Passwords : public pg::PasswordSource
{
public:
    explicit Passwords(QStringList answers)
        : m_answers(std::move(answers))
    {
    }
    Result<QString> password(const pg::PasswordRequest &request, const Wait &) override
    {
        requests.push_back(request);
        if (m_answers.isEmpty())
            return fail(ErrorCode::PasswordMissing, request.instance);
        return m_answers.takeFirst();
    }

    std::vector<pg::PasswordRequest> requests;

private:
    QStringList m_answers;
};

} // namespace

/// Connecting: every way it fails, passwords, several hosts.
class TestConnect : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase()
    {
        m_readOnly.reset();
        m_server.reset();
    }

    void failures_data();
    void failures();
    void refusedPort();
    void tooManyConnections();
    void serverTooOld();
    void silentPeer();
    void stopWhileConnecting();
    void unknownHost();
    void passwords();
    void passwordFromPassfile();
    void serviceFile();
    void badService();
    void noTlsServer();
    void firstHostDown();
    void firstHostHangs();
    void followsThePrimary();
    void anyRoleOnRequest();
    void noSuitableHost();
    void hostNameWithSeveralAddresses();

private:
    [[nodiscard]] QString tcp(const char *user, const QString &more = {}) const
    {
        return QStringLiteral("host=127.0.0.1 port=%1 user=%2 dbname=postgres ")
                   .arg(QString::number(m_server->port()), QString::fromLatin1(user))
            + more;
    }
    std::unique_ptr<test::TestServer> m_server;
    std::unique_ptr<test::TestServer> m_readOnly;
};

void TestConnect::initTestCase()
{
    m_server = std::make_unique<test::TestServer>();
    // A server that takes no writes, as a standby does.
    m_readOnly = std::make_unique<test::TestServer>(
        QMap<QString, QString>{{QStringLiteral("default_transaction_read_only"), QStringLiteral("on")}});
    m_server->run("CREATE ROLE guarded LOGIN PASSWORD 'ri ght''s'; CREATE ROLE nologin; CREATE ROLE tls LOGIN; "
                  "CREATE ROLE plain LOGIN");
    m_server->run("CREATE DATABASE closed");
    m_server->run("REVOKE CONNECT ON DATABASE closed FROM PUBLIC");
    QFile hba(m_server->server().settings().dataFolder + QStringLiteral("/pg_hba.conf"));
    QVERIFY(hba.open(QIODevice::ReadOnly));
    const QByteArray before = hba.readAll();
    hba.close();
    QVERIFY(hba.open(QIODevice::WriteOnly | QIODevice::Truncate));
    hba.write("host all guarded all scram-sha-256\nhostssl all tls all trust\nhost all tls all reject\n" + before);
    hba.close();
    QVERIFY(m_server->server().stop(pg::LocalServer::StopMode::Fast, soon()));
    QVERIFY(m_server->server().start(soon()));
}

void TestConnect::failures_data()
{
    QTest::addColumn<QString>("conninfo");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("found");
    QTest::addColumn<QString>("sqlstate");
    const auto row = [](const char *name, const QString &conninfo, ErrorCode code, const char *found,
                        const char *sqlstate) {
        QTest::newRow(name) << conninfo << static_cast<int>(code) << QString::fromUtf8(found)
                            << QString::fromUtf8(sqlstate);
    };
    row("no such keyword", QStringLiteral("hots=x"), ErrorCode::ConninfoBad, "invalid connection option \"hots\"", "");
    row("bad sslmode", tcp("postgres", QStringLiteral("sslmode=sure")), ErrorCode::ConninfoBad,
        "invalid sslmode value: \"sure\"", "");
    row("bad port", QStringLiteral("host=127.0.0.1 port=99999 user=x"), ErrorCode::ConninfoBad,
        "invalid port number: \"99999\"", "");
    row("two hosts, three ports", QStringLiteral("host=a,b port=1,2,3"), ErrorCode::ConninfoBad,
        "could not match 3 port numbers to 2 hosts", "");
    row("bad target", tcp("postgres", QStringLiteral("target_session_attrs=best")), ErrorCode::ConninfoBad,
        "invalid target_session_attrs value: \"best\"", "");
    row("no password", tcp("guarded", QStringLiteral("passfile=/nonexistent/pass")), ErrorCode::PasswordMissing,
        "guarded", "");
    row("wrong password", tcp("guarded", QStringLiteral("password=wrong")), ErrorCode::PasswordRejected, "guarded",
        "28P01");
    row("no such role", tcp("nobody_here"), ErrorCode::LoginRefused, "nobody_here", "28000");
    row("role without login", tcp("nologin"), ErrorCode::LoginRefused, "nologin", "28000");
    row("rejected by pg_hba", tcp("tls", QStringLiteral("sslmode=disable")), ErrorCode::LoginRefused, "tls", "28000");
    row("no such database", tcp("postgres", QStringLiteral("dbname=nowhere")), ErrorCode::DatabaseMissing, "nowhere",
        "3D000");
    row("database closed to the role", tcp("plain", QStringLiteral("dbname=closed")), ErrorCode::LoginRefused, "plain",
        "42501");
    row("no socket", QStringLiteral("host=/nonexistent/folder port=5 user=x"), ErrorCode::ConnectionRefused,
        "/nonexistent/folder/.s.PGSQL.5", "");
    row("socket path too long", QStringLiteral("host=/%1 user=x").arg(QString(200, QLatin1Char('x'))),
        ErrorCode::ConninfoBad, "", "");
    row("zero byte", QString(QStringLiteral("host=x") + QChar(0)), ErrorCode::ConninfoBad, "\\0", "");
    row("literal address that is none", QStringLiteral("hostaddr=1.2.3.4.5 port=1 user=x connect_timeout=2"),
        ErrorCode::HostUnknown, "1.2.3.4.5:1", "");
}

void TestConnect::failures()
{
    QFETCH(QString, conninfo);
    QFETCH(int, code);
    QFETCH(QString, found);
    QFETCH(QString, sqlstate);
    const auto opened = Connection::open(spec(conninfo), soon());
    QVERIFY(!opened);
    const Error &error = opened.error();
    QCOMPARE(static_cast<int>(error.code), code);
    QCOMPARE(error.subject, QStringLiteral("i1"));
    if (!found.isEmpty())
        QCOMPARE(error.found, found);
    QCOMPARE(error.sqlstate(), sqlstate);
}

void TestConnect::refusedPort()
{
    const int port = test::SilentPort::unused();
    const auto opened = Connection::open(spec(QStringLiteral("host=127.0.0.1 port=%1 user=x").arg(port)), soon());
    QCOMPARE(opened.error().code, ErrorCode::ConnectionRefused);
    QCOMPARE(opened.error().found, QStringLiteral("127.0.0.1:%1").arg(port));
    QCOMPARE(opened.error().db->message, QStringLiteral("Connection refused"));
    QVERIFY(!opened.error().connectionUsable());
}

void TestConnect::tooManyConnections()
{
    m_server->run(
        "ALTER DATABASE closed CONNECTION LIMIT 1; CREATE ROLE few LOGIN; GRANT CONNECT ON DATABASE closed TO few");
    const QString conninfo = tcp("few", QStringLiteral("dbname=closed"));
    // Backends of earlier attempts count until they are gone.
    Result<Connection> first = fail(ErrorCode::Internal);
    QTRY_VERIFY((first = Connection::open(spec(conninfo), soon())).has_value());
    const auto second = Connection::open(spec(conninfo), soon());
    QCOMPARE(second.error().code, ErrorCode::TooManyConnections);
    QCOMPARE(second.error().sqlstate(), QStringLiteral("53300"));
}

void TestConnect::serverTooOld()
{
    ConnectSpec future = spec(m_server->conninfo());
    future.minimumVersion = 990000;
    const auto opened = Connection::open(future, soon());
    QCOMPARE(opened.error().code, ErrorCode::ServerTooOld);
    QCOMPARE(opened.error().expected, QStringList(QStringLiteral("99")));
    const int version = m_server->connect().serverVersion();
    QCOMPARE(opened.error().found, QStringLiteral("%1.%2").arg(version / 10000).arg(version % 10000));
}

void TestConnect::silentPeer()
{
    // Listens and says nothing, as a server behind a frozen load balancer.
    const test::SilentPort silent;
    const auto start = Clock::now();
    const auto opened = Connection::open(spec(QStringLiteral("host=127.0.0.1 port=%1 user=x").arg(silent.number())),
                                         Wait::forDuration(Milliseconds(300)));
    QCOMPARE(opened.error().code, ErrorCode::ConnectTimedOut);
    QVERIFY(opened.error().isTimeout() && opened.error().db->timedOut);
    QVERIFY(Clock::now() - start >= Milliseconds(300));
    // connect_timeout of the user counts when it is shorter.
    const auto sooner = Clock::now();
    QCOMPARE(
        Connection::open(spec(QStringLiteral("host=127.0.0.1 port=%1 user=x connect_timeout=1").arg(silent.number())),
                         Wait::forDuration(Milliseconds(60000)))
            .error()
            .code,
        ErrorCode::ConnectTimedOut);
    QVERIFY(Clock::now() - sooner < Milliseconds(30000));
}

void TestConnect::stopWhileConnecting()
{
    const test::SilentPort silent;
    std::stop_source stop;
    std::jthread stopper([&] {
        static_cast<void>(silent.awaitPeer(soon()));
        stop.request_stop();
    });
    const auto opened = Connection::open(spec(QStringLiteral("host=127.0.0.1 port=%1 user=x").arg(silent.number())),
                                         Wait::forDuration(Milliseconds(60000), stop.get_token()));
    QCOMPARE(opened.error().code, ErrorCode::Cancelled);
}

void TestConnect::unknownHost()
{
    const auto opened = Connection::open(spec(QStringLiteral("host=no-such-host.invalid user=x")),
                                         Wait::forDuration(Milliseconds(8000)));
    // Where name servers keep silent instead of answering, the deadline holds all the same.
    QVERIFY(opened.error().code == ErrorCode::HostUnknown || opened.error().code == ErrorCode::ConnectTimedOut);
    QCOMPARE(opened.error().found, QStringLiteral("no-such-host.invalid:5432"));
    const auto second = Connection::open(
        spec(QStringLiteral("host=no-such-host.invalid,127.0.0.1 port=1,%1 user=postgres dbname=postgres")
                 .arg(m_server->port())),
        soon());
    QVERIFY(second);
    QCOMPARE(second->host(), QStringLiteral("127.0.0.1"));
    for (const char *literal : {"127.0.0.1", "::1", "fe80::1%lo", "/run/postgresql", "@abstract", ""})
        QVERIFY(!pg::HostLookups::isName(QString::fromLatin1(literal)));
    QVERIFY(pg::HostLookups::isName(QStringLiteral("localhost")));
}

void TestConnect::passwords()
{
    const QString right = QStringLiteral("ri ght's");
    Passwords good({right});
    ConnectSpec guarded = spec(tcp("guarded", QStringLiteral("passfile=/nonexistent/pass")));
    guarded.passwords = &good;
    QVERIFY(Connection::open(guarded, soon()));
    QCOMPARE(good.requests.size(), size_t(1));
    QCOMPARE(good.requests[0].instance, QStringLiteral("i1"));
    QCOMPARE(good.requests[0].user, QStringLiteral("guarded"));
    QCOMPARE(good.requests[0].host, QStringLiteral("127.0.0.1"));
    QCOMPARE(good.requests[0].port, QString::number(m_server->port()));
    QCOMPARE(good.requests[0].database, QStringLiteral("postgres"));
    QVERIFY(!good.requests[0].previousRejected);

    Passwords second({QStringLiteral("wrong"), right});
    guarded.passwords = &second;
    QVERIFY(Connection::open(guarded, soon()));
    QCOMPARE(second.requests.size(), size_t(2));
    QVERIFY(second.requests[1].previousRejected);

    const QString wrong = QStringLiteral("wrong");
    Passwords never({wrong, wrong, wrong, right});
    guarded.passwords = &never;
    QCOMPARE(Connection::open(guarded, soon()).error().code, ErrorCode::PasswordRejected);
    QCOMPARE(never.requests.size(), size_t(3));

    Passwords none({});
    guarded.passwords = &none;
    const auto refused = Connection::open(guarded, soon());
    QCOMPARE(refused.error().code, ErrorCode::PasswordMissing);
    QCOMPARE(refused.error().found, QStringLiteral("guarded"));

    // One in the conninfo that is wrong: the source has not been refused yet.
    Passwords after({right});
    guarded.conninfo = tcp("guarded", QStringLiteral("password=old"));
    guarded.passwords = &after;
    QVERIFY(Connection::open(guarded, soon()));
    QVERIFY(!after.requests[0].previousRejected);
}

void TestConnect::passwordFromPassfile()
{
    QFile passfile(m_server->folder() + QStringLiteral("/pass"));
    QVERIFY(passfile.open(QIODevice::WriteOnly));
    passfile.write("127.0.0.1:*:*:guarded:ri ght's\n");
    passfile.close();
    QVERIFY(passfile.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
    QVERIFY(Connection::open(spec(tcp("guarded", QStringLiteral("passfile=") + passfile.fileName())), soon()));
}

void TestConnect::serviceFile()
{
    QFile services(m_server->folder() + QStringLiteral("/services"));
    QVERIFY(services.open(QIODevice::WriteOnly));
    services.write("[shard]\nhost=127.0.0.1,127.0.0.1\nport=1," + QByteArray::number(m_server->port())
                   + "\nuser=postgres\ndbname=postgres\nkeepalives_idle=77\n");
    services.close();
    qputenv("PGSERVICEFILE", QFile::encodeName(services.fileName()));
    const auto opened = Connection::open(spec(QStringLiteral("service=shard")), soon());
    const auto missing = Connection::open(spec(QStringLiteral("service=other")), soon());
    qunsetenv("PGSERVICEFILE");
    QVERIFY(opened);
    QCOMPARE(missing.error().code, ErrorCode::ConninfoBad);
    QVERIFY(missing.error().found.contains(QStringLiteral("other")));
}

void TestConnect::badService()
{
    const auto opened = Connection::open(spec(QStringLiteral("service=nowhere_defined")), soon());
    QCOMPARE(opened.error().code, ErrorCode::ConninfoBad);
    QCOMPARE(opened.error().subject, QStringLiteral("i1"));
}

void TestConnect::noTlsServer()
{
    const auto opened = Connection::open(spec(tcp("postgres", QStringLiteral("sslmode=require"))), soon());
    QCOMPARE(opened.error().code, ErrorCode::TlsFailed);
    QVERIFY(opened.error().found.contains(QStringLiteral("server does not support SSL")));
}

void TestConnect::firstHostDown()
{
    const auto opened = Connection::open(
        spec(QStringLiteral("host=127.0.0.1,127.0.0.1 port=1,%1 user=postgres dbname=postgres").arg(m_server->port())),
        soon());
    QVERIFY(opened);
    const auto none = Connection::open(spec(QStringLiteral("host=127.0.0.1,127.0.0.1 port=1,2 user=x")), soon());
    QCOMPARE(none.error().code, ErrorCode::ConnectionRefused);
    QCOMPARE(none.error().found, QStringLiteral("127.0.0.1:1, 127.0.0.1:2"));
}

void TestConnect::firstHostHangs()
{
    const test::SilentPort silent;
    const auto opened =
        Connection::open(spec(QStringLiteral("host=127.0.0.1,127.0.0.1 port=%1,%2 user=postgres dbname=postgres")
                                  .arg(silent.number())
                                  .arg(m_server->port())),
                         Wait::forDuration(Milliseconds(20000)));
    QVERIFY(opened);
}

void TestConnect::followsThePrimary()
{
    const QString both = QStringLiteral("host=127.0.0.1,127.0.0.1 port=%1,%2 user=postgres dbname=postgres ")
                             .arg(m_readOnly->port())
                             .arg(m_server->port());
    const auto port = [](Connection &connection) { return connection.query("SHOW port", soon())->integer(0, 0); };
    auto writable = Connection::open(spec(both + QStringLiteral("target_session_attrs=read-write")), soon());
    QVERIFY(writable);
    QCOMPARE(port(*writable), m_server->port());
    auto first = Connection::open(spec(both + QStringLiteral("target_session_attrs=any")), soon());
    QCOMPARE(port(*first), m_readOnly->port());
    // Neither is a standby: the second pass takes any.
    auto preferred = Connection::open(spec(both + QStringLiteral("target_session_attrs=prefer-standby")), soon());
    QVERIFY(preferred);
    QCOMPARE(port(*preferred), m_readOnly->port());
}

void TestConnect::anyRoleOnRequest()
{
    // A real standby in front: without target_session_attrs the primary is meant, unless any role will do.
    pg::LocalServer::Settings settings = m_readOnly->server().settings();
    settings.dataFolder = m_server->folder() + QStringLiteral("/standby");
    settings.socketFolder = m_server->folder() + QStringLiteral("/t");
    settings.listenOnLoopback = false;
    settings.parameters.remove(QStringLiteral("default_transaction_read_only"));
    const pg::LocalServer standby(settings);
    QVERIFY(standby.createReplica(m_server->server(), Wait::forDuration(Milliseconds(60000))));
    QVERIFY(standby.start(Wait::forDuration(Milliseconds(60000))));
    const QString both = QStringLiteral("host=%1,127.0.0.1 port=%2,%3 user=postgres dbname=postgres")
                             .arg(settings.socketFolder)
                             .arg(settings.port)
                             .arg(m_server->port());
    const auto inRecovery = [](Result<Connection> opened) {
        return opened && opened->query("SELECT pg_is_in_recovery()", soon())->boolean(0, 0);
    };
    QVERIFY(!inRecovery(Connection::open(spec(both), soon())));
    ConnectSpec any = spec(both);
    any.anyRole = true;
    QVERIFY(inRecovery(Connection::open(any, soon())));
    QVERIFY(inRecovery(Connection::open(spec(both + QStringLiteral(" target_session_attrs=prefer-standby")), soon())));
    QVERIFY(inRecovery(Connection::open(spec(standby.conninfo()), soon())));

    // Failover: the primary dies, the standby is promoted, the same conninfo follows.
    QVERIFY(m_server->server().stop(pg::LocalServer::StopMode::Immediate, soon()));
    const auto waiting = Connection::open(spec(both), soon());
    QCOMPARE(waiting.error().code, ErrorCode::NoSuitableHost);
    QCOMPARE(waiting.error().expected, QStringList(QStringLiteral("primary")));
    {
        auto control = Connection::open(spec(standby.conninfo()), soon());
        QVERIFY(control && control->query("SELECT pg_promote(true, 30)", Wait::forDuration(Milliseconds(40000))));
    }
    auto followed = Connection::open(spec(both), soon());
    QVERIFY(followed);
    QCOMPARE(followed->host(), settings.socketFolder);
    followed->close();
    QVERIFY(standby.stop(pg::LocalServer::StopMode::Immediate, soon()));
    QVERIFY(m_server->server().start(soon()));
}

void TestConnect::noSuitableHost()
{
    const auto opened = Connection::open(spec(tcp("postgres", QStringLiteral("target_session_attrs=standby"))), soon());
    QCOMPARE(opened.error().code, ErrorCode::NoSuitableHost);
    QCOMPARE(opened.error().expected, QStringList(QStringLiteral("standby")));
    QCOMPARE(opened.error().found, QStringLiteral("127.0.0.1:%1").arg(m_server->port()));
}

void TestConnect::hostNameWithSeveralAddresses()
{
    // localhost is often ::1 as well, where this server does not listen.
    const auto opened = Connection::open(
        spec(QStringLiteral("host=localhost port=%1 user=postgres dbname=postgres").arg(m_server->port())), soon());
    QVERIFY(opened);
    QCOMPARE(opened->host(), QStringLiteral("localhost"));
}

QTEST_GUILESS_MAIN(TestConnect)
#include "tst_connect.moc"
