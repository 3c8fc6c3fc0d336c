// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/metric.h"

#include <QHash>

#include <chrono>
#include <deque>
#include <optional>
#include <vector>

namespace shardhelm {

/// The samples of the last while, reduced to the figures that are drawn as curves. In memory only; GUI thread.
class FleetHistory
{
public:
    /// A value at a time; NaN where the server did not answer or the figure was unknown.
    struct Point
    {
        double seconds = 0; ///< since the epoch
        double value = 0;
    };

    /// How far back it reaches; older samples are dropped with the next append().
    void setSpan(std::chrono::seconds span) { m_span = span; }
    void append(const monitor::FleetSample &sample);
    void clear();

    [[nodiscard]] bool isEmpty() const { return m_servers.isEmpty(); }
    /// When the oldest sample that is kept was taken, in seconds since the epoch; nullopt before the first.
    [[nodiscard]] std::optional<double> begin() const;
    /// Oldest first, from `from` (seconds since the epoch) on; at most `limit` points, the newest ones (0: all).
    [[nodiscard]] std::vector<Point> series(const QString &server, Metric metric, double from = 0,
                                            size_t limit = 0) const;
    /// The newest `limit` values, oldest first.
    [[nodiscard]] std::vector<double> values(const QString &server, Metric metric, size_t limit) const;

private:
    struct Row
    {
        double seconds;
        std::array<float, allMetrics.size()> figures;
    };

    QHash<QString, std::deque<Row>> m_servers;
    std::chrono::seconds m_span{3600};
};

} // namespace shardhelm
