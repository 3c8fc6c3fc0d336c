// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/figurecurve.h"

#include "charts/axisscale.h"
#include "charts/timeaxis.h"
#include "charts/timewindow.h"
#include "common/pip.h"
#include "common/text.h"
#include "theme/fonts.h"

#include <QPainter>
#include <QSizePolicy>

#include <algorithm>
#include <cmath>

namespace shardhelm::ui {

namespace {

/// At most `limit` points: the median of each stretch, so that noise does not fill the small picture. A stretch without
/// any value stays a gap; the last point stays as it is.
std::vector<FleetHistory::Point> thinned(const std::vector<FleetHistory::Point> &points, size_t limit)
{
    if (points.size() <= limit)
        return points;
    const size_t stride = (points.size() + limit - 1) / limit;
    std::vector<FleetHistory::Point> result;
    for (size_t start = 0; start < points.size(); start += stride) {
        const size_t end = std::min(points.size(), start + stride);
        std::vector<double> values;
        for (size_t i = start; i < end; ++i) {
            if (std::isfinite(points[i].value))
                values.push_back(points[i].value);
        }
        if (values.empty()) {
            result.push_back(points[end - 1]);
            continue;
        }
        const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
        std::nth_element(values.begin(), middle, values.end());
        result.push_back({points[end - 1].seconds, *middle});
    }
    result.back().value = points.back().value;
    return result;
}

} // namespace

FigureCurve::FigureCurve(const Fleet &fleet, Metric metric, QWidget *parent)
    : QWidget(parent)
    , m_fleet(fleet)
    , m_metric(metric)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void FigureCurve::present(const QString &server)
{
    m_server = server;
    const monitor::ServerSample *sample = m_fleet.server(server);
    const auto figure = sample ? metricValue(*sample, m_metric) : monitor::Figure<double>{};
    setAccessibleName(
        tr("%1 of %2: %3")
            .arg(metricTitle(m_metric), server, figure.value ? metricText(m_metric, *figure.value) : tr("unknown")));
    update();
}

void FigureCurve::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::of(this);
    const monitor::ServerSample *sample = m_fleet.server(m_server);
    if (!sample)
        return;
    QPainter painter(this);
    const double inner = width() - 20;
    painter.fillRect(QRectF(0, 0, 1, height()), tokens.border);
    painter.setFont(typeFont(Type::Caption));
    painter.setPen(tokens.muted);
    painter.drawText(QRectF(10, 10, inner, 14), Qt::AlignLeft | Qt::AlignVCenter, metricTitle(m_metric));

    const Condition condition = m_fleet.condition(m_server);
    const bool old = condition == Condition::Down || condition == Condition::Stale;
    const auto figure = metricValue(*sample, m_metric);
    QString value = tr("unknown");
    bool known = false;
    if (figure.notPermitted) {
        value = tr("not permitted");
    } else if (figure.value) {
        value = metricText(m_metric, *figure.value);
        if (m_metric == Metric::Connections && sample->maxConnections.value)
            value = tr("%1 of %2").arg(value).arg(*sample->maxConnections.value);
        known = true;
    }
    painter.setFont(typeFont(known ? Type::Heading : Type::Body));
    painter.setPen(known && !old ? tokens.text : tokens.stale);
    drawTabular(&painter, QRectF(10, 26, inner, 24), Qt::AlignLeft, value);

    const auto median = m_fleet.summary().median(m_metric);
    painter.setFont(typeFont(Type::Caption));
    painter.setPen(tokens.muted);
    const QString below = old && known ? tr("last value")
        : median                       ? tr("fleet median %1").arg(metricText(m_metric, *median))
                                       : QString();
    drawTabular(&painter, QRectF(10, 50, inner, 14), Qt::AlignLeft, below);

    const double to = static_cast<double>(m_fleet.sample().at.toMSecsSinceEpoch()) / 1000;
    const double from = TimeWindow::liveStart(m_fleet, to);
    const auto points =
        thinned(m_fleet.history().series(m_server, m_metric, from), static_cast<size_t>(std::max(8.0, inner / 1.5)));
    const QRectF plot(10, 72, inner, height() - 72.0 - 22);
    if (plot.height() < 16)
        return;
    double high = median.value_or(0);
    double low = median && *median > 0 ? *median : std::numeric_limits<double>::infinity();
    for (const auto &point : points) {
        if (!std::isfinite(point.value))
            continue;
        high = std::max(high, point.value);
        if (point.value > 0)
            low = std::min(low, point.value);
    }
    const AxisScale scale(std::isfinite(low) ? low : 0, high, m_metric == Metric::P99);
    const auto y = [&](double at) { return plot.bottom() - std::clamp(scale.place(at), 0.0, 1.0) * plot.height(); };
    const auto x = [&](double at) { return plot.left() + (at - from) / (to - from) * plot.width(); };
    if (median && !scale.isLogarithmic() && high <= 0)
        painter.fillRect(QRectF(plot.left(), plot.bottom() - 1, plot.width(), 1), tokens.track);
    else if (median)
        painter.fillRect(QRectF(plot.left(), y(*median) - 2.5, plot.width(), 5), tokens.track);
    painter.setPen(tokens.border);
    painter.drawLine(QPointF(plot.left(), plot.bottom() + 0.5), QPointF(plot.right(), plot.bottom() + 0.5));
    painter.setPen(tokens.muted);
    const auto ticks = timeTicks(from, to, 2);
    for (const TimeTick &tick : ticks) {
        const double half = tabularWidth(QFontMetricsF(painter.font()), tick.text) / 2;
        const double center = std::clamp(x(tick.seconds), plot.left() + half, plot.right() - half);
        drawTabular(&painter, QRectF(center - 30, plot.bottom() + 4, 60, 14), Qt::AlignHCenter, tick.text);
    }

    const Rank *rank = m_fleet.rank(m_server);
    const bool marked = rank && (m_fleet.ranking().front().server == m_server)
        && (rank->condition == Condition::Worst || rank->condition == Condition::Down);
    const QColor ink = old ? tokens.stale : marked ? tokens.bad : tokens.muted;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(ink, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    QPolygonF run;
    for (const auto &point : points) {
        if (!std::isfinite(point.value)) {
            painter.drawPolyline(run);
            run.clear();
            continue;
        }
        run << QPointF(x(point.seconds), y(point.value));
    }
    painter.drawPolyline(run);
    const bool any = std::any_of(points.begin(), points.end(), [](const auto &p) { return std::isfinite(p.value); });
    if (!any) {
        painter.setPen(tokens.muted);
        painter.setFont(typeFont(Type::Caption));
        painter.drawText(plot, Qt::AlignCenter, tr("no value in this time"));
        return;
    }
    if (!run.isEmpty()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink);
        painter.drawEllipse(run.last(), 2.8, 2.8);
    }
}

} // namespace shardhelm::ui
