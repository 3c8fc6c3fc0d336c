// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/tokens.h"

#include <QProxyStyle>

#include <optional>

namespace shardhelm::ui {

/// How much a button asks for attention.
enum class ButtonKind { Standard, Primary, Danger };

/// Fusion with the visual guide's controls: 24 pixels high, radius 4, edges of 3:1, a focus ring of 2 px accent.
/// Also the place where widgets find the tokens in force (Tokens::of).
class Style : public QProxyStyle
{
    Q_OBJECT
public:
    /// `scheme` is fixed, or nullopt to follow the desktop's palette.
    explicit Style(std::optional<Scheme> scheme);

    [[nodiscard]] const Tokens &tokens() const { return m_tokens; }
    /// Takes effect with the next QApplication::setPalette().
    void setScheme(std::optional<Scheme> scheme) { m_scheme = scheme; }

    /// The scheme of a desktop's palette: dark when its window is darker than its text, high contrast when both are at
    /// the ends of the scale on a black ground.
    static Scheme schemeOf(const QPalette &desktop);

    /// Ground and edge of a button of a kind, and the colour its words have on it.
    static QColor paintButton(QPainter *painter, const QStyleOption &option, ButtonKind kind, const Tokens &tokens);
    /// Edge of a text field or combo box over its ground.
    static void paintField(QPainter *painter, const QStyleOption &option, const Tokens &tokens);
    /// The 2 px ring inside `rect`.
    static void paintFocusRing(QPainter *painter, const QRectF &rect, const Tokens &tokens, double radius = 4);
    /// A small arrow that says "a list opens here".
    static void paintChevron(QPainter *painter, const QPointF &center, const QColor &color);

    using QProxyStyle::polish;
    void polish(QPalette &palette) override;
    void polish(QWidget *widget) override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *returnData) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                           const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                         const QWidget *widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;

private:
    void drawHeaderLabel(const QStyleOption *option, QPainter *painter) const;
    void drawTab(const QStyleOption *option, QPainter *painter) const;
    void drawScrollBar(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const;

    Tokens m_tokens;
    std::optional<Scheme> m_scheme;
};

} // namespace shardhelm::ui
