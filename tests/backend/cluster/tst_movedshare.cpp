// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/movedshare.h"
#include "support/testserver.h"

#include <QTest>

using namespace shardhelm;
using namespace shardhelm::cluster;
using test::soon;

class TestMovedShare : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fewKeysMove_data();
    void fewKeysMove();
    void refuses();

private:
    test::TestServer m_server;
};

void TestMovedShare::fewKeysMove_data()
{
    QTest::addColumn<QString>("keyType");
    QTest::addColumn<int>("instances");
    QTest::newRow("4 instances, bigint") << QStringLiteral("bigint") << 4;
    QTest::newRow("4 instances, text") << QStringLiteral("text") << 4;
    QTest::newRow("15 instances, uuid") << QStringLiteral("uuid") << 15;
    QTest::newRow("first addition") << QStringLiteral("int") << 1;
}

void TestMovedShare::fewKeysMove()
{
    QFETCH(QString, keyType);
    QFETCH(int, instances);
    pg::Connection server = m_server.connect();
    const auto share = movedShare(server, keyType, instances, 256, 128, soon());
    QVERIFY2(share, share ? "" : qPrintable(share.error().found));
    qInfo("%d -> %d: ring %.4f, logical shards %.4f, modulo %.4f, ideal %.4f", instances, instances + 1, share->ring,
          share->logicalShards, share->modulo, share->ideal);
    QCOMPARE(share->keys, 20'000);
    // A ring of 128 nodes per instance spreads with a standard deviation of about 1/sqrt(128) = 9 %.
    QVERIFY(share->ring > share->ideal * 0.7 && share->ring < share->ideal * 1.3);
    // Whole shards: floor(256 / (n + 1)) of 256, but for the sample's own noise.
    const double wanted = double(256 / (instances + 1)) / 256;
    QVERIFY(qAbs(share->logicalShards - wanted) < 0.02);
    // h % n = h % (n + 1) for n of n (n + 1) remainders.
    QVERIFY(qAbs(share->modulo - double(instances) / (instances + 1)) < 0.02);
}

void TestMovedShare::refuses()
{
    pg::Connection server = m_server.connect();
    QCOMPARE(movedShare(server, QStringLiteral("numeric"), 4, 256, 128, soon()).error().subject,
             QStringLiteral("key type"));
    QCOMPARE(movedShare(server, QStringLiteral("bigint"), 0, 256, 128, soon()).error().subject,
             QStringLiteral("instances"));
    QCOMPARE(movedShare(server, QStringLiteral("bigint"), 4, 4, 128, soon()).error().subject,
             QStringLiteral("logical shards"));
    QCOMPARE(movedShare(server, QStringLiteral("bigint"), 4, 8, 0, soon()).error().subject,
             QStringLiteral("virtual nodes"));
}

QTEST_GUILESS_MAIN(TestMovedShare)
#include "tst_movedshare.moc"
