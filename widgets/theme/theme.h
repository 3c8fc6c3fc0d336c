// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/tokens.h"

#include <QString>

#include <optional>

namespace shardhelm::ui {

class Style;

/// What the person asked for in View > Theme.
enum class ThemeChoice { System, Light, Dark, HighContrast };

/// "system", "light", "dark", "high-contrast": in settings and on the command line.
QString themeKey(ThemeChoice choice);
/// The choice of a key; nullopt for anything else.
std::optional<ThemeChoice> themeOfKey(const QString &key);

/// Installs the application's style, palette and font, and switches between schemes. With ThemeChoice::System the
/// scheme follows the palette of the desktop, also while running. Lives on the GUI thread; made after QApplication and
/// before the first widget.
class Theme
{
public:
    explicit Theme(ThemeChoice choice);

    [[nodiscard]] ThemeChoice choice() const { return m_choice; }
    void setChoice(ThemeChoice choice);
    [[nodiscard]] const Tokens &tokens() const;

private:
    ThemeChoice m_choice;
    Style *m_style; // owned by QApplication
};

} // namespace shardhelm::ui
