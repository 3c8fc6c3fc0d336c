// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/curvestack.h"

#include "charts/axisscale.h"
#include "charts/comparison.h"
#include "charts/timeaxis.h"
#include "common/text.h"
#include "theme/fonts.h"
#include "theme/tokens.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <cmath>
#include <limits>

namespace shardhelm::ui {

namespace {

constexpr int stripHeight = 58;
constexpr int labelWidth = 190;
constexpr int scaleWidth = 64;

} // namespace

CurveStack::CurveStack(const Fleet &fleet, TimeWindow &window, QWidget *parent)
    : QWidget(parent)
    , m_fleet(fleet)
    , m_window(window)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Curves"));
    connect(&window, &TimeWindow::changed, this, &CurveStack::refresh);
    connect(&window, &TimeWindow::cursorChanged, this, qOverload<>(&QWidget::update));
    connect(&fleet, &Fleet::sampled, this, &CurveStack::refresh);
}

int CurveStack::plotLeft() const
{
    return labelWidth + 10;
}

int CurveStack::plotRight() const
{
    return std::max(plotLeft() + 20, width() - scaleWidth);
}

void CurveStack::setServer(const QString &server)
{
    m_server = server;
    refresh();
}

void CurveStack::setMetrics(const std::vector<Metric> &metrics)
{
    m_strips.clear();
    for (const Metric metric : metrics) {
        m_strips.emplace_back();
        m_strips.back().metric = metric;
        m_strips.back().grid.setMetric(metric);
    }
    setMinimumHeight(stripHeight * static_cast<int>(metrics.size()));
    refresh();
}

void CurveStack::refresh()
{
    for (Strip &strip : m_strips)
        strip.columns = -1;
    if (!isVisible())
        return;
    QStringList said;
    if (const monitor::ServerSample *sample = m_fleet.server(m_server)) {
        for (const Strip &strip : m_strips) {
            const Metric metric = strip.metric;
            const auto figure = metricValue(*sample, metric);
            said << metricTitle(metric) % u' '
                    % (figure.value              ? metricText(metric, *figure.value)
                           : figure.notPermitted ? tr("not permitted")
                                                 : tr("unknown"));
        }
    }
    setAccessibleDescription(said.join(QStringLiteral(", ")));
    update();
}

double CurveStack::secondsAt(double x) const
{
    const double share = (x - plotLeft()) / std::max(1, plotRight() - plotLeft());
    return m_window.from() + std::clamp(share, 0.0, 1.0) * (m_window.to() - m_window.from());
}

void CurveStack::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    for (size_t i = 0; i < m_strips.size(); ++i) {
        const QRectF area(0, static_cast<double>(i) * stripHeight, width(), stripHeight);
        if (area.intersects(QRectF(event->rect())))
            paintStrip(painter, m_strips[i], area);
    }
    if (hasFocus()) {
        painter.setPen(QPen(Tokens::of(this).accent, 2));
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
}

void CurveStack::paintStrip(QPainter &painter, Strip &shown, const QRectF &strip)
{
    const Metric metric = shown.metric;
    const Tokens &tokens = Tokens::of(this);
    const monitor::ServerSample *sample = m_fleet.server(m_server);
    const QRectF plot(plotLeft(), strip.top() + 6, plotRight() - plotLeft(), strip.height() - 12);
    painter.fillRect(QRectF(strip.left(), strip.bottom() - 1, strip.width(), 1), tokens.border);
    const int columns = static_cast<int>(plot.width());
    if (shown.columns != columns) {
        shown.curves = fleetCurves(m_fleet, metric, m_window.from(), m_window.to(), columns, m_server, shown.grid);
        shown.columns = columns;
    }
    const FleetCurves &curves = shown.curves;
    const FleetCurves::Curve *own = nullptr;
    for (const FleetCurves::Curve &curve : curves.curves) {
        if (curve.server == m_server)
            own = &curve;
    }

    // What it is, how much now or at the moment pointed at, and what is usual.
    painter.setFont(typeFont(Type::Small));
    painter.setPen(tokens.muted);
    drawTabular(&painter, QRectF(10, strip.top() + 4, labelWidth - 10, 16), Qt::AlignLeft, metricTitle(metric));
    std::optional<double> value;
    if (m_window.cursor() && own)
        value = FleetCurves::valueAt(*own, *m_window.cursor());
    else if (sample)
        value = metricValue(*sample, metric).value;
    const bool hidden = sample && metricValue(*sample, metric).notPermitted;
    painter.setFont(typeFont(value ? Type::Value : Type::Small));
    painter.setPen(value ? tokens.text : tokens.stale);
    drawTabular(&painter, QRectF(10, strip.top() + 19, labelWidth - 10, 20), Qt::AlignLeft,
                value        ? metricText(metric, *value)
                    : hidden ? tr("not permitted")
                             : tr("unknown"));
    painter.setFont(typeFont(Type::Caption));
    painter.setPen(tokens.muted);
    if (curves.medianNow)
        drawTabular(&painter, QRectF(10, strip.top() + 38, labelWidth - 10, 15), Qt::AlignLeft,
                    tr("fleet median %1").arg(metricText(metric, *curves.medianNow)));

    double low = std::numeric_limits<double>::infinity();
    double high = 0;
    const auto widen = [&](const std::vector<FleetHistory::Point> &points) {
        for (const auto &point : points) {
            if (!std::isfinite(point.value))
                continue;
            high = std::max(high, point.value);
            if (point.value > 0)
                low = std::min(low, point.value);
        }
    };
    if (own)
        widen(own->points);
    widen(curves.median);
    if (!own || !std::isfinite(low)) {
        painter.setPen(tokens.border);
        painter.drawLine(QPointF(plot.left(), plot.bottom()), QPointF(plot.right(), plot.bottom()));
    }
    if (!own) {
        painter.setPen(tokens.muted);
        painter.drawText(plot, Qt::AlignCenter, tr("no value in this time"));
        return;
    }
    const AxisScale scale(std::isfinite(low) ? low : 0, high, comparedByFactor(metric), axisSteps(metric));
    const double span = std::max(1e-3, m_window.to() - m_window.from());
    const auto x = [&](double seconds) { return plot.left() + (seconds - m_window.from()) / span * plot.width(); };
    const auto y = [&](double v) { return plot.bottom() - std::clamp(scale.place(v), 0.0, 1.0) * plot.height(); };
    const auto draw = [&](const std::vector<FleetHistory::Point> &points, const QPen &pen) {
        painter.setPen(pen);
        QPolygonF run;
        for (const auto &point : points) {
            if (std::isfinite(point.value)) {
                run << QPointF(x(point.seconds), y(point.value));
                continue;
            }
            painter.drawPolyline(run); // gaps stay gaps
            run.clear();
        }
        painter.drawPolyline(run);
    };
    painter.save();
    painter.setClipRect(plot.adjusted(-1, -3, 1, 3));
    painter.setRenderHint(QPainter::Antialiasing);
    draw(curves.median, QPen(tokens.control, 1, Qt::DashLine));
    const Condition condition = m_fleet.condition(m_server);
    const bool worst = condition == Condition::Worst;
    const Rank *rank = m_fleet.rank(m_server);
    const bool found = rank
        && std::any_of(rank->findings.begin(), rank->findings.end(),
                       [metric](const Finding &finding) { return finding.metric == metric; });
    draw(own->points, QPen(worst && found ? tokens.bad : tokens.text, worst && found ? 2 : 1.4));
    if (m_window.cursor()) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(QPen(tokens.accent, 1));
        painter.drawLine(QPointF(x(*m_window.cursor()), plot.top() - 3),
                         QPointF(x(*m_window.cursor()), plot.bottom() + 3));
    }
    painter.restore();
    painter.setFont(typeFont(Type::Caption));
    painter.setPen(tokens.muted);
    const QRectF right(plot.right() + 6, plot.top() - 5, scaleWidth - 8, 14);
    drawTabular(&painter, right, Qt::AlignLeft, metricText(metric, scale.high()));
    drawTabular(&painter, right.translated(0, plot.height() - 4), Qt::AlignLeft,
                scale.isLogarithmic() ? tr("%1, log").arg(metricText(metric, scale.low()))
                                      : metricText(metric, scale.low()));
}

void CurveStack::mouseMoveEvent(QMouseEvent *event)
{
    const double at = event->position().x();
    m_window.setCursor(at >= plotLeft() && at <= plotRight() ? std::optional(secondsAt(at)) : std::nullopt);
}

void CurveStack::leaveEvent(QEvent *)
{
    m_window.setCursor(std::nullopt);
}

void CurveStack::wheelEvent(QWheelEvent *event)
{
    if (!event->modifiers().testFlag(Qt::ControlModifier)) {
        event->ignore(); // scrolls
        return;
    }
    m_window.zoom(event->angleDelta().y() > 0 ? 0.8 : 1.25, secondsAt(event->position().x()));
    event->accept();
}

void CurveStack::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        m_window.pan(-0.1);
        return;
    case Qt::Key_Right:
        m_window.pan(0.1);
        return;
    case Qt::Key_Escape:
        m_window.release();
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

CurveAxis::CurveAxis(const CurveStack &stack, TimeWindow &window, QWidget *parent)
    : QWidget(parent)
    , m_stack(stack)
    , m_window(window)
{
    setFixedHeight(22);
    connect(&window, &TimeWindow::changed, this, qOverload<>(&QWidget::update));
}

void CurveAxis::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(typeFont(Type::Caption));
    const QRectF area(m_stack.plotLeft(), -1, m_stack.plotRight() - m_stack.plotLeft(), 2);
    paintTimeAxis(painter, area, m_window.from(), m_window.to(), Tokens::of(this));
}

} // namespace shardhelm::ui
