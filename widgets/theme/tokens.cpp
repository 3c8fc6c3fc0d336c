// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/tokens.h"

#include "theme/style.h"

#include <QApplication>
#include <QWidget>

#include <cmath>

namespace shardhelm::ui {

namespace {

QColor rgb(unsigned value)
{
    return QColor::fromRgb(value);
}

double luminance(const QColor &color)
{
    const auto linear = [](double channel) {
        return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

double contrast(const QColor &first, const QColor &second)
{
    const double a = luminance(first);
    const double b = luminance(second);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

Tokens Tokens::light()
{
    Tokens t;
    t.scheme = Scheme::Light;
    t.window = rgb(0xF2F3F5);
    t.panel = rgb(0xFFFFFF);
    t.raised = rgb(0xF8F9FA);
    t.track = rgb(0xDDE1E7);
    t.text = rgb(0x1A1E26);
    t.muted = rgb(0x565E6C);
    t.border = rgb(0xD6DAE1);
    t.control = rgb(0x858D9A);
    t.accent = rgb(0x3B4FC4);
    t.onAccent = rgb(0xFFFFFF);
    t.good = rgb(0x0B7352);
    t.warn = rgb(0x8C5900);
    t.bad = rgb(0xA62016);
    t.stale = rgb(0x5C6472);
    t.selection = rgb(0xDCE2FA);
    t.selectionText = rgb(0x1A1E26);
    t.production = rgb(0x8C3152);
    t.staging = rgb(0x6E6220);
    t.development = rgb(0x27696E);
    t.badgeText = rgb(0xFFFFFF);
    t.load = {rgb(0xD9F7F5), rgb(0x9FDDDE), rgb(0x66C0CA), rgb(0x31A1B5), rgb(0x00809C), rgb(0x00607E), rgb(0x0D415A)};
    return t;
}

Tokens Tokens::dark()
{
    Tokens t;
    t.scheme = Scheme::Dark;
    t.window = rgb(0x14171C);
    t.panel = rgb(0x1B1F26);
    t.raised = rgb(0x22272F);
    t.track = rgb(0x333B47);
    t.text = rgb(0xE3E6EB);
    t.muted = rgb(0x9DA6B4);
    t.border = rgb(0x2F3641);
    t.control = rgb(0x6F7989);
    t.accent = rgb(0x93A2FF);
    t.onAccent = rgb(0x0F1226);
    t.good = rgb(0x4EC79B);
    t.warn = rgb(0xEBBB5A);
    t.bad = rgb(0xFF7C66);
    t.stale = rgb(0x9AA3B2);
    t.selection = rgb(0x2A3360);
    t.selectionText = rgb(0xF2F4FA);
    t.production = rgb(0xB8607F);
    t.staging = rgb(0xB8A650);
    t.development = rgb(0x5BAEB3);
    t.badgeText = rgb(0x14060C);
    t.load = {rgb(0x112D3E), rgb(0x004B66), rgb(0x006B88), rgb(0x008CA2), rgb(0x39ACB7), rgb(0x7AC9C9), rgb(0xBAE3DE)};
    return t;
}

Tokens Tokens::highContrast()
{
    Tokens t;
    t.scheme = Scheme::HighContrast;
    t.window = rgb(0x000000);
    t.panel = rgb(0x000000);
    t.raised = rgb(0x0D0D0D);
    t.track = rgb(0x4A4A4A);
    t.text = rgb(0xFFFFFF);
    t.muted = rgb(0xE0E0E0);
    t.border = rgb(0xFFFFFF);
    t.control = rgb(0xFFFFFF);
    t.accent = rgb(0x9DB8FF);
    t.onAccent = rgb(0x000000);
    t.good = rgb(0x5CF0B8);
    t.warn = rgb(0xFFD24D);
    t.bad = rgb(0xFF9C8A);
    t.stale = rgb(0xC8C8C8);
    t.selection = rgb(0xFFE14D);
    t.selectionText = rgb(0x000000);
    t.production = rgb(0xFF8FB4);
    t.staging = rgb(0xEBD76A);
    t.development = rgb(0x7FE3E8);
    t.badgeText = rgb(0x14060C);
    t.load = dark().load;
    return t;
}

Tokens Tokens::of(Scheme scheme)
{
    switch (scheme) {
    case Scheme::Light:
        return light();
    case Scheme::Dark:
        return dark();
    case Scheme::HighContrast:
        return highContrast();
    }
    return light();
}

const Tokens &Tokens::of(const QWidget *widget)
{
    const auto *style = qobject_cast<const Style *>(widget ? widget->style() : QApplication::style());
    static const Tokens fallback = light();
    return style ? style->tokens() : fallback;
}

QColor Tokens::blend(const QColor &color, const QColor &ground, double amount)
{
    const auto mix = [amount](int top, int bottom) {
        return static_cast<int>(std::lround(bottom + (top - bottom) * amount));
    };
    return QColor(mix(color.red(), ground.red()), mix(color.green(), ground.green()), mix(color.blue(), ground.blue()));
}

QColor Tokens::disabled() const
{
    return blend(muted, panel, scheme == Scheme::HighContrast ? 0.7 : 0.62);
}

QPalette Tokens::palette() const
{
    QPalette p;
    p.setColor(QPalette::Window, window);
    p.setColor(QPalette::WindowText, text);
    p.setColor(QPalette::Base, panel);
    p.setColor(QPalette::AlternateBase, raised);
    p.setColor(QPalette::Text, text);
    p.setColor(QPalette::PlaceholderText, muted);
    p.setColor(QPalette::Button, panel);
    p.setColor(QPalette::ButtonText, text);
    p.setColor(QPalette::BrightText, bad);
    p.setColor(QPalette::Highlight, selection);
    p.setColor(QPalette::HighlightedText, selectionText);
    p.setColor(QPalette::Link, accent);
    p.setColor(QPalette::LinkVisited, accent);
    p.setColor(QPalette::ToolTipBase, panel);
    p.setColor(QPalette::ToolTipText, text);
    p.setColor(QPalette::Light, raised);
    p.setColor(QPalette::Midlight, track);
    p.setColor(QPalette::Mid, border);
    p.setColor(QPalette::Dark, control);
    p.setColor(QPalette::Shadow, blend(QColor(Qt::black), window, 0.5));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::PlaceholderText})
        p.setColor(QPalette::Disabled, role, disabled());
    p.setColor(QPalette::Disabled, QPalette::Highlight, track);
    p.setColor(QPalette::Disabled, QPalette::HighlightedText, disabled());
    return p;
}

} // namespace shardhelm::ui
