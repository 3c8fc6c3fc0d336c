// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testfleet.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace shardhelm::test;

namespace {

QStringList words(const char *text)
{
    return QString::fromUtf8(text).split(u' ');
}

} // namespace

/// `watch`, `alerts` and `journal` of the real program on a real fleet.
class TestWatch : public QObject
{
    Q_OBJECT

private:
    struct Outcome
    {
        int code = -1;
        QByteArray out;
        QByteArray err;

        [[nodiscard]] QJsonArray data() const
        {
            return QJsonDocument::fromJson(out).object().value(QLatin1StringView("data")).toArray();
        }
    };

    QTemporaryDir m_state;
    const QString m_clusterFile = m_state.filePath(QStringLiteral("cluster.toml"));
    std::unique_ptr<TestFleet> m_fleet;

    [[nodiscard]] Outcome run(const QStringList &arguments) const
    {
        QProcess process;
        process.start(QStringLiteral(SHARDHELMCTL),
                      arguments + QStringList{QStringLiteral("--cluster"), m_clusterFile});
        if (!process.waitForFinished(180000) || process.exitStatus() != QProcess::NormalExit)
            return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

    [[nodiscard]] QStringList alertNames() const
    {
        QStringList names;
        for (const QJsonValue &row : run(words("alerts list --format=json")).data())
            names << row.toObject().value(QLatin1StringView("alert")).toString();
        return names;
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("XDG_STATE_HOME", QFile::encodeName(m_state.path()));
        m_fleet = std::make_unique<TestFleet>();
        // Figures of a loaded machine are not what this is about.
        shardhelm::cluster::ClusterFile file = m_fleet->file;
        file.alerts = {{QStringLiteral("down"), 1}};
        QFile written(m_clusterFile);
        QVERIFY(written.open(QIODevice::WriteOnly));
        written.write(shardhelm::cluster::clusterFileText(file).toUtf8());
    }

    /// One look for cron, through the life of an alert.
    void once()
    {
        const QStringList once = words("watch --once --timeout=5");
        const Outcome healthy = run(once);
        QVERIFY2(healthy.code == 0, healthy.err.constData());
        QVERIFY(healthy.out.isEmpty());
        QCOMPARE(run(once + words("--format=json")).data(), QJsonArray());

        m_fleet->two.signal(SIGSTOP);
        Outcome broken = run(once + words("--format=json"));
        QCOMPARE(broken.code, 5);
        QCOMPARE(broken.data().size(), 1);
        QJsonObject alert = broken.data().at(0).toObject();
        QCOMPARE(alert.value(QLatin1StringView("alert")).toString(), QStringLiteral("down@two"));
        QCOMPARE(alert.value(QLatin1StringView("severity")).toString(), QStringLiteral("critical"));
        QCOMPARE(alert.value(QLatin1StringView("state")).toString(), QStringLiteral("raised"));
        QVERIFY(run(once).out.contains("down@two"));
        QCOMPARE(alertNames(), QStringList{QStringLiteral("down@two")});

        QCOMPARE(run(words("alerts ack down@one --reason=x")).code, 2);
        QCOMPARE(run(words("alerts ack down@two")).code, 2); // without a reason
        QCOMPARE(run(words("alerts ack down@two --reason=looking")).code, 0);
        alert = run(once + words("--format=json")).data().at(0).toObject();
        QCOMPARE(alert.value(QLatin1StringView("state")).toString(), QStringLiteral("acknowledged"));
        QCOMPARE(alert.value(QLatin1StringView("reason")).toString(), QStringLiteral("looking"));
        QCOMPARE(run(once).code, 5);

        QCOMPARE(run(words("alerts mute nonsense@two --reason=x")).code, 2);
        QCOMPARE(run(words("alerts mute @two --reason=x --for=soon")).code, 2);
        QCOMPARE(run(words("alerts mute @two --reason=rollout --for=1h")).code, 0);
        QCOMPARE(run(once).code, 3); // nobody is to be woken, but a server is missing
        QCOMPARE(run(once + words("--strict")).code, 1);
        QCOMPARE(run(words("alerts unmute down@two")).code, 2); // that is not what was muted
        QCOMPARE(run(words("alerts unmute @two")).code, 0);
        QCOMPARE(run(once).code, 5);

        m_fleet->two.signal(SIGCONT);
        QCOMPARE(run(once).code, 0);
        QCOMPARE(alertNames(), QStringList());
    }

    void journal()
    {
        const QJsonArray entries = run(words("journal --kind=alert --format=json")).data();
        QStringList kinds;
        for (const QJsonValue &entry : entries)
            kinds << entry.toObject().value(QLatin1StringView("what")).toString();
        QCOMPARE(kinds.first(), QStringLiteral("alert cleared"));
        QCOMPARE(kinds.last(), QStringLiteral("alert raised"));
        QCOMPARE(kinds.count(QStringLiteral("alert raised")), 1);
        QVERIFY(kinds.contains(QStringLiteral("alert acknowledged")) && kinds.contains(QStringLiteral("alert muted")));
        QCOMPARE(run(words("journal --kind=alert --instance=two --format=json")).data().size(), entries.size());
        QCOMPARE(run(words("journal --kind=alert --instance=one --format=json")).data().size(), 0);
        QCOMPARE(run(words("journal --kind=alert --since=1h --format=json")).data().size(), entries.size());
        QCOMPARE(run(words("journal --kind=alert --until=1h --format=json")).data().size(), 0);
        QCOMPARE(run(words("journal --limit=2 --format=json")).data().size(), 2);
        QCOMPARE(run(words("journal --since=yesterday")).code, 2);
        QVERIFY(run(words("journal --kind=alert")).out.contains("alert acknowledged"));
        QVERIFY(run(words("journal --format=csv")).out.startsWith("id,at,who,host,what,detail"));
    }

    void endsCleanly_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("SIGINT") << SIGINT;
        QTest::newRow("SIGTERM") << SIGTERM;
    }

    /// Without a window: events as they come, until it is told to end.
    void endsCleanly()
    {
        QFETCH(int, signal);
        QProcess process;
        process.start(QStringLiteral(SHARDHELMCTL),
                      words("watch --interval=0.5 --timeout=2 --format=json --cluster") + QStringList{m_clusterFile});
        QVERIFY(process.waitForStarted());
        QByteArray err;
        const auto isWatching = [&] {
            err += process.readAllStandardError();
            return err.contains("Watching");
        };
        QTRY_VERIFY_WITH_TIMEOUT(isWatching(), 60000);
        m_fleet->two.signal(SIGSTOP);
        QByteArray out;
        const auto sees = [&](const QByteArray &text) {
            out += process.readAllStandardOutput();
            return out.contains(text);
        };
        QTRY_VERIFY_WITH_TIMEOUT(sees("\"event\":\"raised\""), 60000);
        const QJsonObject line = QJsonDocument::fromJson(out.left(out.indexOf('\n'))).object();
        QCOMPARE(line.value(QLatin1StringView("version")).toInt(), 1);
        QCOMPARE(line.value(QLatin1StringView("data")).toObject().value(QLatin1StringView("alert")).toString(),
                 QStringLiteral("down@two"));
        m_fleet->two.signal(SIGCONT);
        QTRY_VERIFY_WITH_TIMEOUT(sees("\"event\":\"cleared\""), 60000);
        ::kill(static_cast<pid_t>(process.processId()), signal);
        QVERIFY(process.waitForFinished(60000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 0);
    }

    void refusesBadFiles()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("bad.toml"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[cluster]\nname = \"x\"\n[directory]\nconninfo = \"dbname=x\"\n[alerts.down]\nrunbok = \"y\"\n");
        file.close();
        QProcess process;
        process.start(QStringLiteral(SHARDHELMCTL), {QStringLiteral("watch"), QStringLiteral("--cluster"), path});
        QVERIFY(process.waitForFinished(60000));
        QCOMPARE(process.exitCode(), 2);
        QVERIFY(process.readAllStandardError().contains("alerts.down.runbok"));
    }
};

QTEST_GUILESS_MAIN(TestWatch)
#include "tst_watch.moc"
