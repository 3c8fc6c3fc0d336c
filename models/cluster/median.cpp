// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/median.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace shardhelm {

namespace {

using Curve = std::vector<FleetHistory::Point>;

constexpr double keptDistances = 3;

/// The usual seconds between two points of a curve; 0 when no curve has two.
double usualDistance(const std::vector<Curve> &curves)
{
    std::vector<double> distances;
    for (const Curve &curve : curves) {
        for (size_t i = 1; i < curve.size(); ++i)
            distances.push_back(curve[i].seconds - curve[i - 1].seconds);
    }
    return medianOf(std::move(distances)).value_or(0);
}

} // namespace

std::optional<double> medianOf(std::vector<double> values)
{
    if (values.empty())
        return std::nullopt;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1)
        return *middle;
    return (*std::max_element(values.begin(), middle) + *middle) / 2;
}

std::vector<FleetHistory::Point> medianCurve(const std::vector<std::vector<FleetHistory::Point>> &curves)
{
    double first = std::numeric_limits<double>::infinity();
    double last = -first;
    for (const Curve &curve : curves) {
        if (curve.empty())
            continue;
        first = std::min(first, curve.front().seconds);
        last = std::max(last, curve.back().seconds);
    }
    if (!(first <= last))
        return {};
    const double distance = usualDistance(curves);
    std::vector<double> moments{last};
    if (distance > 0) {
        while (moments.back() - distance >= first + distance / 2)
            moments.push_back(moments.back() - distance);
        std::reverse(moments.begin(), moments.end());
    }

    std::vector<size_t> next(curves.size(), 0); // of each curve, the first point after the moment
    std::vector<FleetHistory::Point> result;
    result.reserve(moments.size());
    std::vector<double> values;
    for (const double moment : moments) {
        values.clear();
        for (size_t i = 0; i < curves.size(); ++i) {
            const Curve &curve = curves[i];
            while (next[i] < curve.size() && curve[next[i]].seconds <= moment)
                ++next[i];
            if (next[i] == 0)
                continue;
            const FleetHistory::Point &newest = curve[next[i] - 1];
            const bool kept = distance <= 0 || moment - newest.seconds <= keptDistances * distance;
            if (kept && std::isfinite(newest.value))
                values.push_back(newest.value);
        }
        result.push_back({moment, medianOf(values).value_or(std::numeric_limits<double>::quiet_NaN())});
    }
    return result;
}

} // namespace shardhelm
