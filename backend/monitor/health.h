// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QMap>
#include <QSet>
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
    Disk, ///< value: percent; beside: bytes free
    TransactionAge, ///< value: transactions
    SlotWal, ///< value: bytes
};

/// The rule's name in the cluster file.
QString ruleName(Rule rule);

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

/// What judge() remembers from sample to sample, so that a figure that trembles around its threshold does not raise and
/// clear all the time.
struct HeldAlerts
{
    QMap<QString, double> clear; ///< by rule name: a raised alert stays until the figure is better than this
    QHash<QString, QSet<Rule>> raised; ///< by server
};

/// Applies the rules to the figures of every server that answers; `thresholds` as in ClusterFile::alerts, a rule that
/// is missing there is off. Fills ServerSample::alerts, raised ones first, and makes a healthy server with a raised
/// alert Degraded. Servers that do not answer, or whose figures are old, have no alerts. Pure but
/// for `held`; any thread. Verdicts (verdicts.h) calls it for every report.
void judge(FleetSample &fleet, const QMap<QString, double> &thresholds, HeldAlerts *held = nullptr);

} // namespace shardhelm::monitor
