// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/latency/moments.h"

#include <QHashFunctions>

#include <algorithm>
#include <cmath>
#include <limits>

namespace shardhelm::monitor::latency {

namespace {

// Relative error of a lifetime sum of squares: half a unit in the last place for every update, random in sign, and
// the square root and square between the server's sum and the column it shows.
constexpr double roundingOfSums = 1e-13;

/// Calls, sum and squared deviations of one counter set over some stretch of time.
struct Sums
{
    double calls = 0;
    double mean = 0;
    double squares = 0; ///< sum of squared deviations from the mean
    double uncertainty = 0; ///< of `squares`
};

Sums lifetime(qint64 calls, double total, double stddev)
{
    if (calls <= 0)
        return {};
    const double n = double(calls);
    const double squares = n * stddev * stddev;
    return {n, total / n, squares, squares * roundingOfSums};
}

Sums without(const Sums &all, const Sums &earlier)
{
    if (earlier.calls <= 0)
        return all;
    Sums rest;
    rest.calls = all.calls - earlier.calls;
    rest.mean = (all.calls * all.mean - earlier.calls * earlier.mean) / rest.calls;
    const double shift = rest.mean - earlier.mean;
    const double between = shift * shift * earlier.calls * rest.calls / all.calls;
    rest.squares = all.squares - earlier.squares - between;
    rest.uncertainty = all.uncertainty + earlier.uncertainty + between * roundingOfSums;
    return rest;
}

void takeOut(Sums &sums, double value)
{
    const double away = value - sums.mean;
    sums.squares -= away * away * sums.calls / (sums.calls - 1);
    sums.uncertainty += away * away * roundingOfSums;
    sums.mean = (sums.calls * sums.mean - value) / (sums.calls - 1);
    sums.calls -= 1;
}

bool wasMadeAnew(const StatementCounters &before, const StatementCounters &after)
{
    return after.calls < before.calls || after.totalMs < before.totalMs || after.maxMs < before.maxMs
        || after.minMs > before.minMs;
}

/// Samuelson's inequality: no value of n lies further than sqrt(n - 1) standard deviations from the mean.
void tightenBounds(MomentSlice &slice)
{
    const double reach = std::sqrt(slice.varianceHigh * double(slice.calls - 1));
    slice.low = std::clamp(std::max(slice.low, slice.mean - reach), 0.0, slice.mean);
    slice.high = std::max(std::min(slice.high, slice.mean + reach), slice.mean);
}

/// Two calls with known mean and deviation, or calls that all took the same time, are known one by one.
void resolve(MomentSlice &slice)
{
    const bool varianceKnown = slice.varianceHigh - slice.varianceLow <= 1e-6 * slice.varianceHigh;
    if (slice.calls == 1) {
        slice.exactMs.push_back(slice.mean);
    } else if (slice.calls == 2 && varianceKnown) {
        const double deviation = std::sqrt(slice.variance);
        slice.exactMs.push_back(std::max(0.0, slice.mean - deviation));
        slice.exactMs.push_back(slice.mean + deviation);
    } else {
        return;
    }
    slice.calls = 0;
}

MomentSlice sliceOf(Sums execution, const StatementCounters &before, const StatementCounters &after, bool anew)
{
    MomentSlice slice;
    slice.low = after.minMs;
    slice.high = after.maxMs;
    if ((anew || after.maxMs > before.maxMs) && execution.calls >= 2) {
        slice.exactMs.push_back(after.maxMs);
        takeOut(execution, after.maxMs);
    }
    if ((anew || after.minMs < before.minMs) && execution.calls >= 2) {
        slice.exactMs.push_back(after.minMs);
        takeOut(execution, after.minMs);
    }
    slice.calls = qint64(execution.calls);
    slice.mean = std::clamp(execution.mean, slice.low, slice.high);
    slice.variance = std::max(0.0, execution.squares) / execution.calls;
    slice.varianceLow = std::max(0.0, execution.squares - execution.uncertainty) / execution.calls;
    slice.varianceHigh = (std::max(0.0, execution.squares) + execution.uncertainty) / execution.calls;
    return slice;
}

/// Planning and execution of the same calls added up. How the two vary together is unknown: the variance of the sum
/// lies between the squares of difference and sum of the two deviations.
MomentSlice sliceWithPlanning(const Sums &execution, const Sums &planning, const StatementCounters &after)
{
    MomentSlice slice;
    slice.calls = qint64(execution.calls);
    slice.mean = execution.mean + planning.mean;
    const double run = std::sqrt(std::max(0.0, execution.squares) / execution.calls);
    const double plan = std::sqrt(std::max(0.0, planning.squares) / planning.calls);
    const double rounding = (execution.uncertainty + planning.uncertainty) / execution.calls;
    slice.variance = run * run + plan * plan;
    slice.varianceLow = std::max(0.0, (run - plan) * (run - plan) - rounding);
    slice.varianceHigh = (run + plan) * (run + plan) + rounding;
    slice.low = after.minMs + after.planMinMs;
    slice.high = after.maxMs + after.planMaxMs;
    return slice;
}

} // namespace

size_t qHash(const StatementKey &key, size_t seed)
{
    return qHashMulti(seed, key.user, key.database, key.query);
}

MomentWindow difference(const StatementSnapshot &before, const StatementSnapshot &after)
{
    MomentWindow window;
    window.seconds = after.atSeconds - before.atSeconds;
    window.incomplete = after.evictions != before.evictions;
    for (auto it = after.statements.cbegin(); it != after.statements.cend(); ++it) {
        const StatementCounters &now = it.value();
        StatementCounters then = before.statements.value(it.key());
        const bool anew = then.calls == 0 || wasMadeAnew(then, now);
        if (anew)
            then = StatementCounters();
        if (now.calls <= then.calls)
            continue;
        const Sums execution =
            without(lifetime(now.calls, now.totalMs, now.stddevMs), lifetime(then.calls, then.totalMs, then.stddevMs));
        const qint64 plans = now.plans - then.plans;
        MomentSlice slice;
        if (plans == now.calls - then.calls) {
            const Sums planning = without(lifetime(now.plans, now.planTotalMs, now.planStddevMs),
                                          lifetime(then.plans, then.planTotalMs, then.planStddevMs));
            slice = sliceWithPlanning(execution, planning, now);
            window.planning = true;
        } else {
            slice = sliceOf(execution, then, now, anew);
        }
        tightenBounds(slice);
        resolve(slice);
        window.slices.insert(it.key(), slice);
    }
    return window;
}

MomentSlice merged(const MomentSlice &a, const MomentSlice &b)
{
    MomentSlice sum = a;
    sum.exactMs.insert(sum.exactMs.end(), b.exactMs.begin(), b.exactMs.end());
    if (b.calls == 0)
        return sum;
    if (a.calls == 0) {
        const std::vector<double> exact = std::move(sum.exactMs);
        sum = b;
        sum.exactMs = exact;
        return sum;
    }
    const double n = double(a.calls + b.calls);
    const double shareA = double(a.calls) / n;
    const double shareB = double(b.calls) / n;
    const double between = shareA * shareB * (a.mean - b.mean) * (a.mean - b.mean);
    sum.calls = a.calls + b.calls;
    sum.mean = shareA * a.mean + shareB * b.mean;
    sum.variance = shareA * a.variance + shareB * b.variance + between;
    sum.varianceLow = shareA * a.varianceLow + shareB * b.varianceLow + between;
    sum.varianceHigh = shareA * a.varianceHigh + shareB * b.varianceHigh + between;
    sum.low = std::min(a.low, b.low);
    sum.high = std::max(a.high, b.high);
    return sum;
}

} // namespace shardhelm::monitor::latency
