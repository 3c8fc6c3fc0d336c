// SPDX-License-Identifier: GPL-3.0-or-later
#include "application.h"
#include "core/interrupt.h"
#include "options.h"

#include <QApplication>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QTextStream>

#include <stop_token>

namespace {

/// Qt would abort with a core dump. A platform chosen by name (offscreen, vnc, …) may need none of the two.
bool displayThere()
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY")
        || qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

} // namespace

int main(int argc, char *argv[])
{
    QElapsedTimer since;
    since.start();
    QCoreApplication::setApplicationName(QStringLiteral("shardhelm"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SHARDHELM_VERSION));

    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    const shardhelm::gui::Options options = shardhelm::gui::readOptions(arguments);
    // Before QApplication, which needs a display.
    if (!options.error.isEmpty()) {
        QTextStream(stderr) << "shardhelm: " << options.error << Qt::endl;
        return 2;
    }
    if (options.action == shardhelm::gui::Options::Action::Help) {
        QTextStream(stdout) << shardhelm::gui::helpText();
        return 0;
    }
    if (options.action == shardhelm::gui::Options::Action::Version) {
        QTextStream(stdout) << "shardhelm " << SHARDHELM_VERSION << Qt::endl;
        return 0;
    }

    if (!displayThere()) {
        QTextStream(stderr) << "shardhelm: No display was found: neither DISPLAY nor WAYLAND_DISPLAY is set.\n"
                               "Start it on a desktop, use shardhelmctl, or render the pages to files with "
                               "QT_QPA_PLATFORM=offscreen shardhelm --screenshots DIR."
                            << Qt::endl;
        return 1;
    }

    QApplication application(argc, argv);
    QGuiApplication::setDesktopFileName(QStringLiteral("org.shardhelm.shardhelm"));
    shardhelm::gui::Application shardhelm(options, since);
    const shardhelm::Interrupt interrupt;
    const std::stop_callback quitOnSignal(interrupt.stopToken(), [&application] {
        QMetaObject::invokeMethod(&application, &QCoreApplication::quit, Qt::QueuedConnection);
    });
    shardhelm.start();
    return QApplication::exec();
}
