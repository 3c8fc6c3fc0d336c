// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/passwordbroker.h"

#include <QSignalSpy>
#include <QTest>

#include <thread>

using namespace shardhelm;

/// Real worker threads ask, the test answers as the window would.
class TestPasswordBroker : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_broker = std::make_unique<PasswordBroker>(); }
    void cleanup() { m_broker.reset(); }
    void answerReachesTheWorker();
    void oneAnswerServesAllOfAUser();
    void refusedAnswerIsForgotten();
    void declined();
    void deadline();
    void stop();

private:
    static pg::PasswordRequest request(const QString &instance, bool rejected = false);
    std::unique_ptr<PasswordBroker> m_broker;
};

pg::PasswordRequest TestPasswordBroker::request(const QString &instance, bool rejected)
{
    pg::PasswordRequest request;
    request.instance = instance;
    request.user = QStringLiteral("console");
    request.host = instance % QStringLiteral(".example");
    request.port = QStringLiteral("5432");
    request.database = QStringLiteral("shop");
    request.previousRejected = rejected;
    return request;
}

void TestPasswordBroker::answerReachesTheWorker()
{
    QSignalSpy asked(m_broker.get(), &PasswordBroker::asked);
    Result<QString> first;
    std::jthread worker(
        [&] { first = m_broker->password(request(QStringLiteral("a1")), Wait::forDuration(Milliseconds(60000))); });
    QTRY_COMPARE(asked.count(), 1);
    m_broker->answer(asked.first().first().toLongLong(), QStringLiteral("s3cret"), false);
    worker.join();
    QVERIFY(first);
    QCOMPARE(*first, QStringLiteral("s3cret"));
    // The same server again: no question. Another one: a question, which nobody answers in time.
    const auto again = m_broker->password(request(QStringLiteral("a1")), Wait::forDuration(Milliseconds(1000)));
    QCOMPARE(again.value_or(QString()), QStringLiteral("s3cret"));
    const auto other = m_broker->password(request(QStringLiteral("a2")), Wait::forDuration(Milliseconds(50)));
    QVERIFY(!other);
    QCOMPARE(other.error().code, ErrorCode::PasswordMissing);
}

void TestPasswordBroker::oneAnswerServesAllOfAUser()
{
    QSignalSpy asked(m_broker.get(), &PasswordBroker::asked);
    std::array<Result<QString>, 3> answers;
    {
        std::vector<std::jthread> workers;
        for (size_t i = 0; i < answers.size(); ++i)
            workers.emplace_back([&, i] {
                answers[i] =
                    m_broker->password(request(QStringLiteral("a%1").arg(i)), Wait::forDuration(Milliseconds(60000)));
            });
        QTRY_COMPARE(asked.count(), 3);
        m_broker->answer(asked.at(1).first().toLongLong(), QStringLiteral("one"), true);
    }
    for (const auto &answer : answers)
        QCOMPARE(answer.value_or(QString()), QStringLiteral("one"));
}

void TestPasswordBroker::refusedAnswerIsForgotten()
{
    QSignalSpy asked(m_broker.get(), &PasswordBroker::asked);
    Result<QString> answer;
    {
        std::jthread worker([&] {
            answer = m_broker->password(request(QStringLiteral("a1")), Wait::forDuration(Milliseconds(60000)));
        });
        QTRY_COMPARE(asked.count(), 1);
        m_broker->answer(asked.first().first().toLongLong(), QStringLiteral("wrong"), true);
    }
    {
        std::jthread worker([&] {
            answer = m_broker->password(request(QStringLiteral("a1"), true), Wait::forDuration(Milliseconds(60000)));
        });
        QTRY_COMPARE(asked.count(), 2);
        QVERIFY(asked.last().at(1).value<pg::PasswordRequest>().previousRejected);
        m_broker->answer(asked.last().first().toLongLong(), QStringLiteral("right"), true);
    }
    QCOMPARE(answer.value_or(QString()), QStringLiteral("right"));
}

void TestPasswordBroker::declined()
{
    QSignalSpy asked(m_broker.get(), &PasswordBroker::asked);
    Result<QString> answer;
    {
        std::jthread worker([&] {
            answer = m_broker->password(request(QStringLiteral("a1")), Wait::forDuration(Milliseconds(60000)));
        });
        QTRY_COMPARE(asked.count(), 1);
        m_broker->answer(asked.first().first().toLongLong(), std::nullopt, false);
    }
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::Cancelled);
}

void TestPasswordBroker::deadline()
{
    QSignalSpy withdrawn(m_broker.get(), &PasswordBroker::withdrawn);
    const auto answer = m_broker->password(request(QStringLiteral("a1")), Wait::forDuration(Milliseconds(30)));
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::PasswordMissing);
    QTRY_COMPARE(withdrawn.count(), 1);
}

void TestPasswordBroker::stop()
{
    QSignalSpy asked(m_broker.get(), &PasswordBroker::asked);
    std::stop_source source;
    Result<QString> answer;
    std::jthread worker([&] {
        answer = m_broker->password(request(QStringLiteral("a1")),
                                    Wait::forDuration(Milliseconds(60000), source.get_token()));
    });
    QTRY_COMPARE(asked.count(), 1);
    source.request_stop();
    worker.join();
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(TestPasswordBroker)
#include "tst_passwordbroker.moc"
