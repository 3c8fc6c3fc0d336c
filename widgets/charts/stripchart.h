// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/axisscale.h"
#include "cluster/fleet.h"

#include <QWidget>

#include <vector>

namespace shardhelm::ui {

/// Every server as a mark along one axis of a figure: where the crowd is, its median, and who is far from it. Marks
/// that would cover each other are stacked; names stand beside what is at least twice the median. Servers without a
/// value are listed at the right with the reason. A click or Enter on a mark chooses the server; arrows go from mark to
/// mark.
class StripChart : public QWidget
{
    Q_OBJECT
public:
    /// `fleet` outlives the widget.
    explicit StripChart(const Fleet &fleet, QWidget *parent = nullptr);

    void setMetric(Metric metric);
    [[nodiscard]] bool isLogarithmic() const { return m_scale.isLogarithmic(); }
    [[nodiscard]] QSize sizeHint() const override { return {600, 112}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {320, 84}; }

Q_SIGNALS:
    void serverChosen(const QString &server);

protected:
    void showEvent(QShowEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Mark
    {
        QString server;
        double value = 0;
        Condition condition = Condition::Healthy;
        QPointF at;
        bool named = false;
    };
    void refresh();
    void place();
    [[nodiscard]] int markAt(const QPointF &point) const;
    [[nodiscard]] QRectF area() const;
    [[nodiscard]] double x(double value) const;

    const Fleet &m_fleet;
    Metric m_metric = Metric::P99;
    AxisScale m_scale;
    std::vector<Mark> m_marks; // by value
    struct Missing
    {
        QString server;
        Condition condition;
        QString why;
    };
    std::vector<Missing> m_missing;
    double m_median = 0;
    double m_bandLow = 0;
    double m_bandHigh = 0;
    int m_current = -1;
};

} // namespace shardhelm::ui
