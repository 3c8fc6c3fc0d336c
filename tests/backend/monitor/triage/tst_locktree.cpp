// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/triage/locktree.h"
#include "monitor/triage/sessions.h"

#include <QTest>

using namespace shardhelm::monitor;

namespace {

Session session(int pid, std::vector<int> blockedBy = {}, double transactionAge = 0)
{
    Session made;
    made.key = {QStringLiteral("a"), pid, QStringLiteral("start")};
    made.blockedBy = std::move(blockedBy);
    made.transactionAge = transactionAge;
    return made;
}

SessionList list(std::vector<Session> sessions)
{
    SessionList made;
    made.server = QStringLiteral("a");
    made.sessions = std::move(sessions);
    return made;
}

/// The tree in one line: "1:3(2:1(4) 3)" is 1 with three behind it, 2 with 4 behind it, and 3.
QString text(const LockTree &tree, const std::vector<size_t> &nodes)
{
    QStringList parts;
    for (const size_t index : nodes) {
        const LockNode &node = tree.nodes[index];
        QString part = node.pid == 0 ? u'\'' + node.prepared + u'\'' : QString::number(node.pid);
        if (node.inCycle)
            part += u'!';
        for (const int pid : node.alsoBlockedBy)
            part += u'+' + QString::number(pid);
        if (!node.children.empty())
            part += QStringLiteral(":%1(%2)").arg(node.behind).arg(text(tree, node.children));
        parts.append(part);
    }
    return parts.join(u' ');
}

QString text(const LockTree &tree)
{
    return text(tree, tree.roots);
}

} // namespace

/// Trees of waiting sessions, without a server.
class TestLockTree : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void standsEveryoneOnce_data()
    {
        QTest::addColumn<SessionList>("sessions");
        QTest::addColumn<QString>("tree");
        QTest::newRow("nobody waits") << list({session(1), session(2)}) << QString();
        QTest::newRow("a chain") << list({session(1), session(2, {1}), session(3, {2})})
                                 << QStringLiteral("1:2(2:1(3))");
        QTest::newRow("behind the one that comes free last")
            << list({session(1), session(2, {1}), session(3, {1, 2}), session(4, {1})})
            << QStringLiteral("1:3(2:1(3+1) 4)");
        QTest::newRow("two roots, the larger first")
            << list({session(1), session(2), session(3, {1}), session(4, {2}), session(5, {2})})
            << QStringLiteral("2:2(4 5) 1:1(3)");
        QTest::newRow("the oldest first")
            << list({session(1), session(2, {1}, 5), session(3, {1}, 60)}) << QStringLiteral("1:2(3 2)");
        QTest::newRow("a blocker that is gone") << list({session(2, {99})}) << QStringLiteral("99:1(2)");
        QTest::newRow("not known which prepared one") << list({session(2, {0})}) << QStringLiteral("'':1(2)");
        QTest::newRow("a circle, opened at its oldest, and who waits for it")
            << list({session(1, {3}, 1), session(2, {1}, 9), session(3, {2}, 2), session(4, {3})})
            << QStringLiteral("2!+1:3(3:2(1 4))");
        QTest::newRow("two circles") << list({session(1, {2}), session(2, {1}), session(3, {4}), session(4, {3})})
                                     << QStringLiteral("1!+2:1(2) 3!+4:1(4)");
        QTest::newRow("itself") << list({session(1, {1}), session(2, {1})}) << QStringLiteral("1:1(2)");
    }
    void standsEveryoneOnce()
    {
        QFETCH(const SessionList, sessions);
        QFETCH(const QString, tree);
        QCOMPARE(text(lockTree(sessions)), tree);
    }

    void namesWhatIsHeld()
    {
        SessionList sessions = list({session(1), session(2, {1, 0})});
        const LockHolder prepared{
            0, QStringLiteral("RowExclusiveLock"), QStringLiteral("px"), QStringLiteral("app"), QStringLiteral("db"),
            7};
        const LockHolder holder{1, QStringLiteral("ShareLock"), {}, {}, {}, std::nullopt};
        sessions.waits = {{2,
                           QStringLiteral("relation"),
                           QStringLiteral("AccessExclusiveLock"),
                           QStringLiteral("orders"),
                           3.0,
                           {prepared, holder}}};
        const LockTree tree = lockTree(sessions);
        QCOMPARE(tree.roots.size(), size_t(2));
        // One of the two stands above the waiter, and says what it holds.
        const LockNode &root = tree.nodes[tree.roots.front()];
        QCOMPARE(root.behind, 1);
        QCOMPARE(root.heldRelation, QStringLiteral("orders"));
        QCOMPARE(root.holds, std::optional(root.pid == 0 ? prepared : holder));
    }

    void takesAHugePile()
    {
        std::vector<Session> sessions{session(1)};
        // Everyone waits for everyone before it, as in a queue for an exclusive lock.
        for (int pid = 2; pid <= 400; ++pid) {
            std::vector<int> before;
            for (int other = 1; other < pid; ++other)
                before.push_back(other);
            sessions.push_back(session(pid, before));
        }
        const LockTree tree = lockTree(list(sessions));
        QCOMPARE(tree.nodes.size(), size_t(400));
        QCOMPARE(tree.roots.size(), size_t(1));
        QCOMPARE(tree.nodes.back().level, 399);
        QCOMPARE(tree.nodes.front().behind, 399);
    }

    void listsASessionOfTheFleetOnce()
    {
        const auto listOf = [](const QString &server, const QString &key, const QString &database,
                               const QStringList &databases) {
            SessionList made;
            made.server = server;
            made.serverKey = key;
            made.database = database;
            int pid = 10;
            for (const QString &of : databases) {
                Session one = session(pid++);
                one.key.server = server;
                one.database = of;
                made.sessions.push_back(one);
            }
            return made;
        };
        // Two databases of one server, and another server with the same pids.
        const QStringList same{QStringLiteral("x"), QStringLiteral("y"), QStringLiteral("postgres")};
        const auto sessions =
            fleetSessions({listOf(QStringLiteral("b"), QStringLiteral("1"), QStringLiteral("y"), same),
                           listOf(QStringLiteral("a"), QStringLiteral("1"), QStringLiteral("x"), same),
                           listOf(QStringLiteral("c"), QStringLiteral("2"), QStringLiteral("x"), same)});
        QStringList names;
        for (const Session &one : sessions)
            names.append(QStringLiteral("%1/%2 %3").arg(one.key.server).arg(one.key.pid).arg(one.database));
        QCOMPARE(names,
                 (QStringList{QStringLiteral("a/10 x"), QStringLiteral("a/12 postgres"), QStringLiteral("b/11 y"),
                              QStringLiteral("c/10 x"), QStringLiteral("c/11 y"), QStringLiteral("c/12 postgres")}));
    }
};

QTEST_GUILESS_MAIN(TestLockTree)
#include "tst_locktree.moc"
