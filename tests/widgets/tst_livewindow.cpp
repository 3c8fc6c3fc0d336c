// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/democontroller.h"
#include "common/banner.h"
#include "instances/instancespage.h"
#include "mainwindow/header.h"
#include "mainwindow/locatebox.h"
#include "mainwindow/mainwindow.h"
#include "support/testfleet.h"

#include <QAbstractButton>
#include <QDir>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QProcess>
#include <QTest>

#include <csignal>

using namespace shardhelm;
using namespace shardhelm::ui;

/// The window on real servers: what it shows, what it finds, and that it never waits for servers that hang or die.
class TestLiveWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void showsTheFleet();
    void locatesATenant();
    void locatesByEmail();
    void locateSaysWhatIsWrong();
    void connectsToADirectory();
    void refusesADirectoryThatIsNone();
    void endsOnSigterm();
    void neverWaitsForServersThatHangAndDie();

private:
    [[nodiscard]] monitor::State state(const QString &server) const
    {
        const monitor::ServerSample *sample = m_session->fleet().server(server);
        return sample ? sample->state : monitor::State::Unknown;
    }

    std::unique_ptr<test::TestFleet> m_fleet;
    QTemporaryDir m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<ClusterSession> m_session;
    std::unique_ptr<DemoController> m_demo;
    std::unique_ptr<MainWindow> m_window;
};

void TestLiveWindow::initTestCase()
{
    qputenv("XDG_CONFIG_HOME", QFile::encodeName(m_folder.filePath(QStringLiteral("config"))));
    m_fleet = std::make_unique<test::TestFleet>();
    for (const test::TestServer *server : {&m_fleet->one, &m_fleet->two})
        server->run("UPDATE app.users SET email = 'person' || tenant_id || '@example.com'");
    QFile file(m_fleet->clusterFilePath());
    QVERIFY(file.open(QIODevice::Append));
    file.write("\n[locate]\nemail = \"select distinct tenant_id from app.users where email = lower($1)\"\n");
    file.close();
    m_settings = std::make_unique<Settings>(m_folder.filePath(QStringLiteral("window.ini")));
    m_theme = std::make_unique<Theme>(ThemeChoice::Light);
    m_session = std::make_unique<ClusterSession>();
    m_demo = std::make_unique<DemoController>();
    m_window = std::make_unique<MainWindow>(*m_session, *m_demo, *m_settings, *m_theme);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_window->openCluster(m_fleet->clusterFilePath());
}

void TestLiveWindow::cleanupTestCase()
{
    m_window.reset();
    m_session.reset();
    m_fleet.reset();
}

void TestLiveWindow::showsTheFleet()
{
    QTRY_COMPARE_WITH_TIMEOUT(state(QStringLiteral("one")), monitor::State::Healthy, 20000);
    QTRY_COMPARE_WITH_TIMEOUT(state(QStringLiteral("one/1")), monitor::State::Healthy, 20000);
    QTRY_COMPARE_WITH_TIMEOUT(state(QStringLiteral("two")), monitor::State::Healthy, 20000);
    QTRY_COMPARE(m_session->link(), Link::Up);
    QVERIFY(m_window->header()->stateText().startsWith(QStringLiteral("connected")));
    QCOMPARE(m_session->fleet().map().logicalShards, 8);
}

void TestLiveWindow::locatesATenant()
{
    QTest::keyClick(m_window.get(), Qt::Key_L, Qt::ControlModifier);
    auto *box = m_window->header()->locateBox();
    QTRY_VERIFY(box->hasFocus());
    QTest::keyClicks(box, QStringLiteral("42"));
    QTRY_VERIFY_WITH_TIMEOUT(box->answer(), 10000);
    QVERIFY(box->answer()->error == std::nullopt);
    QCOMPARE(box->answer()->hits.front().tenant, QStringLiteral("42"));
    const QString instance = box->answer()->hits.front().instance;
    const cluster::LogicalShard *shard = m_session->fleet().map().shard(box->answer()->hits.front().logicalShard);
    QVERIFY(shard);
    QCOMPARE(shard->instance, instance);
    QTest::keyClick(box, Qt::Key_Return);
    QCOMPARE(m_window->page(), Page::Instances);
    QCOMPARE(static_cast<InstancesPage *>(m_window->pageWidget(Page::Instances))->chosen(), instance);
    // A logical shard by number needs no question to the directory.
    QTest::keyClick(m_window.get(), Qt::Key_L, Qt::ControlModifier);
    QTest::keyClicks(box, QStringLiteral("shard 1"));
    QTRY_VERIFY(box->answer() && box->answer()->text == QStringLiteral("shard 1"));
    QCOMPARE(box->answer()->hits.front().instance, m_session->fleet().map().shard(1)->instance);
    QTest::keyClick(box, Qt::Key_Escape);
    QVERIFY(!box->answer());
}

void TestLiveWindow::locatesByEmail()
{
    auto *box = m_window->header()->locateBox();
    QTest::keyClick(m_window.get(), Qt::Key_L, Qt::ControlModifier);
    QTest::keyClicks(box, QStringLiteral("Person17@example.com"));
    QTRY_VERIFY_WITH_TIMEOUT(box->answer() && box->answer()->text == QStringLiteral("Person17@example.com"), 10000);
    QVERIFY(box->answer()->error == std::nullopt);
    QCOMPARE(box->answer()->hits.size(), size_t(1));
    const LocateHit hit = box->answer()->hits.front();
    QCOMPARE(hit.tenant, QStringLiteral("17"));
    QCOMPARE(hit.through, QStringLiteral("email"));
    QVERIFY(box->answer()->notAsked.isEmpty());
    // Where the rows really are.
    const test::TestServer &holder = hit.instance == QStringLiteral("one") ? m_fleet->one : m_fleet->two;
    QCOMPARE(holder.run("SELECT count(*) FROM app.users WHERE tenant_id = 17").text(0, 0), QStringLiteral("20"));
    QTest::keyClick(box, Qt::Key_Return);
    QCOMPARE(m_window->page(), Page::Instances);
    QCOMPARE(static_cast<InstancesPage *>(m_window->pageWidget(Page::Instances))->chosen(), hit.instance);
    QTest::keyClick(m_window.get(), Qt::Key_L, Qt::ControlModifier);
    QTest::keyClicks(box, QStringLiteral("nobody@example.com"));
    QTRY_VERIFY_WITH_TIMEOUT(box->answer() && box->answer()->text == QStringLiteral("nobody@example.com"), 10000);
    QVERIFY(box->answer()->hits.empty());
    QTest::keyClick(box, Qt::Key_Escape);
}

void TestLiveWindow::locateSaysWhatIsWrong()
{
    auto *box = m_window->header()->locateBox();
    QTest::keyClick(m_window.get(), Qt::Key_L, Qt::ControlModifier);
    QTest::keyClicks(box, QStringLiteral("not a number"));
    QTRY_VERIFY_WITH_TIMEOUT(box->answer() && box->answer()->text == QStringLiteral("not a number"), 10000);
    QVERIFY(box->answer()->hits.empty());
    auto *popup = m_window->findChild<QWidget *>(QStringLiteral("locatePopup"));
    QVERIFY(popup && popup->isVisible());
    QVERIFY2(popup->accessibleName().contains(QStringLiteral("not a number")), qPrintable(popup->accessibleName()));
    QTest::keyClick(box, Qt::Key_Escape);
}

void TestLiveWindow::connectsToADirectory()
{
    QTest::keyClick(m_window.get(), Qt::Key_W, Qt::ControlModifier);
    auto *conninfo = m_window->findChild<QLineEdit *>(QStringLiteral("conninfo"));
    QVERIFY(conninfo);
    QTRY_VERIFY(conninfo->isVisible());
    conninfo->setFocus();
    QTest::keyClicks(conninfo, m_fleet->directory.conninfo() % QStringLiteral(" password=s3cret"));
    auto *connectButton = m_window->findChild<QAbstractButton *>(QStringLiteral("connect"));
    QTRY_VERIFY(connectButton->isEnabled());
    QTest::mouseClick(connectButton, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->fleet().map().logicalShards, 8, 20000);
    QTRY_COMPARE_WITH_TIMEOUT(state(QStringLiteral("two")), monitor::State::Healthy, 20000);
    const QString path = m_session->path();
    QCOMPARE(path, m_folder.filePath(QStringLiteral("config/shardhelm/clusters/postgres.toml")));
    const auto file = cluster::readClusterFile(path);
    QVERIFY(file);
    QCOMPARE(file->environment, cluster::Environment::Production);
    QFile text(path);
    QVERIFY(text.open(QIODevice::ReadOnly));
    QVERIFY(!text.readAll().contains("s3cret"));
    QCOMPARE(m_settings->text(QStringLiteral("cluster/open")), path);
}

void TestLiveWindow::refusesADirectoryThatIsNone()
{
    QTest::keyClick(m_window.get(), Qt::Key_W, Qt::ControlModifier);
    auto *conninfo = m_window->findChild<QLineEdit *>(QStringLiteral("conninfo"));
    QTRY_VERIFY(conninfo->isVisible());
    conninfo->clear();
    QTest::keyClicks(conninfo, QStringLiteral("host='unclosed"));
    QTest::keyClick(conninfo, Qt::Key_Return);
    QVERIFY(!m_session->isOpen());
    // Said on the page itself, and no file is left of it.
    QTRY_VERIFY(m_window->findChild<QWidget *>(QStringLiteral("firstRunPage"))->findChild<Banner *>()->isVisible());
    QCOMPARE(QDir(m_folder.filePath(QStringLiteral("config/shardhelm/clusters"))).entryList(QDir::Files),
             QStringList(QStringLiteral("postgres.toml")));
    m_window->openCluster(m_fleet->clusterFilePath());
    QTRY_COMPARE_WITH_TIMEOUT(state(QStringLiteral("one/1")), monitor::State::Healthy, 20000);
}

void TestLiveWindow::endsOnSigterm()
{
    QProcess program;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("SHARDHELM_TRACE_STARTUP"), QStringLiteral("1"));
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), m_folder.filePath(QStringLiteral("other")));
    program.setProcessEnvironment(environment);
    program.start(QStringLiteral(SHARDHELM), {m_fleet->clusterFilePath()});
    QVERIFY(program.waitForStarted(120000));
    QByteArray said;
    // While figures come in, with sessions on every server.
    QTRY_VERIFY_WITH_TIMEOUT((said += program.readAllStandardError()).contains("all_data_ms"), 30000);
    QElapsedTimer since;
    since.start();
    QCOMPARE(::kill(static_cast<pid_t>(program.processId()), SIGTERM), 0);
    QTRY_COMPARE_WITH_TIMEOUT(program.state(), QProcess::NotRunning, 10000);
    qInfo("ended %lld ms after SIGTERM", static_cast<long long>(since.elapsed()));
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 0);
}

void TestLiveWindow::neverWaitsForServersThatHangAndDie()
{
    m_session->setInterval(std::chrono::milliseconds(500));
    m_window->showPage(Page::Overview);
    // A probe that turns with the event loop: whoever waits for a server on this thread stops it for seconds.
    // How smooth the window is beyond that is measured by tests/bench/bench_frames.
    QElapsedTimer since;
    qint64 longest = 0;
    QTimer probe;
    probe.setTimerType(Qt::PreciseTimer);
    connect(&probe, &QTimer::timeout, this, [&] { longest = std::max(longest, since.restart()); });
    m_fleet->two.signal(SIGSTOP);
    m_fleet->one.signal(SIGKILL);
    since.start();
    probe.start(4);
    QTRY_COMPARE_WITH_TIMEOUT(state(QStringLiteral("one")), monitor::State::Down, 30000);
    QTRY_VERIFY_WITH_TIMEOUT(state(QStringLiteral("two")) == monitor::State::Down, 30000);
    probe.stop();
    m_fleet->two.signal(SIGCONT);
    QVERIFY2(longest < 5000, qPrintable(QString::number(longest)));
    QCOMPARE(state(QStringLiteral("directory")), monitor::State::Healthy);
}

QTEST_MAIN(TestLiveWindow)
#include "tst_livewindow.moc"
