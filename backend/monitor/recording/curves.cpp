// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/recording/curves.h"

#include "monitor/recording/recordingfile.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace shardhelm::monitor::recording {

namespace {

constexpr float nothing = std::numeric_limits<float>::quiet_NaN();
constexpr qint64 leastStepMs = 1000;

} // namespace

std::vector<Point> withHoles(const std::vector<Point> &points, qint64 coarseUntil)
{
    std::vector<qint64> distances;
    for (size_t i = 1; i < points.size(); ++i) {
        if (points[i - 1].at > coarseUntil)
            distances.push_back(points[i].at - points[i - 1].at);
    }
    qint64 usual = leastStepMs;
    if (!distances.empty()) {
        const auto middle = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
        std::nth_element(distances.begin(), middle, distances.end());
        usual = std::max(usual, *middle);
    }
    std::vector<Point> result;
    result.reserve(points.size());
    for (size_t i = 0; i < points.size(); ++i) {
        result.push_back(points[i]);
        if (i + 1 == points.size())
            break;
        const qint64 step = points[i].at <= coarseUntil ? coarseStepMs : usual;
        // A sample may be late by a second without being missing.
        if (points[i + 1].at - points[i].at > 2 * step + leastStepMs)
            result.push_back({points[i].at + step, nothing});
    }
    return result;
}

std::vector<Point> thinned(const std::vector<Point> &points, size_t most)
{
    if (most == 0 || points.size() <= most)
        return points;
    const size_t stretches = std::max<size_t>(1, most / 2);
    const qint64 begin = points.front().at;
    const qint64 length = std::max<qint64>(1, points.back().at - begin);
    std::vector<Point> result;
    result.reserve(2 * stretches);
    size_t i = 0;
    for (size_t stretch = 0; stretch < stretches && i < points.size(); ++stretch) {
        const qint64 end = begin + length * static_cast<qint64>(stretch + 1) / static_cast<qint64>(stretches);
        std::optional<Point> lowest;
        std::optional<Point> highest;
        std::optional<Point> hole;
        const bool last = stretch + 1 == stretches;
        for (; i < points.size() && (last || points[i].at < end); ++i) {
            if (std::isnan(points[i].value)) {
                hole = points[i];
                continue;
            }
            if (!lowest || points[i].value < lowest->value)
                lowest = points[i];
            if (!highest || points[i].value >= highest->value)
                highest = points[i];
        }
        if (!lowest) {
            if (hole)
                result.push_back(*hole);
            continue;
        }
        const auto [earlier, later] =
            std::minmax(*lowest, *highest, [](const Point &a, const Point &b) { return a.at < b.at; });
        const Point first = earlier;
        const Point second = later;
        result.push_back(first);
        if (second.at != first.at)
            result.push_back(second);
    }
    return result;
}

} // namespace shardhelm::monitor::recording
