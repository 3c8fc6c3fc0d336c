// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/condition.h"
#include "theme/tokens.h"

class QPainter;
class QRectF;

namespace shardhelm::ui {

/// Colour of a condition's pip; Normal grey is used by charts, not here.
QColor conditionColor(Condition condition, const Tokens &tokens);

/// The sign of a condition in the middle of `rect`: disc, triangle, square with cross, half disc, dashed ring, diamond
/// with bar. `size` is its height in pixels. `ink` replaces its colour, e.g. in a selected row.
void paintPip(QPainter *painter, const QRectF &rect, Condition condition, const Tokens &tokens, double size = 9,
              const QColor &ink = {});

} // namespace shardhelm::ui
