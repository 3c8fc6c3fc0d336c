// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/errorrows.h"
#include "instances/replicationrows.h"
#include "instances/sizerows.h"
#include "instances/sqlstates.h"
#include "instances/statementrows.h"
#include "instances/tenantrows.h"

#include <QTest>

using namespace shardhelm;
using namespace shardhelm::monitor::detail;

namespace {

/// What a table shows in one row.
QStringList shown(std::vector<FactColumn> columns, const std::vector<FactRow> &rows, int row = 0)
{
    FactModel model(std::move(columns));
    model.present(rows);
    QStringList texts;
    for (int column = 0; column < model.columnCount(); ++column) {
        const QModelIndex index = model.index(row, column);
        texts << (index.data(FactModel::NotPermittedRole).toBool() ? QStringLiteral("(hidden)")
                                                                   : index.data().toString());
    }
    return texts;
}

} // namespace

/// What the tabs of the detail say.
class TestDetailRows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statements()
    {
        StatementReport report;
        report.server = QStringLiteral("pg-17");
        report.seconds = 180;
        report.totalMs = 2000;
        report.compared = 3;
        StatementFact fact;
        fact.fingerprint = QStringLiteral("f00");
        fact.text = QStringLiteral("update orders set status = $1");
        fact.calls = 10;
        fact.totalMs = 1000;
        fact.rows = 20;
        fact.p99 = monitor::latency::Value::between(100, 400);
        for (const char *name : {"pg-01", "pg-02", "pg-03"})
            fact.others.push_back({QString::fromLatin1(name), 10, 21});
        fact.comparison = compared({report.server, fact.calls, fact.totalMs}, fact.others);
        report.statements = {fact};
        const QStringList row = shown(StatementRows::columns(), StatementRows::rows(report));
        QCOMPARE(row.mid(0, 6),
                 (QStringList{fact.text, QStringLiteral("50 %"), QStringLiteral("0.0556"), QStringLiteral("100 ms"),
                              QStringLiteral("100 ms to 400 ms"), QStringLiteral("only here")}));
        QCOMPARE(StatementRows::sentence(report, fact),
                 QStringLiteral("Only here: mean 100 ms on pg-17; 2.10 ms on the 3 others that run it."));
        QCOMPARE(StatementRows::source(report),
                 QStringLiteral("from pg_stat_statements · last 3 min 0 s · p99 is an estimate"));
    }

    void tenantsNameTheWhale()
    {
        TenantReport report;
        report.rows = 1000;
        report.tables = 2;
        Tenant acme;
        acme.key = QStringLiteral("acme");
        acme.shard = 7;
        acme.rows = 300;
        acme.tables = 2;
        acme.instanceShare = 0.3;
        acme.shardShare = 0.4;
        report.tenants = {acme};
        report.shards = {{7, 750.0, 12.0, 3.0, std::nullopt, acme.key, 0.4}, {8, 250.0, {}, {}, {}, {}, {}}};
        QCOMPARE(TenantRows::whale(report),
                 QStringLiteral("tenant acme: 40 % of the rows of logical shard 7, 30 % of this instance"));
        QCOMPARE(
            shown(TenantRows::tenantColumns(), TenantRows::tenants(report)).mid(0, 6),
            (QStringList{QStringLiteral("acme"), QStringLiteral("7"), QStringLiteral("300"), QStringLiteral("40 %"),
                         QStringLiteral("30 %"), QString()})); // no statement was sampled: unknown, not zero
        cluster::ShardMap map;
        const auto shards = TenantRows::shards(report, map);
        QCOMPARE(shown(TenantRows::shardColumns(), shards).last(), QStringLiteral("pg_stat_user_tables of its schema"));
        QCOMPARE(shown(TenantRows::shardColumns(), shards, 1).last(), QStringLiteral("unknown"));
        report.tenants[0].instanceShare = 0.001; // most of a shard with next to nothing in it
        QVERIFY(TenantRows::whale(report).isEmpty());
    }

    void hiddenReplicationIsNotZero()
    {
        Replication replication;
        WalReader reader;
        reader.pid = 77;
        reader.application = QStringLiteral("replica");
        replication.readers = {reader};
        const QStringList row = shown(ReplicationRows::readerColumns(), ReplicationRows::readers(replication));
        QCOMPARE(row.mid(0, 4),
                 (QStringList{QStringLiteral("replica"), QStringLiteral("(hidden)"), QStringLiteral("(hidden)"),
                              QStringLiteral("(hidden)")}));
        ReplicationSlot slot;
        slot.name = QStringLiteral("old");
        slot.walStatus = QStringLiteral("lost");
        replication.replicationSlots = {slot};
        FactModel model(ReplicationRows::slotColumns());
        model.present(ReplicationRows::replicationSlots(replication));
        QCOMPARE(model.index(0, 3).data(FactModel::PipRole).value<Condition>(), Condition::Worst);
    }

    void sizesSayWhatCouldGo()
    {
        InstanceSizes sizes;
        TableSize table;
        table.schema = QStringLiteral("app");
        table.name = QStringLiteral("orders");
        table.rows = 1000;
        table.dead = 4000;
        sizes.sizes.tables = {table};
        IndexSize index;
        index.schema = table.schema;
        index.table = table.name;
        index.name = QStringLiteral("orders_note");
        index.bytes = 3 << 20;
        sizes.sizes.indexes = {index};
        QCOMPARE(SizeRows::summary(sizes), QStringLiteral("1 table with many dead rows · 1 index never used, 3.00 MB"));
        QCOMPARE(shown(SizeRows::indexColumns(), SizeRows::indexes(sizes)).mid(0, 5),
                 (QStringList{QStringLiteral("app.orders_note"), QStringLiteral("app.orders"),
                              QStringLiteral("3.00 MB"), QStringLiteral("0"), QStringLiteral("never used")}));
    }

    void errorsSayWhyThereIsNoLog()
    {
        ErrorReport report;
        report.log = monitor::latency::Presence::NotPermitted;
        QVERIFY(ErrorRows::whyNoLog(report).contains(QStringLiteral("may not read")));
        report.log = monitor::latency::Presence::Absent;
        QVERIFY(ErrorRows::whyNoLog(report).contains(QStringLiteral("logging_collector")));
        report.log = monitor::latency::Presence::Present;
        QVERIFY(ErrorRows::whyNoLog(report).isEmpty());
        QCOMPARE(sqlStateName(QStringLiteral("40P01")), QStringLiteral("deadlock_detected"));
        QCOMPARE(sqlStateName(QStringLiteral("22999")), QStringLiteral("data_exception"));
        QVERIFY(sqlStateName(QStringLiteral("ZZ999")).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestDetailRows)
#include "tst_detailrows.moc"
