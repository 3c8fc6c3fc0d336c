// SPDX-License-Identifier: GPL-3.0-or-later
// What watching costs a server and the console. A real server with many idle sessions and some thousand tracked
// statements is sampled; the processor time of the server's process that answers is read before and after.
//
//   bench_samplecost [--sessions N] [--tracked N] [--samples N]
//
// Prints the cost of a base sample (fast clock alone), of one with everything on its slower clocks, and of one reading
// of the statement statistics, each with its limit; and the console's own processor time for each.

#include "monitor/sampler.h"
#include "support/testserver.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>

#include <cstdio>
#include <ctime>

using namespace shardhelm;
using namespace shardhelm::monitor;

namespace {

constexpr double baseLimitMs = 1;
constexpr double statementsLimitMs = 6;

/// Processor time of a process in ms: the first field of schedstat, nanoseconds.
double processorMs(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/schedstat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = file.readAll();
    return text.left(text.indexOf(' ')).toDouble() / 1e6;
}

double ownProcessorMs()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

struct Cost
{
    double serverMs = 0;
    double consoleMs = 0;
};

class Bench
{
public:
    Bench(int sessions, int tracked)
        : m_server({{QStringLiteral("shared_preload_libraries"), QStringLiteral("pg_stat_statements")},
                    {QStringLiteral("pg_stat_statements.max"), QString::number(tracked + 2000)},
                    {QStringLiteral("max_connections"), QString::number(sessions + 20)}})
    {
        m_server.run("CREATE EXTENSION pg_stat_statements");
        fill(tracked);
        for (int i = 0; i < sessions; ++i)
            m_sessions.push_back(m_server.connect());
        measure(slow(), 3);
        const pg::Rows rows = m_server.run("SELECT pid FROM pg_stat_activity "
                                           "WHERE application_name = 'shardhelm/monitor'");
        m_pid = rows.integer(0, 0);
        m_tracked = m_server.run("SELECT count(*) FROM pg_stat_statements").integer(0, 0);
    }

    [[nodiscard]] qint64 tracked() const { return m_tracked; }

    /// Nothing but the fast clock.
    static Pace base()
    {
        const Milliseconds never = std::chrono::hours(1);
        return {Milliseconds(10000), never, never, never, never, never, Milliseconds(0)};
    }
    /// Every clock but that of the statements.
    static Pace slow()
    {
        Pace pace = base();
        pace.upkeep = pace.machine = pace.sizes = Milliseconds(0);
        return pace;
    }
    static Pace statements()
    {
        Pace pace = base();
        pace.statements = Milliseconds(0);
        return pace;
    }

    Cost measure(const Pace &pace, int samples)
    {
        const std::vector<Target> targets{
            {QStringLiteral("one"), QStringLiteral("one"), Role::Primary, m_server.conninfo(), {}, 0}};
        const double server = processorMs(m_pid);
        const double own = ownProcessorMs();
        for (int i = 0; i < samples; ++i) {
            m_sampler.sample(
                targets, pace,
                [](size_t, const ServerSample &sample) {
                    if (sample.state == State::Down)
                        qFatal("no answer");
                },
                Wait::forDuration(Milliseconds(60000)));
        }
        return {(processorMs(m_pid) - server) / samples, (ownProcessorMs() - own) / samples};
    }

private:
    /// Statements that differ in the columns they name are entries of their own.
    void fill(int tracked)
    {
        QByteArray table = "CREATE TABLE wide (";
        for (int i = 0; i < 100; ++i)
            table += (i > 0 ? ", c" : "c") + QByteArray::number(i) + " int";
        m_server.run(table + ")");
        pg::Connection connection = m_server.connect();
        for (int i = 0; i < tracked; ++i) {
            const QByteArray sql =
                "SELECT c" + QByteArray::number(i / 100) + " FROM wide WHERE c" + QByteArray::number(i % 100) + " = 1";
            // Twice, so that there is a deviation to be written out as in earnest.
            for (int run = 0; run < 2; ++run) {
                if (!connection.run(sql, test::soon()))
                    qFatal("statement failed");
            }
        }
    }

    test::TestServer m_server;
    std::vector<pg::Connection> m_sessions;
    Sampler m_sampler;
    qint64 m_pid = 0;
    qint64 m_tracked = 0;
};

bool print(const char *what, const Cost &cost, double limitMs)
{
    std::printf("%-34s server %7.3f ms  console %7.3f ms", what, cost.serverMs, cost.consoleMs);
    if (limitMs > 0)
        std::printf("   %5.2f of the limit of %.0f ms", cost.serverMs / limitMs, limitMs);
    std::printf("\n");
    return limitMs <= 0 || cost.serverMs <= limitMs;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption sessions(QStringLiteral("sessions"), QStringLiteral("idle sessions"), QStringLiteral("n"),
                                      QStringLiteral("100"));
    const QCommandLineOption tracked(QStringLiteral("tracked"), QStringLiteral("tracked statements"),
                                     QStringLiteral("n"), QStringLiteral("5000"));
    const QCommandLineOption samples(QStringLiteral("samples"), QStringLiteral("samples of each kind"),
                                     QStringLiteral("n"), QStringLiteral("200"));
    parser.addOptions({sessions, tracked, samples});
    parser.addHelpOption();
    parser.process(application);

    Bench bench(parser.value(sessions).toInt(), parser.value(tracked).toInt());
    const int count = std::max(10, parser.value(samples).toInt());
    std::printf("%s sessions, %lld tracked statements, processor time for each sample\n",
                qPrintable(parser.value(sessions)), static_cast<long long>(bench.tracked()));
    const Cost base = bench.measure(Bench::base(), count);
    const Cost slow = bench.measure(Bench::slow(), count);
    // Which statements are the console's own is looked for at first and then ever more seldom.
    bench.measure(Bench::statements(), 90);
    const Cost whole = bench.measure(Bench::statements(), std::max(40, count / 5));
    const Cost reading{whole.serverMs - base.serverMs, whole.consoleMs - base.consoleMs};
    bool good = print("base sample", base, baseLimitMs);
    good = print("with slots, sizes, machine …", slow, 0) && good;
    good = print("statements, once per server", reading, statementsLimitMs) && good;
    return good ? 0 : 1;
}
