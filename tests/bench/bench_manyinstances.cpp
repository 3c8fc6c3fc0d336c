// SPDX-License-Identifier: GPL-3.0-or-later
// What it costs to watch many instances: databases of a few local servers, each one an instance, with the window open.
// Processor time of console and servers apart, memory, frames, and how well the beat is kept while a part of the fleet
// hangs and refuses. Usage: bench_manyinstances [seconds per phase] [INSTANCES:INTERVAL_MS ...]
#include "cluster/democontroller.h"
#include "mainwindow/mainwindow.h"
#include "support/manyinstances.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QTimer>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <vector>

#include <sys/resource.h>
#include <unistd.h>

using namespace shardhelm;

namespace {

constexpr int servers = 10;
constexpr double cpuLimitPercent = 20; ///< of one core
constexpr double memoryLimitMb = 300;
constexpr double frameLimitMs = 33;
constexpr double jitterLimitPercent = 10; ///< of the interval
constexpr int fullHistorySeconds = 900;

double consoleSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double residentMb()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> fields = file.readAll().split(' ');
    return fields.size() < 2 ? 0 : fields.at(1).toDouble() * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

void turn(std::chrono::seconds time)
{
    // The loop of a benchmark program: nothing else is waiting on this thread.
    QEventLoop loop;
    QTimer::singleShot(time, &loop, &QEventLoop::quit);
    loop.exec();
}

double quantile(std::vector<double> values, double share)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    return values[static_cast<size_t>(share * static_cast<double>(values.size() - 1))];
}

/// Collects how far apart the samples of each server are.
class Beat : public QObject
{
public:
    explicit Beat(const Fleet &fleet)
    {
        connect(&fleet, &Fleet::sampled, this, [this, &fleet] { take(fleet.sample()); });
    }
    void restart()
    {
        m_distances.clear();
        m_last.clear();
    }
    [[nodiscard]] std::vector<double> deviations(double intervalMs) const
    {
        std::vector<double> result;
        for (const double distance : m_distances)
            result.push_back(std::abs(distance - intervalMs) / intervalMs * 100);
        return result;
    }
    [[nodiscard]] qsizetype answering() const { return m_last.size(); }

private:
    void take(const monitor::FleetSample &sample)
    {
        for (const monitor::ServerSample &server : sample.servers) {
            if (!server.sampledAt.isValid() || server.role == monitor::Role::Directory
                || (server.state != monitor::State::Healthy && server.state != monitor::State::Degraded))
                continue;
            const qint64 at = server.sampledAt.toMSecsSinceEpoch();
            qint64 &last = m_last[server.name];
            if (last > 0 && at > last)
                m_distances.push_back(static_cast<double>(at - last));
            last = at;
        }
    }

    QHash<QString, qint64> m_last;
    std::vector<double> m_distances;
};

/// The longest gaps between turns of the event loop.
void measureFrames(std::chrono::seconds time)
{
    std::vector<double> gaps;
    QElapsedTimer since;
    QTimer probe;
    probe.setTimerType(Qt::PreciseTimer);
    QObject::connect(&probe, &QTimer::timeout, &probe, [&] {
        gaps.push_back(static_cast<double>(since.nsecsElapsed()) / 1e6);
        since.restart();
    });
    since.start();
    probe.start(4);
    turn(time);
    const auto over = std::count_if(gaps.begin(), gaps.end(), [](double gap) { return gap > frameLimitMs; });
    std::printf("  frames: 99.9 %% under %.1f ms, longest %.1f ms, %lld over %.0f ms\n", quantile(gaps, 0.999),
                quantile(gaps, 1), static_cast<long long>(over), frameLimitMs);
}

void run(int instances, int intervalMs, std::chrono::seconds phase)
{
    std::printf("%d instances every %d ms\n", instances, intervalMs);
    std::fflush(stdout);
    const test::ManyInstances many(std::min(servers, instances), instances);
    const QTemporaryDir folder;
    Settings settings(folder.filePath(QStringLiteral("window.ini")));
    ui::Theme theme(ui::ThemeChoice::Light);
    ClusterSession session;
    DemoController demo;
    ui::MainWindow window(session, demo, settings, theme);
    window.resize(1440, 900);
    window.show();
    Beat beat(session.fleet());
    QElapsedTimer opening;
    opening.start();
    window.openCluster(many.clusterFilePath());
    session.setInterval(std::chrono::milliseconds(intervalMs));
    while (session.answering() < instances && opening.elapsed() < 120000)
        turn(std::chrono::seconds(1));
    std::printf("  all answer after %.1f s\n", static_cast<double>(opening.elapsed()) / 1000);
    turn(std::chrono::seconds(std::max(30, 3 * intervalMs / 1000))); // connections, first statements, first sizes

    const auto steady = [&](const char *what) {
        beat.restart();
        const double console = consoleSeconds();
        const double server = many.serverSeconds();
        QElapsedTimer clock;
        clock.start();
        turn(phase);
        const double seconds = static_cast<double>(clock.elapsed()) / 1000;
        const double samples = seconds / intervalMs * 1000 * static_cast<double>(beat.answering());
        const double consolePercent = (consoleSeconds() - console) / seconds * 100;
        const auto deviations = beat.deviations(intervalMs);
        std::printf("  %s: console %.1f %% of a core (limit %.0f), %.2f ms a sample; servers %.1f %%, %.2f ms a "
                    "sample; beat of %lld servers: 99 %% within %.1f %% of the interval (limit %.0f), worst %.1f %%\n",
                    what, consolePercent, cpuLimitPercent, (consoleSeconds() - console) / samples * 1000,
                    (many.serverSeconds() - server) / seconds * 100, (many.serverSeconds() - server) / samples * 1000,
                    static_cast<long long>(beat.answering()), quantile(deviations, 0.99), jitterLimitPercent,
                    quantile(deviations, 1));
        std::fflush(stdout);
    };
    steady("all answer");
    measureFrames(phase / 2);

    // Three tenths of the fleet: two servers hang, one refuses.
    if (many.servers().size() == servers) {
        many.servers()[0]->signal(SIGSTOP);
        many.servers()[1]->signal(SIGSTOP);
        many.servers()[2]->signal(SIGKILL);
        turn(std::chrono::seconds(std::max(10, 3 * intervalMs / 1000)));
        steady("two tenths hang, one refuses");
        measureFrames(phase / 2);
        many.servers()[0]->signal(SIGCONT);
        many.servers()[1]->signal(SIGCONT);
    }

    // The memory of the longest history, without waiting for it.
    monitor::FleetSample sample = session.fleet().sample();
    session.setPaused(true);
    for (int i = 0; i < fullHistorySeconds * 1000 / intervalMs; ++i) {
        sample.at = sample.at.addMSecs(intervalMs);
        ++sample.serial;
        for (monitor::ServerSample &server : sample.servers)
            server.sampledAt = sample.at;
        session.receiveSample(sample);
    }
    std::printf("  resident with %d min of history: %.0f MB (limit %.0f)\n", fullHistorySeconds / 60, residentMb(),
                memoryLimitMb);
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    const std::chrono::seconds phase(argc > 1 ? std::max(10, std::atoi(argv[1])) : 60);
    QStringList sizes = application.arguments().mid(2);
    if (sizes.isEmpty())
        sizes = QStringList{QStringLiteral("10:5000"), QStringLiteral("100:1000"), QStringLiteral("100:5000"),
                            QStringLiteral("1000:5000")};
    for (const QString &size : std::as_const(sizes)) {
        const QStringList parts = size.split(u':');
        if (parts.size() == 2 && parts.first().toInt() > 0 && parts.last().toInt() >= 100)
            run(parts.first().toInt(), parts.last().toInt(), phase);
    }
    return 0;
}
