// SPDX-License-Identifier: GPL-3.0-or-later
#include "detailtest.h"
#include "monitor/detail/errors.h"

#include <QTest>

using namespace shardhelm;
using namespace shardhelm::monitor::detail;
using monitor::latency::Presence;

namespace {

QMap<QString, QString> logging(const QString &destination, const QString &prefix = {})
{
    QMap<QString, QString> parameters{{QStringLiteral("logging_collector"), QStringLiteral("on")},
                                      {QStringLiteral("log_destination"), destination},
                                      {QStringLiteral("log_filename"), QStringLiteral("%Y%m%d-%H%M%S.log")}};
    if (!prefix.isEmpty())
        parameters.insert(QStringLiteral("log_line_prefix"), prefix);
    return parameters;
}

void fail(const test::TestServer &server, const QByteArray &statement, int times)
{
    pg::Connection connection = server.connect();
    for (int i = 0; i < times; ++i)
        QVERIFY(!connection.run(statement, test::soon()));
}

const ErrorGroup *find(const ErrorReport &report, const QString &sqlState)
{
    for (const ErrorGroup &group : report.groups) {
        if (group.sqlState == sqlState)
            return &group;
    }
    return nullptr;
}

} // namespace

class TestDetailErrors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsBySqlState_data()
    {
        QTest::addColumn<QString>("destination");
        QTest::addColumn<QString>("prefix");
        QTest::newRow("csv") << QStringLiteral("csvlog") << QString();
        QTest::newRow("json") << QStringLiteral("jsonlog") << QString();
        QTest::newRow("text") << QStringLiteral("stderr") << QStringLiteral("%m [%p] %e %q%d %a ");
    }

    void countsBySqlState()
    {
        QFETCH(QString, destination);
        QFETCH(QString, prefix);
        const test::TestServer server(logging(destination, prefix));
        fail(server, "SELECT 1/0", 3);
        OwnConnections own(nullptr);
        ErrorWatch watch;
        const monitor::Target target = test::target(QStringLiteral("one"), server.conninfo());
        const auto count = [&](const QString &sqlState) {
            const auto report = watch.read(own, target, test::patient());
            const ErrorGroup *group = report ? find(*report, sqlState) : nullptr;
            return group ? group->count : 0;
        };
        // The collector writes in its own time.
        QTRY_COMPARE_WITH_TIMEOUT(count(QStringLiteral("22012")), 3, 60000);
        fail(server, "SELECT 1/0", 2);
        fail(server, "SELECT * FROM nowhere", 1);
        QTRY_COMPARE_WITH_TIMEOUT(count(QStringLiteral("42P01")), 1, 60000);
        QTRY_COMPARE_WITH_TIMEOUT(count(QStringLiteral("22012")), 5, 60000);
        const auto report = watch.read(own, target, test::patient());
        QVERIFY(report);
        QCOMPARE(report->log, Presence::Present);
        const ErrorGroup *division = find(*report, QStringLiteral("22012"));
        QCOMPARE(division->severity, QStringLiteral("ERROR"));
        QCOMPARE(division->database, QStringLiteral("postgres"));
        QVERIFY(division->lastMessage.contains(u"division by zero"));
        QVERIFY(!division->lastAt.isEmpty());
        QVERIFY(!report->since.isEmpty());
        QVERIFY(!find(*report, QStringLiteral("00000")));
    }

    void readsTheEndOfALongLog()
    {
        const test::TestServer server(logging(QStringLiteral("csvlog")));
        fail(server, "SELECT 1/0", 1);
        fail(server, "SELECT * FROM nowhere", 300);
        OwnConnections own(nullptr);
        ErrorWatch watch(4096);
        const monitor::Target target = test::target(QStringLiteral("one"), server.conninfo());
        const auto seen = [&] {
            const auto report = watch.read(own, target, test::patient());
            return report && report->cut && find(*report, QStringLiteral("42P01"));
        };
        QTRY_VERIFY_WITH_TIMEOUT(seen(), 60000);
        const auto report = watch.read(own, target, test::patient());
        QVERIFY(find(*report, QStringLiteral("42P01"))->count < 300);
        QVERIFY(!find(*report, QStringLiteral("22012")));
    }

    void withoutALogThereAreCounters()
    {
        const test::TestServer server;
        OwnConnections own(nullptr);
        ErrorWatch watch;
        const monitor::Target target = test::target(QStringLiteral("one"), server.conninfo());
        const auto rollbacks = [&] {
            const auto report = watch.read(own, target, test::patient());
            if (!report || report->log != Presence::Absent || !report->groups.empty())
                return ErrorCounter();
            for (const ErrorCounter &counter : report->counters) {
                if (counter.key == u"rollbacks")
                    return counter;
            }
            return ErrorCounter();
        };
        QCOMPARE(rollbacks().key, QStringLiteral("rollbacks"));
        fail(server, "SELECT 1/0", 4);
        QTRY_VERIFY_WITH_TIMEOUT(rollbacks().perMinute.value_or(0) > 0, 60000);
        QVERIFY(rollbacks().total >= 4);
    }

    void saysThatTheRoleMayNotReadTheLog()
    {
        const test::TestServer server(logging(QStringLiteral("csvlog")));
        OwnConnections own(nullptr);
        ErrorWatch watch;
        const auto report =
            watch.read(own, test::target(QStringLiteral("one"), test::plainConninfo(server)), test::patient());
        QVERIFY(report);
        QCOMPARE(report->log, Presence::NotPermitted);
        QVERIFY(!report->counters.empty());
    }
};

QTEST_GUILESS_MAIN(TestDetailErrors)
#include "tst_errors.moc"
