// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

class QPainter;
class QRectF;

namespace shardhelm::ui {

struct Tokens;

/// A mark of a time axis.
struct TimeTick
{
    double seconds = 0; ///< since the epoch
    QString text; ///< local time, seconds only where the step needs them
};

/// At most `wanted` marks at round local times between two moments.
std::vector<TimeTick> timeTicks(double from, double to, int wanted);

/// Paints the line below a chart's `area` and the times along it.
void paintTimeAxis(QPainter &painter, const QRectF &area, double from, double to, const Tokens &tokens);

} // namespace shardhelm::ui
