// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interrupt.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTest>

#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <mutex>

#include <unistd.h>

namespace {

/// The program under test: tells what happens to it and does not end by itself.
[[noreturn]] void stubborn()
{
    const shardhelm::Interrupt interrupt;
    std::puts("ready");
    std::fflush(stdout);
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    stopped.wait(lock, interrupt.stopToken(), [] { return false; });
    std::puts("asked");
    std::fflush(stdout);
    for (;;)
        ::pause();
}

} // namespace

/// Real signals to a real process that does not obey.
class TestInterrupt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstAsksTheSecondEnds_data()
    {
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("second");
        QTest::newRow("Ctrl+C twice") << SIGINT << SIGINT;
        QTest::newRow("terminated after Ctrl+C") << SIGINT << SIGTERM;
        QTest::newRow("Ctrl+C after terminated") << SIGTERM << SIGINT;
        QTest::newRow("hung up twice") << SIGHUP << SIGHUP;
    }

    void theFirstAsksTheSecondEnds()
    {
        QFETCH(int, first);
        QFETCH(int, second);
        QProcess process;
        process.start(QCoreApplication::applicationFilePath(), {QStringLiteral("stubborn")});
        QByteArray said;
        QTRY_VERIFY((said += process.readAllStandardOutput()).contains("ready"));
        ::kill(static_cast<pid_t>(process.processId()), first);
        QTRY_VERIFY((said += process.readAllStandardOutput()).contains("asked"));
        QCOMPARE(process.state(), QProcess::Running);
        ::kill(static_cast<pid_t>(process.processId()), second);
        QVERIFY(process.waitForFinished(120000));
        QCOMPARE(process.exitStatus(), QProcess::CrashExit);
        QCOMPARE(process.exitCode(), second);
    }
};

int main(int argc, char *argv[])
{
    if (argc > 1 && QByteArray(argv[1]) == "stubborn")
        stubborn();
    QCoreApplication application(argc, argv);
    TestInterrupt test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_interrupt.moc"
