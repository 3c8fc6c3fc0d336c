// SPDX-License-Identifier: GPL-3.0-or-later
#include "examplefleet.h"

#include "charts/fleetchart.h"
#include "charts/stripchart.h"
#include "cluster/democontroller.h"
#include "common/banner.h"
#include "common/panel.h"
#include "common/placeholder.h"
#include "instances/instancespage.h"
#include "mainwindow/header.h"
#include "mainwindow/mainwindow.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDropEvent>
#include <QFileDialog>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QStackedWidget>
#include <QTableView>
#include <QTest>
#include <QTimer>

using namespace shardhelm;
using namespace shardhelm::ui;

/// The window with figures of an example fleet, driven by keys and mouse.
class TestWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void firstRun();
    void pagesByKey();
    void everyControlHasAName();
    void spacePausesOutsideTextFields();
    void intervalByKey();
    void panelsByKey();
    void worstFirst();
    void chartsAgreeOnTheMedian();
    void unknownCellsAreMarked();
    void sortByHeader();
    void filterByTyping();
    void exports();
    void exportsThroughTheDialog();
    void copiesRows();
    void connectionStates();
    void failureInWords();
    void stateSurvivesARestart();
    void dropOpens();
    void themes();

private:
    void make();
    template <typename Widget>
    Widget *child(const QString &name) const
    {
        auto *found = m_window->findChild<Widget *>(name);
        Q_ASSERT(found);
        return found;
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(m_window.get(), key, modifiers);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<ClusterSession> m_session;
    std::unique_ptr<DemoController> m_demo;
    std::unique_ptr<MainWindow> m_window;
};

void TestWindow::make()
{
    m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("window.ini")));
    m_theme = std::make_unique<Theme>(ThemeChoice::Light);
    m_session = std::make_unique<ClusterSession>();
    m_demo = std::make_unique<DemoController>();
    m_window = std::make_unique<MainWindow>(*m_session, *m_demo, *m_settings, *m_theme);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestWindow::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    make();
}

void TestWindow::cleanup()
{
    m_window.reset();
    m_demo.reset();
    m_session.reset();
    m_theme.reset();
    m_settings.reset();
    m_folder.reset();
}

void TestWindow::firstRun()
{
    QVERIFY(!m_window->header()->isVisible());
    QVERIFY(!child<QWidget>(QStringLiteral("sidebar"))->isEnabled());
    QVERIFY(child<QWidget>(QStringLiteral("firstRunPage"))->isVisible());
    auto *connectButton = child<QAbstractButton>(QStringLiteral("connect"));
    QVERIFY(!connectButton->isEnabled());
    QTest::keyClicks(child<QLineEdit>(QStringLiteral("conninfo")), QStringLiteral("host=dir"));
    QVERIFY(connectButton->isEnabled());
    // The checks look at this very computer: libpq is there, or this test would not run.
    QTRY_COMPARE_WITH_TIMEOUT(m_window->findChildren<QWidget *>(QStringLiteral("check")).size(), 4, 20000);
    // A page cannot be chosen without a cluster.
    key(Qt::Key_2, Qt::ControlModifier);
    QVERIFY(child<QWidget>(QStringLiteral("firstRunPage"))->isVisible());
}

void TestWindow::pagesByKey()
{
    test::feed(*m_session, 8, 5);
    for (const Page page : allPages) {
        QTest::keyClick(m_window.get(), static_cast<Qt::Key>(Qt::Key_1 + int(page)), Qt::ControlModifier);
        QCOMPARE(m_window->page(), page);
        QTRY_VERIFY(m_window->pageWidget(page)->isVisible());
        QVERIFY(child<QAbstractButton>(QStringLiteral("page-") % pageKey(page))->isChecked());
    }
    QTest::mouseClick(child<QAbstractButton>(QStringLiteral("page-instances")), Qt::LeftButton);
    QCOMPARE(m_window->page(), Page::Instances);
}

void TestWindow::everyControlHasAName()
{
    const auto checkAll = [this](const char *when) {
        const QList<QWidget *> widgets = m_window->findChildren<QWidget *>();
        for (const QWidget *widget : widgets) {
            const bool control = qobject_cast<const QAbstractButton *>(widget)
                || qobject_cast<const QLineEdit *>(widget) || qobject_cast<const QComboBox *>(widget)
                || (qobject_cast<const QAbstractItemView *>(widget) && !qobject_cast<const QHeaderView *>(widget))
                || (widget->focusPolicy() & Qt::TabFocus);
            // Parts of Qt's own composite widgets are named by the whole.
            if (!control || widget->objectName().startsWith(QLatin1StringView("qt_"))
                || widget->inherits("QLineEditIconButton") || widget->inherits("QTableCornerButton")
                || widget->inherits("QMenu") || widget->inherits("QScrollBar") || widget->inherits("QSplitter"))
                continue;
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
            const bool hiddenAndEmpty = widget->isHidden();
            QVERIFY2(
                named || hiddenAndEmpty,
                qPrintable(QStringLiteral("%1: %2 %3")
                               .arg(QString::fromLatin1(when), QString::fromLatin1(widget->metaObject()->className()),
                                    widget->objectName())));
        }
    };
    checkAll("first run");
    test::feed(*m_session, 8, 5);
    for (const Page page : allPages)
        m_window->showPage(page);
    checkAll("all pages");
}

void TestWindow::spacePausesOutsideTextFields()
{
    test::feed(*m_session, 4, 3);
    m_window->showPage(Page::Instances);
    auto *table = child<QTableView>(QStringLiteral("instancesTable"));
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Space);
    QVERIFY(m_session->isPaused());
    QVERIFY(child<Banner>(QStringLiteral("banner"))->isVisible());
    QTest::keyClick(table, Qt::Key_Space);
    QVERIFY(!m_session->isPaused());
    auto *filter = child<QLineEdit>(QStringLiteral("filter"));
    filter->setFocus();
    QTest::keyClicks(filter, QStringLiteral("pg 01"));
    QVERIFY(!m_session->isPaused());
    QCOMPARE(filter->text(), QStringLiteral("pg 01"));
    // The button does what its words say, by Space too.
    auto *pause = child<QAbstractButton>(QStringLiteral("pause"));
    pause->setFocus();
    QTest::keyClick(pause, Qt::Key_Space);
    QVERIFY(m_session->isPaused());
}

void TestWindow::intervalByKey()
{
    test::feed(*m_session, 4, 3);
    QCOMPARE(m_session->interval(), std::chrono::milliseconds(2000));
    key(Qt::Key_Plus);
    QCOMPARE(m_session->interval(), std::chrono::milliseconds(5000));
    key(Qt::Key_Minus);
    key(Qt::Key_Minus);
    QCOMPARE(m_session->interval(), std::chrono::milliseconds(1000));
}

void TestWindow::panelsByKey()
{
    test::feed(*m_session, 8, 5);
    m_window->showPage(Page::Overview);
    QCoreApplication::processEvents();
    QSet<QWidget *> visited;
    for (int i = 0; i < 12; ++i) {
        key(Qt::Key_F6);
        QVERIFY(QApplication::focusWidget());
        visited.insert(QApplication::focusWidget());
    }
    // Head, bar of pages, worst, strip, ranking, status line.
    QVERIFY2(visited.size() >= 6, qPrintable(QString::number(visited.size())));
}

void TestWindow::worstFirst()
{
    test::feed(*m_session, 32, 10);
    m_window->showPage(Page::Instances);
    auto *table = child<QTableView>(QStringLiteral("instancesTable"));
    // The one that is down, then the slow one; healthy ones last.
    QCOMPARE(table->model()->index(0, 0).data().toString(), QStringLiteral("pg-03"));
    QCOMPARE(table->model()->index(1, InstancesModel::State).data().toString(), QStringLiteral("degraded"));
    QCOMPARE(table->model()->index(table->model()->rowCount() - 1, InstancesModel::State).data().toString(),
             QStringLiteral("healthy"));
    m_window->showPage(Page::Overview);
    QTest::mouseClick(child<QAbstractButton>(QStringLiteral("openWorst")), Qt::LeftButton);
    QCOMPARE(m_window->page(), Page::Instances);
    QCOMPARE(static_cast<InstancesPage *>(m_window->pageWidget(Page::Instances))->chosen(), QStringLiteral("pg-03"));
}

void TestWindow::chartsAgreeOnTheMedian()
{
    test::feed(*m_session, 4, 5, false);
    m_window->showPage(Page::Overview);
    // Of the next cycle one server's answer has arrived, and it is far from the others.
    monitor::FleetSample part = m_session->fleet().sample();
    part.at = part.at.addMSecs(2000);
    part.servers.front().sampledAt = part.at;
    part.servers.front().p99Ms.value = 90;
    m_session->receiveSample(part);
    const QString median = metricText(Metric::P99, m_session->fleet().summary().median(Metric::P99).value_or(0));
    auto *chart = m_window->pageWidget(Page::Overview)->findChild<FleetChart *>();
    auto *strip = m_window->pageWidget(Page::Overview)->findChild<StripChart *>();
    QVERIFY2(chart->summary().contains(QStringLiteral("median ") % median), qPrintable(chart->summary()));
    QVERIFY2(strip->accessibleDescription().startsWith(QStringLiteral("median ") % median),
             qPrintable(strip->accessibleDescription()));
    QVERIFY(chart->spanNote().contains(QStringLiteral("first sample")));
}

void TestWindow::unknownCellsAreMarked()
{
    test::feed(*m_session, 4, 5);
    monitor::FleetSample sample = m_session->fleet().sample();
    for (monitor::ServerSample &server : sample.servers) {
        if (server.role == monitor::Role::Replica)
            server.p99Ms = {};
    }
    m_session->receiveSample(sample);
    m_window->showPage(Page::Instances);
    auto *table = child<QTableView>(QStringLiteral("instancesTable"));
    QCOMPARE(table->rowHeight(0), 24);
    // Every head has room for its words, and the columns reach the right edge.
    const QHeaderView *header = table->horizontalHeader();
    for (int column = 0; column < InstancesModel::ColumnCount; ++column) {
        if (!header->isSectionHidden(column))
            QVERIFY2(QFontMetrics(header->font())
                             .horizontalAdvance(table->model()->headerData(column, Qt::Horizontal).toString())
                         <= header->sectionSize(column) - 16,
                     qPrintable(InstancesModel::columnKey(column)));
    }
    QCOMPARE(header->length(), std::max(header->length(), table->viewport()->width()));
    const QImage picture = table->viewport()->grab().toImage();
    const auto painted = [&](const QString &server) {
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            const QModelIndex index = table->model()->index(row, InstancesModel::P99);
            if (index.siblingAtColumn(0).data().toString() != server)
                continue;
            QSet<QRgb> colors;
            const QRect cell = table->visualRect(index).adjusted(2, 2, -2, -3);
            for (int y = cell.top(); y <= cell.bottom(); ++y) {
                for (int x = cell.left(); x <= cell.right(); ++x)
                    colors.insert(picture.pixel(x, y));
            }
            return colors.size() > 1;
        }
        return false;
    };
    // Unknown, and hidden from our role: neither is an empty cell.
    QVERIFY(painted(QStringLiteral("pg-01/1")));
    QVERIFY(painted(QStringLiteral("pg-02")));
}

void TestWindow::sortByHeader()
{
    test::feed(*m_session, 8, 5);
    m_window->showPage(Page::Instances);
    auto *table = child<QTableView>(QStringLiteral("instancesTable"));
    QHeaderView *header = table->horizontalHeader();
    const auto click = [&] {
        const int x = header->sectionViewportPosition(InstancesModel::Name) + 20;
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, QPoint(x, 10));
    };
    click();
    const QString first = table->model()->index(0, 0).data().toString();
    click();
    const QString last = table->model()->index(0, 0).data().toString();
    QVERIFY(first != last);
    QCOMPARE(QSet<QString>({first, last}), QSet<QString>({QStringLiteral("directory"), QStringLiteral("pg-08/1")}));
}

void TestWindow::filterByTyping()
{
    test::feed(*m_session, 8, 5);
    key(Qt::Key_F, Qt::ControlModifier);
    auto *filter = child<QLineEdit>(QStringLiteral("filter"));
    QTRY_VERIFY(filter->hasFocus());
    QTest::keyClicks(filter, QStringLiteral("role=replica"));
    auto *table = child<QTableView>(QStringLiteral("instancesTable"));
    QCOMPARE(table->model()->rowCount(), 8);
    filter->clear();
    QTest::keyClicks(filter, QStringLiteral("nobody"));
    QCOMPARE(table->model()->rowCount(), 0);
    QVERIFY(!table->isVisible());
    const QList<Placeholder *> placeholders = m_window->pageWidget(Page::Instances)->findChildren<Placeholder *>();
    QCOMPARE(placeholders.size(), 1);
    QVERIFY(placeholders.first()->text().contains(QStringLiteral("nobody")));
    QTest::mouseClick(placeholders.first()->button(), Qt::LeftButton);
    QCOMPARE(table->model()->rowCount(), 17);
    QVERIFY(table->isVisible());
}

void TestWindow::exports()
{
    test::feed(*m_session, 4, 5);
    auto *page = static_cast<InstancesPage *>(m_window->pageWidget(Page::Instances));
    m_window->showPage(Page::Instances);
    child<QLineEdit>(QStringLiteral("filter"))->setText(QStringLiteral("role=primary"));
    const QJsonArray rows = QJsonDocument::fromJson(page->exported(QStringLiteral("json"))).array();
    QCOMPARE(rows.size(), 4);
    QVERIFY(page->exported(QStringLiteral("csv")).startsWith("name,role,state,reason"));
    QCOMPARE(page->exported(QStringLiteral("tsv")).count('\n'), 5);
    QVERIFY(page->exported(QStringLiteral("md")).contains("| "));
    for (const QString &format :
         {QStringLiteral("json"), QStringLiteral("csv"), QStringLiteral("tsv"), QStringLiteral("md")})
        QVERIFY(!page->exported(format).contains("secret"));
}

void TestWindow::exportsThroughTheDialog()
{
    test::feed(*m_session, 4, 5);
    m_window->showPage(Page::Instances);
    const auto exportTo = [this](const QString &path) {
        // The menu of a button runs an event loop of its own.
        QTimer::singleShot(0, this, [] {
            QWidget *menu = QApplication::activePopupWidget();
            QTest::keyClick(menu, Qt::Key_Down);
            QTest::keyClick(menu, Qt::Key_Return);
        });
        QTest::mouseClick(child<QAbstractButton>(QStringLiteral("export")), Qt::LeftButton);
        QTRY_VERIFY(m_window->findChild<QFileDialog *>());
        auto *dialog = m_window->findChild<QFileDialog *>();
        QTRY_VERIFY(dialog->isVisible());
        auto *name = dialog->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"));
        QVERIFY(name);
        QCOMPARE(name->text(), QStringLiteral("orders-eu-instances.csv"));
        name->setText(path);
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_VERIFY(!m_window->findChild<QFileDialog *>());
    };
    const QString path = m_folder->filePath(QStringLiteral("table.csv"));
    exportTo(path);
    QFile file(path);
    QTRY_VERIFY(file.exists());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = file.readAll().trimmed().split('\n');
    QCOMPARE(lines.size(), 10);
    QVERIFY(lines.first().startsWith("name,role,state"));
    QVERIFY(m_window->findChildren<QMessageBox *>().isEmpty());
    // Where nothing can be written, not even by root.
    exportTo(QStringLiteral("/proc/table.csv"));
    QTRY_COMPARE(m_window->findChildren<QMessageBox *>().size(), 1);
    QVERIFY(m_window->findChildren<QMessageBox *>().first()->text().contains(QStringLiteral("/proc/table.csv")));
}

void TestWindow::copiesRows()
{
    test::feed(*m_session, 4, 5);
    m_window->showPage(Page::Instances);
    static_cast<InstancesPage *>(m_window->pageWidget(Page::Instances))->choose(QStringLiteral("pg-01"));
    child<QTableView>(QStringLiteral("instancesTable"))->setFocus();
    key(Qt::Key_C, Qt::ControlModifier);
    const QStringList lines = QApplication::clipboard()->text().split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 2);
    QVERIFY(lines.at(1).startsWith(QStringLiteral("pg-01\tprimary")));
    key(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QApplication::clipboard()->text(),
             QStringLiteral("shardhelmctl status --cluster /etc/shardhelm/orders-eu.toml"));
}

void TestWindow::connectionStates()
{
    m_session->receiveFile(test::exampleFile());
    QCOMPARE(m_session->link(), Link::Connecting);
    QVERIFY(m_window->header()->isVisible());
    QVERIFY(m_window->header()->stateText().startsWith(QStringLiteral("connecting")));
    test::feed(*m_session, 4, 3, false);
    QCOMPARE(m_session->link(), Link::Up);
    QVERIFY(m_window->header()->stateText().contains(QStringLiteral("9 of 9")));
    test::feed(*m_session, 4, 3, true);
    QCOMPARE(m_session->link(), Link::Degraded);
    QVERIFY(m_window->header()->stateText().contains(QStringLiteral("8 of 9")));

    monitor::FleetSample dead = test::exampleSample(4, 99, QDateTime::currentDateTimeUtc());
    for (monitor::ServerSample &server : dead.servers)
        server.state = monitor::State::Down;
    m_session->receiveSample(dead);
    QCOMPARE(m_session->link(), Link::Down);
    QVERIFY(child<Banner>(QStringLiteral("banner"))->isVisible());
    // The values stay on screen.
    QVERIFY(m_window->pageWidget(m_window->page())->isVisible());

    monitor::FleetSample old = test::exampleSample(4, 100, QDateTime::currentDateTimeUtc().addSecs(-60), false);
    m_session->close();
    m_session->receiveFile(test::exampleFile());
    m_session->receiveSample(old);
    QCOMPARE(m_session->link(), Link::Stale);
    QVERIFY(child<Banner>(QStringLiteral("banner"))->text().contains(QStringLiteral("1 min")));
}

void TestWindow::failureInWords()
{
    const QString path = m_folder->filePath(QStringLiteral("nothing.toml"));
    m_window->openCluster(path);
    auto *waiting = child<Placeholder>(QStringLiteral("waiting"));
    QTRY_VERIFY(waiting->isVisible() && waiting->text().contains(QStringLiteral("nothing.toml")));
    QVERIFY(waiting->button()->isVisible());
}

void TestWindow::stateSurvivesARestart()
{
    test::feed(*m_session, 8, 5);
    m_window->resize(1234, 777);
    m_window->showPage(Page::Instances);
    child<QLineEdit>(QStringLiteral("filter"))->setText(QStringLiteral("pg-0"));
    auto *table = child<QTableView>(QStringLiteral("instancesTable"));
    table->sortByColumn(InstancesModel::Size, Qt::AscendingOrder);
    table->horizontalHeader()->setSectionHidden(InstancesModel::Zone, true);
    table->horizontalHeader()->resizeSection(InstancesModel::Name, 171);
    // Nothing is closed in order: the settings' file is written by the event loop alone.
    QTRY_VERIFY(QFile(m_folder->filePath(QStringLiteral("window.ini"))).size() > 0);
    QCoreApplication::processEvents();
    const QString crashed = m_folder->filePath(QStringLiteral("crashed.ini"));
    QVERIFY(QFile::copy(m_folder->filePath(QStringLiteral("window.ini")), crashed));
    m_window.reset();
    m_settings.reset();
    QFile::remove(m_folder->filePath(QStringLiteral("window.ini")));
    QVERIFY(QFile::copy(crashed, m_folder->filePath(QStringLiteral("window.ini"))));

    m_session.reset();
    m_demo.reset();
    make();
    test::feed(*m_session, 8, 5);
    QCOMPARE(m_window->size(), QSize(1234, 777));
    QCOMPARE(m_window->page(), Page::Instances);
    QCOMPARE(child<QLineEdit>(QStringLiteral("filter"))->text(), QStringLiteral("pg-0"));
    table = child<QTableView>(QStringLiteral("instancesTable"));
    QHeaderView *header = table->horizontalHeader();
    QCOMPARE(header->sortIndicatorSection(), int(InstancesModel::Size));
    QCOMPARE(header->sortIndicatorOrder(), Qt::AscendingOrder);
    QVERIFY(header->isSectionHidden(InstancesModel::Zone));
    QCOMPARE(header->sectionSize(InstancesModel::Name), 171);
    QCOMPARE(table->model()->rowCount(), 16);
}

void TestWindow::dropOpens()
{
    const QString path = m_folder->filePath(QStringLiteral("dropped.toml"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[cluster]\nname = \"dropped\"\nenvironment = \"staging\"\n[directory]\nconninfo = \"host=/nowhere "
               "dbname=x\"\n");
    file.close();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &drop);
    QTRY_COMPARE(m_session->fleet().file().name, QStringLiteral("dropped"));
    QCOMPARE(m_settings->text(QStringLiteral("cluster/open")), path);
    // Something else is not taken.
    QMimeData other;
    other.setUrls({QUrl::fromLocalFile(QStringLiteral("/tmp/picture.png"))});
    QDragEnterEvent refused(QPoint(50, 50), Qt::CopyAction, &other, Qt::LeftButton, Qt::NoModifier);
    refused.ignore();
    QApplication::sendEvent(m_window.get(), &refused);
    QVERIFY(!refused.isAccepted());
}

void TestWindow::themes()
{
    test::feed(*m_session, 8, 20);
    m_window->showPage(Page::Overview);
    const auto corner = [this] {
        QCoreApplication::processEvents();
        return m_window->grab().toImage().pixelColor(m_window->width() / 2, 120);
    };
    (void)corner();
    for (const ThemeChoice choice : {ThemeChoice::Dark, ThemeChoice::HighContrast, ThemeChoice::Light}) {
        m_theme->setChoice(choice);
        QCoreApplication::processEvents();
        const QImage picture = m_window->grab().toImage();
        // The gap between head and first panel shows the window's ground.
        QCOMPARE(picture.pixelColor(76, 23 + 3 + 41 + 4), m_theme->tokens().window);
    }
}

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
