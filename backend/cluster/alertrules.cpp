// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/alertrules.h"

#include "cluster/clusterfile.h"

#include <algorithm>
#include <array>

namespace shardhelm::cluster {

namespace {

constexpr std::array severities{AlertSeverity::Note, AlertSeverity::Warning, AlertSeverity::Critical};

/// A figure that trembles around its threshold must not raise and clear all the time.
double defaultClear(const AlertRule &rule, double threshold)
{
    constexpr double wayBack = 0.1;
    if (!rule.whenBelow)
        return threshold * (1 - wayBack);
    return threshold + (rule.maximum - threshold) * wayBack;
}

} // namespace

QString alertSeverityWord(AlertSeverity severity)
{
    switch (severity) {
    case AlertSeverity::Note:
        return QStringLiteral("note");
    case AlertSeverity::Critical:
        return QStringLiteral("critical");
    case AlertSeverity::Warning:
        break;
    }
    return QStringLiteral("warning");
}

QStringList alertSeverityWords()
{
    QStringList words;
    for (const AlertSeverity severity : severities)
        words.append(alertSeverityWord(severity));
    return words;
}

std::optional<AlertSeverity> alertSeverityOf(const QString &word)
{
    for (const AlertSeverity severity : severities) {
        if (alertSeverityWord(severity) == word)
            return severity;
    }
    return std::nullopt;
}

const std::vector<AlertRule> &alertRules()
{
    using enum AlertRule::Unit;
    using enum AlertSeverity;
    using std::chrono::seconds;
    constexpr double day = 86400;
    constexpr double mebibyte = 1048576;
    constexpr double pebibyte = 1125899906842624;
    // PostgreSQL stops taking writes about three million transactions before this age.
    constexpr double wraparound = 2147483647;
    static const std::vector<AlertRule> rules{
        {QStringLiteral("down"), None, 1, 1, 1, false, seconds(5), Critical},
        {QStringLiteral("unreachable"), None, 1, 1, 1, false, seconds(5), Critical},
        {QStringLiteral("outlier"), Count, 1, 0.5, 100, false, seconds(0), Warning},
        {QStringLiteral("common_change"), None, 1, 1, 1, false, seconds(10), Warning},
        {QStringLiteral("p99_ms"), Milliseconds, 250, 0.1, day * 1000, false, seconds(30), Warning},
        {QStringLiteral("p99_ratio"), Count, 5, 1, 1000000, false, seconds(20), Warning},
        {QStringLiteral("lag_seconds"), Seconds, 30, 0.1, day, false, seconds(10), Warning},
        {QStringLiteral("lag_bytes"), Bytes, 256 * mebibyte, 1, pebibyte, false, seconds(10), Warning},
        {QStringLiteral("connections_percent"), Percent, 85, 1, 100, false, seconds(5), Warning},
        {QStringLiteral("blocked_sessions"), Count, 5, 1, 100000, false, seconds(5), Warning},
        {QStringLiteral("longest_transaction_seconds"), Seconds, 300, 0.1, 30 * day, false, seconds(0), Warning},
        {QStringLiteral("cache_hit_percent"), Percent, 90, 0, 100, true, seconds(30), Warning},
        {QStringLiteral("disk_percent"), Percent, 85, 1, 100, false, seconds(0), Critical},
        {QStringLiteral("transaction_age"), Count, 1000000000, 1000, wraparound, false, seconds(0), Critical},
        {QStringLiteral("slot_wal_bytes"), Bytes, 10240 * mebibyte, 1, pebibyte, false, seconds(0), Warning},
    };
    return rules;
}

QMap<QString, double> defaultAlerts()
{
    QMap<QString, double> thresholds;
    for (const AlertRule &rule : alertRules())
        thresholds.insert(rule.name, rule.threshold);
    return thresholds;
}

const AlertRule *alertRule(const QString &name)
{
    const auto found = std::ranges::find(alertRules(), name, &AlertRule::name);
    return found == alertRules().end() ? nullptr : &*found;
}

std::optional<AlertSetting> alertSetting(const ClusterFile &file, const QString &name)
{
    const AlertRule *rule = alertRule(name);
    const auto threshold = file.alerts.constFind(name);
    if (!rule || threshold == file.alerts.cend())
        return std::nullopt;
    const AlertOptions options = file.alertOptions.value(name);
    return AlertSetting{name,
                        *threshold,
                        options.clear.value_or(defaultClear(*rule, *threshold)),
                        options.hold.value_or(rule->hold),
                        options.severity.value_or(rule->severity),
                        options.command.isEmpty() ? file.alertCommand : options.command,
                        options.runbook};
}

} // namespace shardhelm::cluster
