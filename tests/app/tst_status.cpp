// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/directory.h"
#include "support/testcluster.h"
#include "support/testfleet.h"

#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <map>

using namespace shardhelm::test;

/// `status` and `map` of the real program on a real fleet, whole and with servers hung and dead.
class TestStatus : public QObject
{
    Q_OBJECT

private:
    struct Outcome
    {
        int code = -1;
        QByteArray out;
        QByteArray err;
        qint64 milliseconds = 0;

        [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
    };

    const QTemporaryDir m_data;
    std::unique_ptr<TestFleet> m_fleet;

    [[nodiscard]] Outcome run(const QStringList &arguments) const
    {
        QElapsedTimer timer;
        timer.start();
        QProcess process;
        process.start(QStringLiteral(SHARDHELMCTL),
                      arguments + QStringList{QStringLiteral("--cluster"), m_fleet->clusterFilePath()});
        if (!process.waitForFinished(180000) || process.exitStatus() != QProcess::NormalExit)
            return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError(), timer.elapsed()};
    }

    static QJsonObject server(const QJsonObject &document, const char *name)
    {
        for (const QJsonValue &row : document.value(QLatin1StringView("data")).toArray()) {
            if (row.toObject().value(QLatin1StringView("name")).toString() == QLatin1StringView(name))
                return row.toObject();
        }
        return {};
    }

private Q_SLOTS:
    void initTestCase()
    {
        // No copies of directories of earlier runs.
        QVERIFY(m_data.isValid());
        qputenv("XDG_DATA_HOME", m_data.path().toUtf8());
        m_fleet = std::make_unique<TestFleet>();
    }
    void cleanupTestCase() { m_fleet.reset(); }

    void statusListsEveryServer()
    {
        const Outcome outcome = run({QStringLiteral("status"), QStringLiteral("--format=json")});
        QCOMPARE(outcome.code, 0);
        const QJsonObject document = outcome.json();
        QCOMPARE(document.value(QLatin1StringView("version")).toInt(), 1);
        QCOMPARE(document.value(QLatin1StringView("complete")).toBool(), true);
        QCOMPARE(QJsonDocument(document.value(QLatin1StringView("warnings")).toArray()).toJson(), "[\n]\n");
        QCOMPARE(document.value(QLatin1StringView("data")).toArray().size(), 4);
        for (const char *name : {"one", "one/1", "two", "directory"}) {
            const QJsonObject row = server(document, name);
            QVERIFY2(row.value(QLatin1StringView("state")).toString() == QLatin1StringView("healthy"), name);
            QVERIFY2(row.value(QLatin1StringView("version")).toString().startsWith(QLatin1StringView("15.")), name);
            QVERIFY2(row.value(QLatin1StringView("connections")).toInt() > 0, name);
            QVERIFY2(row.value(QLatin1StringView("max_connections")).toInt() > 0, name);
            QVERIFY2(row.value(QLatin1StringView("size_bytes")).toInteger() > 0, name);
            QVERIFY2(row.value(QLatin1StringView("tps")).isDouble(), name);
            QVERIFY2(row.value(QLatin1StringView("reason")).isNull(), name);
        }
        QCOMPARE(server(document, "one").value(QLatin1StringView("zone")).toString(), QStringLiteral("north"));
        QVERIFY(server(document, "two").value(QLatin1StringView("zone")).isNull());
        QCOMPARE(server(document, "one/1").value(QLatin1StringView("role")).toString(), QStringLiteral("replica"));
        QVERIFY(server(document, "one/1").value(QLatin1StringView("lag_bytes")).isDouble());
        QVERIFY(server(document, "two").value(QLatin1StringView("lag_bytes")).isNull());
    }

    void otherFormatsHoldTheSame()
    {
        const Outcome csv = run({QStringLiteral("status"), QStringLiteral("--format=csv")});
        QCOMPARE(csv.code, 0);
        QVERIFY(csv.out.startsWith("name,instance,role,state,reason,"));
        QCOMPARE(csv.out.count("\r\n"), 5);
        const Outcome table = run({QStringLiteral("status")});
        QCOMPARE(table.code, 0);
        QVERIFY(table.out.startsWith("NAME"));
        QVERIFY(table.out.contains("one/1"));
        QCOMPARE(table.err, QByteArray());
    }

    void marksExactlyTheHungAndTheDead()
    {
        m_fleet->directory.run(
            "INSERT INTO shardhelm.instance (name, conninfo) VALUES ('three', "
            + shardhelm::pg::Connection::literal(QStringLiteral("host=127.0.0.1 port=1 dbname=postgres user=postgres"))
            + ")");
        m_fleet->two.signal(SIGSTOP);
        const Outcome outcome =
            run({QStringLiteral("status"), QStringLiteral("--format=json"), QStringLiteral("--timeout=10")});
        m_fleet->two.signal(SIGCONT);
        QCOMPARE(outcome.code, 3);
        QVERIFY2(outcome.milliseconds < 60000, qPrintable(QString::number(outcome.milliseconds)));
        const QJsonObject document = outcome.json();
        QCOMPARE(document.value(QLatin1StringView("complete")).toBool(true), false);
        for (const char *name : {"two", "three"}) {
            const QJsonObject row = server(document, name);
            QCOMPARE(row.value(QLatin1StringView("state")).toString(), QStringLiteral("down"));
            QVERIFY(row.value(QLatin1StringView("reason")).toString().contains(QLatin1StringView(name)));
            QVERIFY(row.value(QLatin1StringView("connections")).isNull());
            QVERIFY(row.value(QLatin1StringView("size_bytes")).isNull());
        }
        for (const char *name : {"one", "one/1", "directory"}) {
            const QJsonObject row = server(document, name);
            // On a busy machine the one that is left may stand out by its processor load.
            const QString state = row.value(QLatin1StringView("state")).toString();
            QVERIFY2(state == QLatin1StringView("healthy") || state == QLatin1StringView("degraded"), name);
        }

        m_fleet->two.signal(SIGSTOP);
        const Outcome strict =
            run({QStringLiteral("status"), QStringLiteral("--strict"), QStringLiteral("--timeout=1")});
        m_fleet->two.signal(SIGCONT);
        QCOMPARE(strict.code, 1);
        m_fleet->directory.run("DELETE FROM shardhelm.instance WHERE name = 'three'");
    }

    void watchingStreamsOneObjectPerLineUntilInterrupted()
    {
        QProcess process;
        process.start(QStringLiteral(SHARDHELMCTL),
                      {QStringLiteral("status"), QStringLiteral("--watch=0.3"), QStringLiteral("--format=json"),
                       QStringLiteral("--cluster"), m_fleet->clusterFilePath()});
        QByteArray out;
        QTRY_VERIFY_WITH_TIMEOUT((out += process.readAllStandardOutput()).count('\n') >= 3, 20000);
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(120000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 0);
        out += process.readAllStandardOutput();
        QVERIFY(out.endsWith('\n'));
        QVERIFY2(process.readAllStandardError().isEmpty(), "it has nothing to say");
        for (const QByteArray &line : out.trimmed().split('\n')) {
            const QJsonObject document = QJsonDocument::fromJson(line).object();
            QCOMPARE(document.value(QLatin1StringView("data")).toArray().size(), 4);
            QVERIFY(document.value(QLatin1StringView("complete")).toBool());
        }
    }

    void anInterruptEndsAHangingStatusAtOnce()
    {
        m_fleet->directory.signal(SIGSTOP);
        QProcess process;
        process.start(QStringLiteral(SHARDHELMCTL),
                      {QStringLiteral("status"), QStringLiteral("--timeout=600"), QStringLiteral("--cluster"),
                       m_fleet->clusterFilePath()});
        QVERIFY(process.waitForStarted(120000));
        // It hangs in the connection attempt as soon as its socket is open.
        const QString sockets = QStringLiteral("/proc/%1/fd").arg(process.processId());
        QTRY_VERIFY(QDir(sockets).exists() && [&] {
            for (const QFileInfo &entry : QDir(sockets).entryInfoList(QDir::System | QDir::Files)) {
                if (entry.symLinkTarget().contains(QLatin1StringView("socket:")))
                    return true;
            }
            return false;
        }());
        QElapsedTimer timer;
        timer.start();
        ::kill(static_cast<pid_t>(process.processId()), SIGTERM);
        const bool ended = process.waitForFinished(120000);
        const qint64 took = timer.elapsed();
        m_fleet->directory.signal(SIGCONT);
        QVERIFY(ended);
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 1);
        QVERIFY2(took < 120000, qPrintable(QString::number(took)));
        QVERIFY(process.readAllStandardError().contains("cancelled"));
    }

    void mapShowsEveryLogicalShard()
    {
        const Outcome outcome = run({QStringLiteral("map"), QStringLiteral("--format=json")});
        QCOMPARE(outcome.code, 0);
        const QJsonArray data = outcome.json().value(QLatin1StringView("data")).toArray();
        QCOMPARE(data.size(), 8);
        qint64 total = 0;
        for (int id = 0; id < 8; ++id) {
            const QJsonObject row = data.at(id).toObject();
            QCOMPARE(row.value(QLatin1StringView("id")).toInt(-1), id);
            QCOMPARE(row.value(QLatin1StringView("instance")).toString(),
                     id % 2 == 0 ? QStringLiteral("one") : QStringLiteral("two"));
            QCOMPARE(row.value(QLatin1StringView("state")).toString(), QStringLiteral("active"));
            QVERIFY(row.value(QLatin1StringView("epoch")).isDouble());
            QCOMPARE(row.value(QLatin1StringView("size_source")).toString(), QStringLiteral("estimate"));
            total += row.value(QLatin1StringView("size_bytes")).toInteger();
        }
        // Every row belongs to a shard of its instance: the parts make the whole.
        qint64 tables = 0;
        for (const TestServer *instance : {&m_fleet->one, &m_fleet->two})
            tables += instance->run("SELECT pg_total_relation_size('app.users')").integer(0, 0);
        QVERIFY2(std::abs(total - tables) <= 8, qPrintable(QStringLiteral("%1 of %2").arg(total).arg(tables)));
    }

    void mapWithoutAnInstanceIsPartial()
    {
        m_fleet->two.signal(SIGSTOP);
        const Outcome outcome =
            run({QStringLiteral("map"), QStringLiteral("--format=json"), QStringLiteral("--timeout=10")});
        m_fleet->two.signal(SIGCONT);
        QCOMPARE(outcome.code, 3);
        const QJsonObject document = outcome.json();
        QVERIFY(!document.value(QLatin1StringView("complete")).toBool(true));
        QVERIFY(document.value(QLatin1StringView("warnings"))
                    .toArray()
                    .at(0)
                    .toString()
                    .startsWith(QLatin1StringView("two:")));
        for (const QJsonValue &row : document.value(QLatin1StringView("data")).toArray()) {
            const bool there = row.toObject().value(QLatin1StringView("instance")) == QLatin1StringView("one");
            QCOMPARE(row.toObject().value(QLatin1StringView("size_bytes")).isDouble(), there);
        }
    }

    void anUnreachableDirectoryIsOneClearSentence()
    {
        m_fleet->directory.signal(SIGKILL);
        QTRY_VERIFY(m_fleet->directory.server().pid() == 0);
        for (const char *command : {"status", "map"}) {
            const Outcome outcome = run({QString::fromLatin1(command), QStringLiteral("--format=json")});
            QCOMPARE(outcome.code, 1);
            QCOMPARE(outcome.out, QByteArray());
            QVERIFY2(outcome.err.contains("directory"), outcome.err.constData());
        }
        QVERIFY(m_fleet->directory.server().start(shardhelm::Wait::forDuration(shardhelm::Milliseconds(60000))));
    }

    void anUnreachableDirectoryWithACopy()
    {
        using namespace shardhelm;
        auto directory = cluster::Directory::open(m_fleet->file, QStringLiteral("test"), soon());
        QVERIFY2(directory, qPrintable(directory ? QString() : shown(directory.error())));
        directory->keepCopy(soon());
        QVERIFY(!directory->copyError());
        directory->connection().close();
        // One that was cut short leaves the one before it.
        const QDir copies(directory->copyFolder());
        QFile broken(copies.filePath(QStringLiteral("9999-01-01T00-00-00-000-epoch-9.json")));
        QVERIFY(broken.open(QIODevice::WriteOnly) && broken.write("{") == 1);
        broken.close();
        const QString copy = copies.filePath(copies.entryList(QDir::Files, QDir::Name).first());
        m_fleet->directory.signal(SIGKILL);
        QTRY_VERIFY(m_fleet->directory.server().pid() == 0);

        const QStringList json{QStringLiteral("--format=json"), QStringLiteral("--timeout=20")};
        const std::map<QString, qsizetype> commands{
            {QStringLiteral("status"), 4}, {QStringLiteral("map"), 8}, {QStringLiteral("locate 7"), 1}};
        for (const auto &[command, rows] : commands) {
            const Outcome outcome = run(command.split(u' ') + json);
            QVERIFY2(outcome.code == 3, outcome.err.constData());
            const QJsonObject document = outcome.json();
            QCOMPARE(document.value(QLatin1StringView("complete")).toBool(true), false);
            QCOMPARE(document.value(QLatin1StringView("data")).toArray().size(), rows);
            const QString warning = document.value(QLatin1StringView("warnings")).toArray().at(0).toString();
            QVERIFY2(warning.contains(copy) && warning.contains(QLatin1StringView("old")), qPrintable(warning));
            QCOMPARE(run(command.split(u' ') + json + QStringList{QStringLiteral("--strict")}).code, 1);
        }
        const QJsonObject status = run(QStringList{QStringLiteral("status")} + json).json();
        QCOMPARE(server(status, "one").value(QLatin1StringView("state")).toString(), QStringLiteral("healthy"));
        QCOMPARE(server(status, "directory").value(QLatin1StringView("state")).toString(), QStringLiteral("down"));
        const QJsonObject shard = run(QStringList{QStringLiteral("map")} + json)
                                      .json()
                                      .value(QLatin1StringView("data"))
                                      .toArray()
                                      .at(0)
                                      .toObject();
        QCOMPARE(shard.value(QLatin1StringView("instance")).toString(), QStringLiteral("one"));
        QVERIFY(shard.value(QLatin1StringView("size_bytes")).isDouble());
        const Outcome table = run({QStringLiteral("status"), QStringLiteral("--timeout=20")});
        QCOMPARE(table.code, 3);
        QVERIFY2(QString::fromUtf8(table.err).contains(copy), table.err.constData());
        QVERIFY(m_fleet->directory.server().start(Wait::forDuration(Milliseconds(60000))));
    }
};

QTEST_GUILESS_MAIN(TestStatus)
#include "tst_status.moc"
