// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/democontroller.h"
#include "common/placeholder.h"
#include "instances/curvestack.h"
#include "instances/factsections.h"
#include "instances/factview.h"
#include "instances/instancedetail.h"
#include "instances/instancespage.h"
#include "instances/meanstrip.h"
#include "mainwindow/mainwindow.h"
#include "support/testfleet.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QTabBar>
#include <QTableView>
#include <QTest>

#include <csignal>

using namespace shardhelm;
using namespace shardhelm::ui;

/// The tabs of an instance's detail on real servers, worked with keys.
class TestDetail : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void everyTabShowsSomething_data();
    void everyTabShowsSomething();
    void tOpensTheStatements();
    void filtersSortsAndCopies();
    void remembersTabAndColumns();
    void saysWhatIsNotPermitted();
    void saysWhenAServerIsDown();

private:
    /// Rows of the table shown, 0 without one.
    [[nodiscard]] int rows() const
    {
        FactView *view = m_detail->factView();
        return view ? view->table()->model()->rowCount() : 0;
    }

    /// What stands there in place of rows.
    [[nodiscard]] QByteArray words() const
    {
        const FactView *view = m_detail->factView();
        const Placeholder *placeholder = view ? view->findChild<Placeholder *>() : nullptr;
        return placeholder ? placeholder->text().toUtf8() : QByteArray("no table");
    }

    std::unique_ptr<test::TestFleet> m_fleet;
    QTemporaryDir m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<ClusterSession> m_session;
    std::unique_ptr<DemoController> m_demo;
    std::unique_ptr<MainWindow> m_window;
    InstanceDetail *m_detail = nullptr;
    InstancesPage *m_page = nullptr;
};

void TestDetail::initTestCase()
{
    qputenv("XDG_CONFIG_HOME", QFile::encodeName(m_folder.filePath(QStringLiteral("config"))));
    m_fleet = std::make_unique<test::TestFleet>();
    m_fleet->one.run("ANALYZE");
    m_settings = std::make_unique<Settings>(m_folder.filePath(QStringLiteral("window.ini")));
    m_theme = std::make_unique<Theme>(ThemeChoice::Light);
    m_session = std::make_unique<ClusterSession>();
    m_demo = std::make_unique<DemoController>();
    m_window = std::make_unique<MainWindow>(*m_session, *m_demo, *m_settings, *m_theme);
    m_window->resize(1440, 900);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_window->openCluster(m_fleet->clusterFilePath());
    QTRY_VERIFY_WITH_TIMEOUT(m_session->link() == Link::Up, 60000);
    m_window->showPage(Page::Instances);
    m_page = m_window->findChild<InstancesPage *>();
    m_detail = m_window->findChild<InstanceDetail *>();
    QVERIFY(m_page && m_detail);
    // The directory answers first; the others come with the map.
    QTRY_VERIFY_WITH_TIMEOUT(m_session->fleet().server(QStringLiteral("two")) != nullptr, 60000);
    m_page->choose(QStringLiteral("one"));
    QCOMPARE(m_detail->server(), QStringLiteral("one"));
}

void TestDetail::cleanupTestCase()
{
    m_window.reset();
    m_session.reset();
    m_fleet.reset();
}

void TestDetail::everyTabShowsSomething_data()
{
    QTest::addColumn<DetailPage>("page");
    for (const DetailPage page : allDetailPages)
        QTest::newRow(qPrintable(detailKey(page))) << page;
}

void TestDetail::everyTabShowsSomething()
{
    QFETCH(DetailPage, page);
    QTabBar *bar = m_detail->findChild<QTabBar *>(QStringLiteral("detailTabs"));
    bar->setFocus();
    QTest::keyClick(bar, Qt::Key_Home);
    bar->setCurrentIndex(0);
    for (int i = 0; i < static_cast<int>(page); ++i)
        QTest::keyClick(bar, Qt::Key_Right);
    QCOMPARE(m_detail->page(), page);
    QVERIFY(!bar->tabText(bar->currentIndex()).isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(m_detail->isSettled(), 60000);
    if (page == DetailPage::Facts)
        return;
    if (page == DetailPage::Curves) {
        QTRY_VERIFY_WITH_TIMEOUT(!m_detail->findChild<CurveStack *>()->accessibleDescription().isEmpty(), 60000);
        return;
    }
    if (page == DetailPage::Sessions || page == DetailPage::Locks) {
        // Of this server alone; nobody waits for a lock here.
        const auto sessions = [this]() -> QTableView * {
            const auto tables = m_detail->findChildren<QTableView *>(QStringLiteral("sessionsTable"));
            const auto shown =
                std::find_if(tables.begin(), tables.end(), [](const QTableView *table) { return table->isVisible(); });
            return shown == tables.end() ? nullptr : *shown;
        };
        if (page == DetailPage::Locks) {
            QVERIFY(!sessions());
            return;
        }
        QTRY_VERIFY_WITH_TIMEOUT(sessions() && sessions()->model()->rowCount() > 0, 60000);
        for (int row = 0; row < sessions()->model()->rowCount(); ++row)
            QCOMPARE(sessions()->model()->index(row, 0).data().toString(), QStringLiteral("one"));
        return;
    }
    QVERIFY(m_detail->factView());
    QVERIFY(!m_detail->factView()->table()->accessibleName().isEmpty());
    // One server's settings are like the other's but for what the test set; each other table has rows.
    m_fleet->one.run("SET application_name = 'shop'; SELECT count(*) FROM app.users");
    QTRY_VERIFY2_WITH_TIMEOUT(rows() > 0, words().constData(), 20000);
}

void TestDetail::tOpensTheStatements()
{
    m_detail->showDetail(DetailPage::Facts);
    m_window->showPage(Page::Overview);
    m_window->setFocus();
    QTest::keyClick(m_window.get(), Qt::Key_T);
    QCOMPARE(m_detail->page(), DetailPage::Statements);
    QVERIFY(m_page->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(rows() > 0, 60000);
    QTRY_VERIFY(!m_detail->factView()->current().isEmpty());
    QTRY_VERIFY(!m_detail->findChild<MeanStrip *>()->accessibleDescription().isEmpty());
}

void TestDetail::filtersSortsAndCopies()
{
    m_detail->showDetail(DetailPage::Sizes);
    QTRY_VERIFY_WITH_TIMEOUT(m_detail->isSettled(), 60000);
    for (FactSections *sections : m_detail->findChildren<FactSections *>()) {
        if (sections->isVisible())
            sections->showSection(QStringLiteral("tables"));
    }
    FactView *view = m_detail->factView();
    QVERIFY(view);
    QTRY_VERIFY_WITH_TIMEOUT(rows() > 0, 60000);
    view->focusTable();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F, Qt::ControlModifier);
    auto *filter = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(filter);
    QVERIFY(view->isAncestorOf(filter));
    QTest::keyClicks(filter, QStringLiteral("users total > 1 kB"));
    QCOMPARE(rows(), 1);
    QTest::keyClick(filter, Qt::Key_Escape);
    QVERIFY(filter->text().isEmpty());
    QTest::keyClicks(filter, QStringLiteral("users"));
    view->focusTable();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_C, Qt::ControlModifier);
    const QString copied = QApplication::clipboard()->text();
    QVERIFY2(copied.contains(QStringLiteral("app.users")), qPrintable(copied));
    QVERIFY(copied.startsWith(QStringLiteral("table\ttotal_bytes")));
    filter->clear();
}

void TestDetail::remembersTabAndColumns()
{
    m_detail->showDetail(DetailPage::Replication);
    QCOMPARE(m_settings->text(QStringLiteral("instances/tab")), QStringLiteral("replication"));
    InstanceDetail other(*m_session, *m_settings);
    QCOMPARE(other.page(), DetailPage::Replication);
}

void TestDetail::saysWhatIsNotPermitted()
{
    // Server "two" has no pg_stat_statements: said, with a way to try again, never an empty table.
    m_page->choose(QStringLiteral("two"));
    m_detail->showDetail(DetailPage::Statements);
    QTRY_VERIFY_WITH_TIMEOUT(m_detail->isSettled(), 60000);
    QTRY_VERIFY_WITH_TIMEOUT(words().contains("pg_stat_statements"), 60000);
    QCOMPARE(rows(), 0);
    m_page->choose(QStringLiteral("one"));
    m_fleet->one.run("SET application_name = 'shop'; SELECT count(*) FROM app.users");
    QTRY_VERIFY_WITH_TIMEOUT(rows() > 0, 60000);
}

void TestDetail::saysWhenAServerIsDown()
{
    m_page->choose(QStringLiteral("two"));
    m_detail->showDetail(DetailPage::Sizes);
    QTRY_VERIFY_WITH_TIMEOUT(m_detail->isSettled(), 60000);
    m_fleet->two.signal(SIGKILL);
    QTRY_VERIFY_WITH_TIMEOUT(m_session->fleet().condition(QStringLiteral("two")) == Condition::Down, 60000);
    m_detail->showDetail(DetailPage::Replication);
    QTRY_VERIFY_WITH_TIMEOUT(m_detail->isSettled(), 60000);
    QCOMPARE(rows(), 0);
    m_page->choose(QStringLiteral("one"));
    QTRY_VERIFY_WITH_TIMEOUT(rows() > 0, 60000);
}

QTEST_MAIN(TestDetail)
#include "tst_detail.moc"
