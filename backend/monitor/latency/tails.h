// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace shardhelm::monitor::latency {

/// What is known of a set of durations: mean, variance within two limits, support.
struct TailInput
{
    double mean = 0;
    double varianceLow = 0;
    double varianceHigh = 0;
    double low = 0;
    double high = 0;
};

/// The largest share of values >= x that any distribution with these moments and bounds can have: Cantelli's bound
/// where its two-point distribution fits into the support, the three-point Chebyshev-Markov distribution elsewhere.
/// Sharp for a known variance. Pure, as all functions here.
double largestTail(double x, const TailInput &input);
/// The smallest share of values > x.
double smallestTail(double x, const TailInput &input);

/// Share above x of a log-normal distribution with this mean and variance that starts at `start`.
double logNormalTail(double x, double mean, double variance, double start = 0);
/// The same of a gamma distribution, by Wilson and Hilferty's cube-root approximation.
double gammaTail(double x, double mean, double variance, double start = 0);

} // namespace shardhelm::monitor::latency
