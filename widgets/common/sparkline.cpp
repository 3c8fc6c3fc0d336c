// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/sparkline.h"

#include <QPainter>
#include <QPolygonF>

#include <cmath>

namespace shardhelm::ui {

void paintSparkline(QPainter *painter, const QRectF &rect, const std::vector<double> &values, const SparklineLook &look)
{
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const double value : values) {
        if (std::isfinite(value)) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
    }
    if (!(low <= high) || values.empty())
        return;
    const double span = high - low;
    const double step = values.size() > 1 ? rect.width() / static_cast<double>(values.size() - 1) : 0;
    // Noise is not drawn as mountains.
    const double scale =
        span > std::abs(high) * 0.3 ? rect.height() / span : rect.height() / std::max(std::abs(high) * 0.5, 1e-12);
    const double middle = (low + high) / 2;
    const auto y = [&](double value) { return rect.center().y() - (value - middle) * scale; };

    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(look.line, look.width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->setBrush(Qt::NoBrush);
    QPolygonF run;
    const auto flush = [&] {
        if (run.size() > 1)
            painter->drawPolyline(run);
        else if (run.size() == 1)
            painter->drawPoint(run.first());
        run.clear();
    };
    for (size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) {
            flush();
            continue;
        }
        run << QPointF(rect.left() + step * static_cast<double>(i), y(values[i]));
    }
    flush();
    if (look.dot && std::isfinite(values.back())) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(look.line);
        const double reach = look.width + 0.9;
        painter->drawEllipse(QPointF(rect.left() + step * static_cast<double>(values.size() - 1), y(values.back())),
                             reach, reach);
    }
    painter->restore();
}

} // namespace shardhelm::ui
