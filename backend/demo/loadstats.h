// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>

#include <array>
#include <atomic>
#include <chrono>
#include <mutex>

namespace shardhelm::demo {

/// Counts of durations in classes that are 9 % wide, from a microsecond to an hour. Any thread.
class LatencyCounts
{
public:
    using Counts = std::array<qint64, 256>;

    void add(std::chrono::microseconds duration);
    [[nodiscard]] Counts counts() const;
    /// Upper end, in milliseconds, of the class in which the share `part` (0.99) of all durations is reached; 0 for
    /// none.
    static double quantileMs(const Counts &counts, double part);

private:
    std::array<std::atomic<qint64>, 256> m_counts = {};
};

/// How a load stands: totals since its beginning.
struct LoadTotals
{
    qint64 operations = 0; ///< ended, reads included
    qint64 reads = 0;
    qint64 acknowledged = 0; ///< writes
    qint64 unknown = 0; ///< writes whose outcome is not known yet
    qint64 settled = 0; ///< writes whose unknown outcome was found out
    qint64 refused = 0; ///< given up, without effect
    qint64 staleReads = 0;
    qint64 retries = 0;
    qint64 longestGapUs = 0; ///< from first send to acknowledgement of one operation
    QMap<QString, qint64> errors; ///< failed attempts by SQLSTATE, with what the router contract adds to it
    LatencyCounts::Counts latencies = {}; ///< of acknowledged operations

    [[nodiscard]] qint64 errorCount() const;
};

/// What all clients of a load count together. Any thread.
class LoadStats
{
public:
    void acknowledged(bool read, bool stale, std::chrono::microseconds gap);
    void refused()
    {
        ++m_refused;
        ++m_operations;
    }
    void becameUnknown() { ++m_unknown; }
    void settled()
    {
        --m_unknown;
        ++m_settled;
    }
    void retried() { ++m_retries; }
    void failed(const QString &label);
    [[nodiscard]] LoadTotals totals() const;

private:
    std::atomic<qint64> m_operations = 0;
    std::atomic<qint64> m_reads = 0;
    std::atomic<qint64> m_acknowledged = 0;
    std::atomic<qint64> m_unknown = 0;
    std::atomic<qint64> m_settled = 0;
    std::atomic<qint64> m_refused = 0;
    std::atomic<qint64> m_staleReads = 0;
    std::atomic<qint64> m_retries = 0;
    std::atomic<qint64> m_longestGapUs = 0;
    LatencyCounts m_latencies;
    mutable std::mutex m_mutex;
    QMap<QString, qint64> m_errors; ///< guarded by m_mutex
};

} // namespace shardhelm::demo
