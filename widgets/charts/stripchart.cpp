// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/stripchart.h"

#include "charts/comparison.h"
#include "cluster/median.h"
#include "cluster/shorttext.h"
#include "common/pip.h"
#include "common/text.h"
#include "format/units.h"
#include "theme/fonts.h"
#include "theme/style.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QSizePolicy>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace shardhelm::ui {

namespace {

constexpr double markSize = 8;
constexpr int sideRoom = 156; ///< for servers without a value

} // namespace

StripChart::StripChart(const Fleet &fleet, QWidget *parent)
    : QWidget(parent)
    , m_fleet(fleet)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    setAccessibleName(tr("Strip of all instances"));
    connect(&fleet, &Fleet::sampled, this, &StripChart::refresh);
    refresh();
}

void StripChart::setMetric(Metric metric)
{
    m_metric = metric;
    refresh();
}

QRectF StripChart::area() const
{
    const double right = m_missing.empty() ? 14 : sideRoom + 14;
    return {14, 18, width() - 14 - right, height() - 18.0 - 20};
}

double StripChart::x(double value) const
{
    const QRectF plot = area();
    return plot.left() + std::clamp(m_scale.place(value), 0.0, 1.0) * plot.width();
}

void StripChart::refresh()
{
    // Nobody looks: showEvent() catches up.
    if (!isVisible())
        return;
    const QString current = m_current >= 0 && m_current < static_cast<int>(m_marks.size())
        ? m_marks[static_cast<size_t>(m_current)].server
        : QString();
    m_marks.clear();
    m_missing.clear();
    const bool ofReplicas = comparedOverReplicas(m_metric);
    std::vector<double> values;
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const monitor::ServerSample &server : m_fleet.sample().servers) {
        const bool shown = ofReplicas
            ? server.role == monitor::Role::Replica
            : server.role != monitor::Role::Replica && server.role != monitor::Role::Directory;
        if (!shown)
            continue;
        const Condition condition = m_fleet.condition(server.name);
        const auto figure = metricValue(server, m_metric);
        const bool old = condition == Condition::Down || condition == Condition::Stale;
        if (figure.notPermitted || !figure.value || old) {
            const Condition sign = figure.notPermitted ? Condition::NotPermitted : old ? condition : Condition::Unknown;
            m_missing.push_back({server.name, sign, conditionWord(sign)});
            continue;
        }
        m_marks.push_back({server.name, *figure.value, condition, {}, false});
        values.push_back(*figure.value);
        if (*figure.value > 0)
            low = std::min(low, *figure.value);
        high = std::max(high, *figure.value);
    }
    std::sort(m_marks.begin(), m_marks.end(), [](const Mark &a, const Mark &b) { return a.value < b.value; });
    m_median = medianOf(values).value_or(0);
    std::vector<double> distances;
    for (const double value : values)
        distances.push_back(std::abs(value - m_median));
    const double mad = medianOf(std::move(distances)).value_or(0);
    m_bandLow = std::max(m_median - 3 * mad, std::isfinite(low) ? std::min(low, m_median) * 0.9 : 0);
    m_bandHigh = m_median + 3 * mad;
    m_scale = AxisScale(std::isfinite(low) ? low : 0, std::isfinite(high) ? std::max(high, m_bandHigh) : 1,
                        comparedByFactor(m_metric), axisSteps(m_metric));
    m_current = -1;
    QStringList said;
    for (size_t i = 0; i < m_marks.size(); ++i) {
        Mark &mark = m_marks[i];
        mark.named =
            m_marks.size() <= 4 || mark.condition != Condition::Healthy || (m_median > 0 && mark.value >= 2 * m_median);
        if (mark.server == current)
            m_current = static_cast<int>(i);
        if (mark.named)
            said << mark.server % u' ' % metricText(m_metric, mark.value);
    }
    if (!m_marks.empty())
        said.prepend(tr("median %1").arg(metricText(m_metric, m_median)));
    setAccessibleDescription(said.join(QStringLiteral(", ")));
    place();
    update();
}

void StripChart::place()
{
    const QRectF plot = area();
    const double middle = plot.center().y() + 2;
    std::vector<QPointF> taken;
    for (Mark &mark : m_marks) {
        const double at = x(mark.value);
        // The first free place of middle, one up, one down, two up, …
        for (int step = 0; step < 40; ++step) {
            const double offset = (step % 2 == 1 ? -1 : 1) * ((step + 1) / 2) * (markSize + 1);
            const QPointF candidate(at, middle + offset);
            const bool free = std::none_of(taken.begin(), taken.end(), [&](const QPointF &other) {
                return std::abs(other.x() - at) < markSize + 0.5 && std::abs(other.y() - candidate.y()) < markSize;
            });
            if (free || step == 39) {
                mark.at = {at, std::clamp(candidate.y(), plot.top() + 4, plot.bottom() - 4)};
                break;
            }
        }
        taken.push_back(mark.at);
    }
}

void StripChart::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
}

void StripChart::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::of(this);
    QPainter painter(this);
    const QRectF plot = area();
    painter.setFont(typeFont(Type::Caption));
    if (m_marks.empty() && m_missing.empty()) {
        painter.setPen(tokens.muted);
        painter.drawText(rect(), Qt::AlignCenter,
                         m_fleet.hasSample() ? tr("No server has this figure") : tr("No sample yet"));
        return;
    }
    const QColor band = Tokens::blend(tokens.track, tokens.panel, 0.7);
    if (m_marks.size() > 2)
        painter.fillRect(QRectF(QPointF(x(m_bandLow), plot.top()), QPointF(x(m_bandHigh), plot.bottom())), band);
    double lastLabel = -100;
    if (m_marks.empty()) {
        painter.setPen(tokens.muted);
        painter.drawText(plot, Qt::AlignCenter, tr("No server tells %1 now").arg(metricTitle(m_metric)));
    }
    const int wanted = m_marks.empty() ? 0 : std::max(3, static_cast<int>(plot.width() / 110));
    for (const double tick : wanted > 0 ? m_scale.ticks(wanted) : std::vector<double>()) {
        const double at = std::round(x(tick)) + 0.5;
        painter.setPen(tokens.border);
        painter.drawLine(QPointF(at, plot.top()), QPointF(at, plot.bottom()));
        const QString text = shortened(metricText(m_metric, tick));
        const double half = tabularWidth(QFontMetricsF(painter.font()), text) / 2;
        const double center = std::max(at, plot.left() - 12 + half);
        if (center - half < lastLabel + 8)
            continue;
        painter.setPen(tokens.muted);
        drawTabular(&painter, QRectF(center - 50, plot.bottom() + 4, 100, 16), Qt::AlignHCenter, text);
        lastLabel = center + half;
    }
    painter.setPen(tokens.control);
    painter.drawLine(QPointF(plot.left(), plot.bottom() + 0.5), QPointF(plot.right(), plot.bottom() + 0.5));
    if (m_marks.size() > 2) {
        painter.setPen(QPen(tokens.text, 1.5));
        painter.drawLine(QPointF(x(m_median), plot.top()), QPointF(x(m_median), plot.bottom()));
        painter.setPen(tokens.muted);
        const QString words = m_bandHigh > m_median
            ? tr("median %1, band ± 3 MAD (to %2)")
                  .arg(metricText(m_metric, m_median), metricText(m_metric, m_bandHigh))
            : tr("median %1").arg(metricText(m_metric, m_median));
        const double wide = tabularWidth(QFontMetricsF(painter.font()), words);
        const double start = std::min(x(m_median) + 8, plot.right() - wide);
        drawTabular(&painter, QRectF(std::max(plot.left(), start), 0, wide + 4, 16), Qt::AlignLeft, words);
    }
    std::vector<QRectF> used;
    for (const Mark &mark : m_marks)
        used.emplace_back(mark.at.x() - 6, mark.at.y() - 6, 12, 12);
    for (size_t i = 0; i < m_marks.size(); ++i) {
        const Mark &mark = m_marks[i];
        const QRectF box(mark.at.x() - 6, mark.at.y() - 6, 12, 12);
        const bool worst = mark.condition == Condition::Worst;
        if (mark.condition == Condition::Healthy) {
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(QPen(tokens.panel, 1));
            painter.setBrush(Tokens::blend(tokens.muted, tokens.panel, 0.75));
            painter.drawEllipse(mark.at, markSize / 2, markSize / 2);
            painter.setRenderHint(QPainter::Antialiasing, false);
        } else {
            paintPip(&painter, box, mark.condition, tokens, worst ? 12 : 9);
        }
        if (static_cast<int>(i) == m_current && hasFocus())
            Style::paintFocusRing(&painter, box.adjusted(-3, -3, 3, 3), tokens, 8);
    }
    // Names of the far ones, right of their mark where nothing else is; the farthest first.
    for (size_t i = m_marks.size(); i-- > 0;) {
        const Mark &mark = m_marks[i];
        if (!mark.named)
            continue;
        const QString text = mark.server % u' ' % metricText(m_metric, mark.value)
            % (m_median > 0 && mark.value >= 1.5 * m_median && comparedByFactor(m_metric)
                   ? QStringLiteral(", ") % format::factor(mark.value / m_median)
                   : QString());
        const double wide = tabularWidth(QFontMetricsF(painter.font()), text) + 6;
        QRectF place(mark.at.x() + 10, mark.at.y() - 7, wide, 14);
        bool fits = false;
        for (const QPointF shift :
             {QPointF(0, 0), QPointF(-wide - 20, 0), QPointF(-wide / 2 - 10, 14), QPointF(-wide / 2 - 10, -14)}) {
            const QRectF tried = place.translated(shift);
            const bool inside = tried.left() >= plot.left() && tried.right() <= plot.right() + 14
                && tried.top() >= plot.top() - 2 && tried.bottom() <= plot.bottom();
            const bool clear =
                std::none_of(used.begin(), used.end(), [&](const QRectF &other) { return other.intersects(tried); });
            if (inside && clear) {
                place = tried;
                fits = true;
                break;
            }
        }
        if (!fits)
            continue;
        used.push_back(place);
        painter.setPen(mark.condition == Condition::Worst ? tokens.bad : tokens.text);
        drawTabular(&painter, place, Qt::AlignLeft, text);
    }
    if (m_missing.empty())
        return;
    const double side = plot.right() + 14;
    painter.setPen(tokens.border);
    painter.drawLine(QPointF(side, plot.top() - 12), QPointF(side, plot.bottom()));
    painter.setPen(tokens.muted);
    painter.drawText(QRectF(side + 8, 0, sideRoom, 16), Qt::AlignLeft | Qt::AlignVCenter, tr("no value"));
    double top = 18;
    const auto room = static_cast<size_t>(std::max(1.0, (plot.bottom() - top) / 16));
    for (size_t i = 0; i < m_missing.size(); ++i) {
        if (i + 1 == room && m_missing.size() > room) {
            painter.setPen(tokens.muted);
            painter.drawText(QRectF(side + 8, top, sideRoom - 8, 16), Qt::AlignLeft | Qt::AlignVCenter,
                             tr("and %1 more").arg(m_missing.size() - i));
            break;
        }
        paintPip(&painter, QRectF(side + 6, top, 14, 16), m_missing[i].condition, tokens, 9);
        painter.setPen(tokens.text);
        drawTabular(&painter, QRectF(side + 24, top, sideRoom - 24, 16), Qt::AlignLeft,
                    m_missing[i].server % u' ' % m_missing[i].why);
        top += 16;
    }
}

int StripChart::markAt(const QPointF &point) const
{
    for (size_t i = 0; i < m_marks.size(); ++i) {
        if (QLineF(m_marks[i].at, point).length() <= 7)
            return static_cast<int>(i);
    }
    return -1;
}

void StripChart::mousePressEvent(QMouseEvent *event)
{
    m_current = markAt(event->position());
    if (m_current >= 0)
        Q_EMIT serverChosen(m_marks[static_cast<size_t>(m_current)].server);
    update();
}

void StripChart::keyPressEvent(QKeyEvent *event)
{
    const int count = static_cast<int>(m_marks.size());
    if (count > 0 && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)) {
        const int step = event->key() == Qt::Key_Left ? -1 : 1;
        m_current = m_current < 0 ? count - 1 : std::clamp(m_current + step, 0, count - 1);
        const Mark &mark = m_marks[static_cast<size_t>(m_current)];
        QToolTip::showText(mapToGlobal(mark.at.toPoint()), mark.server % u' ' % metricText(m_metric, mark.value), this);
        update();
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_current >= 0 && m_current < count) {
        Q_EMIT serverChosen(m_marks[static_cast<size_t>(m_current)].server);
        return;
    }
    QWidget::keyPressEvent(event);
}

bool StripChart::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const int mark = markAt(help->pos());
        if (mark < 0) {
            QToolTip::hideText();
        } else {
            const Mark &hit = m_marks[static_cast<size_t>(mark)];
            QToolTip::showText(
                help->globalPos(),
                tr("%1, %2: %3").arg(hit.server, conditionWord(hit.condition), metricText(m_metric, hit.value)), this);
        }
        return true;
    }
    return QWidget::event(event);
}

void StripChart::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

} // namespace shardhelm::ui
