// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/failuretext.h"

#include <QTest>

using namespace shardhelm;
using namespace shardhelm::pg;

/// Texts as libpq 15 makes them, with PQERRORS_VERBOSE and in English.
class TestFailureText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void connectTexts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("sqlstate");
        QTest::addColumn<QString>("message");
        const auto row = [](const char *name, const char *text, ErrorCode code, const char *sqlstate,
                            const char *message) {
            QTest::newRow(name) << QString::fromUtf8(text) << static_cast<int>(code) << QString::fromUtf8(sqlstate)
                                << QString::fromUtf8(message);
        };
        row("refused",
            "connection to server at \"127.0.0.1\", port 1 failed: Connection refused\n"
            "\tIs the server running on that host and accepting TCP/IP connections?\n",
            ErrorCode::ConnectionRefused, "", "Connection refused");
        row("refused, named host",
            "connection to server at \"localhost\" (127.0.0.1), port 1 failed: Connection refused\n"
            "\tIs the server running on that host and accepting TCP/IP connections?\n",
            ErrorCode::ConnectionRefused, "", "Connection refused");
        row("no socket",
            "connection to server on socket \"/tmp/x/.s.PGSQL.5432\" failed: No such file or directory\n"
            "\tIs the server running locally and accepting connections on that socket?\n",
            ErrorCode::ConnectionRefused, "", "No such file or directory");
        row("socket not ours", "connection to server on socket \"/tmp/x/.s.PGSQL.5432\" failed: Permission denied\n",
            ErrorCode::ConnectFailed, "", "Permission denied");
        row("unknown host", "could not translate host name \"nowhere.invalid\" to address: Name or service not known\n",
            ErrorCode::HostUnknown, "",
            "could not translate host name \"nowhere.invalid\" to address: Name or service not known");
        row("password refused",
            "connection to server at \"h\" (10.0.0.1), port 5432 failed: FATAL:  28P01: password authentication failed "
            "for "
            "user \"u\"\nLOCATION:  auth_failed, auth.c:340\n",
            ErrorCode::PasswordRejected, "28P01", "password authentication failed for user \"u\"");
        row("password refused over TLS, then not allowed without",
            "connection to server at \"h\", port 5432 failed: FATAL:  28P01: password authentication failed for user "
            "\"u\"\n"
            "connection to server at \"h\", port 5432 failed: FATAL:  28000: no pg_hba.conf entry for host \"::1\", "
            "user "
            "\"u\", database \"d\", no encryption\n",
            ErrorCode::PasswordRejected, "28P01", "password authentication failed for user \"u\"");
        row("no password", "connection to server at \"h\", port 5432 failed: fe_sendauth: no password supplied\n",
            ErrorCode::PasswordMissing, "", "fe_sendauth: no password supplied");
        row("role missing",
            "connection to server at \"h\", port 5432 failed: FATAL:  28000: role \"u\" does not exist\n",
            ErrorCode::LoginRefused, "28000", "role \"u\" does not exist");
        row("translated by the server",
            "connection to server at \"h\", port 5432 failed: FATAL:  28000: Rolle »u« existiert nicht\n",
            ErrorCode::LoginRefused, "28000", "Rolle »u« existiert nicht");
        row("severity translated too",
            "connection to server at \"h\", port 5432 failed: ВАЖНО:  3D000: база данных \"d\" не существует\n",
            ErrorCode::DatabaseMissing, "3D000", "база данных \"d\" не существует");
        row("CONNECT not granted",
            "connection to server at \"h\", port 5432 failed: FATAL:  42501: permission denied for database \"d\"\n"
            "DETAIL:  User does not have CONNECT privilege.\n",
            ErrorCode::LoginRefused, "42501", "permission denied for database \"d\"");
        row("full", "connection to server at \"h\", port 5432 failed: FATAL:  53300: sorry, too many clients already\n",
            ErrorCode::TooManyConnections, "53300", "sorry, too many clients already");
        row("starting",
            "connection to server at \"h\", port 5432 failed: FATAL:  57P03: the database system is starting up\n",
            ErrorCode::ServerNotReady, "57P03", "the database system is starting up");
        row("shutting down",
            "connection to server at \"h\", port 5432 failed: FATAL:  57P01: terminating connection due to "
            "administrator "
            "command\n",
            ErrorCode::ServerNotReady, "57P01", "terminating connection due to administrator command");
        row("read-only", "connection to server at \"h\", port 5432 failed: session is read-only\n",
            ErrorCode::NoSuitableHost, "", "session is read-only");
        row("standby", "connection to server at \"h\", port 5432 failed: server is in hot standby mode\n",
            ErrorCode::NoSuitableHost, "", "server is in hot standby mode");
        row("TLS not offered",
            "connection to server at \"h\", port 5432 failed: server does not support SSL, but SSL was required\n",
            ErrorCode::TlsFailed, "", "server does not support SSL, but SSL was required");
        row("certificate not trusted",
            "connection to server at \"h\", port 5432 failed: SSL error: certificate verify failed\n",
            ErrorCode::TlsFailed, "", "SSL error: certificate verify failed");
        row("certificate of another host",
            "connection to server at \"h\", port 5432 failed: server certificate for \"a\" does not match host name "
            "\"h\"\n",
            ErrorCode::TlsFailed, "", "server certificate for \"a\" does not match host name \"h\"");
        row("no root certificate",
            "connection to server at \"h\", port 5432 failed: root certificate file \"/r/.postgresql/root.crt\" does "
            "not "
            "exist\nEither provide the file or change sslmode to disable server certificate verification.\n",
            ErrorCode::TlsFailed, "", "root certificate file \"/r/.postgresql/root.crt\" does not exist");
        row("bad sslmode", "invalid sslmode value: \"sure\"\n", ErrorCode::ConninfoBad, "",
            "invalid sslmode value: \"sure\"");
        row("bad port", "invalid port number: \"99999\"\n", ErrorCode::ConninfoBad, "",
            "invalid port number: \"99999\"");
        row("closed at once",
            "connection to server at \"h\", port 5432 failed: server closed the connection unexpectedly\n\tThis "
            "probably "
            "means the server terminated abnormally\n\tbefore or while processing the request.\n",
            ErrorCode::ConnectionLost, "", "server closed the connection unexpectedly");
        row("not PostgreSQL",
            "connection to server at \"h\", port 22 failed: expected authentication request from server, "
            "but received S\n",
            ErrorCode::ConnectFailed, "", "expected authentication request from server, but received S");
        row("unheard of", "connection to server at \"h\", port 5432 failed: the moon is in the way\n",
            ErrorCode::ConnectFailed, "", "the moon is in the way");
        row("nothing", "", ErrorCode::ConnectFailed, "", "");
    }

    void connectTexts()
    {
        QFETCH(QString, text);
        QFETCH(int, code);
        QFETCH(QString, sqlstate);
        QFETCH(QString, message);
        const ConnectText read = readConnectText(text);
        QCOMPARE(static_cast<int>(read.code), code);
        QCOMPARE(read.sqlstate, sqlstate);
        QCOMPARE(read.message, message);
    }

    void detailAndHint()
    {
        const ConnectText read = readConnectText(QStringLiteral(
            "connection to server at \"h\", port 5432 failed: FATAL:  42501: permission denied for database \"d\"\n"
            "DETAIL:  User does not have CONNECT privilege.\nHINT:  Ask.\nLOCATION:  CheckMyDatabase, "
            "postinit.c:386\n"));
        QCOMPARE(read.detail, QStringLiteral("User does not have CONNECT privilege."));
        QCOMPARE(read.hint, QStringLiteral("Ask."));
    }

    void statementStates_data()
    {
        QTest::addColumn<QString>("sqlstate");
        QTest::addColumn<QString>("message");
        QTest::addColumn<int>("code");
        const auto row = [](const char *sqlstate, const char *message, ErrorCode code) {
            QTest::addRow("%s %s", sqlstate, message)
                << QString::fromUtf8(sqlstate) << QString::fromUtf8(message) << static_cast<int>(code);
        };
        row("42P01", "", ErrorCode::StatementFailed);
        row("42501", "", ErrorCode::NotPermitted);
        row("25006", "", ErrorCode::ReadOnlyServer);
        row("57014", "canceling statement due to user request", ErrorCode::Cancelled);
        row("57014", "canceling statement due to statement timeout", ErrorCode::TimedOut);
        row("55P03", "canceling statement due to lock timeout", ErrorCode::StatementFailed);
        row("57P01", "", ErrorCode::ConnectionLost);
        row("57P02", "", ErrorCode::ConnectionLost);
        row("57P05", "", ErrorCode::ConnectionLost);
        row("25P03", "", ErrorCode::ConnectionLost);
        row("08006", "", ErrorCode::ConnectionLost);
        row("40001", "shardhelm:moved", ErrorCode::StatementFailed);
        row("", "", ErrorCode::StatementFailed);
    }

    void statementStates()
    {
        QFETCH(QString, sqlstate);
        QFETCH(QString, message);
        QFETCH(int, code);
        QCOMPARE(static_cast<int>(statementCode(sqlstate, message)), code);
    }
};

QTEST_GUILESS_MAIN(TestFailureText)
#include "tst_failuretext.moc"
