// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/pip.h"

#include <QPainter>
#include <QPainterPath>

namespace shardhelm::ui {

QColor conditionColor(Condition condition, const Tokens &tokens)
{
    switch (condition) {
    case Condition::Healthy:
        return tokens.good;
    case Condition::Degraded:
        return tokens.warn;
    case Condition::Worst:
    case Condition::Down:
        return tokens.bad;
    case Condition::Stale:
    case Condition::Unknown:
    case Condition::Connecting:
    case Condition::NotPermitted:
        return tokens.stale;
    }
    return tokens.stale;
}

void paintPip(QPainter *painter, const QRectF &rect, Condition condition, const Tokens &tokens, double size,
              const QColor &ink)
{
    const QColor color = ink.isValid() ? ink : conditionColor(condition, tokens);
    const QPointF center = rect.center();
    const double half = size / 2;
    const QRectF box(center.x() - half, center.y() - half, size, size);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(color);
    switch (condition) {
    case Condition::Healthy:
        painter->drawEllipse(box);
        break;
    case Condition::Degraded:
    case Condition::Worst: {
        // Equal area to the disc: a triangle of the same height looks smaller.
        const double grow = half * 1.16;
        QPainterPath triangle;
        triangle.moveTo(center + QPointF(0, -grow * 0.98));
        triangle.lineTo(center + QPointF(grow * 1.04, grow * 0.82));
        triangle.lineTo(center + QPointF(-grow * 1.04, grow * 0.82));
        triangle.closeSubpath();
        painter->drawPath(triangle);
        break;
    }
    case Condition::Down: {
        painter->drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), 1.5, 1.5);
        painter->setPen(QPen(tokens.panel, std::max(1.3, size / 7), Qt::SolidLine, Qt::RoundCap));
        const double arm = half * 0.5;
        painter->drawLine(center + QPointF(-arm, -arm), center + QPointF(arm, arm));
        painter->drawLine(center + QPointF(-arm, arm), center + QPointF(arm, -arm));
        break;
    }
    case Condition::Stale: {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(color, 1.3));
        painter->drawEllipse(box.adjusted(0.6, 0.6, -0.6, -0.6));
        painter->setPen(Qt::NoPen);
        painter->setBrush(color);
        painter->drawPie(box.adjusted(0.6, 0.6, -0.6, -0.6), 90 * 16, 180 * 16);
        break;
    }
    case Condition::Unknown:
    case Condition::Connecting: {
        QPen dashes(color, 1.3, Qt::CustomDashLine, Qt::FlatCap);
        dashes.setDashPattern({1.6, 1.35});
        painter->setBrush(Qt::NoBrush);
        painter->setPen(dashes);
        painter->drawEllipse(box.adjusted(0.6, 0.6, -0.6, -0.6));
        break;
    }
    case Condition::NotPermitted: {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(color, 1.3, Qt::SolidLine, Qt::RoundCap, Qt::MiterJoin));
        const double reach = half + 0.4;
        painter->drawPolygon(QPolygonF({center + QPointF(0, -reach), center + QPointF(reach, 0),
                                        center + QPointF(0, reach), center + QPointF(-reach, 0)}));
        painter->drawLine(center + QPointF(-reach * 0.4, 0), center + QPointF(reach * 0.4, 0));
        break;
    }
    }
    painter->restore();
}

} // namespace shardhelm::ui
