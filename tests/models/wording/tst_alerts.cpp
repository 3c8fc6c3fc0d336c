// SPDX-License-Identifier: GPL-3.0-or-later
#include "wording/alerts.h"

#include <QTest>

using namespace shardhelm;
using monitor::Alert;
using monitor::Rule;

/// The words of an alert.
class TestAlerts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void words_data()
    {
        QTest::addColumn<Alert>("alert");
        QTest::addColumn<QString>("headline");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char *name, const Alert &alert, const char *headline, const char *sentence) {
            QTest::newRow(name) << alert << QString::fromUtf8(headline) << QString::fromUtf8(sentence);
        };
        row("p99 of the fleet", {Rule::P99Ratio, true, 1640, 5, 40}, "p99 41×", "p99 is 1.64 s, 41× the fleet median.");
        row("p99", {Rule::P99, true, 1640, 250, {}}, "p99 1.64 s", "p99 is 1.64 s, the limit is 250 ms.");
        row("one blocked", {Rule::BlockedSessions, false, 1, 5, {}}, "1 blocked", "1 session waits for a lock.");
        row("blocked", {Rule::BlockedSessions, true, 7, 5, {}}, "7 blocked", "7 sessions wait for a lock.");
        row("lag", {Rule::LagSeconds, true, 42, 30, 318.0 * 1048576}, "lag 42.0 s",
            "42.0 s of data behind its primary (318 MB).");
        row("lag of unknown size", {Rule::LagSeconds, true, 42, 30, {}}, "lag 42.0 s",
            "42.0 s of data behind its primary.");
        row("lag in bytes", {Rule::LagBytes, true, 318.0 * 1048576, 1, {}}, "lag 318 MB",
            "318 MB of data behind its primary.");
        row("connections", {Rule::Connections, true, 184, 85, 200}, "connections 92.0 %",
            "184 of 200 connections are taken.");
        row("transaction", {Rule::LongestTransaction, true, 194, 300, {}}, "transaction 3 min 14 s",
            "3 min 14 s is the age of the oldest open transaction.");
        row("cache", {Rule::CacheHit, true, 60, 90, {}}, "cache 60 %",
            "60 % of the blocks read come from shared memory, the limit is 90 %.");
    }

    void words()
    {
        QFETCH(Alert, alert);
        QTEST(wording::headline(alert).replace(QChar(0x202f), u' ').replace(QChar(0xa0), u' '), "headline");
        QTEST(wording::sentence(alert).replace(QChar(0x202f), u' ').replace(QChar(0xa0), u' '), "sentence");
        QVERIFY(wording::advice(alert).endsWith(u'.'));
    }
};

QTEST_GUILESS_MAIN(TestAlerts)
#include "tst_alerts.moc"
