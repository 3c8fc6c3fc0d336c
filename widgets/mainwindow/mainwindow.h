// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/backgroundtask.h"
#include "cluster/clustersession.h"
#include "cluster/democontroller.h"
#include "cluster/recentclusters.h"
#include "cluster/settings.h"
#include "mainwindow/sidebar.h"
#include "theme/theme.h"

#include <QMainWindow>

#include <array>
#include <deque>

class QActionGroup;
class QStackedWidget;

namespace shardhelm::ui {

class Banner;
class FirstRunPage;
class Header;
class InstancesPage;
class PasswordDialog;
class Placeholder;
class SessionsPage;
class ReplayBar;
class StatusLine;

/// The window: menus, the environment's frame, head, pages, status line. What it remembers goes to the settings when it
/// changes, so that a crash loses nothing. Pages are made when they are first shown.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    /// All arguments outlive the window.
    MainWindow(ClusterSession &session, DemoController &demo, Settings &settings, Theme &theme,
               QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Opens a cluster file and remembers it.
    void openCluster(const QString &path);
    /// Shows a recording in place of the open cluster.
    void openRecording(const QString &path);
    void showPage(Page page);
    [[nodiscard]] Page page() const { return m_page; }
    /// The widget of a page, made if needed.
    QWidget *pageWidget(Page page);
    /// Goes to the instances with one of them chosen.
    void showInstance(const QString &server);
    /// Goes to the sessions of the fleet, a view beside the table of instances; with a server's name to its sessions.
    void showSessions(const QString &server = {});
    /// The widget of the sessions, made if needed.
    SessionsPage *sessionsPage();
    [[nodiscard]] bool showsSessions() const { return m_sessionsShown; }
    [[nodiscard]] Header *header() const { return m_header; }

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void moveEvent(QMoveEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void buildFrame();
    // Menus and keys (menus.cpp).
    void buildMenus();
    void buildFileMenu();
    void buildEditMenu();
    void buildViewMenu();
    void buildClusterMenu();
    void buildLaterMenus();
    void buildHelpMenu();
    void connectSheets(FirstRunPage *page);
    QAction *command(QMenu *menu, const QString &text, const QKeySequence &key, std::function<void()> run,
                     bool needsCluster = false);
    void nextPanel(int step);
    // Clusters: opening, connecting, the demo (clusters.cpp).
    void askForFile();
    void newFromExample();
    // Recordings, markers, reports (recordings.cpp).
    void buildRecordingMenu(QMenu *file);
    void askForRecording();
    void askForPart();
    void askForReport();
    void askForMarker();
    void saveAs(const QString &title, const QString &name,
                std::function<Result<void>(const QString &, const std::stop_token &)> write);
    [[nodiscard]] QString shownRecording() const;
    [[nodiscard]] monitor::recording::Span offeredSpan() const;
    void connectDirectory(const QString &conninfo, cluster::Environment environment);
    void startDemo(const demo::DemoRequest &request);
    void askAboutDemo();
    void confirmRemoval(bool thenClose);
    void stopDemo(bool remove, bool thenClose);
    void closeCluster();
    void showFailure(const Error &error);
    void askPassword(qint64 id, const pg::PasswordRequest &request);
    void nextPassword();

    void refreshState();
    void refreshBanner();
    void refreshCommand();
    void rememberGeometry();
    InstancesPage *instancesPage();

    ClusterSession &m_session;
    DemoController &m_demo;
    Settings &m_settings;
    Theme &m_theme;
    RecentClusters m_recent;
    QWidget *m_frame = nullptr;
    Header *m_header = nullptr;
    Sidebar *m_sidebar = nullptr;
    Banner *m_banner = nullptr;
    QWidget *m_bannerRoom = nullptr;
    QStackedWidget *m_stack = nullptr;
    Placeholder *m_waiting = nullptr;
    FirstRunPage *m_firstRun = nullptr;
    StatusLine *m_status = nullptr;
    std::array<QWidget *, allPages.size()> m_pages{};
    Page m_page = Page::Overview;
    SessionsPage *m_sessions = nullptr; // made when first shown
    bool m_sessionsShown = false; // in place of the instances' table
    Page m_pageBefore = Page::Overview; // the sessions
    QTimer m_loading; // a wait is worth words after 300 ms
    std::vector<QAction *> m_clusterActions;
    QAction *m_pauseAction = nullptr;
    QAction *m_lookBackAction = nullptr;
    QAction *m_saveRecordingAction = nullptr;
    QAction *m_reportAction = nullptr;
    QAction *m_markerAction = nullptr;
    ReplayBar *m_replayBar = nullptr;
    BackgroundTask m_writing;
    BackgroundTask m_marking;
    struct Question
    {
        qint64 id;
        pg::PasswordRequest request;
    };
    std::deque<Question> m_questions;
    PasswordDialog *m_passwordDialog = nullptr;
    bool m_closing = false;
};

} // namespace shardhelm::ui
