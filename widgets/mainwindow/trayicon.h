// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clustersession.h"

#include <QObject>

class QSystemTrayIcon;
class QWidget;

namespace shardhelm::ui {

/// The icon in the desktop's tray while a cluster is open: tells how many alerts stand, notifies of new ones, brings
/// the window back. Where the desktop has no tray nothing happens.
class TrayIcon : public QObject
{
    Q_OBJECT
public:
    /// `session` outlives the icon; `window` is its parent and what it shows.
    TrayIcon(ClusterSession &session, QWidget *window);

private:
    void refresh();
    void notify(const monitor::alerts::ToldEvent &told);
    void showWindow() const;

    ClusterSession &m_session;
    QWidget *m_window;
    QSystemTrayIcon *m_icon = nullptr;
};

} // namespace shardhelm::ui
