// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/heatscale.h"
#include "charts/timeoverlay.h"
#include "cluster/fleet.h"

#include <QImage>
#include <QWidget>

namespace shardhelm {
class TimeWindow;
}

namespace shardhelm::ui {

/// Server × time: a row per server, a column per stretch of time, the darker the worse. Shows who changed when, and
/// whether others did at the same time. Rows keep the fleet's order; where there are more rows than pixels, a pixel
/// shows the worst of its rows. Arrows up and down go from server to server, Enter chooses one.
class HeatMap : public QWidget
{
    Q_OBJECT
public:
    /// Both outlive the widget.
    HeatMap(const Fleet &fleet, TimeWindow &window, QWidget *parent = nullptr);

    void setMetric(Metric metric);
    /// The server whose row is framed; empty: the worst's.
    void setServer(const QString &server);
    void setMarks(std::vector<TimeMark> marks);
    [[nodiscard]] const HeatScale &scale() const { return m_scale; }
    /// Seconds per column.
    [[nodiscard]] double columnSeconds() const { return m_grid.width(); }
    /// The server whose row is at a place of the widget; empty beside the rows.
    [[nodiscard]] QString serverAt(const QPointF &at) const;
    [[nodiscard]] QSize sizeHint() const override { return {600, 200}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {320, 96}; }

Q_SIGNALS:
    void serverChosen(const QString &server);
    void scaleChanged();

protected:
    void showEvent(QShowEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void refresh();
    void render();
    void point(const QPointF &at);
    [[nodiscard]] QRect plotArea() const;
    [[nodiscard]] QRectF rowRect(qsizetype row) const;
    [[nodiscard]] qsizetype framedRow() const;
    void paintNames(QPainter &painter) const;

    const Fleet &m_fleet;
    TimeWindow &m_window;
    TimeOverlay *m_overlay;
    FleetGrid m_grid;
    HeatScale m_scale;
    QImage m_image; ///< a pixel per column and row of the picture
    QString m_server;
};

/// The seven shades with the values between them; beside the title of a heat map.
class HeatLegend : public QWidget
{
    Q_OBJECT
public:
    /// `map` outlives the widget.
    explicit HeatLegend(const HeatMap &map, QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QString before() const;
    [[nodiscard]] QString after() const;

    const HeatMap &m_map;
};

} // namespace shardhelm::ui
