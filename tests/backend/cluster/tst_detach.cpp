// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lifecycle.h"
#include "support/testcluster.h"

#include <QTest>

#include <optional>
#include <thread>

using namespace shardhelm;
using namespace shardhelm::cluster;
using shardhelm::test::shown;
using shardhelm::test::soon;
using shardhelm::test::TestCluster;
using shardhelm::test::TestServer;

/// Taking the directory away: instance by instance, finished when it was interrupted.
class TestDetach : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_server = std::make_unique<TestServer>(); }
    void cleanupTestCase() { m_server.reset(); }

    void detaches();
    void detachRefuses();
    void detachTriesTheDirectoryFirst();
    void detachFinishesWhenRepeated();
    void detachSkipsLostRetiredInstances();

private:
    std::unique_ptr<TestServer> m_server;
};

void TestDetach::detaches()
{
    TestCluster cluster(*m_server);
    cluster.init();
    cluster.run(
        "create schema shardhelm; create table shardhelm.guard_state (x int);"
        "create function shardhelm.guard() returns trigger language plpgsql as 'begin return new; end';"
        "create trigger shardhelm_guard_1 after insert on app.users for each row execute function shardhelm.guard();"
        "create trigger theirs after insert on app.users for each row execute function "
        "  suppress_redundant_updates_trigger();"
        "alter table app.users drop constraint if exists x;"
        "create publication shardhelm_move_1 for table app.users; create publication theirs;"
        "create subscription shardhelm_move_2 connection 'dbname=nowhere' publication p "
        "  with (connect = false, slot_name = none)",
        QStringLiteral("one"));
    cluster.run("select pg_create_logical_replication_slot('shardhelm_slot_"
                    + QByteArray::number(QCoreApplication::applicationPid()) + "', 'pgoutput')",
                QStringLiteral("two"));
    const auto leftOn = [&cluster](const QString &which) {
        return cluster
            .run("select count(*) from (select subname from pg_subscription where subname like 'shardhelm%' "
                 "  and subdbid = (select oid from pg_database where datname = current_database()) "
                 "union all select pubname from pg_publication where pubname like 'shardhelm%' "
                 "union all select slot_name from pg_replication_slots where database = current_database() "
                 "union all select tgname from pg_trigger where tgname like 'shardhelm%' "
                 "union all select nspname from pg_namespace where nspname = 'shardhelm') x",
                 which)
            .integer(0, 0);
    };
    QCOMPARE(leftOn(QStringLiteral("one")), 4);
    QCOMPARE(leftOn(QStringLiteral("two")), 1);

    const auto planned = detachDirectory(cluster.file, RunMode::DryRun, nullptr, soon());
    QVERIFY2(planned, qPrintable(planned ? QString() : shown(planned.error())));
    QCOMPARE(planned->plan.size(), std::size_t(8));
    QCOMPARE(planned->plan.back(), (PlannedStatement{QStringLiteral("directory"), "drop schema shardhelm cascade"}));
    QCOMPARE(leftOn(QStringLiteral("one")), 4);
    QVERIFY(cluster.open().readMap(soon()));

    const auto done = detachDirectory(cluster.file, RunMode::Run, nullptr, soon());
    QVERIFY2(done, qPrintable(done ? QString() : shown(done.error())));
    QCOMPARE(done->plan, planned->plan);
    QCOMPARE(leftOn(QStringLiteral("one")), 0);
    QCOMPARE(leftOn(QStringLiteral("two")), 0);
    QCOMPARE(leftOn(QStringLiteral("directory")), 0);
    QVERIFY(cluster.mark(QStringLiteral("one")).isEmpty());
    QVERIFY(cluster.mark(QStringLiteral("two")).isEmpty());
    QCOMPARE(
        cluster.run("select count(*) from pg_trigger where tgname = 'theirs'", QStringLiteral("one")).integer(0, 0), 1);
    QCOMPARE(cluster.run("select count(*) from pg_publication", QStringLiteral("one")).integer(0, 0), 1);
    const auto again = detachDirectory(cluster.file, RunMode::Run, nullptr, soon());
    QVERIFY(!again);
    QCOMPARE(again.error().code, ErrorCode::DirectoryMissing);
    cluster.init();
}

void TestDetach::detachRefuses()
{
    TestCluster cluster(*m_server);
    cluster.init();
    const auto codeOf = [&cluster] {
        const auto done = detachDirectory(cluster.file, RunMode::Run, nullptr, soon());
        return done ? ErrorCode::Internal : done.error().code;
    };
    cluster.run("insert into shardhelm.move (logical_shard, source, target, layout) values (1, 'one', 'two', 'rows')");
    QCOMPARE(codeOf(), ErrorCode::ShardBusy);
    cluster.run("delete from shardhelm.move; create view public.theirs as select * from shardhelm.logical_shard");
    const auto used = detachDirectory(cluster.file, RunMode::Run, nullptr, soon());
    QVERIFY(!used);
    QCOMPARE(used.error().code, ErrorCode::Refused);
    QVERIFY2(used.error().found.contains(QLatin1StringView("theirs")), qPrintable(used.error().found));
    cluster.run("drop view public.theirs; update shardhelm.instance set conninfo = 'host=127.0.0.1 port=1' "
                "where name = 'two'");
    QCOMPARE(codeOf(), ErrorCode::ConnectionRefused);
    cluster.run("update shardhelm.instance set conninfo = (select conninfo from shardhelm.instance where name = 'one') "
                "where name = 'two'");
    QCOMPARE(codeOf(), ErrorCode::InstanceIsAnother);
    // Nothing was touched by any of them.
    QVERIFY(!cluster.mark(QStringLiteral("one")).isEmpty());
    QVERIFY(!cluster.mark(QStringLiteral("two")).isEmpty());
    QVERIFY(cluster.open().readMap(soon()));
}

void TestDetach::detachTriesTheDirectoryFirst()
{
    TestCluster cluster(*m_server);
    cluster.init();
    const QByteArray database = pg::Connection::identifier(cluster.database(QStringLiteral("directory")));
    cluster.run("alter database " + database + " set default_transaction_read_only = on", QStringLiteral("one"));
    const auto readOnly = detachDirectory(cluster.file, RunMode::Run, nullptr, soon());
    QVERIFY(!readOnly);
    QCOMPARE(readOnly.error().code, ErrorCode::ReadOnlyServer);
    cluster.run("alter database " + database + " reset default_transaction_read_only", QStringLiteral("one"));
    QVERIFY(!cluster.mark(QStringLiteral("one")).isEmpty());

    pg::Connection reader = cluster.connect(QStringLiteral("directory"));
    QVERIFY(reader.run("begin; lock table shardhelm.router in access share mode", soon()));
    std::stop_source stop;
    std::optional<Result<DetachReport>> stopped;
    std::thread detaching([&] {
        stopped = detachDirectory(cluster.file, RunMode::Run, nullptr,
                                  Wait::forDuration(std::chrono::seconds(120), stop.get_token()));
    });
    const bool waits = QTest::qWaitFor(
        [&] {
            return cluster.run("select count(*) from pg_locks where not granted and mode = 'AccessExclusiveLock'")
                       .integer(0, 0)
                > 0;
        },
        60000);
    stop.request_stop();
    detaching.join();
    QVERIFY(waits);
    QVERIFY(!*stopped);
    QCOMPARE(stopped->error().code, ErrorCode::Cancelled);
    QVERIFY(!cluster.mark(QStringLiteral("one")).isEmpty());
    QVERIFY(!cluster.mark(QStringLiteral("two")).isEmpty());
    QVERIFY(cluster.open().readMap(soon()));
}

void TestDetach::detachFinishesWhenRepeated()
{
    TestCluster cluster(*m_server);
    cluster.init();
    cluster.run("create trigger shardhelm_guard_1 after insert on app.users for each row execute function "
                "suppress_redundant_updates_trigger()",
                QStringLiteral("two"));
    pg::Connection reader = cluster.connect(QStringLiteral("two"));
    QVERIFY(reader.run("begin; lock table app.users in access share mode", soon()));
    const auto half = detachDirectory(cluster.file, RunMode::Run, nullptr, Wait::forDuration(std::chrono::seconds(15)));
    QVERIFY2(half, qPrintable(half ? QString() : shown(half.error())));
    QVERIFY(half->stopped);
    QCOMPARE(half->stopped->code, ErrorCode::TimedOut);
    QCOMPARE(half->cleaned, QStringList{QStringLiteral("one")});
    QVERIFY(cluster.open().readMap(soon()));
    QVERIFY(cluster.mark(QStringLiteral("one")).isEmpty());
    QVERIFY(!cluster.mark(QStringLiteral("two")).isEmpty());
    QVERIFY(reader.run("rollback", soon()));
    const auto done = detachDirectory(cluster.file, RunMode::Run, nullptr, soon());
    QVERIFY2(done, qPrintable(done ? QString() : shown(done.error())));
    QVERIFY(cluster.mark(QStringLiteral("two")).isEmpty());
    QVERIFY(cluster.run("select from pg_namespace where nspname = 'shardhelm'").isEmpty());
}

void TestDetach::detachSkipsLostRetiredInstances()
{
    TestCluster cluster(*m_server);
    cluster.init();
    cluster.run(
        "update shardhelm.instance set conninfo = 'host=127.0.0.1 port=1', state = 'retired' where name = 'two'");
    const auto done = detachDirectory(cluster.file, RunMode::Run, nullptr, soon());
    QVERIFY2(done, qPrintable(done ? QString() : shown(done.error())));
    QCOMPARE(done->leftOut, QStringList{QStringLiteral("two")});
    QVERIFY(cluster.mark(QStringLiteral("one")).isEmpty());
    QVERIFY(!cluster.mark(QStringLiteral("two")).isEmpty());
}

QTEST_GUILESS_MAIN(TestDetach)
#include "tst_detach.moc"
