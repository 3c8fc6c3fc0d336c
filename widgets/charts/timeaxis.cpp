// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/timeaxis.h"

#include <QDateTime>

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

double chartStart(const Fleet &fleet, double to)
{
    const double spanStart = to - static_cast<double>(fleet.span().count());
    double first = to;
    for (const monitor::ServerSample &server : fleet.sample().servers) {
        const auto points = fleet.history().series(server.name, Metric::RoundTrip, spanStart);
        if (!points.empty())
            first = std::min(first, points.front().seconds);
    }
    constexpr double shortest = 60;
    return std::max(spanStart, std::min(first, to - shortest));
}

} // namespace shardhelm::ui
