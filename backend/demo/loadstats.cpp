// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/loadstats.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace shardhelm::demo {

namespace {

constexpr double classesPerOctave = 8;

} // namespace

void LatencyCounts::add(std::chrono::microseconds duration)
{
    const double us = std::max<double>(1, static_cast<double>(duration.count()));
    const auto index = static_cast<size_t>(std::log2(us) * classesPerOctave);
    ++m_counts[std::min(index, m_counts.size() - 1)];
}

LatencyCounts::Counts LatencyCounts::counts() const
{
    Counts counts;
    std::transform(m_counts.begin(), m_counts.end(), counts.begin(), [](const auto &count) { return count.load(); });
    return counts;
}

double LatencyCounts::quantileMs(const Counts &counts, double part)
{
    const qint64 all = std::accumulate(counts.begin(), counts.end(), qint64(0));
    if (all == 0)
        return 0;
    qint64 below = 0;
    for (size_t i = 0; i < counts.size(); ++i) {
        below += counts[i];
        if (static_cast<double>(below) >= part * static_cast<double>(all))
            return std::exp2(static_cast<double>(i + 1) / classesPerOctave) / 1000;
    }
    return 0;
}

qint64 LoadTotals::errorCount() const
{
    return std::accumulate(errors.begin(), errors.end(), qint64(0));
}

void LoadStats::acknowledged(bool read, bool stale, std::chrono::microseconds gap)
{
    ++m_operations;
    ++(read ? m_reads : m_acknowledged);
    if (stale)
        ++m_staleReads;
    m_latencies.add(gap);
    qint64 longest = m_longestGapUs;
    while (gap.count() > longest && !m_longestGapUs.compare_exchange_weak(longest, gap.count())) { }
}

void LoadStats::failed(const QString &label)
{
    const std::scoped_lock lock(m_mutex);
    ++m_errors[label];
}

LoadTotals LoadStats::totals() const
{
    LoadTotals totals;
    totals.operations = m_operations;
    totals.reads = m_reads;
    totals.acknowledged = m_acknowledged;
    totals.unknown = m_unknown;
    totals.settled = m_settled;
    totals.refused = m_refused;
    totals.staleReads = m_staleReads;
    totals.retries = m_retries;
    totals.longestGapUs = m_longestGapUs;
    totals.latencies = m_latencies.counts();
    const std::scoped_lock lock(m_mutex);
    totals.errors = m_errors;
    return totals;
}

} // namespace shardhelm::demo
