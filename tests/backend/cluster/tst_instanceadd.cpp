// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/identity.h"
#include "cluster/instanceadd.h"
#include "cluster/schemadump.h"
#include "support/refusals.h"

#include <optional>
#include <stop_token>
#include <thread>

using namespace shardhelm;
using namespace shardhelm::cluster;
using shardhelm::test::Refusal;
using shardhelm::test::shown;
using shardhelm::test::soon;
using shardhelm::test::TestCluster;
using shardhelm::test::TestServer;

/// A new instance gets what the others have; a refusal leaves nothing.
class TestInstanceAdd : public QObject
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
    /// Ways to spoil the request or its cluster, to both of which the functions refer.
    [[nodiscard]] std::vector<Refusal> refusals(TestCluster &cluster, AddRequest &request) const;

    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<TestServer> m_other;
};

void TestInstanceAdd::addBringsEverything()
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
    const auto report = addInstance(cluster.file, request, RunMode::Run, nullptr, soon());
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

void TestInstanceAdd::addDryRunChangesNothing()
{
    TestCluster cluster(*m_server);
    cluster.init();
    const auto before = cluster.open().readMap(soon());
    AddRequest request;
    request.instance = newcomer(cluster);
    const auto report = addInstance(cluster.file, request, RunMode::DryRun, nullptr, soon());
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

void TestInstanceAdd::addInSchemaLayoutLeavesTheShards()
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
    const auto report = addInstance(cluster.file, request, RunMode::Run, nullptr, soon());
    QVERIFY2(report, qPrintable(report ? QString() : shown(report.error())));
    const pg::Rows schemas = runThere(cluster,
                                      "select string_agg(nspname, ',' order by nspname) from pg_namespace "
                                      "where nspname !~ '^pg_|information_schema'");
    QCOMPARE(schemas.text(0, 0), QStringLiteral("Ls 22,app,public"));
    QCOMPARE(runThere(cluster, "select count(*) from app.country").integer(0, 0), 2);
}

void TestInstanceAdd::addUsesTablesThatAreThere()
{
    TestCluster cluster(*m_server);
    cluster.init();
    AddRequest request;
    request.instance = newcomer(cluster);
    runThere(cluster, "create schema app; create table app.users (tenant_id bigint, id bigint, email text)");
    const auto half = addInstance(cluster.file, request, RunMode::Run, nullptr, soon());
    QVERIFY(!half);
    QCOMPARE(half.error().code, ErrorCode::TableUnfit);
    QCOMPARE(half.error().subject, QStringLiteral("app.country"));
    runThere(cluster, "create table app.country (code text primary key, name text)");
    const auto report = addInstance(cluster.file, request, RunMode::Run, nullptr, soon());
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
    QVERIFY(addInstance(second.file, request, RunMode::Run, nullptr, soon()));
    QCOMPARE(runThere(second, "select string_agg(code, ',') from app.country").text(0, 0), QStringLiteral("xx"));
}

void TestInstanceAdd::addCopiesLargeReferenceTables()
{
    // More than the buffer between reader and writer holds.
    TestCluster cluster(*m_server);
    cluster.run("insert into app.country select i::text, repeat(md5(i::text), 30) from generate_series(1, 20000) i",
                QStringLiteral("one"));
    cluster.init();
    AddRequest request;
    request.instance = newcomer(cluster);
    const auto report = addInstance(cluster.file, request, RunMode::Run, nullptr, soon());
    QVERIFY2(report, qPrintable(report ? QString() : shown(report.error())));
    const QByteArray digest = "select count(*) || ' ' || sum(hashtext(code || name)) from app.country";
    QCOMPARE(runThere(cluster, digest).text(0, 0), cluster.run(digest, QStringLiteral("one")).text(0, 0));
}

std::vector<Refusal> TestInstanceAdd::refusals(TestCluster &cluster, AddRequest &request) const
{
    Instance &instance = request.instance;
    return {
        {"unreachable", ErrorCode::ConnectionRefused,
         [&] { instance.conninfo = QStringLiteral("host=127.0.0.1 port=1"); }},
        {"bad name", ErrorCode::ValueBad, [&] { instance.name = QStringLiteral("a b"); }},
        {"no such source", ErrorCode::InstanceUnknown, [&] { request.from = QStringLiteral("nobody"); }},
        {"secret", ErrorCode::ValueBad, [&] { instance.conninfo += QStringLiteral(" password=hunter2"); }},
        {"replica is a primary", ErrorCode::RoleUnexpected, [&] { instance.replicaConninfos = {instance.conninfo}; }},
        {"direct leads elsewhere", ErrorCode::InstanceIsAnother,
         [&] { instance.directConninfo = cluster.conninfo(QStringLiteral("one")); }},
        {"peer leads elsewhere", ErrorCode::InstanceIsAnother,
         [&] { instance.peerConninfo = cluster.conninfo(QStringLiteral("one")); }},
        {"definitions that fail", ErrorCode::StatementFailed,
         [&] {
             cluster.run("create type app.clash as enum ('x')", QStringLiteral("one"));
             runThere(cluster, "create schema app; create type app.clash as enum ('y')");
         }},
        // The rows break a rule on their way in that they did not have to keep where they come from.
        {"rows that fail", ErrorCode::StatementFailed,
         [&] {
             cluster.run(
                 "create function app.picky(text) returns boolean language sql immutable as 'select true';"
                 "alter table app.country add check (app.picky(name));"
                 "create or replace function app.picky(text) returns boolean language sql immutable as 'select false'",
                 QStringLiteral("one"));
         }},
        {"directory that refuses", ErrorCode::StatementFailed,
         [&] { cluster.run("alter table shardhelm.instance add check (name <> 'three')"); }},
    };
}

void TestInstanceAdd::addLeavesNothingBehind_data()
{
    TestCluster cluster(*m_server);
    AddRequest request;
    addRefusalRows(refusals(cluster, request));
}

void TestInstanceAdd::addLeavesNothingBehind()
{
    QFETCH(std::size_t, refusal);
    TestCluster cluster(*m_server);
    cluster.init();
    AddRequest request;
    request.instance = newcomer(cluster);
    const Refusal wanted = refusals(cluster, request).at(refusal);
    wanted.spoil();
    const auto before = cluster.open().readMap(soon());
    const auto report = addInstance(cluster.file, request, RunMode::Run, nullptr, soon());
    QCOMPARE(unlike(wanted, report), QByteArray());
    QCOMPARE(*cluster.open().readMap(soon()), *before);
    QVERIFY(runThere(cluster, "select to_regclass('app.users') is null").boolean(0, 0));
    pg::Connection connection = m_other->connect(cluster.database(QStringLiteral("three")));
    QVERIFY(readDatabaseFacts(connection, soon())->identity.instanceId.isEmpty());
}

void TestInstanceAdd::addRefusesKnownInstances()
{
    TestCluster cluster(*m_server);
    cluster.init();
    AddRequest request;
    request.instance.name = QStringLiteral("two");
    request.instance.conninfo = newcomer(cluster).conninfo;
    const auto name = addInstance(cluster.file, request, RunMode::Run, nullptr, soon());
    QVERIFY(!name);
    QCOMPARE(name.error().code, ErrorCode::InstanceDuplicate);

    request.instance.name = QStringLiteral("three");
    request.instance.conninfo = QStringLiteral("host=127.0.0.1 port=%1 user=postgres dbname=%2")
                                    .arg(QString::number(m_server->port()), cluster.database(QStringLiteral("two")));
    const auto same = addInstance(cluster.file, request, RunMode::Run, nullptr, soon());
    QVERIFY(!same);
    QCOMPARE(same.error().code, ErrorCode::InstanceDuplicate);
    QCOMPARE(same.error().found, QStringLiteral("two"));

    TestCluster stranger(*m_server);
    stranger.init();
    request.instance.conninfo = stranger.conninfo(QStringLiteral("one"));
    const auto marked = addInstance(cluster.file, request, RunMode::Run, nullptr, soon());
    QVERIFY(!marked);
    QCOMPARE(marked.error().code, ErrorCode::InstanceDuplicate);
    QVERIFY(marked.error().found.contains(stranger.mark(QStringLiteral("one"))));
}

void TestInstanceAdd::addStoppedIsUndoneOrFinished()
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
        60000);
    late.request_stop();
    const bool released = holder.run("rollback", soon()).has_value();
    adding.join();
    QVERIFY(commits);
    QVERIFY(released);
    QVERIFY2(*finished, qPrintable(*finished ? QString() : shown(finished->error())));
    QVERIFY(cluster.open().readMap(soon())->instance(QStringLiteral("three")));
}

void TestInstanceAdd::addGivesACopyItsOwnMark()
{
    TestCluster cluster(*m_server);
    cluster.init();
    AddRequest request;
    request.instance = newcomer(cluster);
    m_other->run("alter database " + pg::Connection::identifier(cluster.database(QStringLiteral("three")))
                 + " set shardhelm.instance_id = " + pg::Connection::literal(cluster.mark(QStringLiteral("one"))));
    const auto report = addInstance(cluster.file, request, RunMode::Run, nullptr, soon());
    QVERIFY2(report, qPrintable(report ? QString() : shown(report.error())));
    const auto map = cluster.open().readMap(soon());
    QVERIFY(map->instance(QStringLiteral("three"))->identity.instanceId
            != map->instance(QStringLiteral("one"))->identity.instanceId);
}

void TestInstanceAdd::scriptsArePlain()
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

QTEST_GUILESS_MAIN(TestInstanceAdd)
#include "tst_instanceadd.moc"
