// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/timeaxis.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <cmath>

namespace shardhelm::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TimeAxis)
};

} // namespace

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
    constexpr double shortest = 60;
    const double spanStart = to - static_cast<double>(fleet.span().count());
    return std::max(spanStart, std::min(fleet.history().begin().value_or(to), to - shortest));
}

QString chartSpanNote(const Fleet &fleet, double to)
{
    const auto begin = fleet.history().begin();
    if (!begin || *begin <= to - static_cast<double>(fleet.span().count()))
        return {};
    const QDateTime first = QDateTime::fromSecsSinceEpoch(static_cast<qint64>(*begin));
    return Words::tr("since the first sample at %1").arg(first.toString(QStringLiteral("HH:mm:ss")));
}

} // namespace shardhelm::ui
