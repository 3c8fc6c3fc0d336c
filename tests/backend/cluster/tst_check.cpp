// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/check.h"
#include "support/fleet.h"
#include "support/testserver.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <csignal>

#include <unistd.h>

using namespace shardhelm;
using namespace shardhelm::cluster;
using test::Fleet;
using test::soon;

namespace {

const QString i1 = QStringLiteral("i1");
const QString i2 = QStringLiteral("i2");
const QString directoryName = QStringLiteral("directory");

RoutingRequest hash(int shards = 8)
{
    return {Recipe::Hash, QStringLiteral("bigint"), shards, {}, 128, {}, {}};
}

RoutingRequest expression(const char *sql, int shards = 8)
{
    return {Recipe::Expression, QStringLiteral("bigint"), shards, QString::fromLatin1(sql), 128, {}, {}};
}

/// A finding on one line: name, severity unless it is a stop, instance, other, table, shard, count, facts.
QString line(const Finding &finding)
{
    QStringList parts{findingName(finding.code)};
    if (finding.severity == FindingSeverity::Warn)
        parts << QStringLiteral("(warn)");
    if (finding.severity == FindingSeverity::Info)
        parts << QStringLiteral("(info)");
    for (const QString &part : {finding.instance, finding.other, finding.table}) {
        if (!part.isEmpty())
            parts << part;
    }
    if (finding.shard >= 0)
        parts << QStringLiteral("#%1").arg(finding.shard);
    if (finding.count > 0)
        parts << QStringLiteral("x%1").arg(finding.count);
    if (!finding.facts.isEmpty())
        parts << u'[' + finding.facts.join(QLatin1StringView(", ")) + u']';
    if (finding.code == FindingCode::InstanceUnchecked && finding.error.db)
        parts << finding.error.db->message;
    return parts.join(u' ');
}

QStringList lines(const CheckReport &report)
{
    QStringList all;
    for (const Finding &finding : report.findings)
        all << line(finding);
    return all;
}

} // namespace

class TestCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsNothingOnAHealthyCluster_data();
    void findsNothingOnAHealthyCluster();
    void finds_data();
    void finds();
    void leavesOpenMovesAlone();
    void findsUnreachableInstances();
    void findsDuplicates();
    void findsUnwiseRatios_data();
    void findsUnwiseRatios();
    void findsManySchemas();
    void findsRangesNearTheirEnd();
    void saysWhenRowsCannotBeChecked();
    void routesKeysWhenThereIsNoPredicate();
    void findsPoolers_data();
    void findsPoolers();
    void hungInstanceDelaysNobody();
    void canBeStopped();

private:
    static CheckReport check(const Fleet &fleet, const ShardMap &map, CheckOptions options = {});

    test::TestServer m_server;
};

CheckReport TestCheck::check(const Fleet &fleet, const ShardMap &map, CheckOptions options)
{
    auto connection = pg::Connection::open(
        {directoryName, fleet.conninfo(directoryName), QStringLiteral("test"), nullptr, 150000}, soon());
    if (!connection)
        qFatal("no directory");
    const auto report = checkCluster(*connection, map, options, {}, Wait::forDuration(Milliseconds(60'000)));
    if (!report)
        qFatal("check failed: %s", qPrintable(report.error().found));
    return *report;
}

void TestCheck::findsNothingOnAHealthyCluster_data()
{
    QTest::addColumn<bool>("rows");
    QTest::newRow("rows") << true;
    QTest::newRow("schema") << false;
}

void TestCheck::findsNothingOnAHealthyCluster()
{
    QFETCH(bool, rows);
    const Fleet fleet(m_server, rows ? Layout::Rows : Layout::Schema, hash());
    const CheckReport report = check(fleet, fleet.map());
    QCOMPARE(lines(report).join(u'\n'), QString());
    QVERIFY(report.complete());
    QVERIFY(!report.hasDifferences());
    QCOMPARE(report.instances, 2);
}

void TestCheck::finds_data()
{
    QTest::addColumn<bool>("rows");
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QStringList>("found");
    const auto row = [](const char *name, bool rows, const QString &where, const char *sql, const QStringList &found) {
        QTest::newRow(name) << rows << where << QString::fromUtf8(sql) << found;
    };
    const auto one = [](const char *text) { return QStringList{QString::fromUtf8(text)}; };
    row("column added", true, i2, "alter table app.orders add extra int",
        one("table_differs i2 i1 app.orders [+column extra integer]"));
    row("type", true, i2, "alter table app.orders alter note type varchar(9)",
        one("table_differs i2 i1 app.orders [-column note text default 'none'::text, +column note character varying(9) "
            "default "
            "'none'::text]"));
    row("not null", true, i2, "alter table app.orders alter note set not null",
        one("table_differs i2 i1 app.orders [-column note text default 'none'::text, +column note text not null "
            "default "
            "'none'::text]"));
    row("default", true, i2, "alter table app.orders alter note drop default",
        one("table_differs i2 i1 app.orders [-column note text default 'none'::text, +column note text]"));
    row("constraint", true, i2, "alter table app.orders add check (id > 0)",
        one("table_differs i2 i1 app.orders [+constraint CHECK ((id > 0))]"));
    row("index dropped", true, i2, "drop index app.orders_note_idx",
        one("table_differs i2 i1 app.orders [-index using btree (note)]"));
    row("index renamed", true, i2, "alter index app.orders_note_idx rename to other", {});
    row("table missing", true, i2, "drop table app.orders", one("table_missing i2 app.orders"));
    row("reference table missing", true, i1, "drop table app.plans", one("table_missing i1 app.plans"));
    row("reference row changed", true, i2, "update app.plans set price = 10 where id = 2",
        one("reference_differs i2 i1 app.plans [3, 3]"));
    row("reference row gone", true, i2, "delete from app.plans where id = 2",
        one("reference_differs i2 i1 app.plans [2, 3]"));
    row("reference rows in another order", true, i2,
        "delete from app.plans where id = 1; insert into app.plans values (1, 'free', 0)", {});
    row("no key in the primary key", true, i2,
        "alter table app.orders drop constraint orders_pkey; alter table app.orders add primary key (id, note, "
        "tenant_id); "
        "alter table app.orders drop constraint orders_pkey; alter table app.orders alter note drop not null",
        {QStringLiteral("table_differs i2 i1 app.orders [-primary key PRIMARY KEY (tenant_id, id)]"),
         QStringLiteral("key_not_in_primary_key i2 app.orders [tenant_id]")});
    row("key column renamed", true, i2, "alter table app.orders rename tenant_id to customer_id",
        {QStringLiteral(
             "table_differs i2 i1 app.orders [-column tenant_id bigint not null, -primary key PRIMARY KEY (tenant_id, "
             "id), +column customer_id bigint not null, +primary key PRIMARY KEY (customer_id, id)]"),
         QStringLiteral("key_column_missing i2 app.orders [tenant_id]")});
    row("identity", true, i2,
        "do $$ begin execute format('alter database %I set shardhelm.instance_id = ''x''', current_database()); end $$",
        {});
    row("rows misplaced", true, i1, "insert into app.orders select t, 99 from generate_series(1001, 1040) t", {});
    row("schema missing", false, i1, "drop schema ls_0002 cascade", one("shard_missing i1 #2"));
    row("schema twice", false, i1, "create schema ls_0003", one("shard_twice i1 i2 #3"));
    row("other schemas are no shards", false, i1, "create schema ls_0099; create schema ls_3", {});
    row("one shard's table", false, i2, "alter table ls_0005.orders add extra int",
        one("table_differs i2 i1 orders #5 [+column extra integer]"));
    row("two shards' tables", false, i1, "drop index ls_0002.orders_note_idx; drop index ls_0004.orders_note_idx",
        one("table_differs i1 i1 orders #2 x1 [-index using btree (note)]"));
    row("map row missing", false, directoryName, "delete from shardhelm.logical_shard where id = 3",
        {QStringLiteral("shard_unplaced #3")});
    row("no right to read", true, i2, "create role nobody_special; alter table app.orders owner to nobody_special", {});
}

void TestCheck::finds()
{
    QFETCH(bool, rows);
    QFETCH(QString, where);
    QFETCH(QString, sql);
    QFETCH(QStringList, found);
    const Fleet fleet(m_server, rows ? Layout::Rows : Layout::Schema, hash());
    fleet.run(where, sql.toUtf8());
    const QString tag = QString::fromLatin1(QTest::currentDataTag());

    const CheckReport report = check(fleet, fleet.map());

    if (tag == QLatin1StringView("identity")) {
        QCOMPARE(report.findings.size(), size_t(1));
        QCOMPARE(report.findings.front().code, FindingCode::IdentityDiffers);
        QCOMPARE(report.findings.front().instance, i2);
    } else if (tag == QLatin1StringView("rows misplaced")) {
        QCOMPARE(report.findings.size(), size_t(1));
        const Finding &finding = report.findings.front();
        QCOMPARE(finding.code, FindingCode::RowsMisplaced);
        QCOMPARE(finding.table, QStringLiteral("app.orders"));
        QVERIFY(finding.count > 5 && finding.count < 40);
        QCOMPARE(finding.facts.size(), 5);
        for (const QString &fact : finding.facts) // i2 has the odd shards
            QCOMPARE(fact.section(QLatin1StringView(" -> "), 1).toInt() % 2, 1);
    } else {
        QCOMPARE(lines(report).join(u'\n'), found.join(u'\n'));
        QCOMPARE(report.hasDifferences(), !found.isEmpty());
    }
    QVERIFY(report.complete());
}

void TestCheck::leavesOpenMovesAlone()
{
    const Fleet fleet(m_server, Layout::Schema, hash());
    fleet.run(i1, "create schema ls_0003");
    QCOMPARE(lines(check(fleet, fleet.map())), QStringList{QStringLiteral("shard_twice i1 i2 #3")});
    fleet.run(directoryName,
              "insert into shardhelm.move (logical_shard, source, target, layout, phase) "
              "values (3, 'i2', 'i1', 'schema', 'copy')");
    QCOMPARE(lines(check(fleet, fleet.map())), QStringList());
}

void TestCheck::findsUnreachableInstances()
{
    const Fleet fleet(m_server, Layout::Rows, hash());
    ShardMap map = fleet.map();
    map.instances[0].conninfo = QStringLiteral("host=/nonexistent dbname=x");
    fleet.run(i2, "insert into app.plans values (4, 'x', 1)");

    const CheckReport report = check(fleet, map);
    QCOMPARE(lines(report), QStringList{QStringLiteral("instance_unreachable i1")});
    QVERIFY(!report.complete());
    QVERIFY(!report.hasDifferences()); // nothing to compare i2 with
    QCOMPARE(report.missed, QStringList{i1});

    fleet.run(i2, "drop table app.plans");
    const CheckReport both = check(fleet, map);
    QCOMPARE(lines(both),
             (QStringList{QStringLiteral("instance_unreachable i1"), QStringLiteral("table_missing i2 app.plans")}));
    QVERIFY(!both.complete() && both.hasDifferences());
}

void TestCheck::findsDuplicates()
{
    const Fleet fleet(m_server, Layout::Rows, hash());
    ShardMap map = fleet.map();
    map.instances[1].conninfo = map.instances[0].conninfo;
    map.instances[1].identity = {};
    QVERIFY(lines(check(fleet, map)).contains(QStringLiteral("instance_duplicate i2 i1")));
}

void TestCheck::findsUnwiseRatios_data()
{
    QTest::addColumn<int>("shards");
    QTest::addColumn<int>("recipe");
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QStringList>("found");
    QTest::newRow("few shards") << 7 << static_cast<int>(Recipe::Hash) << QString()
                                << QStringList{QStringLiteral("few_shards_per_instance (warn) [7, 2, 4]")};
    QTest::newRow("few virtual nodes") << 8 << static_cast<int>(Recipe::Ring) << QString()
                                       << QStringList{QStringLiteral("few_virtual_nodes (warn) [99, 100]")};
    QTest::newRow("abs of a hash") << 8 << static_cast<int>(Recipe::Expression)
                                   << QStringLiteral("abs(hashtext($1::text)) % 8")
                                   << QStringList{QStringLiteral("abs_of_hash (warn) [abs(hashtext($1::text)) % 8]")};
}

void TestCheck::findsUnwiseRatios()
{
    QFETCH(int, shards);
    QFETCH(int, recipe);
    QFETCH(QString, expression);
    const Fleet fleet(m_server, Layout::Rows,
                      {static_cast<Recipe>(recipe), QStringLiteral("bigint"), shards, expression, 99, {}, {}});
    const CheckReport report = check(fleet, fleet.map());
    QTEST(lines(report), "found");
    QVERIFY(report.hasDifferences());
}

void TestCheck::findsManySchemas()
{
    const Fleet fleet(m_server, Layout::Rows, hash());
    fleet.run(i2, "do $$ begin for i in 1..999 loop execute 'create schema s' || i; end loop; end $$");
    QCOMPARE(lines(check(fleet, fleet.map())), QStringList{QStringLiteral("many_schemas (warn) i2 [1001, 1000]")});
}

void TestCheck::findsRangesNearTheirEnd()
{
    RoutingRequest request{Recipe::Range, QStringLiteral("bigint"), 8, {}, 128, {}, {}};
    for (int i = 0; i < 8; ++i)
        request.ranges.push_back({i ? std::optional(QString::number(i * 25)) : std::nullopt, i});
    const Fleet fleet(m_server, Layout::Schema, request);
    // The last bound is 175, the one before 150; the greatest key 200 lies a whole width above it.
    QCOMPARE(lines(check(fleet, fleet.map())), QStringList{QStringLiteral("range_near_end (warn) i2 #7 [200, 200]")});
    fleet.run(i2, "delete from ls_0007.orders where tenant_id > 190");
    QCOMPARE(lines(check(fleet, fleet.map())), QStringList());
    fleet.run(i2, "insert into ls_0007.orders values (9000000000000000000, 1)");
    QCOMPARE(lines(check(fleet, fleet.map())),
             QStringList{QStringLiteral("range_near_end (warn) i2 #7 [9000000000000000000, 9223372036854775807]")});
}

void TestCheck::saysWhenRowsCannotBeChecked()
{
    m_server.run("select 1");
    const Fleet fleet(m_server, Layout::Rows, expression("extract(day from timestamp '2000-01-01')::int * 0 + $1 % 8"));
    const CheckReport report = check(fleet, fleet.map());
    QCOMPARE(lines(report),
             (QStringList{QStringLiteral("no_predicate (warn) [extract()]"),
                          QStringLiteral("rows_not_checked (info) [extract()]")}));
}

void TestCheck::routesKeysWhenThereIsNoPredicate()
{
    // extract() may be stable: no predicate. In schema layout the directory routes the keys that are there.
    const Fleet fleet(m_server, Layout::Schema,
                      expression("extract(day from timestamp '2000-01-01')::int * 0 + $1 % 8"));
    QCOMPARE(lines(check(fleet, fleet.map())), QStringList());
    fleet.run(i2, "insert into ls_0003.orders values (4, 1), (4, 2)");
    QCOMPARE(lines(check(fleet, fleet.map())),
             QStringList{QStringLiteral("rows_misplaced i2 ls_0003.orders #3 x2 [4 -> 4]")});
    fleet.run(directoryName, "insert into shardhelm.tenant_pin values ('4', 3)");
    QCOMPARE(lines(check(fleet, fleet.map())).size(), 1); // the rows that stayed behind in shard 4
    fleet.run(i1, "delete from ls_0004.orders where tenant_id = 4");
    QCOMPARE(lines(check(fleet, fleet.map())), QStringList());
    fleet.run(i1,
              "alter table ls_0004.orders drop constraint orders_pkey, alter tenant_id drop not null;"
              "insert into ls_0004.orders values (null, 1)");
    QVERIFY(lines(check(fleet, fleet.map())).contains(QStringLiteral("rows_misplaced i1 ls_0004.orders #4 x1 [NULL]")));
}

void TestCheck::findsPoolers_data()
{
    QTest::addColumn<QString>("mode");
    QTest::addColumn<QStringList>("found");
    QTest::newRow("transaction") << QStringLiteral("transaction") << QStringList{QStringLiteral("pooler_between i1")};
    QTest::newRow("session") << QStringLiteral("session")
                             << QStringList{QStringLiteral("session_pooler_between (info) i1")};
}

void TestCheck::findsPoolers()
{
    QFETCH(QString, mode);
    const Fleet fleet(m_server, Layout::Rows, hash());
    QTemporaryDir folder;
    QVERIFY(folder.isValid());
    QFile::setPermissions(folder.path(), QFile::Permissions(0x7777));
    const QString database = fleet.database(i1);
    QFile config(folder.filePath(QStringLiteral("pgbouncer.ini")));
    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write(QStringLiteral("[databases]\n%1 = host=%2 port=%3 user=postgres\n[pgbouncer]\nunix_socket_dir = %4\n"
                                "listen_port = 6432\npool_mode = %5\nauth_type = any\ndefault_pool_size = 4\n")
                     .arg(database, m_server.server().settings().socketFolder, QString::number(m_server.port()),
                          folder.path(), mode)
                     .toUtf8());
    config.close();
    config.setPermissions(QFile::Permissions(0x6444));
    QProcess pooler;
    pooler.setProcessChannelMode(QProcess::MergedChannels);
    QStringList arguments{config.fileName()};
    if (geteuid() == 0)
        arguments = QStringList{QStringLiteral("-u"), QStringLiteral("postgres")} + arguments;
    pooler.start(QStringLiteral("/usr/sbin/pgbouncer"), arguments);
    QVERIFY2(pooler.waitForStarted(120000), "the Debian package pgbouncer is needed");

    ShardMap map = fleet.map();
    map.instances[0].conninfo =
        QStringLiteral("host=%1 port=6432 dbname=%2 user=postgres").arg(folder.path(), database);
    QTRY_VERIFY_WITH_TIMEOUT(
        pg::Connection::open({i1, map.instances[0].conninfo, QStringLiteral("test"), nullptr, 150000}, soon()), 10'000);
    const QStringList answer = lines(check(fleet, map));

    map.instances[0].directConninfo = fleet.conninfo(i1);
    const QStringList direct = lines(check(fleet, map));
    pooler.terminate();
    QVERIFY(pooler.waitForFinished(120000));
    QTEST(answer, "found");
    QCOMPARE(direct, QStringList());
}

void TestCheck::hungInstanceDelaysNobody()
{
    const Fleet fleet(m_server, Layout::Rows, hash());
    test::TestServer hung;
    ShardMap map = fleet.map();
    map.instances[0].conninfo = hung.conninfo();
    hung.signal(SIGSTOP);
    CheckOptions options;
    options.perInstance = Milliseconds(10000);
    const auto start = Clock::now();
    const CheckReport report = check(fleet, map, options);
    const auto took = Clock::now() - start;
    hung.signal(SIGCONT);
    QCOMPARE(lines(report), QStringList{QStringLiteral("instance_unreachable i1")});
    QVERIFY(report.findings.front().error.isTimeout());
    QVERIFY(took < Milliseconds(60000));
}

void TestCheck::canBeStopped()
{
    const Fleet fleet(m_server, Layout::Rows, hash());
    fleet.run(i1, "create table blocker ()");
    pg::Connection locker = m_server.connect(fleet.database(i1));
    QVERIFY(locker.run("begin; lock table app.orders", soon()));
    pg::Connection directory = m_server.connect(fleet.database(directoryName));
    std::stop_source stop;
    std::atomic<int> finished = 0;
    const auto progress = [&](int, int total, const QString &) {
        if (++finished == total - 1) // i2 is done, i1 waits for the lock
            stop.request_stop();
    };
    const auto report =
        checkCluster(directory, fleet.map(), {}, progress, Wait::forDuration(Milliseconds(60'000), stop.get_token()));
    QVERIFY(!report);
    QVERIFY(report.error().isCancel());
    QVERIFY(locker.run("rollback", soon()));
}

QTEST_GUILESS_MAIN(TestCheck)
#include "tst_check.moc"
