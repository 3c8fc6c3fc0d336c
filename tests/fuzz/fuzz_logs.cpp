// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/mutator.h"
#include "monitor/latency/logparser.h"
#include "monitor/latency/textlog.h"

#include <QRegularExpression>
#include <QTest>

#include <cmath>

using namespace shardhelm::monitor::latency;
using namespace shardhelm::testing;

namespace {

/// A log of two statements, of which the second takes 2.5 ms in process 78.
struct Form
{
    const char *name;
    LogFormat format;
    QString prefix;
    QByteArray log;
};

QByteArray csvLine(int pid, const QByteArray &message)
{
    return "2026-11-20 09:23:42.047 UTC,\"postgres\",\"postgres\"," + QByteArray::number(pid)
        + ",\"[local]\",6b00119b.4145,570,\"SELECT\",2026-11-20 09:23:39 UTC,6/0,0,LOG,00000,\"" + message
        + "\",,,,,,,,,\"app\",\"client backend\",,590846497214614635\n";
}

QByteArray jsonLine(int pid, const QByteArray &message)
{
    return "{\"timestamp\":\"2026-11-20 09:23:42.047 UTC\",\"user\":\"postgres\",\"dbname\":\"postgres\",\"pid\":"
        + QByteArray::number(pid)
        + ",\"remote_host\":\"[local]\",\"session_id\":\"6b00119b.4145\",\"line_num\":2,\"ps\":\"SELECT\","
          "\"error_severity\":\"LOG\",\"message\":\""
        + message + "\",\"application_name\":\"app\",\"backend_type\":\"client backend\",\"query_id\":-5}\n";
}

std::vector<Form> forms()
{
    const auto text = [](const QByteArray &prefix) -> QByteArray {
        return prefix + "LOG:  duration: 12.345 ms  statement: select 'a',\n\t1\n" + prefix
            + "DETAIL:  parameters: $1 = 'x'\n" + prefix + "LOG:  duration: 2.500 ms  execute S_1: select $1\n";
    };
    return {
        {"csv",
         LogFormat::Csv,
         {},
         csvLine(77, "duration: 12.345 ms  statement: select \"\"a\"\",\n1")
             + csvLine(78, "duration: 2.500 ms  execute S_1: select $1")},
        {"json",
         LogFormat::Json,
         {},
         jsonLine(77, "duration: 12.345 ms  statement: select \\\"\\u00e4\\\",\\n1")
             + jsonLine(78, "duration: 2.500 ms  execute S_1: select $1")},
        {"text", LogFormat::Stderr, QStringLiteral("%m [%p] %q%u@%d "), text("2026-11-20 09:23:42.047 UTC [78] u@d ")},
        {"text of many parts", LogFormat::Stderr, QStringLiteral("%t:%r:%u@%d:[%p]:%i:%a:%b:"),
         text("2026-11-20 09:23:42 UTC:10.0.0.1(5):u@d:[78]:SELECT:app:client backend:")},
    };
}

QByteArrayList tokens()
{
    return {"\"",
            "\"\"",
            "\\",
            "\\u",
            "\\ud800",
            "\\u0000",
            "\\\"",
            ",",
            ",,,,,,,,,,,,,,,,,,,,,,,,,,,,",
            "{",
            "}",
            "{\"",
            "\":",
            ":",
            "\t",
            "\n\t",
            "\r\n",
            "2026-11-20 09:23:42.047 UTC",
            "\n2026-11-20 09:23:42.",
            "LOG:  ",
            "duration: ",
            "1.000 ms",
            "99999999999999999999.999 ms",
            "-1.000 ms",
            "\"message\":\"",
            "\"pid\":",
            "null",
            "[78]",
            "\xc3",
            "\xe6\x9c\x9f",
            "shardhelm/monitor",
            "PARSE",
            "BEGIN"};
}

using Found = std::vector<LoggedDuration>;

/// The durations of a log that comes in pieces of at most `longest` bytes.
Found durations(LogParser &parser, const QByteArray &log, Mutator &random, qsizetype longest)
{
    Found found;
    const auto sink = [&](const LogRecord &record) {
        if (const auto duration = loggedDuration(record))
            found.push_back(*duration);
    };
    for (qsizetype at = 0; at < log.size();) {
        const QByteArray piece = log.mid(at, longest >= log.size() ? log.size() : 1 + random.number(longest));
        parser.feed(piece, sink);
        at += piece.size();
    }
    return found;
}

} // namespace

/// Whatever a server writes to its log: the same durations however the log is cut, and a parser that begins anew reads
/// a sound log as if nothing had been.
class FuzzLogs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void survivesAnything_data();
    void survivesAnything();
    void anyPrefixIsAPattern();
};

void FuzzLogs::survivesAnything_data()
{
    QTest::addColumn<int>("form");
    for (size_t i = 0; i < forms().size(); ++i)
        QTest::newRow(forms()[i].name) << int(i);
}

void FuzzLogs::survivesAnything()
{
    QFETCH(const int, form);
    const Form sound = forms()[size_t(form)];
    const CurrentInput current("fuzz_logs");
    Mutator mutator({sound.log, sound.log.repeated(3)}, tokens(), fuzzSeed());
    const auto parser = makeLogParser(sound.format, sound.prefix);
    parser->resume(true);
    const Found expected = durations(*parser, sound.log, mutator, sound.log.size());
    QCOMPARE(expected.size(), size_t(2));
    QCOMPARE(expected[1], (LoggedDuration{LoggedDuration::Kind::Execute, 2.5, 78}));

    for (int round = 0; round < fuzzRounds(); ++round) {
        const QByteArray log = mutator.next();
        current.write(log);
        const QByteArray note = "round " + QByteArray::number(round) + ", input in " + current.path();
        const bool atStart = mutator.number(2) == 0;
        parser->resume(atStart);
        const Found whole = durations(*parser, log, mutator, log.size());
        for (const LoggedDuration &duration : whole)
            QVERIFY2(duration.ms >= 0 && std::isfinite(duration.ms), note.constData());
        if (!whole.empty())
            mutator.keep(log);
        parser->resume(atStart);
        QVERIFY2(durations(*parser, log, mutator, 1 + mutator.number(200)) == whole, note.constData());
        parser->resume(true);
        QVERIFY2(durations(*parser, sound.log, mutator, 50) == expected, note.constData());
    }
}

void FuzzLogs::anyPrefixIsAPattern()
{
    const CurrentInput current("fuzz_prefix");
    Mutator mutator(
        {"%m [%p] %q%u@%d ", "%t:%r:%u@%d:[%p]:", "%-10p %5i|%a|%b <%e> %Q %%", "\xf0\x9f\x90\x98 %p \\E(?<pid>"},
        {"%", "%p", "%-", "%99999999999p", "%i", "%a", "%b", "(", ")", "[", "\\", "\\E", "\\Q", "?<pid>", "*",
         "\xf0\x9f\x90\x98", "\xed\xa0\x80"},
        fuzzSeed());
    const QByteArray log = forms().back().log;
    for (int round = 0; round < fuzzRounds(); ++round) {
        // log_line_prefix is a setting of one line, and short.
        const QString prefix = QString::fromUtf8(mutator.next().left(120));
        current.write(prefix.toUtf8());
        const QByteArray note = "round " + QByteArray::number(round) + ", input in " + current.path();
        const QRegularExpression pattern(TextLog::pattern(prefix));
        QVERIFY2(pattern.isValid(), QByteArray(note + ": " + pattern.errorString().toUtf8()).constData());
        // A log that is not of this prefix costs no more than a look.
        const auto parser = makeLogParser(LogFormat::Stderr, prefix);
        durations(*parser, log, mutator, log.size());
    }
}

QTEST_GUILESS_MAIN(FuzzLogs)
#include "fuzz_logs.moc"
