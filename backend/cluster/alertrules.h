// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>

#include <vector>

namespace shardhelm::cluster {

/// A rule of section [alerts]: which figure, in which unit, and the threshold used when the file does not say.
struct AlertRule
{
    enum class Unit { Count, Milliseconds, Seconds, Bytes, Percent };
    QString name; ///< key in the file and in ClusterFile::alerts
    Unit unit = Unit::Count;
    double threshold = 0; ///< default, in `unit`
    double minimum = 0;
    double maximum = 0;
    bool whenBelow = false; ///< the alert is raised below the threshold, not from it on
};

/// All rules, in the order in which they are documented.
const std::vector<AlertRule> &alertRules();
/// The default thresholds by name.
QMap<QString, double> defaultAlerts();

} // namespace shardhelm::cluster
