// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mainwindow/sidebar.h"
#include "theme/theme.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace shardhelm::gui {

/// What `shardhelm` was called with.
struct Options
{
    enum class Action { Run, Help, Version };
    Action action = Action::Run;
    QString clusterFile; ///< empty: the one that was open last
    QString replay; ///< a recording to show instead; empty: none
    std::optional<ui::Page> page;
    std::optional<ui::ThemeChoice> theme;
    QString screenshots; ///< folder for pictures of every page; empty: a window
    std::chrono::seconds screenshotsAfter{15}; ///< of samples, so that the pictures show curves
    QString error; ///< what is wrong with the call; empty when nothing is
};

/// Reads the arguments behind the program's name. Needs no QApplication.
Options readOptions(const QStringList &arguments);
/// The text of --help.
QString helpText();

} // namespace shardhelm::gui
