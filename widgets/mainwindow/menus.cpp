// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/commandline.h"
#include "common/panel.h"
#include "firstrun/adoptsheet.h"
#include "firstrun/demooptions.h"
#include "firstrun/firstrunpage.h"
#include "instances/instancespage.h"
#include "mainwindow/header.h"
#include "mainwindow/keyssheet.h"
#include "mainwindow/locatebox.h"
#include "mainwindow/mainwindow.h"
#include "mainwindow/statusline.h"
#include "sessions/sessionspage.h"

#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QStackedWidget>

namespace shardhelm::ui {

QAction *MainWindow::command(QMenu *menu, const QString &text, const QKeySequence &key, std::function<void()> run,
                             bool needsCluster)
{
    QAction *action = menu->addAction(text);
    action->setShortcut(key);
    connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
    if (needsCluster)
        m_clusterActions.push_back(action);
    return action;
}

void MainWindow::buildMenus()
{
    menuBar()->setNativeMenuBar(false);
    menuBar()->setAccessibleName(tr("Menu"));
    menuBar()->setFixedHeight(23);
    buildFileMenu();
    buildEditMenu();
    buildViewMenu();
    buildClusterMenu();
    buildLaterMenus();
    buildHelpMenu();
}

void MainWindow::buildFileMenu()
{
    QMenu *file = menuBar()->addMenu(tr("&File"));
    command(file, tr("&Open cluster file…"), QKeySequence(Qt::CTRL | Qt::Key_O), [this] { askForFile(); });
    command(file, tr("&New cluster file from the example…"), {}, [this] { newFromExample(); });
    QMenu *recent = file->addMenu(tr("Open &recent"));
    connect(recent, &QMenu::aboutToShow, this, [this, recent] {
        recent->clear();
        for (int row = 0; row < m_recent.rowCount(); ++row) {
            const QModelIndex index = m_recent.index(row);
            const QString path = index.data(RecentClusters::PathRole).toString();
            connect(recent->addAction(index.data().toString() % QStringLiteral("   ") % path), &QAction::triggered,
                    this, [this, path] { openCluster(path); });
        }
        if (recent->isEmpty())
            recent->addAction(tr("none yet"))->setEnabled(false);
    });
    command(
        file, tr("&Close cluster"), QKeySequence(Qt::CTRL | Qt::Key_W), [this] { closeCluster(); }, true);
    file->addSeparator();
    buildRecordingMenu(file);
    file->addSeparator();
    command(file, tr("Start the &demo"), {}, [this] { startDemo({}); });
    QAction *stop = command(file, tr("S&top the demo"), {}, [this] { stopDemo(false, false); });
    QAction *remove = command(file, tr("Re&move the demo…"), {}, [this] { confirmRemoval(false); });
    connect(file, &QMenu::aboutToShow, this, [this, stop, remove] {
        stop->setEnabled(m_demo.isOurs());
        remove->setEnabled(m_demo.isMade());
        remove->setToolTip(m_demo.isOurs() && !m_demo.isMade() ? tr("It was there before this window started it.")
                                                               : QString());
    });
    file->addSeparator();
    command(file, tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), [this] { close(); });
}

void MainWindow::buildEditMenu()
{
    QMenu *edit = menuBar()->addMenu(tr("&Edit"));
    command(
        edit, tr("&Copy rows"), QKeySequence(Qt::CTRL | Qt::Key_C),
        [this] {
            if (m_sessionsShown)
                sessionsPage()->copyRows();
            else if (m_stack->currentWidget() == m_pages.at(static_cast<size_t>(Page::Instances)))
                instancesPage()->copyRows();
            else
                return;
            m_status->say(tr("Rows copied"));
        },
        true);
    command(edit, tr("Copy &equivalent command"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C),
            [this] { m_status->copyCommand(); });
    edit->addSeparator();
    command(
        edit, tr("&Filter instances"), QKeySequence(Qt::CTRL | Qt::Key_F),
        [this] {
            if (m_sessionsShown) {
                sessionsPage()->focusFilter();
                return;
            }
            showPage(Page::Instances);
            instancesPage()->focusFilter();
        },
        true);
    command(
        edit, tr("&Locate tenant or shard"), QKeySequence(Qt::CTRL | Qt::Key_L),
        [this] { m_header->locateBox()->activate(); }, true);
}

void MainWindow::buildViewMenu()
{
    QMenu *view = menuBar()->addMenu(tr("&View"));
    for (const Page page : allPages) {
        const auto key = static_cast<Qt::Key>(Qt::Key_1 + static_cast<int>(page));
        command(
            view, pageTitle(page), QKeySequence(Qt::CTRL | key), [this, page] { showPage(page); }, true);
    }
    // No shortcut: it would take the letter from text fields. keyPressEvent() sees what is left.
    command(
        view, tr("&Sessions") % QStringLiteral("\tS"), {}, [this] { showSessions(); }, true);
    view->addSeparator();
    QMenu *theme = view->addMenu(tr("&Theme"));
    auto *group = new QActionGroup(theme);
    const std::vector<std::pair<ThemeChoice, QString>> choices{{ThemeChoice::System, tr("As the system")},
                                                               {ThemeChoice::Light, tr("Light")},
                                                               {ThemeChoice::Dark, tr("Dark")},
                                                               {ThemeChoice::HighContrast, tr("High contrast")}};
    for (const auto &[choice, title] : choices) {
        QAction *action = theme->addAction(title);
        action->setCheckable(true);
        action->setChecked(m_theme.choice() == choice);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, chosen = choice] {
            m_settings.setText(QStringLiteral("window/theme"), themeKey(chosen));
            m_theme.setChoice(chosen);
        });
    }
    view->addSeparator();
    command(view, tr("Next &panel"), QKeySequence(Qt::Key_F6), [this] { nextPanel(1); });
    command(view, tr("Pre&vious panel"), QKeySequence(Qt::SHIFT | Qt::Key_F6), [this] { nextPanel(-1); });
    command(view, tr("&Full screen"), QKeySequence(Qt::Key_F11),
            [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
}

void MainWindow::buildClusterMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Cluster"));
    // Space is no shortcut: it would take the key from text fields and buttons. keyPressEvent() sees what is left.
    m_pauseAction = command(
        menu, tr("Pause"), {}, [this] { m_session.setPaused(!m_session.isPaused()); }, true);
    command(
        menu, tr("Sample &now"), QKeySequence(Qt::Key_F5), [this] { m_session.sampleNow(); }, true);
    command(
        menu, tr("&Longer interval") % QStringLiteral("\t+"), {}, [this] { m_header->stepInterval(1); }, true);
    command(
        menu, tr("S&horter interval") % QStringLiteral("\t−"), {}, [this] { m_header->stepInterval(-1); }, true);
    menu->addSeparator();
    m_markerAction = command(
        menu, tr("Set a &marker…") % QStringLiteral("\tM"), {}, [this] { askForMarker(); }, true);
    command(
        menu, tr("&Reconnect"), {}, [this] { m_session.retry(); }, true);
}

void MainWindow::buildLaterMenus()
{
    const auto copy = [this](const QStringList &arguments) {
        QStringList all = arguments;
        if (!m_session.path().isEmpty())
            all << QStringLiteral("--cluster") << m_session.path();
        QApplication::clipboard()->setText(commandText(all));
        m_status->say(tr("Command copied"));
    };
    QMenu *plan = menuBar()->addMenu(tr("&Plan"));
    command(
        plan, tr("Show the &map"), {}, [this] { showPage(Page::Map); }, true);
    command(
        plan, tr("Show the mo&ves"), {}, [this] { showPage(Page::Moves); }, true);
    command(
        plan, tr("&Copy command: placement of every shard"), {}, [copy] { copy({QStringLiteral("map")}); }, true);
    QMenu *query = menuBar()->addMenu(tr("&Query"));
    command(
        query, tr("&Locate tenant or shard"), {}, [this] { m_header->locateBox()->activate(); }, true);
    command(
        query, tr("Show the &workbench"), {}, [this] { showPage(Page::Workbench); }, true);
    QMenu *tools = menuBar()->addMenu(tr("&Tools"));
    command(
        tools, tr("&Copy command: check the directory"), {},
        [copy] {
            copy({QStringLiteral("directory"), QStringLiteral("check")});
        },
        true);
    command(
        tools, tr("Copy command: &save the directory"), {},
        [copy] {
            copy({QStringLiteral("directory"), QStringLiteral("dump")});
        },
        true);
    command(tools, tr("&Adopt running instances…"), {}, [this] {
        auto *sheet = new AdoptSheet(this);
        sheet->setAttribute(Qt::WA_DeleteOnClose);
        sheet->open();
    });
}

void MainWindow::connectSheets(FirstRunPage *page)
{
    connect(page, &FirstRunPage::adoptRequested, this, [this] {
        auto *sheet = new AdoptSheet(this);
        sheet->setAttribute(Qt::WA_DeleteOnClose);
        sheet->open();
    });
    connect(page, &FirstRunPage::demoOptionsRequested, this, [this] {
        auto *options = new DemoOptions(this);
        options->setAttribute(Qt::WA_DeleteOnClose);
        connect(options, &QDialog::accepted, this, [this, options] { startDemo(options->request()); });
        options->open();
    });
}

void MainWindow::buildHelpMenu()
{
    QMenu *help = menuBar()->addMenu(tr("&Help"));
    command(help, tr("&Keys"), QKeySequence(Qt::Key_F1), [this] {
        auto *sheet = new KeysSheet(this);
        sheet->setAttribute(Qt::WA_DeleteOnClose);
        sheet->open();
    });
    command(help, tr("&About Shardhelm"), {}, [this] {
        auto *box = new QMessageBox(QMessageBox::NoIcon, tr("About Shardhelm"),
                                    tr("Shardhelm %1\nConsole for sharded PostgreSQL\n\nGPL-3.0-or-later. Qt %2.")
                                        .arg(QApplication::applicationVersion(), QString::fromLatin1(qVersion())),
                                    QMessageBox::Close, this);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->open();
    });
}

void MainWindow::nextPanel(int step)
{
    // Regions in reading order: head, bar of pages, panels of the page, status line.
    std::vector<QWidget *> regions;
    if (m_header->isVisible())
        regions.push_back(m_header);
    if (m_sidebar->isEnabled())
        regions.push_back(m_sidebar);
    const QList<Panel *> panels = m_stack->currentWidget()->findChildren<Panel *>();
    std::vector<QWidget *> inPage;
    for (Panel *panel : panels) {
        if (panel->isVisible())
            inPage.push_back(panel);
    }
    std::sort(inPage.begin(), inPage.end(), [this](const QWidget *a, const QWidget *b) {
        const QPoint first = a->mapTo(this, QPoint());
        const QPoint second = b->mapTo(this, QPoint());
        return std::pair(first.y(), first.x()) < std::pair(second.y(), second.x());
    });
    regions.insert(regions.end(), inPage.begin(), inPage.end());
    regions.push_back(m_status);

    const QWidget *focused = QApplication::focusWidget();
    int current = -1;
    for (size_t i = 0; i < regions.size(); ++i) {
        if (focused && (regions[i] == focused || regions[i]->isAncestorOf(focused)))
            current = static_cast<int>(i);
    }
    const int count = static_cast<int>(regions.size());
    for (int tried = 1; tried <= count; ++tried) {
        const int start = current < 0 && step < 0 ? 0 : current;
        QWidget *region = regions.at(static_cast<size_t>(((start + step * tried) % count + count) % count));
        const QList<QWidget *> inside = region->findChildren<QWidget *>();
        for (QWidget *widget : inside) {
            if (widget->isVisible() && widget->isEnabled() && widget->focusPolicy() & Qt::TabFocus) {
                widget->setFocus(Qt::TabFocusReason);
                return;
            }
        }
    }
}

} // namespace shardhelm::ui
