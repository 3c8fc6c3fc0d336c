// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/alertrules.h"
#include "monitor/sample.h"

#include <QDateTime>
#include <QString>

#include <optional>
#include <tuple>
#include <vector>

namespace shardhelm::monitor::alerts {

/// What an alert is about: a rule of the cluster file and a server, or the fleet as a whole.
struct Subject
{
    QString rule; ///< name of the rule; empty: every rule (mutes only)
    QString server; ///< empty: the fleet (every server, for mutes)

    bool operator==(const Subject &) const = default;
    bool operator<(const Subject &other) const { return std::tie(rule, server) < std::tie(other.rule, other.server); }
};

/// One alert that is raised, with the facts of the newest sample. Facts only; models word them.
struct ActiveAlert
{
    Subject subject;
    QString instance; ///< the instance that the server belongs to; empty for the fleet
    cluster::AlertSeverity severity = cluster::AlertSeverity::Warning;
    QDateTime since; ///< when it was raised
    std::optional<Alert> figure; ///< of a rule over a figure
    std::vector<outliers::Reason> reasons; ///< of rule outlier
    std::optional<outliers::CommonChange> change; ///< of rule common_change
    std::optional<Error> error; ///< of rule down: why
    int servers = 0; ///< of rule unreachable: how many do not answer
    QString command; ///< to run by the shell when it is raised and cleared, or empty
    QString runbook; ///< address of the page that says what to do, or empty

    bool operator==(const ActiveAlert &) const = default;
};

/// An alert was raised or is over.
struct Event
{
    bool raised = false;
    QDateTime at;
    ActiveAlert alert;

    bool operator==(const Event &) const = default;
};

} // namespace shardhelm::monitor::alerts
