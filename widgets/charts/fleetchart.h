// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/timeoverlay.h"
#include "cluster/fleet.h"

#include <QWidget>

#include <memory>

namespace shardhelm {
class TimeWindow;
}

namespace shardhelm::ui {

/// Curves of one figure of every server over time: all grey, the worst red, the median named; names stand at the right
/// end of what is outside the band. Above 200 servers a band and the outliers. The mouse names the curve under it, a
/// click chooses its server; time goes with the TimeWindow (timeoverlay.h).
class FleetChart : public QWidget
{
    Q_OBJECT
public:
    /// With a time window of its own: the fleet's span up to now. `fleet` outlives the widget.
    explicit FleetChart(const Fleet &fleet, QWidget *parent = nullptr);
    /// Shares the window with other charts; both outlive the widget.
    FleetChart(const Fleet &fleet, TimeWindow &window, QWidget *parent = nullptr);
    ~FleetChart() override;

    void setMetric(Metric metric);
    /// This server's curve is drawn before the others; empty: the worst's.
    void setServer(const QString &server);
    [[nodiscard]] QString server() const { return m_server; }
    void setMarks(std::vector<TimeMark> marks);
    /// Whether the axis is logarithmic now, for the caption.
    [[nodiscard]] bool isLogarithmic() const;
    /// How many servers have a value in this time.
    [[nodiscard]] int servers() const;
    /// Why the time axis is not the chosen span up to now, for the caption; empty when it is.
    [[nodiscard]] QString spanNote() const;
    /// What the chart says in words, for screen readers and tests.
    [[nodiscard]] QString summary() const { return m_summary; }
    /// Where the curves are, in widget coordinates.
    [[nodiscard]] QRect plotArea() const;
    void refresh();

Q_SIGNALS:
    /// A curve was clicked: its server; empty: clicked beside every curve.
    void serverChosen(const QString &server);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Plot;
    void build();
    void layoutPlot();
    void drawCurves();
    void chooseLabels();
    void point(const QPointF &at);
    [[nodiscard]] QString serverAt(const QPointF &at) const;

    const Fleet &m_fleet;
    TimeWindow &m_window;
    std::unique_ptr<Plot> m_plot;
    Metric m_metric = Metric::P99;
    QString m_server;
    QString m_summary;
};

} // namespace shardhelm::ui
