// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mainwindow/mainwindow.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace shardhelm::gui {

/// Takes a picture of every page of the window once it shows live data: light and dark at 1440×900, light at 1366×768;
/// the overview also in high contrast. Prints the paths on stdout.
class Screenshots : public QObject
{
    Q_OBJECT
public:
    /// All arguments outlive the object. `folder` is made when it is missing.
    Screenshots(ui::MainWindow &window, ClusterSession &session, ui::Theme &theme, QString folder,
                QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    /// `exitCode` 0 when all pictures were written.
    void finished(int exitCode);

private:
    void check();
    void takeAll();
    [[nodiscard]] bool take(const QString &name);

    ui::MainWindow &m_window;
    ClusterSession &m_session;
    ui::Theme &m_theme;
    QString m_folder;
    QTimer m_poll;
    QElapsedTimer m_since;
};

} // namespace shardhelm::gui
