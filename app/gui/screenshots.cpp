// SPDX-License-Identifier: GPL-3.0-or-later
#include "screenshots.h"

#include "instances/instancedetail.h"
#include "sessions/sessionspage.h"
#include "wording/errors.h"

#include <QCoreApplication>
#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QPixmap>
#include <QTextStream>

#include <algorithm>

namespace shardhelm::gui {

namespace {

/// For the first sample, and for the first rates behind the wanted seconds.
constexpr int patienceMs = 60000;
constexpr qint64 toldEverySeconds = 5;
constexpr qint64 sessionsMs = 5000; // until every server has told its sessions
/// For what a tab of the detail reads when it is opened.
constexpr qint64 tabPatienceMs = 15000;

} // namespace

Screenshots::Screenshots(ui::MainWindow &window, ClusterSession &session, ui::Theme &theme, QString folder,
                         std::chrono::seconds after, QObject *parent)
    : QObject(parent)
    , m_window(window)
    , m_session(session)
    , m_theme(theme)
    , m_folder(QDir(folder).absolutePath())
    , m_after(after)
{
    m_poll.setInterval(250);
    connect(&m_poll, &QTimer::timeout, this, &Screenshots::check);
}

void Screenshots::start()
{
    m_since.start();
    m_poll.start();
}

void Screenshots::check()
{
    const auto &servers = m_session.fleet().sample().servers;
    const bool rates = std::any_of(servers.begin(), servers.end(), [](const monitor::ServerSample &server) {
        return server.role == monitor::Role::Primary && server.transactionsPerSecond.value;
    });
    if (!m_sampling.isValid() && m_session.fleet().hasSample())
        m_sampling.start();
    const qint64 sampled = m_sampling.isValid() ? m_sampling.elapsed() / 1000 : 0;
    if (!m_session.isOpen() || (rates && sampled >= m_after.count())) {
        m_poll.stop();
        takeAll();
        return;
    }
    if (sampled >= m_told + toldEverySeconds) {
        m_told = sampled;
        QTextStream(stderr) << tr("%1 of %2 s of samples").arg(sampled).arg(m_after.count()) << Qt::endl;
    }
    if (m_since.elapsed() < patienceMs + (m_sampling.isValid() ? m_after.count() * 1000 : 0))
        return;
    m_poll.stop();
    if (m_session.fleet().hasSample()) {
        takeAll();
        return;
    }
    QTextStream err(stderr);
    err << (m_session.error() ? wording::sentence(*m_session.error())
                              : tr("No data came within %1 s.").arg(patienceMs / 1000))
        << Qt::endl;
    Q_EMIT finished(1);
}

void Screenshots::waitFor(qint64 patience, const std::function<bool()> &done)
{
    // Turned here: the pictures are a sequence, one page after the other, and this program shows nothing to a person
    // whose input could get in between.
    QElapsedTimer waited;
    waited.start();
    QTimer wake;
    wake.start(50);
    while (!done() && waited.elapsed() < patience)
        QCoreApplication::processEvents(QEventLoop::ExcludeUserInputEvents | QEventLoop::WaitForMoreEvents);
}

bool Screenshots::take(const QString &name)
{
    // Layouts and queued repaints of a new size or theme come with the next turns of the event loop, a layout's own
    // children with the one after. Turned here and not waited for by a signal, as nothing tells that the last has
    // come; no person's input gets in between.
    for (int turn = 0; turn < 3; ++turn)
        QCoreApplication::processEvents(QEventLoop::ExcludeUserInputEvents);
    const QString path = m_folder % u'/' % name % QStringLiteral(".png");
    if (!m_window.grab().save(path)) {
        QTextStream(stderr) << tr("%1 cannot be written.").arg(path) << Qt::endl;
        return false;
    }
    QTextStream(stdout) << path << Qt::endl;
    return true;
}

bool Screenshots::takeSessions(const QString &suffix)
{
    m_window.showSessions();
    ui::SessionsPage *page = m_window.sessionsPage();
    // Every server is asked when the page is shown.
    waitFor(sessionsMs, [page] { return page->feed().isComplete(); });
    page->showView(SessionsView::All);
    const bool all = take(QStringLiteral("sessions-") % suffix);
    page->showView(SessionsView::Locks);
    const bool locks = take(QStringLiteral("locks-") % suffix);
    page->showView(SessionsView::All);
    return all && locks;
}

void Screenshots::takeAll()
{
    if (!QDir().mkpath(m_folder)) {
        QTextStream(stderr) << tr("%1 cannot be made.").arg(m_folder) << Qt::endl;
        Q_EMIT finished(1);
        return;
    }
    bool fine = true;
    const auto everyPage = [&](const QString &suffix) {
        if (!m_session.isOpen()) {
            fine = take(QStringLiteral("first-run-") % suffix) && fine;
            return;
        }
        for (const ui::Page page : ui::allPages) {
            m_window.showPage(page);
            fine = take(ui::pageKey(page) % u'-' % suffix) && fine;
        }
        fine = takeSessions(suffix) && fine;
    };
    const auto everyTab = [&](const QString &suffix) {
        if (!m_session.isOpen())
            return;
        m_window.showPage(ui::Page::Instances);
        auto *detail = m_window.findChild<ui::InstanceDetail *>();
        for (const ui::DetailPage page : ui::allDetailPages) {
            if (!detail)
                return;
            detail->showDetail(page);
            waitFor(tabPatienceMs, [detail] { return detail->isSettled(); });
            fine = take(QStringLiteral("instances-") % ui::detailKey(page) % u'-' % suffix) && fine;
        }
        detail->showDetail(ui::DetailPage::Facts);
    };
    m_window.resize(1440, 900);
    m_theme.setChoice(ui::ThemeChoice::Light);
    everyTab(QStringLiteral("light"));
    everyPage(QStringLiteral("light"));
    m_theme.setChoice(ui::ThemeChoice::Dark);
    everyPage(QStringLiteral("dark"));
    everyTab(QStringLiteral("dark"));
    m_theme.setChoice(ui::ThemeChoice::HighContrast);
    if (m_session.isOpen()) {
        m_window.showPage(ui::Page::Overview);
        fine = take(QStringLiteral("overview-high-contrast")) && fine;
    }
    m_theme.setChoice(ui::ThemeChoice::Light);
    m_window.resize(1366, 768);
    everyPage(QStringLiteral("compact-light"));
    everyTab(QStringLiteral("compact-light"));
    Q_EMIT finished(fine ? 0 : 1);
}

} // namespace shardhelm::gui
