// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/style.h"

#include "theme/fonts.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QLineEdit>
#include <QMenuBar>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QScrollBar>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTabBar>
#include <QToolButton>

namespace shardhelm::ui {

namespace {

constexpr int controlHeight = 24;
constexpr double radius = 4;

/// Rectangle for a crisp 1 px outline.
QRectF outline(const QRect &rect)
{
    return QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5);
}

bool focusedByKeyboard(const QStyleOption &option)
{
    return option.state.testFlag(QStyle::State_HasFocus) && option.state.testFlag(QStyle::State_KeyboardFocusChange);
}

} // namespace

Style::Style(std::optional<Scheme> scheme)
    : QProxyStyle(QStyleFactory::create(QStringLiteral("fusion")))
    , m_tokens(Tokens::of(scheme.value_or(Scheme::Light)))
    , m_scheme(scheme)
{
}

Scheme Style::schemeOf(const QPalette &desktop)
{
    const QColor ground = desktop.color(QPalette::Active, QPalette::Window);
    const QColor words = desktop.color(QPalette::Active, QPalette::WindowText);
    if (ground.lightness() >= words.lightness())
        return Scheme::Light;
    return contrast(ground, words) > 20 ? Scheme::HighContrast : Scheme::Dark;
}

void Style::polish(QPalette &palette)
{
    m_tokens = Tokens::of(m_scheme.value_or(schemeOf(palette)));
    palette = m_tokens.palette();
}

void Style::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QPushButton *>(widget) || qobject_cast<QComboBox *>(widget) || qobject_cast<QTabBar *>(widget)
        || qobject_cast<QToolButton *>(widget))
        widget->setAttribute(Qt::WA_Hover);
}

QColor Style::paintButton(QPainter *painter, const QStyleOption &option, ButtonKind kind, const Tokens &tokens)
{
    const bool enabled = option.state.testFlag(State_Enabled);
    const bool pressed = option.state.testFlag(State_Sunken);
    const bool checked = option.state.testFlag(State_On);
    const bool hovered = option.state.testFlag(State_MouseOver);
    QColor ground = tokens.panel;
    QColor edge = tokens.control;
    QColor words = tokens.text;
    if (!enabled) {
        ground = tokens.raised;
        edge = tokens.border;
        words = tokens.disabled();
    } else if (kind == ButtonKind::Primary) {
        ground = edge =
            pressed || hovered ? Tokens::blend(tokens.text, tokens.accent, pressed ? 0.22 : 0.12) : tokens.accent;
        words = tokens.onAccent;
    } else if (checked) {
        ground = tokens.selection;
        edge = tokens.accent;
        words = tokens.selectionText;
    } else {
        if (kind == ButtonKind::Danger)
            edge = words = tokens.bad;
        if (pressed)
            ground = tokens.track;
        else if (hovered)
            ground = tokens.raised;
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(edge);
    painter->setBrush(ground);
    painter->drawRoundedRect(outline(option.rect), radius, radius);
    painter->restore();
    if (enabled && focusedByKeyboard(option))
        paintFocusRing(painter, option.rect, tokens);
    return words;
}

void Style::paintFocusRing(QPainter *painter, const QRectF &rect, const Tokens &tokens, double ringRadius)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    // A panel-coloured line inside keeps the ring apart from an accent-coloured ground.
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(tokens.panel, 1));
    painter->drawRoundedRect(rect.adjusted(2.5, 2.5, -2.5, -2.5), ringRadius - 1, ringRadius - 1);
    painter->setPen(QPen(tokens.accent, 2));
    painter->drawRoundedRect(rect.adjusted(1, 1, -1, -1), ringRadius, ringRadius);
    painter->restore();
}

void Style::paintField(QPainter *painter, const QStyleOption &option, const Tokens &tokens)
{
    const bool enabled = option.state.testFlag(State_Enabled);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(enabled ? tokens.control : tokens.border);
    painter->setBrush(enabled ? tokens.panel : tokens.raised);
    painter->drawRoundedRect(outline(option.rect), radius, radius);
    painter->restore();
}

void Style::paintChevron(QPainter *painter, const QPointF &center, const QColor &color)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(color, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->setBrush(Qt::NoBrush);
    painter->drawPolyline(
        QPolygonF({center + QPointF(-3.5, -1.75), center + QPointF(0, 1.75), center + QPointF(3.5, -1.75)}));
    painter->restore();
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return 10;
    case PM_ScrollBarSliderMin:
        return 24;
    case PM_DefaultFrameWidth:
        return 1;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_TabBarIconSize:
        return 16;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 14;
    case PM_SplitterWidth:
        return 8;
    case PM_HeaderMargin:
        return 8;
    case PM_HeaderMarkSize:
        return 0;
    case PM_TabBarTabHSpace:
        return 28;
    case PM_TabBarBaseOverlap:
    case PM_TabBarTabOverlap:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabShiftVertical:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    case PM_MenuBarPanelWidth:
        return 0;
    case PM_MenuBarItemSpacing:
        return 0;
    case PM_MenuBarHMargin:
        return 8;
    case PM_ToolTipLabelFrameWidth:
        return 6;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                     QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_Widget_Animation_Duration:
    case SH_ComboBox_Popup:
    case SH_ScrollBar_Transient:
    case SH_DitherDisabledText:
        return 0;
    case SH_ItemView_ShowDecorationSelected:
    case SH_UnderlineShortcut:
    case SH_MenuBar_MouseTracking:
    case SH_Menu_MouseTracking:
        return 1;
    case SH_ToolTip_WakeUpDelay:
        return 400;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                              const QWidget *widget) const
{
    switch (type) {
    case CT_PushButton:
        return {size.width() + 22, controlHeight};
    case CT_ComboBox:
        return {size.width() + 34, controlHeight};
    case CT_LineEdit:
        return {size.width() + 4, controlHeight};
    case CT_SpinBox:
        return {QProxyStyle::sizeFromContents(type, option, size, widget).width(), controlHeight};
    case CT_HeaderSection:
        return {QProxyStyle::sizeFromContents(type, option, size, widget).width(), controlHeight};
    case CT_TabBarTab:
        return {size.width(), 32};
    case CT_MenuBarItem:
        return {size.width() + 14, 22};
    case CT_ItemViewItem:
        return {size.width(), std::max(size.height(), controlHeight)};
    default:
        return QProxyStyle::sizeFromContents(type, option, size, widget);
    }
}

QRect Style::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    if (element == SE_LineEditContents)
        return option->rect.adjusted(6, 0, -6, 0);
    if (element == SE_PushButtonFocusRect)
        return option->rect;
    return QProxyStyle::subElementRect(element, option, widget);
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                            const QWidget *widget) const
{
    if (control == CC_ComboBox && part == SC_ComboBoxEditField)
        return option->rect.adjusted(10, 0, -24, 0);
    if (control == CC_ComboBox && part == SC_ComboBoxArrow)
        return {option->rect.right() - 24, option->rect.top(), 24, option->rect.height()};
    if (control == CC_ScrollBar) {
        // No arrow buttons: the groove is the whole bar.
        if (part == SC_ScrollBarAddLine || part == SC_ScrollBarSubLine)
            return {};
        const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
        if (bar) {
            const bool across = bar->orientation == Qt::Horizontal;
            const int length = across ? bar->rect.width() : bar->rect.height();
            const qint64 range = qint64(bar->maximum) - bar->minimum;
            const int minimum = proxy()->pixelMetric(PM_ScrollBarSliderMin, option, widget);
            const int slider = range <= 0 ? length
                                          : std::clamp(int(qint64(length) * bar->pageStep / (range + bar->pageStep)),
                                                       std::min(minimum, length), length);
            const int start = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - slider,
                                                      bar->upsideDown);
            const auto piece = [&](int from, int size) {
                return across ? QRect(bar->rect.x() + from, bar->rect.y(), size, bar->rect.height())
                              : QRect(bar->rect.x(), bar->rect.y() + from, bar->rect.width(), size);
            };
            switch (part) {
            case SC_ScrollBarGroove:
                return bar->rect;
            case SC_ScrollBarSlider:
                return piece(start, slider);
            case SC_ScrollBarSubPage:
                return piece(0, start);
            case SC_ScrollBarAddPage:
                return piece(start + slider, length - start - slider);
            default:
                break;
            }
        }
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    switch (element) {
    case PE_PanelLineEdit: {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        if (frame && frame->lineWidth == 0) {
            painter->fillRect(option->rect, option->palette.brush(QPalette::Base));
            return;
        }
        paintField(painter, *option, m_tokens);
        if (option->state.testFlag(State_HasFocus))
            paintFocusRing(painter, option->rect, m_tokens);
        return;
    }
    case PE_FrameLineEdit:
        return;
    case PE_FrameFocusRect:
        // Rows of views paint their focus through the selection; everything else gets the ring.
        if (!qobject_cast<const QAbstractItemView *>(widget) && !qobject_cast<const QPushButton *>(widget))
            paintFocusRing(painter, option->rect, m_tokens);
        return;
    case PE_IndicatorHeaderArrow:
    case PE_PanelStatusBar:
    case PE_FrameStatusBarItem:
    case PE_PanelMenuBar:
    case PE_FrameTabBarBase:
        return;
    case PE_Frame:
        painter->save();
        painter->setPen(m_tokens.border);
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
        return;
    case PE_PanelTipLabel:
        painter->save();
        painter->setPen(m_tokens.control);
        painter->setBrush(m_tokens.panel);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
        return;
    case PE_IndicatorCheckBox: {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const bool on = option->state.testFlag(State_On);
        const bool enabled = option->state.testFlag(State_Enabled);
        const QColor edge = enabled ? (on ? m_tokens.accent : m_tokens.control) : m_tokens.border;
        painter->setPen(edge);
        painter->setBrush(on && enabled ? m_tokens.accent : m_tokens.panel);
        const QRectF box = outline(option->rect);
        painter->drawRoundedRect(box, 3, 3);
        if (on) {
            painter->setPen(QPen(enabled ? m_tokens.onAccent : m_tokens.disabled(), 1.6, Qt::SolidLine, Qt::RoundCap,
                                 Qt::RoundJoin));
            painter->setBrush(Qt::NoBrush);
            painter->drawPolyline(QPolygonF({box.topLeft() + QPointF(3.2, 6.8), box.topLeft() + QPointF(5.6, 9.2),
                                             box.topLeft() + QPointF(10, 4.2)}));
        }
        painter->restore();
        return;
    }
    case PE_PanelItemViewRow:
        return;
    case PE_PanelItemViewItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option)) {
            if (item->state.testFlag(State_Selected))
                painter->fillRect(item->rect, m_tokens.selection);
            else if (item->backgroundBrush.style() != Qt::NoBrush)
                painter->fillRect(item->rect, item->backgroundBrush);
        }
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                        const QWidget *widget) const
{
    switch (element) {
    case CE_PushButtonBevel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            paintButton(painter, *option,
                        button->features.testFlag(QStyleOptionButton::DefaultButton) ? ButtonKind::Primary
                                                                                     : ButtonKind::Standard,
                        m_tokens);
            return;
        }
        break;
    case CE_PushButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            const bool primary = button->features.testFlag(QStyleOptionButton::DefaultButton);
            const bool enabled = option->state.testFlag(State_Enabled);
            painter->setPen(!enabled ? m_tokens.disabled() : primary ? m_tokens.onAccent : m_tokens.text);
            painter->drawText(option->rect, Qt::AlignCenter | Qt::TextShowMnemonic, button->text);
            return;
        }
        break;
    case CE_ComboBoxLabel:
        if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option)) {
            const QRect area = subControlRect(CC_ComboBox, combo, SC_ComboBoxEditField, widget);
            painter->save();
            painter->setPen(option->state.testFlag(State_Enabled) ? m_tokens.text : m_tokens.disabled());
            painter->drawText(area, Qt::AlignVCenter | Qt::AlignLeft,
                              painter->fontMetrics().elidedText(combo->currentText, Qt::ElideRight, area.width()));
            painter->restore();
            return;
        }
        break;
    case CE_HeaderSection:
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, m_tokens.raised);
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), m_tokens.border);
        return;
    case CE_Header:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option)) {
            // The base class takes a margin off all sides, which cuts letters, and room for an arrow of its own.
            drawControl(CE_HeaderSection, option, painter, widget);
            QStyleOptionHeader label = *header;
            label.rect.adjust(8, 0, -8, 0);
            painter->save();
            painter->setClipRect(option->rect, Qt::IntersectClip);
            drawHeaderLabel(&label, painter);
            painter->restore();
            return;
        }
        break;
    case CE_HeaderLabel:
        drawHeaderLabel(option, painter);
        return;
    case CE_MenuBarEmptyArea:
        painter->fillRect(option->rect, m_tokens.window);
        return;
    case CE_MenuBarItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option)) {
            const bool active = option->state.testFlag(State_Selected);
            painter->fillRect(option->rect, active ? m_tokens.selection : m_tokens.window);
            painter->setPen(!option->state.testFlag(State_Enabled) ? m_tokens.disabled()
                                : active                           ? m_tokens.selectionText
                                                                   : m_tokens.text);
            painter->drawText(option->rect, Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextSingleLine, item->text);
            return;
        }
        break;
    case CE_TabBarTabShape:
    case CE_TabBarTabLabel:
        if (element == CE_TabBarTabLabel)
            drawTab(option, painter);
        return;
    case CE_Splitter:
        return;
    case CE_ProgressBarGroove:
        painter->fillRect(option->rect, m_tokens.track);
        return;
    case CE_ProgressBarContents:
        if (const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option)) {
            QRect filled = bar->rect;
            const int range = bar->maximum - bar->minimum;
            filled.setWidth(range > 0 ? int(qint64(filled.width()) * (bar->progress - bar->minimum) / range) : 0);
            painter->fillRect(filled, m_tokens.accent);
            return;
        }
        break;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

} // namespace shardhelm::ui
