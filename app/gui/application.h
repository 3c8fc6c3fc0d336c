// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "options.h"

#include "cluster/clustersession.h"
#include "cluster/democontroller.h"
#include "cluster/settings.h"
#include "mainwindow/mainwindow.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTranslator>

#include <memory>

namespace shardhelm::gui {

class Screenshots;

/// The composition root: settings, theme, session, demo and the window, in that order.
class Application : public QObject
{
    Q_OBJECT
public:
    /// `since` runs from the start of main(), for SHARDHELM_TRACE_STARTUP.
    Application(Options options, const QElapsedTimer &since);
    ~Application() override;

    /// Shows the window and starts what was asked for; the event loop runs afterwards.
    void start();

private:
    void translate();
    void openCluster();
    void traceStartup();

    Options m_options;
    QElapsedTimer m_since;
    QTranslator m_translation;
    QTranslator m_qtTranslation; // Qt's own dialogs
    Settings m_settings;
    ui::Theme m_theme;
    ClusterSession m_session;
    DemoController m_demo;
    std::unique_ptr<ui::MainWindow> m_window;
    std::unique_ptr<Screenshots> m_screenshots;
};

} // namespace shardhelm::gui
