// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <vector>

namespace shardhelm::cluster {

struct ClusterFile;

/// How much an alert matters; part of the file's and the command line's contract (alertSeverityWord()).
enum class AlertSeverity { Note, Warning, Critical };

/// "note", "warning", "critical".
QString alertSeverityWord(AlertSeverity severity);
/// All of them, mildest first.
QStringList alertSeverityWords();
std::optional<AlertSeverity> alertSeverityOf(const QString &word);

/// A rule of section [alerts]: which figure, in which unit, and what is used when the file does not say.
struct AlertRule
{
    enum class Unit {
        Count,
        Milliseconds,
        Seconds,
        Bytes,
        Percent,
        None, ///< the rule has no threshold: it is on (1) or off
    };
    QString name; ///< key in the file and in ClusterFile::alerts
    Unit unit = Unit::Count;
    double threshold = 0; ///< default, in `unit`
    double minimum = 0;
    double maximum = 0;
    bool whenBelow = false; ///< the alert is raised below the threshold, not from it on
    std::chrono::milliseconds hold{0}; ///< default of `for`: how long it has to be so before the alert is raised
    AlertSeverity severity = AlertSeverity::Warning;
};

/// What a cluster file says about one rule beside its threshold.
struct AlertOptions
{
    std::optional<double> clear; ///< the figure at which a raised alert is cleared, in the rule's unit
    std::optional<std::chrono::milliseconds> hold; ///< key `for`
    std::optional<AlertSeverity> severity;
    QString command; ///< run by the shell when the alert is raised and cleared, or empty
    QString runbook; ///< http or https address, or empty

    bool operator==(const AlertOptions &) const = default;
};

/// A rule as it applies: the file's words over the defaults.
struct AlertSetting
{
    QString rule;
    double threshold = 0;
    double clear = 0; ///< a raised alert is cleared below this (above, for AlertRule::whenBelow)
    std::chrono::milliseconds hold{0};
    AlertSeverity severity = AlertSeverity::Warning;
    QString command;
    QString runbook;

    bool operator==(const AlertSetting &) const = default;
};

/// All rules, in the order in which they are documented.
const std::vector<AlertRule> &alertRules();
/// The default thresholds by name.
QMap<QString, double> defaultAlerts();
/// The rule of that name, nullptr when there is none.
const AlertRule *alertRule(const QString &name);
/// The rule as `file` has it; nullopt when it is unknown or switched off. Without a word on `clear` an alert is cleared
/// when the figure has come back a tenth of the way from the threshold.
std::optional<AlertSetting> alertSetting(const ClusterFile &file, const QString &rule);

} // namespace shardhelm::cluster
