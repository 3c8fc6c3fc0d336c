// SPDX-License-Identifier: GPL-3.0-or-later
// Start-up: launch to usable window, and from there to live data of 26 instances. Limits of the same run: a bare Qt
// window, and as many psql processes started at once. Usage: bench_startup [rounds]
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

constexpr int instances = 26;
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

/// Starts a program and returns, by name, when it wrote each of `marks` to stderr, in milliseconds after its launch.
std::map<QByteArray, double> marksOf(const QString &path, const QStringList &arguments, const QList<QByteArray> &marks)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("SHARDHELM_TRACE_STARTUP"), QStringLiteral("1"));
    process.setProcessEnvironment(environment);
    QElapsedTimer timer;
    timer.start();
    process.setReadChannel(QProcess::StandardError);
    process.start(path, arguments);
    std::map<QByteArray, double> times;
    QByteArray text;
    while (times.size() < static_cast<size_t>(marks.size()) && process.waitForReadyRead(minutes)) {
        text += process.readAllStandardError();
        for (const QByteArray &mark : marks) {
            if (text.contains(mark))
                times.try_emplace(mark, static_cast<double>(timer.nsecsElapsed()) / 1e6);
        }
    }
    process.terminate();
    if (!process.waitForFinished(minutes))
        process.kill();
    return times;
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

    const QByteArray up = output(program("shardhelmctl"),
                                 {QStringLiteral("demo"), QStringLiteral("up"), QStringLiteral("--dir"), demo,
                                  QStringLiteral("--instances"), QString::number(instances),
                                  QStringLiteral("--replicas"), QStringLiteral("0"), QStringLiteral("--logical"),
                                  QStringLiteral("128"), QStringLiteral("--tenants"), QStringLiteral("128")});
    const QString clusterFile = QString::fromUtf8(up.trimmed().split('\n').last());
    if (!QFile::exists(clusterFile)) {
        std::fputs("The demo cluster of 26 instances did not start.\n", stderr);
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
    std::vector<double> data;
    std::vector<double> psql;
    for (int round = 0; round <= rounds; ++round) {
        const double bareVisible = marksOf(program("limit_bare_window"), {}, {"visible_ms"})["visible_ms"];
        auto window =
            marksOf(program("shardhelm"), {QStringLiteral("--cluster"), clusterFile}, {"visible_ms", "first_data_ms"});
        const double clients = parallelPsql(conninfos);
        if (round == 0)
            continue; // warm-up: file caches
        bare.push_back(bareVisible);
        visible.push_back(window["visible_ms"]);
        data.push_back(window["first_data_ms"] - window["visible_ms"]);
        psql.push_back(clients);
    }
    output(program("shardhelmctl"),
           {QStringLiteral("demo"), QStringLiteral("down"), QStringLiteral("--purge"), QStringLiteral("--dir"), demo});

    std::printf("bench_startup: medians of %d rounds, %d instances\n", rounds, static_cast<int>(conninfos.size()));
    std::printf("  launch to usable window   %7.0f ms   %.2f x a bare Qt window (%.0f ms)\n", median(visible),
                median(visible) / median(bare), median(bare));
    std::printf("  window to first live data %7.0f ms   %.2f x %d parallel psql (%.0f ms)\n", median(data),
                median(data) / median(psql), static_cast<int>(conninfos.size()), median(psql));
    return 0;
}
