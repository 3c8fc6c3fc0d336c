// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/fleetchart.h"

#include "charts/axisscale.h"
#include "charts/comparison.h"
#include "charts/endlabels.h"
#include "charts/fleetcurves.h"
#include "charts/qcustomplotheader.h"
#include "charts/timeaxis.h"
#include "charts/timewindow.h"
#include "cluster/shorttext.h"
#include "common/text.h"
#include "theme/fonts.h"
#include "theme/tokens.h"

#include <QEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QResizeEvent>
#include <QSharedPointer>

#include <algorithm>
#include <cmath>

namespace shardhelm::ui {

namespace {

constexpr int left = 52;
constexpr int right = 128;
constexpr int top = 8;
constexpr int bottom = 20;
constexpr size_t mostLabels = 5;
constexpr double reach = 24; ///< px from a curve within which the mouse means it

} // namespace

struct FleetChart::Plot
{
    QCustomPlot *canvas = nullptr;
    TimeOverlay *overlay = nullptr;
    AxisScale scale;
    FleetGrid grid;
    FleetCurves curves;
    std::vector<EndLabel> labels;
    QString more;
};

FleetChart::FleetChart(const Fleet &fleet, QWidget *parent)
    : FleetChart(fleet, *new TimeWindow(fleet), parent)
{
    m_window.setParent(this);
}

FleetChart::FleetChart(const Fleet &fleet, TimeWindow &window, QWidget *parent)
    : QWidget(parent)
    , m_fleet(fleet)
    , m_window(window)
    , m_plot(std::make_unique<Plot>())
{
    setMinimumHeight(96);
    setFocusPolicy(Qt::StrongFocus);
    m_plot->overlay = new TimeOverlay(window, this);
    connect(m_plot->overlay, &TimeOverlay::pointed, this, &FleetChart::point);
    connect(m_plot->overlay, &TimeOverlay::left, this, [this] { m_plot->overlay->setPointedText({}, {}); });
    connect(m_plot->overlay, &TimeOverlay::clicked, this,
            [this](const QPointF &at) { Q_EMIT serverChosen(serverAt(at)); });
    // A live window changes with every sample, once the fleet has taken it in.
    connect(&window, &TimeWindow::changed, this, &FleetChart::refresh);
}

FleetChart::~FleetChart() = default;

bool FleetChart::isLogarithmic() const
{
    return m_plot->scale.isLogarithmic();
}

int FleetChart::servers() const
{
    return m_plot->curves.servers;
}

QString FleetChart::spanNote() const
{
    return m_window.note();
}

QRect FleetChart::plotArea() const
{
    return {left, top, std::max(10, width() - left - right), std::max(10, height() - top - bottom)};
}

void FleetChart::setMetric(Metric metric)
{
    if (m_metric == metric)
        return;
    m_metric = metric;
    refresh();
}

void FleetChart::setServer(const QString &server)
{
    if (m_server == server)
        return;
    m_server = server;
    refresh();
}

void FleetChart::setMarks(std::vector<TimeMark> marks)
{
    m_plot->overlay->setMarks(std::move(marks));
}

void FleetChart::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

void FleetChart::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layoutPlot();
    refresh();
}

void FleetChart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        refresh();
}

void FleetChart::keyPressEvent(QKeyEvent *event)
{
    if (!TimeOverlay::handleKey(*event, m_window))
        QWidget::keyPressEvent(event);
}

QString FleetChart::serverAt(const QPointF &at) const
{
    const QRect area = plotArea();
    const double seconds = m_window.from() + at.x() / area.width() * (m_window.to() - m_window.from());
    const auto distance = [&](double value) {
        return std::abs((1 - m_plot->scale.place(value)) * area.height() - at.y());
    };
    const FleetCurves::Curve *curve = m_plot->curves.nearest(seconds, distance);
    const auto value = curve ? FleetCurves::valueAt(*curve, seconds) : std::nullopt;
    return value && distance(*value) <= reach ? curve->server : QString();
}

void FleetChart::point(const QPointF &at)
{
    const QString server = serverAt(at);
    const auto &curves = m_plot->curves.curves;
    const auto curve =
        std::find_if(curves.begin(), curves.end(), [&](const FleetCurves::Curve &c) { return c.server == server; });
    const double seconds = m_window.cursor().value_or(m_window.to());
    const auto value = curve == curves.end() ? std::nullopt : FleetCurves::valueAt(*curve, seconds);
    m_plot->overlay->setPointedText(value ? server % u' ' % metricText(m_metric, *value) : QString(), at);
}

void FleetChart::layoutPlot()
{
    if (m_plot->canvas)
        m_plot->canvas->setGeometry(plotArea());
    m_plot->overlay->setGeometry(plotArea());
}

void FleetChart::build()
{
    auto *canvas = new QCustomPlot(this);
    m_plot->canvas = canvas;
    canvas->setAttribute(Qt::WA_TransparentForMouseEvents);
    canvas->setFocusPolicy(Qt::NoFocus);
    canvas->axisRect()->setAutoMargins(QCP::msNone);
    canvas->axisRect()->setMargins(QMargins(0, 0, 0, 0));
    canvas->xAxis->setVisible(false);
    canvas->xAxis->grid()->setVisible(false);
    // Only the lines of the grid: words and marks are painted outside of the canvas.
    canvas->yAxis->setTickLabels(false);
    canvas->yAxis->setBasePen(Qt::NoPen);
    canvas->yAxis->setTickPen(Qt::NoPen);
    canvas->yAxis->setSubTicks(false);
    canvas->setNotAntialiasedElements(QCP::aeAll);
    canvas->setAntialiasedElements(QCP::aePlottables);
    canvas->setPlottingHints(QCP::phFastPolylines | QCP::phCacheLabels);
    layoutPlot();
    canvas->show();
    m_plot->overlay->raise();
}

void FleetChart::refresh()
{
    // Nobody looks: the next showEvent catches up.
    if (!isVisible())
        return;
    if (!m_plot->canvas)
        build();
    m_plot->curves =
        fleetCurves(m_fleet, m_metric, m_window.from(), m_window.to(), plotArea().width(), m_server, m_plot->grid);
    m_plot->scale = AxisScale(m_plot->curves.low, m_plot->curves.high, comparedByFactor(m_metric), axisSteps(m_metric));
    drawCurves();
    chooseLabels();
    setAccessibleName(tr("%1 over time").arg(metricTitle(m_metric)));
    setAccessibleDescription(m_summary);
    // It is opaque, and would hide the words that stand in for the curves.
    m_plot->canvas->setVisible(!m_plot->curves.curves.empty() || !m_plot->curves.bandHigh.empty());
    m_plot->canvas->replot(QCustomPlot::rpQueuedReplot);
    update();
}

void FleetChart::drawCurves()
{
    const Tokens &tokens = Tokens::of(this);
    const FleetCurves &curves = m_plot->curves;
    QCustomPlot *canvas = m_plot->canvas;
    canvas->clearPlottables();
    canvas->setBackground(tokens.panel);
    canvas->xAxis->setRange(m_window.from(), m_window.to());
    canvas->yAxis->setRange(0, 1);
    const QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    for (const double tick : curves.servers == 0 ? std::vector<double>() : m_plot->scale.ticks(3))
        ticker->addTick(m_plot->scale.place(tick), QString());
    canvas->yAxis->setTicker(ticker);
    canvas->yAxis->grid()->setPen(QPen(tokens.border, 1));
    canvas->yAxis->grid()->setZeroLinePen(Qt::NoPen);

    const auto draw = [&](const std::vector<FleetHistory::Point> &points, const QPen &pen) {
        QVector<double> x;
        QVector<double> y;
        x.reserve(static_cast<qsizetype>(points.size()));
        y.reserve(static_cast<qsizetype>(points.size()));
        for (const auto &point : points) {
            x << point.seconds;
            y << (std::isfinite(point.value) ? m_plot->scale.place(point.value) : qQNaN());
        }
        QCPGraph *graph = canvas->addGraph();
        graph->setPen(pen);
        graph->setData(x, y, true);
        return graph;
    };
    const QColor grey = Tokens::blend(tokens.muted, tokens.panel, tokens.scheme == Scheme::HighContrast ? 0.8 : 0.5);
    if (!curves.bandHigh.empty()) {
        QCPGraph *low = draw(curves.bandLow, QPen(Qt::NoPen));
        QCPGraph *high = draw(curves.bandHigh, QPen(Qt::NoPen));
        high->setBrush(tokens.track);
        high->setChannelFillGraph(low);
    }
    for (const FleetCurves::Curve &curve : curves.curves) {
        if (!curve.chosen)
            draw(curve.points, QPen(grey, 1));
    }
    if (!curves.median.empty())
        draw(curves.median, QPen(tokens.muted, 1.6));
    for (const FleetCurves::Curve &curve : curves.curves) {
        if (curve.chosen)
            draw(curve.points, QPen(m_server.isEmpty() ? tokens.bad : tokens.accent, 2));
    }
}

void FleetChart::chooseLabels()
{
    // The one that is looked at, then what is at least twice the median, then the median itself.
    const FleetCurves &curves = m_plot->curves;
    m_plot->labels.clear();
    m_plot->more.clear();
    std::vector<EndLabel> outside;
    for (const FleetCurves::Curve &curve : curves.curves) {
        if (!curve.now)
            continue;
        const EndLabel label{*curve.now, curve.server, metricText(m_metric, *curve.now), curve.chosen, true};
        const bool far = curves.medianNow.value_or(0) > 0 && *curve.now >= 2 * *curves.medianNow;
        if (label.chosen)
            m_plot->labels.push_back(label);
        else if (curves.curves.size() <= mostLabels || far)
            outside.push_back(label);
    }
    std::sort(outside.begin(), outside.end(), [](const EndLabel &a, const EndLabel &b) { return a.value > b.value; });
    if (m_server.isEmpty()) {
        for (size_t i = 0; i < std::min(outside.size(), mostLabels); ++i)
            m_plot->labels.push_back(outside[i]);
        if (outside.size() > mostLabels)
            m_plot->more = tr("and %1 more").arg(outside.size() - mostLabels);
    }
    if (!curves.median.empty() && curves.medianNow)
        m_plot->labels.push_back(
            {*curves.medianNow, tr("median"), metricText(m_metric, *curves.medianNow), false, false});
    QStringList said;
    for (const EndLabel &label : m_plot->labels)
        said << label.name % u' ' % label.figure;
    m_summary = said.join(QStringLiteral(", "));
}

void FleetChart::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::of(this);
    QPainter painter(this);
    const QRectF area = plotArea();
    const auto y = [&](double value) { return area.bottom() - m_plot->scale.place(value) * area.height(); };
    painter.setFont(typeFont(Type::Caption));
    const bool empty = m_plot->curves.servers == 0;
    if (empty) {
        painter.setPen(tokens.muted);
        painter.drawText(QRectF(0, area.top(), width(), area.height()), Qt::AlignCenter,
                         m_fleet.hasSample() ? tr("No server told %1 in this time").arg(metricTitle(m_metric))
                                             : tr("No sample yet"));
    }
    // Without values the scale says nothing; the time does.
    for (const double tick : empty ? std::vector<double>() : m_plot->scale.ticks(3)) {
        const double at = std::round(y(tick)) + 0.5;
        if (at < area.top() - 1)
            continue;
        painter.setPen(tokens.border);
        painter.drawLine(QPointF(left - 4, at), QPointF(left, at));
        painter.setPen(tokens.muted);
        drawTabular(&painter, QRectF(0, at - 8, left - 8, 16), Qt::AlignRight, shortened(metricText(m_metric, tick)));
    }
    paintTimeAxis(painter, area, m_window.from(), m_window.to(), tokens);
    paintEndLabels(painter, area, right, m_plot->labels, y, m_server.isEmpty() ? tokens.bad : tokens.accent,
                   tokens.text, tokens.muted);
    if (!m_plot->more.isEmpty()) {
        painter.setFont(typeFont(Type::Caption));
        painter.setPen(tokens.muted);
        painter.drawText(QRectF(area.right() + 10, area.bottom() + 2, right - 14, 16), Qt::AlignLeft, m_plot->more);
    }
    if (hasFocus()) {
        painter.setPen(QPen(tokens.accent, 2));
        painter.drawRect(area.adjusted(0, 0, 0, 0));
    }
}

} // namespace shardhelm::ui
