// SPDX-License-Identifier: GPL-3.0-or-later
// How smooth the window is: the gaps between turns of the event loop while a small live fleet answers, and while one
// server hangs (SIGSTOP) and one is killed. The limit of the same run is an empty window with the same timer.
// Usage: bench_frames [seconds per phase]
#include "cluster/democontroller.h"
#include "mainwindow/mainwindow.h"
#include "support/testfleet.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QMainWindow>
#include <QTimer>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <vector>

using namespace shardhelm;

namespace {

constexpr double frameMs = 1000.0 / 60;

/// Turns the event loop for `seconds` and prints how long the turns took, and how many frames of 60 a second they cost.
void measure(const char *phase, int seconds)
{
    std::vector<double> gaps;
    QElapsedTimer since;
    QTimer probe;
    probe.setTimerType(Qt::PreciseTimer);
    QObject::connect(&probe, &QTimer::timeout, &probe, [&] {
        gaps.push_back(static_cast<double>(since.nsecsElapsed()) / 1e6);
        since.restart();
    });
    // The loop of a benchmark program: nothing else is waiting on this thread.
    QEventLoop loop;
    QTimer::singleShot(std::chrono::seconds(seconds), &loop, &QEventLoop::quit);
    since.start();
    probe.start(4);
    loop.exec();
    probe.stop();
    std::sort(gaps.begin(), gaps.end());
    double missed = 0;
    for (const double gap : gaps)
        missed += std::max(0.0, std::floor(gap / frameMs));
    const auto below = [&](double share) {
        return gaps[static_cast<size_t>(share * static_cast<double>(gaps.size() - 1))];
    };
    std::printf(
        "  %-22s median %5.1f ms, 99 %% under %5.1f ms, longest %5.1f ms, frames shown %.2f %% of 60 a second\n", phase,
        below(0.5), below(0.99), gaps.back(), 100 - 100 * missed / (seconds * 60.0));
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    const int seconds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 10;
    std::printf("bench_frames: %d s a phase\n", seconds);
    {
        QMainWindow bare;
        bare.resize(1440, 900);
        bare.show();
        measure("empty window", seconds);
    }
    const test::TestFleet fleet;
    const QTemporaryDir folder;
    Settings settings(folder.filePath(QStringLiteral("window.ini")));
    ui::Theme theme(ui::ThemeChoice::Light);
    ClusterSession session;
    DemoController demo;
    ui::MainWindow window(session, demo, settings, theme);
    window.resize(1440, 900);
    window.show();
    window.openCluster(fleet.clusterFilePath());
    session.setInterval(std::chrono::milliseconds(500));
    measure("opening, all answer", seconds);
    fleet.two.signal(SIGSTOP);
    fleet.one.signal(SIGKILL);
    measure("one hangs, one killed", seconds);
    fleet.two.signal(SIGCONT);
    return 0;
}
