// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/theme.h"

#include "theme/fonts.h"
#include "theme/style.h"

#include <QApplication>

namespace shardhelm::ui {

namespace {

std::optional<Scheme> schemeOf(ThemeChoice choice)
{
    switch (choice) {
    case ThemeChoice::System:
        return std::nullopt;
    case ThemeChoice::Light:
        return Scheme::Light;
    case ThemeChoice::Dark:
        return Scheme::Dark;
    case ThemeChoice::HighContrast:
        return Scheme::HighContrast;
    }
    return std::nullopt;
}

} // namespace

QString themeKey(ThemeChoice choice)
{
    switch (choice) {
    case ThemeChoice::System:
        return QStringLiteral("system");
    case ThemeChoice::Light:
        return QStringLiteral("light");
    case ThemeChoice::Dark:
        return QStringLiteral("dark");
    case ThemeChoice::HighContrast:
        return QStringLiteral("high-contrast");
    }
    return QStringLiteral("system");
}

std::optional<ThemeChoice> themeOfKey(const QString &key)
{
    for (const auto choice : {ThemeChoice::System, ThemeChoice::Light, ThemeChoice::Dark, ThemeChoice::HighContrast}) {
        if (key == themeKey(choice))
            return choice;
    }
    return std::nullopt;
}

Theme::Theme(ThemeChoice choice)
    : m_choice(choice)
    , m_style(new Style(schemeOf(choice)))
{
    QApplication::setStyle(m_style);
    applyApplicationFont();
}

void Theme::setChoice(ThemeChoice choice)
{
    m_choice = choice;
    m_style->setScheme(schemeOf(choice));
    // An empty palette makes Qt ask the style again, which is handed the desktop's palette and replaces it.
    QApplication::setPalette(QPalette());
}

const Tokens &Theme::tokens() const
{
    return m_style->tokens();
}

} // namespace shardhelm::ui
