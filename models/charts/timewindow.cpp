// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/timewindow.h"

#include "cluster/fleet.h"

#include <QDateTime>

#include <algorithm>

namespace shardhelm {

namespace {

/// A live window is at least this long, so that the first samples do not jump about.
constexpr double shortestLive = 60;

QString clock(double seconds)
{
    return QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(seconds * 1000)).toString(QStringLiteral("HH:mm:ss"));
}

} // namespace

TimeWindow::TimeWindow(const Fleet &fleet, QObject *parent)
    : QObject(parent)
    , m_fleet(fleet)
{
    connect(&fleet, &Fleet::sampled, this, &TimeWindow::follow);
    connect(&fleet, &Fleet::spanChanged, this, &TimeWindow::release);
    follow();
}

double TimeWindow::newest() const
{
    const QDateTime &at = m_fleet.sample().at;
    return at.isValid() ? static_cast<double>(at.toMSecsSinceEpoch()) / 1000
                        : static_cast<double>(QDateTime::currentSecsSinceEpoch());
}

double TimeWindow::oldest() const
{
    return std::min(m_fleet.history().begin().value_or(newest()), newest() - shortestSeconds);
}

double TimeWindow::liveStart(const Fleet &fleet, double to)
{
    const double spanStart = to - static_cast<double>(fleet.span().count());
    return std::max(spanStart, std::min(fleet.history().begin().value_or(to), to - shortestLive));
}

void TimeWindow::follow()
{
    // Another cluster, or a recording that was wound back: what is held is no more.
    if (m_held && m_from > newest())
        m_held = false;
    if (m_held)
        return;
    m_to = newest();
    m_from = liveStart(m_fleet, m_to);
    Q_EMIT changed();
}

void TimeWindow::hold(double from, double to)
{
    const double length = std::clamp(to - from, shortestSeconds, newest() - oldest());
    m_from = std::clamp(from, oldest(), newest() - length);
    m_to = m_from + length;
    m_held = true;
    Q_EMIT changed();
}

void TimeWindow::zoom(double factor, double around)
{
    const double place = (around - m_from) / (m_to - m_from);
    const double length = (m_to - m_from) * factor;
    hold(around - place * length, around + (1 - place) * length);
}

void TimeWindow::pan(double share)
{
    const double by = (m_to - m_from) * share;
    if (m_to + by >= newest() && by > 0)
        release();
    else
        hold(m_from + by, m_to + by);
}

void TimeWindow::release()
{
    m_held = false;
    follow();
}

void TimeWindow::setCursor(std::optional<double> seconds)
{
    if (m_cursor == seconds)
        return;
    m_cursor = seconds;
    Q_EMIT cursorChanged();
}

QString TimeWindow::note() const
{
    if (m_held)
        return tr("%1 to %2, standing still").arg(clock(m_from), clock(m_to));
    const auto begin = m_fleet.history().begin();
    if (!begin || *begin <= m_to - static_cast<double>(m_fleet.span().count()))
        return {};
    return tr("since the first sample at %1").arg(clock(*begin));
}

} // namespace shardhelm
