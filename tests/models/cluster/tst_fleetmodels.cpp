// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/commandline.h"
#include "cluster/fleet.h"
#include "cluster/instancesfilter.h"
#include "cluster/instancesmodel.h"
#include "cluster/median.h"
#include "cluster/rankingmodel.h"
#include "cluster/recentclusters.h"
#include "cluster/serverfacts.h"
#include "cluster/settings.h"
#include "monitor/verdicts.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <limits>

using namespace shardhelm;

class TestFleetModels : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rankingOrder();
    void nothingWrong();
    void noiseIsNoFinding();
    void medianLeavesOutReplicasAndTheDirectory();
    void historyKeepsGapsAndDropsRepeats();
    void medianOfPartOfACycle();
    void medianKeepsGapsAndForgetsTheSilent();
    void oneMedianEverywhere();
    void rowsComeAndGo();
    void sorting();
    void filtering();
    void exportedFacts();
    void factsHideSecrets();
    void recentSurvivesARestart();
    void ranges();
    void commandQuoting();
};

namespace {

monitor::ServerSample server(const QString &name, double p99, monitor::State state = monitor::State::Healthy)
{
    monitor::ServerSample s;
    s.name = s.instance = name;
    s.role = monitor::Role::Primary;
    s.state = state;
    s.p99Ms.value = p99;
    s.p99Source = QStringLiteral("estimate");
    s.p99WindowSeconds = 10;
    s.connections.value = 10;
    s.maxConnections.value = 100;
    s.sampledAt = QDateTime::fromSecsSinceEpoch(1'700'000'000, Qt::UTC);
    return s;
}

monitor::FleetSample fleetOf(std::vector<monitor::ServerSample> servers, int second = 0)
{
    monitor::FleetSample sample;
    sample.serial = second + 1;
    sample.at = QDateTime::fromSecsSinceEpoch(1'700'000'000 + second, Qt::UTC);
    for (monitor::ServerSample &s : servers)
        s.sampledAt = s.sampledAt.addSecs(second);
    sample.servers = std::move(servers);
    monitor::judgeOnce(sample, {});
    return sample;
}

QStringList names(const QAbstractItemModel &model)
{
    QStringList result;
    for (int row = 0; row < model.rowCount(); ++row)
        result << model.index(row, 0).data().toString();
    return result;
}

} // namespace

void TestFleetModels::rankingOrder()
{
    auto blocked = server(QStringLiteral("blocked"), 40);
    blocked.blockedSessions.value = 7;
    auto lagging = server(QStringLiteral("a/1"), 40);
    lagging.role = monitor::Role::Replica;
    lagging.instance = QStringLiteral("a");
    lagging.lagSeconds.value = 42;
    lagging.lagBytes.value = 318LL << 20;
    auto full = server(QStringLiteral("full"), 40);
    full.connections.value = 94;
    const auto sample =
        fleetOf({server(QStringLiteral("a"), 38), server(QStringLiteral("b"), 40), blocked, lagging, full,
                 server(QStringLiteral("slow"), 1560), server(QStringLiteral("dead"), 0, monitor::State::Down),
                 server(QStringLiteral("old"), 0, monitor::State::Stale)});
    const auto ranking = rankFleet(sample);
    QStringList order;
    for (const Rank &rank : ranking)
        order << rank.server;
    QCOMPARE(order,
             QStringList({QStringLiteral("dead"), QStringLiteral("old"), QStringLiteral("blocked"),
                          QStringLiteral("full"), QStringLiteral("slow"), QStringLiteral("a/1")}));
    QCOMPARE(ranking[0].condition, Condition::Down);
    QCOMPARE(ranking[2].condition, Condition::Degraded);
    QVERIFY(ranking[4].reason().contains(QStringLiteral("p99 is 1.56 s, 39× the fleet median")));
    QVERIFY(ranking[5].reason().contains(QStringLiteral("42"))
            && ranking[5].reason().contains(QStringLiteral("318 MB")));
    const FleetSummary summary = summarize(sample, ranking);
    QCOMPARE(summary.servers, 8);
    QCOMPARE(summary.down, 1);
    QCOMPARE(summary.stale, 1);
    QCOMPARE(summary.degraded, 4);
    QCOMPARE(summary.healthy, 2);
    // Without the dead and the old one, the first degraded one is the worst.
    const auto living = rankFleet(fleetOf(
        {server(QStringLiteral("a"), 38), server(QStringLiteral("b"), 40), server(QStringLiteral("slow"), 1560)}));
    QCOMPARE(living.front().condition, Condition::Worst);
}

void TestFleetModels::nothingWrong()
{
    const auto sample = fleetOf({server(QStringLiteral("a"), 38), server(QStringLiteral("b"), 40)});
    QVERIFY(rankFleet(sample).empty());
    const FleetSummary summary = summarize(sample, {});
    QCOMPARE(summary.healthy, 2);
    QCOMPARE(summary.median(Metric::P99), std::optional<double>(39));
    QVERIFY(!summary.median(Metric::LagSeconds));
}

void TestFleetModels::noiseIsNoFinding()
{
    // 4 ms against 1 ms is four times as much and nothing anybody waits for.
    QVERIFY(rankFleet(fleetOf({server(QStringLiteral("a"), 1), server(QStringLiteral("b"), 1),
                               server(QStringLiteral("c"), 4)}))
                .empty());
}

void TestFleetModels::medianLeavesOutReplicasAndTheDirectory()
{
    auto replica = server(QStringLiteral("a/1"), 1000);
    replica.role = monitor::Role::Replica;
    auto directory = server(QStringLiteral("directory"), 1000);
    directory.role = monitor::Role::Directory;
    const auto sample = fleetOf({server(QStringLiteral("a"), 10), replica, server(QStringLiteral("b"), 20),
                                 server(QStringLiteral("c"), 30),
                                 server(QStringLiteral("dead"), 5000, monitor::State::Down), directory});
    QCOMPARE(fleetMedian(sample, Metric::P99), std::optional<double>(20));
}

void TestFleetModels::historyKeepsGapsAndDropsRepeats()
{
    FleetHistory history;
    history.append(fleetOf({server(QStringLiteral("a"), 10)}, 0));
    history.append(fleetOf({server(QStringLiteral("a"), 10)}, 0)); // reported again because another server answered
    history.append(fleetOf({server(QStringLiteral("a"), 10, monitor::State::Down)}, 2));
    history.append(fleetOf({server(QStringLiteral("a"), 30)}, 4));
    const auto values = history.values(QStringLiteral("a"), Metric::P99, 0);
    QCOMPARE(values.size(), 3u);
    QCOMPARE(values[0], 10.0);
    QVERIFY(std::isnan(values[1]));
    QCOMPARE(values[2], 30.0);
    history.setSpan(std::chrono::seconds(3));
    history.append(fleetOf({server(QStringLiteral("a"), 40)}, 6));
    QCOMPARE(history.values(QStringLiteral("a"), Metric::P99, 0).size(), 2u);
    QCOMPARE(history.values(QStringLiteral("a"), Metric::P99, 1), std::vector<double>({40}));
    QVERIFY(history.values(QStringLiteral("nobody"), Metric::P99, 0).empty());
}

void TestFleetModels::medianOfPartOfACycle()
{
    // Three servers answer 0.1 s apart in each cycle of 2 s; of the last cycle only the slow one has arrived.
    using Curve = std::vector<FleetHistory::Point>;
    std::vector<Curve> curves(3);
    for (int cycle = 0; cycle < 5; ++cycle) {
        curves[0].push_back({100.0 + 2 * cycle, 9});
        if (cycle == 4)
            break;
        curves[1].push_back({100.1 + 2 * cycle, 1});
        curves[2].push_back({100.2 + 2 * cycle, 2});
    }
    const Curve median = medianCurve(curves);
    QCOMPARE(median.back().seconds, 108.0);
    for (const FleetHistory::Point &point : median)
        QCOMPARE(point.value, 2.0);
    QVERIFY(median.size() >= 4);
    for (size_t i = 1; i < median.size(); ++i)
        QCOMPARE(median[i].seconds - median[i - 1].seconds, 2.0);

    // One sample each is all there is: still over every server.
    const Curve single = medianCurve({{{100, 9}}, {{100.1, 1}}, {{100.2, 2}}});
    QCOMPARE(single.size(), size_t(1));
    QCOMPARE(single.front().value, 2.0);
    QVERIFY(medianCurve({}).empty());
    QVERIFY(medianCurve({{}, {}}).empty());
}

void TestFleetModels::medianKeepsGapsAndForgetsTheSilent()
{
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    std::vector<std::vector<FleetHistory::Point>> curves(3);
    for (int second = 0; second < 20; ++second) {
        const bool gap = second >= 8 && second < 12;
        curves[0].push_back({double(second), gap ? none : 10});
        curves[1].push_back({double(second), gap ? none : 20});
        // Goes silent without a word.
        if (second < 4)
            curves[2].push_back({double(second), 1000});
    }
    const auto median = medianCurve(curves);
    const auto at = [&](double seconds) {
        for (const FleetHistory::Point &point : median) {
            if (point.seconds == seconds)
                return point.value;
        }
        return -1.0;
    };
    QCOMPARE(at(3), 20.0);
    QCOMPARE(at(6), 20.0); // its last value counts for a while
    QCOMPARE(at(7), 15.0);
    QVERIFY(std::isnan(at(9)));
    QCOMPARE(at(12), 15.0);
    QCOMPARE(at(19), 15.0);
}

void TestFleetModels::oneMedianEverywhere()
{
    // An even number of servers, each report with the news of one of them.
    Fleet fleet;
    std::vector<monitor::ServerSample> servers{server(QStringLiteral("a"), 1.24), server(QStringLiteral("b"), 0.773),
                                               server(QStringLiteral("c"), 0.822), server(QStringLiteral("d"), 0.758)};
    for (int cycle = 0; cycle < 6; ++cycle) {
        for (size_t i = 0; i < servers.size(); ++i) {
            if (cycle == 5 && i > 0)
                break;
            servers[i].sampledAt = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000 + cycle * 2000 + qint64(i) * 50);
            monitor::FleetSample sample;
            sample.serial = cycle + 1;
            sample.at = servers[i].sampledAt;
            sample.servers = servers;
            fleet.addSample(sample);
        }
    }
    std::vector<std::vector<FleetHistory::Point>> curves;
    for (const auto &each : servers)
        curves.push_back(fleet.history().series(each.name, Metric::P99));
    const double expected = (0.773 + 0.822) / 2;
    QVERIFY(std::abs(fleet.summary().median(Metric::P99).value_or(0) - expected) < 1e-6);
    const auto median = medianCurve(curves);
    for (const auto &point : median)
        QVERIFY2(std::abs(point.value - expected) < 1e-6, qPrintable(QString::number(point.value)));
    QCOMPARE(fleet.history().begin(), std::optional<double>(1'700'000'000));
}

void TestFleetModels::rowsComeAndGo()
{
    Fleet fleet;
    InstancesModel model(fleet);
    RankingModel ranking(fleet);
    InstancesFilter proxy(model, fleet);
    const QAbstractItemModelTester first(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QAbstractItemModelTester second(&proxy, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QAbstractItemModelTester third(&ranking, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    fleet.addSample(fleetOf({server(QStringLiteral("a"), 10), server(QStringLiteral("c"), 10)}));
    QCOMPARE(names(model), QStringList({QStringLiteral("a"), QStringLiteral("c")}));
    const QPersistentModelIndex kept = model.index(1, 0);
    fleet.addSample(fleetOf(
        {server(QStringLiteral("a"), 10), server(QStringLiteral("b"), 500), server(QStringLiteral("c"), 10)}, 2));
    QCOMPARE(names(model), QStringList({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
    QCOMPARE(kept.row(), 2);
    QCOMPARE(ranking.rowCount(), 1);
    fleet.addSample(fleetOf({server(QStringLiteral("c"), 10), server(QStringLiteral("a"), 10)}, 4));
    QCOMPARE(names(model), QStringList({QStringLiteral("c"), QStringLiteral("a")}));
    QCOMPARE(kept.row(), 0);
    QCOMPARE(ranking.rowCount(), 0);
    fleet.clear();
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(reset.count(), 0);
}

void TestFleetModels::sorting()
{
    Fleet fleet;
    InstancesModel model(fleet);
    InstancesFilter proxy(model, fleet);
    auto unknown = server(QStringLiteral("u"), 0);
    unknown.p99Ms = {};
    fleet.addSample(fleetOf(
        {server(QStringLiteral("a"), 10), server(QStringLiteral("b"), 30), server(QStringLiteral("c"), 10), unknown}));
    proxy.sort(InstancesModel::P99, Qt::DescendingOrder);
    QCOMPARE(names(proxy),
             QStringList({QStringLiteral("b"), QStringLiteral("a"), QStringLiteral("c"), QStringLiteral("u")}));
    proxy.sort(InstancesModel::P99, Qt::AscendingOrder);
    QCOMPARE(names(proxy),
             QStringList({QStringLiteral("a"), QStringLiteral("c"), QStringLiteral("b"), QStringLiteral("u")}));
    // Figures change: rows stay, until a condition changes.
    fleet.addSample(fleetOf(
        {server(QStringLiteral("a"), 90), server(QStringLiteral("b"), 80), server(QStringLiteral("c"), 70), unknown},
        2));
    QCOMPARE(names(proxy),
             QStringList({QStringLiteral("a"), QStringLiteral("c"), QStringLiteral("b"), QStringLiteral("u")}));
    fleet.addSample(fleetOf({server(QStringLiteral("a"), 90), server(QStringLiteral("b"), 80),
                             server(QStringLiteral("c"), 70), server(QStringLiteral("u"), 0, monitor::State::Down)},
                            4));
    QCOMPARE(names(proxy).mid(0, 3).join(u','), QStringLiteral("u,c,b"));
}

void TestFleetModels::filtering()
{
    Fleet fleet;
    InstancesModel model(fleet);
    InstancesFilter proxy(model, fleet);
    fleet.addSample(fleetOf({server(QStringLiteral("a"), 10), server(QStringLiteral("b"), 130)}));
    proxy.setText(QStringLiteral("p99 > 100 ms"));
    QCOMPARE(names(proxy), QStringList({QStringLiteral("b")}));
    QCOMPARE(proxy.hidden(), 1);
    // A new sample is judged by the filter, too.
    fleet.addSample(fleetOf({server(QStringLiteral("a"), 110), server(QStringLiteral("b"), 90)}, 2));
    QCOMPARE(names(proxy), QStringList({QStringLiteral("a")}));
}

void TestFleetModels::exportedFacts()
{
    Fleet fleet;
    InstancesModel model(fleet);
    auto first = server(QStringLiteral("a"), 38.5);
    first.sizeBytes.value = 1024;
    first.lagBytes = {std::nullopt, true};
    fleet.addSample(fleetOf({first}));
    const QJsonObject row = model.table({0}).toJson().at(0).toObject();
    QCOMPARE(row.value(QLatin1StringView("name")).toString(), QStringLiteral("a"));
    QCOMPARE(row.value(QLatin1StringView("state")).toString(), QStringLiteral("healthy"));
    QCOMPARE(row.value(QLatin1StringView("p99_ms")).toDouble(), 38.5);
    QCOMPARE(row.value(QLatin1StringView("size_bytes")).toDouble(), 1024.0);
    QVERIFY(row.value(QLatin1StringView("lag_bytes")).isNull());
    QVERIFY(row.value(QLatin1StringView("tps")).isNull());
}

void TestFleetModels::factsHideSecrets()
{
    Fleet fleet;
    cluster::ShardMap map;
    cluster::Instance instance;
    instance.name = QStringLiteral("a");
    instance.conninfo = QStringLiteral("host=h user=u password=topsecret");
    map.instances = {instance};
    map.shards = {{0, QStringLiteral("a"), 1, cluster::ShardState::Active, {}},
                  {1, QStringLiteral("a"), 1, cluster::ShardState::Active, {}}};
    fleet.setMap(map);
    fleet.addSample(fleetOf({server(QStringLiteral("a"), 38)}));
    QString all;
    for (const FactGroup &group : factsOf(QStringLiteral("a"), fleet)) {
        for (const Fact &fact : group.facts)
            all += fact.label % u'=' % fact.value % u'(' % fact.note % QStringLiteral(")\n");
    }
    QVERIFY2(!all.contains(QStringLiteral("topsecret")), qPrintable(all));
    QVERIFY2(all.contains(QStringLiteral("host=h")), qPrintable(all));
    QVERIFY2(all.contains(QStringLiteral("0–1")), qPrintable(all));
    // Unknown is said, never shown as zero.
    QVERIFY2(all.contains(QStringLiteral("Size=unknown")), qPrintable(all));
    QVERIFY(factsOf(QStringLiteral("nobody"), fleet).empty());
}

void TestFleetModels::recentSurvivesARestart()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("window.ini"));
    {
        Settings settings(path);
        RecentClusters recent(settings);
        const QAbstractItemModelTester tester(&recent, QAbstractItemModelTester::FailureReportingMode::QtTest);
        recent.add(QStringLiteral("/a.toml"), QStringLiteral("a"), cluster::Environment::Staging);
        recent.add(QStringLiteral("/b b.toml"), QStringLiteral("b, \"c\""), cluster::Environment::Production);
        recent.add(QStringLiteral("/a.toml"), QStringLiteral("a"), cluster::Environment::Staging);
    }
    Settings settings(path);
    RecentClusters recent(settings);
    QCOMPARE(names(recent), QStringList({QStringLiteral("a"), QStringLiteral("b, \"c\"")}));
    QCOMPARE(recent.index(0).data(RecentClusters::EnvironmentRole).toInt(), int(cluster::Environment::Staging));
    recent.remove(QStringLiteral("/a.toml"));
    QCOMPARE(recent.rowCount(), 1);
    for (int i = 0; i < 20; ++i)
        recent.add(QStringLiteral("/%1.toml").arg(i), QString::number(i), cluster::Environment::Development);
    QCOMPARE(recent.rowCount(), 8);
}

void TestFleetModels::ranges()
{
    QCOMPARE(shardRanges({}), QString());
    QCOMPARE(shardRanges({3}), QStringLiteral("3"));
    QCOMPARE(shardRanges({0, 1, 2, 5, 7, 8}), QStringLiteral("0–2, 5, 7–8"));
}

void TestFleetModels::commandQuoting()
{
    QCOMPARE(commandText({QStringLiteral("status"), QStringLiteral("--cluster"), QStringLiteral("/a/b.toml")}),
             QStringLiteral("shardhelmctl status --cluster /a/b.toml"));
    QCOMPARE(commandText({QStringLiteral("locate"), QStringLiteral("o'neil; rm -rf")}),
             QStringLiteral("shardhelmctl locate 'o'\\''neil; rm -rf'"));
}

QTEST_GUILESS_MAIN(TestFleetModels)
#include "tst_fleetmodels.moc"
