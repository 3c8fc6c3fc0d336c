// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/directory.h"
#include "monitor/watcher.h"
#include "support/testfleet.h"

#include <QElapsedTimer>
#include <QTest>

#include <csignal>
#include <mutex>

using namespace shardhelm;
using namespace shardhelm::monitor;
using namespace shardhelm::test;

namespace {

const QString one = QStringLiteral("one");
const QString replicaOfOne = QStringLiteral("one/1");
const QString two = QStringLiteral("two");

/// What a watcher has reported so far; filled on its threads.
class Seen
{
public:
    [[nodiscard]] Watcher::Reports reports()
    {
        Watcher::Reports reports;
        reports.sampled = [this](const FleetSample &fleet) {
            const std::lock_guard lock(m_mutex);
            m_gapless = m_gapless && fleet.serial == m_fleet.serial + 1;
            const ServerSample *before = m_fleet.server(one);
            const ServerSample *now = fleet.server(one);
            if (now && (!before || before->sampledAt != now->sampledAt))
                ++m_samplesOfOne;
            m_fleet = fleet;
        };
        reports.mapRead = [this](const cluster::ShardMap &map) {
            const std::lock_guard lock(m_mutex);
            m_map = map;
        };
        reports.mapFailed = [this](const Error &error) {
            const std::lock_guard lock(m_mutex);
            m_mapError = error;
        };
        return reports;
    }
    [[nodiscard]] State state(const QString &name) const
    {
        const std::lock_guard lock(m_mutex);
        const ServerSample *server = m_fleet.server(name);
        return server ? server->state : State::Unknown;
    }
    [[nodiscard]] std::optional<ServerSample> server(const QString &name) const
    {
        const std::lock_guard lock(m_mutex);
        const ServerSample *server = m_fleet.server(name);
        return server ? std::optional(*server) : std::nullopt;
    }
    [[nodiscard]] FleetSample fleet() const
    {
        const std::lock_guard lock(m_mutex);
        return m_fleet;
    }
    [[nodiscard]] std::optional<cluster::ShardMap> map() const
    {
        const std::lock_guard lock(m_mutex);
        return m_map;
    }
    [[nodiscard]] std::optional<Error> mapError() const
    {
        const std::lock_guard lock(m_mutex);
        return m_mapError;
    }
    [[nodiscard]] int samplesOfOne() const
    {
        const std::lock_guard lock(m_mutex);
        return m_samplesOfOne;
    }
    [[nodiscard]] bool gapless() const
    {
        const std::lock_guard lock(m_mutex);
        return m_gapless;
    }

private:
    mutable std::mutex m_mutex;
    FleetSample m_fleet;
    std::optional<cluster::ShardMap> m_map;
    std::optional<Error> m_mapError;
    int m_samplesOfOne = 0;
    bool m_gapless = true;
};

/// What was answered to questions; filled on the watcher's threads.
class Replies
{
public:
    [[nodiscard]] std::function<void(pg::FanOutReply)> taker()
    {
        return [this](pg::FanOutReply reply) {
            const std::lock_guard lock(m_mutex);
            m_replies.push_back(std::move(reply));
        };
    }
    [[nodiscard]] int count() const
    {
        const std::lock_guard lock(m_mutex);
        return static_cast<int>(m_replies.size());
    }
    [[nodiscard]] pg::FanOutReply last() const
    {
        const std::lock_guard lock(m_mutex);
        return m_replies.back();
    }

private:
    mutable std::mutex m_mutex;
    std::vector<pg::FanOutReply> m_replies;
};

} // namespace

/// The watcher on a fleet whose servers are stopped, killed and brought back.
class TestWatcher : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<TestFleet> m_fleet;
    cluster::ClusterFile m_file;

private Q_SLOTS:
    void initTestCase()
    {
        m_fleet = std::make_unique<TestFleet>();
        m_file = m_fleet->file;
        m_file.monitor.interval = Milliseconds(300);
        m_file.monitor.timeout = Milliseconds(6000);
    }

    void cleanupTestCase() { m_fleet.reset(); }

    void seesTheWholeFleet()
    {
        Seen seen;
        const Watcher watcher(m_file, seen.reports());
        for (const QString &name : {one, replicaOfOne, two, QStringLiteral("directory")})
            QTRY_COMPARE(seen.state(name), State::Healthy);
        QVERIFY(seen.map());
        QTRY_COMPARE(seen.fleet().mapEpoch, seen.map()->mapEpoch);
        QCOMPARE(seen.server(one)->logicalShards, 4);
        QCOMPARE(seen.server(QStringLiteral("directory"))->role, Role::Directory);
        QTRY_VERIFY(seen.server(one)->transactionsPerSecond.value);
        QTRY_VERIFY(seen.server(replicaOfOne)->lagBytes.value);
        QVERIFY(seen.gapless());
    }

    void followsTheMap()
    {
        Seen seen;
        const Watcher watcher(m_file, seen.reports());
        QTRY_VERIFY(seen.map());
        const cluster::LogicalShard shard = *seen.map()->shard(0);
        const QString other = shard.instance == one ? two : one;
        auto directory = cluster::Directory::open(m_file, QStringLiteral("test"), soon());
        QVERIFY(directory);
        const auto epoch = directory->flip(0, shard.instance, other, shard.epoch, soon());
        QVERIFY(epoch);
        // Notified: long before the map's time to live of 30 s.
        QTRY_COMPARE_WITH_TIMEOUT(seen.map()->shard(0)->instance, other, 5000);
        QTRY_COMPARE(seen.fleet().mapEpoch, *epoch);
        QTRY_COMPARE(seen.server(other)->logicalShards, 5);
        const qint64 shardEpoch = seen.map()->shard(0)->epoch;
        QVERIFY(directory->flip(0, other, shard.instance, shardEpoch, soon()));
    }

    void aHungServerChangesNothingForTheOthers()
    {
        Seen seen;
        const Watcher watcher(m_file, seen.reports());
        QTRY_COMPARE(seen.state(two), State::Healthy);
        QTRY_COMPARE(seen.state(one), State::Healthy);
        m_fleet->two.signal(SIGSTOP);
        QTRY_COMPARE_WITH_TIMEOUT(seen.state(two), State::Down, 10000);
        const auto down = seen.server(two);
        QVERIFY(down->reason && down->reason->isTimeout());
        QVERIFY(down->connections.value); // the last good figures stay

        // While it hangs the others keep their beat: if they waited for it, ten samples would take a minute.
        const int before = seen.samplesOfOne();
        QElapsedTimer timer;
        timer.start();
        QTRY_VERIFY_WITH_TIMEOUT(seen.samplesOfOne() >= before + 10, 10000);
        QVERIFY2(timer.elapsed() < 40000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(seen.state(one), State::Healthy);
        QCOMPARE(seen.state(replicaOfOne), State::Healthy);

        m_fleet->two.signal(SIGCONT);
        QTRY_COMPARE_WITH_TIMEOUT(seen.state(two), State::Healthy, 10000);
    }

    void aKilledServerComesBack()
    {
        Seen seen;
        const Watcher watcher(m_file, seen.reports());
        QTRY_COMPARE(seen.state(two), State::Healthy);
        m_fleet->two.signal(SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(seen.state(two), State::Down, 10000);
        QCOMPARE(seen.state(one), State::Healthy);
        QVERIFY(m_fleet->two.server().start(Wait::forDuration(Milliseconds(60000))));
        QTRY_COMPARE_WITH_TIMEOUT(seen.state(two), State::Healthy, 10000);
        // On at the interval, over a connection that lasts: rates come again.
        QTRY_VERIFY(seen.server(two)->transactionsPerSecond.value);
    }

    void surviveALostDirectory()
    {
        Seen seen;
        const Watcher watcher(m_file, seen.reports());
        QTRY_COMPARE(seen.state(one), State::Healthy);
        m_fleet->directory.signal(SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(seen.state(QStringLiteral("directory")), State::Down, 10000);
        QTRY_VERIFY(seen.mapError());
        QCOMPARE(seen.state(one), State::Healthy);
        QVERIFY(m_fleet->directory.server().start(Wait::forDuration(Milliseconds(60000))));
        QTRY_COMPARE_WITH_TIMEOUT(seen.state(QStringLiteral("directory")), State::Healthy, 10000);
    }

    void pausesAndResumes()
    {
        Seen seen;
        Watcher watcher(m_file, seen.reports());
        QTRY_COMPARE(seen.state(one), State::Healthy);
        watcher.pause();
        QVERIFY(watcher.isPaused());
        // The sample under way may still arrive; after it there is silence for many intervals.
        int last = -1;
        QElapsedTimer quiet;
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                const int now = seen.samplesOfOne();
                if (now != last)
                    quiet.start();
                last = now;
                return quiet.elapsed() > 1500;
            }(),
            10000);
        QCOMPARE(seen.state(one), State::Healthy); // a pause is not an illness
        watcher.resume();
        QTRY_VERIFY(seen.samplesOfOne() > last);
        QCOMPARE(seen.state(one), State::Healthy);
    }

    void changesItsInterval()
    {
        Seen seen;
        cluster::ClusterFile slow = m_file;
        slow.monitor.interval = std::chrono::hours(1);
        Watcher watcher(slow, seen.reports());
        QTRY_COMPARE(seen.state(one), State::Healthy);
        watcher.setInterval(Milliseconds(200));
        QCOMPARE(watcher.interval(), Milliseconds(200));
        const int before = seen.samplesOfOne();
        QTRY_VERIFY(seen.samplesOfOne() >= before + 3);
    }

    void stopsQuicklyWhileAServerHangs()
    {
        Seen seen;
        cluster::ClusterFile patient = m_file;
        patient.monitor.timeout = Milliseconds(120000);
        auto watcher = std::make_unique<Watcher>(patient, seen.reports());
        QTRY_COMPARE(seen.state(one), State::Healthy);
        QTRY_COMPARE(seen.state(two), State::Healthy);
        m_fleet->two.signal(SIGSTOP);
        QTRY_VERIFY_WITH_TIMEOUT(seen.state(two) == State::Degraded || seen.state(two) == State::Stale
                                     || seen.state(two) == State::Down,
                                 10000);
        QElapsedTimer timer;
        timer.start();
        watcher.reset();
        const qint64 took = timer.elapsed();
        m_fleet->two.signal(SIGCONT);
        QVERIFY2(took < 60000, qPrintable(QString::number(took)));
    }

    void answersQuestionsOverItsOwnConnection()
    {
        Seen seen;
        Watcher watcher(m_file, seen.reports());
        QTRY_COMPARE(seen.state(two), State::Healthy);
        // The one session of the monitor there is; also while paused.
        watcher.pause();
        Replies replies;
        const QByteArray sql = "SELECT pid, pid = pg_backend_pid() FROM pg_stat_activity"
                               " WHERE application_name = 'shardhelm/monitor'";
        watcher.ask(two, {{sql, {}}, {"SELECT 1/0", {}}}, Milliseconds(20000), replies.taker());
        QTRY_COMPARE(replies.count(), 1);
        const pg::FanOutReply reply = replies.last();
        QVERIFY(reply.results);
        QCOMPARE((*reply.results)[0]->count(), 1);
        QVERIFY((*reply.results)[0]->boolean(0, 1));
        QVERIFY(!(*reply.results)[1]);
        watcher.ask(QStringLiteral("nobody"), {{"SELECT 1", {}}}, Milliseconds(1000), replies.taker());
        QCOMPARE(replies.count(), 2);
        QCOMPARE(replies.last().results.error().code, ErrorCode::InstanceUnknown);
    }

    void aSlowQuestionDelaysNoOtherServer()
    {
        Seen seen;
        Watcher watcher(m_file, seen.reports());
        QTRY_COMPARE(seen.state(one), State::Healthy);
        QTRY_COMPARE(seen.state(two), State::Healthy);
        Replies replies;
        // Time for ten samples and more; asked without end, the server is sampled in between all the same.
        const std::vector<pg::Statement> slow{{"SELECT pg_sleep(60)", {}}};
        for (int count = 0; count < 3; ++count)
            watcher.ask(two, slow, Milliseconds(10000 * (count + 1)), replies.taker());
        QTRY_COMPARE_WITH_TIMEOUT(seen.state(two), State::Stale, 10000);
        const int before = seen.samplesOfOne();
        QTRY_VERIFY(seen.samplesOfOne() >= before + 3);
        QCOMPARE(replies.count(), 0);
        QCOMPARE(seen.state(one), State::Healthy);
        const QDateTime sampledAt = seen.server(two)->sampledAt;
        QTRY_COMPARE_WITH_TIMEOUT(replies.count(), 1, 10000);
        QCOMPARE(replies.last().results.error().code, ErrorCode::TimedOut);
        QTRY_VERIFY_WITH_TIMEOUT(seen.server(two)->sampledAt > sampledAt, 10000);
        QTRY_COMPARE_WITH_TIMEOUT(replies.count(), 3, 20000);
        QTRY_COMPARE_WITH_TIMEOUT(seen.state(two), State::Healthy, 10000);
    }

    void aQuestionToAHungServerEndsAtItsDeadline()
    {
        Seen seen;
        Watcher watcher(m_file, seen.reports());
        QTRY_COMPARE(seen.state(two), State::Healthy);
        m_fleet->two.signal(SIGSTOP);
        Replies replies;
        watcher.ask(two, {{"SELECT 1", {}}}, Milliseconds(1500), replies.taker());
        QTRY_COMPARE_WITH_TIMEOUT(replies.count(), 1, 20000);
        QVERIFY(replies.last().results.error().isTimeout());
        m_fleet->two.signal(SIGCONT);
        QTRY_COMPARE_WITH_TIMEOUT(seen.state(two), State::Healthy, 20000);
    }

    void openQuestionsEndWithTheWatcher()
    {
        Seen seen;
        Replies replies;
        {
            Watcher watcher(m_file, seen.reports());
            QTRY_COMPARE(seen.state(two), State::Healthy);
            watcher.ask(two, {{"SELECT pg_sleep(60)", {}}}, Milliseconds(60000), replies.taker());
            watcher.ask(two, {{"SELECT 1", {}}}, Milliseconds(60000), replies.taker());
        }
        QCOMPARE(replies.count(), 2);
        QCOMPARE(replies.last().results.error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestWatcher)
#include "tst_watcher.moc"
