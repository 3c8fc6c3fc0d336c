// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/fleet.h"

#include <QWidget>

#include <memory>

namespace shardhelm::ui {

/// Curves of one figure of every server over time: all grey, the worst red, the median named; names stand at the right
/// end of what is outside the band. Above 200 servers a band and the outliers. Shows the fleet's span up to now.
class FleetChart : public QWidget
{
    Q_OBJECT
public:
    /// `fleet` outlives the widget.
    explicit FleetChart(const Fleet &fleet, QWidget *parent = nullptr);
    ~FleetChart() override;

    void setMetric(Metric metric);
    /// Only this server's curve besides the fleet's band; empty: all.
    void setServer(const QString &server);
    /// Whether the axis is logarithmic now, for the caption.
    [[nodiscard]] bool isLogarithmic() const;
    /// Why the time axis is shorter than the chosen span, for the caption; empty when it is not.
    [[nodiscard]] QString spanNote() const;
    /// What the chart says in words, for screen readers and tests.
    [[nodiscard]] QString summary() const { return m_summary; }
    void refresh();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    struct Plot;
    void layoutPlot();

    const Fleet &m_fleet;
    std::unique_ptr<Plot> m_plot;
    Metric m_metric = Metric::P99;
    QString m_server;
    QString m_summary;
};

} // namespace shardhelm::ui
