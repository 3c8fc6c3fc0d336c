// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/clustersession.h"
#include "support/testfleet.h"

#include <QTest>

using namespace shardhelm;

namespace {

const QString two = QStringLiteral("two");

} // namespace

/// Questions of the window, over the monitor's connections.
class TestAsk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersOnTheSessionsThread()
    {
        const test::TestFleet fleet;
        ClusterSession session;
        std::vector<Result<int>> answers;
        const auto take = [&](const pg::FanOutReply &reply) {
            QCOMPARE(QThread::currentThread(), session.thread());
            answers.push_back(reply.results ? Result<int>((*reply.results)[0]->integer(0, 0))
                                            : Failure(reply.results.error()));
        };
        const auto ask = [&](const QString &server, const QByteArray &sql, QObject *context) {
            session.ask(server, {{sql, {}}}, std::chrono::seconds(20), context, take);
        };

        ask(two, "SELECT 1", &session); // nothing is open
        QCOMPARE(answers.size(), size_t(0)); // never at once
        QTRY_COMPARE(answers.size(), size_t(1));
        QCOMPARE(answers.back().error().code, ErrorCode::Cancelled);

        session.open(fleet.clusterFilePath());
        QTRY_COMPARE(session.link(), Link::Up);
        ask(two, "SELECT 42", &session);
        QTRY_COMPARE(answers.size(), size_t(2));
        QCOMPARE(answers.back(), Result<int>(42));
        ask(QStringLiteral("nobody"), "SELECT 1", &session);
        QTRY_COMPARE(answers.size(), size_t(3));
        QCOMPARE(answers.back().error().code, ErrorCode::InstanceUnknown);

        // Nobody is told who is gone; what was asked of a cluster that is closed is not answered.
        {
            QObject gone;
            ask(two, "SELECT 2", &gone);
        }
        ask(two, "SELECT pg_sleep(60)", &session);
        session.close();
        ask(two, "SELECT 3", &session);
        QTRY_COMPARE(answers.size(), size_t(4));
        QCOMPARE(answers.back().error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestAsk)
#include "tst_ask.moc"
