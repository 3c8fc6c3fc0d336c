// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/verdicts.h"

#include <QTest>

using namespace shardhelm;
using namespace shardhelm::monitor;

namespace {

using outliers::Load;

/// Instances a, b, c and d, each with a replica, sampled every five seconds; changed by the test.
class Fleet
{
public:
    Fleet()
    {
        for (const char *name : {"a", "b", "c", "d"}) {
            ServerSample primary;
            primary.name = primary.instance = QString::fromLatin1(name);
            primary.role = Role::Primary;
            primary.state = State::Healthy;
            primary.p99Ms.value = 10;
            primary.p99Source = QStringLiteral("log");
            primary.p99WindowSeconds = 10;
            primary.blockedSessions.value = 0;
            primary.longestStatementSeconds.value = 0.1;
            primary.longestTransactionSeconds.value = 0.1;
            primary.longestIdleInTransactionSeconds.value = 0;
            primary.lagSeconds.value = 0;
            primary.writesPerSecond.value = 100;
            primary.transactionsPerSecond.value = 100;
            primary.connections.value = 10;
            primary.maxConnections.value = 100;
            sample.servers.push_back(primary);
            ServerSample replica;
            replica.name = primary.name + QStringLiteral("/1");
            replica.instance = primary.name;
            replica.role = Role::Replica;
            replica.state = State::Healthy;
            replica.lagSeconds.value = 0;
            sample.servers.push_back(replica);
        }
        sample.at = QDateTime::fromSecsSinceEpoch(1'700'000'000, Qt::UTC);
    }

    ServerSample &operator[](const char *name)
    {
        const QString wanted = QString::fromLatin1(name);
        return *std::ranges::find(sample.servers, wanted, &ServerSample::name);
    }

    /// Everybody who answers answers once more, then the fleet is judged.
    Verdict next(Verdicts &verdicts)
    {
        sample.at = sample.at.addSecs(5);
        for (ServerSample &server : sample.servers) {
            if (server.state == State::Degraded)
                server.state = State::Healthy; // as the sampler has it
            if (server.state == State::Healthy)
                server.sampledAt = sample.at;
        }
        return judge(verdicts);
    }

    /// The same figures, reported once more.
    Verdict judge(Verdicts &verdicts)
    {
        verdicts.judge(sample);
        return sample.verdict;
    }

    FleetSample sample;
};

QStringList names(const Verdict &verdict)
{
    QStringList result;
    for (const RankedServer &one : verdict.ranking)
        result << one.server;
    return result;
}

cluster::ClusterFile withoutRules()
{
    cluster::ClusterFile file;
    file.alerts.clear();
    return file;
}

} // namespace

/// What is said of a fleet, from report to report.
class TestVerdicts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void healthyFleetIsSilent()
    {
        Fleet fleet;
        Verdicts verdicts{cluster::ClusterFile()};
        for (int i = 0; i < 20; ++i) {
            QCOMPARE(fleet.next(verdicts), Verdict());
            for (const ServerSample &server : fleet.sample.servers)
                QCOMPARE(server.state, State::Healthy);
        }
    }

    /// The same figures reported many times are one sample.
    void reportsAreNotSamples()
    {
        Fleet fleet;
        Verdicts verdicts(withoutRules());
        fleet.next(verdicts);
        fleet["c"].blockedSessions.value = 7;
        fleet["c"].blocker = Blocker{4711, 7};
        fleet.next(verdicts);
        for (int i = 0; i < 10; ++i)
            QVERIFY(fleet.judge(verdicts).ranking.empty());
        const Verdict verdict = fleet.next(verdicts);
        QCOMPARE(names(verdict), QStringList{QStringLiteral("c")});
        QCOMPARE(verdict.ranking.front().reasons.front().metric, outliers::Metric::BlockedSessions);
        QCOMPARE(verdict.ranking.front().reasons.front().blockerPid, 4711);
        QCOMPARE(verdict.ranking.front().since, fleet.sample.at.addSecs(-5));
        QCOMPARE(fleet["c"].state, State::Degraded);
        QCOMPARE(fleet["b"].state, State::Healthy);
    }

    /// One that answers late does not hold up what is said of the others.
    void oneThatHangsHoldsNobodyUp()
    {
        Fleet fleet;
        Verdicts verdicts(withoutRules());
        fleet.next(verdicts);
        const QDateTime old = fleet["a"].sampledAt;
        fleet["c"].blockedSessions.value = 7;
        QStringList seen;
        for (int i = 0; i < 5 && seen.isEmpty(); ++i) {
            fleet.sample.at = fleet.sample.at.addSecs(5);
            for (ServerSample &server : fleet.sample.servers)
                server.sampledAt = server.name == QLatin1StringView("a") ? old : fleet.sample.at;
            seen = names(fleet.judge(verdicts));
        }
        QCOMPARE(seen, QStringList{QStringLiteral("c")});
    }

    void oneOddReadingOfP99IsNothing()
    {
        Fleet fleet;
        Verdicts verdicts(withoutRules());
        fleet.next(verdicts);
        fleet["b"].p99Ms.value = 900;
        fleet["b"].p99WindowSeconds = 10.1;
        for (int i = 0; i < 3; ++i) // the reading stands for three samples
            QVERIFY(fleet.next(verdicts).ranking.empty());
        fleet["b"].p99Ms.value = 10;
        fleet["b"].p99WindowSeconds = 10;
        QVERIFY(fleet.next(verdicts).ranking.empty());
        for (const double value : {900.0, 950.0}) {
            fleet["b"].p99Ms.value = value;
            fleet.next(verdicts);
            fleet.next(verdicts);
        }
        const Verdict verdict = fleet.next(verdicts);
        QCOMPARE(names(verdict), QStringList{QStringLiteral("b")});
        QCOMPARE(verdict.ranking.front().reasons.front().value, 950.0); // what is shown beside it
        QCOMPARE(verdict.ranking.front().reasons.front().factor, std::optional(95.0));
    }

    void agesAreSaidAtOnce()
    {
        for (auto figure : {&ServerSample::longestIdleInTransactionSeconds, &ServerSample::longestStatementSeconds}) {
            Fleet fleet;
            Verdicts verdicts(withoutRules());
            fleet.next(verdicts);
            (fleet["d"].*figure).value = 5;
            QVERIFY(fleet.next(verdicts).ranking.empty());
            (fleet["d"].*figure).value = 10;
            QCOMPARE(names(fleet.next(verdicts)), QStringList{QStringLiteral("d")});
        }
    }

    void lagIsTheReplicas()
    {
        Fleet fleet;
        Verdicts verdicts(withoutRules());
        fleet.next(verdicts);
        fleet["b/1"].lagSeconds.value = 14;
        Verdict verdict = fleet.next(verdicts);
        QCOMPARE(names(verdict), QStringList{QStringLiteral("b/1")});
        QCOMPARE(verdict.ranking.front().instance, QStringLiteral("b"));
        QCOMPARE(verdict.ranking.front().reasons.front().replica, QStringLiteral("b/1"));
        QCOMPARE(fleet["b/1"].state, State::Degraded);
        // Something else is wrong with the instance as well: it is about the instance.
        fleet["b/1"].lagSeconds.value = 19;
        fleet["b"].longestStatementSeconds.value = 20;
        verdict = fleet.next(verdicts);
        QCOMPARE(names(verdict), QStringList{QStringLiteral("b")});
        QCOMPARE(verdict.ranking.front().reasons.size(), size_t(2));
    }

    void downIsFirstAndSaysWhatIsLost()
    {
        Fleet fleet;
        Verdicts verdicts{cluster::ClusterFile()};
        verdicts.setTenants({{QStringLiteral("c"), 312}});
        fleet["c"].writesPerSecond.value = 37;
        fleet["a"].blockedSessions.value = 9;
        fleet.next(verdicts);
        fleet.next(verdicts);
        fleet["c"].state = State::Down;
        fleet["d/1"].state = State::Down;
        const Verdict verdict = fleet.judge(verdicts);
        QCOMPARE(names(verdict), QStringList({QStringLiteral("c"), QStringLiteral("d/1"), QStringLiteral("a")}));
        QCOMPARE(verdict.blastRadius.instances, QStringList{QStringLiteral("c")});
        QCOMPARE(verdict.blastRadius.tenants, std::optional<qint64>(312));
        QCOMPARE(*verdict.blastRadius.writeShare, 37.0 / 337);
        fleet["c"].state = State::Healthy;
        QCOMPARE(fleet.next(verdicts).blastRadius, outliers::BlastRadius());
    }

    void oneOfFourDoesMostOfTheWork()
    {
        Fleet fleet;
        Verdicts verdicts{cluster::ClusterFile()};
        fleet["a"].writesPerSecond.value = 1000;
        fleet.next(verdicts);
        QVERIFY(fleet.next(verdicts).hotShares.empty());
        Verdict verdict = fleet.next(verdicts);
        QCOMPARE(verdict.hotShares,
                 (std::vector<outliers::HotShare>{{Load::WritesPerSecond, QStringLiteral("a"), 1000.0 / 1300, 4}}));
        QCOMPARE(verdict.imbalances.size(), size_t(1));
        QVERIFY(verdict.ranking.empty());
        fleet["a"].writesPerSecond.value = 100;
        QVERIFY(fleet.next(verdicts).hotShares.empty()); // not there now; named again as soon as it is
        fleet["a"].writesPerSecond.value = 1000;
        QCOMPARE(fleet.next(verdicts).hotShares.size(), size_t(1));
    }

    void commonCause()
    {
        Fleet fleet;
        Verdicts verdicts(withoutRules());
        for (int i = 0; i < 10; ++i)
            fleet.next(verdicts);
        for (const char *name : {"a", "b", "d"}) {
            fleet[name].p99Ms.value = 300;
            fleet[name].p99WindowSeconds = 10.2;
        }
        fleet.next(verdicts);
        for (const char *name : {"a", "b", "d"})
            fleet[name].p99Ms.value = 310;
        const Verdict verdict = fleet.next(verdicts);
        QCOMPARE(verdict.commonChanges.size(), size_t(1));
        QCOMPARE(verdict.commonChanges.front().changed, 3);
        QCOMPARE(verdict.commonChanges.front().fleet, 4);
    }

    /// A figure that trembles around its threshold.
    void raisedAlertsAreHeld()
    {
        cluster::ClusterFile file;
        file.alertOptions[QStringLiteral("connections_percent")].clear = 70;
        Fleet fleet;
        Verdicts verdicts(file);
        const auto state = [&](int connections) {
            for (ServerSample &server : fleet.sample.servers)
                server.connections.value = 60; // not far from it: nobody stands out
            fleet["a"].connections.value = connections;
            fleet.next(verdicts);
            return fleet["a"].state;
        };
        QCOMPARE(state(84), State::Healthy);
        QCOMPARE(state(85), State::Degraded);
        QCOMPARE(state(70), State::Degraded);
        QCOMPARE(state(69), State::Healthy);
        QCOMPARE(state(84), State::Healthy);
    }

    void oneSampleSaysWhatItCan()
    {
        Fleet fleet;
        fleet["c"].blockedSessions.value = 7;
        fleet["a"].writesPerSecond.value = 1000;
        judgeOnce(fleet.sample, {});
        QCOMPARE(names(fleet.sample.verdict), QStringList{QStringLiteral("c")});
        QCOMPARE(fleet.sample.verdict.hotShares.size(), size_t(1));
        QCOMPARE(fleet["c"].state, State::Degraded);
        FleetSample nobody;
        judgeOnce(nobody, {});
        QCOMPARE(nobody.verdict, Verdict());
    }
};

QTEST_GUILESS_MAIN(TestVerdicts)
#include "tst_verdicts.moc"
