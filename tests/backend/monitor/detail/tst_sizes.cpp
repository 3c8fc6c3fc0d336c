// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/recipes.h"
#include "detailtest.h"
#include "monitor/detail/sizes.h"
#include "support/fleet.h"

#include <QTest>

using namespace shardhelm;
using namespace shardhelm::monitor::detail;

namespace {

template <typename Fact>
const Fact *find(const std::vector<Fact> &all, const QString &name)
{
    for (const Fact &one : all) {
        if (one.name == name)
            return &one;
    }
    return nullptr;
}

cluster::RoutingRequest hashed()
{
    cluster::RoutingRequest request;
    request.recipe = cluster::Recipe::Hash;
    request.keyType = QStringLiteral("bigint");
    request.logicalShards = 8;
    return request;
}

} // namespace

class TestDetailSizes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_server = std::make_unique<test::TestServer>(); }

    void measuresTablesAndIndexes()
    {
        m_server->run("CREATE TABLE big (id int PRIMARY KEY, note text, tag int) WITH (autovacuum_enabled = off);"
                      "CREATE INDEX big_note ON big (note); CREATE UNIQUE INDEX big_tag ON big (tag);"
                      "INSERT INTO big SELECT n, repeat('x', 200), n FROM generate_series(1, 5000) AS n;"
                      "CREATE TABLE small (id int)");
        m_server->run("DELETE FROM big WHERE id > 3000");
        // What a session did is counted when it has ended; after ANALYZE it would be added to what that has found.
        QTRY_COMPARE_WITH_TIMEOUT(
            m_server->run("SELECT n_dead_tup FROM pg_stat_user_tables WHERE relname = 'big'").integer(0, 0), 2000,
            60000);
        m_server->run("ANALYZE big");
        OwnConnections own(nullptr);
        const monitor::Target target = test::target(QStringLiteral("one"), m_server->conninfo());
        // Counters of other sessions come with their next report.
        const auto dead = [&] {
            const auto read = readSizes(own, target, test::patient());
            const TableSize *big = read ? find(read->tables, QStringLiteral("big")) : nullptr;
            return big ? big->dead : 0;
        };
        QTRY_COMPARE_WITH_TIMEOUT(dead(), qint64(2000), 60000);
        const auto read = readSizes(own, target, test::patient());
        QVERIFY(read);
        QCOMPARE(read->tables.front().name, QStringLiteral("big"));
        const TableSize *big = find(read->tables, QStringLiteral("big"));
        QCOMPARE(big->rows, std::optional<qint64>(3000));
        QCOMPARE(qRound(*big->deadRatio() * 100), 40);
        QVERIFY(!big->vacuumAgeSeconds);
        QVERIFY(big->analyzeAgeSeconds);
        QVERIFY(big->heapBytes > 1000000);
        QVERIFY(big->totalBytes >= big->heapBytes + big->indexBytes);
        const TableSize *small = find(read->tables, QStringLiteral("small"));
        QVERIFY(small);
        QVERIFY(!small->deadRatio());
        QVERIFY(!small->rows); // never analysed: unknown, not zero
        QVERIFY(find(read->indexes, QStringLiteral("big_note"))->isUnused());
        QVERIFY(!find(read->indexes, QStringLiteral("big_pkey"))->isUnused());
        QVERIFY(!find(read->indexes, QStringLiteral("big_tag"))->isUnused());
        QVERIFY(!find(read->tables, QStringLiteral("pg_class")));
    }

    void anyoneMayMeasure()
    {
        OwnConnections own(nullptr);
        const auto read =
            readSizes(own, test::target(QStringLiteral("one"), test::plainConninfo(*m_server)), test::patient());
        QVERIFY(read);
        QVERIFY(find(read->tables, QStringLiteral("big")));
    }

    void roomOfShards_data()
    {
        QTest::addColumn<bool>("bySchema");
        QTest::newRow("schema") << true;
        QTest::newRow("rows") << false;
    }

    void roomOfShards()
    {
        QFETCH(bool, bySchema);
        const test::Fleet fleet(*m_server, bySchema ? cluster::Layout::Schema : cluster::Layout::Rows, hashed());
        const cluster::ShardMap map = fleet.map();
        OwnConnections own(nullptr);
        monitor::Target target = test::target(QStringLiteral("i1"), fleet.conninfo(QStringLiteral("i1")));
        const auto read = readInstanceSizes(own, fleet.file(), map, target, nullptr, test::patient());
        QVERIFY(read);
        QVERIFY(!read->unsplit);
        QCOMPARE(read->estimated, !bySchema);
        size_t here = 0;
        for (const cluster::LogicalShard &shard : map.shards)
            here += shard.instance == u"i1" ? 1 : 0;
        QVERIFY(here > 0);
        QCOMPARE(read->rooms.size(), here);
        qint64 sum = 0;
        for (const ShardRoom &room : read->rooms) {
            QVERIFY(room.size);
            QCOMPARE(room.size->estimated, !bySchema);
            sum += room.size->bytes;
        }
        QVERIFY(sum > 0);
    }

private:
    std::unique_ptr<test::TestServer> m_server;
};

QTEST_GUILESS_MAIN(TestDetailSizes)
#include "tst_sizes.moc"
