// SPDX-License-Identifier: GPL-3.0-or-later
#include "options.h"

#include <QCoreApplication>

namespace shardhelm::gui {

namespace {

constexpr int longestScreenshotsAfter = 3600;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Options)
};

QStringList pageKeys()
{
    QStringList keys;
    for (const ui::Page page : ui::allPages)
        keys << ui::pageKey(page);
    return keys;
}

QStringList themeKeys()
{
    QStringList keys;
    for (const auto choice :
         {ui::ThemeChoice::System, ui::ThemeChoice::Light, ui::ThemeChoice::Dark, ui::ThemeChoice::HighContrast})
        keys << ui::themeKey(choice);
    return keys;
}

} // namespace

Options readOptions(const QStringList &arguments)
{
    Options options;
    const auto wrong = [&](const QString &sentence) {
        if (options.error.isEmpty())
            options.error = sentence;
    };
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        QString argument = arguments.at(i);
        if (argument == QLatin1StringView("--help") || argument == QLatin1StringView("-h")) {
            options.action = Options::Action::Help;
            continue;
        }
        if (argument == QLatin1StringView("--version")) {
            options.action = Options::Action::Version;
            continue;
        }
        if (!argument.startsWith(u'-')) {
            if (!options.clusterFile.isEmpty())
                wrong(Words::tr("One cluster file can be open at a time; %1 is a second one.").arg(argument));
            options.clusterFile = argument;
            continue;
        }
        QString value;
        const qsizetype equals = argument.indexOf(u'=');
        if (equals > 0) {
            value = argument.mid(equals + 1);
            argument.truncate(equals);
        } else if (i + 1 < arguments.size()) {
            value = arguments.at(++i);
        }
        const bool known = argument == QLatin1StringView("--cluster") || argument == QLatin1StringView("--page")
            || argument == QLatin1StringView("--replay") || argument == QLatin1StringView("--theme")
            || argument == QLatin1StringView("--screenshots") || argument == QLatin1StringView("--screenshots-after");
        if (!known) {
            wrong(Words::tr("There is no option %1. See shardhelm --help.").arg(argument));
        } else if (value.isEmpty()) {
            wrong(Words::tr("%1 needs a value.").arg(argument));
        } else if (argument == QLatin1StringView("--cluster")) {
            options.clusterFile = value;
        } else if (argument == QLatin1StringView("--replay")) {
            options.replay = value;
        } else if (argument == QLatin1StringView("--screenshots")) {
            options.screenshots = value;
        } else if (argument == QLatin1StringView("--screenshots-after")) {
            bool number = false;
            const int seconds = value.toInt(&number);
            if (!number || seconds < 0 || seconds > longestScreenshotsAfter)
                wrong(Words::tr("%1 needs a number of seconds from 0 to %2, not %3.")
                          .arg(argument)
                          .arg(longestScreenshotsAfter)
                          .arg(value));
            options.screenshotsAfter = std::chrono::seconds(seconds);
        } else if (argument == QLatin1StringView("--page")) {
            options.page = ui::pageOfKey(value);
            if (!options.page)
                wrong(
                    Words::tr("There is no page %1; there are: %2.").arg(value, pageKeys().join(QStringLiteral(", "))));
        } else {
            options.theme = ui::themeOfKey(value);
            if (!options.theme)
                wrong(Words::tr("There is no theme %1; there are: %2.")
                          .arg(value, themeKeys().join(QStringLiteral(", "))));
        }
    }
    return options;
}

QString helpText()
{
    return Words::tr(
               "Usage: shardhelm [OPTION]... [FILE]\n"
               "Opens the window on the cluster of a cluster file, by default the one that was open last.\n\n"
               "  --cluster FILE        the cluster file\n"
               "  --replay FILE         show a recording instead, as if it were live\n"
               "  --page NAME           %1\n"
               "  --theme NAME          %2\n"
               "  --screenshots FOLDER  write a picture of every page there once data has come, print the paths, end\n"
               "  --screenshots-after SECONDS\n"
               "                        take them after so many seconds of samples, by default 15\n"
               "  --version             print the version\n"
               "  --help                print this\n\n"
               "Without a display set QT_QPA_PLATFORM=offscreen for --screenshots.\n")
        .arg(pageKeys().join(QStringLiteral(", ")), themeKeys().join(QStringLiteral(", ")));
}

} // namespace shardhelm::gui
