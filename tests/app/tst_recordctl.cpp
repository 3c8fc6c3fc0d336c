// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/recording/playback.h"
#include "monitor/recording/sessionfacts.h"
#include "support/testfleet.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <csignal>
#include <thread>

using namespace shardhelm;
using namespace shardhelm::monitor::recording;
using namespace shardhelm::test;

namespace {

/// Sessions that wait for a table of an instance until they are let go.
class LockPile
{
public:
    LockPile(const TestServer &server, int waiting)
        : m_holder(server.connect())
    {
        if (!m_holder.run("BEGIN; LOCK TABLE app.users IN ACCESS EXCLUSIVE MODE", soon()))
            qFatal("no lock");
        for (int i = 0; i < waiting; ++i) {
            m_waiting.emplace_back([&server](const std::stop_token &stop) {
                pg::Connection connection = server.connect();
                (void)connection.run("SELECT count(*) FROM app.users WHERE tenant_id = 815471100 AND 'hunter2' <> ''",
                                     Wait::forDuration(std::chrono::minutes(3), stop));
            });
        }
    }
    ~LockPile()
    {
        (void)m_holder.run("ROLLBACK", soon());
        for (std::jthread &thread : m_waiting)
            thread.request_stop();
    }
    LockPile(const LockPile &) = delete;
    LockPile &operator=(const LockPile &) = delete;

private:
    pg::Connection m_holder;
    std::vector<std::jthread> m_waiting;
};

} // namespace

/// record, replay, marker and report of the real program: an incident on a real fleet, from the first sample to the
/// report.
class TestRecordCtl : public QObject
{
    Q_OBJECT

private:
    struct Outcome
    {
        int code = -1;
        QByteArray out;
        QByteArray err;

        [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
        [[nodiscard]] QJsonObject row(int index = 0) const
        {
            return json().value(QLatin1StringView("data")).toArray().at(index).toObject();
        }
    };

    const QTemporaryDir m_folder;
    std::unique_ptr<TestFleet> m_fleet;
    QString m_cluster;
    QString m_recording;
    qint64 m_killedAt = 0;

    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }

    [[nodiscard]] Outcome run(const QStringList &arguments) const
    {
        QProcess process;
        process.start(QStringLiteral(SHARDHELMCTL), arguments + QStringList{QStringLiteral("--cluster"), m_cluster});
        if (!process.waitForFinished(120000) || process.exitStatus() != QProcess::NormalExit)
            return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

    [[nodiscard]] Outcome runJson(const QStringList &arguments) const
    {
        return run(arguments + QStringList(QStringLiteral("--format=json")));
    }

    void startRecording(QProcess &process, const QString &file) const
    {
        process.start(
            QStringLiteral(SHARDHELMCTL),
            {QStringLiteral("record"), file, QStringLiteral("--cluster"), m_cluster, QStringLiteral("--format=json")});
        QVERIFY(process.waitForStarted());
    }

    /// The newest recorded sample of a server.
    static std::optional<monitor::ServerSample> recorded(const QString &file, const QString &server)
    {
        auto playback = Playback::open(file);
        if (!playback)
            return std::nullopt;
        const auto span = playback->reader().span();
        const auto fleet = span ? playback->seek(span->to + 1000) : Result<monitor::FleetSample>(Failure(span.error()));
        const monitor::ServerSample *sample = fleet ? fleet->server(server) : nullptr;
        return sample ? std::optional(*sample) : std::nullopt;
    }

    static monitor::State state(const QString &file, const QString &server)
    {
        const auto sample = recorded(file, server);
        return sample ? sample->state : monitor::State::Unknown;
    }

    static QJsonObject server(const Outcome &outcome, const char *name)
    {
        const QJsonArray rows = outcome.json().value(QLatin1StringView("data")).toArray();
        for (const QJsonValue &row : rows) {
            if (row.toObject().value(QLatin1StringView("name")).toString() == QLatin1StringView(name))
                return row.toObject();
        }
        return {};
    }

    static QString moment(qint64 ms) { return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs); }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        qputenv("XDG_STATE_HOME", path(QStringLiteral("state")).toUtf8());
        qputenv("XDG_DATA_HOME", path(QStringLiteral("data")).toUtf8());
        m_fleet = std::make_unique<TestFleet>();
        cluster::ClusterFile file = m_fleet->file;
        file.monitor.interval = std::chrono::milliseconds(500);
        file.monitor.timeout = std::chrono::milliseconds(2000);
        file.alerts[QStringLiteral("blocked_sessions")] = 4;
        m_cluster = path(QStringLiteral("cluster.toml"));
        QFile text(m_cluster);
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write(cluster::clusterFileText(file).toUtf8());
        text.close();
        m_recording = path(QStringLiteral("incident.shardhelm"));
    }

    void cleanupTestCase() { m_fleet.reset(); }

    void recordsAnIncident()
    {
        QProcess process;
        startRecording(process, m_recording);
        QTRY_COMPARE_WITH_TIMEOUT(state(m_recording, QStringLiteral("one")), monitor::State::Healthy, 60000);
        QTRY_COMPARE_WITH_TIMEOUT(state(m_recording, QStringLiteral("two")), monitor::State::Healthy, 60000);

        const Outcome marker = runJson({QStringLiteral("marker"), QStringLiteral("deploy 42 <b>")});
        QCOMPARE(marker.code, 0);
        QCOMPARE(marker.row().value(QLatin1StringView("place")).toString(), QStringLiteral("journal"));

        {
            const LockPile pile(m_fleet->two, 6);
            QTRY_COMPARE_WITH_TIMEOUT(state(m_recording, QStringLiteral("two")), monitor::State::Degraded, 60000);
            const auto waiting = [this] {
                auto reader = RecordingReader::open(m_recording);
                const auto facts = reader ? reader->facts(sessionsKind(), {0, QDateTime::currentMSecsSinceEpoch()})
                                          : Result<std::vector<Fact>>(Failure(reader.error()));
                if (!facts || facts->empty())
                    return 0;
                const monitor::SessionList list = sessionsOf(facts->back().server, facts->back().content);
                return static_cast<int>(std::ranges::count_if(list.sessions, &monitor::Session::isWaiting));
            };
            QTRY_VERIFY_WITH_TIMEOUT(waiting() >= 4, 60000);
        }

        m_killedAt = QDateTime::currentMSecsSinceEpoch();
        m_fleet->one.signal(SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(state(m_recording, QStringLiteral("one")), monitor::State::Down, 60000);

        process.terminate();
        QVERIFY(process.waitForFinished(60000));
        QCOMPARE(process.exitCode(), 0);
        const QJsonObject row = Outcome{0, process.readAllStandardOutput(), {}}.row();
        QCOMPARE(row.value(QLatin1StringView("cluster")).toString(), QStringLiteral("fleet"));
        QCOMPARE(row.value(QLatin1StringView("servers")).toInt(), 4);
        // One file, with nothing beside it.
        QCOMPARE(QDir(m_folder.path()).entryList({QStringLiteral("incident*")}, QDir::Files).size(), 1);
    }

    void replaysIt()
    {
        const Outcome end = runJson({QStringLiteral("replay"), m_recording});
        QCOMPARE(end.code, 3);
        QCOMPARE(end.json().value(QLatin1StringView("complete")).toBool(), false);
        QCOMPARE(server(end, "one").value(QLatin1StringView("state")).toString(), QStringLiteral("down"));
        QVERIFY(!server(end, "one").value(QLatin1StringView("reason")).toString().isEmpty());
        QVERIFY(end.err.contains("Replay of"));

        const Outcome before =
            runJson({QStringLiteral("replay"), m_recording, QStringLiteral("--at"), moment(m_killedAt - 200)});
        QCOMPARE(server(before, "one").value(QLatin1StringView("state")).toString(), QStringLiteral("healthy"));
        QVERIFY(server(before, "one").value(QLatin1StringView("connections")).toInt() > 0);
        QCOMPARE(server(before, "one").value(QLatin1StringView("zone")).toString(), QStringLiteral("north"));

        const Outcome table = run({QStringLiteral("replay"), m_recording, QStringLiteral("--quiet")});
        QVERIFY(table.out.startsWith("NAME"));
        QCOMPARE(table.err, QByteArray());
        const Outcome csv = run({QStringLiteral("replay"), m_recording, QStringLiteral("--format=csv")});
        QVERIFY(csv.out.startsWith("name,instance,role,state,reason,"));
        QCOMPARE(run({QStringLiteral("replay"), m_recording, QStringLiteral("--strict")}).code, 1);
    }

    void reportsIt()
    {
        const QString target = path(QStringLiteral("report.html"));
        const Outcome outcome = runJson({QStringLiteral("report"), QStringLiteral("--recording"), m_recording,
                                         QStringLiteral("--from=-30min"), QStringLiteral("--to"), QStringLiteral("now"),
                                         QStringLiteral("-o"), target});
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        QVERIFY(outcome.row().value(QLatin1StringView("stood_out")).toInt() >= 2);
        QFile file(target);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray html = file.readAll();
        // Well formed, and its text as a reader sees it.
        QXmlStreamReader reader(html);
        QString text;
        QStringList elements;
        while (!reader.atEnd()) {
            reader.readNext();
            if (reader.isStartElement())
                elements << reader.name().toString();
            if (reader.isCharacters())
                text += reader.text();
        }
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
        QVERIFY(elements.count(QStringLiteral("svg")) >= 3);
        for (const char *wanted : {"Incident report: fleet", "deploy 42 <b>", "AccessExclusiveLock", "app.users",
                                   "one was down for", "wait behind it", "Sessions and locks"})
            QVERIFY2(text.contains(QLatin1StringView(wanted)), wanted);
        // Nothing is fetched from anywhere, nothing runs, nothing secret is in it.
        for (const char *unwanted : {"hunter2", "815471100", "password", "<script", "<link", "@import", "url(", "src="})
            QVERIFY2(!html.contains(unwanted), unwanted);
        for (qsizetype at = html.indexOf("http"); at >= 0; at = html.indexOf("http", at + 1))
            QVERIFY(html.mid(at).startsWith("http://www.w3.org/"));
    }

    void aKilledRecorderLeavesAWholeFile()
    {
        const QString file = path(QStringLiteral("killed.shardhelm"));
        QProcess process;
        startRecording(process, file);
        QTRY_COMPARE_WITH_TIMEOUT(state(file, QStringLiteral("two")), monitor::State::Healthy, 60000);
        ::kill(static_cast<pid_t>(process.processId()), SIGKILL);
        QVERIFY(process.waitForFinished());
        const Outcome outcome = runJson({QStringLiteral("replay"), file});
        QCOMPARE(outcome.code, 3);
        QCOMPARE(server(outcome, "two").value(QLatin1StringView("state")).toString(), QStringLiteral("healthy"));
    }

    void recordsForATime()
    {
        const QString file = path(QStringLiteral("short.shardhelm"));
        const Outcome outcome =
            runJson({QStringLiteral("record"), file, QStringLiteral("--duration"), QStringLiteral("2")});
        QCOMPARE(outcome.code, 0);
        QVERIFY(outcome.row().value(QLatin1StringView("size_bytes")).toInteger() > 0);
    }

    void wrongUseIsTold_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("said");
        const auto add = [](const char *name, const QStringList &arguments, int code, const char *said) {
            QTest::newRow(name) << arguments << code << QByteArray(said);
        };
        const QString replay = QStringLiteral("replay");
        const QString record = QStringLiteral("record");
        const QString report = QStringLiteral("report");
        add("no such file", {replay, QStringLiteral("/nowhere/x")}, 2, "/nowhere/x");
        add("a folder", {replay, QStringLiteral("/tmp")}, 2, "folder");
        add("no recording", {replay, QStringLiteral("CLUSTER")}, 2, "is not a recording");
        add("outside",
            {replay, QStringLiteral("RECORDING"), QStringLiteral("--at"), QStringLiteral("2001-01-01 00:00")}, 2,
            "has nothing of");
        add("no time", {replay, QStringLiteral("RECORDING"), QStringLiteral("--at"), QStringLiteral("noon")}, 2,
            "--at");
        add("taken", {record, QStringLiteral("RECORDING")}, 4, "there already");
        add("no folder", {record, QStringLiteral("/proc/nowhere/x")}, 1, "/proc/nowhere");
        add("no ring", {record, QStringLiteral("NEW"), QStringLiteral("--from=-5min")}, 2, "recording.sqlite");
        add("both", {record, QStringLiteral("NEW"), QStringLiteral("--from=-5min"), QStringLiteral("--duration=5")}, 2,
            "--duration");
        add("backwards",
            {report, QStringLiteral("--recording"), QStringLiteral("RECORDING"), QStringLiteral("--from=now"),
             QStringLiteral("--to=-5min"), QStringLiteral("-o"), QStringLiteral("NEW")},
            2, "--to");
        add("no target",
            {report, QStringLiteral("--recording"), QStringLiteral("RECORDING"), QStringLiteral("--from=-5min"),
             QStringLiteral("-o"), QStringLiteral("/proc/nowhere/x.html")},
            1, "/proc/nowhere");
        add("empty marker", {QStringLiteral("marker"), QStringLiteral("  ")}, 2, "TEXT");
        add("no moment", {QStringLiteral("marker"), QStringLiteral("x"), QStringLiteral("--at=25:00")}, 2, "--at");
    }

    void wrongUseIsTold()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        QFETCH(QByteArray, said);
        arguments.replaceInStrings(QStringLiteral("RECORDING"), m_recording);
        arguments.replaceInStrings(QStringLiteral("CLUSTER"), m_cluster);
        arguments.replaceInStrings(QStringLiteral("NEW"), path(QStringLiteral("new")));
        const Outcome outcome = run(arguments);
        QVERIFY2(outcome.code == code, outcome.err.constData());
        QVERIFY2(outcome.err.contains(said), outcome.err.constData());
        QVERIFY(outcome.out.isEmpty());
        QVERIFY(!QFile::exists(path(QStringLiteral("new"))));
    }

    /// Last: the directory is gone afterwards.
    void markersWithoutAJournalStayHere()
    {
        m_fleet->directory.signal(SIGKILL);
        const Outcome outcome = runJson({QStringLiteral("marker"), QStringLiteral("by hand")});
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        QCOMPARE(outcome.row().value(QLatin1StringView("place")).toString(), QStringLiteral("local"));
        QCOMPARE(outcome.json().value(QLatin1StringView("warnings")).toArray().size(), 1);
        const QString file = path(QStringLiteral("nothing.shardhelm"));
        const Outcome record = run({QStringLiteral("record"), file, QStringLiteral("--duration"), QStringLiteral("2")});
        QCOMPARE(record.code, 1);
        QVERIFY(!QFile::exists(file));
    }
};

QTEST_GUILESS_MAIN(TestRecordCtl)
#include "tst_recordctl.moc"
