// SPDX-License-Identifier: GPL-3.0-or-later
#include "completion.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace shardhelm::ctl;

/// The completion scripts, run by the shells they are for.
class TestCompletion : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    void write(const QString &name, const QString &text) const
    {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(text.toUtf8()), text.toUtf8().size());
    }

    /// Standard output of a program run in the test's folder; what it says on standard error fails the test.
    [[nodiscard]] QString output(const QString &program, const QStringList &arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.start(program, arguments);
        if (!process.waitForFinished(120000))
            return QStringLiteral("no end: ") + process.errorString();
        const QString complaints = QString::fromUtf8(process.readAllStandardError());
        return complaints + QString::fromUtf8(process.readAllStandardOutput());
    }

    /// What bash offers after the words; the last one is being typed. Words are split as bash splits them.
    [[nodiscard]] QStringList bash(const QStringList &typed) const
    {
        QStringList quoted{QStringLiteral("shardhelmctl")};
        for (const QString &word : typed)
            quoted += u'\'' + word + u'\'';
        const QString script = QStringLiteral("source ./bash.sh\n"
                                              "COMP_WORDS=(%1); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n"
                                              "_shardhelmctl\n"
                                              "((${#COMPREPLY[@]} == 0)) || printf '%s\\n' \"${COMPREPLY[@]}\"\n")
                                   .arg(quoted.join(u' '));
        QStringList offers =
            output(QStringLiteral("bash"), {QStringLiteral("-c"), script}).split(u'\n', Qt::SkipEmptyParts);
        offers.sort();
        return offers;
    }

private Q_SLOTS:
    void initTestCase()
    {
        std::vector<Command> commands = statusCommands();
        for (Command &command : helpCommands())
            commands.push_back(std::move(command));
        Command demo;
        demo.name = QStringLiteral("demo up");
        demo.summary = QStringLiteral("Start it: [all]");
        demo.options = {{QStringLiteral("dir"), QStringLiteral("DIR"), QStringLiteral("the demo's folder")},
                        {QStringLiteral("layout"),
                         QStringLiteral("L"),
                         QStringLiteral("layout"),
                         {},
                         {QStringLiteral("schema"), QStringLiteral("rows")}},
                        {QStringLiteral("purge"), {}, QStringLiteral("all: [really] all")}};
        commands.push_back(demo);
        demo.name = QStringLiteral("demo down");
        demo.arguments = {{QStringLiteral("FILE"), QStringLiteral("file"), true, true}};
        commands.push_back(demo);
        write(QStringLiteral("bash.sh"), bashCompletion(commands));
        write(QStringLiteral("_shardhelmctl"), zshCompletion(commands));
        write(QStringLiteral("a file.toml"), {});
        QVERIFY(QDir(m_folder.path()).mkdir(QStringLiteral("a folder")));
    }

    void bashOffers_data()
    {
        QTest::addColumn<QStringList>("typed");
        QTest::addColumn<QStringList>("offers");
        const auto row = [](const char *name, const QStringList &typed, const QStringList &offers) {
            QTest::newRow(name) << typed << offers;
        };
        const auto s = [](const char *text) { return QString::fromUtf8(text); };
        row("commands", {s("ma")}, {s("man"), s("map")});
        row("second words", {s("demo"), s("")}, {s("down"), s("up")});
        row("no more words", {s("demo"), s("up"), s("")}, {});
        row("after a common option", {s("--format"), s("json"), s("st")}, {s("status")});
        row("after one with =", {s("--format"), s("="), s("json"), s("st")}, {s("status")});
        row("own options", {s("demo"), s("up"), s("--la")}, {s("--layout=")});
        row("own and common options", {s("status"), s("--w")}, {s("--watch")});
        row("another's options are not offered", {s("map"), s("--w")}, {});
        row("choices", {s("demo"), s("up"), s("--layout"), s("")}, {s("rows"), s("schema")});
        row("choices after =", {s("demo"), s("up"), s("--layout"), s("="), s("r")}, {s("rows")});
        row("choices right after =", {s("demo"), s("up"), s("--layout"), s("=")}, {s("rows"), s("schema")});
        row("choices of a common option", {s("map"), s("--format"), s("t")}, {s("table"), s("tsv")});
        row("choices of an argument", {s("completion"), s("")}, {s("bash"), s("zsh")});
        row("files", {s("map"), s("--cluster"), s("a f")}, {s("a file.toml"), s("a folder")});
        row("folders", {s("demo"), s("up"), s("--dir"), s("a")}, {s("a folder")});
        row("files as arguments", {s("demo"), s("down"), s("a fi")}, {s("a file.toml")});
        row("an option's value is no command", {s("--cluster"), s("demo"), s("u")}, {});
    }

    void bashOffers()
    {
        QFETCH(QStringList, typed);
        QFETCH(QStringList, offers);
        QCOMPARE(bash(typed), offers);
    }

    void bashRegistersTheCommand()
    {
        QCOMPARE(output(QStringLiteral("bash"),
                        {QStringLiteral("-c"), QStringLiteral("source ./bash.sh; complete -p shardhelmctl")})
                     .trimmed(),
                 QStringLiteral("complete -F _shardhelmctl shardhelmctl"));
    }

    void zshCompletes_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("completed");
        QTest::newRow("command") << QStringLiteral("shardhelmctl stat") << QStringLiteral("shardhelmctl status ");
        QTest::newRow("second word") << QStringLiteral("shardhelmctl demo d")
                                     << QStringLiteral("shardhelmctl demo down ");
        QTest::newRow("option") << QStringLiteral("shardhelmctl demo up --la")
                                << QStringLiteral("shardhelmctl demo up --layout=");
        QTest::newRow("choice") << QStringLiteral("shardhelmctl demo up --layout=r")
                                << QStringLiteral("shardhelmctl demo up --layout=rows ");
        QTest::newRow("common option first")
            << QStringLiteral("shardhelmctl --quiet stat") << QStringLiteral("shardhelmctl --quiet status ");
        QTest::newRow("argument") << QStringLiteral("shardhelmctl completion z")
                                  << QStringLiteral("shardhelmctl completion zsh ");
    }

    /// A real zsh on a pseudo terminal completes the line and prints it.
    void zshCompletes()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("zsh")).isEmpty())
            QSKIP("zsh is not installed");
        QFETCH(QString, line);
        QFETCH(QString, completed);
        write(QStringLiteral("drive.zsh"),
              QStringLiteral("zmodload zsh/zpty\n"
                             "zpty shell \"TERM=dumb PS1= zsh -f -i\"\n"
                             "zpty -w shell 'unsetopt zle_bracketed_paste 2>/dev/null; fpath=($PWD $fpath)'\n"
                             "zpty -w shell 'autoload -Uz compinit; compinit -u -D; setopt no_beep'\n"
                             "zpty -w shell 'report() { print -r -- \"<<$BUFFER>>\"; }; zle -N report'\n"
                             "zpty -w shell 'bindkey \"^I\" complete-word; bindkey \"^X\" report'\n"
                             "zpty -w shell 'print rea\"\"dy'\n"
                             "zpty -r shell output '*ready*'\n"
                             "zpty -w -n shell \"$1\"$'\\t\\x18'\n"
                             "zpty -r shell output '*<<*>>*'\n"
                             "output=${output##*<<}; print -rn -- \"${output%%>>*}\"\n"
                             "zpty -d shell\n"));
        QCOMPARE(output(QStringLiteral("zsh"), {QStringLiteral("-f"), QStringLiteral("drive.zsh"), line}), completed);
    }
};

QTEST_GUILESS_MAIN(TestCompletion)
#include "tst_completion.moc"
