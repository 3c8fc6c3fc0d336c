// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/latency/durations.h"

#include <algorithm>
#include <cmath>

namespace shardhelm::monitor::latency {

namespace {

constexpr double width = 1.01;
constexpr double shortest = 1e-4; // ms; everything below shares one bucket
constexpr double standardErrors = 2.5;
constexpr double closeTogether = 1.3; // bounds within +-15 % of their middle

int bucketOf(double ms)
{
    return int(std::floor(std::log(std::max(ms, shortest) / shortest) / std::log(width)));
}

double middleOf(int bucket)
{
    return shortest * std::pow(width, bucket + 0.5);
}

} // namespace

void Durations::add(double ms, double probability)
{
    if (!std::isfinite(ms) || ms < 0 || probability <= 0)
        return;
    const double p = std::min(probability, 1.0);
    Bucket &bucket = m_buckets[bucketOf(ms)];
    const double variance = (1 - p) / (p * p);
    bucket.weight += 1 / p;
    bucket.variance += variance;
    m_seen += 1;
    m_calls += 1 / p;
    m_variance += variance;
    m_total += ms / p;
    bucket.excess = std::max(bucket.excess, (1 - p) / p);
}

void Durations::merge(const Durations &other)
{
    for (const auto &[index, bucket] : other.m_buckets) {
        Bucket &mine = m_buckets[index];
        mine.weight += bucket.weight;
        mine.variance += bucket.variance;
        mine.excess = std::max(mine.excess, bucket.excess);
    }
    m_seen += other.m_seen;
    m_calls += other.m_calls;
    m_variance += other.m_variance;
    m_total += other.m_total;
}

std::optional<Value> Durations::mean() const
{
    if (m_seen == 0)
        return std::nullopt;
    return Value::point(m_total / m_calls);
}

std::optional<Value> Durations::quantile(double q, double hiddenBelowMs, double total) const
{
    const bool hidden = hiddenBelowMs > 0;
    const double calls = hidden ? total : m_calls;
    if (calls <= 0)
        return std::nullopt;
    const double allowed = (1 - q) * calls;
    // Walks down from the longest call. The quantile is the shortest duration with at most `allowed` calls above it;
    // its bounds are the same with the sampling error added to and taken from the count (score interval, so that few
    // or no calls seen do not mean few or no calls there were).
    const double limit = allowed * (1 + 1e-12);
    double above = 0;
    double varianceAbove = 0;
    double excess = 0;
    std::optional<double> low;
    std::optional<double> middle;
    std::optional<double> high;
    for (auto it = m_buckets.crbegin(); it != m_buckets.crend() && !low; ++it) {
        const double value = middleOf(it->first);
        above += it->second.weight;
        varianceAbove += it->second.variance;
        excess = std::max(excess, it->second.excess);
        const double unseen = standardErrors * standardErrors * excess / 2;
        if (it == m_buckets.crbegin() && 2 * unseen > allowed)
            return std::nullopt;
        // Variance of (calls above) - (1 - q) (all calls), both from one sample.
        const double share = hidden ? 0 : 1 - q;
        const double variance =
            varianceAbove * (1 - share) * (1 - share) + (m_variance - varianceAbove) * share * share;
        const double margin = standardErrors * std::sqrt(variance + unseen * excess / 2);
        if (!high && above + unseen + margin > limit)
            high = value;
        if (!middle && above > limit)
            middle = value;
        if (above + unseen - margin > limit)
            low = value;
    }
    if (!high)
        return hidden ? std::optional(Value::between(0, hiddenBelowMs)) : std::nullopt;
    const double lowest = low ? *low : hidden ? 0 : middleOf(m_buckets.begin()->first);
    if (!middle)
        return Value::between(lowest, *high);
    if (*high > lowest * closeTogether)
        return Value::between(lowest, *high);
    return Value{lowest, *high, *middle};
}

} // namespace shardhelm::monitor::latency
