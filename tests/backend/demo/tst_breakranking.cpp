// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/demobreak.h"
#include "demo/load.h"
#include "demotest.h"
#include "monitor/alerts/engine.h"
#include "monitor/watcher.h"

#include <QSet>

#include <atomic>
#include <mutex>
#include <thread>

using namespace shardhelm;
using namespace shardhelm::test;
using monitor::FleetSample;
using monitor::outliers::Metric;

namespace {

constexpr std::chrono::seconds interval{5};
constexpr int warmUp = 4; ///< samples before something is broken
constexpr int intervalsToName = 3;
constexpr int controlSamples = 10;

/// A watcher and everything it reported.
class Observer
{
public:
    explicit Observer(cluster::ClusterFile file)
        : m_engine(file)
    {
        monitor::Watcher::Reports reports;
        reports.sampled = [this](const FleetSample &fleet) {
            const std::lock_guard lock(m_mutex);
            m_reports.push_back(fleet);
            const auto events = m_engine.update(fleet);
            m_events.insert(m_events.end(), events.begin(), events.end());
        };
        m_watcher = std::make_unique<monitor::Watcher>(std::move(file), std::move(reports));
    }

    /// Good samples of a server after `since`.
    int samplesOf(const QString &server, const QDateTime &since)
    {
        const std::lock_guard lock(m_mutex);
        return samples(server, since, m_reports.size());
    }

    /// With which of the samples after `since` an instance was named the worst for one of `reasons`; 0: with none.
    int namedAt(const QString &instance, const QSet<Metric> &reasons, const QDateTime &since)
    {
        const std::lock_guard lock(m_mutex);
        for (size_t i = 0; i < m_reports.size(); ++i) {
            const auto &ranking = m_reports[i].verdict.ranking;
            if (m_reports[i].at < since || ranking.empty() || ranking.front().instance != instance
                || ranking.front().reasons.empty() || !reasons.contains(ranking.front().reasons.front().metric))
                continue;
            return samples(instance, since, i + 1);
        }
        return 0;
    }

    /// Servers that the rankings called bad, with the metric of the reason.
    QStringList named()
    {
        const std::lock_guard lock(m_mutex);
        QStringList names;
        for (const FleetSample &fleet : m_reports) {
            for (const monitor::RankedServer &place : fleet.verdict.ranking) {
                if (place.severity >= 1)
                    names << describe(place);
            }
            if (!fleet.verdict.commonChanges.empty())
                names << QStringLiteral("common change");
        }
        names.removeDuplicates();
        return names;
    }

    /// Rules of the alerts that were raised.
    QStringList raised()
    {
        const std::lock_guard lock(m_mutex);
        QStringList names;
        for (const monitor::alerts::Event &event : m_events) {
            if (event.raised)
                names << event.alert.subject.rule + u'@' + event.alert.subject.server;
        }
        return names;
    }

    /// The ranking now, for messages.
    QString ranking()
    {
        const std::lock_guard lock(m_mutex);
        QStringList names;
        for (const monitor::RankedServer &place : m_reports.back().verdict.ranking)
            names << describe(place);
        return names.join(QStringLiteral("; "));
    }

private:
    static QString describe(const monitor::RankedServer &place)
    {
        QString text = QStringLiteral("%1 %2:").arg(place.server).arg(place.severity, 0, 'f', 2);
        for (const auto &reason : place.reasons)
            text += QStringLiteral(" metric %1 = %2").arg(int(reason.metric)).arg(reason.value);
        return text;
    }

    int samples(const QString &server, const QDateTime &since, size_t reports) const
    {
        QSet<QDateTime> times;
        for (size_t i = 0; i < reports; ++i) {
            const monitor::ServerSample *sample = m_reports[i].server(server);
            if (sample && sample->sampledAt.isValid() && sample->sampledAt > since)
                times.insert(sample->sampledAt);
        }
        return int(times.size());
    }

    std::mutex m_mutex;
    std::vector<FleetSample> m_reports;
    monitor::alerts::Engine m_engine;
    std::vector<monitor::alerts::Event> m_events;
    std::unique_ptr<monitor::Watcher> m_watcher; // last: it reports to the rest
};

} // namespace

Q_DECLARE_METATYPE(QSet<Metric>)

/// Each breakage of a demo under load makes its instance the worst, for the right reason, within three intervals; a
/// healthy demo under the same load makes nobody anything.
class TestBreakRanking : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void healthyFleetRaisesNothing_data();
    void healthyFleetRaisesNothing();
    void brokenInstanceIsWorst_data();
    void brokenInstanceIsWorst();
    void cleanupTestCase();

private:
    DemoPlace m_place;
    cluster::ClusterFile m_file;
    QString m_victim;
    std::jthread m_load;
    std::atomic<bool> m_loadRuns = false;
};

void TestBreakRanking::initTestCase()
{
    demo::DemoRequest request = smallDemo(4, 1);
    request.logicalShards = 16;
    request.tenants = 24;
    VERIFY_RESULT(demo::demoUp(m_place.path(), request, {}, Wait::forDuration(std::chrono::seconds(280))));
    const auto folder = demo::DemoFolder::open(m_place.path());
    VERIFY_RESULT(folder);
    auto file = cluster::readClusterFile(folder->clusterFile());
    VERIFY_RESULT(file);
    m_file = *file;
    m_file.monitor.interval = interval;
    QStringList primaries;
    for (const demo::DemoServer &server : folder->servers()) {
        if (server.role == monitor::Role::Primary)
            primaries << server.name;
    }
    QCOMPARE(primaries.size(), 4);
    m_victim = primaries.at(1);
    m_load = std::jthread([this](const std::stop_token &stop) {
        demo::LoadOptions options;
        options.rate = 30;
        options.seed = 7;
        options.ledger = m_place.parent().filePath(QStringLiteral("ledger"));
        static_cast<void>(demo::runLoad(m_file, options, stop, [this](const demo::LoadProgress &progress) {
            m_loadRuns = m_loadRuns || progress.perSecond > 0;
        }));
    });
    QTRY_VERIFY_WITH_TIMEOUT(m_loadRuns, 120000);
}

void TestBreakRanking::cleanupTestCase()
{
    m_load.request_stop();
    if (m_load.joinable())
        m_load.join();
}

void TestBreakRanking::healthyFleetRaisesNothing_data()
{
    QTest::addColumn<int>("run");
    for (int run = 1; run <= 5; ++run)
        QTest::newRow(qPrintable(QStringLiteral("run %1").arg(run))) << run;
}

void TestBreakRanking::healthyFleetRaisesNothing()
{
    Observer observer(m_file);
    QTRY_VERIFY_WITH_TIMEOUT(observer.samplesOf(m_victim, {}) >= controlSamples, 280000);
    const QStringList named = observer.named();
    const QStringList raised = observer.raised();
    qInfo("%d samples: %lld named, %lld alerts", controlSamples, static_cast<long long>(named.size()),
          static_cast<long long>(raised.size()));
    QVERIFY2(named.isEmpty(), qPrintable(named.join(u'\n')));
    QVERIFY2(raised.isEmpty(), qPrintable(raised.join(u'\n')));
}

void TestBreakRanking::brokenInstanceIsWorst_data()
{
    QTest::addColumn<QSet<Metric>>("reasons");
    QTest::newRow("lock") << QSet<Metric>{Metric::BlockedSessions};
    QTest::newRow("cpu") << QSet<Metric>{Metric::CpuShare, Metric::LongestStatementSeconds, Metric::ActiveSessions};
    QTest::newRow("replica") << QSet<Metric>{Metric::LagSeconds, Metric::LagBytes};
    QTest::newRow("connections") << QSet<Metric>{Metric::ConnectionShare};
    QTest::newRow("statement") << QSet<Metric>{Metric::TempBytesPerSecond, Metric::LongestStatementSeconds,
                                               Metric::P99Ms};
    QTest::newRow("transaction") << QSet<Metric>{Metric::IdleInTransactionSeconds, Metric::LongestTransactionSeconds};
}

void TestBreakRanking::brokenInstanceIsWorst()
{
    QFETCH(QSet<Metric>, reasons);
    const auto breakage = demo::breakageNamed(QString::fromLatin1(QTest::currentDataTag()));
    VERIFY_RESULT(breakage);
    Observer observer(m_file);
    QTRY_VERIFY_WITH_TIMEOUT(observer.samplesOf(m_victim, {}) >= warmUp, 120000);

    std::atomic<qint64> effective = 0;
    Result<void> outcome;
    std::jthread drill([&](const std::stop_token &stop) {
        outcome = demo::breakInstance(
            m_place.path(), *breakage, m_victim, std::chrono::seconds(240),
            [&] { effective = QDateTime::currentMSecsSinceEpoch(); }, stop);
    });
    QTRY_VERIFY_WITH_TIMEOUT(effective > 0, 120000);
    const QDateTime since = QDateTime::fromMSecsSinceEpoch(effective, Qt::UTC);
    int named = 0;
    QTRY_VERIFY_WITH_TIMEOUT((named = observer.namedAt(m_victim, reasons, since)) > 0
                                 || observer.samplesOf(m_victim, since) > 2 * intervalsToName,
                             120000);
    const QString ranking = observer.ranking();
    drill.request_stop();
    drill.join();
    VERIFY_RESULT(outcome);
    qInfo("named with sample %d: %s", named, qPrintable(ranking));
    QVERIFY2(named > 0 && named <= intervalsToName, qPrintable(ranking));
}

QTEST_GUILESS_MAIN(TestBreakRanking)
#include "tst_breakranking.moc"
