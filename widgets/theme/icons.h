// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

class QPainter;
class QRectF;

namespace shardhelm::ui {

/// The icon of resources/icons/<name>.svg in the text colour of the palette in force, rendered when it is first
/// painted.
QIcon icon(const QString &name);

/// Paints resources/icons/<name>.svg in one colour; sharp at every device pixel ratio.
void paintIcon(QPainter *painter, const QString &name, const QRectF &rect, const QColor &color);

} // namespace shardhelm::ui
