// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/heatmap.h"

#include "charts/timeaxis.h"
#include "charts/timewindow.h"
#include "common/text.h"
#include "format/units.h"
#include "theme/fonts.h"
#include "theme/tokens.h"

#include <QDateTime>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace shardhelm::ui {

namespace {

constexpr int left = 52;
constexpr int right = 128;
constexpr int top = 4;
constexpr int bottom = 20;
constexpr int pixelsPerColumn = 8;
constexpr double nameHeight = 14;

} // namespace

HeatMap::HeatMap(const Fleet &fleet, TimeWindow &window, QWidget *parent)
    : QWidget(parent)
    , m_fleet(fleet)
    , m_window(window)
    , m_overlay(new TimeOverlay(window, this))
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    m_overlay->setMarkTexts(false);
    connect(m_overlay, &TimeOverlay::pointed, this, &HeatMap::point);
    connect(m_overlay, &TimeOverlay::left, this, [this] { m_overlay->setPointedText({}, {}); });
    connect(m_overlay, &TimeOverlay::clicked, this,
            [this](const QPointF &at) { Q_EMIT serverChosen(serverAt(at + m_overlay->pos())); });
    connect(&window, &TimeWindow::changed, this, &HeatMap::refresh);
}

void HeatMap::setMetric(Metric metric)
{
    m_grid.setMetric(metric);
    refresh();
}

void HeatMap::setServer(const QString &server)
{
    m_server = server;
    update();
}

void HeatMap::setMarks(std::vector<TimeMark> marks)
{
    m_overlay->setMarks(std::move(marks));
}

QRect HeatMap::plotArea() const
{
    return {left, top, std::max(10, width() - left - right), std::max(10, height() - top - bottom)};
}

QRectF HeatMap::rowRect(qsizetype row) const
{
    const QRectF area = plotArea();
    const double each = area.height() / static_cast<double>(std::max<qsizetype>(1, m_grid.servers().size()));
    return {area.left(), area.top() + static_cast<double>(row) * each, area.width(), each};
}

QString HeatMap::serverAt(const QPointF &at) const
{
    const QRectF area = plotArea();
    const auto rows = m_grid.servers().size();
    const auto row = static_cast<qsizetype>((at.y() - area.top()) / area.height() * static_cast<double>(rows));
    return at.y() >= area.top() && row >= 0 && row < rows ? m_grid.servers().at(row) : QString();
}

qsizetype HeatMap::framedRow() const
{
    if (!m_server.isEmpty())
        return m_grid.servers().indexOf(m_server);
    const auto &ranking = m_fleet.ranking();
    return ranking.empty() || !ranking.front().findings.front().raised
        ? -1
        : m_grid.servers().indexOf(ranking.front().server);
}

void HeatMap::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

void HeatMap::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_overlay->setGeometry(plotArea());
    refresh();
}

void HeatMap::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        refresh();
}

void HeatMap::refresh()
{
    // Nobody looks: the next showEvent catches up.
    if (!isVisible())
        return;
    const double before = m_grid.width();
    const QStringList bounds = m_scale.bounds();
    m_grid.update(m_fleet, m_window.from(), m_window.to(), plotArea().width() / pixelsPerColumn);
    m_scale = HeatScale::of(m_grid);
    render();
    setAccessibleName(tr("%1 of every server over time").arg(metricTitle(m_grid.metric())));
    if (m_scale.bounds() != bounds || m_grid.width() != before)
        Q_EMIT scaleChanged();
    update();
}

void HeatMap::render()
{
    const Tokens &tokens = Tokens::of(this);
    const auto servers = static_cast<int>(m_grid.servers().size());
    const auto columns = static_cast<int>(m_grid.columns().size());
    const int rows = std::min(servers, plotArea().height());
    m_image = QImage(std::max(1, columns), std::max(1, rows), QImage::Format_RGB32);
    m_image.fill(tokens.panel);
    std::vector<int> worst(static_cast<size_t>(rows));
    for (int x = 0; x < columns; ++x) {
        const FleetGrid::Column &column = m_grid.columns()[static_cast<size_t>(x)];
        std::fill(worst.begin(), worst.end(), -1);
        for (int server = 0; server < servers; ++server) {
            const float cell = column.cells[static_cast<size_t>(server)];
            if (std::isnan(cell))
                continue;
            int &step = worst[static_cast<size_t>(static_cast<qint64>(server) * rows / servers)];
            step = std::max(step, m_scale.step(cell, column.median.value_or(0)));
        }
        for (int y = 0; y < rows; ++y) {
            const int step = worst[static_cast<size_t>(y)];
            if (step >= 0)
                m_image.setPixelColor(x, y, tokens.load.at(static_cast<size_t>(step)));
        }
    }
}

void HeatMap::point(const QPointF &at)
{
    const double seconds = m_window.cursor().value_or(m_window.to());
    const QString server = serverAt(at + m_overlay->pos());
    const FleetGrid::Column *column = m_grid.columnAt(seconds);
    const auto row = m_grid.servers().indexOf(server);
    if (!column || row < 0) {
        m_overlay->setPointedText({}, {});
        return;
    }
    const auto clock = [](double moment) {
        return QDateTime::fromSecsSinceEpoch(static_cast<qint64>(moment)).toString(QStringLiteral("HH:mm:ss"));
    };
    const float value = column->cells[static_cast<size_t>(row)];
    QString said = std::isnan(value) ? tr("no value") : metricText(m_grid.metric(), static_cast<double>(value));
    if (!std::isnan(value) && m_scale.isRelative() && column->median.value_or(0) > 0)
        said = tr("%1, %2 the median").arg(said, format::factor(static_cast<double>(value) / *column->median));
    m_overlay->setPointedText(
        tr("%1 · %2 to %3 · %4").arg(server, clock(column->begin), clock(column->begin + m_grid.width()), said), at);
}

void HeatMap::keyPressEvent(QKeyEvent *event)
{
    const auto rows = m_grid.servers().size();
    const bool plain = event->modifiers() == Qt::NoModifier;
    if (plain && rows > 0 && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)) {
        const qsizetype row = framedRow() + (event->key() == Qt::Key_Up ? -1 : 1);
        setServer(m_grid.servers().at(std::clamp<qsizetype>(row, 0, rows - 1)));
        setAccessibleDescription(m_server);
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && framedRow() >= 0) {
        Q_EMIT serverChosen(m_grid.servers().at(framedRow()));
        return;
    }
    if (!TimeOverlay::handleKey(*event, m_window))
        QWidget::keyPressEvent(event);
}

void HeatMap::paintNames(QPainter &painter) const
{
    const Tokens &tokens = Tokens::of(this);
    const QRectF area = plotArea();
    const qsizetype rows = m_grid.servers().size();
    const qsizetype framed = framedRow();
    // As many names as have room, the first and the last among them, and none on top of the framed one's.
    const double each = area.height() / static_cast<double>(rows);
    const auto wanted = std::max<qsizetype>(1, static_cast<qsizetype>(area.height() / (nameHeight * 2)));
    const qsizetype step = each >= nameHeight ? 1 : std::max<qsizetype>(1, (rows + wanted - 1) / wanted);
    const auto place = [&](qsizetype row) {
        return std::clamp(area.top() + (static_cast<double>(row) + 0.5) * each, area.top() + nameHeight / 2,
                          area.bottom() - nameHeight / 2);
    };
    painter.setFont(typeFont(Type::Caption));
    painter.setPen(tokens.muted);
    for (qsizetype row = 0; row < rows; row += step) {
        if (framed < 0 || std::abs(place(row) - place(framed)) >= nameHeight)
            drawTabular(&painter, QRectF(0, place(row) - nameHeight / 2, left - 8, nameHeight), Qt::AlignRight,
                        m_grid.servers().at(row));
    }
    if (framed < 0)
        return;
    const bool chosen = !m_server.isEmpty();
    const QColor ink = chosen ? tokens.accent : tokens.bad;
    QFont strong = typeFont(Type::Caption);
    strong.setWeight(QFont::DemiBold);
    painter.setFont(strong);
    painter.setPen(ink);
    const QString name = m_grid.servers().at(framed);
    drawTabular(&painter, QRectF(0, place(framed) - nameHeight / 2, left - 8, nameHeight), Qt::AlignRight, name);
    drawTabular(&painter, QRectF(area.right() + 10, place(framed) - nameHeight / 2, right - 14, nameHeight),
                Qt::AlignLeft, chosen ? name : tr("%1, worst").arg(name));
    painter.setBrush(Qt::NoBrush);
    const QRectF row = rowRect(framed);
    painter.drawRect(QRectF(row.left() - 1.5, std::floor(row.top()) - 0.5, row.width() + 2,
                            std::max(4.0, std::ceil(row.height()) + 1)));
}

void HeatMap::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::of(this);
    QPainter painter(this);
    const QRectF area = plotArea();
    if (m_grid.servers().isEmpty() || m_grid.columns().empty()) {
        painter.setFont(typeFont(Type::Caption));
        painter.setPen(tokens.muted);
        painter.drawText(rect(), Qt::AlignCenter, tr("No sample yet"));
        return;
    }
    const auto x = [&](double seconds) {
        return area.left() + (seconds - m_window.from()) / (m_window.to() - m_window.from()) * area.width();
    };
    const double begin = m_grid.columns().front().begin;
    const double end = m_grid.columns().back().begin + m_grid.width();
    painter.save();
    painter.setClipRect(area);
    // Gaps look like nothing was there, and not like a good value.
    painter.fillRect(area, QBrush(tokens.border, Qt::BDiagPattern));
    const double each = (x(end) - x(begin)) / m_image.width();
    for (int column = 0; column < m_image.width(); ++column) {
        // Column by column, so that a pixel's edge never shines through between two of them.
        const double from = std::round(x(begin) + column * each);
        const double to = std::round(x(begin) + (column + 1) * each);
        const FleetGrid::Column &values = m_grid.columns()[static_cast<size_t>(column)];
        if (std::any_of(values.cells.begin(), values.cells.end(), [](float cell) { return !std::isnan(cell); }))
            painter.drawImage(QRectF(from, area.top(), to - from, area.height()), m_image,
                              QRectF(column, 0, 1, m_image.height()));
    }
    painter.restore();
    if (m_grid.servers().size() <= 40) {
        painter.setPen(QPen(tokens.panel, 1));
        for (qsizetype row = 1; row < m_grid.servers().size(); ++row) {
            const double y = std::round(rowRect(row).top()) + 0.5;
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
        }
    }
    paintTimeAxis(painter, area, m_window.from(), m_window.to(), tokens);
    paintNames(painter);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(tokens.accent, 2));
        painter.drawRect(area.adjusted(-1, -1, 1, 1));
    }
}

} // namespace shardhelm::ui
