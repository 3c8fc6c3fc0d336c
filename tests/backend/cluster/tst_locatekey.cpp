// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/locatekey.h"
#include "support/fleet.h"
#include "support/testserver.h"

#include <QTest>

using namespace shardhelm;
using namespace shardhelm::cluster;
using test::Fleet;
using test::soon;

class TestLocateKey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsByKeyAndByQuery_data();
    void findsByKeyAndByQuery();
    void searchesWithoutRouting_data();
    void searchesWithoutRouting();
    void namesWhoDidNotAnswer();
    void refuses();

private:
    [[nodiscard]] static Result<LocateReport> find(const Fleet &fleet, const ClusterFile &file, const ShardMap &map,
                                                   const QString &text, const QString &by = {});

    test::TestServer m_server;
};

namespace {

/// Eight shards of 25 tenants each; shard n is on i1 when n is even.
RoutingRequest ranges()
{
    RoutingRequest wanted{Recipe::Range, QStringLiteral("bigint"), 8, {}, 128, {}, {}};
    for (int i = 0; i < 8; ++i)
        wanted.ranges.push_back({i ? std::optional(QString::number(i * 25)) : std::nullopt, i});
    return wanted;
}

QStringList lines(const LocateReport &report)
{
    QStringList all;
    for (const Location &location : report.locations)
        all << QStringLiteral("%1 #%2 %3")
                   .arg(location.tenant, QString::number(location.logicalShard), location.instance);
    return all;
}

} // namespace

Result<LocateReport> TestLocateKey::find(const Fleet &fleet, const ClusterFile &file, const ShardMap &map,
                                         const QString &text, const QString &by)
{
    auto directory = pg::Connection::open(
        {QStringLiteral("directory"), fleet.conninfo(QStringLiteral("directory")), QStringLiteral("test")}, soon());
    if (!directory)
        return Failure(directory.error());
    LocateOptions options;
    options.by = by;
    return locateKey(*directory, file, map, text, options, soon());
}

void TestLocateKey::findsByKeyAndByQuery_data()
{
    QTest::addColumn<bool>("rows");
    QTest::newRow("rows") << true;
    QTest::newRow("schema") << false;
}

void TestLocateKey::findsByKeyAndByQuery()
{
    QFETCH(bool, rows);
    const Fleet fleet(m_server, rows ? Layout::Rows : Layout::Schema, ranges());
    const QByteArray table = rows ? "app.orders" : "ls_0003.orders";
    fleet.run(QStringLiteral("i2"),
              "update " + table
                  + " set note = 'ann@example.org' where tenant_id = 80;"
                    "update "
                  + table + " set note = 'both@example.org' where tenant_id in (81, 82)");
    ClusterFile file = fleet.file();
    const QString from = rows ? QStringLiteral("app.orders") : QStringLiteral("orders");
    file.locate = {
        {QStringLiteral("mail"), QStringLiteral("select tenant_id from %1 where lower(note) = lower($1)").arg(from)},
        {QStringLiteral("id"), QStringLiteral("select tenant_id from %1 where id = $1::bigint + 1000").arg(from)}};
    const ShardMap map = fleet.map();

    QCOMPARE(lines(*find(fleet, file, map, QStringLiteral("80"))), QStringList{QStringLiteral("80 #3 i2")});
    const auto byMail = find(fleet, file, map, QStringLiteral("Ann@Example.org"));
    QVERIFY(byMail);
    QCOMPARE(lines(*byMail), QStringList{QStringLiteral("80 #3 i2")});
    QCOMPARE(byMail->by, QStringLiteral("mail"));
    QVERIFY(byMail->missed.isEmpty()); // that "id" cannot take the text is nobody's failure
    QStringList both = lines(*find(fleet, file, map, QStringLiteral("both@example.org"), QStringLiteral("mail")));
    both.sort();
    QCOMPARE(both, (QStringList{QStringLiteral("81 #3 i2"), QStringLiteral("82 #3 i2")}));
    const auto nobody = find(fleet, file, map, QStringLiteral("x'; drop table app.plans --"));
    QVERIFY(nobody);
    QVERIFY(nobody->locations.empty() && nobody->searched && nobody->missed.isEmpty());
}

void TestLocateKey::searchesWithoutRouting_data()
{
    findsByKeyAndByQuery_data();
}

void TestLocateKey::searchesWithoutRouting()
{
    QFETCH(bool, rows);
    const Fleet fleet(m_server, rows ? Layout::Rows : Layout::Schema, ranges());
    ShardMap map = fleet.map();
    map.routingSql.clear();
    const auto found = find(fleet, fleet.file(), map, QStringLiteral(" 080"));
    QVERIFY(found);
    QCOMPARE(lines(*found), QStringList{rows ? QStringLiteral("80 #-1 i2") : QStringLiteral("80 #3 i2")});
    QVERIFY(found->searched);
    const auto nobody = find(fleet, fleet.file(), map, QStringLiteral("201"));
    QVERIFY(nobody && nobody->locations.empty());
    QCOMPARE(find(fleet, fleet.file(), map, QStringLiteral("Ann")).error().code, ErrorCode::KeyValueBad);
}

void TestLocateKey::namesWhoDidNotAnswer()
{
    const Fleet fleet(m_server, Layout::Schema, ranges());
    ShardMap map = fleet.map();
    map.routingSql.clear();
    map.instances[0].conninfo = QStringLiteral("host=/nonexistent dbname=x");
    const auto found = find(fleet, fleet.file(), map, QStringLiteral("80"));
    QVERIFY(found);
    QCOMPARE(lines(*found), QStringList{QStringLiteral("80 #3 i2")});
    QCOMPARE(found->missed.keys(), QStringList{QStringLiteral("i1")});
}

void TestLocateKey::refuses()
{
    const Fleet fleet(m_server, Layout::Rows, ranges());
    const ShardMap map = fleet.map();
    QCOMPARE(find(fleet, fleet.file(), map, QStringLiteral("Ann")).error().code, ErrorCode::KeyValueBad);
    ClusterFile file = fleet.file();
    file.locate.insert(QStringLiteral("mail"), QStringLiteral("select 1"));
    const auto unknown = find(fleet, file, map, QStringLiteral("Ann"), QStringLiteral("order"));
    QCOMPARE(unknown.error().code, ErrorCode::LookupUnknown);
    QCOMPARE(unknown.error().expected, QStringList{QStringLiteral("mail")});
}

QTEST_GUILESS_MAIN(TestLocateKey)
#include "tst_locatekey.moc"
