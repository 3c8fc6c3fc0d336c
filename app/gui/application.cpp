// SPDX-License-Identifier: GPL-3.0-or-later
#include "application.h"

#include "cluster/clusterfile.h"
#include "screenshots.h"
#include "startuptrace.h"

#include <QApplication>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QLibraryInfo>
#include <QLocale>
#include <QTimer>

namespace shardhelm::gui {

namespace {

QString settingsPath(const Options &options)
{
    // Pictures show the pages as they are at first, and leave no traces in the person's settings.
    return options.screenshots.isEmpty() ? Settings::defaultPath()
                                         : options.screenshots % QStringLiteral("/.settings.ini");
}

ui::ThemeChoice themeChoice(const Options &options, const Settings &settings)
{
    if (options.theme)
        return *options.theme;
    return ui::themeOfKey(settings.text(QStringLiteral("window/theme"))).value_or(ui::ThemeChoice::System);
}

} // namespace

Application::Application(Options options, const QElapsedTimer &since)
    : m_options(std::move(options))
    , m_since(since)
    , m_settings(settingsPath(m_options))
    , m_theme(themeChoice(m_options, m_settings))
{
    translate();
    m_window = std::make_unique<ui::MainWindow>(m_session, m_demo, m_settings, m_theme);
}

Application::~Application()
{
    m_window.reset();
    if (!m_options.screenshots.isEmpty())
        QFile::remove(settingsPath(m_options));
}

void Application::translate()
{
    const QLocale locale;
    if (m_translation.load(locale, QStringLiteral("shardhelm"), QStringLiteral("_"),
                           QStringLiteral(":/translations"))) {
        QCoreApplication::installTranslator(&m_translation);
        if (m_qtTranslation.load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                                 QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
            QCoreApplication::installTranslator(&m_qtTranslation);
    }
}

void Application::start()
{
    if (qEnvironmentVariableIsSet("SHARDHELM_TRACE_STARTUP"))
        traceStartup();
    m_window->show();
    // After the first paint: nothing that reads or connects stands before a usable window.
    QTimer::singleShot(0, this, &Application::openCluster);
}

void Application::openCluster()
{
    QString path = m_options.clusterFile;
    if (path.isEmpty() && m_options.screenshots.isEmpty())
        path = m_settings.text(QStringLiteral("cluster/open"));
    if (path.isEmpty() && QFileInfo::exists(cluster::defaultClusterFilePath()))
        path = cluster::defaultClusterFilePath();
    if (!m_options.replay.isEmpty()) {
        m_window->openRecording(m_options.replay);
        // Pictures of a replay show its end, where the curves reach back.
        if (!m_options.screenshots.isEmpty()) {
            connect(&m_session.replay(), &Replay::changed, this,
                    [this] { m_session.replay().seek(m_session.replay().span().to); });
        }
    } else if (!path.isEmpty()) {
        m_window->openCluster(path);
    }
    if (m_options.page)
        m_window->showPage(*m_options.page);
    if (m_options.screenshots.isEmpty())
        return;
    m_screenshots =
        std::make_unique<Screenshots>(*m_window, m_session, m_theme, m_options.screenshots, m_options.screenshotsAfter);
    connect(m_screenshots.get(), &Screenshots::finished, this, [](int exitCode) { QApplication::exit(exitCode); });
    m_screenshots->start();
}

void Application::traceStartup()
{
    auto *trace = new StartupTrace(m_since, this);
    m_window->installEventFilter(trace);
    connect(&m_session.fleet(), &Fleet::sampled, trace, [this, trace] { trace->look(m_session.fleet().sample()); });
}

} // namespace shardhelm::gui
