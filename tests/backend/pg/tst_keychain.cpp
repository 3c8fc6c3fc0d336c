// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/keychain.h"

#include <QTest>

#include <thread>

#include <unistd.h>

using namespace shardhelm;
using pg::Keychain;
using pg::PasswordRequest;

namespace {

Wait soon()
{
    return Wait::forDuration(Milliseconds(120000));
}

/// Stands for the window's prompt.
class Prompt : public pg::PasswordSource
{
public:
    Result<QString> password(const PasswordRequest &request, const Wait &) override
    {
        ++asked;
        rejected = request.previousRejected;
        keychainRuns = request.keychainRuns;
        return QStringLiteral("typed");
    }

    int asked = 0;
    bool rejected = false;
    bool keychainRuns = false;
};

PasswordRequest request(const char *user)
{
    PasswordRequest made;
    made.instance = QStringLiteral("i1");
    made.user = QString::fromLatin1(user);
    made.host = QStringLiteral("db1");
    made.port = QStringLiteral("5432");
    made.database = QStringLiteral("shop");
    return made;
}

} // namespace

/// A real keyring, in a session of its own: see tests/support/with-keyring.sh.
class TestKeychain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_keychain = std::make_unique<Keychain>(&m_prompt); }
    void cleanupTestCase() { m_keychain.reset(); }

    void entryName() { QCOMPARE(Keychain::entryName(request("u")), QStringLiteral("u@db1:5432/shop")); }

    void storesReadsForgets()
    {
        const QString secret = QStringLiteral("s3cret ä 'quoted'");
        QCOMPARE(*m_keychain->read(request("a"), soon()), std::nullopt);
        QVERIFY(m_keychain->store(request("a"), QStringLiteral("older"), soon()));
        QVERIFY(m_keychain->store(request("a"), secret, soon()));
        QCOMPARE(*m_keychain->read(request("a"), soon()), std::optional(secret));
        QCOMPARE(*m_keychain->read(request("b"), soon()), std::nullopt);

        QCOMPARE(*m_keychain->password(request("a"), soon()), secret);
        QCOMPARE(m_prompt.asked, 0);
        QCOMPARE(*m_keychain->password(request("b"), soon()), QStringLiteral("typed"));
        QCOMPARE(m_prompt.asked, 1);
        auto refused = request("a");
        refused.previousRejected = true;
        QCOMPARE(*m_keychain->password(refused, soon()), QStringLiteral("typed"));
        QVERIFY(m_prompt.rejected);
        QVERIFY(m_prompt.keychainRuns);

        QVERIFY(m_keychain->forget(request("a"), soon()));
        QVERIFY(m_keychain->forget(request("a"), soon()));
        QCOMPARE(*m_keychain->read(request("a"), soon()), std::nullopt);
    }

    void severalThreadsAtOnce()
    {
        std::vector<std::jthread> threads;
        std::atomic<int> good = 0;
        for (const char *user : {"t1", "t2", "t3", "t4"}) {
            threads.emplace_back([&, user] {
                const QString own = QString::fromLatin1(user);
                const bool stored = m_keychain->store(request(user), own, soon()).has_value();
                const auto read = m_keychain->read(request(user), soon());
                if (stored && read && *read == own && m_keychain->forget(request(user), soon()))
                    ++good;
            });
        }
        threads.clear();
        QCOMPARE(good.load(), 4);
    }

    void endsByItsWait()
    {
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(m_keychain->read(request("w"), Wait::forDuration(Milliseconds(120000), stop.get_token())).error().code,
                 ErrorCode::Cancelled);
        QCOMPARE(m_keychain->password(request("w"), Wait(Clock::now() - Milliseconds(1))).error().code,
                 ErrorCode::TimedOut);
        // Nobody waits for those any more, and the next one gets its own answer.
        QCOMPARE(*m_keychain->read(request("w"), soon()), std::nullopt);
    }

private:
    Prompt m_prompt;
    std::unique_ptr<Keychain> m_keychain;
};

int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("SHARDHELM_IN_SESSION")) {
        std::vector<char *> arguments(argv, argv + argc + 1);
        QByteArray script(SHARDHELM_SOURCE_DIR "/tests/support/with-keyring.sh");
        arguments.insert(arguments.begin(), script.data());
        ::execv(script.constData(), arguments.data());
        qFatal("%s cannot be run", script.constData());
    }
    QCoreApplication application(argc, argv);
    TestKeychain test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_keychain.moc"
