// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/loadretry.h"
#include "demo/loadstats.h"

#include <QTest>

using namespace shardhelm;
using namespace shardhelm::demo;

using Reason = RetryPolicy::Reason;
Q_DECLARE_METATYPE(std::optional<Reason>)

namespace {

Error serverError(const char *sqlstate, const char *message)
{
    Error error;
    error.code = ErrorCode::StatementFailed;
    error.db = DbError();
    error.db->sqlstate = QLatin1StringView(sqlstate);
    error.db->message = QLatin1StringView(message);
    error.db->connectionUsable = true;
    return error;
}

} // namespace

/// What a client of the router contract does about a failure, and how the load counts time.
class TestRetry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsTheReason_data();
    void knowsTheReason();
    void backsOffFromAFence();
    void pausesGrowAnewForAnotherReason();
    void quantilesAreOfTheirClass();
};

void TestRetry::knowsTheReason_data()
{
    QTest::addColumn<QByteArray>("sqlstate");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<std::optional<Reason>>("reason");
    const auto row = [](const char *name, const char *state, const char *message, std::optional<Reason> reason) {
        QTest::newRow(name) << QByteArray(state) << QByteArray(message) << reason;
    };
    row("moved", "40001", "shardhelm:moved shard 7 lives on b", Reason::Moved);
    row("fenced", "40001", "shardhelm:fenced shard 7", Reason::Fenced);
    row("bare", "40001", "could not serialize access due to concurrent update", Reason::Conflict);
    row("moved by another state", "P0001", "shardhelm:moved shard 7", std::nullopt);
    row("moved in the middle", "40001", "not shardhelm:moved", Reason::Conflict);
    row("deadlock", "40P01", "deadlock detected", Reason::Conflict);
    row("copy gone", "42P01", "relation \"ls_0007.users\" does not exist", Reason::Moved);
    row("shutdown", "57P01", "terminating connection due to administrator command", Reason::Unreachable);
    row("starting", "57P03", "the database system is starting up", Reason::Unreachable);
    row("replica", "25006", "cannot execute INSERT in a read-only transaction", Reason::Unreachable);
    row("duplicate key", "23505", "duplicate key value", std::nullopt);
}

void TestRetry::knowsTheReason()
{
    QFETCH(const QByteArray, sqlstate);
    QFETCH(const QByteArray, message);
    QFETCH(const std::optional<Reason>, reason);
    QVERIFY(RetryPolicy::reasonOf(serverError(sqlstate.constData(), message.constData())) == reason);
}

void TestRetry::backsOffFromAFence()
{
    RetryPolicy policy;
    QList<int> pauses;
    for (int i = 0; i < 8; ++i)
        pauses.append(static_cast<int>(policy.next(Reason::Fenced)->count()));
    QCOMPARE(pauses, QList<int>({5, 10, 20, 40, 80, 160, 200, 200}));
    QCOMPARE(policy.retries(), quint32(8));
}

void TestRetry::pausesGrowAnewForAnotherReason()
{
    RetryPolicy policy;
    for (int i = 0; i < 4; ++i)
        policy.next(Reason::Fenced);
    QCOMPARE(policy.next(Reason::Moved)->count(), 0);
    QCOMPARE(policy.next(Reason::Fenced)->count(), 5);
    for (int i = 0; i < 20; ++i)
        QVERIFY(policy.next(Reason::Conflict)->count() <= 50);
}

void TestRetry::quantilesAreOfTheirClass()
{
    LatencyCounts latencies;
    QCOMPARE(LatencyCounts::quantileMs(latencies.counts(), 0.99), 0.0);
    for (int i = 0; i < 990; ++i)
        latencies.add(std::chrono::milliseconds(1));
    for (int i = 0; i < 10; ++i)
        latencies.add(std::chrono::milliseconds(100));
    const auto counts = latencies.counts();
    const auto near = [](double value, double expected) { return value >= expected && value < expected * 1.1; };
    QVERIFY(near(LatencyCounts::quantileMs(counts, 0.5), 1));
    QVERIFY(near(LatencyCounts::quantileMs(counts, 0.99), 1));
    QVERIFY(near(LatencyCounts::quantileMs(counts, 0.991), 100));
    latencies.add(std::chrono::hours(1000));
    latencies.add(std::chrono::microseconds(0));
    QVERIFY(LatencyCounts::quantileMs(latencies.counts(), 1) > 3'600'000);
}

QTEST_GUILESS_MAIN(TestRetry)
#include "tst_retry.moc"
