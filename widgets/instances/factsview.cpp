// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/factsview.h"

#include "common/text.h"
#include "theme/fonts.h"
#include "theme/tokens.h"

#include <QHelpEvent>
#include <QPainter>
#include <QSizePolicy>
#include <QToolTip>

#include <algorithm>

namespace shardhelm::ui {

namespace {

constexpr int line = 19;
constexpr int headLine = 24;
constexpr int groupGap = 8;
constexpr int columnGap = 28;
constexpr int narrowest = 300;
constexpr int labelWidth = 132;

int heightOf(const FactGroup &group)
{
    return headLine + line * static_cast<int>(group.facts.size()) + groupGap;
}

} // namespace

FactsView::FactsView(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    setAccessibleName(tr("Facts"));
}

void FactsView::present(const std::vector<FactGroup> &groups)
{
    m_groups = groups;
    QStringList said;
    for (const FactGroup &group : groups) {
        for (const Fact &fact : group.facts)
            said << fact.label % u' ' % fact.value;
    }
    setAccessibleDescription(said.join(QStringLiteral(", ")));
    setMinimumHeight(heightAt(width()));
    update();
}

void FactsView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    setMinimumHeight(heightAt(width()));
}

std::vector<std::vector<size_t>> FactsView::columns(int width) const
{
    const bool two = width >= 2 * narrowest + columnGap;
    std::vector<std::vector<size_t>> result(two ? 2 : 1);
    for (size_t i = 0; i < m_groups.size(); ++i)
        result[two && i >= m_groups.size() / 2 ? 1 : 0].push_back(i);
    return result;
}

int FactsView::heightAt(int width) const
{
    int tallest = 0;
    for (const auto &column : columns(width)) {
        int height = 0;
        for (const size_t group : column)
            height += heightOf(m_groups[group]);
        tallest = std::max(tallest, height);
    }
    return tallest;
}

void FactsView::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::of(this);
    QPainter painter(this);
    m_tips.clear();
    const auto layout = columns(width());
    const double columnWidth =
        (width() - columnGap * (static_cast<double>(layout.size()) - 1)) / static_cast<double>(layout.size());
    double left = 0;
    for (const auto &column : layout) {
        double top = 0;
        for (const size_t index : column) {
            const FactGroup &group = m_groups[index];
            painter.setFont(typeFont(Type::SmallStrong));
            painter.setPen(tokens.text);
            painter.drawText(QRectF(left, top, columnWidth, headLine), Qt::AlignVCenter | Qt::AlignLeft, group.title);
            top += headLine;
            for (const Fact &fact : group.facts) {
                painter.setFont(typeFont(Type::Small));
                painter.setPen(tokens.muted);
                drawTabular(&painter, QRectF(left, top, labelWidth - 8, line), Qt::AlignLeft, fact.label);
                painter.setFont(typeFont(fact.marked ? Type::SmallStrong : Type::Small));
                painter.setPen(fact.unknown ? tokens.stale : fact.marked ? tokens.bad : tokens.text);
                const double room = columnWidth - labelWidth;
                const double wide = tabularWidth(QFontMetricsF(painter.font()), fact.value);
                drawTabular(&painter, QRectF(left + labelWidth, top, room, line), Qt::AlignLeft, fact.value);
                const double rest = room - wide - 10;
                painter.setFont(typeFont(Type::Caption));
                if (!fact.note.isEmpty() && rest > 30) {
                    painter.setPen(tokens.muted);
                    drawTabular(&painter, QRectF(left + labelWidth + wide + 10, top + 0.5, rest, line), Qt::AlignLeft,
                                fact.note);
                }
                if (wide > room || tabularWidth(QFontMetricsF(painter.font()), fact.note) > rest)
                    m_tips.emplace_back(QRectF(left, top, columnWidth, line),
                                        fact.note.isEmpty() ? fact.value : fact.value % u'\n' % fact.note);
                top += line;
            }
            top += groupGap;
        }
        left += columnWidth + columnGap;
    }
}

bool FactsView::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        for (const auto &[place, text] : m_tips) {
            if (place.contains(help->pos())) {
                QToolTip::showText(help->globalPos(), text, this);
                return true;
            }
        }
        QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

} // namespace shardhelm::ui
