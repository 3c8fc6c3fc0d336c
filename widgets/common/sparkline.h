// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QRectF>

#include <vector>

class QPainter;

namespace shardhelm::ui {

/// How a small curve is drawn.
struct SparklineLook
{
    QColor line;
    double width = 1;
    bool dot = true; ///< marks the last value
};

/// A small curve of `values` (oldest first, evenly spaced, NaN for a gap) that fills `rect` from its lowest to its
/// highest value; a flat one lies in the middle. Gaps stay gaps.
void paintSparkline(QPainter *painter, const QRectF &rect, const std::vector<double> &values,
                    const SparklineLook &look);

} // namespace shardhelm::ui
