// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/latency/tails.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace shardhelm::monitor::latency {

namespace {

double normalTail(double z)
{
    return 0.5 * std::erfc(z / std::numbers::sqrt2);
}

// A deviation this small against the mean is one value as far as any figure shows.
constexpr double negligible = 1e-12;

} // namespace

double largestTail(double x, const TailInput &in)
{
    if (x <= in.low)
        return 1;
    if (x > in.high)
        return 0;
    const double below = in.mean - in.low;
    const double above = in.high - in.mean;
    if (x > in.mean) {
        const double away = x - in.mean;
        // Two points suffice up to this variance and the share grows with it; beyond it shrinks.
        const double variance = std::clamp(away * below, in.varianceLow, in.varianceHigh);
        if (variance <= away * below)
            return variance / (variance + away * away);
        return std::clamp(1 - (variance + away * above) / ((x - in.low) * (in.high - in.low)), 0.0, 1.0);
    }
    const double variance = in.varianceLow;
    if (above <= 0 || variance <= above * (in.mean - x))
        return 1;
    return std::clamp(1 - (variance - (in.mean - x) * above) / ((x - in.low) * (in.high - in.low)), 0.0, 1.0);
}

double smallestTail(double x, const TailInput &in)
{
    return 1 - largestTail(-x, {-in.mean, in.varianceLow, in.varianceHigh, -in.high, -in.low});
}

double logNormalTail(double x, double mean, double variance, double start)
{
    const double m = mean - start;
    const double y = x - start;
    if (y <= 0)
        return 1;
    if (m <= 0)
        return 0;
    const double spread = std::log1p(variance / (m * m));
    if (spread < negligible)
        return x < mean ? 1 : 0;
    return normalTail((std::log(y / m) + spread / 2) / std::sqrt(spread));
}

double gammaTail(double x, double mean, double variance, double start)
{
    const double m = mean - start;
    const double y = x - start;
    if (y <= 0)
        return 1;
    if (m <= 0)
        return 0;
    const double shape = variance > 0 ? m * m / variance : 1 / negligible;
    if (shape >= 1 / negligible)
        return x < mean ? 1 : 0;
    const double ninth = 1 / (9 * shape);
    return normalTail((std::cbrt(y / m) - (1 - ninth)) / std::sqrt(ninth));
}

} // namespace shardhelm::monitor::latency
