// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/meanstrip.h"

#include "common/pip.h"
#include "common/text.h"
#include "format/units.h"
#include "theme/fonts.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cmath>

namespace shardhelm::ui {

namespace {

constexpr double dot = 7;

QString ms(double value)
{
    return format::duration(value / 1000);
}

} // namespace

MeanStrip::MeanStrip(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Mean time on every server"));
}

void MeanStrip::clear()
{
    m_marks.clear();
    m_missing.clear();
    setAccessibleDescription({});
    update();
}

void MeanStrip::present(const monitor::detail::StatementReport &report, const monitor::detail::StatementFact &fact)
{
    clear();
    const monitor::detail::Comparison &comparison = fact.comparison;
    const bool outHere = comparison.spread == monitor::detail::Spread::OnlyHere
        || comparison.spread == monitor::detail::Spread::HereAndOthers;
    m_marks.push_back({report.server, fact.meanMs(), true, outHere, {}});
    for (const auto &other : fact.others)
        m_marks.push_back({other.server, other.meanMs(), false, comparison.slow.contains(other.server), {}});
    std::sort(m_marks.begin(), m_marks.end(), [](const Mark &a, const Mark &b) { return a.ms < b.ms; });
    for (const QString &server : report.notPermitted)
        m_missing.emplace_back(server, true);
    for (auto it = report.missed.cbegin(); it != report.missed.cend(); ++it)
        m_missing.emplace_back(it.key(), false);
    m_median = comparison.medianMs;
    m_low = comparison.lowMs;
    m_high = comparison.highMs;
    m_crowd = comparison.compared - static_cast<int>(comparison.slow.size());
    m_scale = AxisScale(m_marks.front().ms, m_marks.back().ms, true);
    QStringList said;
    for (const Mark &mark : m_marks)
        said << mark.server % u' ' % ms(mark.ms);
    setAccessibleDescription(said.join(QStringLiteral(", ")));
    update();
}

QRectF MeanStrip::area() const
{
    return QRectF(rect()).adjusted(10, 18, -10, m_missing.empty() ? -20 : -38);
}

double MeanStrip::x(double value) const
{
    const QRectF plot = area();
    return plot.left() + std::clamp(m_scale.place(value), 0.0, 1.0) * plot.width();
}

void MeanStrip::place()
{
    const QRectF plot = area();
    std::vector<QPointF> taken;
    for (Mark &mark : m_marks) {
        const double at = x(mark.ms);
        // The first free place of middle, one up, one down, two up, …
        for (int step = 0; step < 30; ++step) {
            const double offset = (step % 2 == 1 ? -1 : 1) * ((step + 1) / 2) * (dot + 1);
            mark.at = {at, std::clamp(plot.center().y() + offset, plot.top() + 4, plot.bottom() - 5)};
            const bool free = std::none_of(taken.begin(), taken.end(), [&](const QPointF &other) {
                return std::abs(other.x() - at) < dot + 1 && std::abs(other.y() - mark.at.y()) < dot;
            });
            if (free)
                break;
        }
        taken.push_back(mark.at);
    }
}

void MeanStrip::paintEvent(QPaintEvent *)
{
    if (m_marks.empty())
        return;
    const Tokens &tokens = Tokens::of(this);
    QPainter painter(this);
    place();
    const QRectF plot = area();
    painter.setFont(typeFont(Type::Caption));
    const QFontMetricsF metrics(painter.font());
    if (m_crowd > 1)
        painter.fillRect(QRectF(QPointF(x(m_low) - 4, plot.top()), QPointF(x(m_high) + 4, plot.bottom())),
                         Tokens::blend(tokens.track, tokens.panel, 0.7));
    double lastLabel = -100;
    for (const double tick : m_scale.ticks(std::max(2, static_cast<int>(plot.width() / 90)))) {
        const double at = std::round(x(tick)) + 0.5;
        painter.setPen(tokens.border);
        painter.drawLine(QPointF(at, plot.top()), QPointF(at, plot.bottom()));
        const QString text = ms(tick);
        const double half = tabularWidth(metrics, text) / 2;
        const double center = std::clamp(at, plot.left() - 8 + half, plot.right() + 8 - half);
        if (center - half < lastLabel + 8)
            continue;
        painter.setPen(tokens.muted);
        drawTabular(&painter, QRectF(center - half, plot.bottom() + 3, 2 * half + 2, 15), Qt::AlignLeft, text);
        lastLabel = center + half;
    }
    painter.setPen(tokens.control);
    painter.drawLine(QPointF(plot.left(), plot.bottom() + 0.5), QPointF(plot.right(), plot.bottom() + 0.5));
    if (m_crowd > 0) {
        painter.setPen(QPen(tokens.text, 1.5));
        painter.drawLine(QPointF(x(m_median), plot.top()), QPointF(x(m_median), plot.bottom()));
        painter.setPen(tokens.muted);
        const QString words = m_crowd > 1 ? tr("median of the others %1, %2 inside %3 to %4")
                                                .arg(ms(m_median))
                                                .arg(m_crowd)
                                                .arg(ms(m_low), ms(m_high))
                                          : tr("the other %1").arg(ms(m_median));
        const double wide = std::min(plot.width(), tabularWidth(metrics, words) + 4);
        const double start = std::clamp(x(m_median) - wide / 2, plot.left(), plot.right() - wide);
        drawTabular(&painter, QRectF(start, 0, wide, 16), Qt::AlignLeft, words);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    std::vector<QRectF> used;
    for (const Mark &mark : m_marks) {
        if (mark.slow) {
            paintPip(&painter, QRectF(mark.at.x() - 6, mark.at.y() - 6, 12, 12),
                     mark.here ? Condition::Worst : Condition::Degraded, tokens, 10);
        } else {
            painter.setPen(mark.here ? QPen(tokens.accent, 2) : QPen(Qt::NoPen));
            painter.setBrush(mark.here ? tokens.panel : tokens.muted);
            painter.drawEllipse(mark.at, dot / 2, dot / 2);
        }
        used.emplace_back(mark.at.x() - 6, mark.at.y() - 6, 12, 12);
    }
    painter.setFont(typeFont(Type::Caption));
    for (const Mark &mark : m_marks) {
        if (!mark.here && !mark.slow && m_marks.size() > 6)
            continue;
        QString words = mark.server % u' ' % ms(mark.ms);
        if (mark.slow && m_median > 0)
            words += QStringLiteral(", ") % format::factor(mark.ms / m_median);
        QFont font = typeFont(Type::Caption);
        font.setWeight(mark.here ? QFont::DemiBold : QFont::Normal);
        painter.setFont(font);
        const double wide = tabularWidth(QFontMetricsF(font), words) + 2;
        const double y = mark.at.y() - 8;
        const double left = std::clamp(mark.at.x() - wide / 2, 4.0, std::max(4.0, width() - wide - 4));
        const std::array<QRectF, 4> places{QRectF(mark.at.x() + 10, y, wide, 16),
                                           QRectF(mark.at.x() - 10 - wide, y, wide, 16), QRectF(left, y - 20, wide, 16),
                                           QRectF(left, y + 20, wide, 16)};
        const auto free = std::find_if(places.begin(), places.end(), [&](const QRectF &place) {
            return place.left() >= 2 && place.right() <= width() - 2
                && std::none_of(used.begin(), used.end(), [&](const QRectF &other) { return other.intersects(place); });
        });
        // Words that would cover others are left to the tooltip, but those of the server looked at never are.
        if (free == places.end() && !mark.here && !mark.slow)
            continue;
        const QRectF place = free == places.end() ? places[2] : *free;
        used.push_back(place);
        painter.setPen(mark.slow && mark.here ? tokens.bad : mark.here ? tokens.text : tokens.muted);
        drawTabular(&painter, place, Qt::AlignLeft, words);
    }
    if (m_missing.empty())
        return;
    double left = 4;
    for (size_t i = 0; i < m_missing.size(); ++i) {
        const auto &[server, hidden] = m_missing[i];
        painter.setFont(typeFont(Type::Caption));
        const QString words = hidden ? tr("%1 not permitted").arg(server) : tr("%1 no answer").arg(server);
        const double wide = tabularWidth(metrics, words) + 4;
        if (left + wide + 16 > width() - 60 && i > 0) {
            painter.setPen(tokens.muted);
            drawTabular(&painter, QRectF(left, height() - 18, 60, 16), Qt::AlignLeft,
                        tr("+ %1").arg(m_missing.size() - i));
            break;
        }
        paintPip(&painter, QRectF(left, height() - 18, 12, 16), hidden ? Condition::NotPermitted : Condition::Unknown,
                 tokens, 9);
        painter.setPen(tokens.stale);
        drawTabular(&painter, QRectF(left + 16, height() - 18, wide, 16), Qt::AlignLeft, words);
        left += wide + 26;
    }
}

bool MeanStrip::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        for (const Mark &mark : m_marks) {
            if (QLineF(mark.at, help->pos()).length() < 8) {
                QToolTip::showText(help->globalPos(), mark.server % u' ' % ms(mark.ms), this);
                return true;
            }
        }
        QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

} // namespace shardhelm::ui
