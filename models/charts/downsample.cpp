// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/downsample.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace shardhelm {

namespace {

using Point = FleetHistory::Point;
using Iterator = std::vector<Point>::const_iterator;

/// The points of one column without a gap among them.
void takeRun(Iterator begin, Iterator end, std::vector<Point> &result)
{
    if (begin == end)
        return;
    const auto less = [](const Point &a, const Point &b) { return a.value < b.value; };
    const auto [lowest, highest] = std::minmax_element(begin, end, less);
    std::array<Iterator, 4> chosen{begin, lowest, highest, end - 1};
    std::sort(chosen.begin(), chosen.end());
    const auto last = std::unique(chosen.begin(), chosen.end());
    std::for_each(chosen.begin(), last, [&](Iterator point) { result.push_back(*point); });
}

} // namespace

std::vector<Point> downsampled(const std::vector<Point> &points, double from, double to, int columns)
{
    const auto earlier = [](const Point &point, double seconds) { return point.seconds < seconds; };
    auto begin = std::lower_bound(points.begin(), points.end(), from, earlier);
    auto end =
        std::lower_bound(begin, points.end(), std::nextafter(to, std::numeric_limits<double>::infinity()), earlier);
    if (begin != points.begin())
        --begin;
    if (end != points.end())
        ++end;
    const auto few = static_cast<std::ptrdiff_t>(4) * std::max(1, columns);
    if (!(to > from) || columns < 1 || end - begin <= few)
        return {begin, end};

    std::vector<Point> result;
    result.reserve(static_cast<size_t>(few));
    const double width = (to - from) / columns;
    const auto columnOf = [&](const Point &point) { return std::floor((point.seconds - from) / width); };
    for (auto at = begin; at != end;) {
        const double column = columnOf(*at);
        auto run = at;
        while (at != end && columnOf(*at) == column) {
            if (!std::isfinite(at->value)) {
                takeRun(run, at, result);
                // One gap after the other says no more than the first.
                if (result.empty() || std::isfinite(result.back().value))
                    result.push_back(*at);
                run = at + 1;
            }
            ++at;
        }
        takeRun(run, at, result);
    }
    return result;
}

} // namespace shardhelm
