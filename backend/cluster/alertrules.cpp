// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/alertrules.h"

namespace shardhelm::cluster {

const std::vector<AlertRule> &alertRules()
{
    using enum AlertRule::Unit;
    constexpr double day = 86400;
    constexpr double mebibyte = 1048576;
    constexpr double pebibyte = 1125899906842624;
    // PostgreSQL stops taking writes about three million transactions before this age.
    constexpr double wraparound = 2147483647;
    static const std::vector<AlertRule> rules{
        {QStringLiteral("p99_ms"), Milliseconds, 250, 0.1, day * 1000, false},
        {QStringLiteral("p99_ratio"), Count, 5, 1, 1000000, false},
        {QStringLiteral("lag_seconds"), Seconds, 30, 0.1, day, false},
        {QStringLiteral("lag_bytes"), Bytes, 256 * mebibyte, 1, pebibyte, false},
        {QStringLiteral("connections_percent"), Percent, 85, 1, 100, false},
        {QStringLiteral("blocked_sessions"), Count, 5, 1, 100000, false},
        {QStringLiteral("longest_transaction_seconds"), Seconds, 300, 0.1, 30 * day, false},
        {QStringLiteral("cache_hit_percent"), Percent, 90, 0, 100, true},
        {QStringLiteral("disk_percent"), Percent, 85, 1, 100, false},
        {QStringLiteral("transaction_age"), Count, 1000000000, 1000, wraparound, false},
        {QStringLiteral("slot_wal_bytes"), Bytes, 10240 * mebibyte, 1, pebibyte, false},
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

} // namespace shardhelm::cluster
