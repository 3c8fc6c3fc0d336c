// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/metric.h"

#include <QHash>

#include <array>
#include <chrono>
#include <optional>
#include <vector>

namespace shardhelm {

/// The samples of the last while, reduced to their metrics. In memory only, a few bytes for each value; GUI thread.
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
    /// The samples of one server. A figure takes room from its first value on: most servers lack some.
    struct Server
    {
        std::vector<double> seconds; ///< since the epoch
        std::array<std::vector<float>, allMetrics.size()> figures; ///< as long as `seconds`, or empty
        size_t first = 0; ///< what lies before is dropped

        void add(double at, const monitor::ServerSample *sample);
        void dropBefore(double oldest);
        [[nodiscard]] bool isEmpty() const { return first == seconds.size(); }
    };

    QHash<QString, Server> m_servers;
    std::chrono::seconds m_span{3600};
};

} // namespace shardhelm
