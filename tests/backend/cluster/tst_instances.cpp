// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/identity.h"
#include "cluster/instanceadd.h"
#include "cluster/instances.h"
#include "cluster/mapchange.h"
#include "cluster/schemadump.h"
#include "support/testcluster.h"

#include <QTest>

#include <optional>
#include <stop_token>
#include <thread>

using namespace shardhelm;
using namespace shardhelm::cluster;
using shardhelm::test::shown;
using shardhelm::test::soon;
using shardhelm::test::TestCluster;
using shardhelm::test::TestServer;

namespace {

/// Adding runs pg_dump twice, on a busy computer.
Wait patient()
{
    return Wait::forDuration(std::chrono::minutes(1));
}

} // namespace

class TestInstances : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_server = std::make_unique<TestServer>();
        m_other = std::make_unique<TestServer>();
    }
    void cleanupTestCase()
    {
        m_server.reset();
        m_other.reset();
    }

    void addBringsEverything();
    void addDryRunChangesNothing();
    void addInSchemaLayoutLeavesTheShards();
    void addUsesTablesThatAreThere();
    void addCopiesLargeReferenceTables();
    void addLeavesNothingBehind_data();
    void addLeavesNothingBehind();
    void addRefusesKnownInstances();
    void addStoppedIsUndoneOrFinished();
    void addGivesACopyItsOwnMark();
    void edits();
    void editTriesConnectionStrings();
    void editRenames();
    void editRefuses();
    void editAcceptsARebuiltServer();
    void retires();
    void retireRefuses();
    void retireWaitsForAFlip();
    void editsDoNotOverwriteEachOther();
    void scriptsArePlain();

private:
    /// A new empty database on the second server, as an instance "three".
    Instance newcomer(const TestCluster &cluster) const
    {
        Instance instance;
        instance.name = QStringLiteral("three");
        const QString database = cluster.database(instance.name);
        m_other->run("create database " + pg::Connection::identifier(database) + " template template0");
        instance.conninfo = m_other->conninfo(database);
        return instance;
    }
    pg::Rows runThere(const TestCluster &cluster, const QByteArray &sql) const
    {
        return m_other->run(sql, cluster.database(QStringLiteral("three")));
    }

    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<TestServer> m_other;
};

void TestInstances::addBringsEverything()
{
    // setup: an extension, a type, a role with rights, foreign keys among reference tables, a sequence, a generated
    // column
    TestCluster cluster(*m_server);
    const QString role = QStringLiteral("app \"x\" ") + cluster.database(QStringLiteral("r"));
    const QByteArray quoted = pg::Connection::identifier(role);
    cluster.run("create extension pg_trgm; create type app.mood as enum ('ok', 'bad'); create role " + quoted
                    + " login connection limit 3 createdb; grant usage on schema app to " + quoted
                    + "; grant select on app.users to " + quoted
                    + "; create table app.local (x int);"
                      "create table app.city (id serial primary key, code text not null references app.country, "
                      "  name text, upper text generated always as (upper(name)) stored, m app.mood default 'ok');"
                      "insert into app.city (code, name) values ('de', E'K\\\\öln\\t1'), ('fr', null);"
                      "create index on app.users using gin (email public.gin_trgm_ops);"
                      "create function app.touch() returns trigger language plpgsql as 'begin return new; end';"
                      "create trigger touch before update on app.users for each row execute function app.touch();"
                      "create schema shardhelm; create function shardhelm.guard() returns trigger language plpgsql as "
                      "  'begin return new; end';"
                      "create trigger shardhelm_guard before update on app.users for each row "
                      "  execute function shardhelm.guard();"
                      "insert into app.users values (1, 1, 'x');",
                QStringLiteral("one"));
    cluster.run("create table app.city (id int); create table app.local (x int)", QStringLiteral("two"));
    cluster.request.tables.push_back({QStringLiteral("app"), QStringLiteral("city"), TableKind::Reference, {}, {}});
    cluster.request.tables.push_back({QStringLiteral("app"), QStringLiteral("local"), TableKind::Local, {}, {}});
    cluster.init();
    const qint64 epoch = *cluster.open().readEpoch(soon());
    AddRequest request;
    request.instance = newcomer(cluster);
    request.instance.zone = QStringLiteral("eu-2");
    QStringList steps;
    request.progress = [&steps](const AddProgress &progress) {
        steps.append(QStringLiteral("%1 %2 %3").arg(int(progress.step)).arg(progress.table).arg(progress.rows));
    };

    // action
    const auto report = addInstance(cluster.file, request, RunMode::Run, nullptr, patient());
    QVERIFY2(report, qPrintable(report ? QString() : shown(report.error())));

    // verify
    QVERIFY(report->schemaCopied);
    QVERIFY(steps.contains(QStringLiteral("3 app.city 2")));
    const pg::Rows cities = runThere(cluster, "select id, code, name, upper, m from app.city order by id");
    QCOMPARE(cities.count(), 2);
    QCOMPARE(cities.text(0, 2), QString::fromUtf8("K\\öln\t1"));
    QCOMPARE(cities.text(0, 3), QString::fromUtf8("K\\ÖLN\t1"));
    QVERIFY(cities.isNull(1, 2));
    QCOMPARE(runThere(cluster, "insert into app.city (code) values ('de') returning id").integer(0, 0), 3);
    QCOMPARE(runThere(cluster, "select count(*) from app.country").integer(0, 0), 2);
    QCOMPARE(runThere(cluster, "select count(*) from app.users").integer(0, 0), 0);
    QCOMPARE(runThere(cluster, "select to_regclass('app.local') is null").boolean(0, 0), true);
    QCOMPARE(runThere(cluster, "select string_agg(tgname, ',') from pg_trigger where not tgisinternal").text(0, 0),
             QStringLiteral("touch"));
    QCOMPARE(runThere(cluster, "select count(*) from pg_constraint where contype = 'f'").integer(0, 0), 1);
    QVERIFY(
        runThere(cluster, "select has_table_privilege(" + pg::Connection::literal(role) + ", 'app.users', 'select')")
            .boolean(0, 0));
    const pg::Rows attributes =
        runThere(cluster,
                 "select rolcanlogin, rolconnlimit, rolcreatedb, rolsuper from pg_roles where rolname = "
                     + pg::Connection::literal(role));
    QVERIFY(attributes.boolean(0, 0) && attributes.boolean(0, 2) && !attributes.boolean(0, 3));
    QCOMPARE(attributes.integer(0, 1), 3);
    const auto map = cluster.open().readMap(soon());
    QVERIFY(map->mapEpoch > epoch);
    const Instance *added = map->instance(QStringLiteral("three"));
    QVERIFY(added);
    QCOMPARE(added->zone, QStringLiteral("eu-2"));
    pg::Connection connection = m_other->connect(cluster.database(QStringLiteral("three")));
    QCOMPARE(readDatabaseFacts(connection, soon())->identity, added->identity);
    QVERIFY(!added->identity.instanceId.isEmpty());
    QCOMPARE(cluster.run("select detail->>'instance' from shardhelm.operation order by id desc limit 1").text(0, 0),
             QStringLiteral("three"));
}

void TestInstances::addDryRunChangesNothing()
{
    TestCluster cluster(*m_server);
    cluster.init();
    const auto before = cluster.open().readMap(soon());
    AddRequest request;
    request.instance = newcomer(cluster);
    const auto report = addInstance(cluster.file, request, RunMode::DryRun, nullptr, patient());
    QVERIFY2(report, qPrintable(report ? QString() : shown(report.error())));
    QStringList servers;
    for (const PlannedStatement &statement : report->plan)
        servers.append(statement.server);
    QCOMPARE(servers.count(QStringLiteral("three")), 4); // before, country, after, mark
    QCOMPARE(servers.last(), QStringLiteral("directory"));
    QVERIFY(report->plan[0].sql.contains("CREATE TABLE app.users"));
    QVERIFY(report->plan[1].sql.startsWith("copy \"app\".\"country\""));
    QCOMPARE(*cluster.open().readMap(soon()), *before);
    QVERIFY(runThere(cluster, "select to_regnamespace('app') is null").boolean(0, 0));
}

void TestInstances::addInSchemaLayoutLeavesTheShards()
{
    TestCluster cluster(*m_server, Layout::Schema, 4);
    cluster.request.tables[0].schema.clear();
    cluster.request.schemaPattern = QStringLiteral("Ls %d");
    for (const int shard : {0, 2})
        cluster.run("create schema \"Ls " + QByteArray::number(shard) + "\"; create table \"Ls "
                        + QByteArray::number(shard) + "\".users (tenant_id bigint, code text references app.country)",
                    QStringLiteral("one"));
    cluster.run("create schema \"Ls 22\"", QStringLiteral("one"));
    cluster.init();
    AddRequest request;
    request.instance = newcomer(cluster);
    const auto report = addInstance(cluster.file, request, RunMode::Run, nullptr, patient());
    QVERIFY2(report, qPrintable(report ? QString() : shown(report.error())));
    const pg::Rows schemas = runThere(cluster,
                                      "select string_agg(nspname, ',' order by nspname) from pg_namespace "
                                      "where nspname !~ '^pg_|information_schema'");
    QCOMPARE(schemas.text(0, 0), QStringLiteral("Ls 22,app,public"));
    QCOMPARE(runThere(cluster, "select count(*) from app.country").integer(0, 0), 2);
}

void TestInstances::addUsesTablesThatAreThere()
{
    TestCluster cluster(*m_server);
    cluster.init();
    AddRequest request;
    request.instance = newcomer(cluster);
    runThere(cluster, "create schema app; create table app.users (tenant_id bigint, id bigint, email text)");
    const auto half = addInstance(cluster.file, request, RunMode::Run, nullptr, patient());
    QVERIFY(!half);
    QCOMPARE(half.error().code, ErrorCode::TableUnfit);
    QCOMPARE(half.error().subject, QStringLiteral("app.country"));
    runThere(cluster, "create table app.country (code text primary key, name text)");
    const auto report = addInstance(cluster.file, request, RunMode::Run, nullptr, patient());
    QVERIFY2(report, qPrintable(report ? QString() : shown(report.error())));
    QVERIFY(!report->schemaCopied);
    QCOMPARE(runThere(cluster, "select count(*) from app.country").integer(0, 0), 2);

    // a reference table with rows of its own is left as it is
    TestCluster second(*m_server);
    second.init();
    request.instance = newcomer(second);
    runThere(second,
             "create schema app; create table app.users (tenant_id bigint); create table app.country (code text, "
             "name text); insert into app.country values ('xx', 'Nowhere')");
    QVERIFY(addInstance(second.file, request, RunMode::Run, nullptr, patient()));
    QCOMPARE(runThere(second, "select string_agg(code, ',') from app.country").text(0, 0), QStringLiteral("xx"));
}

void TestInstances::addCopiesLargeReferenceTables()
{
    // More than the buffer between reader and writer holds.
    TestCluster cluster(*m_server);
    cluster.run("insert into app.country select i::text, repeat(md5(i::text), 30) from generate_series(1, 20000) i",
                QStringLiteral("one"));
    cluster.init();
    AddRequest request;
    request.instance = newcomer(cluster);
    const auto report = addInstance(cluster.file, request, RunMode::Run, nullptr, patient());
    QVERIFY2(report, qPrintable(report ? QString() : shown(report.error())));
    const QByteArray digest = "select count(*) || ' ' || sum(hashtext(code || name)) from app.country";
    QCOMPARE(runThere(cluster, digest).text(0, 0), cluster.run(digest, QStringLiteral("one")).text(0, 0));
}

void TestInstances::addLeavesNothingBehind_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("unreachable") << QStringLiteral("unreachable") << ErrorCode::ConnectionRefused;
    QTest::newRow("bad name") << QStringLiteral("bad name") << ErrorCode::ValueBad;
    QTest::newRow("no such source") << QStringLiteral("source") << ErrorCode::InstanceUnknown;
    QTest::newRow("secret") << QStringLiteral("secret") << ErrorCode::ValueBad;
    QTest::newRow("replica is a primary") << QStringLiteral("replica") << ErrorCode::RoleUnexpected;
    QTest::newRow("direct leads elsewhere") << QStringLiteral("direct") << ErrorCode::InstanceIsAnother;
    QTest::newRow("peer leads elsewhere") << QStringLiteral("peer") << ErrorCode::InstanceIsAnother;
    QTest::newRow("definitions that fail") << QStringLiteral("definitions") << ErrorCode::StatementFailed;
    QTest::newRow("rows that fail") << QStringLiteral("rows") << ErrorCode::StatementFailed;
    QTest::newRow("directory that refuses") << QStringLiteral("directory") << ErrorCode::StatementFailed;
}

void TestInstances::addLeavesNothingBehind()
{
    QFETCH(QString, what);
    QFETCH(ErrorCode, code);
    TestCluster cluster(*m_server);
    cluster.init();
    AddRequest request;
    request.instance = newcomer(cluster);
    if (what == QLatin1StringView("unreachable")) {
        request.instance.conninfo = QStringLiteral("host=127.0.0.1 port=1");
    } else if (what == QLatin1StringView("bad name")) {
        request.instance.name = QStringLiteral("a b");
    } else if (what == QLatin1StringView("source")) {
        request.from = QStringLiteral("nobody");
    } else if (what == QLatin1StringView("secret")) {
        request.instance.conninfo += QStringLiteral(" password=hunter2");
    } else if (what == QLatin1StringView("replica")) {
        request.instance.replicaConninfos = {request.instance.conninfo};
    } else if (what == QLatin1StringView("direct")) {
        request.instance.directConninfo = cluster.conninfo(QStringLiteral("one"));
    } else if (what == QLatin1StringView("peer")) {
        request.instance.peerConninfo = cluster.conninfo(QStringLiteral("one"));
    } else if (what == QLatin1StringView("definitions")) {
        cluster.run("create type app.clash as enum ('x')", QStringLiteral("one"));
        runThere(cluster, "create schema app; create type app.clash as enum ('y')");
    } else if (what == QLatin1StringView("rows")) {
        // The rows break a rule on their way in that they did not have to keep where they come from.
        cluster.run(
            "create function app.picky(text) returns boolean language sql immutable as 'select true';"
            "alter table app.country add check (app.picky(name));"
            "create or replace function app.picky(text) returns boolean language sql immutable as 'select false'",
            QStringLiteral("one"));
    } else if (what == QLatin1StringView("directory")) {
        cluster.run("alter table shardhelm.instance add check (name <> 'three')");
    }
    const auto before = cluster.open().readMap(soon());
    const auto report = addInstance(cluster.file, request, RunMode::Run, nullptr, patient());
    QVERIFY(!report);
    QVERIFY2(report.error().code == code, qPrintable(shown(report.error())));
    QVERIFY(!shown(report.error()).contains(QLatin1StringView("hunter2")));
    QCOMPARE(*cluster.open().readMap(soon()), *before);
    QVERIFY(runThere(cluster, "select to_regclass('app.users') is null").boolean(0, 0));
    pg::Connection connection = m_other->connect(cluster.database(QStringLiteral("three")));
    QVERIFY(readDatabaseFacts(connection, soon())->identity.instanceId.isEmpty());
}

void TestInstances::addRefusesKnownInstances()
{
    TestCluster cluster(*m_server);
    cluster.init();
    AddRequest request;
    request.instance.name = QStringLiteral("two");
    request.instance.conninfo = newcomer(cluster).conninfo;
    const auto name = addInstance(cluster.file, request, RunMode::Run, nullptr, patient());
    QVERIFY(!name);
    QCOMPARE(name.error().code, ErrorCode::InstanceDuplicate);

    request.instance.name = QStringLiteral("three");
    request.instance.conninfo = QStringLiteral("host=127.0.0.1 port=%1 user=postgres dbname=%2")
                                    .arg(QString::number(m_server->port()), cluster.database(QStringLiteral("two")));
    const auto same = addInstance(cluster.file, request, RunMode::Run, nullptr, patient());
    QVERIFY(!same);
    QCOMPARE(same.error().code, ErrorCode::InstanceDuplicate);
    QCOMPARE(same.error().found, QStringLiteral("two"));

    TestCluster stranger(*m_server);
    stranger.init();
    request.instance.conninfo = stranger.conninfo(QStringLiteral("one"));
    const auto marked = addInstance(cluster.file, request, RunMode::Run, nullptr, patient());
    QVERIFY(!marked);
    QCOMPARE(marked.error().code, ErrorCode::InstanceDuplicate);
    QVERIFY(marked.error().found.contains(stranger.mark(QStringLiteral("one"))));
}

void TestInstances::addStoppedIsUndoneOrFinished()
{
    TestCluster cluster(*m_server);
    cluster.init();
    AddRequest request;
    request.instance = newcomer(cluster);
    std::stop_source early;
    request.progress = [&early](const AddProgress &progress) {
        if (progress.step == AddProgress::Step::Registering)
            early.request_stop();
    };
    const auto undone = addInstance(cluster.file, request, RunMode::Run, nullptr,
                                    Wait::forDuration(std::chrono::minutes(1), early.get_token()));
    QVERIFY(!undone);
    QCOMPARE(undone.error().code, ErrorCode::Cancelled);
    QVERIFY(!cluster.open().readMap(soon())->instance(QStringLiteral("three")));
    QVERIFY(runThere(cluster, "select to_regclass('app.users') is null").boolean(0, 0));

    // The commit itself waits for a lock, is then stopped, and happens all the same.
    cluster.run("create function public.hold() returns trigger language plpgsql as "
                "'begin perform pg_advisory_xact_lock(4711); return null; end';"
                "create constraint trigger hold after insert on shardhelm.instance deferrable initially deferred "
                "for each row execute function public.hold()");
    pg::Connection holder = cluster.connect(QStringLiteral("directory"));
    QVERIFY(holder.run("begin; select pg_advisory_xact_lock(4711)", soon()));
    request.progress = {};
    std::stop_source late;
    std::optional<Result<AddReport>> finished;
    std::thread adding([&] {
        finished = addInstance(cluster.file, request, RunMode::Run, nullptr,
                               Wait::forDuration(std::chrono::minutes(1), late.get_token()));
    });
    const bool commits = QTest::qWaitFor(
        [&] {
            return cluster.run("select count(*) from pg_locks where locktype = 'advisory' and not granted")
                       .integer(0, 0)
                == 1;
        },
        50000);
    late.request_stop();
    const bool released = holder.run("rollback", soon()).has_value();
    adding.join();
    QVERIFY(commits);
    QVERIFY(released);
    QVERIFY2(*finished, qPrintable(*finished ? QString() : shown(finished->error())));
    QVERIFY(cluster.open().readMap(soon())->instance(QStringLiteral("three")));
}

void TestInstances::addGivesACopyItsOwnMark()
{
    TestCluster cluster(*m_server);
    cluster.init();
    AddRequest request;
    request.instance = newcomer(cluster);
    m_other->run("alter database " + pg::Connection::identifier(cluster.database(QStringLiteral("three")))
                 + " set shardhelm.instance_id = " + pg::Connection::literal(cluster.mark(QStringLiteral("one"))));
    const auto report = addInstance(cluster.file, request, RunMode::Run, nullptr, patient());
    QVERIFY2(report, qPrintable(report ? QString() : shown(report.error())));
    const auto map = cluster.open().readMap(soon());
    QVERIFY(map->instance(QStringLiteral("three"))->identity.instanceId
            != map->instance(QStringLiteral("one"))->identity.instanceId);
}

void TestInstances::edits()
{
    TestCluster cluster(*m_server);
    cluster.init();
    const auto before = cluster.open().readMap(soon());
    InstanceChanges changes;
    changes.zone = QStringLiteral("eu-9");
    changes.capacityBytes = 1LL << 40;
    changes.weight = 2.5;
    changes.state = InstanceState::Draining;
    changes.dedicated = true;
    const auto planned = editInstance(cluster.file, QStringLiteral("one"), changes, RunMode::DryRun, nullptr, soon());
    QVERIFY(planned);
    QCOMPARE(planned->size(), std::size_t(1));
    QCOMPARE(*cluster.open().readMap(soon()), *before);
    const auto done = editInstance(cluster.file, QStringLiteral("one"), changes, RunMode::Run, nullptr, soon());
    QVERIFY2(done, qPrintable(done ? QString() : shown(done.error())));
    QCOMPARE(*done, *planned);
    auto expected = *before;
    expected.mapEpoch += 1;
    Instance &one = expected.instances[0];
    one.zone = QStringLiteral("eu-9");
    one.capacityBytes = 1LL << 40;
    one.weight = 2.5;
    one.state = InstanceState::Draining;
    one.dedicated = true;
    QCOMPARE(*cluster.open().readMap(soon()), expected);
    changes = {};
    changes.zone = QString();
    changes.capacityBytes = std::optional<qint64>();
    QVERIFY(editInstance(cluster.file, QStringLiteral("one"), changes, RunMode::Run, nullptr, soon()));
    const auto after = cluster.open().readMap(soon());
    QVERIFY(after->instances[0].zone.isEmpty());
    QVERIFY(!after->instances[0].capacityBytes);
    // Nothing to change is no change.
    QVERIFY(editInstance(cluster.file, QStringLiteral("one"), {}, RunMode::Run, nullptr, soon())->empty());
    QCOMPARE(*cluster.open().readEpoch(soon()), after->mapEpoch);
}

void TestInstances::editTriesConnectionStrings()
{
    TestCluster cluster(*m_server);
    cluster.init();
    InstanceChanges changes;
    const auto codeOf = [&] {
        const auto done = editInstance(cluster.file, QStringLiteral("one"), changes, RunMode::Run, nullptr, soon());
        return done ? ErrorCode::Internal : done.error().code;
    };
    const auto before = cluster.open().readMap(soon());
    changes.conninfo = cluster.conninfo(QStringLiteral("two"));
    QCOMPARE(codeOf(), ErrorCode::InstanceIsAnother);
    changes.conninfo = QStringLiteral("host=127.0.0.1 port=1");
    QCOMPARE(codeOf(), ErrorCode::ConnectionRefused);
    changes.conninfo = QStringLiteral("nonsense");
    QCOMPARE(codeOf(), ErrorCode::ConninfoBad);
    changes.conninfo = before->instances[0].conninfo + QStringLiteral(" password=x");
    QCOMPARE(codeOf(), ErrorCode::ValueBad);
    changes.conninfo.reset();
    changes.replicaConninfos = QStringList{before->instances[0].conninfo};
    QCOMPARE(codeOf(), ErrorCode::RoleUnexpected);
    QCOMPARE(*cluster.open().readMap(soon()), *before);
    changes.replicaConninfos.reset();
    changes.conninfo = QStringLiteral("host=127.0.0.1 port=%1 user=postgres dbname=%2")
                           .arg(QString::number(m_server->port()), cluster.database(QStringLiteral("one")));
    changes.directConninfo = before->instances[0].conninfo;
    const auto done = editInstance(cluster.file, QStringLiteral("one"), changes, RunMode::Run, nullptr, soon());
    QVERIFY2(done, qPrintable(done ? QString() : shown(done.error())));
    const auto after = cluster.open().readMap(soon());
    QCOMPARE(after->instances[0].conninfo, *changes.conninfo);
    QCOMPARE(after->instances[0].identity, before->instances[0].identity);
}

void TestInstances::editRenames()
{
    TestCluster cluster(*m_server, Layout::Rows, 2);
    cluster.init();
    InstanceChanges changes;
    changes.name = QStringLiteral("uno");
    QVERIFY(editInstance(cluster.file, QStringLiteral("one"), changes, RunMode::Run, nullptr, soon()));
    const auto map = cluster.open().readMap(soon());
    QCOMPARE(map->shards[0].instance, QStringLiteral("uno"));
    QVERIFY(!map->instance(QStringLiteral("one")));
}

void TestInstances::editRefuses()
{
    TestCluster cluster(*m_server);
    cluster.init();
    const auto codeOf = [&cluster](const char *name, const InstanceChanges &changes) {
        const auto done = editInstance(cluster.file, QString::fromLatin1(name), changes, RunMode::Run, nullptr, soon());
        return done ? ErrorCode::Internal : done.error().code;
    };
    InstanceChanges changes;
    QCOMPARE(codeOf("nobody", changes), ErrorCode::InstanceUnknown);
    changes.name = QStringLiteral("two");
    QCOMPARE(codeOf("one", changes), ErrorCode::InstanceDuplicate);
    changes.name = QStringLiteral("a/b");
    QCOMPARE(codeOf("one", changes), ErrorCode::ValueBad);
    cluster.run("insert into shardhelm.move (logical_shard, source, target, layout) values (1, 'two', 'one', 'rows')");
    changes.name = QStringLiteral("uno");
    QCOMPARE(codeOf("one", changes), ErrorCode::InstanceInUse);
    changes = {};
    changes.weight = -1;
    QCOMPARE(codeOf("one", changes), ErrorCode::ValueBad);
    changes = {};
    changes.state = InstanceState::Retired;
    QCOMPARE(codeOf("one", changes), ErrorCode::ValueBad);
    cluster.file.directoryQueries.insert(QStringLiteral("map"), QStringLiteral("select 1"));
    QCOMPARE(codeOf("one", {}), ErrorCode::DirectoryIsForeign);
}

void TestInstances::editAcceptsARebuiltServer()
{
    TestCluster cluster(*m_server);
    cluster.init();
    InstanceChanges changes;
    changes.conninfo = newcomer(cluster).conninfo;
    const auto refused = editInstance(cluster.file, QStringLiteral("one"), changes, RunMode::Run, nullptr, soon());
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::InstanceIsAnother);
    changes.acceptIdentity = true;
    const auto done = editInstance(cluster.file, QStringLiteral("one"), changes, RunMode::Run, nullptr, soon());
    QVERIFY2(done, qPrintable(done ? QString() : shown(done.error())));
    pg::Connection connection = m_other->connect(cluster.database(QStringLiteral("three")));
    QCOMPARE(cluster.open().readMap(soon())->instances[0].identity, readDatabaseFacts(connection, soon())->identity);
}

void TestInstances::retires()
{
    TestCluster cluster(*m_server, Layout::Rows, 1);
    cluster.init();
    const auto planned = retireInstance(cluster.file, QStringLiteral("two"), RunMode::DryRun, nullptr, soon());
    QVERIFY(planned);
    QCOMPARE(cluster.open().readMap(soon())->instances[1].state, InstanceState::Active);
    const auto done = retireInstance(cluster.file, QStringLiteral("two"), RunMode::Run, nullptr, soon());
    QVERIFY2(done, qPrintable(done ? QString() : shown(done.error())));
    QCOMPARE(cluster.open().readMap(soon())->instances[1].state, InstanceState::Retired);
    QVERIFY(retireInstance(cluster.file, QStringLiteral("two"), RunMode::Run, nullptr, soon())->empty());
    InstanceChanges back;
    back.state = InstanceState::Active;
    QVERIFY(editInstance(cluster.file, QStringLiteral("two"), back, RunMode::Run, nullptr, soon()));
    QCOMPARE(cluster.open().readMap(soon())->instances[1].state, InstanceState::Active);
}

void TestInstances::retireRefuses()
{
    TestCluster cluster(*m_server, Layout::Rows, 3);
    cluster.init();
    const auto errorOf = [&cluster](const char *name) {
        const auto done = retireInstance(cluster.file, QString::fromLatin1(name), RunMode::Run, nullptr, soon());
        return done ? Error() : done.error();
    };
    QCOMPARE(errorOf("nobody").code, ErrorCode::InstanceUnknown);
    QCOMPARE(errorOf("one").code, ErrorCode::InstanceInUse);
    QCOMPARE(errorOf("one").found, QStringLiteral("logical shards 0, 2"));
    cluster.run(
        "update shardhelm.logical_shard set instance = 'one';"
        "insert into shardhelm.move (id, logical_shard, source, target, layout) values (7, 1, 'one', 'two', 'rows')");
    QCOMPARE(errorOf("two").code, ErrorCode::InstanceInUse);
    QCOMPARE(errorOf("two").found, QStringLiteral("move 7"));
    cluster.run("update shardhelm.move set phase = 'aborted', finished_at = now(); insert into shardhelm.move_resource "
                "(move_id, instance, kind, name, policy) values (7, 'two', 'schema', 'x', 'owed')");
    QCOMPARE(errorOf("two").found, QStringLiteral("owed by move 7: schema x"));
    QCOMPARE(cluster.open().readMap(soon())->instances[1].state, InstanceState::Active);
}

void TestInstances::retireWaitsForAFlip()
{
    // setup: a flip to the instance has taken its lock and is not committed
    TestCluster cluster(*m_server, Layout::Rows, 1);
    cluster.init();
    pg::Connection flipper = cluster.connect(QStringLiteral("directory"));
    auto flip = beginMapChange(flipper, soon());
    QVERIFY(flip);
    QVERIFY(setPlacement(flipper, 0, QStringLiteral("one"), QStringLiteral("two"), 1, soon()));

    // action: the instance retires meanwhile, and waits
    std::optional<Result<StatementPlan>> retired;
    std::jthread thread(
        [&] { retired = retireInstance(cluster.file, QStringLiteral("two"), RunMode::Run, nullptr, soon()); });
    const QByteArray waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = "
        + pg::Connection::literal(cluster.database(QStringLiteral("directory")));
    QTRY_COMPARE(cluster.run(waiting).integer(0, 0), 1);
    QVERIFY(flip->commit(soon()));
    thread.join();

    // verify
    QVERIFY(!*retired);
    QCOMPARE(retired->error().code, ErrorCode::InstanceInUse);
    QCOMPARE(cluster.open().readMap(soon())->instances[1].state, InstanceState::Active);
}

void TestInstances::editsDoNotOverwriteEachOther()
{
    TestCluster cluster(*m_server, Layout::Rows, 1);
    cluster.init();
    pg::Connection other = cluster.connect(QStringLiteral("directory"));
    auto edit = pg::Transaction::begin(other, soon());
    QVERIFY(other.run("update shardhelm.instance set zone = 'theirs' where name = 'one'", soon()));
    InstanceChanges changes;
    changes.weight = 5;
    std::optional<Result<StatementPlan>> edited;
    std::jthread thread(
        [&] { edited = editInstance(cluster.file, QStringLiteral("one"), changes, RunMode::Run, nullptr, soon()); });
    const QByteArray waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = "
        + pg::Connection::literal(cluster.database(QStringLiteral("directory")));
    QTRY_COMPARE(cluster.run(waiting).integer(0, 0), 1);
    QVERIFY(edit->commit(soon()));
    thread.join();
    QVERIFY(!*edited);
    QCOMPARE(edited->error().code, ErrorCode::MapChanged);
    QCOMPARE(cluster.open().readMap(soon())->instances[0].weight, 1.0);
}

void TestInstances::scriptsArePlain()
{
    const QByteArray dump = "--\n-- dump\n\n\\restrict aB3\n\nCREATE FUNCTION f() AS $$\n\\restrict other\n$$;\n"
                            "CREATE TRIGGER shardhelm_x BEFORE UPDATE ON t\n FOR EACH ROW EXECUTE FUNCTION g();\n"
                            "ALTER TABLE t ENABLE ALWAYS TRIGGER shardhelm_x;\n"
                            "CREATE TRIGGER theirs BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION g();\n"
                            "\\unrestrict aB3\n";
    QCOMPARE(plainScript(dump),
             QByteArray("--\n-- dump\n\n\nCREATE FUNCTION f() AS $$\n\\restrict other\n$$;\n"
                        "CREATE TRIGGER theirs BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION g();\n"));
}

QTEST_GUILESS_MAIN(TestInstances)
#include "tst_instances.moc"
