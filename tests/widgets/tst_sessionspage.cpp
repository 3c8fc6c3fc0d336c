// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/democontroller.h"
#include "common/button.h"
#include "mainwindow/mainwindow.h"
#include "sessions/psqlterminal.h"
#include "sessions/sessiondetail.h"
#include "sessions/sessionspage.h"
#include "sessions/signaldialog.h"
#include "support/backgroundsession.h"
#include "support/testfleet.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTableView>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace shardhelm;
using namespace shardhelm::ui;
using test::BackgroundSession;

/// The sessions of a live fleet in the window, worked with the keyboard.
class TestSessionsPage : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::TestFleet> m_fleet;
    QTemporaryDir m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<ClusterSession> m_session;
    std::unique_ptr<DemoController> m_demo;
    std::unique_ptr<MainWindow> m_window;

    [[nodiscard]] SessionsPage *page() const { return m_window->sessionsPage(); }
    [[nodiscard]] QTableView *table() const { return page()->findChild<QTableView *>(QStringLiteral("sessionsTable")); }
    /// Pids of the rows shown.
    [[nodiscard]] QList<int> pids() const
    {
        QList<int> shown;
        for (int row = 0; row < table()->model()->rowCount(); ++row)
            shown.append(table()->model()->index(row, SessionsModel::Pid).data().toInt());
        return shown;
    }
    void choose(int pid) const
    {
        const auto row = static_cast<int>(pids().indexOf(pid));
        table()->setCurrentIndex(table()->model()->index(row, 0));
        table()->selectRow(row);
    }
    /// Where keys go: the focus, the page while the platform has not given it back after a dialog.
    [[nodiscard]] QWidget *focus() const
    {
        QWidget *focused = QApplication::focusWidget();
        return focused ? focused : table();
    }
    static SignalDialog *dialog() { return qobject_cast<SignalDialog *>(QApplication::activeModalWidget()); }

private Q_SLOTS:
    void initTestCase()
    {
        m_fleet = std::make_unique<test::TestFleet>();
        m_fleet->two.run("CREATE TABLE pile (id int PRIMARY KEY); INSERT INTO pile VALUES (1)");
        // The careful way: production.
        QFile file(m_fleet->clusterFilePath());
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray content = file.readAll();
        content.replace("\"development\"", "\"production\"");
        QVERIFY(file.resize(0) && file.seek(0) && file.write(content) == content.size());
        file.close();
        m_settings = std::make_unique<Settings>(m_folder.filePath(QStringLiteral("window.ini")));
        m_theme = std::make_unique<Theme>(ThemeChoice::Light);
        m_session = std::make_unique<ClusterSession>();
        m_demo = std::make_unique<DemoController>();
        m_window = std::make_unique<MainWindow>(*m_session, *m_demo, *m_settings, *m_theme);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_window->openCluster(m_fleet->clusterFilePath());
        QTRY_COMPARE_WITH_TIMEOUT(m_session->link(), Link::Up, 30000);
        m_session->setInterval(std::chrono::milliseconds(500));
    }
    void cleanupTestCase()
    {
        m_window.reset();
        m_session.reset();
        m_fleet.reset();
    }

    void opensWithItsKeyAndGoesBack()
    {
        m_window->showPage(Page::Overview);
        m_window->setFocus();
        QTest::keyClick(focus(), Qt::Key_S);
        QVERIFY(m_window->showsSessions());
        QVERIFY(page()->isVisible());
        QVERIFY(page()->feed().isActive());
        QTest::keyClick(focus(), Qt::Key_Escape);
        QVERIFY(!m_window->showsSessions());
        QCOMPARE(m_window->page(), Page::Overview);
        // Nobody looks: nobody asks.
        QVERIFY(!page()->feed().isActive());
    }

    void showsViewsByKeys()
    {
        pg::Connection holder = m_fleet->two.connect();
        QVERIFY(holder.run("BEGIN; LOCK TABLE pile IN ACCESS EXCLUSIVE MODE", test::soon()));
        const BackgroundSession waiter(m_fleet->two.connect(), "SELECT * FROM pile WHERE id = 4711");
        const BackgroundSession runner(m_fleet->two.connect(), "SELECT pg_sleep(600)");
        m_window->showSessions();
        const auto key = [this](Qt::Key pressed) { QTest::keyClick(focus(), pressed); };
        key(Qt::Key_1);
        QTRY_COMPARE_WITH_TIMEOUT(pids(), QList<int>{runner.pid}, 20000);
        key(Qt::Key_2);
        QTRY_COMPARE_WITH_TIMEOUT(pids(), QList<int>{waiter.pid}, 20000);
        key(Qt::Key_3);
        QTRY_COMPARE_WITH_TIMEOUT(pids(), QList<int>{holder.backendPid()}, 20000);
        key(Qt::Key_4);
        QTRY_COMPARE_WITH_TIMEOUT(pids(), (QList<int>{holder.backendPid(), waiter.pid}), 20000);
        choose(waiter.pid);
        const auto *text = page()->findChild<QPlainTextEdit *>(QStringLiteral("statementText"));
        QCOMPARE(text->toPlainText(), QStringLiteral("SELECT * FROM pile WHERE id = $1"));
        page()->copyRows();
        QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("AccessShareLock")));
        key(Qt::Key_0);
        QTRY_VERIFY_WITH_TIMEOUT(pids().size() > 3, 20000);
        // Space pauses, also here.
        key(Qt::Key_Space);
        QVERIFY(m_session->isPaused());
        key(Qt::Key_Space);
        QVERIFY(!m_session->isPaused());
        // The view survives, letters go into text fields.
        QCOMPARE(m_settings->text(QStringLiteral("sessions/view")), QStringLiteral("all"));
        page()->focusFilter();
        QTest::keyClicks(focus(), QStringLiteral("s2ck"));
        QVERIFY(m_window->showsSessions() && !dialog());
        QTRY_COMPARE(pids().size(), 0);
        QTest::keyClick(focus(), Qt::Key_Escape);
        QTRY_VERIFY(pids().size() > 3);
    }

    void cancelsAfterAQuestion()
    {
        BackgroundSession busy(m_fleet->two.connect(), "SELECT pg_sleep(600)");
        m_window->showSessions();
        page()->showView(SessionsView::Running);
        QTRY_VERIFY_WITH_TIMEOUT(pids().contains(busy.pid), 20000);
        choose(busy.pid);
        page()->focusTable();
        QTest::keyClick(focus(), Qt::Key_C);
        QTRY_VERIFY(dialog());
        // Enter means no: the careful button is the default.
        QTest::keyClick(dialog(), Qt::Key_Return);
        QTRY_VERIFY(!dialog());
        QVERIFY(pids().contains(busy.pid));

        QTest::keyClick(table(), Qt::Key_C);
        QTRY_VERIFY(dialog());
        const auto *statements = dialog()->findChild<QPlainTextEdit *>(QStringLiteral("signalStatements"));
        QVERIFY(statements->toPlainText().contains(QStringLiteral("pg_cancel_backend(pid)")));
        QVERIFY(statements->toPlainText().contains(QString::number(busy.pid)));
        QPointer<SignalDialog> asked = dialog();
        QTest::mouseClick(asked->findChild<Button *>(QStringLiteral("go")), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(asked->controller().isFinished(), 20000);
        QCOMPARE(asked->controller().results().front().outcome, monitor::SignalOutcome::StatementEnded);
        const auto *sessions = asked->findChild<QTableWidget *>(QStringLiteral("signalSessions"));
        QVERIFY(sessions->item(0, 3)->text().startsWith(QStringLiteral("The statement has ended")));
        QTest::keyClick(asked, Qt::Key_Escape);
        QTRY_VERIFY(!asked);
        QCOMPARE(busy.sqlstate(), QStringLiteral("57014"));
    }

    void terminatesSeveralByTheClustersName()
    {
        const BackgroundSession first(m_fleet->two.connect(), "SELECT pg_sleep(600)");
        const BackgroundSession second(m_fleet->one.connect(), "SELECT pg_sleep(600)");
        m_window->showSessions();
        page()->showView(SessionsView::Running);
        QTRY_VERIFY_WITH_TIMEOUT(pids().contains(first.pid) && pids().contains(second.pid), 20000);
        page()->focusTable();
        QTest::keyClick(focus(), Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(page()->chosen().size(), size_t(pids().size()));
        QTest::keyClick(focus(), Qt::Key_K);
        QTRY_VERIFY(dialog());
        QPointer<SignalDialog> asked = dialog();
        auto *go = asked->findChild<Button *>(QStringLiteral("go"));
        auto *typed = asked->findChild<QLineEdit *>(QStringLiteral("typedName"));
        QVERIFY(typed && !go->isEnabled());
        QTest::keyClicks(typed, QStringLiteral("flee"));
        QVERIFY(!go->isEnabled());
        QTest::keyClicks(typed, QStringLiteral("t"));
        QVERIFY(go->isEnabled());
        QTest::mouseClick(go, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(asked->controller().isFinished(), 30000);
        for (const monitor::SignalResult &result : asked->controller().results())
            QCOMPARE(result.outcome, monitor::SignalOutcome::Gone);
        asked->close();
        QTRY_VERIFY(!asked);
        QTRY_VERIFY_WITH_TIMEOUT(!pids().contains(first.pid) && !pids().contains(second.pid), 20000);
        QTRY_VERIFY_WITH_TIMEOUT(
            !m_fleet->directory.run("SELECT FROM shardhelm.operation WHERE what = 'session terminate' AND host <> ''")
                 .isEmpty(),
            20000);
    }

    void opensPsqlInATerminal()
    {
        // A terminal that runs what it is given, without a person: psql reads a script and writes a file.
        const QString out = m_folder.filePath(QStringLiteral("out"));
        const auto script = [this](const QString &name, const QByteArray &text) {
            QFile file(m_folder.filePath(name));
            if (!file.open(QIODevice::WriteOnly) || file.write("#!/bin/sh\n" + text) < 0
                || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
                qFatal("script");
            return file.fileName();
        };
        const QString terminal = script(QStringLiteral("terminal"),
                                        "echo \"$@\" > \"$OUT.arguments\"\nshift\n"
                                        "echo \"select 'role ' || current_user, :'PROMPT1'\" | \"$@\" > \"$OUT.new\" "
                                        "2>&1\nmv \"$OUT.new\" \"$OUT\"\n");
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("TERMINAL"), terminal);
        environment.insert(QStringLiteral("OUT"), out);
        environment.insert(QStringLiteral("DISPLAY"), QStringLiteral(":0"));
        environment.insert(QStringLiteral("TMPDIR"), m_folder.path());
        const PsqlTerminal found(environment);
        QCOMPARE(found.problem(), QString());
        const auto opened = found.open(m_fleet->two.conninfo() + QStringLiteral(" password='s3 cr\\'et'"),
                                       QStringLiteral("[it's two]"));
        QVERIFY(opened);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(out), 30000);
        QFile written(out);
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QByteArray answer = written.readAll();
        QVERIFY2(answer.contains("role postgres") && answer.contains("[it's two]"), answer.constData());
        QFile arguments(out + QStringLiteral(".arguments"));
        QVERIFY(arguments.open(QIODevice::ReadOnly));
        const QByteArray line = arguments.readAll();
        QVERIFY(!line.contains("s3") && line.startsWith("-e /bin/sh "));
        // Nothing stays behind.
        QVERIFY(!QFile::exists(QString::fromUtf8(line).trimmed().section(u' ', -1)));

        environment.insert(QStringLiteral("PATH"), m_folder.path());
        QVERIFY(PsqlTerminal(environment).problem().contains(QStringLiteral("psql")));
        environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("TERMINAL"), terminal);
        environment.remove(QStringLiteral("DISPLAY"));
        environment.remove(QStringLiteral("WAYLAND_DISPLAY"));
        QVERIFY(PsqlTerminal(environment).problem().contains(QStringLiteral("display")));
    }

    void endsWhenAnotherClusterOpens()
    {
        const BackgroundSession busy(m_fleet->two.connect(), "SELECT pg_sleep(600)");
        m_window->showSessions();
        page()->showView(SessionsView::Running);
        QTRY_VERIFY_WITH_TIMEOUT(pids().contains(busy.pid), 20000);
        choose(busy.pid);
        QTest::keyClick(table(), Qt::Key_K);
        QTRY_VERIFY(dialog());
        QPointer<SignalDialog> asked = dialog();
        m_session->close();
        QTRY_VERIFY(!asked);
        QTRY_COMPARE(pids().size(), 0);
        QVERIFY(
            !m_fleet->two.run("SELECT FROM pg_stat_activity WHERE pid = " + QByteArray::number(busy.pid)).isEmpty());
    }
};

QTEST_MAIN(TestSessionsPage)
#include "tst_sessionspage.moc"
