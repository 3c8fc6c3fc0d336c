// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>

#include <optional>
#include <vector>

namespace shardhelm::monitor {

struct FleetSample;

/// A figure of a server that a rule of section [alerts] is about.
enum class Rule {
    P99Ratio, ///< value: ms; beside: the fleet's median in ms
    P99, ///< value: ms
    BlockedSessions, ///< value: sessions
    LagSeconds, ///< value: seconds; beside: bytes
    LagBytes, ///< value: bytes; beside: seconds
    Connections, ///< value: connections in use; beside: the most there may be
    LongestTransaction, ///< value: seconds
    CacheHit, ///< value: percent
};

/// What a rule says about a server: facts, without words.
struct Alert
{
    Rule rule = Rule::P99;
    bool raised = false; ///< over the threshold: the server is degraded. Else near it, worth a line and no more
    double value = 0;
    double threshold = 0; ///< in the rule's unit (cluster::alertRules)
    std::optional<double> beside; ///< a second figure, see Rule

    bool operator==(const Alert &) const = default;
};

/// Median of p99 over the primaries that answer, in ms: the fleet that a server is compared with. A median, so that the
/// slow ones do not move what they are measured by.
std::optional<double> medianP99Ms(const FleetSample &fleet);

/// Applies the rules to the figures of every server that answers; `thresholds` as in ClusterFile::alerts, a rule that
/// is missing there is off. Fills ServerSample::alerts, raised ones first, and makes a healthy server with a raised
/// alert Degraded. Servers that do not answer, or whose figures are old, have no alerts. The one place where state
/// follows from figures: the command line and the window show what it says. Pure; any thread.
void judge(FleetSample &fleet, const QMap<QString, double> &thresholds);

} // namespace shardhelm::monitor
