// SPDX-License-Identifier: GPL-3.0-or-later
#include "help.h"
#include "parser.h"

#include <QTest>

using namespace shardhelm;
using namespace shardhelm::ctl;

namespace {

std::vector<Command> table()
{
    const auto nothing = [](const Invocation &) { return Exit::Done; };
    return {
        {QStringLiteral("demo up"),
         QStringLiteral("Start"),
         {},
         {{QStringLiteral("dir"), QStringLiteral("D"), QStringLiteral("folder")},
          {QStringLiteral("instances"), QStringLiteral("N"), QStringLiteral("how many"), QStringLiteral("4")},
          {QStringLiteral("layout"),
           QStringLiteral("L"),
           QStringLiteral("layout"),
           QStringLiteral("schema"),
           {QStringLiteral("schema"), QStringLiteral("rows")}},
          {QStringLiteral("purge"), {}, QStringLiteral("remove")}},
         nothing},
        {QStringLiteral("demo down"), QStringLiteral("Stop"), {}, {}, nothing},
        {QStringLiteral("locate"),
         QStringLiteral("Find"),
         {{QStringLiteral("KEY"), QStringLiteral("key"), false, true}},
         {},
         nothing},
        {QStringLiteral("watchful"),
         QStringLiteral("Watch"),
         {{QStringLiteral("WHAT"), QStringLiteral("what"), true, false, {QStringLiteral("a"), QStringLiteral("b")}}},
         {{QStringLiteral("watch"), QStringLiteral("[S]"), QStringLiteral("again"), QStringLiteral("2")},
          {QStringLiteral("o"), QStringLiteral("FILE"), QStringLiteral("output")},
          {QStringLiteral("table"), QStringLiteral("T"), QStringLiteral("tables"), {}, {}, true},
          {QStringLiteral("ledger"), QStringLiteral("FILE"), QStringLiteral("ledger"), {}, {}, false, true}},
         nothing},
    };
}

QStringList words(const char *line)
{
    return QString::fromUtf8(line).split(u' ', Qt::SkipEmptyParts);
}

} // namespace

/// Command lines: what they mean, and the one clear sentence when they mean nothing.
class TestCommandLine : public QObject
{
    Q_OBJECT

private:
    const std::vector<Command> m_commands = table();

    [[nodiscard]] Call parsed(const char *line) const
    {
        const auto call = parse(words(line), m_commands);
        if (!call)
            qWarning("%s", qPrintable(call.error().sentence));
        return call.value_or(Call());
    }

private Q_SLOTS:
    void optionsInBothSpellings_data()
    {
        QTest::addColumn<QString>("line");
        QTest::newRow("equals") << QStringLiteral("demo up --dir=/tmp/x --instances=6");
        QTest::newRow("blank") << QStringLiteral("demo up --dir /tmp/x --instances 6");
        QTest::newRow("common first") << QStringLiteral("--format table demo up --dir /tmp/x --instances=6");
        QTest::newRow("between the words") << QStringLiteral("demo --quiet up --dir /tmp/x --instances=6");
    }

    void optionsInBothSpellings()
    {
        QFETCH(QString, line);
        const Call call = parsed(line.toUtf8().constData());
        QVERIFY(call.command);
        QCOMPARE(call.command->name, QStringLiteral("demo up"));
        QCOMPARE(call.invocation.value(QStringLiteral("dir")), QStringLiteral("/tmp/x"));
        QCOMPARE(call.invocation.value(QStringLiteral("instances")), QStringLiteral("6"));
        QCOMPARE(call.invocation.value(QStringLiteral("layout")), QStringLiteral("schema")); // by default
        QVERIFY(!call.invocation.given.contains(QStringLiteral("layout")));
        QVERIFY(!call.invocation.has(QStringLiteral("purge")));
    }

    void shortOptionsAndOptionalValues()
    {
        const Call call = parsed("watchful --ledger l -o out.txt --watch 0.5 a");
        QCOMPARE(call.invocation.value(QStringLiteral("o")), QStringLiteral("out.txt"));
        QCOMPARE(call.invocation.value(QStringLiteral("watch")), QStringLiteral("0.5"));
        QCOMPARE(call.invocation.arguments, QStringList(QStringLiteral("a")));
        // The next argument is the optional value only when it is a number.
        const Call bare = parsed("watchful --ledger l -oout.txt --watch a");
        QCOMPARE(bare.invocation.value(QStringLiteral("o")), QStringLiteral("out.txt"));
        QCOMPARE(bare.invocation.value(QStringLiteral("watch")), QStringLiteral("2"));
        QCOMPARE(bare.invocation.arguments, QStringList(QStringLiteral("a")));
        QVERIFY(!parsed("watchful --ledger l").invocation.has(QStringLiteral("watch")));
    }

    void repeatedOptionsKeepTheirOrder()
    {
        const Call call = parsed("watchful --ledger l --table a --table b --table=c");
        QCOMPARE(call.invocation.values(QStringLiteral("table")), words("a b c"));
    }

    void negativeNumbersAndTheEndOfOptions()
    {
        QCOMPARE(parsed("locate -42 -1.5 -").invocation.arguments, words("-42 -1.5 -"));
        QCOMPARE(parsed("locate -- --quiet demo").invocation.arguments, words("--quiet demo"));
        // An age, where a moment is wanted.
        QCOMPARE(parsed("watchful --ledger l -o -15min").invocation.value(QStringLiteral("o")),
                 QStringLiteral("-15min"));
    }

    void helpAndVersion()
    {
        QVERIFY(parsed("--version").kind == Call::Kind::Version);
        QVERIFY(parsed("--help").kind == Call::Kind::Help);
        const Call group = parsed("demo --help");
        QVERIFY(group.kind == Call::Kind::Help && !group.command);
        QCOMPARE(group.topic, QStringLiteral("demo"));
        // Even when required options are missing.
        const Call one = parsed("watchful -h");
        QVERIFY(one.kind == Call::Kind::Help && one.command);
    }

    void wrongLines_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char *line, const char *sentence) {
            QTest::newRow(line) << QString::fromUtf8(line) << QString::fromUtf8(sentence);
        };
        row("", "No command was given.");
        row("dmeo", "There is no command \"dmeo\". Did you mean demo?");
        row("zebra", "There is no command \"zebra\".");
        row("demo", "\"demo\" needs one more word: up, down.");
        row("demo upp", "There is no command \"demo upp\". Did you mean up?");
        row("demo up --instance 3", "The command \"demo up\" has no option --instance. Did you mean --instances?");
        row("demo up --fromat=json", "The command \"demo up\" has no option --fromat. Did you mean --format?");
        row("demo up -x", "The command \"demo up\" has no option -x.");
        row("--bogus", "There is no option --bogus.");
        row("--dir x demo up", "The option --dir belongs after its command.");
        row("demo up --dir", "The option --dir needs a value: --dir=D.");
        row("demo up --dir --purge", "The option --dir needs a value: --dir=D.");
        row("demo up --purge=yes", "The option --purge takes no value.");
        row("demo up --layout=row", "--layout cannot be \"row\"; it is one of: schema, rows. Did you mean rows?");
        row("demo up --dir a --dir b", "The option --dir is given twice.");
        row("demo down now", "The command \"demo down\" has no use for \"now\".");
        row("locate", "The command \"locate\" needs KEY.");
        row("watchful", "The command \"watchful\" needs the option --ledger=FILE.");
        row("watchful --ledger l c", "WHAT cannot be \"c\"; it is one of: a, b. Did you mean a?");
    }

    void wrongLines()
    {
        QFETCH(QString, line);
        QFETCH(QString, sentence);
        const auto call = parse(line.split(u' ', Qt::SkipEmptyParts), m_commands);
        QVERIFY(!call);
        QCOMPARE(call.error().sentence, sentence);
        QVERIFY(call.error().help.endsWith(QLatin1StringView("--help")));
    }

    void hostileWordsAreCheapAndHarmless()
    {
        const QString huge(1'000'000, u'x');
        const auto call =
            parse({QStringLiteral("demo"), QStringLiteral("up"), QStringLiteral("--") + huge}, m_commands);
        QVERIFY(!call);
        const auto percent = parse({QStringLiteral("%1%2%n")}, m_commands);
        QCOMPARE(percent.error().sentence, QStringLiteral("There is no command \"%1%2%n\"."));
    }

    void numbersAndSecondsWithinTheirRange()
    {
        Invocation invocation;
        const QString n = QStringLiteral("n");
        invocation.options = {{n, QStringLiteral("5")}};
        QCOMPARE(invocation.number(n, 1, 10).value(), 5);
        QCOMPARE(invocation.number(n, 6, 10).error().code, ErrorCode::UsageBad);
        for (const char *bad : {"", "x", "5x", "1e3", "99999999999999999999"}) {
            invocation.options = {{n, QString::fromLatin1(bad)}};
            QVERIFY2(!invocation.number(n, 0, 1'000'000), bad);
        }
        invocation.options = {{n, QStringLiteral("0.25")}};
        QCOMPARE(invocation.seconds(n, Milliseconds(0), Milliseconds(1000)).value(), Milliseconds(250));
        for (const char *bad : {"", "nan", "inf", "1e300", "-1", "2"}) {
            invocation.options = {{n, QString::fromLatin1(bad)}};
            QVERIFY2(!invocation.seconds(n, Milliseconds(0), Milliseconds(1000)), bad);
        }
    }

    void exitCodesHaveAnOrder()
    {
        const std::vector order{Exit::Usage, Exit::Refused, Exit::Failed, Exit::Differences, Exit::Partial, Exit::Done};
        for (size_t i = 0; i < order.size(); ++i) {
            for (size_t j = i; j < order.size(); ++j) {
                QCOMPARE(worse(order[i], order[j]), order[i]);
                QCOMPARE(worse(order[j], order[i]), order[i]);
            }
        }
        const auto of = [](ErrorCode code) { return exitOf(Error{code, {}, {}, {}, 0, std::nullopt}); };
        QCOMPARE(of(ErrorCode::KeyUnknown), Exit::Usage);
        QCOMPARE(of(ErrorCode::Refused), Exit::Refused);
        QCOMPARE(of(ErrorCode::ConnectionRefused), Exit::Failed);
    }

    void theRealTableIsWhole()
    {
        QSet<QString> names;
        for (const Command &command : allCommands()) {
            const QByteArray name = command.name.toUtf8();
            QVERIFY2(!names.contains(command.name), name.constData());
            names.insert(command.name);
            QVERIFY2(!command.summary.isEmpty() && !command.summary.endsWith(u'.'), name.constData());
            QVERIFY2(command.run, name.constData());
            QSet<QString> options;
            for (const std::vector<Option> &list : {command.options, commonOptions()}) {
                for (const Option &option : list) {
                    QVERIFY2(!options.contains(option.name), qPrintable(command.name + u' ' + option.name));
                    options.insert(option.name);
                    QVERIFY2(!option.help.isEmpty(), qPrintable(command.name + u' ' + option.name));
                    QVERIFY2(!option.help.endsWith(u'.'), qPrintable(command.name + u' ' + option.name));
                    QVERIFY2(option.choices.isEmpty() || option.defaultValue.isEmpty()
                                 || option.choices.contains(option.defaultValue),
                             qPrintable(command.name + u' ' + option.name));
                }
            }
            for (const Argument &argument : command.arguments)
                QVERIFY2(!argument.help.isEmpty(), name.constData());
            // Help never loses an option.
            const QString help = commandHelp(command);
            for (const Option &option : command.options)
                QVERIFY2(help.contains(written(option)), qPrintable(command.name + u' ' + option.name));
            for (const QString &line : help.split(u'\n'))
                QVERIFY2(line.size() <= 110, qPrintable(line));
        }
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
