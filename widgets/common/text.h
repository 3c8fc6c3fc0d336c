// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>
#include <QString>

class QFontMetricsF;
class QPainter;

namespace shardhelm::ui {

/// Width of `text` when every digit takes the cell of the widest one, so that figures do not jump and columns align.
double tabularWidth(const QFontMetricsF &metrics, const QString &text);

/// Draws one line of text with digits in equal cells, with the painter's font and pen, vertically centred. A text that
/// does not fit is cut at the right with an ellipsis.
void drawTabular(QPainter *painter, const QRectF &rect, Qt::Alignment alignment, const QString &text);

} // namespace shardhelm::ui
