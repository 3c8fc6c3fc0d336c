// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

/// The program as a shell sees it, without any server.
class TestCtl : public QObject
{
    Q_OBJECT

private:
    struct Outcome
    {
        int code = -1;
        QByteArray out;
        QByteArray err;
    };

    static Outcome run(const QStringList &arguments, const QStringList &environment = {})
    {
        QProcess process;
        // No display, no home, no locale: nothing that a service or a rescue shell would lack.
        process.setEnvironment(environment);
        process.start(QStringLiteral(SHARDHELMCTL), arguments);
        if (!process.waitForFinished(120000) || process.exitStatus() != QProcess::NormalExit)
            return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

private Q_SLOTS:
    void versionAndHelpNeedNothing_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("begin");
        QTest::newRow("version") << QStringList{QStringLiteral("--version")} << QByteArray("shardhelmctl ");
        QTest::newRow("help") << QStringList{QStringLiteral("--help")} << QByteArray("Usage: shardhelmctl");
        QTest::newRow("help of a command") << QStringList{QStringLiteral("status"), QStringLiteral("--help")}
                                           << QByteArray("Usage: shardhelmctl status");
        QTest::newRow("help command") << QStringList{QStringLiteral("help"), QStringLiteral("map")}
                                      << QByteArray("Usage: shardhelmctl map");
        QTest::newRow("completion") << QStringList{QStringLiteral("completion"), QStringLiteral("bash")}
                                    << QByteArray("# Completion of shardhelmctl");
    }

    void versionAndHelpNeedNothing()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, begin);
        const Outcome outcome = run(arguments);
        QCOMPARE(outcome.code, 0);
        QVERIFY2(outcome.out.startsWith(begin), outcome.out.left(200).constData());
        QCOMPARE(outcome.err, QByteArray());
    }

    void wrongUsageIsTwoAndOneSentence_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("sentence");
        QTest::newRow("nothing") << QStringList() << QByteArray("No command was given.");
        QTest::newRow("unknown") << QStringList{QStringLiteral("stauts")} << QByteArray("Did you mean status?");
        QTest::newRow("value") << QStringList{QStringLiteral("status"), QStringLiteral("--timeout=soon"),
                                              QStringLiteral("--cluster=/dev/null")}
                               << QByteArray("--timeout");
        QTest::newRow("help of nothing") << QStringList{QStringLiteral("help"), QStringLiteral("nonsense")}
                                         << QByteArray("nonsense");
    }

    void wrongUsageIsTwoAndOneSentence()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, sentence);
        const Outcome outcome = run(arguments);
        QCOMPARE(outcome.code, 2);
        QCOMPARE(outcome.out, QByteArray());
        QVERIFY2(outcome.err.contains(sentence), outcome.err.constData());
    }

    void aMissingClusterFileIsNamed()
    {
        const QString path = QStringLiteral("/nonexistent/fleet.toml");
        for (const Outcome &outcome :
             {run({QStringLiteral("status"), QStringLiteral("--cluster"), path}),
              run({QStringLiteral("status")}, {QStringLiteral("SHARDHELM_CLUSTER=") + path})}) {
            QCOMPARE(outcome.code, 2);
            QCOMPARE(outcome.out, QByteArray());
            QVERIFY2(outcome.err.contains(path.toUtf8()), outcome.err.constData());
        }
    }

    void aFullDiskBehindStdoutIsAFailure()
    {
        if (!QFile::exists(QStringLiteral("/dev/full")))
            QSKIP("there is no /dev/full here");
        QProcess process;
        process.setStandardOutputFile(QStringLiteral("/dev/full"));
        process.start(QStringLiteral(SHARDHELMCTL), {QStringLiteral("--help")});
        QVERIFY(process.waitForFinished(120000));
        QCOMPARE(process.exitCode(), 1);
        QVERIFY(process.readAllStandardError().contains("could not be written"));
    }

    void theManualPageIsWellFormed()
    {
        const Outcome page = run({QStringLiteral("man")});
        QCOMPARE(page.code, 0);
        QVERIFY(page.out.startsWith(".TH SHARDHELMCTL 1"));
        QVERIFY(page.out.contains("\\-\\-cluster"));
        const QString man = QStandardPaths::findExecutable(QStringLiteral("man"));
        if (man.isEmpty())
            QSKIP("man is not installed");
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("shardhelmctl.1")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.write(page.out) == page.out.size());
        file.close();
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("MANWIDTH"), QStringLiteral("80"));
        environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
        process.setProcessEnvironment(environment);
        process.start(man, {QStringLiteral("--warnings"), QStringLiteral("-l"), file.fileName()});
        QVERIFY(process.waitForFinished(120000));
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(process.readAllStandardError(), QByteArray());
        QVERIFY(process.readAllStandardOutput().contains("EXIT STATUS"));
    }
};

QTEST_GUILESS_MAIN(TestCtl)
#include "tst_ctl.moc"
