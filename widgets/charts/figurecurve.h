// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/fleet.h"

#include <QWidget>

namespace shardhelm::ui {

/// One figure of one server: its name, the value, the fleet's median, and a small curve over the span.
class FigureCurve : public QWidget
{
    Q_OBJECT
public:
    /// `fleet` outlives the widget.
    FigureCurve(const Fleet &fleet, Metric metric, QWidget *parent = nullptr);

    void present(const QString &server);
    [[nodiscard]] Metric metric() const { return m_metric; }
    [[nodiscard]] QSize sizeHint() const override { return {168, 160}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {120, 120}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Fleet &m_fleet;
    Metric m_metric;
    QString m_server;
};

} // namespace shardhelm::ui
