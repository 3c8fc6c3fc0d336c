// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/fleetcurves.h"
#include "charts/fleetgrid.h"
#include "charts/timewindow.h"
#include "cluster/fleet.h"

#include <QWidget>

#include <vector>

namespace shardhelm::ui {

/// Figures of one server over time, one strip below the other, all over the same stretch of time: the server's curve,
/// the fleet's median in grey, the values now or at the moment pointed at. The arrow keys go back and forth in time,
/// Ctrl and the wheel zoom, Escape follows the newest sample again.
class CurveStack : public QWidget
{
    Q_OBJECT
public:
    /// Both outlive the widget.
    CurveStack(const Fleet &fleet, TimeWindow &window, QWidget *parent = nullptr);

    void setServer(const QString &server);
    void setMetrics(const std::vector<Metric> &metrics);
    /// Where the curves begin and end, for an axis below.
    [[nodiscard]] int plotLeft() const;
    [[nodiscard]] int plotRight() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    /// One figure; its curves are read when it is painted after a change.
    struct Strip
    {
        Metric metric = Metric::P99;
        FleetGrid grid;
        FleetCurves curves;
        int columns = -1; ///< the curves were read for; -1: not yet, or they are out of date
    };
    void refresh();
    void paintStrip(QPainter &painter, Strip &strip, const QRectF &area);
    [[nodiscard]] double secondsAt(double x) const;

    const Fleet &m_fleet;
    TimeWindow &m_window;
    QString m_server;
    std::vector<Strip> m_strips;
};

/// The time axis below a stack of curves.
class CurveAxis : public QWidget
{
    Q_OBJECT
public:
    /// All outlive the widget.
    CurveAxis(const CurveStack &stack, TimeWindow &window, QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override { return {200, 22}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const CurveStack &m_stack;
    TimeWindow &m_window;
};

} // namespace shardhelm::ui
