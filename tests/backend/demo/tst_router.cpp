// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/routing.h"
#include "demo/loadretry.h"
#include "demo/router.h"
#include "loadcluster.h"

using namespace shardhelm;
using namespace shardhelm::test;
using demo::RetryPolicy;
using demo::Router;

namespace {

const QString key = QStringLiteral("3");
constexpr int forever = 3600; ///< a TTL within which nothing is read again by itself
constexpr int brief = 6; ///< a TTL that is soon over, yet not before a busy machine has looked

} // namespace

/// The router contract of the directory, as the demo's router keeps it.
class TestRouter : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<LoadCluster> m_cluster;

    std::unique_ptr<Router> start(int ttlSeconds)
    {
        m_cluster = std::make_unique<LoadCluster>(cluster::Layout::Schema, ttlSeconds);
        auto router = Router::start(m_cluster->file(), QStringLiteral("test router"), soon());
        if (!router)
            qFatal("%s", reasonOf(router).constData());
        return std::move(*router);
    }

    /// First cell of a statement's answer on the directory.
    [[nodiscard]] QString directory(const QByteArray &sql) const
    {
        auto opened = m_cluster->directory();
        const auto rows = opened.connection().query(sql, soon());
        return rows ? (rows->isEmpty() ? QString() : rows->text(0, 0)) : QString::fromUtf8(reasonOf(rows));
    }

private Q_SLOTS:
    void cleanup() { m_cluster.reset(); }
    void pinsComeFirst();
    void aNotificationIsFollowedAtOnce();
    void withoutNotificationsTheMapIsReplacedInTime();
    void theEpochInUseIsAnnounced();
    void whatAShardAnswersDecidesTheRetry();
    void aTransactionUnderAMapTooOldIsTriedAgain();
};

void TestRouter::pinsComeFirst()
{
    const auto router = start(forever);
    const auto routed = router->route(key, soon());
    QVERIFY2(routed, reasonOf(routed).constData());
    const int elsewhere = (routed->shard + 1) % LoadCluster::logicalShards;
    auto opened = m_cluster->directory();
    QVERIFY(opened.pin(key, elsewhere, soon()));
    QTRY_COMPARE(router->route(key, soon()).value_or(demo::Route()).shard, elsewhere);
    QCOMPARE(router->route(key, soon())->instance.name, m_cluster->map().shard(elsewhere)->instance);
    QVERIFY(opened.pin(key, std::nullopt, soon()));
    QTRY_COMPARE(router->route(key, soon()).value_or(demo::Route()).shard, routed->shard);
}

void TestRouter::aNotificationIsFollowedAtOnce()
{
    const auto router = start(forever);
    const auto before = router->route(key, soon());
    QVERIFY2(before, reasonOf(before).constData());
    const QString target = before->instance.name == QLatin1StringView("a") ? QStringLiteral("b") : QStringLiteral("a");
    auto opened = m_cluster->directory();
    const auto flipped = opened.flip(before->shard, before->instance.name, target, before->shardEpoch, soon());
    QVERIFY2(flipped, reasonOf(flipped).constData());
    // A third of the TTL is twenty minutes away: nothing but the notification can bring this about.
    QTRY_COMPARE(router->map().mapEpoch, *flipped);
    const auto after = router->route(key, soon());
    QCOMPARE(after->instance.name, target);
    QCOMPARE(after->mapEpoch, *flipped);
    QVERIFY(after->shardEpoch > before->shardEpoch);
}

void TestRouter::withoutNotificationsTheMapIsReplacedInTime()
{
    const auto router = start(brief);
    const auto before = router->route(key, soon());
    QVERIFY2(before, reasonOf(before).constData());
    QVERIFY(Router::mayStillUse(*before));
    // By hand, past what notifies.
    const QString epoch = directory("update shardhelm.cluster set map_epoch = map_epoch + 7 returning map_epoch");
    QTRY_COMPARE(QString::number(router->map().mapEpoch), epoch);
    QTRY_VERIFY(!Router::mayStillUse(*before));
    const auto after = router->route(key, soon());
    QVERIFY2(after, reasonOf(after).constData());
    QVERIFY(Router::mayStillUse(*after));
    QCOMPARE(QString::number(after->mapEpoch), epoch);
}

void TestRouter::theEpochInUseIsAnnounced()
{
    auto router = start(forever);
    const QByteArray seen = "select seen_epoch from shardhelm.router where name = 'test router'";
    QCOMPARE(directory(seen), QString::number(router->map().mapEpoch));
    auto opened = m_cluster->directory();
    QVERIFY(opened.pin(key, 0, soon()));
    const QString now = QString::number(m_cluster->map().mapEpoch);
    QTRY_COMPARE(directory(seen), now);
    router.reset();
    QCOMPARE(directory("select count(*) from shardhelm.router"), QStringLiteral("0"));
}

void TestRouter::whatAShardAnswersDecidesTheRetry()
{
    const auto router = start(forever);
    auto shard = m_cluster->server(QStringLiteral("a")).connect();
    const auto answer = [&shard](const QByteArray &message) {
        const auto rows = shard.run(
            "do $$ begin raise exception using errcode = '40001', message = '" + message + "'; end $$", soon());
        return rows ? std::nullopt : RetryPolicy::reasonOf(rows.error());
    };
    QVERIFY(answer("shardhelm:fenced shard 1") == RetryPolicy::Reason::Fenced);
    QVERIFY(answer("could not serialize access") == RetryPolicy::Reason::Conflict);
    QVERIFY(answer("shardhelm:moved shard 1") == RetryPolicy::Reason::Moved);
    // What a client does then. The map changed without a word: only reading it again can tell.
    const QString epoch = directory("update shardhelm.cluster set map_epoch = map_epoch + 7 returning map_epoch");
    QVERIFY(QString::number(router->map().mapEpoch) != epoch);
    const qint64 readings = router->readings();
    QVERIFY(router->refresh(soon()));
    QVERIFY(router->readings() > readings);
    QCOMPARE(QString::number(router->route(key, soon())->mapEpoch), epoch);
}

void TestRouter::aTransactionUnderAMapTooOldIsTriedAgain()
{
    m_cluster = std::make_unique<LoadCluster>(cluster::Layout::Schema, brief);
    RunningLoad load(*m_cluster, 2);
    QVERIFY(load.waitForOperations(20));
    // Writers wait inside their transactions until every map they can have begun under is too old.
    std::vector<pg::Connection> holders;
    for (const QString &name : {QStringLiteral("a"), QStringLiteral("b")})
        holders.push_back(m_cluster->server(name).connect());
    for (const cluster::LogicalShard &shard : m_cluster->map().shards) {
        pg::Connection &holder = holders.at(shard.instance == QLatin1StringView("a") ? 0 : 1);
        const QByteArray schema = m_cluster->map().schemaOf(shard.id).toUtf8();
        const auto locked = holder.run(QByteArray(holder.inTransaction() ? "" : "begin; ") + "lock table " + schema
                                           + ".users, " + schema + ".projects, " + schema + ".orders in exclusive mode",
                                       soon());
        QVERIFY2(locked, reasonOf(locked).constData());
    }
    const auto waiting = [this] {
        const QByteArray count = "select count(*) from pg_locks where not granted";
        return m_cluster->run(QStringLiteral("a"), count).toInt() + m_cluster->run(QStringLiteral("b"), count).toInt();
    };
    QTRY_VERIFY(waiting() > 0);
    {
        const auto later = Router::start(m_cluster->file(), QStringLiteral("later"), soon());
        QVERIFY2(later, reasonOf(later).constData());
        const auto route = (*later)->route(key, soon());
        QVERIFY2(route, reasonOf(route).constData());
        QTRY_VERIFY(!Router::mayStillUse(*route));
    }
    for (pg::Connection &holder : holders)
        QVERIFY(holder.run("rollback", soon()));
    const QString tooOld = QStringLiteral("map too old");
    QVERIFY(load.waitUntil([&](const demo::LoadTotals &totals) { return totals.errors.value(tooOld) > 0; }));
    QVERIFY(load.waitForOperations(20));
    const auto loaded = load.stop();
    QVERIFY2(loaded, reasonOf(loaded).constData());
    QCOMPARE(loaded->totals.refused, 0);
    const auto checked = m_cluster->check();
    QVERIFY2(checked, reasonOf(checked).constData());
    QCOMPARE(checked->all.lost + checked->all.duplicated, 0);
}

QTEST_GUILESS_MAIN(TestRouter)
#include "tst_router.moc"
