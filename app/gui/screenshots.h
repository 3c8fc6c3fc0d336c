// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mainwindow/mainwindow.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>

namespace shardhelm::gui {

/// Takes a picture of every page of the window and every tab of an instance's detail once it has shown live data for a
/// while: light and dark at 1440×900, light at 1366×768; also of the sessions and their lock trees; the overview also
/// in high contrast. Prints the paths on stdout, how far the wait is on stderr.
class Screenshots : public QObject
{
    Q_OBJECT
public:
    /// All references outlive the object. `folder` is made when it is missing; `after` are seconds of samples.
    Screenshots(ui::MainWindow &window, ClusterSession &session, ui::Theme &theme, QString folder,
                std::chrono::seconds after, QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    /// `exitCode` 0 when all pictures were written.
    void finished(int exitCode);

private:
    void check();
    void takeAll();
    /// Runs the event loop until `done` says so, `patience` ms at most.
    static void waitFor(qint64 patience, const std::function<bool()> &done);
    [[nodiscard]] bool take(const QString &name);
    [[nodiscard]] bool takeSessions(const QString &suffix);

    ui::MainWindow &m_window;
    ClusterSession &m_session;
    ui::Theme &m_theme;
    QString m_folder;
    std::chrono::seconds m_after;
    QTimer m_poll;
    QElapsedTimer m_since; // the start
    QElapsedTimer m_sampling; // the first sample
    qint64 m_told = 0; // seconds of samples that were last spoken of
};

} // namespace shardhelm::gui
