// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>

namespace shardhelm::ui {

/// Steps of the type scale (visual guide, section Type): pixel size of the text; weights 400 and 600.
enum class Type {
    Hero, ///< 20 semibold: name of the worst, first run
    Heading, ///< 17 semibold: heads of details and dialogs
    Value, ///< 15 semibold: values and page heads
    Strong, ///< 13 semibold
    Body, ///< 13
    SmallStrong, ///< 12 semibold
    Small, ///< 12: tables, panels, facts
    Caption, ///< 11: axes and captions
    Dense, ///< 10: dense bars only
    Code, ///< 12 fixed pitch: SQL and commands
};

/// The system's font in a step of the scale; the fixed font for Code.
QFont typeFont(Type type);
/// Height of a line of the step, in pixels.
int lineHeight(Type type);

/// Gives the application its font: the system's; where the platform names none but the generic "Sans", the first of
/// a list of interface fonts that is installed.
void applyApplicationFont();

} // namespace shardhelm::ui
