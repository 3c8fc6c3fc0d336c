// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/alertsmodel.h"
#include "cluster/journalmodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace shardhelm;
using namespace shardhelm::monitor::alerts;

namespace {

AlertState alert(const QString &server, Handling::Kind kind = Handling::Kind::Open)
{
    AlertState state;
    state.alert.subject = {QStringLiteral("blocked_sessions"), server};
    state.alert.figure = monitor::Alert{monitor::Rule::BlockedSessions, true, 7, 5, std::nullopt};
    state.alert.since = QDateTime::fromSecsSinceEpoch(1'700'000'000, Qt::UTC);
    state.alert.runbook = QStringLiteral("https://wiki.example.net/locks");
    state.handling.kind = kind;
    state.handling.by = QStringLiteral("ann");
    state.handling.reason = QStringLiteral("on it");
    return state;
}

QStringList servers(const AlertsModel &model)
{
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row)
        names << model.index(row).data(AlertsModel::ServerRole).toString();
    return names;
}

} // namespace

class TestAlertModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void alertsComeAndGo()
    {
        Fleet fleet;
        AlertsModel model(fleet);
        const QAbstractItemModelTester tester(&model);
        QCOMPARE(model.rowCount(), 0);
        fleet.setAlerts({alert(QStringLiteral("a")), alert(QStringLiteral("b")), alert(QStringLiteral("c"))});
        QCOMPARE(servers(model), QStringList({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
        QCOMPARE(model.rowOf({QStringLiteral("blocked_sessions"), QStringLiteral("b")}), 1);
        QCOMPARE(model.rowOf({QStringLiteral("down"), QStringLiteral("b")}), -1);
        // Those that somebody has dealt with come last.
        fleet.setAlerts({alert(QStringLiteral("a"), Handling::Kind::Muted),
                         alert(QStringLiteral("b"), Handling::Kind::Acknowledged), alert(QStringLiteral("c"))});
        QCOMPARE(servers(model), QStringList({QStringLiteral("c"), QStringLiteral("b"), QStringLiteral("a")}));
        fleet.setAlerts({alert(QStringLiteral("b"))});
        QCOMPARE(servers(model), QStringList{QStringLiteral("b")});
        fleet.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void words()
    {
        Fleet fleet;
        AlertsModel model(fleet);
        AlertState whole = alert({}, Handling::Kind::Muted);
        whole.alert.subject.rule = QStringLiteral("unreachable");
        whole.alert.figure.reset();
        whole.alert.servers = 9;
        whole.alert.severity = cluster::AlertSeverity::Critical;
        fleet.setAlerts({alert(QStringLiteral("a")), whole});
        const QModelIndex first = model.index(0);
        QCOMPARE(first.data(AlertsModel::HeadlineRole).toString(), QStringLiteral("7 blocked"));
        QCOMPARE(first.data(AlertsModel::SentenceRole).toString(), QStringLiteral("7 sessions wait for a lock."));
        QCOMPARE(first.data(AlertsModel::RunbookRole).toString(), QStringLiteral("https://wiki.example.net/locks"));
        QVERIFY(first.data(AlertsModel::HandlingRole).toString().isEmpty());
        const QModelIndex second = model.index(1);
        QCOMPARE(second.data().toString(), QStringLiteral("fleet"));
        QVERIFY(second.data(AlertsModel::SentenceRole).toString().contains(QStringLiteral("9 servers")));
        QCOMPARE(second.data(AlertsModel::HandlingRole).toString(), QStringLiteral("muted by ann: on it"));
        QVERIFY(second.data(AlertsModel::MutedRole).toBool());
        QVERIFY(second.data(Qt::AccessibleTextRole).toString().startsWith(QStringLiteral("critical, fleet, ")));
    }

    void journal()
    {
        JournalModel model;
        const QAbstractItemModelTester tester(&model);
        cluster::JournalEntry entry;
        entry.id = 7;
        entry.at = QDateTime::fromSecsSinceEpoch(1'700'000'000, Qt::UTC);
        entry.who = QStringLiteral("ann");
        entry.host = QStringLiteral("desk");
        entry.what = QStringLiteral("map flip");
        entry.detail = {{QStringLiteral("shard"), 4}, {QStringLiteral("to"), QStringLiteral("b4")}};
        model.setEntries({entry, entry});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, JournalModel::Detail).data().toString(), QStringLiteral("shard 4, to b4"));
        QVERIFY(model.index(0, 0).data(JournalModel::SearchRole).toString().contains(QStringLiteral("b4")));
        const Table table = model.table({1});
        QCOMPARE(table.rows.size(), size_t(1));
        QVERIFY(table.toCsv().startsWith("id,at,who,host,what,detail"));
        model.setEntries({});
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_GUILESS_MAIN(TestAlertModels)
#include "tst_alertmodels.moc"
