// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/connection.h"
#include "pg/fanout.h"
#include "support/testserver.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>

#include <unistd.h>

using namespace shardhelm;
using pg::Connection;
using test::soon;

namespace {

/// Runs openssl in a folder; false with its complaint in the test's output.
bool openssl(const QString &folder, const QStringList &arguments)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(QStringLiteral("openssl"), arguments);
    const bool done =
        process.waitForFinished(120000) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    if (!done)
        qWarning("%s", process.readAllStandardError().constData());
    return done;
}

/// A self-signed certificate for `name`, as <stem>.crt and <stem>.key.
bool makeCertificate(const QString &folder, const QString &stem, const QString &name)
{
    return openssl(folder,
                   {QStringLiteral("req"), QStringLiteral("-new"), QStringLiteral("-x509"), QStringLiteral("-nodes"),
                    QStringLiteral("-days"), QStringLiteral("2"), QStringLiteral("-newkey"), QStringLiteral("rsa:2048"),
                    QStringLiteral("-subj"), QStringLiteral("/CN=") + name, QStringLiteral("-addext"),
                    QStringLiteral("subjectAltName=DNS:") + name, QStringLiteral("-out"), stem + QStringLiteral(".crt"),
                    QStringLiteral("-keyout"), stem + QStringLiteral(".key")});
}

} // namespace

/// A server with a certificate made for "localhost".
class TestTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_server.reset(); }
    void modes_data();
    void modes();
    void largeAnswers();

private:
    std::unique_ptr<test::TestServer> m_server;
};

void TestTls::initTestCase()
{
    m_server = std::make_unique<test::TestServer>();
    const QString folder = m_server->folder();
    QVERIFY(makeCertificate(folder, QStringLiteral("server"), QStringLiteral("localhost")));
    QVERIFY(makeCertificate(folder, QStringLiteral("other"), QStringLiteral("localhost")));
    // The key must belong to the server's user and to nobody else.
    const QFileInfo owner(m_server->server().settings().dataFolder);
    const QString data = owner.filePath();
    for (const char *end : {"crt", "key"}) {
        const QString name = QStringLiteral("/server.") + QString::fromLatin1(end);
        QVERIFY(QFile::copy(folder + name, data + name));
        QVERIFY(QFile::setPermissions(data + name, QFile::ReadOwner | QFile::WriteOwner));
        if (::geteuid() == 0)
            QCOMPARE(::chown(QFile::encodeName(data + name).constData(), owner.ownerId(), owner.groupId()), 0);
    }
    m_server->run("ALTER SYSTEM SET ssl = on");
    QVERIFY(m_server->server().stop(pg::LocalServer::StopMode::Fast, soon()));
    QVERIFY(m_server->server().start(soon()));
}

void TestTls::modes_data()
{
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("root");
    QTest::addColumn<QString>("mode");
    QTest::addColumn<QString>("complaint");
    const QString name = QStringLiteral("host=localhost");
    const QString address = QStringLiteral("host=127.0.0.1");
    const QString server = QStringLiteral("/server.crt");
    const auto row = [](const char *title, const QString &where, const QString &root, const char *mode,
                        const char *complaint) {
        QTest::newRow(title) << where << root << QString::fromLatin1(mode) << QString::fromLatin1(complaint);
    };
    row("require", address, {}, "require", "");
    row("prefer", address, {}, "prefer", "");
    row("verify-full by name", name, server, "verify-full", "");
    row("verify-full, name and address", name + QStringLiteral(" hostaddr=127.0.0.1"), server, "verify-full", "");
    row("verify-full by another name", address, server, "verify-full", "does not match host name");
    row("verify-ca by another name", address, server, "verify-ca", "");
    row("verify-full, unknown issuer", name, QStringLiteral("/other.crt"), "verify-full", "certificate verify failed");
    row("verify-full without root", name, QStringLiteral("/none.crt"), "verify-full", "does not exist");
}

void TestTls::modes()
{
    QFETCH(QString, where);
    QFETCH(QString, root);
    QFETCH(QString, mode);
    QFETCH(QString, complaint);
    pg::ConnectSpec spec;
    spec.name = QStringLiteral("i1");
    spec.conninfo = QStringLiteral("%1 port=%2 user=postgres dbname=postgres sslmode=%3")
                        .arg(where, QString::number(m_server->port()), mode);
    if (!root.isEmpty())
        spec.conninfo += QStringLiteral(" sslrootcert=") + m_server->folder() + root;
    const auto opened = Connection::open(spec, soon());
    if (complaint.isEmpty()) {
        QVERIFY(opened);
        QVERIFY(opened->usesTls());
    } else {
        QCOMPARE(opened.error().code, ErrorCode::TlsFailed);
        QCOMPARE(opened.error().subject, QStringLiteral("i1"));
        QVERIFY2(opened.error().found.contains(complaint), qPrintable(opened.error().found));
    }
}

void TestTls::largeAnswers()
{
    // Records larger than libpq's reads: nothing may be left behind in the TLS library.
    pg::FanOutTask task;
    task.spec.name = QStringLiteral("i1");
    task.spec.conninfo =
        QStringLiteral("host=127.0.0.1 port=%1 user=postgres dbname=postgres sslmode=require").arg(m_server->port());
    const QByteArray big(500'000, 'x');
    for (int index = 0; index < 4; ++index)
        task.statements.push_back({"SELECT $1::text", pg::Params(big)});
    pg::FanOut fan;
    for (int round = 0; round < 5; ++round) {
        fan.run(
            {task}, Milliseconds(60000),
            [&](size_t, const pg::FanOutReply &reply) {
                QVERIFY(reply.results);
                for (const auto &result : *reply.results)
                    QCOMPARE(result->bytes(0, 0), big);
            },
            soon());
    }
    auto connection = Connection::open(task.spec, soon());
    for (int round = 0; round < 20; ++round) {
        // Around the borders of a record.
        const int length = 16'000 + 100 * round;
        const auto rows = connection->query("SELECT repeat('y', $1::int)", pg::Params(length), soon());
        QVERIFY(rows);
        QCOMPARE(rows->bytes(0, 0).size(), length);
    }
    qint64 rows = 0;
    const auto copied = connection->copyOut(
        "COPY (SELECT repeat('z', 1000) FROM generate_series(1, 5000)) TO STDOUT",
        [&](const QByteArray &) { return ++rows > 0; }, soon());
    QVERIFY(copied);
    QCOMPARE(rows, 5000);
}

QTEST_GUILESS_MAIN(TestTls)
#include "tst_tls.moc"
