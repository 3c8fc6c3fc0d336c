// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/latency/moments.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace shardhelm::test {

/// Counters of one statement kept the way pg_stat_statements keeps them (Welford's update), and calls to feed it.
struct SimulatedStatement
{
    double calls = 0;
    double mean = 0;
    double squares = 0;
    double total = 0;
    double shortest = 0;
    double longest = 0;

    void call(double ms)
    {
        shortest = calls == 0 ? ms : std::min(shortest, ms);
        longest = calls == 0 ? ms : std::max(longest, ms);
        calls += 1;
        total += ms;
        const double away = ms - mean;
        mean += away / calls;
        squares += away * (ms - mean);
    }

    [[nodiscard]] monitor::latency::StatementCounters counters() const
    {
        return {qint64(calls), total, shortest, longest, calls > 0 ? std::sqrt(squares / calls) : 0, 0, 0, 0, 0, 0};
    }
};

/// The value at rank ceil(q n), as the benchmark and the estimates define a quantile.
inline double sampleQuantile(std::vector<double> values, double q)
{
    std::sort(values.begin(), values.end());
    const auto rank = size_t(std::ceil(q * double(values.size()) - 1e-9));
    return values[std::max<size_t>(rank, 1) - 1];
}

/// A log-normal duration around `middle` with coefficient of variation `cv`.
inline double logNormal(std::mt19937_64 &random, double middle, double cv)
{
    std::normal_distribution<double> normal(0, std::sqrt(std::log1p(cv * cv)));
    return middle * std::exp(normal(random));
}

} // namespace shardhelm::test
