// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <vector>

class QColor;
class QPainter;
class QRectF;

namespace shardhelm::ui {

/// A name beside the end of a curve.
struct EndLabel
{
    double value = 0;
    QString name;
    QString figure;
    bool chosen = false; ///< the one that is looked at
    bool strong = false; ///< outside of the crowd
};

/// Paints the labels beside `area`, at the height that `y` gives their values, pushed apart so that none covers another
/// and none leaves the area. The chosen one is in `emphasis`, with a dot at the end of its curve.
void paintEndLabels(QPainter &painter, const QRectF &area, double width, std::vector<EndLabel> labels,
                    const std::function<double(double)> &y, const QColor &emphasis, const QColor &strong,
                    const QColor &weak);

} // namespace shardhelm::ui
