// SPDX-License-Identifier: GPL-3.0-or-later
// Heads of tables, tabs, combo boxes and scroll bars: the parts of controls that are drawn whole.
#include "theme/style.h"

#include <QFontMetrics>
#include <QPainter>
#include <QStyleOption>

namespace shardhelm::ui {

void Style::drawHeaderLabel(const QStyleOption *option, QPainter *painter) const
{
    const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
    if (!header)
        return;
    const bool sorted = header->sortIndicator != QStyleOptionHeader::None;
    const bool right = header->textAlignment.testFlag(Qt::AlignRight);
    // The arrow may stand in the margin rather than cut a letter.
    const QRect area = header->rect.adjusted(sorted && right ? -6 : 0, 0, sorted && !right ? 6 : 0, 0);
    painter->save();
    painter->setPen(sorted ? m_tokens.text : m_tokens.muted);
    const int arrow = sorted ? 12 : 0;
    const QString text = painter->fontMetrics().elidedText(header->text, Qt::ElideRight, area.width() - arrow);
    const int width = painter->fontMetrics().horizontalAdvance(text);
    const int left = right ? area.right() + 1 - width - arrow : area.left();
    painter->drawText(QRect(left, area.top(), width + 1, area.height()), Qt::AlignVCenter | Qt::AlignLeft, text);
    if (sorted) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_tokens.text);
        const QPointF center(left + width + 8, area.center().y() + 0.5);
        // A descending order points down: the largest value stands first and falls from there.
        const double tip = header->sortIndicator == QStyleOptionHeader::SortUp ? 2.5 : -2.5;
        painter->drawPolygon(
            QPolygonF({center + QPointF(-3.5, -tip), center + QPointF(3.5, -tip), center + QPointF(0, tip)}));
    }
    painter->restore();
}

void Style::drawTab(const QStyleOption *option, QPainter *painter) const
{
    const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option);
    if (!tab)
        return;
    const bool selected = tab->state.testFlag(State_Selected);
    painter->save();
    QFont words = painter->font();
    words.setWeight(selected ? QFont::DemiBold : QFont::Normal);
    painter->setFont(words);
    painter->setPen(!tab->state.testFlag(State_Enabled)                    ? m_tokens.disabled()
                        : selected || tab->state.testFlag(State_MouseOver) ? m_tokens.text
                                                                           : m_tokens.muted);
    painter->drawText(tab->rect, Qt::AlignCenter | Qt::TextShowMnemonic, tab->text);
    if (selected)
        painter->fillRect(QRect(tab->rect.left() + 4, tab->rect.bottom() - 1, tab->rect.width() - 8, 2),
                          m_tokens.accent);
    if (option->state.testFlag(State_HasFocus) && option->state.testFlag(State_KeyboardFocusChange))
        paintFocusRing(painter, tab->rect.adjusted(2, 3, -2, -3), m_tokens);
    painter->restore();
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                               const QWidget *widget) const
{
    switch (control) {
    case CC_ComboBox: {
        paintButton(painter, *option, ButtonKind::Standard, m_tokens);
        const QRect arrow = subControlRect(control, option, SC_ComboBoxArrow, widget);
        paintChevron(painter, QRectF(arrow).center(),
                     option->state.testFlag(State_Enabled) ? m_tokens.muted : m_tokens.disabled());
        return;
    }
    case CC_ScrollBar:
        drawScrollBar(option, painter, widget);
        return;
    default:
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

void Style::drawScrollBar(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    painter->fillRect(option->rect, m_tokens.panel);
    const QRectF slider =
        QRectF(subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget)).adjusted(2, 2, -2, -2);
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (!bar || bar->maximum <= bar->minimum)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    const bool active = option->state.testFlag(State_Sunken) || option->state.testFlag(State_MouseOver);
    painter->setBrush(active ? m_tokens.muted : m_tokens.control);
    painter->drawRoundedRect(slider, 3, 3);
    painter->restore();
}

} // namespace shardhelm::ui
