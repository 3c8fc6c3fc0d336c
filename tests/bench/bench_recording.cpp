// SPDX-License-Identifier: GPL-3.0-or-later
// What the recording costs: a thousand servers every five seconds for two hours of theirs, written as fast as it goes
// through the recorder's own steps. The limit is what the same figures take as plain numbers: bytes without any coding,
// and the time to put those bytes into the same kind of file.
#include "monitor/recording/changes.h"
#include "monitor/recording/playback.h"
#include "monitor/recording/samplefigures.h"
#include "monitor/recording/writer.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTextStream>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <random>

using namespace shardhelm::monitor;
using namespace shardhelm::monitor::recording;

namespace {

constexpr int intervalMs = 5000;
constexpr int cyclesPerHour = 3600 * 1000 / intervalMs;
constexpr qint64 begin = 1700000000000;

QTextStream &out()
{
    static QTextStream stream(stdout);
    return stream;
}

/// Processor time of this thread, in seconds.
double cpuSeconds()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

/// A fleet whose figures wander as those of busy servers do; some stand still, some are unknown.
class Fleet
{
public:
    explicit Fleet(int servers)
    {
        for (int i = 0; i < servers; ++i) {
            ServerSample server;
            server.name = QStringLiteral("pg-%1").arg(i, 4, 10, QLatin1Char('0'));
            server.instance = server.name;
            server.role = Role::Primary;
            server.state = State::Healthy;
            server.version = QStringLiteral("15.4");
            server.host = QStringLiteral("10.0.%1.%2").arg(i / 250).arg(i % 250);
            server.maxConnections.value = 400;
            server.p99Source = QStringLiteral("estimate");
            server.windowSeconds = 5;
            m_fleet.servers.push_back(server);
        }
    }

    const FleetSample &next(int cycle)
    {
        const qint64 at = begin + static_cast<qint64>(cycle) * intervalMs;
        m_fleet.at = QDateTime::fromMSecsSinceEpoch(at + 60, Qt::UTC);
        m_fleet.serial = cycle + 1;
        for (ServerSample &server : m_fleet.servers)
            wander(server, at, cycle);
        return m_fleet;
    }

private:
    double noise(double middle, double share) { return std::max(0.0, middle * (1 + share * m_normal(m_random))); }
    int count(double middle)
    {
        return static_cast<int>(std::max(0.0, middle + std::sqrt(middle) * m_normal(m_random)));
    }

    void wander(ServerSample &server, qint64 at, int cycle)
    {
        server.sampledAt = QDateTime::fromMSecsSinceEpoch(at + static_cast<qint64>(m_random() % 50), Qt::UTC);
        server.roundTripMs = noise(0.8, 0.3);
        server.probeP50Ms.value = noise(0.7, 0.05);
        server.probeP95Ms.value = noise(1.5, 0.05);
        server.probeP99Ms.value = noise(2.5, 0.05);
        server.clockSkewMs.value = noise(1, 0.5);
        server.connections.value = count(120);
        server.activeConnections.value = count(8);
        server.idleConnections.value = *server.connections.value - *server.activeConnections.value;
        server.idleInTransactionConnections.value = count(0.3);
        server.abortedConnections.value = 0;
        server.waitingSessions.value = count(1);
        server.blockedSessions.value = 0;
        server.longestBlockedSeconds.value = 0;
        server.longestTransactionSeconds.value = noise(2, 0.5);
        server.longestStatementSeconds.value = noise(0.5, 0.7);
        server.longestIdleInTransactionSeconds.value = 0;
        server.autovacuumWorkers.value = count(0.2);
        server.transactionsPerSecond.value = noise(800, 0.1);
        server.rollbacksPerSecond.value = noise(2, 0.5);
        server.sessionsLostPerSecond.value = 0;
        server.deadlocksPerSecond.value = 0;
        server.readsPerSecond.value = noise(50000, 0.1);
        server.writesPerSecond.value = noise(3000, 0.1);
        server.cacheHitRatio.value = std::min(1.0, noise(0.995, 0.001));
        server.blocksReadPerSecond.value = noise(200, 0.3);
        server.tempBytesPerSecond.value = 0;
        server.walBytesPerSecond.value = noise(4e6, 0.1);
        if (cycle % 3 == 0) {
            // Statements are read more slowly than the rest.
            server.statementsPerSecond.value = noise(4000, 0.1);
            server.p50Ms.value = noise(1.2, 0.05);
            server.p95Ms.value = noise(9, 0.05);
            server.p99Ms.value = noise(35, 0.08);
            server.meanMs.value = noise(2.1, 0.05);
            for (LatencyFigure *latency : {&server.p50Ms, &server.p95Ms, &server.p99Ms, &server.meanMs}) {
                latency->lowMs = *latency->value * 0.8;
                latency->highMs = *latency->value * 1.3;
            }
            server.p99WindowSeconds = noise(15, 0.01);
            server.latencyCalls = static_cast<qint64>(noise(60000, 0.1));
        }
        server.lagBytes.value = static_cast<qint64>(noise(20000, 0.8));
        server.lagSeconds.value = noise(0.05, 0.8);
        server.replicas.value = 1;
        server.inactiveSlots.value = 0;
        server.retainedWalBytes.value = static_cast<qint64>(noise(3e7, 0.2));
        server.checkpointsPerHour.value = 12;
        server.requestedCheckpointsPerHour.value = 0;
        server.transactionIdAge.value = 90000000 + cycle * 4000LL;
        server.multixactAge.value = 1000;
        server.preparedTransactions.value = 0;
        server.oldestPreparedSeconds.value = 0;
        server.sizeBytes.value = 40000000000LL + cycle / 60 * 1000000LL;
        server.cpuRatio.value = std::min(1.0, noise(0.3, 0.2));
        server.ioRatio.value = std::min(1.0, noise(0.1, 0.4));
        server.loadAverage.value = noise(4, 0.1);
        server.memoryAvailableBytes.value = static_cast<qint64>(noise(2e10, 0.01));
        server.diskFreeBytes.value = 400000000000LL - cycle / 60 * 1000000LL;
    }

    FleetSample m_fleet;
    std::mt19937 m_random{1};
    std::normal_distribution<double> m_normal{0, 1};
};

RecordingWriter writerAt(const QString &path)
{
    auto writer = RecordingWriter::open(path, Form::Ring, {QStringLiteral("bench"), {}, intervalMs, {}});
    if (!writer)
        qFatal("cannot write %s", qPrintable(path));
    return std::move(*writer);
}

qint64 blockBytes(const RecordingWriter &writer, int level)
{
    return writer.database()
        .number(QStringLiteral("SELECT total(length(data)) FROM block WHERE level = ?"), {level})
        .value_or(0);
}

template <typename Work>
double wallMs(Work &&work)
{
    const auto from = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from).count();
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const int servers = arguments.value(1, QStringLiteral("1000")).toInt();
    const int hours = arguments.value(2, QStringLiteral("2")).toInt();
    if (servers < 1 || hours < 1) {
        out() << "usage: bench_recording [SERVERS [HOURS]]\n";
        return 2;
    }
    const QTemporaryDir folder;
    const int cycles = hours * cyclesPerHour;
    Fleet fleet(servers);

    // The limit: the bare numbers of one cycle, into a file of the same kind.
    const FleetSample &one = fleet.next(0);
    QByteArray plain;
    for (const ServerSample &server : one.servers) {
        const std::vector<float> figures = figuresOf(server);
        plain.append(reinterpret_cast<const char *>(figures.data()),
                     static_cast<qsizetype>(figures.size() * sizeof(float)));
    }
    double limitCpu = 0;
    {
        const RecordingWriter writer = writerAt(folder.filePath(QStringLiteral("limit")));
        const double before = cpuSeconds();
        for (int i = 0; i < 100; ++i)
            (void)writer.database().run(
                QStringLiteral("INSERT INTO block (level, from_ms, to_ms, data) VALUES (7, ?, ?, ?)"), {i, i, plain});
        limitCpu = (cpuSeconds() - before) / 100;
    }

    const QString path = folder.filePath(QStringLiteral("recording"));
    double recordCpu = 0;
    double tidyCpu = 0;
    double slowest = 0;
    {
        RecordingWriter writer = writerAt(path);
        Changes changes;
        Limits limits;
        limits.bytes = 1LL << 40; // measured, not kept
        for (int cycle = 0; cycle < cycles; ++cycle) {
            const FleetSample &sample = fleet.next(cycle);
            const double from = cpuSeconds();
            double between = 0;
            const double wall = wallMs([&] {
                if (!writer.write(changes.of(sample)))
                    qFatal("a cycle was not written");
                between = cpuSeconds();
                if (!writer.tidy(sample.at.toMSecsSinceEpoch(), limits))
                    qFatal("the ring was not tidied");
            });
            recordCpu += between - from;
            tidyCpu += cpuSeconds() - between;
            slowest = std::max(slowest, wall);
        }
        const double full = static_cast<double>(blockBytes(writer, fullLevel));
        const double coarse = static_cast<double>(blockBytes(writer, coarseLevel));
        const qint64 fullCycles =
            writer.database().number(QStringLiteral("SELECT count(*) FROM block WHERE level = 0")).value_or(1);
        const double fullPerHour = full / static_cast<double>(fullCycles) * cyclesPerHour;
        const double coarseHours = static_cast<double>(cycles - fullCycles) / cyclesPerHour;
        const double coarsePerHour = coarseHours > 0 ? coarse / coarseHours : 0;
        const double plainPerHour = static_cast<double>(plain.size()) * cyclesPerHour;
        const auto megabytes = [](double bytes) { return QString::number(bytes / (1 << 20), 'f', 1); };
        out() << "servers " << servers << ", every 5 s, " << hours << " h, figures per server " << figureKeys().size()
              << '\n'
              << "full resolution      " << megabytes(fullPerHour) << " MB/h; plain numbers " << megabytes(plainPerHour)
              << " MB/h; ratio " << QString::number(fullPerHour / plainPerHour, 'f', 2) << '\n'
              << "points of 30 s       " << megabytes(coarsePerHour) << " MB/h; plain numbers "
              << megabytes(plainPerHour / 6) << " MB/h; ratio "
              << QString::number(coarsePerHour * 6 / plainPerHour, 'f', 2) << '\n'
              << "a day in the ring    " << megabytes(fullPerHour / 4 + coarsePerHour * 24)
              << " MB (default limit 256 MB)\n"
              << "CPU per cycle        " << QString::number(1000 * recordCpu / cycles, 'f', 2) << " ms to write, "
              << QString::number(1000 * tidyCpu / cycles, 'f', 2) << " ms to tidy; plain insert "
              << QString::number(1000 * limitCpu, 'f', 2) << " ms; ratio "
              << QString::number((recordCpu + tidyCpu) / cycles / limitCpu, 'f', 1) << '\n'
              << "of one core          "
              << QString::number(100 * (recordCpu + tidyCpu) / cycles / (intervalMs / 1000.0), 'f', 2) << " %\n"
              << "slowest cycle        " << QString::number(slowest, 'f', 0) << " ms on its own thread\n";
    }
    out() << "file                 " << QFileInfo(path).size() / (1 << 20) << " MB\n";

    auto playback = Playback::open(path);
    if (!playback)
        qFatal("cannot be read back");
    const Span all = playback->reader().span().value_or(Span());
    const QString server = QStringLiteral("pg-%1").arg(servers / 2, 4, 10, QLatin1Char('0'));
    out() << "one curve, all of it "
          << QString::number(
                 wallMs([&] { (void)playback->reader().series(server, QStringLiteral("p99_ms"), all, 1000); }), 'f', 0)
          << " ms\n";
    out() << "every server's curve "
          << QString::number(wallMs([&] { (void)playback->reader().allSeries(QStringLiteral("p99_ms"), all, 1000); }),
                             'f', 0)
          << " ms\n";
    out() << "fleet at a moment    " << QString::number(wallMs([&] { (void)playback->seek(all.to - 60000); }), 'f', 0)
          << " ms; next moment " << QString::number(wallMs([&] { (void)playback->advance(all.to - 55000); }), 'f', 0)
          << " ms; among points of 30 s "
          << QString::number(wallMs([&] { (void)playback->seek(all.from + 120000); }), 'f', 0) << " ms\n";
    return 0;
}
