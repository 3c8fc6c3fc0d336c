// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <optional>

namespace shardhelm::monitor {

/// How fast a figure grows: the slope of the straight line through its readings (least squares) of the last while.
/// Keeps at most some hundred readings however often it is read. A value; used by one thread.
class Trend
{
public:
    /// `windowSeconds`: how far back it looks; `leastSeconds`: what it must have seen before it says anything.
    Trend(double windowSeconds, double leastSeconds)
        : m_window(windowSeconds)
        , m_least(leastSeconds)
    {
    }

    /// A reading; one from before the last one starts anew.
    void add(double atSeconds, double value);
    void clear() { m_points.clear(); }
    /// Growth per second, negative when it shrinks; nothing before enough was seen.
    [[nodiscard]] std::optional<double> perSecond() const;

private:
    struct Point
    {
        double at;
        double value;
    };
    double m_window;
    double m_least;
    std::deque<Point> m_points;
};

} // namespace shardhelm::monitor
