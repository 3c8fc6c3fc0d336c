// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/timeaxis.h"

#include "common/text.h"
#include "theme/fonts.h"
#include "theme/tokens.h"

#include <QDateTime>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace shardhelm::ui {

std::vector<TimeTick> timeTicks(double from, double to, int wanted)
{
    std::vector<TimeTick> ticks;
    if (!(to > from) || wanted < 1)
        return ticks;
    double step = 86400;
    for (const double candidate :
         {1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 180.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0, 21600.0}) {
        if ((to - from) / candidate <= wanted) {
            step = candidate;
            break;
        }
    }
    const double offset = QDateTime::fromSecsSinceEpoch(static_cast<qint64>(from)).offsetFromUtc();
    for (double tick = std::ceil((from + offset) / step) * step - offset; tick <= to; tick += step) {
        const QDateTime moment = QDateTime::fromSecsSinceEpoch(static_cast<qint64>(std::llround(tick)));
        ticks.push_back({tick, moment.toString(step < 60 ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm"))});
    }
    return ticks;
}

void paintTimeAxis(QPainter &painter, const QRectF &area, double from, double to, const Tokens &tokens)
{
    painter.setFont(typeFont(Type::Caption));
    painter.setPen(tokens.control);
    painter.drawLine(QPointF(area.left(), area.bottom() + 0.5), QPointF(area.right(), area.bottom() + 0.5));
    painter.setPen(tokens.muted);
    constexpr double room = 110; // px per tick, so that times do not touch
    for (const TimeTick &tick : timeTicks(from, to, std::max(2, static_cast<int>(area.width() / room)))) {
        const double x = area.left() + (tick.seconds - from) / (to - from) * area.width();
        painter.drawLine(QPointF(x, area.bottom() + 1), QPointF(x, area.bottom() + 4));
        if (x > area.left() + 16 && x < area.right() - 10)
            drawTabular(&painter, QRectF(x - 30, area.bottom() + 4, 60, 16), Qt::AlignHCenter, tick.text);
    }
}

} // namespace shardhelm::ui
