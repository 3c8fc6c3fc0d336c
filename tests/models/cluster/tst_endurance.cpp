// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/clustersession.h"
#include "support/testfleet.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <csignal>
#include <malloc.h>
#include <unistd.h>

using namespace shardhelm;

/// A console that is left open while servers die, hang and come back, for ten minutes: it leaks no connection, no
/// descriptor, no thread and no memory. SHARDHELM_ENDURANCE_SECONDS says for how long instead.
class TestEndurance : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void killedAndRestarted();

private:
    /// What the process holds.
    struct Held
    {
        qsizetype descriptors = 0;
        qsizetype threads = 0;
        double residentMb = 0;
    };
    static Held held();
    /// Every open descriptor and what it leads to, one a line.
    static QString openFiles();
    [[nodiscard]] bool allAnswer(const ClusterSession &session) const;
};

TestEndurance::Held TestEndurance::held()
{
    // What was freed and not given back yet is no leak.
    malloc_trim(0);
    Held result;
    result.descriptors =
        QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System).size();
    result.threads = QDir(QStringLiteral("/proc/self/task")).entryList(QDir::NoDotAndDotDot | QDir::Dirs).size();
    QFile file(QStringLiteral("/proc/self/statm"));
    if (file.open(QIODevice::ReadOnly))
        result.residentMb =
            file.readAll().split(' ').value(1).toDouble() * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
    return result;
}

QString TestEndurance::openFiles()
{
    QStringList lines;
    const QDir folder(QStringLiteral("/proc/self/fd"));
    for (const QString &name : folder.entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System))
        lines << name % QStringLiteral(" ") % QFile::symLinkTarget(folder.filePath(name));
    return lines.join(u'\n');
}

bool TestEndurance::allAnswer(const ClusterSession &session) const
{
    const auto &servers = session.fleet().sample().servers;
    return servers.size() == 4 && session.answering() == 4
        && std::none_of(servers.begin(), servers.end(), [](const monitor::ServerSample &server) {
               return server.state == monitor::State::Down || server.state == monitor::State::Stale
                   || server.state == monitor::State::Connecting;
           });
}

void TestEndurance::killedAndRestarted()
{
    // What comes and goes (a connection about to be made again) stays below the slack; one leak a round does not.
    constexpr int leastRounds = 20;
    constexpr qsizetype slack = 6;
    const int given = qEnvironmentVariableIntValue("SHARDHELM_ENDURANCE_SECONDS");
    const qint64 seconds = given > 0 ? given : 600;
    const test::TestFleet fleet;
    ClusterSession session;
    session.open(fleet.clusterFilePath());
    session.setInterval(std::chrono::milliseconds(500));
    // The curves grow by design; a short span is full before the first look.
    session.fleet().setSpan(std::chrono::seconds(20));

    const auto round = [&](int number) {
        const test::TestServer &killed = number % 3 == 0 ? fleet.one : number % 3 == 1 ? fleet.two : fleet.directory;
        const test::TestServer &hung = number % 3 == 0 ? fleet.two : fleet.one;
        killed.signal(SIGKILL);
        hung.signal(SIGSTOP);
        QTRY_VERIFY_WITH_TIMEOUT(session.answering() < 4, 60000);
        hung.signal(SIGCONT);
        const auto started = killed.server().start(Wait(Clock::now() + std::chrono::seconds(60), {}));
        QVERIFY2(started, "the server does not start again");
        QTRY_VERIFY_WITH_TIMEOUT(allAnswer(session), 120000);
    };

    QTRY_VERIFY_WITH_TIMEOUT(allAnswer(session), 60000);
    // What is made once (caches, resolver, tables of locales) is there after some rounds.
    for (int number = 0; number < 6; ++number) {
        round(number);
        if (QTest::currentTestFailed())
            return;
    }
    const Held before = held();
    QElapsedTimer clock;
    clock.start();
    int rounds = 0;
    for (; clock.elapsed() < seconds * 1000 || rounds < leastRounds; ++rounds) {
        round(rounds);
        if (QTest::currentTestFailed())
            return;
    }
    // Sessions that a killed server's cancel or a late answer holds end within a moment.
    QTRY_VERIFY2_WITH_TIMEOUT(held().descriptors <= before.descriptors + slack, qPrintable(openFiles()), 60000);
    QTRY_VERIFY_WITH_TIMEOUT(held().threads <= before.threads + slack, 60000);
    const Held after = held();
    qInfo("%d rounds in %lld s: descriptors %lld -> %lld, threads %lld -> %lld, resident %.1f -> %.1f MB", rounds,
          static_cast<long long>(clock.elapsed() / 1000), static_cast<long long>(before.descriptors),
          static_cast<long long>(after.descriptors), static_cast<long long>(before.threads),
          static_cast<long long>(after.threads), before.residentMb, after.residentMb);
    QVERIFY2(after.residentMb < before.residentMb + 8, "memory grows with every failure");
    for (const test::TestServer *server : {&fleet.one, &fleet.two, &fleet.directory}) {
        // One for the samples; the directory another one for the map.
        const pg::Rows rows = server->run("SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE "
                                          "'shardhelm/%' AND pid <> pg_backend_pid()");
        QVERIFY2(rows.integer(0, 0) <= 2, qPrintable(QString::number(rows.integer(0, 0))));
    }
}

QTEST_GUILESS_MAIN(TestEndurance)
#include "tst_endurance.moc"
