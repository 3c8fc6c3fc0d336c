// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/keychain.h"

#include <QTest>

using namespace shardhelm;
using pg::Keychain;
using pg::PasswordRequest;

namespace {

/// Stands for the window's prompt.
class Prompt : public pg::PasswordSource
{
public:
    Result<QString> password(const PasswordRequest &request, const Wait &) override
    {
        keychainRuns = request.keychainRuns;
        return QStringLiteral("typed");
    }
    bool keychainRuns = true;
};

} // namespace

/// A computer without a keychain service: a server, a container.
class TestNoKeychain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysSoAndGoesOn()
    {
        const Wait wait = Wait::forDuration(Milliseconds(120000));
        PasswordRequest request;
        request.instance = QStringLiteral("i1");
        request.user = QStringLiteral("u");
        Prompt prompt;
        // One object for both cases: QtKeychain's queue belongs to the first thread that uses it.
        class Switch : public pg::PasswordSource
        {
        public:
            Result<QString> password(const PasswordRequest &asked, const Wait &patience) override
            {
                return next ? next->password(asked, patience) : fail(ErrorCode::PasswordMissing, asked.instance);
            }
            pg::PasswordSource *next = nullptr;
        };
        Switch chain;
        Keychain keychain(&chain);
        for (const auto &error :
             {keychain.read(request, wait).error(), keychain.store(request, QStringLiteral("x"), wait).error(),
              keychain.forget(request, wait).error()}) {
            QVERIFY(error.code == ErrorCode::ProgramMissing || error.code == ErrorCode::ProgramFailed);
            QCOMPARE(error.subject, QStringLiteral("keychain"));
            QVERIFY(!error.found.isEmpty());
        }
        QCOMPARE(keychain.password(request, wait).error().code, ErrorCode::PasswordMissing);
        chain.next = &prompt;
        QCOMPARE(*keychain.password(request, wait), QStringLiteral("typed"));
        QVERIFY(!prompt.keychainRuns);
    }
};

int main(int argc, char **argv)
{
    // The bus is looked for at the first use.
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    qunsetenv("XDG_RUNTIME_DIR");
    QCoreApplication application(argc, argv);
    TestNoKeychain test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_nokeychain.moc"
