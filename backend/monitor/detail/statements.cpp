// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/detail/statements.h"

#include <algorithm>
#include <cmath>

namespace shardhelm::monitor::detail {

namespace {

constexpr qint64 fewestCalls = 3;
constexpr double slowFactor = 2;
constexpr double leastEffectMs = 1;

double medianOf(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    const size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

} // namespace

Comparison compared(const StatementOnServer &here, const std::vector<StatementOnServer> &others)
{
    Comparison result;
    std::vector<double> means;
    bool anybody = false;
    for (const StatementOnServer &other : others) {
        anybody = anybody || other.calls > 0;
        if (other.calls >= fewestCalls)
            means.push_back(other.meanMs());
    }
    result.compared = static_cast<int>(means.size());
    if (means.empty()) {
        result.spread = anybody ? Spread::Unknown : Spread::NowhereElse;
        return result;
    }
    const double median = medianOf(means);
    std::vector<double> distances;
    for (const double mean : means)
        distances.push_back(std::abs(mean - median));
    const double deviation = medianOf(std::move(distances));
    const auto slow = [&](double mean) {
        return mean >= slowFactor * median && mean - median >= leastEffectMs && mean > median + 3 * deviation;
    };
    result.medianMs = median;
    result.lowMs = median;
    result.highMs = median;
    for (const StatementOnServer &other : others) {
        if (other.calls < fewestCalls)
            continue;
        if (slow(other.meanMs())) {
            result.slow << other.server;
            continue;
        }
        result.lowMs = std::min(result.lowMs, other.meanMs());
        result.highMs = std::max(result.highMs, other.meanMs());
    }
    if (here.calls < fewestCalls)
        return result;
    if (median > 0)
        result.factor = here.meanMs() / median;
    if (slow(here.meanMs()))
        result.spread = result.slow.isEmpty() ? Spread::OnlyHere : Spread::HereAndOthers;
    else if (!result.slow.isEmpty())
        result.spread = Spread::OnlyElsewhere;
    else if (here.meanMs() * slowFactor <= median && median - here.meanMs() >= leastEffectMs)
        result.spread = Spread::FasterHere;
    else
        result.spread = Spread::Alike;
    return result;
}

} // namespace shardhelm::monitor::detail
