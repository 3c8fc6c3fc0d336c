// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/axisscale.h"
#include "monitor/detail/statements.h"

#include <QWidget>

namespace shardhelm::ui {

/// One statement's mean time on every server along one axis: the crowd as dots with its median and band, the server
/// looked at and what is out of line as named triangles, and who could not be read.
class MeanStrip : public QWidget
{
    Q_OBJECT
public:
    explicit MeanStrip(QWidget *parent = nullptr);

    /// `fact` belongs to `report`.
    void present(const monitor::detail::StatementReport &report, const monitor::detail::StatementFact &fact);
    void clear();
    [[nodiscard]] QSize sizeHint() const override { return {360, 170}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {220, 110}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Mark
    {
        QString server;
        double ms = 0;
        bool here = false;
        bool slow = false;
        QPointF at;
    };
    [[nodiscard]] QRectF area() const;
    [[nodiscard]] double x(double ms) const;
    void place();

    std::vector<Mark> m_marks; // by mean
    std::vector<std::pair<QString, bool>> m_missing; // server, not permitted
    AxisScale m_scale;
    double m_median = 0;
    double m_low = 0;
    double m_high = 0;
    int m_crowd = 0;
};

} // namespace shardhelm::ui
