// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wait.h"
#include "monitor/recording/place.h"
#include "monitor/recording/playback.h"
#include "monitor/recording/recorder.h"
#include "recordedfleet.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <csignal>
#include <mutex>
#include <thread>

#include <sys/resource.h>

using namespace shardhelm;
using namespace shardhelm::monitor;
using namespace shardhelm::monitor::recording;
using namespace shardhelm::test;

namespace {

/// The failures a recorder told, from its thread.
class Failures
{
public:
    void operator()(const Error &error)
    {
        const std::lock_guard lock(m_mutex);
        m_errors.push_back(error);
    }
    [[nodiscard]] std::vector<Error> all() const
    {
        const std::lock_guard lock(m_mutex);
        return m_errors;
    }

private:
    mutable std::mutex m_mutex;
    std::vector<Error> m_errors;
};

Recorder::Plan plan(const QString &path, const RecordedFleet &fleet)
{
    return {path, Form::Ring, Limits(), fleet.file};
}

/// The other program of the tests below: records one step after the other and says each that is on the disk.
int recordForEver(const QString &path, bool small)
{
    if (small) {
        // A disk that is full after 300 kB.
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{300000, 300000};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    const RecordedFleet fleet(small ? 300 : 20);
    std::atomic<int> failures = 0;
    Recorder recorder(plan(path, fleet), [&](const Error &error) {
        ++failures;
        std::printf("failed %d\n", static_cast<int>(error.code));
        std::fflush(stdout);
    });
    for (int step = 0;; ++step) {
        recorder.add(fleet.sample(step));
        const qint64 before = recorder.written();
        const auto until = Clock::now() + std::chrono::seconds(2);
        // Waits for the write, looking again every now and then: the recorder tells nobody when it has written.
        while (recorder.written() == before && !recorder.error() && Clock::now() < until)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        std::printf("%s %d\n", recorder.error() ? "lost" : "written", step);
        std::fflush(stdout);
    }
}

} // namespace

/// The thread that records: it loses nothing to a kill and holds nobody up.
class TestRecorder : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }

    /// Starts this program as the other one; the lines it says are read from it.
    void startOther(QProcess &process, const QString &file, const QString &how) const
    {
        process.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--record"), file, how});
        QVERIFY(process.waitForStarted());
    }

    static QStringList linesUntil(QProcess &process, const QString &wanted)
    {
        QStringList lines;
        while (process.canReadLine() || process.waitForReadyRead(60000)) {
            while (process.canReadLine()) {
                lines << QString::fromUtf8(process.readLine()).trimmed();
                if (lines.back().startsWith(wanted))
                    return lines;
            }
        }
        return {};
    }

private Q_SLOTS:
    void recordsWhatIsAdded()
    {
        RecordedFleet fleet;
        fleet.file.name = QStringLiteral("kept");
        cluster::ShardMap map;
        map.clusterName = QStringLiteral("kept");
        map.mapEpoch = 7;
        map.instances.push_back({QStringLiteral("i0"),
                                 QStringLiteral("host=a password=secret"),
                                 {},
                                 {},
                                 {},
                                 {},
                                 {},
                                 1,
                                 cluster::InstanceState::Active,
                                 false,
                                 {}});
        map.shards = {{0, QStringLiteral("i0"), 3, cluster::ShardState::Active, QStringLiteral("pinned by hand")}};
        map.pins = {{QStringLiteral("42"), 0, 2, {}}};
        Failures failures;
        {
            Recorder recorder(plan(path(QStringLiteral("added")), fleet), std::ref(failures));
            recorder.add(map);
            recorder.add(fleet.sample(0));
            recorder.add(std::vector<Marker>{{fleet.time(0), QStringLiteral("deploy"), QStringLiteral("me"), {}}});
            recorder.add(Fact{fleet.time(0), QStringLiteral("i0"), QStringLiteral("sessions"), {}});
        }
        QVERIFY(failures.all().empty());
        auto playback = Playback::open(path(QStringLiteral("added")));
        QVERIFY(playback);
        const auto sample = playback->seek(fleet.time(1));
        QVERIFY(sample);
        QCOMPARE(sample->servers.size(), size_t(3));
        QCOMPARE(playback->reader().markers({0, fleet.time(9)})->size(), size_t(1));
        const auto file = playback->file();
        QVERIFY(file && *file);
        QCOMPARE((*file)->name, QStringLiteral("kept"));
        const auto read = playback->map();
        QVERIFY(read && *read);
        QCOMPARE((*read)->mapEpoch, 7);
        QCOMPARE((*read)->shards, map.shards);
        QCOMPARE((*read)->pins, map.pins);
        // No secret gets into a recording.
        QFile bytes(path(QStringLiteral("added")));
        QVERIFY(bytes.open(QIODevice::ReadOnly));
        QVERIFY(!(*read)->instances.front().conninfo.contains(QLatin1StringView("secret")));
        QVERIFY(!bytes.readAll().contains("secret"));
        QCOMPARE(bytes.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }

    void survivesAKill()
    {
        const QString file = path(QStringLiteral("killed"));
        for (int round = 0; round < 3; ++round) {
            QProcess other;
            startOther(other, file, QStringLiteral("large"));
            const int target = 4 * (round + 1);
            const QStringList lines = linesUntil(other, QStringLiteral("written %1").arg(target));
            QVERIFY(!lines.isEmpty());
            ::kill(static_cast<pid_t>(other.processId()), SIGKILL);
            QVERIFY(other.waitForFinished());
            QCOMPARE(other.exitStatus(), QProcess::CrashExit);
            // What was said to be written is there.
            auto reader = RecordingReader::open(file);
            QVERIFY(reader);
            const RecordedFleet fleet(20);
            QVERIFY(reader->span()->to >= fleet.time(target));
            QCOMPARE(reader
                         ->series(QStringLiteral("i3"), QStringLiteral("tps"),
                                  {fleet.time(target), fleet.time(target) + 100}, 0)
                         ->size(),
                     static_cast<size_t>(1));
        }
    }

    void oneWritesAtATime()
    {
        const QString file = path(QStringLiteral("shared"));
        const RecordedFleet fleet;
        QProcess other;
        startOther(other, file, QStringLiteral("large"));
        QVERIFY(!linesUntil(other, QStringLiteral("written 1")).isEmpty());
        Failures failures;
        Recorder second(plan(file, fleet), std::ref(failures));
        second.add(fleet.sample(5000));
        QVERIFY(!linesUntil(other, QStringLiteral("written")).isEmpty());
        QVERIFY(!linesUntil(other, QStringLiteral("written")).isEmpty());
        // The other one goes on, this one waits without a complaint, and reading goes on beside both.
        QCOMPARE(second.written(), 0);
        QVERIFY(failures.all().empty());
        QVERIFY(RecordingReader::open(file));
        ::kill(static_cast<pid_t>(other.processId()), SIGKILL);
        QVERIFY(other.waitForFinished());
        // It takes over.
        int step = 5001;
        QTRY_VERIFY_WITH_TIMEOUT((second.add(fleet.sample(step++)), second.written() > 0), 60000);
        QVERIFY(failures.all().empty());
    }

    void aFullDiskIsToldOnce()
    {
        const QString file = path(QStringLiteral("full"));
        QProcess other;
        startOther(other, file, QStringLiteral("small"));
        const QStringList lines = linesUntil(other, QStringLiteral("lost"));
        QVERIFY(!lines.isEmpty());
        const QStringList more = linesUntil(other, QStringLiteral("lost"));
        QVERIFY(!more.isEmpty());
        QCOMPARE((lines + more).filter(QStringLiteral("failed")).size(), 1);
        ::kill(static_cast<pid_t>(other.processId()), SIGKILL);
        QVERIFY(other.waitForFinished());
        auto reader = RecordingReader::open(file);
        QVERIFY(reader);
        QVERIFY(!reader->span()->isEmpty());
    }

    void aBrokenRingIsSetAside()
    {
        const QString file = path(QStringLiteral("broken"));
        QFile garbage(file);
        QVERIFY(garbage.open(QIODevice::WriteOnly));
        garbage.write("no recording");
        garbage.close();
        const RecordedFleet fleet;
        Failures failures;
        {
            Recorder recorder(plan(file, fleet), std::ref(failures));
            recorder.add(fleet.sample(0));
        }
        QCOMPARE(failures.all().size(), size_t(1));
        QCOMPARE(failures.all().front().code, ErrorCode::RecordingUnfit);
        QVERIFY(QFile::exists(file + QStringLiteral(".damaged")));
        auto reader = RecordingReader::open(file);
        QVERIFY(reader);
        QVERIFY(!reader->span()->isEmpty());
    }

    void aNewerRingIsLeftAlone()
    {
        const QString file = path(QStringLiteral("newer"));
        const RecordedFleet fleet;
        {
            Recorder recorder(plan(file, fleet), {});
            recorder.add(fleet.sample(0));
        }
        {
            auto database = Database::open(file, Database::Access::Write);
            QVERIFY(database->run(QStringLiteral("PRAGMA user_version = 2")));
        }
        Failures failures;
        {
            Recorder recorder(plan(file, fleet), std::ref(failures));
            recorder.add(fleet.sample(1));
        }
        QCOMPARE(failures.all().size(), size_t(1));
        QCOMPARE(failures.all().front().code, ErrorCode::RecordingVersion);
        QVERIFY(!QFile::exists(file + QStringLiteral(".damaged")));
    }

    void placesDiffer()
    {
        cluster::ClusterFile a;
        a.name = QStringLiteral("demo");
        a.directoryConninfo = QStringLiteral("port=1");
        cluster::ClusterFile b = a;
        b.directoryConninfo = QStringLiteral("port=2");
        cluster::ClusterFile c = a;
        c.name = QStringLiteral("../../etc");
        QVERIFY(ringPath(a) != ringPath(b));
        QVERIFY(!ringPath(c).contains(QLatin1StringView("..")));
        QVERIFY(ringPath(a).endsWith(QLatin1StringView("/recording.sqlite")));
        a.monitor.recordingHours = 0;
        QVERIFY(!Recorder::ringOf(a));
        QVERIFY(Recorder::ringOf(b));
    }
};

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QLatin1StringView("--record"))
        return recordForEver(arguments.value(2), arguments.value(3) == QLatin1StringView("small"));
    TestRecorder test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_recorder.moc"
