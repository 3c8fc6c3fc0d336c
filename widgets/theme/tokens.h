// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

#include <array>

class QWidget;

namespace shardhelm::ui {

/// Which set of colours is shown.
enum class Scheme { Light, Dark, HighContrast };

/// Colours of everything the window paints itself, one set per scheme (visual guide, section Tokens).
struct Tokens
{
    Scheme scheme = Scheme::Light;
    QColor window; ///< ground between panels
    QColor panel; ///< ground of panels, tables, fields
    QColor raised; ///< hovered controls, table heads, code
    QColor track; ///< empty part of a bar
    QColor text;
    QColor muted; ///< secondary words
    QColor border; ///< decoration only: panel edges, table lines
    QColor control; ///< edges that tell where a control is (3:1)
    QColor accent;
    QColor onAccent;
    QColor good;
    QColor warn;
    QColor bad;
    QColor stale;
    QColor selection;
    QColor selectionText;
    QColor production;
    QColor staging;
    QColor development;
    QColor badgeText; ///< words on an environment's badge
    std::array<QColor, 7> load; ///< low to high

    static Tokens light();
    static Tokens dark();
    static Tokens highContrast();
    static Tokens of(Scheme scheme);

    /// The tokens in force for a widget: those of the application's style.
    static const Tokens &of(const QWidget *widget);

    /// The palette that makes the platform's controls agree with the tokens.
    [[nodiscard]] QPalette palette() const;
    /// Text colour of a disabled control.
    [[nodiscard]] QColor disabled() const;
    /// `color` laid over `ground` with an opacity of `amount` (0 to 1), as an opaque colour.
    [[nodiscard]] static QColor blend(const QColor &color, const QColor &ground, double amount);
};

/// Contrast of two opaque colours after WCAG 2: 1 to 21.
double contrast(const QColor &first, const QColor &second);

} // namespace shardhelm::ui
