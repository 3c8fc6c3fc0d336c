// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/button.h"

#include "theme/fonts.h"
#include "theme/icons.h"

#include <QPainter>
#include <QSizePolicy>
#include <QStyleOptionButton>

namespace shardhelm::ui {

namespace {

constexpr int inset = 11;
constexpr int gap = 8;

int textWidth(const QFont &font, const QString &text)
{
    return QFontMetrics(font).size(Qt::TextShowMnemonic | Qt::TextSingleLine, text).width();
}

} // namespace

Button::Button(const QString &text, QWidget *parent)
    : Button(text, ButtonKind::Standard, parent)
{
}

Button::Button(const QString &text, ButtonKind kind, QWidget *parent)
    : QPushButton(text, parent)
    , m_kind(kind)
{
    setFont(typeFont(kind == ButtonKind::Primary ? Type::SmallStrong : Type::Small));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAutoDefault(false);
}

void Button::setIconName(const QString &name)
{
    m_iconName = name;
    updateGeometry();
    update();
}

void Button::setKeyHint(const QString &hint)
{
    m_hint = hint;
    setAccessibleDescription(hint.isEmpty() ? QString() : tr("Key: %1").arg(hint));
    updateGeometry();
    update();
}

void Button::setKind(ButtonKind kind)
{
    m_kind = kind;
    setFont(typeFont(kind == ButtonKind::Primary ? Type::SmallStrong : Type::Small));
    update();
}

QSize Button::sizeHint() const
{
    int width = textWidth(font(), text()) + 2 * inset;
    if (!m_iconName.isEmpty())
        width += 16 + (text().isEmpty() ? 0 : 6);
    if (text().isEmpty())
        width -= 2 * inset - 10;
    if (!m_hint.isEmpty())
        width += gap + textWidth(typeFont(Type::Caption), m_hint);
    if (menu())
        width += gap + 8;
    return {width, 24};
}

void Button::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::of(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    QPainter painter(this);
    const QColor words = Style::paintButton(&painter, option, m_kind, tokens);
    const QFont hintFont = typeFont(Type::Caption);
    const int content = sizeHint().width() - (text().isEmpty() ? 10 : 2 * inset);
    int x = (width() - content) / 2;
    if (menu())
        x = inset;
    if (!m_iconName.isEmpty()) {
        paintIcon(&painter, m_iconName, QRectF(x, (height() - 16) / 2.0, 16, 16), words);
        x += 16 + 6;
    }
    painter.setFont(font());
    painter.setPen(words);
    const int own = textWidth(font(), text());
    painter.drawText(QRect(x, 0, own + 1, height()), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic, text());
    x += own + gap;
    if (!m_hint.isEmpty()) {
        painter.setFont(hintFont);
        const bool plain = m_kind != ButtonKind::Primary && isEnabled() && !isChecked();
        painter.setPen(plain ? tokens.muted : words);
        painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignVCenter | Qt::AlignLeft, m_hint);
    }
    if (menu())
        Style::paintChevron(&painter, QPointF(width() - 14, height() / 2.0), isEnabled() ? tokens.muted : words);
}

LinkButton::LinkButton(const QString &text, QWidget *parent)
    : QPushButton(text, parent)
{
    setFont(typeFont(Type::Small));
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAutoDefault(false);
    setFlat(true);
}

QSize LinkButton::sizeHint() const
{
    return {textWidth(font(), text()) + 6, 20};
}

void LinkButton::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::of(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    QPainter painter(this);
    QFont words = font();
    words.setUnderline(isEnabled());
    painter.setFont(words);
    painter.setPen(!isEnabled() ? tokens.disabled() : isDown() ? tokens.text : tokens.accent);
    painter.drawText(rect().adjusted(3, 0, -3, 0), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic, text());
    if (hasFocus() && option.state.testFlag(QStyle::State_KeyboardFocusChange))
        Style::paintFocusRing(&painter, rect(), tokens, 3);
}

} // namespace shardhelm::ui
