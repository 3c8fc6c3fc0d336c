// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow/trayicon.h"

#include "wording/alerts.h"

#include <QApplication>
#include <QSystemTrayIcon>
#include <QWidget>

#include <algorithm>

namespace shardhelm::ui {

using monitor::alerts::AlertState;
using monitor::alerts::Handling;

TrayIcon::TrayIcon(ClusterSession &session, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_window(window)
{
    connect(&session, &ClusterSession::alertTold, this, &TrayIcon::notify);
    connect(&session, &ClusterSession::linkChanged, this, &TrayIcon::refresh);
    connect(&session.fleet(), &Fleet::alertsChanged, this, &TrayIcon::refresh);
}

void TrayIcon::refresh()
{
    if (!m_session.isOpen() || !QSystemTrayIcon::isSystemTrayAvailable()) {
        if (m_icon)
            m_icon->hide();
        return;
    }
    if (!m_icon) {
        m_icon = new QSystemTrayIcon(QApplication::windowIcon(), this);
        connect(m_icon, &QSystemTrayIcon::activated, this, &TrayIcon::showWindow);
        connect(m_icon, &QSystemTrayIcon::messageClicked, this, &TrayIcon::showWindow);
    }
    const auto &alerts = m_session.fleet().alerts();
    const auto open = std::ranges::count_if(
        alerts, [](const AlertState &state) { return state.handling.kind == Handling::Kind::Open; });
    const QString name = m_session.fleet().file().name;
    m_icon->setToolTip(open == 0       ? tr("%1: no alert").arg(name)
                           : open == 1 ? tr("%1: 1 alert").arg(name)
                                       : tr("%1: %2 alerts").arg(name).arg(open));
    m_icon->show();
}

void TrayIcon::notify(const monitor::alerts::ToldEvent &told)
{
    if (!m_icon || !m_icon->isVisible() || !told.event.raised || told.handling.kind == Handling::Kind::Muted)
        return;
    const monitor::alerts::ActiveAlert &alert = told.event.alert;
    const QString where = alert.subject.server.isEmpty() ? m_session.fleet().file().name : alert.subject.server;
    const bool isCritical = alert.severity == cluster::AlertSeverity::Critical;
    m_icon->showMessage(QStringLiteral("%1: %2").arg(where, wording::headline(alert)), wording::sentence(alert),
                        isCritical ? QSystemTrayIcon::Critical : QSystemTrayIcon::Warning);
}

void TrayIcon::showWindow() const
{
    m_window->show();
    m_window->setWindowState(m_window->windowState() & ~Qt::WindowMinimized);
    m_window->raise();
    m_window->activateWindow();
}

} // namespace shardhelm::ui
