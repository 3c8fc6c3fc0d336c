// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/latency/logparser.h"
#include "monitor/latency/logsource.h"

#include <QTest>

using namespace shardhelm::monitor::latency;
using Kind = LoggedDuration::Kind;

namespace {

QByteArray csvLine(const QByteArray &tag, const QByteArray &message, const QByteArray &application = "app",
                   const QByteArray &backend = "client backend", int pid = 77)
{
    QByteArray quoted = message;
    quoted.replace('"', "\"\"");
    return "2026-11-20 09:23:42.047 UTC,\"postgres\",\"postgres\"," + QByteArray::number(pid)
        + ",\"[local]\",6b00119b.4145,570,\"" + tag + "\",2026-11-20 09:23:39 UTC,6/0,0,LOG,00000,\"" + quoted
        + "\",,,,,,,,,\"" + application + "\",\"" + backend + "\",,590846497214614635\n";
}

QByteArray jsonLine(const QByteArray &tag, const QByteArray &message, const QByteArray &application = "app")
{
    return "{\"timestamp\":\"2026-11-20 09:23:42.047 UTC\",\"user\":\"postgres\",\"dbname\":\"postgres\",\"pid\":77,"
           "\"remote_host\":\"[local]\",\"session_id\":\"6b00119b.4145\",\"line_num\":2,\"ps\":\""
        + tag
        + "\",\"session_start\":\"2026-11-20 09:23:39 UTC\",\"vxid\":\"6/0\",\"txid\":0,\"error_severity\":\"LOG\","
          "\"message\":\""
        + message + "\",\"application_name\":\"" + application
        + "\",\"backend_type\":\"client backend\",\"query_id\":-5}\n";
}

QStringList durationsIn(LogParser &parser, const QByteArray &log, qsizetype step = 0)
{
    static constexpr const char *names[] = {"statement", "parse", "bind", "execute", "plan"};
    QStringList found;
    const auto sink = [&](const LogRecord &record) {
        if (const auto duration = loggedDuration(record))
            found += QStringLiteral("%1 %2 %3")
                         .arg(duration->pid)
                         .arg(QLatin1StringView(names[int(duration->kind)]))
                         .arg(duration->ms);
    };
    if (step == 0)
        step = log.size();
    for (qsizetype at = 0; at < log.size(); at += step)
        parser.feed(log.mid(at, step), sink);
    return found;
}

} // namespace

class TestLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void messages_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("tag");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const char *message, const char *tag, const char *expected) {
            QTest::newRow(name) << QString::fromUtf8(message) << QString::fromUtf8(tag) << QString::fromUtf8(expected);
        };
        row("statement", "duration: 12.345 ms  statement: select 1", "SELECT", "0 12.345");
        row("without text", "duration: 0.070 ms", "SELECT", "0 0.07");
        row("parse", "duration: 0.100 ms  parse <unnamed>: select 1", "PARSE", "1 0.1");
        row("bind", "duration: 0.100 ms  bind S_1: select 1", "BIND", "2 0.1");
        row("execute", "duration: 0.100 ms  execute S_1: select $1", "SELECT", "3 0.1");
        row("fetch", "duration: 0.100 ms  execute fetch from S_1/c: select $1", "SELECT", "3 0.1");
        row("auto_explain", "duration: 0.034 ms  plan:\nQuery Text: select 1", "SELECT", "4 0.034");
        row("begin by tag", "duration: 0.100 ms", "BEGIN", "");
        row("commit by text", "duration: 0.100 ms  statement: COMMIT;", "", "");
        row("end by text", "duration: 0.100 ms  execute S_2: end", "", "");
        row("begin and more", "duration: 5.000 ms  statement: begin; delete from t; commit", "", "0 5");
        row("a table called commits", "duration: 5.000 ms  statement: ending_balance", "", "0 5");
        row("German", "Dauer: 12.345 ms  Anweisung: select 1", "SELECT", "0 12.345");
        row("German parse by tag", "Dauer: 12.345 ms  Parsen <unnamed>: select 1", "PARSE", "1 12.345");
        row("French", "durée : 12.345 ms, instruction : select 1", "SELECT", "0 12.345");
        row("Russian", "продолжительность: 12.345 мс, оператор: select 1", "SELECT", "0 12.345");
        row("Japanese", "期間: 12.345 ミリ秒 文: select 1", "SELECT", "0 12.345");
        row("Chinese, wide colon", "执行时间：12.345 毫秒", "SELECT", "0 12.345");
        row("lock wait", "process 4711 still waiting for ShareLock on transaction 5 after 1000.123 ms", "UPDATE", "");
        row("no unit", "duration: 12.345", "SELECT", "");
        row("other precision", "ratio: 12.34 of 15", "SELECT", "");
        row("empty", "", "SELECT", "");
        row("colon first", ": 1.234 ms", "SELECT", "");
        row("hostile number", "duration: 1.2.345 ms", "SELECT", "");
    }

    void messages()
    {
        QFETCH(QString, message);
        QFETCH(QString, tag);
        QFETCH(QString, expected);
        const auto found = loggedDuration({0, tag, {}, {}, message});
        QCOMPARE(found ? QStringLiteral("%1 %2").arg(int(found->kind)).arg(found->ms) : QString(), expected);
    }

    void ownAndBackgroundSessionsAreLeftOut()
    {
        const QString message = QStringLiteral("duration: 1.000 ms");
        QVERIFY(loggedDuration({1, {}, QStringLiteral("app"), QStringLiteral("client backend"), message}));
        QVERIFY(!loggedDuration({1, {}, QStringLiteral("shardhelm/monitor"), {}, message}));
        QVERIFY(!loggedDuration({1, {}, {}, QStringLiteral("autovacuum worker"), message}));
    }

    void formats_data()
    {
        QTest::addColumn<int>("format");
        QTest::addColumn<QString>("prefix");
        QTest::addColumn<QByteArray>("log");
        const QByteArray tricky = "duration: 7.000 ms  statement: select 'a \"b\" , ' ||\n 'duration: 9.000 ms'";
        QByteArray escaped = tricky;
        escaped.replace('"', "\\\"").replace('\n', "\\n");
        QByteArray continued = tricky;
        continued.replace('\n', "\n\t");
        QTest::newRow("csv") << int(LogFormat::Csv) << QString()
                             << csvLine("SELECT", "duration: 1.500 ms") + csvLine("SELECT", tricky)
                + csvLine("checkpointer", "checkpoint starting: time", "", "checkpointer")
                + csvLine("PARSE", "duration: 0.250 ms  parse s: select 1");
        QTest::newRow("json") << int(LogFormat::Json) << QString()
                              << jsonLine("SELECT", "duration: 1.500 ms") + jsonLine("SELECT", escaped)
                + jsonLine("", "checkpoint starting: time")
                + jsonLine("PARSE", "duration: 0.250 ms  parse s: select 1");
        const auto text = [&](const char *name, const QString &prefix, const QByteArray &printed) {
            QTest::newRow(name) << int(LogFormat::Stderr) << prefix
                                << printed + "LOG:  duration: 1.500 ms\n" + printed + "LOG:  " + continued + "\n"
                    + printed + "LOG:  checkpoint starting: time\n" + printed
                    + "LOG:  duration: 0.250 ms  parse s: select 1\n";
        };
        text("stderr, default prefix", QStringLiteral("%m [%p] "), "2026-11-20 09:23:42.047 UTC [77] ");
        text("stderr, Debian's prefix", QStringLiteral("%m [%p] %q%u@%d "), "2026-11-20 09:23:42.047 UTC [77] me@db ");
        text("stderr, everything", QStringLiteral("%t|%n|%-8p|%a|%u|%d|%r|%h|%b|%i|%e|%c|%l|%s|%v|%x|%Q|%P|%%: "),
             "2026-11-20 09:23:42 UTC|1795166622.047|77      |psql (x)|me|db|10.0.0.1(5)|10.0.0.1|client "
             "backend|SELECT|00000|"
             "6b00119b.4145|3|2026-11-20 09:23:39 UTC|3/12|0|-590846497214614635||%: ");
    }

    /// However the log is cut into pieces, the same durations come out.
    void formats()
    {
        QFETCH(int, format);
        QFETCH(QString, prefix);
        QFETCH(QByteArray, log);
        const QStringList expected{QStringLiteral("77 statement 1.5"), QStringLiteral("77 statement 7"),
                                   QStringLiteral("77 parse 0.25")};
        for (qsizetype step = 0; step < 40; ++step) {
            const auto parser = makeLogParser(LogFormat(format), prefix);
            parser->resume(true);
            QCOMPARE(durationsIn(*parser, log, step), expected);
        }
    }

    /// Started anywhere in the log, only whole messages count, and none is invented.
    void startsInTheMiddle()
    {
        QFETCH_GLOBAL(int, anyFormat);
        const QByteArray one = anyFormat == int(LogFormat::Csv)
            ? csvLine("SELECT", "duration: 7.000 ms  statement: select 'x\ny'")
            : anyFormat == int(LogFormat::Json)
            ? jsonLine("SELECT", "duration: 7.000 ms  statement: select 'x\\ny'")
            : QByteArray("2026 [77] LOG:  duration: 7.000 ms  statement: select 'x\n\ty'\n");
        for (qsizetype at = 1; at < one.size(); ++at) {
            const auto parser = makeLogParser(LogFormat(anyFormat), QStringLiteral("2026 [%p] "));
            parser->resume(false);
            QCOMPARE(durationsIn(*parser, one.mid(at) + one + one).size(), 2);
        }
    }

    void hugeMessagesPassThrough()
    {
        QFETCH_GLOBAL(int, anyFormat);
        const QByteArray statement = "duration: 3.000 ms  statement: select '" + QByteArray(5'000'000, 'x') + "'";
        QByteArray line = csvLine("SELECT", statement);
        if (anyFormat == int(LogFormat::Json))
            line = jsonLine("SELECT", statement);
        else if (anyFormat == int(LogFormat::Stderr))
            line = "2026 [77] LOG:  " + statement + "\n";
        const QByteArray log = line + line;
        const auto parser = makeLogParser(LogFormat(anyFormat), QStringLiteral("2026 [%p] "));
        parser->resume(true);
        QCOMPARE(durationsIn(*parser, log, 100'000),
                 QStringList({QStringLiteral("77 statement 3"), QStringLiteral("77 statement 3")}));
    }

    void noiseIsNoMessage()
    {
        QFETCH_GLOBAL(int, anyFormat);
        const auto parser = makeLogParser(LogFormat(anyFormat), QStringLiteral("%m [%p] "));
        parser->resume(true);
        QByteArray noise;
        quint32 state = 1;
        for (int i = 0; i < 200'000; ++i) {
            state = state * 1664525 + 1013904223;
            noise.append("\"\\{}:,\n\t0123456789.msduration LOG \xc3\xff"[(state >> 16) % 36]);
        }
        QCOMPARE(durationsIn(*parser, noise, 1000), QStringList());
    }

    void initTestCase_data()
    {
        QTest::addColumn<int>("anyFormat");
        QTest::newRow("stderr") << int(LogFormat::Stderr);
        QTest::newRow("csv") << int(LogFormat::Csv);
        QTest::newRow("json") << int(LogFormat::Json);
    }

    void extendedProtocolIsAddedUp()
    {
        LogSource source;
        LogSampling sampling;
        sampling.minStatementMs = 0;
        source.begin(LogFormat::Csv, {}, sampling);
        const QByteArray log = csvLine("PARSE", "duration: 1.000 ms  parse s: select 1", "app", "client backend", 1)
            + csvLine("BIND", "duration: 100.000 ms  bind s: select 1", "app", "client backend", 2)
            + csvLine("BIND", "duration: 2.000 ms  bind s: select 1", "app", "client backend", 1)
            + csvLine("SELECT", "duration: 4.000 ms  execute s: select 1", "app", "client backend", 1);
        source.take({QStringLiteral("log/a.csv"), 0, 50, log});
        const Figures figures = source.figures();
        QCOMPARE(figures.calls, 1);
        QCOMPARE(figures.scope, Scope::Statement);
        QVERIFY(std::abs(*figures.p50->pointMs - 7) < 0.1);
    }

    void sampledStatementsCountForOthers()
    {
        LogSource source;
        LogSampling sampling;
        sampling.minSampleMs = 0;
        sampling.statementRate = 0.25;
        source.begin(LogFormat::Csv, {}, sampling);
        source.take({QStringLiteral("a"), 0, 10, csvLine("SELECT", "duration: 1.000 ms").repeated(500)});
        const Figures figures = source.figures();
        QCOMPARE(figures.calls, 2000);
        QVERIFY(figures.p99->pointMs);
        QCOMPARE(figures.source, Source::Log);
    }

    void gapsAndNewFilesAreNoticed()
    {
        LogSource source;
        LogSampling sampling;
        sampling.minStatementMs = 0;
        source.begin(LogFormat::Csv, {}, sampling);
        const QByteArray one = csvLine("SELECT", "duration: 1.000 ms");
        source.take({QStringLiteral("a"), 0, 10, one + one.left(30)});
        QCOMPARE(source.figures().calls, 1);
        // The rest of the half message follows.
        source.take({QStringLiteral("a"), one.size() + 30, 11, one.mid(30)});
        QCOMPARE(source.figures().calls, 2);
        QVERIFY(!source.figures().incomplete);
        // A new file begins at its beginning.
        source.take({QStringLiteral("b"), 0, 12, one});
        QCOMPARE(source.figures().calls, 3);
        QVERIFY(!source.figures().incomplete);
        // Bytes were passed over: the cut message does not count, the next does.
        source.take({QStringLiteral("b"), 5000, 13, one.mid(40) + one});
        QCOMPARE(source.figures().calls, 4);
        QVERIFY(source.figures().incomplete);
    }
};

QTEST_APPLESS_MAIN(TestLog)
#include "tst_log.moc"
