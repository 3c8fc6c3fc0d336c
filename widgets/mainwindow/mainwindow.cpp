// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow/mainwindow.h"

#include "cluster/commandline.h"
#include "cluster/shorttext.h"
#include "common/banner.h"
#include "common/placeholder.h"
#include "firstrun/firstrunpage.h"
#include "format/units.h"
#include "instances/instancedetail.h"
#include "instances/instancespage.h"
#include "journal/journalpage.h"
#include "mainwindow/environmentframe.h"
#include "mainwindow/header.h"
#include "mainwindow/locatebox.h"
#include "mainwindow/replaybar.h"
#include "mainwindow/statusline.h"
#include "mainwindow/trayicon.h"
#include "overview/overviewpage.h"
#include "pages/plannedpage.h"
#include "sessions/sessionspage.h"
#include "theme/icons.h"
#include "wording/errors.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QScreen>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace shardhelm::ui {

namespace {

QString geometryKey()
{
    return QStringLiteral("window/geometry");
}

QString pageSetting()
{
    return QStringLiteral("window/page");
}

} // namespace

MainWindow::MainWindow(ClusterSession &session, DemoController &demo, Settings &settings, Theme &theme, QWidget *parent)
    : QMainWindow(parent)
    , m_session(session)
    , m_demo(demo)
    , m_settings(settings)
    , m_theme(theme)
    , m_recent(settings)
{
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    // The window holds the focus until the person puts it somewhere.
    setFocusPolicy(Qt::StrongFocus);
    setFocus();
    setMinimumSize(960, 600);
    resize(1440, 900);
    buildFrame();
    buildMenus();
    new TrayIcon(session, this);
    m_loading.setSingleShot(true);
    m_loading.setInterval(300);
    connect(&m_loading, &QTimer::timeout, this, &MainWindow::refreshState);

    connect(&session, &ClusterSession::opened, this, [this] {
        for (QWidget *page : m_pages) {
            if (auto *planned = qobject_cast<PlannedPage *>(page))
                planned->setClusterFile(m_session.path());
        }
        m_loading.start();
        refreshState();
    });
    connect(&session, &ClusterSession::linkChanged, this, &MainWindow::refreshState);
    connect(&session, &ClusterSession::pausedChanged, this, &MainWindow::refreshState);
    connect(&session, &ClusterSession::ticked, this, &MainWindow::refreshBanner);
    connect(&session, &ClusterSession::recordingFailed, this, [this](const Error &error) {
        m_status->say(tr("The last hours are not recorded: %1").arg(wording::sentence(error)));
    });
    connect(&session.replay(), &Replay::changed, this, &MainWindow::refreshCommand);
    connect(&session.fleet(), &Fleet::sampled, this, &MainWindow::refreshState);
    connect(&session.fleet(), &Fleet::clusterChanged, this, [this] {
        const cluster::ClusterFile &file = m_session.fleet().file();
        static_cast<EnvironmentFrame *>(m_frame)->present(file, m_session.isOpen());
        const QString name = m_session.isReplay() ? tr("Replay of %1").arg(file.name) : file.name;
        setWindowTitle(file.name.isEmpty() ? QStringLiteral("Shardhelm") : name % QStringLiteral(" – Shardhelm"));
        if (!file.path.isEmpty() && m_session.isOpen())
            m_recent.add(file.path, file.name, file.environment);
        refreshCommand();
    });
    connect(&session.passwords(), &PasswordBroker::asked, this, &MainWindow::askPassword, Qt::QueuedConnection);
    connect(&session.passwordKeeper(), &PasswordKeeper::stored, this,
            [this](const QString &entry) { m_status->say(tr("The password of %1 is in the keychain").arg(entry)); });
    connect(&session.passwordKeeper(), &PasswordKeeper::failed, this, &MainWindow::showFailure);
    connect(&demo, &DemoController::ready, this, &MainWindow::openCluster);
    connect(&demo, &DemoController::failed, this, &MainWindow::showFailure);
    connect(&demo, &DemoController::stopped, this, [this] {
        if (m_closing)
            close();
        else
            closeCluster();
    });

    restoreGeometry(settings.bytes(geometryKey()));
    m_page = pageOfKey(settings.text(pageSetting())).value_or(Page::Overview);
    m_sidebar->setCurrent(m_page);
    setWindowTitle(QStringLiteral("Shardhelm"));
    refreshState();
}

MainWindow::~MainWindow() = default;

void MainWindow::buildFrame()
{
    auto *central = new QWidget(this);
    auto *outer = new QVBoxLayout(central);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto *frame = new EnvironmentFrame(central);
    m_frame = frame;
    m_status = new StatusLine(m_session, central);
    outer->addWidget(frame, 1);
    outer->addWidget(m_status);

    auto *column = new QVBoxLayout(frame);
    column->setContentsMargins(2, 3, 2, 2);
    column->setSpacing(0);
    m_header = new Header(m_session, m_recent, m_settings, frame);
    column->addWidget(m_header);
    m_replayBar = new ReplayBar(m_session.replay(), frame);
    m_replayBar->hide();
    column->addWidget(m_replayBar);
    connect(m_replayBar, &ReplayBar::leaveRequested, &m_session, &ClusterSession::goLive);
    auto *across = new QHBoxLayout;
    across->setSpacing(0);
    column->addLayout(across, 1);
    m_sidebar = new Sidebar(frame);
    across->addWidget(m_sidebar);
    auto *content = new QVBoxLayout;
    content->setSpacing(0);
    across->addLayout(content, 1);
    m_bannerRoom = new QWidget(frame);
    auto *bannerLayout = new QVBoxLayout(m_bannerRoom);
    bannerLayout->setContentsMargins(8, 8, 8, 0);
    m_banner = new Banner(m_bannerRoom);
    bannerLayout->addWidget(m_banner);
    content->addWidget(m_bannerRoom);
    m_stack = new QStackedWidget(frame);
    content->addWidget(m_stack, 1);
    m_waiting = new Placeholder(m_stack);
    m_waiting->setObjectName(QStringLiteral("waiting"));
    m_stack->addWidget(m_waiting);
    setCentralWidget(central);

    connect(m_sidebar, &Sidebar::chosen, this, &MainWindow::showPage);
    connect(m_header, &Header::openRequested, this, [this](const QString &path) {
        if (path.isEmpty())
            askForFile();
        else
            openCluster(path);
    });
    connect(m_header, &Header::closeRequested, this, &MainWindow::closeCluster);
    connect(m_header->locateBox(), &LocateBox::instanceChosen, this, &MainWindow::showInstance);
    connect(m_waiting, &Placeholder::actionChosen, &m_session, &ClusterSession::retry);
    connect(m_banner, &Banner::actionChosen, this, [this] {
        if (m_session.isPaused())
            m_session.setPaused(false);
        else if (m_session.link() == Link::Degraded)
            showInstance(m_session.fleet().ranking().empty() ? QString() : m_session.fleet().ranking().front().server);
        else
            m_session.sampleNow();
    });
}

QWidget *MainWindow::pageWidget(Page page)
{
    QWidget *&widget = m_pages.at(static_cast<size_t>(page));
    if (widget)
        return widget;
    switch (page) {
    case Page::Overview: {
        auto *overview = new OverviewPage(m_session, m_settings, m_stack);
        connect(overview, &OverviewPage::serverChosen, this, &MainWindow::showInstance);
        connect(overview, &OverviewPage::sessionsChosen, this, &MainWindow::showSessions);
        connect(overview, &OverviewPage::allChosen, this, [this] { showPage(Page::Instances); });
        widget = overview;
        break;
    }
    case Page::Instances: {
        auto *instances = new InstancesPage(m_session, m_settings, m_stack);
        connect(instances->detail(), &InstanceDetail::sessionsChosen, this, &MainWindow::showSessions);
        widget = instances;
        break;
    }
    case Page::Journal:
        widget = new JournalPage(m_session, m_stack);
        break;
    default: {
        auto *planned = new PlannedPage(page, m_stack);
        planned->setClusterFile(m_session.path());
        connect(planned, &PlannedPage::copied, this, [this] { m_status->say(tr("Command copied")); });
        widget = planned;
    }
    }
    m_stack->addWidget(widget);
    return widget;
}

InstancesPage *MainWindow::instancesPage()
{
    return static_cast<InstancesPage *>(pageWidget(Page::Instances));
}

void MainWindow::showPage(Page page)
{
    if (!m_session.isOpen())
        return;
    m_page = page;
    m_sessionsShown = false;
    m_settings.setText(pageSetting(), pageKey(page));
    m_sidebar->setCurrent(page);
    refreshState();
    refreshCommand();
}

void MainWindow::showInstance(const QString &server)
{
    showPage(Page::Instances);
    if (!server.isEmpty())
        instancesPage()->choose(server);
}

SessionsPage *MainWindow::sessionsPage()
{
    if (!m_sessions) {
        m_sessions = new SessionsPage(m_session, m_settings, m_stack);
        m_stack->addWidget(m_sessions);
        connect(m_sessions, &SessionsPage::backChosen, this, [this] { showPage(m_pageBefore); });
    }
    return m_sessions;
}

void MainWindow::showSessions(const QString &server)
{
    if (!m_session.isOpen())
        return;
    if (!m_sessionsShown)
        m_pageBefore = m_page;
    showPage(Page::Instances);
    m_sessionsShown = true;
    if (!server.isEmpty())
        sessionsPage()->showServer(server);
    refreshState();
    // The keys of the page are at hand at once.
    sessionsPage()->focusTable();
    refreshCommand();
}

void MainWindow::refreshState()
{
    const bool open = m_session.isOpen();
    m_header->setVisible(open);
    m_replayBar->setVisible(m_session.isReplay());
    m_replayBar->setLeavesToLive(!m_session.liveBehind().isEmpty());
    m_sidebar->setEnabled(open);
    for (QAction *action : m_clusterActions)
        action->setEnabled(open);
    m_markerAction->setEnabled(open && !m_session.isReplay());
    if (m_session.isReplay())
        m_pauseAction->setText((m_session.isPaused() ? tr("Play") : tr("Pause")) % u'\t' % tr("Space"));
    else if (m_pauseAction)
        m_pauseAction->setText((m_session.isPaused() ? tr("Go live") : tr("Pause")) % u'\t' % tr("Space"));
    static_cast<EnvironmentFrame *>(m_frame)->present(m_session.fleet().file(), open);
    m_sidebar->setBadge(Page::Overview, static_cast<int>(m_session.fleet().ranking().size()),
                        !m_session.fleet().ranking().empty()
                            && m_session.fleet().ranking().front().findings.front().raised);
    if (!open) {
        if (!m_firstRun) {
            m_firstRun = new FirstRunPage(m_recent, m_demo, m_stack);
            m_stack->addWidget(m_firstRun);
            connect(m_firstRun, &FirstRunPage::openRequested, m_header, &Header::openRequested);
            connect(m_firstRun, &FirstRunPage::newRequested, this, &MainWindow::newFromExample);
            connect(m_firstRun, &FirstRunPage::connectRequested, this, &MainWindow::connectDirectory);
            connect(m_firstRun, &FirstRunPage::demoRequested, this, [this] { startDemo({}); });
            connectSheets(m_firstRun);
        }
        m_stack->setCurrentWidget(m_firstRun);
    } else if (m_session.fleet().hasSample() || m_page > Page::Instances) {
        m_stack->setCurrentWidget(m_sessionsShown ? sessionsPage() : pageWidget(m_page));
    } else if (m_session.error()) {
        const Error &error = *m_session.error();
        m_waiting->showFailure(wording::sentence(error), wording::advice(error), wording::technical(error),
                               tr("Try again"));
        m_stack->setCurrentWidget(m_waiting);
    } else {
        if (m_loading.isActive())
            m_waiting->showEmpty({}, {});
        else
            m_waiting->showLoading(
                tr("Reading the directory of %1")
                    .arg(m_session.fleet().file().name.isEmpty() ? m_session.path() : m_session.fleet().file().name),
                0, 0, tr("Servers appear as they answer."));
        m_stack->setCurrentWidget(m_waiting);
    }
    refreshBanner();
    if (m_status->command().isEmpty() || !open)
        refreshCommand();
}

void MainWindow::refreshBanner()
{
    const auto hide = [this] {
        m_bannerRoom->hide();
        m_banner->hide();
    };
    // The replay's own bar says what is shown.
    if (!m_session.isOpen() || !m_session.fleet().hasSample() || m_session.isReplay()) {
        hide();
        return;
    }
    const auto age = m_session.age();
    const QString old =
        age ? shortened(format::duration(std::floor(static_cast<double>(age->count()) / 1000))) : QString();
    if (m_session.isPaused()) {
        m_banner->present(
            Banner::Kind::Note,
            tr("Paused at %1.").arg(m_session.pausedAt().toLocalTime().toString(QStringLiteral("HH:mm:ss"))),
            age ? tr("%1 behind live.").arg(old) : QString(), tr("Go live"), tr("Space"));
    } else if (m_session.link() == Link::Stale) {
        m_banner->present(Banner::Kind::Warning, tr("The values are %1 old.").arg(old),
                          m_session.error() ? wording::sentence(*m_session.error())
                                            : tr("No server has answered since."),
                          tr("Try now"), QStringLiteral("F5"));
    } else if (m_session.link() == Link::Down) {
        const QString since = m_session.linkSince().toLocalTime().toString(QStringLiteral("HH:mm:ss"));
        m_banner->present(Banner::Kind::Failure, tr("No server answers since %1.").arg(since),
                          m_session.error() ? wording::sentence(*m_session.error()) : QString(), tr("Try now"),
                          QStringLiteral("F5"));
    } else if (m_session.error()) {
        m_banner->present(Banner::Kind::Warning, wording::sentence(*m_session.error()),
                          tr("The shard map is the one of epoch %1; servers are still sampled.")
                              .arg(m_session.fleet().map().mapEpoch),
                          tr("Try now"), QStringLiteral("F5"), wording::technical(*m_session.error()));
    } else {
        hide();
        return;
    }
    m_bannerRoom->show();
}

void MainWindow::refreshCommand()
{
    QStringList arguments;
    if (!m_session.isOpen()) {
        arguments << QStringLiteral("demo") << QStringLiteral("up");
        m_status->setCommand(commandText(arguments));
        return;
    }
    if (m_session.isReplay()) {
        const QDateTime at = QDateTime::fromMSecsSinceEpoch(m_session.replay().position(), Qt::UTC);
        arguments << QStringLiteral("replay") << m_session.path() << QStringLiteral("--at") << at.toString(Qt::ISODate);
        m_status->setCommand(commandText(arguments));
        return;
    }
    switch (m_page) {
    case Page::Map:
    case Page::Moves:
        arguments << QStringLiteral("map");
        break;
    case Page::Journal:
        arguments << QStringLiteral("journal");
        break;
    case Page::Overview:
    case Page::Instances:
    case Page::Workbench:
        arguments << (m_sessionsShown ? QStringLiteral("sessions") : QStringLiteral("status"));
        break;
    }
    arguments << QStringLiteral("--cluster") << m_session.path();
    m_status->setCommand(commandText(arguments));
}

void MainWindow::rememberGeometry()
{
    if (isVisible())
        m_settings.setBytes(geometryKey(), saveGeometry());
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    rememberGeometry();
}

void MainWindow::moveEvent(QMoveEvent *event)
{
    QMainWindow::moveEvent(event);
    rememberGeometry();
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange)
        rememberGeometry();
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    // Text fields, buttons and views take these keys first; what arrives here is nobody's.
    if (m_session.isOpen() && (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) == Qt::NoModifier) {
        switch (event->key()) {
        case Qt::Key_Space:
            m_session.setPaused(!m_session.isPaused());
            return;
        case Qt::Key_M:
            askForMarker();
            return;
        case Qt::Key_Plus:
            m_header->stepInterval(1);
            return;
        case Qt::Key_Minus:
            m_header->stepInterval(-1);
            return;
        case Qt::Key_S:
            showSessions();
            return;
        case Qt::Key_T:
            showPage(Page::Instances);
            instancesPage()->detail()->showDetail(DetailPage::Statements);
            instancesPage()->detail()->focusContent();
            return;
        default:
            break;
        }
    }
    QMainWindow::keyPressEvent(event);
}

} // namespace shardhelm::ui
