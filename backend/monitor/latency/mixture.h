// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/latency/figures.h"
#include "monitor/latency/moments.h"

#include <span>
#include <vector>

namespace shardhelm::monitor::latency {

/// The calls of one or more consecutive windows as a mixture over statements and windows, and its quantiles.
///
/// How a quantile is found. Every curve below is the number of calls longer than x, summed over the mixture; the
/// quantile is where the curve falls to (1 - q) of all calls.
/// - Hard bounds: for each slice the largest and smallest tail that its moments and bounds allow. The truth lies
///   between the two quantiles whatever the distributions are.
/// - Fits: shifted log-normal, log-normal and gamma with the moments of each slice.
/// - Doubt: for each statement the highest and lowest of the fits, of a narrow body with all remaining variance in
///   rare calls just beyond x, and of that body with those calls far beyond x. Statements are independent of each
///   other, so their doubts add up by squares.
/// A point is given where the hard bounds are narrow, or where the doubt around the fit is; otherwise the hard bounds.
class Mixture
{
public:
    explicit Mixture(std::span<const MomentWindow> windows);

    [[nodiscard]] qint64 calls() const { return m_calls; }
    [[nodiscard]] double mean() const;
    /// Unknown without calls. `q` in (0, 1).
    [[nodiscard]] std::optional<Value> quantile(double q) const;

private:
    struct Component;
    struct Curves;
    Curves at(double x) const;

    std::vector<double> m_exact; ///< ascending
    std::vector<Component> m_components; ///< those of one statement in a row
    qint64 m_calls = 0;
    double m_total = 0;
    double m_shortest = 0;
    double m_longest = 0;
};

/// p50, p95, p99 and mean of consecutive windows, oldest first.
Figures estimate(std::span<const MomentWindow> windows);

} // namespace shardhelm::monitor::latency
