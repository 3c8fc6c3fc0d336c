// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/lag.h"

#include <algorithm>

namespace shardhelm::monitor {

namespace {

constexpr size_t historyLength = 512;

/// The sender that feeds the replica, when that is certain: by slot, by name, or because there is one of each.
const Sender *senderOf(const ReplicaPosition &replica, const std::vector<Sender> &senders, bool onlyReplica)
{
    const auto only = [&](const auto &matches) -> const Sender * {
        if (std::count_if(senders.begin(), senders.end(), matches) != 1)
            return nullptr;
        return &*std::find_if(senders.begin(), senders.end(), matches);
    };
    if (!replica.slotName.isEmpty()) {
        if (const Sender *found = only([&](const Sender &s) { return s.slotName == replica.slotName; }))
            return found;
    }
    if (!replica.clusterName.isEmpty()) {
        if (const Sender *found = only([&](const Sender &s) { return s.applicationName == replica.clusterName; }))
            return found;
    }
    return onlyReplica && senders.size() == 1 ? &senders.front() : nullptr;
}

} // namespace

void WalHistory::add(double at, qint64 position)
{
    if (!m_points.empty() && (at < m_points.back().at || position < m_points.back().position))
        m_points.clear();
    // While nothing is written only the end of the quiet time counts.
    const size_t size = m_points.size();
    if (size >= 2 && m_points[size - 1].position == position && m_points[size - 2].position == position)
        m_points.back().at = at;
    else
        m_points.push_back({at, position});
    if (m_points.size() > historyLength)
        m_points.pop_front();
}

std::optional<double> WalHistory::secondsBehind(qint64 position) const
{
    if (m_points.empty())
        return std::nullopt;
    const auto beyond =
        std::find_if(m_points.begin(), m_points.end(), [&](const Point &point) { return point.position > position; });
    if (beyond == m_points.end())
        return 0;
    if (beyond == m_points.begin())
        return std::nullopt;
    // Between two readings the position is taken to have grown evenly.
    const Point &before = *(beyond - 1);
    const double share =
        static_cast<double>(position - before.position) / static_cast<double>(beyond->position - before.position);
    return m_points.back().at - (before.at + share * (beyond->at - before.at));
}

std::optional<qint64> WalHistory::position() const
{
    return m_points.empty() ? std::nullopt : std::optional(m_points.back().position);
}

Lag lagOf(const ReplicaPosition &replica, const WalHistory &primary, const std::vector<Sender> &senders,
          bool onlyReplica)
{
    Lag lag;
    const std::optional<qint64> written = primary.position();
    if (!written || !replica.applied)
        return lag;
    // The replica may have been read a moment after its primary and be ahead of that reading.
    const qint64 newest = std::max(*written, replica.received.value_or(0));
    lag.bytes = std::max<qint64>(0, newest - *replica.applied);
    if (*lag.bytes == 0) {
        lag.seconds = 0;
        return lag;
    }
    const Sender *sender = senderOf(replica, senders, onlyReplica);
    if (sender && sender->lagSeconds)
        lag.seconds = sender->lagSeconds;
    else
        lag.seconds = primary.secondsBehind(*replica.applied);
    return lag;
}

Lag worstLag(const std::vector<Sender> &senders)
{
    if (senders.empty())
        return {};
    Lag worst{0, 0};
    for (const Sender &sender : senders) {
        // The worst is known only when all are.
        if (!sender.lagBytes)
            return {};
        worst.bytes = std::max(*worst.bytes, *sender.lagBytes);
        const std::optional<double> seconds = *sender.lagBytes == 0 ? std::optional(0.0) : sender.lagSeconds;
        if (worst.seconds)
            worst.seconds = seconds ? std::optional(std::max(*worst.seconds, *seconds)) : std::nullopt;
    }
    return worst;
}

} // namespace shardhelm::monitor
