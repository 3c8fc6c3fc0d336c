// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/democontroller.h"
#include "common/banner.h"
#include "firstrun/demooptions.h"
#include "mainwindow/mainwindow.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QMenuBar>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

#include <sys/stat.h>

using namespace shardhelm;
using namespace shardhelm::ui;

/// The demo from the window: started, cancelled, stopped and removed by its buttons. Real servers.
class TestDemoWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void cancelLeavesNothing();
    void stopKeepsTheData();
    void removalIsAskedFor();

private:
    template <typename Widget>
    Widget *child(const QString &name) const
    {
        auto *found = m_window->findChild<Widget *>(name);
        if (!found)
            qFatal("there is no %s", qUtf8Printable(name));
        return found;
    }
    void startTiny();
    void askToClose(const QString &answer);
    void press(const QString &box, const QString &answer);
    [[nodiscard]] QStringList answers(const QString &box) const;
    [[nodiscard]] bool runs() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_place;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<ClusterSession> m_session;
    std::unique_ptr<DemoController> m_demo;
    std::unique_ptr<MainWindow> m_window;
};

void TestDemoWindow::init()
{
    // The servers' own user must get through.
    m_folder = std::make_unique<QTemporaryDir>(QStringLiteral("/tmp/shardhelm-window-XXXXXX"));
    QCOMPARE(chmod(QFile::encodeName(m_folder->path()).constData(), 0755), 0);
    m_place = m_folder->filePath(QStringLiteral("demo"));
    m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("window.ini")));
    m_theme = std::make_unique<Theme>(ThemeChoice::Light);
    m_session = std::make_unique<ClusterSession>();
    m_demo = std::make_unique<DemoController>(m_place);
    m_window = std::make_unique<MainWindow>(*m_session, *m_demo, *m_settings, *m_theme);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestDemoWindow::cleanup()
{
    m_window.reset();
    m_session.reset();
    m_demo.reset();
    (void)demo::demoDown(m_place, true, Wait::forDuration(Milliseconds(60000)));
    m_theme.reset();
    m_settings.reset();
    m_folder.reset();
}

/// Through the options: one instance without replicas and with hardly any data.
void TestDemoWindow::startTiny()
{
    QTest::mouseClick(child<QPushButton>(QStringLiteral("demoOptions")), Qt::LeftButton);
    QTRY_VERIFY(m_window->findChild<DemoOptions *>());
    auto *options = m_window->findChild<DemoOptions *>();
    QTRY_VERIFY(options->isVisible());
    for (const auto &[name, value] : std::initializer_list<std::pair<const char *, const char *>>{
             {"instances", "1"}, {"replicas", "0"}, {"shards", "4"}, {"tenants", "5"}}) {
        auto *box = options->findChild<QSpinBox *>(QString::fromLatin1(name));
        QVERIFY2(box, name);
        box->setFocus();
        box->selectAll();
        QTest::keyClicks(box, QString::fromLatin1(value));
        QCOMPARE(box->value(), QString::fromLatin1(value).toInt());
    }
    QTest::mouseClick(options->findChild<QPushButton *>(QStringLiteral("start")), Qt::LeftButton);
    QCOMPARE(m_demo->state(), DemoController::State::Starting);
}

QStringList TestDemoWindow::answers(const QString &box) const
{
    QStringList texts;
    if (const auto *found = m_window->findChild<QMessageBox *>(box)) {
        for (const QAbstractButton *button : found->buttons())
            texts << button->text();
    }
    return texts;
}

void TestDemoWindow::press(const QString &box, const QString &answer)
{
    QTRY_VERIFY(m_window->findChild<QMessageBox *>(box));
    const auto *found = m_window->findChild<QMessageBox *>(box);
    QTRY_VERIFY(found->isVisible());
    for (QAbstractButton *button : found->buttons()) {
        if (button->text() == answer) {
            QTest::mouseClick(button, Qt::LeftButton);
            QTRY_VERIFY(!m_window->findChild<QMessageBox *>(box));
            return;
        }
    }
    QFAIL(qPrintable(answer));
}

void TestDemoWindow::askToClose(const QString &answer)
{
    QVERIFY(!m_window->close());
    press(QStringLiteral("closeDemo"), answer);
}

bool TestDemoWindow::runs() const
{
    const auto servers = demo::demoStatus(m_place);
    return servers && std::all_of(servers->begin(), servers->end(), [](const demo::DemoStatus &server) {
               return server.state == demo::DemoState::Running;
           });
}

void TestDemoWindow::cancelLeavesNothing()
{
    startTiny();
    auto *start = child<QPushButton>(QStringLiteral("startDemo"));
    QCOMPARE(start->text(), QStringLiteral("Cancel"));
    QVERIFY(child<QProgressBar>(QStringLiteral("demoProgress"))->isVisible());
    // In the middle: something has been made, not all of it.
    QTRY_VERIFY_WITH_TIMEOUT(m_demo->stepsDone() > 0, 60000);
    QVERIFY(QFileInfo::exists(m_place));
    QTest::mouseClick(start, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(m_demo->state(), DemoController::State::Idle, 60000);
    QVERIFY(!QFileInfo::exists(m_place));
    QCOMPARE(start->text(), QStringLiteral("Start demo"));
    QVERIFY(!child<QProgressBar>(QStringLiteral("demoProgress"))->isVisible());
    QVERIFY(!m_session->isOpen());
}

void TestDemoWindow::stopKeepsTheData()
{
    startTiny();
    QTRY_COMPARE_WITH_TIMEOUT(m_demo->state(), DemoController::State::Running, 120000);
    // The cluster opens by itself, and the load puts figures on it.
    QTRY_VERIFY_WITH_TIMEOUT(m_session->link() == Link::Up, 30000);
    QTRY_VERIFY_WITH_TIMEOUT(m_session->fleet().sample().servers.size() == 2, 30000);

    askToClose(QStringLiteral("Cancel"));
    QVERIFY(m_window->isVisible());
    QCOMPARE(m_demo->state(), DemoController::State::Running);
    QVERIFY(runs());

    askToClose(QStringLiteral("Stop"));
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->isVisible(), 60000);
    QVERIFY(!runs());
    QVERIFY(demo::demoStatus(m_place).has_value());

    // Now it was there before: nothing offers to remove it, and it can be left running.
    m_window->show();
    QTRY_VERIFY(child<QPushButton>(QStringLiteral("startDemo"))->isVisible());
    QTest::mouseClick(child<QPushButton>(QStringLiteral("startDemo")), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(m_demo->state(), DemoController::State::Running, 120000);
    QVERIFY(!m_window->close());
    QCOMPARE(answers(QStringLiteral("closeDemo")).filter(QStringLiteral("emove")), QStringList());
    press(QStringLiteral("closeDemo"), QStringLiteral("Keep running"));
    QTRY_VERIFY(!m_window->isVisible());
    QVERIFY(runs());
}

void TestDemoWindow::removalIsAskedFor()
{
    startTiny();
    QTRY_COMPARE_WITH_TIMEOUT(m_demo->state(), DemoController::State::Running, 120000);
    askToClose(QStringLiteral("Stop and remove…"));
    QTRY_VERIFY(m_window->findChild<QMessageBox *>(QStringLiteral("removeDemo")));
    // Enter takes the safe way out.
    QTest::keyClick(m_window->findChild<QMessageBox *>(QStringLiteral("removeDemo")), Qt::Key_Return);
    QTRY_VERIFY(!m_window->findChild<QMessageBox *>(QStringLiteral("removeDemo")));
    QVERIFY(runs());
    QVERIFY(m_window->isVisible());

    askToClose(QStringLiteral("Stop and remove…"));
    press(QStringLiteral("removeDemo"), QStringLiteral("Remove the demo"));
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->isVisible(), 60000);
    QVERIFY(!QFileInfo::exists(m_place));
}

QTEST_MAIN(TestDemoWindow)
#include "tst_demowindow.moc"
