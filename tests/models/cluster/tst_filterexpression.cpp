// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/verdicts.h"
#include "cluster/filterexpression.h"

#include <QTest>

using namespace shardhelm;

class TestFilterExpression : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void matches_data();
    void matches();
    void errors_data();
    void errors();
};

namespace {

monitor::ServerSample sample()
{
    monitor::ServerSample server;
    server.name = server.instance = QStringLiteral("pg-17");
    server.role = monitor::Role::Primary;
    server.state = monitor::State::Healthy;
    server.zone = QStringLiteral("eu-west-1b");
    server.version = QStringLiteral("15.20");
    server.p99Ms.value = 120;
    server.connections.value = 184;
    server.maxConnections.value = 200;
    server.sizeBytes.value = 3LL * 1024 * 1024 * 1024;
    server.transactionsPerSecond.value = 1500;
    server.cacheHitRatio.value = 0.991;
    return server;
}

} // namespace

void TestFilterExpression::matches_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("expected");
    QTest::addRow("empty") << QString() << true;
    QTest::addRow("blank") << QStringLiteral("  ") << true;
    QTest::addRow("name") << QStringLiteral("PG-17") << true;
    QTest::addRow("zone") << QStringLiteral("west-1b") << true;
    QTest::addRow("role") << QStringLiteral("primary") << true;
    QTest::addRow("other") << QStringLiteral("replica") << false;
    QTest::addRow("both words") << QStringLiteral("pg primary") << true;
    QTest::addRow("one of two") << QStringLiteral("pg replica") << false;
    QTest::addRow("greater") << QStringLiteral("p99 > 100 ms") << true;
    QTest::addRow("no spaces") << QStringLiteral("p99>100ms") << true;
    QTest::addRow("seconds") << QStringLiteral("p99 > 0.1 s") << true;
    QTest::addRow("not greater") << QStringLiteral("p99 > 200 ms") << false;
    QTest::addRow("bare number is ms") << QStringLiteral("p99 >= 120") << true;
    QTest::addRow("bytes") << QStringLiteral("size >= 3 GB") << true;
    QTest::addRow("bytes less") << QStringLiteral("size < 3 GB") << false;
    QTest::addRow("thousands") << QStringLiteral("tps > 1.4 k") << true;
    QTest::addRow("share of the limit") << QStringLiteral("connections > 90 %") << true;
    QTest::addRow("count") << QStringLiteral("connections > 190") << false;
    QTest::addRow("ratio") << QStringLiteral("cache < 99.5 %") << true;
    QTest::addRow("unknown figure fulfils nothing") << QStringLiteral("lag >= 0") << false;
    QTest::addRow("state") << QStringLiteral("state = degraded") << true; // 184 of 200 connections
    QTest::addRow("state no") << QStringLiteral("state:down") << false;
    QTest::addRow("all of it") << QStringLiteral("pg and p99 > 100 ms zone=eu-west-1b") << true;
}

void TestFilterExpression::matches()
{
    QFETCH(QString, text);
    QFETCH(bool, expected);
    Fleet fleet;
    monitor::FleetSample now;
    now.servers = {sample()};
    monitor::judgeOnce(now, {});
    fleet.addSample(now);
    const FilterExpression filter = FilterExpression::parse(text);
    QCOMPARE(filter.error(), QString());
    QCOMPARE(filter.matches(sample(), fleet), expected);
}

void TestFilterExpression::errors_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("names");
    QTest::addRow("no such figure") << QStringLiteral("latency > 5") << QStringLiteral("latency");
    QTest::addRow("no value") << QStringLiteral("p99 >") << QStringLiteral("p99 > 100 ms");
    QTest::addRow("wrong unit") << QStringLiteral("p99 > 5 GB") << QStringLiteral("p99");
    QTest::addRow("no number") << QStringLiteral("size > big") << QStringLiteral("big");
}

void TestFilterExpression::errors()
{
    QFETCH(QString, text);
    QFETCH(QString, names);
    const FilterExpression filter = FilterExpression::parse(text);
    QVERIFY2(filter.error().contains(names), qPrintable(filter.error()));
}

QTEST_GUILESS_MAIN(TestFilterExpression)
#include "tst_filterexpression.moc"
