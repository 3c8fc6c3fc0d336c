// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/latency/figures.h"

#include <map>
#include <optional>

namespace shardhelm::monitor::latency {

/// Durations in buckets of 1 % width, each with the weight of the calls it stands for. Bounded memory, mergeable.
class Durations
{
public:
    /// One call that was seen with `probability` (0, 1]; it stands for 1 / probability calls.
    void add(double ms, double probability = 1);
    void merge(const Durations &other);
    void clear() { *this = Durations(); }

    [[nodiscard]] qint64 seen() const { return m_seen; }
    /// Estimated number of calls, by Horvitz and Thompson.
    [[nodiscard]] double calls() const { return m_calls; }
    [[nodiscard]] std::optional<Value> mean() const;

    /// The q-quantile of `total` calls of which those shorter than `hiddenBelowMs` were never recorded (0: none were
    /// hidden, `total` is then ignored). Exact when every call was seen; otherwise bounds at two and a half standard
    /// errors of the sampling, with a point when they lie close together. Unknown when the sample is too small to bound
    /// it above.
    [[nodiscard]] std::optional<Value> quantile(double q, double hiddenBelowMs = 0, double total = 0) const;

private:
    struct Bucket
    {
        double weight = 0;
        double variance = 0; ///< of the weight, by sampling
        double excess = 0; ///< largest (1 - p) / p: calls that a single sampled one may hide
    };
    std::map<int, Bucket> m_buckets;
    qint64 m_seen = 0;
    double m_calls = 0;
    double m_variance = 0;
    double m_total = 0;
};

} // namespace shardhelm::monitor::latency
