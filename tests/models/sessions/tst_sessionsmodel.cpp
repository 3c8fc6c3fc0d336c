// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/condition.h"
#include "sessions/sessionid.h"
#include "sessions/sessionsfilter.h"
#include "sessions/sessionsmodel.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QTest>

using namespace shardhelm;
using namespace shardhelm::monitor;

namespace {

Session session(const QString &server, int pid, const QString &state, double age, std::vector<int> blockedBy = {})
{
    Session made;
    made.key = {server, pid, QStringLiteral("2026-11-20T03:11:08.00000%1Z").arg(pid % 10)};
    made.state = state;
    made.application = QStringLiteral("app%1").arg(pid);
    made.role = QStringLiteral("app");
    made.database = server;
    made.backendType = QStringLiteral("client backend");
    if (age > 0)
        made.transactionAge = age;
    made.blockedBy = std::move(blockedBy);
    return made;
}

SessionList list(const QString &server, std::vector<Session> sessions)
{
    SessionList made;
    made.server = server;
    made.serverKey = server;
    made.database = server;
    for (Session &one : sessions) {
        for (const Session &other : sessions)
            one.blocks += static_cast<int>(std::ranges::count(other.blockedBy, one.key.pid));
    }
    made.sessions = std::move(sessions);
    return made;
}

const QString active = QStringLiteral("active");
const QString idle = QStringLiteral("idle");
const QString inTransaction = QStringLiteral("idle in transaction");

/// a: 1 blocks 2, 2 blocks 3; b: 4 waits for a prepared transaction, 5 runs.
std::vector<SessionList> example()
{
    SessionList a =
        list(QStringLiteral("a"),
             {session(QStringLiteral("a"), 1, inTransaction, 90), session(QStringLiteral("a"), 2, active, 60, {1}),
              session(QStringLiteral("a"), 3, active, 30, {2}), session(QStringLiteral("a"), 9, idle, 0)});
    SessionList b =
        list(QStringLiteral("b"),
             {session(QStringLiteral("b"), 4, active, 10, {0}), session(QStringLiteral("b"), 5, active, 5)});
    b.waits = {{4,
                QStringLiteral("transactionid"),
                QStringLiteral("ShareLock"),
                QStringLiteral("orders"),
                10.0,
                {{0, QStringLiteral("ExclusiveLock"), QStringLiteral("px"), QStringLiteral("owner"),
                  QStringLiteral("b"), 100.0}}}};
    return {a, b};
}

/// "a1 a2 …" of the rows shown.
QString shown(const QAbstractItemModel &model)
{
    QStringList rows;
    for (int row = 0; row < model.rowCount(); ++row)
        rows.append(model.index(row, SessionsModel::Instance).data().toString()
                    + model.index(row, SessionsModel::Pid).data().toString());
    return rows.join(u' ');
}

} // namespace

/// The table of sessions.
class TestSessionsModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesSessions()
    {
        const SessionKey key{QStringLiteral("b4/1"), 4711, QStringLiteral("2026-11-20T03:11:08.123456Z")};
        QCOMPARE(sessionId(key), QStringLiteral("b4/1:4711@2026-11-20T03:11:08.123456Z"));
        QCOMPARE(sessionFromId(sessionId(key)), key);
        QCOMPARE(sessionId({QStringLiteral("b4"), 4711, {}}), QString());
        const auto colon = sessionFromId(QStringLiteral("a:b:7@2026-11-20 03:11:08+00"));
        QVERIFY(colon);
        QCOMPARE(colon->server, QStringLiteral("a:b"));
        QCOMPARE(colon->backendStart, QStringLiteral("2026-11-20T03:11:08.000000Z"));
        QVERIFY(!sessionFromId(QStringLiteral("b4:4711")));
    }

    void showsViews()
    {
        SessionsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        SessionsFilter filter(model);
        const QAbstractItemModelTester filterTester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setLists(example());
        filter.sort(SessionsModel::Blocks, Qt::DescendingOrder);
        // Who blocks most, then the oldest transaction.
        QCOMPARE(shown(filter), QStringLiteral("a1 a2 a3 b4 b5 a9"));
        filter.setView(SessionsView::Running);
        QCOMPARE(shown(filter), QStringLiteral("b5"));
        filter.setView(SessionsView::Waiting);
        QCOMPARE(shown(filter), QStringLiteral("a2 a3 b4"));
        filter.setView(SessionsView::Blocking);
        QCOMPARE(shown(filter), QStringLiteral("a1 a2 b"));
        filter.setView(SessionsView::Locks);
        QCOMPARE(shown(filter), QStringLiteral("a1 a2 a3 b b4"));
        const auto level = [&](int row) { return filter.index(row, 0).data(SessionsModel::LevelRole).toInt(); };
        QCOMPARE((std::vector{level(0), level(1), level(2), level(3), level(4)}), (std::vector{0, 1, 2, 0, 1}));
        QCOMPARE(filter.index(3, SessionsModel::State).data().toString(), QStringLiteral("prepared transaction px"));
        QCOMPARE(filter.index(4, SessionsModel::State).data().toString(),
                 QStringLiteral("waits for ShareLock on orders"));
        // Trees keep their order.
        filter.sort(SessionsModel::Pid, Qt::DescendingOrder);
        QCOMPARE(shown(filter), QStringLiteral("a1 a2 a3 b b4"));
        filter.setView(SessionsView::All);
        QCOMPARE(shown(filter), QStringLiteral("a9 b5 b4 a3 a2 a1"));
        QCOMPARE(filter.count(SessionsView::Waiting), 3);
        QCOMPARE(filter.count(SessionsView::All), 6);
        filter.setText(QStringLiteral("APP3  act"));
        QCOMPARE(shown(filter), QString());
        filter.setText(QStringLiteral("APP3  lock"));
        QCOMPARE(shown(filter), QStringLiteral("a3"));
        // Exactly one is the worst.
        filter.setText({});
        QCOMPARE(model.index(model.rowOf(example()[0].sessions[0].key), 0)
                     .data(SessionsModel::ConditionRole)
                     .value<Condition>(),
                 Condition::Worst);
        QCOMPARE(model.index(model.rowOf(example()[0].sessions[1].key), 0)
                     .data(SessionsModel::ConditionRole)
                     .value<Condition>(),
                 Condition::Degraded);
    }

    void keepsSelectionsOverRefreshes()
    {
        SessionsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        SessionsFilter filter(model);
        const QAbstractItemModelTester filterTester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::vector<SessionList> lists = example();
        model.setLists(lists);
        filter.setView(SessionsView::Locks);
        const QPersistentModelIndex third = model.index(model.rowOf(lists[0].sessions[2].key), 0);
        const QPersistentModelIndex first = model.index(model.rowOf(lists[0].sessions[0].key), 0);
        // The first ends, and another session gets its pid; the second is free.
        lists[0].sessions[0] = session(QStringLiteral("a"), 1, active, 1);
        lists[0].sessions[0].key.backendStart = QStringLiteral("2026-11-20T04:00:00.000000Z");
        lists[0].sessions[1].blockedBy.clear();
        model.setLists(lists, {QStringLiteral("a")});
        QVERIFY(!first.isValid());
        QVERIFY(third.isValid());
        QCOMPARE(model.at(third.row()).session.key, lists[0].sessions[2].key);
        QCOMPARE(shown(filter), QStringLiteral("a2 a3 b b4"));
        QVERIFY(third.data(SessionsModel::FadedRole).toBool());
        model.setLists({});
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!third.isValid());
    }

    void exportsTheSame()
    {
        const std::vector<SessionRow> rows = lockRows(example());
        const QJsonArray json = sessionTable(rows).toJson();
        QCOMPARE(json.size(), 5);
        QCOMPARE(json.at(2).toObject().value(QLatin1StringView("level")).toInt(), 2);
        QCOMPARE(json.at(3).toObject().value(QLatin1StringView("prepared_transaction")).toString(),
                 QStringLiteral("px"));
        QVERIFY(json.at(3).toObject().value(QLatin1StringView("session")).isNull());
        QCOMPARE(json.at(4).toObject().value(QLatin1StringView("lock_relation")).toString(), QStringLiteral("orders"));
        QVERIFY(sessionSummary(rows).toText().contains("\n  a:2@"));
    }
};

QTEST_GUILESS_MAIN(TestSessionsModel)
#include "tst_sessionsmodel.moc"
