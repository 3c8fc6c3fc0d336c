// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <deque>
#include <optional>
#include <vector>

namespace shardhelm::monitor {

/// When a primary had written up to which WAL position, over the last minutes. Tells how old the data is that a replica
/// has not applied yet, from the primary's clock alone.
class WalHistory
{
public:
    /// `at`: the primary's clock, seconds since 1970. A position or time that goes back (another primary, another
    /// clock) starts anew.
    void add(double at, qint64 position);
    /// Seconds from the moment the primary wrote beyond `position` until its last reading; 0 when it has not; nothing
    /// when that was before the history began.
    [[nodiscard]] std::optional<double> secondsBehind(qint64 position) const;
    /// The last position read.
    [[nodiscard]] std::optional<qint64> position() const;

private:
    struct Point
    {
        double at;
        qint64 position;
    };
    std::deque<Point> m_points;
};

/// One replica as its primary sees it.
struct Sender
{
    QString applicationName;
    QString slotName;
    QString state; ///< empty when hidden from our role
    std::optional<qint64> lagBytes;
    std::optional<double> lagSeconds; ///< the server's replay_lag; null when nothing was sent lately

    bool operator==(const Sender &) const = default;
};

/// Where a replica stands by its own account.
struct ReplicaPosition
{
    std::optional<qint64> received;
    std::optional<qint64> applied;
    QString clusterName; ///< sent as application name unless the replica sets another one
    QString slotName;
};

struct Lag
{
    std::optional<qint64> bytes;
    std::optional<double> seconds;

    bool operator==(const Lag &) const = default;
};

/// How far a replica is behind. Bytes: what it received and has not applied plus what its primary has beyond that; null
/// when the primary's position is not known. Seconds of data: 0 when nothing is missing; else as the primary measured
/// it for this replica, else from the primary's history; null when neither says.
Lag lagOf(const ReplicaPosition &replica, const WalHistory &primary, const std::vector<Sender> &senders,
          bool onlyReplica);

/// The worst lag among the replicas a primary feeds; null without replicas and when the lag of one is not known.
Lag worstLag(const std::vector<Sender> &senders);

} // namespace shardhelm::monitor
