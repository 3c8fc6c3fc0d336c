// SPDX-License-Identifier: GPL-3.0-or-later
// How far are the latency figures from the truth? Runs pgbench workloads on a throw-away server whose log times every
// statement, and compares what each source says with the quantiles of the log: the sampled log with what clients waited
// for, the estimate with the execution times that auto_explain writes there (pg_stat_statements measures the same
// span).
//   bench_latency [--seconds N] [--only NAME]
#include "core/pause.h"
#include "core/sqltext.h"
#include "monitor/latency/logsource.h"
#include "monitor/latency/mixture.h"
#include "monitor/latency/momentsource.h"
#include "support/testserver.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

using namespace shardhelm;
using namespace shardhelm::monitor::latency;

namespace {

constexpr double sampleRate = 0.25;
constexpr std::array quantiles{0.5, 0.95, 0.99};

struct Workload
{
    const char *name;
    const char *about;
    int rate; ///< transactions per second
    int clients;
    const char *protocol;
    std::vector<std::pair<const char *, int>> scripts; ///< a built-in script or a key of scriptTexts, and its weight
};

/// Scripts beyond pgbench's own. Sizes are chosen for milliseconds on a laptop.
const std::vector<std::pair<const char *, const char *>> scriptTexts{
    {"heavy", "select count(*), sum(abalance) from pgbench_accounts where aid between 1 and 100000;\n"},
    {"varied", "\\set n random(20000, 300000)\nselect sum(g) from generate_series(1, :n) g;\n"},
    {"bimodal",
     "\\set r random(1, 100)\n\\set n 200\n\\if :r <= 3\n\\set n random(80000, 100000)\n\\endif\n"
     "select sum(g) from generate_series(1, :n) g;\n"},
    {"twohumps",
     "\\set r random(1, 1000)\n\\set n 2000\n\\if :r <= 15\n\\set n 12000\n\\endif\n"
     "select sum(g) from generate_series(1, :n) g;\n"},
    {"wide",
     "\\set a random(1, 400000)\n\\set b random_exponential(1, 20000, 3.0) + :a\n"
     "select sum(abalance) from pgbench_accounts where aid between :a and :b;\n"},
    {"hotrow", "begin;\nupdate pgbench_branches set bbalance = bbalance + 1 where bid = 1;\n\\sleep 3 ms\ncommit;\n"},
    {"app",
     "\\set a random(1, 500000)\n\\set t random(1, 50)\n\\set k random(1, 100)\n"
     "select abalance from pgbench_accounts where aid = :a;\n"
     "select count(*) from pgbench_accounts where aid between :a and :a + 200;\n"
     "update pgbench_tellers set tbalance = tbalance + 1 where tid = :t;\n"
     "insert into pgbench_history (tid, bid, aid, delta, mtime) values (:t, 1, :a, 5, now());\n"
     "select * from pgbench_accounts order by aid limit :k;\n"},
};

const std::vector<Workload> workloads{
    {"select", "one short statement", 300, 4, "simple", {{"select-only", 1}}},
    {"tpcb", "five short statements", 60, 4, "simple", {{"tpcb-like", 1}}},
    {"tpcb-prepared", "the same, prepared", 60, 4, "prepared", {{"tpcb-like", 1}}},
    {"app", "five statements of different weight", 60, 4, "simple", {{"app", 1}}},
    {"heavy-0.1%", "rare heavy statement", 400, 4, "simple", {{"select-only", 999}, {"heavy", 1}}},
    {"heavy-0.5%", "rare heavy statement", 200, 4, "simple", {{"select-only", 995}, {"heavy", 5}}},
    {"heavy-2%", "rare heavy statement", 100, 4, "simple", {{"select-only", 98}, {"heavy", 2}}},
    {"heavy-2%-fast", "the same at four times the rate", 400, 4, "simple", {{"select-only", 98}, {"heavy", 2}}},
    {"varied-3%", "mix with a statement of many sizes", 100, 4, "simple", {{"app", 97}, {"varied", 3}}},
    {"bimodal", "one statement, 3 % of calls 400x", 150, 4, "simple", {{"bimodal", 1}}},
    {"twohumps", "one statement, 1.5 % of calls 6x", 200, 4, "simple", {{"twohumps", 1}}},
    {"bimodal-in-mix", "the bimodal one among others", 60, 4, "simple", {{"app", 9}, {"bimodal", 1}}},
    {"wide", "one statement, spread over decades", 150, 4, "simple", {{"wide", 1}}},
    {"hotrow", "lock waits", 120, 8, "simple", {{"hotrow", 1}}},
};

[[noreturn]] void die(const char *what, const QString &why)
{
    std::fprintf(stderr, "%s: %s\n", what, qPrintable(why));
    std::exit(1);
}

double quantileOf(std::vector<double> &sorted, double q)
{
    const auto rank = size_t(std::ceil(q * double(sorted.size()) - 1e-9));
    return sorted[std::clamp<size_t>(rank, 1, sorted.size()) - 1];
}

/// Durations of pgbench's sessions, from the log's bytes.
struct Truth
{
    std::vector<double> statements; ///< parse and bind steps included
    std::vector<double> lastSteps; ///< without them, as a sampled log has them
    std::vector<double> executions;
    Figures sampled; ///< of the messages that the server chose to sample
};

Truth truthOf(const QByteArray &log)
{
    Truth truth;
    LogSource sampled;
    LogSampling sampling;
    sampling.minSampleMs = 0;
    sampling.statementRate = sampleRate;
    sampled.begin(LogFormat::Csv, {}, sampling);
    const auto parser = makeLogParser(LogFormat::Csv);
    parser->resume(true);
    QHash<qint64, double> prepares;
    parser->feed(log, [&](const LogRecord &record) {
        const auto duration = loggedDuration(record);
        if (!duration || record.application != u"pgbench")
            return;
        using Kind = LoggedDuration::Kind;
        const bool step = record.tag == u"BIND" || record.tag == u"PARSE";
        if (duration->kind == Kind::Plan) {
            truth.executions.push_back(duration->ms);
            return;
        }
        // log_duration adds a message without text for each statement that is not sampled: those are the truth's alone.
        if (record.message.contains(u"statement: ") || record.message.contains(u"execute "))
            sampled.take(record, 1);
        if (step) {
            prepares[duration->pid] += duration->ms;
        } else {
            truth.lastSteps.push_back(duration->ms);
            truth.statements.push_back(duration->ms + prepares.take(duration->pid));
        }
    });
    truth.sampled = sampled.figures();
    std::sort(truth.statements.begin(), truth.statements.end());
    std::sort(truth.lastSteps.begin(), truth.lastSteps.end());
    std::sort(truth.executions.begin(), truth.executions.end());
    return truth;
}

struct Tally
{
    int points = 0;
    int outside = 0;
    int intervals = 0;
    int missed = 0; ///< the truth lies outside of the bounds
    int unknown = 0;
    double worst = 1;
};

void print(const char *source, const Figures &figures, std::vector<double> &truth, double tolerance,
           std::array<Tally, 3> &tallies)
{
    std::printf("  %-28s", source);
    const std::array<std::optional<Value>, 3> values{figures.p50, figures.p95, figures.p99};
    for (size_t i = 0; i < values.size(); ++i) {
        Tally &tally = tallies[i];
        if (!values[i] || truth.empty()) {
            ++tally.unknown;
            std::printf("   %-18s", "unknown");
            continue;
        }
        const double actual = quantileOf(truth, quantiles[i]);
        // The log rounds to a microsecond, the buckets of its durations are 1 % wide.
        const double slack = 0.0006;
        if (values[i]->lowMs * 0.99 > actual + slack || values[i]->highMs * 1.01 < actual - slack)
            ++tally.missed;
        if (values[i]->pointMs) {
            const double ratio = *values[i]->pointMs / actual;
            ++tally.points;
            tally.outside += std::abs(ratio - 1) > tolerance;
            tally.worst = std::max({tally.worst, ratio, 1 / ratio});
            std::printf("   %-18s", qPrintable(QString::number(ratio, 'f', 2)));
        } else {
            ++tally.intervals;
            std::printf("   %-18s",
                        qPrintable(QStringLiteral("[%1 .. %2]")
                                       .arg(values[i]->lowMs / actual, 0, 'f', 2)
                                       .arg(values[i]->highMs / actual, 0, 'f', 2)));
        }
    }
    std::printf("\n");
}

class Bench
{
public:
    explicit Bench(int seconds)
        : m_seconds(seconds)
        , m_server({{QStringLiteral("shared_preload_libraries"), QStringLiteral("pg_stat_statements,auto_explain")},
                    {QStringLiteral("shared_buffers"), QStringLiteral("128MB")},
                    {QStringLiteral("logging_collector"), QStringLiteral("on")},
                    {QStringLiteral("log_destination"), QStringLiteral("csvlog")},
                    {QStringLiteral("log_filename"), QStringLiteral("bench.log")},
                    {QStringLiteral("log_rotation_age"), QStringLiteral("0")},
                    {QStringLiteral("log_rotation_size"), QStringLiteral("0")},
                    {QStringLiteral("log_duration"), QStringLiteral("on")},
                    {QStringLiteral("log_min_duration_sample"), QStringLiteral("0")},
                    {QStringLiteral("log_statement_sample_rate"), QString::number(sampleRate)},
                    {QStringLiteral("auto_explain.log_min_duration"), QStringLiteral("0")},
                    {QStringLiteral("auto_explain.log_timing"), QStringLiteral("off")}})
    {
        m_server.run("CREATE EXTENSION pg_stat_statements");
        for (const auto &[name, text] : scriptTexts) {
            QFile file(script(name));
            if (!file.open(QIODevice::WriteOnly) || file.write(text) < 0)
                die("script", file.errorString());
        }
        pgbench({QStringLiteral("-q"), QStringLiteral("-i"), QStringLiteral("-s"), QStringLiteral("5")});
    }

    void run(const Workload &workload)
    {
        m_server.run("SELECT pg_stat_statements_reset()");
        m_server.run("VACUUM pgbench_branches, pgbench_tellers");
        QStringList arguments{QStringLiteral("-n"), QStringLiteral("-j1"),
                              QStringLiteral("-c"), QString::number(workload.clients),
                              QStringLiteral("-T"), QString::number(m_seconds),
                              QStringLiteral("-R"), QString::number(workload.rate),
                              QStringLiteral("-M"), QLatin1StringView(workload.protocol)};
        for (const auto &[name, weight] : workload.scripts) {
            const bool own = std::any_of(scriptTexts.begin(), scriptTexts.end(),
                                         [n = name](const auto &text) { return qstrcmp(text.first, n) == 0; });
            arguments << (own ? QStringLiteral("-f") : QStringLiteral("-b"))
                      << QStringLiteral("%1@%2").arg(own ? script(name) : QLatin1StringView(name)).arg(weight);
        }

        pg::Connection monitor = m_server.connect();
        MomentSource often(3600);
        // This log holds the truth as well, three times what a production log would.
        LogSource log(LogSource::Limits{3600, qint64(4) * 1024 * 1024});
        QFile file(m_server.folder() + QStringLiteral("/data/log/bench.csv"));
        const qint64 before = file.size();
        ask(often, monitor);
        ask(often, monitor);
        // The only readings of the source that looks twice.
        const StatementSnapshot first = snapshot(monitor);
        ask(log, monitor);
        ask(log, monitor);

        QProcess load;
        load.start(program(), arguments + QStringList{m_server.conninfo()});
        QElapsedTimer clock;
        clock.start();
        double cost = 0;
        while (!load.waitForFinished(1000)) {
            if (clock.elapsed() > (m_seconds + 60) * 1000)
                die("pgbench", QStringLiteral("does not end"));
            ask(often, monitor);
            ask(log, monitor);
        }
        if (load.exitCode() != 0)
            die("pgbench", QString::fromUtf8(load.readAllStandardError()));
        ask(often, monitor);
        const StatementSnapshot last = snapshot(monitor);
        QElapsedTimer thinking;
        thinking.start();
        const Figures estimate = often.figures();
        cost = double(thinking.nsecsElapsed()) / 1e6;
        // The logging process writes a little after the statements end and tells nobody; three looks without growth,
        // this far apart, are taken for its end.
        const Wait notForever = Wait::forDuration(Milliseconds(60000));
        qint64 size = -1;
        for (int quiet = 0; quiet < 3; quiet = file.size() == size ? quiet + 1 : 0) {
            size = file.size();
            if (!pauseFor(Milliseconds(100), notForever))
                die("log", QStringLiteral("it never stops growing"));
        }
        ask(log, monitor);
        if (!file.open(QIODevice::ReadOnly) || !file.seek(before))
            die("log", file.errorString());

        Truth truth = truthOf(file.readAll());
        MomentSource twice(3600);
        twice.setAside(m_aside);
        twice.take(first, 0);
        twice.take(last, 0);
        std::printf("%s: %s, %d/s; %zu statements, truth p50 %.3f p95 %.3f p99 %.3f ms, execution %.3f %.3f %.3f ms; "
                    "estimate took %.1f ms\n",
                    workload.name, workload.about, workload.rate, truth.statements.size(),
                    quantileOf(truth.statements, 0.5), quantileOf(truth.statements, 0.95),
                    quantileOf(truth.statements, 0.99), quantileOf(truth.executions, 0.5),
                    quantileOf(truth.executions, 0.95), quantileOf(truth.executions, 0.99), cost);
        print("log, all (over SQL)", log.figures(), truth.statements, 0.15, m_all);
        print("log, 25 % sampled", truth.sampled, truth.lastSteps, 0.15, m_sampled);
        print("estimate, read every second", estimate, truth.executions, 0.3, m_often);
        print("estimate, read twice", twice.figures(), truth.executions, 0.3, m_twice);
        std::fflush(stdout);
    }

    int summary()
    {
        std::printf("\n%-30s %-5s %8s %10s %10s %8s %9s %8s\n", "source", "", "points", "outside", "intervals",
                    "unknown", "bounds", "worst");
        int outside = 0;
        outside += line("log, all (15 %)", m_all);
        outside += line("log, 25 % sampled (15 %)", m_sampled);
        outside += line("estimate, every second (30 %)", m_often);
        outside += line("estimate, twice (30 %)", m_twice);
        std::printf("histogram: pg_stat_monitor is not installed; its parsing is tested on recorded rows\n");
        return outside == 0 ? 0 : 1;
    }

private:
    [[nodiscard]] QString script(const char *name) const
    {
        return m_server.folder() + QStringLiteral("/%1.sql").arg(QLatin1StringView(name));
    }

    static QString program()
    {
        const auto folder = pg::LocalServer::programFolder();
        if (!folder)
            die("pgbench", folder.error().found);
        return *folder + QStringLiteral("/pgbench");
    }

    void pgbench(const QStringList &arguments) const
    {
        QProcess process;
        process.start(program(), arguments + QStringList{m_server.conninfo()});
        if (!process.waitForFinished(60000) || process.exitCode() != 0)
            die("pgbench", QString::fromUtf8(process.readAllStandardError()));
    }

    /// Runs a source's questions, marked as the monitor marks them.
    void ask(LatencySource &source, pg::Connection &connection)
    {
        std::vector<pg::Statement> questions = source.questions();
        for (pg::Statement &question : questions)
            question.sql.prepend("/* shardhelm/monitor */ ");
        const auto answers = connection.batch(questions, test::soon());
        if (!answers)
            die("question", answers.error().db ? answers.error().db->message : QString());
        if (answers->size() > 2) {
            m_aside.clear();
            for (int row = 0; row < (*answers)[2].count(); ++row)
                m_aside.insert((*answers)[2].integer(row, 0));
        }
        source.answered(*answers);
    }

    StatementSnapshot snapshot(pg::Connection &connection)
    {
        std::vector<pg::Statement> statements;
        for (const char *name : {"monitor/latency_statements_state", "monitor/latency_statements"})
            statements.push_back({"/* shardhelm/monitor */ " + sqlText(name).replace(":schema.", "public."), {}});
        const auto answers = connection.batch(statements, test::soon());
        if (!answers)
            die("snapshot", answers.error().db ? answers.error().db->message : QString());
        const StatementReading reading = statementReading((*answers)[0], (*answers)[1]);
        StatementSnapshot whole;
        whole.atSeconds = reading.atSeconds;
        whole.evictions = reading.evictions;
        for (const StatementSnapshot &part : reading.databases)
            whole.statements.insert(part.statements);
        return whole;
    }

    static int line(const char *source, const std::array<Tally, 3> &tallies)
    {
        static constexpr const char *names[] = {"p50", "p95", "p99"};
        int outside = 0;
        for (size_t i = 0; i < tallies.size(); ++i) {
            const Tally &tally = tallies[i];
            const int known = tally.points + tally.intervals;
            std::printf("%-30s %-5s %8d %10d %6d %2d%% %8d %9s %7.2fx\n", i == 0 ? source : "", names[i], tally.points,
                        tally.outside, tally.intervals, known > 0 ? 100 * tally.intervals / known : 0, tally.unknown,
                        tally.missed == 0 ? "hold" : qPrintable(QStringLiteral("%1 miss").arg(tally.missed)),
                        tally.worst);
            outside += tally.outside;
        }
        return outside;
    }

    int m_seconds;
    test::TestServer m_server;
    QSet<qint64> m_aside;
    std::array<Tally, 3> m_all;
    std::array<Tally, 3> m_sampled;
    std::array<Tally, 3> m_often;
    std::array<Tally, 3> m_twice;
};

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption seconds(QStringLiteral("seconds"), QStringLiteral("length of each run"),
                                     QStringLiteral("n"), QStringLiteral("12"));
    const QCommandLineOption only(QStringLiteral("only"), QStringLiteral("only workloads whose name contains this"),
                                  QStringLiteral("text"));
    parser.addOptions({seconds, only});
    parser.addHelpOption();
    parser.process(application);
    std::printf("figure / truth for p50, p95, p99; [low .. high] where the source shows an interval\n");
    Bench bench(std::max(2, parser.value(seconds).toInt()));
    for (const Workload &workload : workloads) {
        if (QLatin1StringView(workload.name).contains(parser.value(only)))
            bench.run(workload);
    }
    return bench.summary();
}
