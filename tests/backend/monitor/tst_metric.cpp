// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/metric.h"

#include <QSet>
#include <QTest>

using namespace shardhelm;
using namespace shardhelm::monitor;

class TestMetric : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyMetricIsFoundByItsKey();
    void figuresAreThoseOfTheSample();
    void hiddenAndUnknownAreNotZero();
};

void TestMetric::everyMetricIsFoundByItsKey()
{
    QSet<QString> keys;
    for (const Metric metric : allMetrics) {
        QCOMPARE(info(metric).metric, metric);
        const QString key = info(metric).key;
        QVERIFY(!key.isEmpty());
        QVERIFY2(!keys.contains(key), qPrintable(key));
        keys.insert(key);
        QCOMPARE(metricOf(key), std::optional(metric));
    }
    QCOMPARE(keys.size(), qsizetype(metricCount));
    QVERIFY(!metricOf(u"p99"));
    QVERIFY(!metricOf(u""));
}

void TestMetric::figuresAreThoseOfTheSample()
{
    ServerSample sample;
    sample.p99Ms.value = 12.5;
    sample.roundTripMs = 0.7;
    sample.connections.value = 45;
    sample.maxConnections.value = 50;
    sample.diskFreeBytes.value = qint64(25) << 30;
    sample.diskSizeBytes.value = qint64(100) << 30;
    sample.startedAt = QDateTime::fromSecsSinceEpoch(1000);
    sample.sampledAt = QDateTime::fromSecsSinceEpoch(1060);
    QCOMPARE(figure(sample, Metric::P99).value, std::optional(12.5));
    QCOMPARE(figure(sample, Metric::RoundTrip).value, std::optional(0.7));
    QCOMPARE(figure(sample, Metric::Connections).value, std::optional(45.0));
    QCOMPARE(figure(sample, Metric::ConnectionRatio).value, std::optional(0.9));
    QCOMPARE(figure(sample, Metric::DiskUsedRatio).value, std::optional(0.75));
    QCOMPARE(figure(sample, Metric::Uptime).value, std::optional(60.0));
}

void TestMetric::hiddenAndUnknownAreNotZero()
{
    ServerSample sample;
    for (const Metric metric : allMetrics) {
        QVERIFY2(!figure(sample, metric).value, info(metric).key.data());
        QVERIFY2(!figure(sample, metric).notPermitted, info(metric).key.data());
    }
    sample.connections.notPermitted = true;
    sample.maxConnections.value = 50;
    QVERIFY(figure(sample, Metric::ConnectionRatio).notPermitted);
    QVERIFY(!figure(sample, Metric::ConnectionRatio).value);
}

QTEST_GUILESS_MAIN(TestMetric)
#include "tst_metric.moc"
