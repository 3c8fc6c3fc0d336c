// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/process.h"
#include "pg/localserver.h"
#include "pg/programs.h"

#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <thread>

#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace shardhelm;
using pg::LocalServer;

namespace {

Wait soon()
{
    return Wait::forDuration(std::chrono::seconds(120));
}

/// What failed, for QVERIFY2.
template <typename T>
QByteArray reason(const Result<T> &result)
{
    return result ? QByteArray() : (result.error().subject + u": " + result.error().found).toUtf8();
}

#define VERIFY_RESULT(call)                                                                                            \
    do {                                                                                                               \
        const auto verified = (call);                                                                                  \
        QVERIFY2(verified, reason(verified).constData());                                                              \
    } while (false)

/// The answer of psql to a statement, or its error text.
QByteArray ask(const LocalServer &server, const QString &sql)
{
    const auto folder = LocalServer::programFolder();
    const auto answer =
        runProgram({*folder + QStringLiteral("/psql"),
                    {QStringLiteral("-XAtq"), QStringLiteral("-d"), server.conninfo(), QStringLiteral("-c"), sql}},
                   soon());
    return answer ? (answer->exitCode == 0 ? answer->out : answer->err).trimmed() : QByteArray();
}

} // namespace

/// LocalServer against real PostgreSQL programs and real signals.
class TestLocalServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void startsStopsAndStartsAgain();
    void survivesKill();
    void stopsWhenFrozen();
    void replicates();
    void refusesForeignFolder();
    void tellsFullDisk();
    void tellsUnreachableFolder();
    void tellsBadSetting();
    void refusesSocketFolder_data();
    void refusesSocketFolder();
    void leavesNothingWhenCancelled();

private:
    LocalServer server(const QString &name, int port = 5432) const
    {
        LocalServer::Settings settings;
        settings.dataFolder = m_folder->filePath(name);
        settings.socketFolder = m_sockets->filePath(QStringLiteral("it's s"));
        settings.port = port;
        settings.parameters = {{QStringLiteral("shared_buffers"), QStringLiteral("8MB")}};
        return LocalServer(settings);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QTemporaryDir> m_sockets;
    std::vector<LocalServer> m_servers;
};

void TestLocalServer::init()
{
    // With a space, a quote and a comma: all of them mean something to one of the programs.
    m_folder = std::make_unique<QTemporaryDir>(QStringLiteral("/tmp/sh it's, XXXXXX"));
    m_sockets = std::make_unique<QTemporaryDir>(QStringLiteral("/tmp/sh-XXXXXX"));
    QVERIFY(m_folder->isValid() && m_sockets->isValid());
    QCOMPARE(chmod(m_folder->path().toLocal8Bit().constData(), 0755), 0);
    QCOMPARE(chmod(m_sockets->path().toLocal8Bit().constData(), 0755), 0);
}

void TestLocalServer::cleanup()
{
    for (const LocalServer &one : m_servers)
        VERIFY_RESULT(one.stop(LocalServer::StopMode::Immediate, soon()));
    m_servers.clear();
    m_folder.reset();
    m_sockets.reset();
}

void TestLocalServer::startsStopsAndStartsAgain()
{
    const LocalServer one = m_servers.emplace_back(server(QStringLiteral("one")));
    VERIFY_RESULT(one.create(soon()));
    QVERIFY(!one.isRunning());
    VERIFY_RESULT(one.start(soon()));
    const qint64 pid = one.pid();
    QVERIFY(pid > 0);
    QVERIFY(one.processes().size() > 1);
    VERIFY_RESULT(one.start(soon()));
    QCOMPARE(one.pid(), pid);
    QCOMPARE(ask(one, QStringLiteral("show shared_buffers")), QByteArray("8MB"));
    VERIFY_RESULT(one.stop(LocalServer::StopMode::Fast, soon()));
    QVERIFY(!one.isRunning());
    QVERIFY(one.processes().empty());
    VERIFY_RESULT(one.stop(LocalServer::StopMode::Fast, soon()));
    VERIFY_RESULT(one.start(soon()));
    QVERIFY(one.isRunning());
}

void TestLocalServer::survivesKill()
{
    const LocalServer one = m_servers.emplace_back(server(QStringLiteral("one")));
    VERIFY_RESULT(one.create(soon()));
    VERIFY_RESULT(one.start(soon()));
    ask(one, QStringLiteral("create table kept as select 7 as x"));

    // The postmaster alone dies while a child is frozen and cannot notice it.
    const qint64 postmaster = one.pid();
    const auto processes = one.processes();
    for (const qint64 pid : processes) {
        if (pid != postmaster)
            kill(static_cast<pid_t>(pid), SIGSTOP);
    }
    kill(static_cast<pid_t>(postmaster), SIGKILL);
    QTRY_COMPARE(one.pid(), qint64(0));
    QVERIFY(QFile::exists(m_folder->filePath(QStringLiteral("one/postmaster.pid"))));
    VERIFY_RESULT(one.start(soon()));
    QVERIFY(one.pid() != postmaster);
    QCOMPARE(ask(one, QStringLiteral("select x from kept")), QByteArray("7"));

    // A pid file that names a living process of somebody else.
    const auto again = one.processes();
    for (const qint64 pid : again)
        kill(static_cast<pid_t>(pid), SIGKILL);
    QTRY_VERIFY(one.processes().empty());
    QFile file(m_folder->filePath(QStringLiteral("one/postmaster.pid")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray text = file.readAll();
    file.close();
    text.replace(0, text.indexOf('\n'), QByteArray::number(getpid()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    QCOMPARE(one.pid(), qint64(0));
    VERIFY_RESULT(one.start(soon()));
    QCOMPARE(ask(one, QStringLiteral("select x from kept")), QByteArray("7"));
}

void TestLocalServer::stopsWhenFrozen()
{
    const LocalServer one = m_servers.emplace_back(server(QStringLiteral("one")));
    VERIFY_RESULT(one.create(soon()));
    VERIFY_RESULT(one.start(soon()));
    const auto processes = one.processes();
    for (const qint64 pid : processes)
        kill(static_cast<pid_t>(pid), SIGSTOP);
    VERIFY_RESULT(one.stop(LocalServer::StopMode::Fast, soon()));
    QVERIFY(one.processes().empty());
    QVERIFY(QDir(one.settings().socketFolder).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
}

void TestLocalServer::replicates()
{
    const LocalServer primary = m_servers.emplace_back(server(QStringLiteral("one")));
    const LocalServer replica = m_servers.emplace_back(server(QStringLiteral("one-1"), 5433));
    VERIFY_RESULT(primary.create(soon()));
    VERIFY_RESULT(primary.start(soon()));
    VERIFY_RESULT(replica.createReplica(primary, soon()));
    VERIFY_RESULT(replica.start(soon()));
    ask(primary, QStringLiteral("create table sent as select 7 as x"));
    QTRY_COMPARE(ask(replica, QStringLiteral("select x from sent")), QByteArray("7"));
    QCOMPARE(ask(replica, QStringLiteral("select pg_is_in_recovery()")), QByteArray("t"));
    QCOMPARE(ask(primary, QStringLiteral("select slot_name from pg_replication_slots where active")),
             QByteArray("one_1"));
}

void TestLocalServer::refusesForeignFolder()
{
    QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("one")));
    QFile file(m_folder->filePath(QStringLiteral("one/letter.txt")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    const auto made = server(QStringLiteral("one")).create(soon());
    QVERIFY(!made);
    QCOMPARE(made.error().code, ErrorCode::FolderNotOurs);
    QVERIFY(file.exists());
    const auto started = server(QStringLiteral("one")).start(soon());
    QVERIFY(!started);
    QCOMPARE(started.error().code, ErrorCode::FileMissing);
}

void TestLocalServer::tellsFullDisk()
{
    if (geteuid() != 0)
        QSKIP("a file system of 8 MB can be mounted by root only");
    const QByteArray folder = m_folder->filePath(QStringLiteral("small")).toLocal8Bit();
    QCOMPARE(mkdir(folder.constData(), 0755), 0);
    if (mount("tmpfs", folder.constData(), "tmpfs", 0, "size=8m,mode=0755") != 0)
        QSKIP("mount is not permitted here");
    const auto made = server(QStringLiteral("small/one")).create(soon());
    const QStringList left =
        QDir(m_folder->filePath(QStringLiteral("small"))).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
    QCOMPARE(umount(folder.constData()), 0);
    QVERIFY(!made);
    QCOMPARE(made.error().code, ErrorCode::DiskFull);
    QCOMPARE(made.error().subject, m_folder->filePath(QStringLiteral("small/one")));
    QCOMPARE(left, QStringList());
}

void TestLocalServer::tellsUnreachableFolder()
{
    if (geteuid() != 0)
        QSKIP("only root runs servers as another user");
    QCOMPARE(chmod(m_folder->path().toLocal8Bit().constData(), 0700), 0);
    const auto made = server(QStringLiteral("one")).create(soon());
    QVERIFY(!made);
    QCOMPARE(made.error().code, ErrorCode::FolderClosed);
    QCOMPARE(made.error().subject, m_folder->path());
}

void TestLocalServer::tellsBadSetting()
{
    const LocalServer one = m_servers.emplace_back(server(QStringLiteral("one")));
    VERIFY_RESULT(one.create(soon()));
    LocalServer::Settings settings = one.settings();
    settings.parameters.insert(QStringLiteral("shared_preload_libraries"), QStringLiteral("no_such_library"));
    const auto started = LocalServer(settings).start(soon());
    QVERIFY(!started);
    QCOMPARE(started.error().code, ErrorCode::ProgramFailed);
    QVERIFY2(started.error().found.contains(QStringLiteral("no_such_library")), qPrintable(started.error().found));
    QVERIFY(one.processes().empty());
    VERIFY_RESULT(one.start(soon()));
}

void TestLocalServer::refusesSocketFolder_data()
{
    QTest::addColumn<QString>("folder");
    QTest::newRow("comma") << QStringLiteral("/tmp/a,b");
    QTest::newRow("long") << (u'/' + QString(100, u'x'));
}

void TestLocalServer::refusesSocketFolder()
{
    QFETCH(QString, folder);
    LocalServer::Settings settings = server(QStringLiteral("one")).settings();
    settings.socketFolder = folder;
    const auto made = LocalServer(settings).create(soon());
    QVERIFY(!made);
    QCOMPARE(made.error().code, ErrorCode::ValueBad);
    QCOMPARE(made.error().subject, folder);
}

void TestLocalServer::leavesNothingWhenCancelled()
{
    std::stop_source stop;
    std::jthread asker([&] {
        while (!QFile::exists(m_folder->filePath(QStringLiteral("one.part/PG_VERSION"))))
            std::this_thread::yield();
        stop.request_stop();
    });
    const auto made =
        server(QStringLiteral("one")).create(Wait::forDuration(std::chrono::seconds(120), stop.get_token()));
    QVERIFY(!made);
    QCOMPARE(made.error().code, ErrorCode::Cancelled);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList());
}

QTEST_GUILESS_MAIN(TestLocalServer)
#include "tst_localserver.moc"
