// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/alertrules.h"
#include "monitor/sample.h"

#include <QTest>

#include <functional>

using namespace shardhelm;
using namespace shardhelm::monitor;

namespace {

/// A server with a p99 like that of the others and nothing wrong.
ServerSample server(Role role = Role::Primary)
{
    ServerSample sample;
    sample.name = sample.instance = QStringLiteral("a");
    sample.role = role;
    sample.state = State::Healthy;
    sample.p99Ms.value = 30;
    sample.connections.value = 10;
    sample.maxConnections.value = 200;
    return sample;
}

/// The sample judged beside three others whose p99 is 20, 30 and 40 ms.
ServerSample judged(ServerSample sample, const QMap<QString, double> &thresholds = cluster::defaultAlerts())
{
    FleetSample fleet;
    for (const double p99 : {20.0, 30.0, 40.0}) {
        ServerSample other = server();
        other.name = other.instance = QString::number(p99);
        other.p99Ms.value = p99;
        fleet.servers.push_back(other);
    }
    fleet.servers.push_back(std::move(sample));
    judge(fleet, thresholds);
    return fleet.servers.back();
}

using Change = std::function<void(ServerSample &)>;

} // namespace

Q_DECLARE_METATYPE(Change)
Q_DECLARE_METATYPE(shardhelm::monitor::Rule)
Q_DECLARE_METATYPE(Role)

/// What the rules of [alerts] make of a server's figures.
class TestHealth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void figures_data();
    void figures();
    void nothingIsWrongWithWhatIsUnknown();
    void thresholdsAreThoseOfTheFile();
    void aRuleCanBeOff();
    void onlyWhoAnswersIsJudged();
    void raisedOnesComeFirst();
    void judgingTwiceChangesNothing();
    void theMedianIsThatOfLivingPrimaries();
};

void TestHealth::figures_data()
{
    QTest::addColumn<Role>("role");
    QTest::addColumn<Change>("change");
    QTest::addColumn<std::optional<Rule>>("rule");
    QTest::addColumn<bool>("raised");
    using S = ServerSample;
    const auto row = [](const char *name, Role role, Change change, std::optional<Rule> rule, bool raised = true) {
        QTest::newRow(name) << role << std::move(change) << rule << raised;
    };
    const auto p99 = [](double value) { return [value](S &s) { s.p99Ms.value = value; }; };
    const auto blocked = [](int value) { return [value](S &s) { s.blockedSessions.value = value; }; };
    const auto lag = [](double value) { return [value](S &s) { s.lagSeconds.value = value; }; };
    const auto bytes = [](qint64 value) { return [value](S &s) { s.lagBytes.value = value; }; };
    const auto used = [](int value) { return [value](S &s) { s.connections.value = value; }; };
    const auto age = [](double value) { return [value](S &s) { s.longestTransactionSeconds.value = value; }; };
    const auto cache = [](double ratio, double blocks) {
        return [ratio, blocks](S &s) {
            s.cacheHitRatio.value = ratio;
            s.blocksReadPerSecond.value = blocks;
        };
    };
    using enum Role;
    row("nothing wrong", Primary, p99(30), std::nullopt);
    row("p99 twice the median, but short", Primary, p99(59), std::nullopt);
    row("p99 notable", Primary, p99(80), Rule::P99Ratio, false);
    row("p99 just below", Primary, p99(174), Rule::P99Ratio, false);
    row("p99 five times the median", Primary, p99(176), Rule::P99Ratio);
    row("p99 over both", Primary, p99(1560), Rule::P99Ratio);
    row("the directory's p99", Directory, p99(1560), Rule::P99Ratio);
    row("no one blocked", Primary, blocked(0), std::nullopt);
    row("one blocked", Primary, blocked(1), Rule::BlockedSessions, false);
    row("four blocked", Primary, blocked(4), Rule::BlockedSessions, false);
    row("five blocked", Primary, blocked(5), Rule::BlockedSessions);
    row("lag small", Replica, lag(4.9), std::nullopt);
    row("lag notable", Replica, lag(5), Rule::LagSeconds, false);
    row("lag just below", Replica, lag(29.9), Rule::LagSeconds, false);
    row("lag", Replica, lag(30), Rule::LagSeconds);
    row("lag of a primary is its replica's", Primary, lag(3000), std::nullopt);
    row("lag in bytes", Replica, bytes(256LL << 20), Rule::LagBytes);
    row("lag in bytes just below", Replica, bytes((256LL << 20) - 1), std::nullopt);
    row("connections few", Primary, used(150), std::nullopt);
    row("connections notable", Primary, used(153), Rule::Connections, false);
    row("connections just below", Primary, used(169), Rule::Connections, false);
    row("connections", Primary, used(170), Rule::Connections);
    row("connections all", Primary, used(200), Rule::Connections);
    row("transaction short", Primary, age(59), std::nullopt);
    row("transaction notable", Primary, age(60), Rule::LongestTransaction, false);
    row("transaction", Primary, age(300), Rule::LongestTransaction);
    row("cache", Primary, cache(0.89, 5000), Rule::CacheHit);
    row("cache at the threshold", Primary, cache(0.9, 5000), std::nullopt);
    row("cache of an idle server", Primary, cache(0.1, 999), std::nullopt);
}

void TestHealth::figures()
{
    QFETCH(Role, role);
    QFETCH(Change, change);
    QFETCH(std::optional<Rule>, rule);
    QFETCH(bool, raised);
    ServerSample sample = server(role);
    change(sample);
    const ServerSample result = judged(sample);
    QCOMPARE(result.alerts.size(), rule ? size_t(1) : size_t(0));
    QCOMPARE(result.state, rule && raised ? State::Degraded : State::Healthy);
    QVERIFY(!result.reason);
    if (rule) {
        QCOMPARE(result.alerts.front().rule, *rule);
        QCOMPARE(result.alerts.front().raised, raised);
    }
}

void TestHealth::nothingIsWrongWithWhatIsUnknown()
{
    ServerSample sample;
    sample.role = Role::Replica;
    sample.state = State::Healthy;
    QVERIFY(judged(sample).alerts.empty());
    sample.connections.value = 5;
    sample.maxConnections.value = 0;
    QVERIFY(judged(sample).alerts.empty());
}

void TestHealth::thresholdsAreThoseOfTheFile()
{
    auto thresholds = cluster::defaultAlerts();
    thresholds.insert(QStringLiteral("connections_percent"), 5);
    const ServerSample result = judged(server(), thresholds);
    QCOMPARE(result.state, State::Degraded);
    QCOMPARE(result.alerts.front(), (Alert{Rule::Connections, true, 10, 5, 200}));
    thresholds = cluster::defaultAlerts();
    thresholds.insert(QStringLiteral("p99_ms"), 30);
    QCOMPARE(judged(server(), thresholds).alerts.front(), (Alert{Rule::P99, true, 30, 30, std::nullopt}));
}

void TestHealth::aRuleCanBeOff()
{
    ServerSample sample = server();
    sample.p99Ms.value = 1560;
    sample.blockedSessions.value = 50;
    auto thresholds = cluster::defaultAlerts();
    thresholds.remove(QStringLiteral("p99_ratio"));
    thresholds.remove(QStringLiteral("blocked_sessions"));
    QCOMPARE(judged(sample, thresholds).alerts, (std::vector<Alert>{{Rule::P99, true, 1560, 250, std::nullopt}}));
    QVERIFY(judged(sample, {}).alerts.empty());
    QCOMPARE(judged(sample, {}).state, State::Healthy);
}

void TestHealth::onlyWhoAnswersIsJudged()
{
    for (const State state : {State::Down, State::Stale, State::Connecting, State::Unknown}) {
        ServerSample sample = server();
        sample.blockedSessions.value = 50;
        sample.state = state;
        QCOMPARE(judged(sample).state, state);
        QVERIFY(judged(sample).alerts.empty());
    }
}

void TestHealth::raisedOnesComeFirst()
{
    ServerSample sample = server();
    sample.blockedSessions.value = 1;
    sample.longestTransactionSeconds.value = 400;
    const ServerSample result = judged(sample);
    QCOMPARE(result.alerts.size(), size_t(2));
    QCOMPARE(result.alerts[0].rule, Rule::LongestTransaction);
    QCOMPARE(result.alerts[1].rule, Rule::BlockedSessions);
}

void TestHealth::judgingTwiceChangesNothing()
{
    ServerSample sample = server();
    sample.blockedSessions.value = 7;
    FleetSample once;
    once.servers = {sample};
    judge(once, cluster::defaultAlerts());
    FleetSample twice = once;
    judge(twice, cluster::defaultAlerts());
    QCOMPARE(twice, once);
}

void TestHealth::theMedianIsThatOfLivingPrimaries()
{
    FleetSample fleet;
    QCOMPARE(medianP99Ms(fleet), std::nullopt);
    for (const double p99 : {10.0, 20.0, 40.0}) {
        fleet.servers.push_back(server());
        fleet.servers.back().p99Ms.value = p99;
    }
    for (const Role role : {Role::Replica, Role::Directory}) {
        fleet.servers.push_back(server(role));
        fleet.servers.back().p99Ms.value = 5000;
    }
    fleet.servers.push_back(server());
    fleet.servers.back().p99Ms.value = 5000;
    fleet.servers.back().state = State::Down;
    QCOMPARE(medianP99Ms(fleet), std::optional<double>(20));
}

QTEST_GUILESS_MAIN(TestHealth)
#include "tst_health.moc"
