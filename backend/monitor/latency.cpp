// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/latency.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace shardhelm::monitor {

std::optional<double> mixtureQuantile(const std::vector<LogNormal> &parts, double quantile)
{
    struct Part
    {
        double weight;
        double mu;
        double sigma;
    };
    std::vector<Part> logs;
    double total = 0;
    double low = 0;
    double high = 0;
    for (const LogNormal &part : parts) {
        if (part.weight <= 0 || part.mean <= 0)
            continue;
        const double squaredSigma = std::log1p(part.variance / (part.mean * part.mean));
        // A single time has no variance; a narrow bell keeps the distribution function continuous.
        const double sigma = std::max(std::sqrt(squaredSigma), 1e-3);
        const double mu = std::log(part.mean) - squaredSigma / 2;
        low = logs.empty() ? mu - 10 * sigma : std::min(low, mu - 10 * sigma);
        high = logs.empty() ? mu + 10 * sigma : std::max(high, mu + 10 * sigma);
        total += part.weight;
        logs.push_back({part.weight, mu, sigma});
    }
    if (logs.empty())
        return std::nullopt;
    // The distribution function of the mixture only grows: halve the interval of the logarithm.
    for (int step = 0; step < 60; ++step) {
        const double middle = (low + high) / 2;
        double below = 0;
        for (const Part &part : logs)
            below += part.weight * std::erfc(-(middle - part.mu) / part.sigma / std::numbers::sqrt2) / 2;
        (below < quantile * total ? low : high) = middle;
    }
    return std::exp((low + high) / 2);
}

std::optional<double> LatencyEstimate::p99Since(const StatementReading &reading)
{
    std::vector<LogNormal> parts;
    qint64 calls = 0;
    Last now{reading.statsReset, {}};
    now.statements.reserve(static_cast<qsizetype>(reading.statements.size()));
    const bool comparable = m_last && m_last->statsReset == reading.statsReset;
    for (const StatementSums &sums : reading.statements) {
        now.statements.insert(sums.key, sums);
        if (!comparable || m_ignored.contains(sums.key))
            continue;
        // A statement that was not there has all its calls in the window; one whose count went down was evicted
        // meanwhile and began again.
        StatementSums before = m_last->statements.value(sums.key);
        if (before.calls > sums.calls)
            before = {};
        const qint64 ran = sums.calls - before.calls;
        const double spent = sums.totalMs - before.totalMs;
        if (ran <= 0 || spent <= 0)
            continue;
        const double mean = spent / static_cast<double>(ran);
        // Differences of large sums lose digits: never below zero.
        const double variance =
            std::max(0.0, (sums.squareSum - before.squareSum) / static_cast<double>(ran) - mean * mean);
        parts.push_back({static_cast<double>(ran), mean, variance});
        calls += ran;
    }
    m_last = std::move(now);
    return calls >= minimumCalls ? mixtureQuantile(parts, 0.99) : std::nullopt;
}

} // namespace shardhelm::monitor
