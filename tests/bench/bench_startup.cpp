// SPDX-License-Identifier: GPL-3.0-or-later
// Start-up: launch to usable window, and from there to live data of all of 32 instances. Limits of the same run: a bare
// Qt window, and as many psql processes started at once. Usage: bench_startup [rounds]
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>
#include <vector>

namespace {

constexpr int instances = 32;
constexpr int minutes = 60 * 1000;

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? -1 : values[values.size() / 2];
}

QString program(const char *name)
{
    return QCoreApplication::applicationDirPath() + QLatin1Char('/') + QLatin1StringView(name);
}

/// When a program reached a mark, in milliseconds.
struct Mark
{
    double afterLaunch = 0; ///< the line arrived here: with the program's loading
    double printed = 0; ///< the number that follows the name, by the program's own clock from its main()
};

/// Starts a program and reads from its stderr, by name, when it reached each of `names`; it is ended then. Fewer when
/// it ends or is silent before.
std::map<QByteArray, Mark> marksOf(const QString &path, const QStringList &arguments, const QList<QByteArray> &names)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("SHARDHELM_TRACE_STARTUP"), QStringLiteral("1"));
    process.setProcessEnvironment(environment);
    QElapsedTimer timer;
    timer.start();
    process.setReadChannel(QProcess::StandardError);
    process.start(path, arguments);
    std::map<QByteArray, Mark> marks;
    while (marks.size() < static_cast<size_t>(names.size()) && process.waitForReadyRead(minutes)) {
        const double now = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        while (process.canReadLine()) {
            const QList<QByteArray> words = process.readLine().trimmed().split(' ');
            if (words.size() == 2 && names.contains(words[0]))
                marks.try_emplace(words[0], Mark{now, words[1].toDouble()});
        }
    }
    process.terminate();
    if (!process.waitForFinished(minutes))
        process.kill();
    return marks;
}

/// Milliseconds until as many psql processes as conninfos, started together, have all answered.
double parallelPsql(const QStringList &conninfos)
{
    QElapsedTimer timer;
    timer.start();
    std::vector<std::unique_ptr<QProcess>> clients;
    for (const QString &conninfo : conninfos) {
        clients.push_back(std::make_unique<QProcess>());
        clients.back()->start(QStringLiteral("psql"), {QStringLiteral("-XAtc"), QStringLiteral("select 1"), conninfo});
    }
    for (const auto &client : clients)
        client->waitForFinished(minutes);
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

QByteArray output(const QString &path, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(path, arguments);
    process.waitForFinished(5 * minutes);
    return process.readAllStandardOutput();
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 7;
    const QTemporaryDir folder(QStringLiteral("/var/tmp/shardhelm-bench-XXXXXX"));
    QFile::setPermissions(folder.path(), QFile::permissions(folder.path()) | QFile::ExeOther | QFile::ReadOther);
    const QString demo = folder.path() + QStringLiteral("/demo");

    QElapsedTimer upTimer;
    upTimer.start();
    const QByteArray up = output(program("shardhelmctl"),
                                 {QStringLiteral("demo"), QStringLiteral("up"), QStringLiteral("--dir"), demo,
                                  QStringLiteral("--instances"), QString::number(instances),
                                  QStringLiteral("--replicas"), QStringLiteral("0"), QStringLiteral("--logical"),
                                  QStringLiteral("128"), QStringLiteral("--tenants"), QStringLiteral("128")});
    const double upSeconds = static_cast<double>(upTimer.elapsed()) / 1e3;
    const QString clusterFile = QString::fromUtf8(up.trimmed().split('\n').last());
    if (!QFile::exists(clusterFile)) {
        std::fputs("The demo cluster of 32 instances did not start.\n", stderr);
        return 1;
    }
    // The directory lists its instances as "instance NAME", conninfo.
    QStringList conninfos;
    const QByteArray shown = output(program("shardhelmctl"),
                                    {QStringLiteral("directory"), QStringLiteral("show"), QStringLiteral("--cluster"),
                                     clusterFile, QStringLiteral("--format"), QStringLiteral("tsv")});
    for (const QByteArray &line : shown.split('\n')) {
        if (line.startsWith("instance "))
            conninfos << QString::fromUtf8(line.mid(line.indexOf('\t') + 1));
    }

    std::vector<double> bare;
    std::vector<double> visible;
    std::vector<double> visibleByItself;
    std::vector<double> data;
    std::vector<double> psql;
    bool complete = conninfos.size() == instances;
    for (int round = 0; round <= rounds && complete; ++round) {
        const auto limit = marksOf(program("limit_bare_window"), {}, {"visible_ms"});
        const auto window =
            marksOf(program("shardhelm"), {QStringLiteral("--cluster"), clusterFile}, {"visible_ms", "all_data_ms"});
        const double clients = parallelPsql(conninfos);
        complete = limit.size() == 1 && window.size() == 2;
        if (round == 0 || !complete)
            continue; // warm-up: file caches
        bare.push_back(limit.at("visible_ms").afterLaunch);
        visible.push_back(window.at("visible_ms").afterLaunch);
        visibleByItself.push_back(window.at("visible_ms").printed);
        data.push_back(window.at("all_data_ms").printed - window.at("visible_ms").printed);
        psql.push_back(clients);
    }
    output(program("shardhelmctl"),
           {QStringLiteral("demo"), QStringLiteral("down"), QStringLiteral("--purge"), QStringLiteral("--dir"), demo});
    if (!complete) {
        std::fputs("A window did not come up, or figures of some instance did not arrive.\n", stderr);
        return 1;
    }

    std::printf("bench_startup: medians of %d rounds, %d instances (demo up: %.0f s)\n", rounds, instances, upSeconds);
    std::printf("  launch to usable window          %7.0f ms   %.2f x a bare Qt window (%.0f ms); %.0f ms of it since "
                "main(); aim: below 400 ms\n",
                median(visible), median(visible) / median(bare), median(bare), median(visibleByItself));
    std::printf("  window to data of all instances  %7.0f ms   %.2f x %d parallel psql (%.0f ms); aim: below 1000 ms\n",
                median(data), median(data) / median(psql), instances, median(psql));
    return 0;
}
