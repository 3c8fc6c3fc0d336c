// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/fleetchart.h"

#include "charts/axisscale.h"
#include "charts/qcustomplotheader.h"
#include "charts/timeaxis.h"
#include "cluster/median.h"
#include "cluster/shorttext.h"
#include "common/text.h"
#include "theme/fonts.h"
#include "theme/tokens.h"

#include <QEvent>
#include <QPainter>
#include <QResizeEvent>
#include <QSharedPointer>
#include <QShowEvent>

#include <algorithm>
#include <cmath>

namespace shardhelm::ui {

namespace {

constexpr int left = 52;
constexpr int right = 128;
constexpr int top = 8;
constexpr int bottom = 20;
constexpr size_t mostCurves = 200;
constexpr size_t mostLabels = 5;

/// A name beside the end of a curve.
struct EndLabel
{
    double value = 0;
    QString name;
    QString figure;
    bool worst = false;
    bool strong = false;
};

bool comparedByFactor(Metric metric)
{
    return metric != Metric::CacheHit && metric != Metric::Blocked && metric != Metric::Connections
        && metric != Metric::ActiveConnections;
}

} // namespace

struct FleetChart::Plot
{
    QCustomPlot *canvas = nullptr;
    AxisScale scale;
    double from = 0;
    double to = 1;
    std::vector<EndLabel> labels;
    QString more;
    std::vector<QString> names; // of the graphs, by index
};

FleetChart::FleetChart(const Fleet &fleet, QWidget *parent)
    : QWidget(parent)
    , m_fleet(fleet)
    , m_plot(std::make_unique<Plot>())
{
    setMinimumHeight(96);
    setAttribute(Qt::WA_OpaquePaintEvent, false);
    connect(&fleet, &Fleet::sampled, this, &FleetChart::refresh);
    connect(&fleet, &Fleet::spanChanged, this, &FleetChart::refresh);
}

FleetChart::~FleetChart() = default;

bool FleetChart::isLogarithmic() const
{
    return m_plot->scale.isLogarithmic();
}

QString FleetChart::spanNote() const
{
    return chartSpanNote(m_fleet, m_plot->to);
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

void FleetChart::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

void FleetChart::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layoutPlot();
}

void FleetChart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        refresh();
}

void FleetChart::layoutPlot()
{
    if (m_plot->canvas)
        m_plot->canvas->setGeometry(left, top, std::max(10, width() - left - right),
                                    std::max(10, height() - top - bottom));
}

void FleetChart::refresh()
{
    // Nobody looks: the next showEvent catches up.
    if (!isVisible())
        return;
    if (!m_plot->canvas) {
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
    }
    const Tokens &tokens = Tokens::of(this);
    QCustomPlot *canvas = m_plot->canvas;
    canvas->clearPlottables();
    canvas->setBackground(tokens.panel);
    m_plot->names.clear();
    m_plot->labels.clear();
    m_plot->more.clear();

    const monitor::FleetSample &sample = m_fleet.sample();
    m_plot->to = sample.at.isValid() ? static_cast<double>(sample.at.toMSecsSinceEpoch()) / 1000
                                     : static_cast<double>(QDateTime::currentSecsSinceEpoch());
    m_plot->from = chartStart(m_fleet, m_plot->to);

    std::vector<std::vector<FleetHistory::Point>> curves;
    std::vector<std::vector<FleetHistory::Point>> compared; // without a chosen server of another kind
    const bool ofReplicas = m_metric == Metric::LagBytes || m_metric == Metric::LagSeconds;
    QString worst = m_server;
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const monitor::ServerSample &server : sample.servers) {
        const bool alike = ofReplicas ? server.role == monitor::Role::Replica : server.role == monitor::Role::Primary;
        if (!alike && server.name != m_server)
            continue;
        auto curve = m_fleet.history().series(server.name, m_metric, m_plot->from);
        const bool any = std::any_of(curve.begin(), curve.end(), [](const auto &p) { return std::isfinite(p.value); });
        if (!any)
            continue;
        for (const auto &point : curve) {
            if (std::isfinite(point.value) && point.value > 0)
                low = std::min(low, point.value);
            if (std::isfinite(point.value))
                high = std::max(high, point.value);
        }
        if (alike)
            compared.push_back(curve);
        curves.push_back(std::move(curve));
        m_plot->names.push_back(server.name);
    }
    // The first of the ranking that has a curve now; who is down is told elsewhere.
    for (const Rank &rank : m_fleet.ranking()) {
        const auto place = std::find(m_plot->names.begin(), m_plot->names.end(), rank.server);
        if (worst.isEmpty() && rank.findings.front().raised && place != m_plot->names.end()
            && std::isfinite(curves[static_cast<size_t>(place - m_plot->names.begin())].back().value))
            worst = rank.server;
    }
    m_plot->scale = AxisScale(std::isfinite(low) ? low : 0, std::isfinite(high) ? high : 1, comparedByFactor(m_metric),
                              m_metric == Metric::Size || m_metric == Metric::LagBytes ? 1024 : 10);
    auto median = compared.size() > 2 ? medianCurve(compared) : std::vector<FleetHistory::Point>();
    // What every other panel calls the median now.
    const std::optional<double> middle = m_fleet.summary().median(m_metric);
    if (!median.empty() && middle)
        median.back().value = *middle;

    canvas->xAxis->setRange(m_plot->from, m_plot->to);
    canvas->yAxis->setRange(0, 1);
    const QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    for (const double tick : curves.empty() ? std::vector<double>() : m_plot->scale.ticks(3))
        ticker->addTick(m_plot->scale.place(tick), QString());
    canvas->yAxis->setTicker(ticker);
    canvas->yAxis->grid()->setPen(QPen(tokens.border, 1));
    canvas->yAxis->grid()->setZeroLinePen(Qt::NoPen);
    const auto draw = [&](const std::vector<FleetHistory::Point> &curve, const QColor &color, double width) {
        QVector<double> x;
        QVector<double> y;
        for (const auto &point : curve) {
            x << point.seconds;
            y << (std::isfinite(point.value) ? m_plot->scale.place(point.value) : qQNaN());
        }
        QCPGraph *graph = canvas->addGraph();
        graph->setPen(QPen(color, width));
        graph->setData(x, y, true);
    };
    const QColor grey = Tokens::blend(tokens.muted, tokens.panel, tokens.scheme == Scheme::HighContrast ? 0.8 : 0.5);
    for (size_t i = 0; i < std::min(curves.size(), mostCurves); ++i) {
        if (m_plot->names[i] != worst)
            draw(curves[i], grey, 1);
    }
    if (!median.empty())
        draw(median, tokens.muted, 1.6);
    for (size_t i = 0; i < curves.size(); ++i) {
        if (m_plot->names[i] == worst)
            draw(curves[i], m_server.isEmpty() ? tokens.bad : tokens.accent, 2);
    }

    // Labels: the worst, then what is at least twice the median, then the median itself.
    std::vector<EndLabel> outside;
    for (size_t i = 0; i < curves.size(); ++i) {
        const double value = curves[i].back().value;
        if (!std::isfinite(value))
            continue;
        const EndLabel label{value, m_plot->names[i], metricText(m_metric, value), m_plot->names[i] == worst, true};
        if (label.worst)
            m_plot->labels.push_back(label);
        else if (curves.size() <= mostLabels || (middle.value_or(0) > 0 && value >= 2 * *middle))
            outside.push_back(label);
    }
    std::sort(outside.begin(), outside.end(), [](const EndLabel &a, const EndLabel &b) { return a.value > b.value; });
    if (m_server.isEmpty()) {
        for (size_t i = 0; i < std::min(outside.size(), mostLabels); ++i)
            m_plot->labels.push_back(outside[i]);
        if (outside.size() > mostLabels)
            m_plot->more = tr("and %1 more").arg(outside.size() - mostLabels);
    }
    if (!median.empty() && middle)
        m_plot->labels.push_back({*middle, tr("median"), metricText(m_metric, *middle), false, false});
    QStringList said;
    for (const EndLabel &label : m_plot->labels)
        said << label.name % u' ' % label.figure;
    m_summary = said.join(QStringLiteral(", "));
    setAccessibleName(tr("%1 over time").arg(metricTitle(m_metric)));
    setAccessibleDescription(m_summary);
    // It is opaque, and would hide the words that stand in for the curves.
    canvas->setVisible(!curves.empty());
    canvas->replot(QCustomPlot::rpQueuedReplot);
    update();
}

void FleetChart::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::of(this);
    QPainter painter(this);
    const QRectF area(left, top, width() - left - right, height() - top - bottom);
    const auto y = [&](double value) { return area.bottom() - m_plot->scale.place(value) * area.height(); };
    painter.setFont(typeFont(Type::Caption));
    const bool empty = m_plot->names.empty();
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
    painter.setPen(tokens.control);
    painter.drawLine(QPointF(left, area.bottom() + 0.5), QPointF(area.right(), area.bottom() + 0.5));
    painter.setPen(tokens.muted);
    for (const TimeTick &tick :
         timeTicks(m_plot->from, m_plot->to, std::max(2, static_cast<int>(area.width() / 110)))) {
        const double x = area.left() + (tick.seconds - m_plot->from) / (m_plot->to - m_plot->from) * area.width();
        painter.drawLine(QPointF(x, area.bottom() + 1), QPointF(x, area.bottom() + 4));
        if (x > area.left() + 16 && x < area.right() - 10)
            drawTabular(&painter, QRectF(x - 30, area.bottom() + 4, 60, 16), Qt::AlignHCenter, tick.text);
    }

    // Labels push each other apart, upwards from the bottom one that does not fit and never beyond the plot.
    std::vector<EndLabel> labels = m_plot->labels;
    std::sort(labels.begin(), labels.end(), [](const EndLabel &a, const EndLabel &b) { return a.value > b.value; });
    constexpr double line = 14;
    std::vector<double> places;
    double lowest = area.top() + line / 2 - 6;
    for (const EndLabel &label : labels) {
        lowest = std::max(lowest, y(label.value));
        places.push_back(lowest);
        lowest += line;
    }
    double ceiling = area.bottom();
    for (size_t i = labels.size(); i-- > 0;) {
        places[i] = std::min(places[i], ceiling);
        ceiling = places[i] - line;
    }
    for (size_t i = 0; i < labels.size(); ++i) {
        const EndLabel &label = labels[i];
        const QColor emphasis = m_server.isEmpty() ? tokens.bad : tokens.accent;
        if (label.worst) {
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(Qt::NoPen);
            painter.setBrush(emphasis);
            painter.drawEllipse(QPointF(area.right(), y(label.value)), 3, 3);
            painter.setRenderHint(QPainter::Antialiasing, false);
        }
        QFont words = typeFont(Type::Caption);
        if (label.worst)
            words.setWeight(QFont::DemiBold);
        painter.setFont(words);
        painter.setPen(label.worst ? emphasis : label.strong ? tokens.text : tokens.muted);
        drawTabular(&painter, QRectF(area.right() + 10, places[i] - line / 2, right - 14, line), Qt::AlignLeft,
                    label.name % u' ' % label.figure);
    }
    if (!m_plot->more.isEmpty()) {
        painter.setFont(typeFont(Type::Caption));
        painter.setPen(tokens.muted);
        painter.drawText(QRectF(area.right() + 10, area.bottom() + 2, right - 14, 16), Qt::AlignLeft, m_plot->more);
    }
}

} // namespace shardhelm::ui
