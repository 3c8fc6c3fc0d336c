// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/passwordkeeper.h"
#include "mainwindow/passworddialog.h"

#include <QApplication>
#include <QCheckBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <unistd.h>

using namespace shardhelm;
using namespace shardhelm::ui;

namespace {

pg::PasswordRequest request(bool keychainRuns = true)
{
    pg::PasswordRequest made;
    made.instance = QStringLiteral("one");
    made.user = QStringLiteral("console");
    made.host = QStringLiteral("db1");
    made.port = QStringLiteral("5432");
    made.database = QStringLiteral("shop");
    made.keychainRuns = keychainRuns;
    return made;
}

monitor::FleetSample sample(monitor::State state)
{
    monitor::ServerSample server;
    server.name = server.instance = QStringLiteral("one");
    server.role = monitor::Role::Primary;
    server.state = state;
    if (state == monitor::State::Healthy)
        server.sampledAt = QDateTime::currentDateTimeUtc();
    monitor::FleetSample fleet;
    fleet.at = QDateTime::currentDateTimeUtc();
    fleet.servers = {server};
    return fleet;
}

} // namespace

/// A password goes to the keychain when its server has accepted it, and not before. A real keyring, in a session of its
/// own: see tests/support/with-keyring.sh.
class TestKeptPassword : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theDialogOffersIt();
    void storedOnceAccepted();
    void refusedIsNotStored();

private:
    [[nodiscard]] std::optional<QString> kept()
    {
        const auto read = m_keychain.read(request(), Wait::forDuration(Milliseconds(60000)));
        return read ? *read : std::nullopt;
    }

    pg::Keychain m_keychain;
};

void TestKeptPassword::theDialogOffersIt()
{
    PasswordDialog without(request(false));
    without.show();
    QVERIFY(!without.findChild<QCheckBox *>(QStringLiteral("keepInKeychain"))->isEnabled());
    QVERIFY(!without.keep());

    PasswordDialog with(request());
    with.show();
    QVERIFY(QTest::qWaitForWindowActive(&with));
    auto *box = with.findChild<QCheckBox *>(QStringLiteral("keepInKeychain"));
    QVERIFY(box->isEnabled());
    // Nothing is remembered unasked.
    QVERIFY(!with.keep());
    QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
    QVERIFY(with.keep());
    QTest::keyClicks(with.findChild<QLineEdit *>(QStringLiteral("password")), QStringLiteral("s3cret"));
    QTest::keyClick(&with, Qt::Key_Return);
    QCOMPARE(with.result(), int(QDialog::Accepted));
    QCOMPARE(with.password(), QStringLiteral("s3cret"));
}

void TestKeptPassword::storedOnceAccepted()
{
    Fleet fleet;
    PasswordKeeper keeper(fleet, m_keychain);
    const QSignalSpy stored(&keeper, &PasswordKeeper::stored);
    // The server had answered before the password was asked for, e.g. with an older one.
    fleet.addSample(sample(monitor::State::Healthy));
    monitor::FleetSample stale = fleet.sample();
    stale.servers.front().sampledAt = stale.servers.front().sampledAt.addSecs(-60);
    keeper.keep(request(), QStringLiteral("s3cret"));
    fleet.addSample(stale);
    fleet.addSample(sample(monitor::State::Connecting));
    QVERIFY(keeper.isWaiting());
    QCOMPARE(kept(), std::nullopt);
    fleet.addSample(sample(monitor::State::Healthy));
    QVERIFY(!keeper.isWaiting());
    QTRY_COMPARE_WITH_TIMEOUT(stored.count(), 1, 10000);
    QCOMPARE(stored.front().front().toString(), QStringLiteral("console@db1:5432/shop"));
    QCOMPARE(kept(), std::optional(QStringLiteral("s3cret")));
    QVERIFY(m_keychain.forget(request(), Wait::forDuration(Milliseconds(60000))));
}

void TestKeptPassword::refusedIsNotStored()
{
    Fleet fleet;
    PasswordKeeper keeper(fleet, m_keychain);
    const QSignalSpy stored(&keeper, &PasswordKeeper::stored);
    keeper.keep(request(), QStringLiteral("wrong"));
    fleet.addSample(sample(monitor::State::Down));
    keeper.drop(request());
    keeper.keep(request(), QStringLiteral("right"));
    fleet.addSample(sample(monitor::State::Healthy));
    QTRY_COMPARE_WITH_TIMEOUT(stored.count(), 1, 10000);
    QCOMPARE(kept(), std::optional(QStringLiteral("right")));
    // Another cluster: what was typed for this one is forgotten.
    keeper.keep(request(), QStringLiteral("late"));
    keeper.clear();
    fleet.addSample(sample(monitor::State::Healthy));
    QCOMPARE(stored.count(), 1);
}

int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("SHARDHELM_IN_SESSION")) {
        std::vector<char *> arguments(argv, argv + argc + 1);
        QByteArray script(SHARDHELM_SOURCE_DIR "/tests/support/with-keyring.sh");
        arguments.insert(arguments.begin(), script.data());
        ::execv(script.constData(), arguments.data());
        qFatal("%s cannot be run", script.constData());
    }
    QApplication application(argc, argv);
    TestKeptPassword test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_keptpassword.moc"
