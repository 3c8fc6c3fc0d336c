// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/outliers/metrics.h"

namespace shardhelm::monitor::outliers {

namespace {

constexpr double megabyte = 1024.0 * 1024.0;
constexpr double gigabyte = 1024.0 * megabyte;

MetricRule ratio(Metric metric, double unit, double leastEffect, std::optional<double> alarm, double weight)
{
    MetricRule rule;
    rule.metric = metric;
    rule.unit = unit;
    rule.leastEffect = leastEffect;
    rule.alarm = alarm;
    rule.weight = weight;
    return rule;
}

/// A ratio whose value is an age in seconds.
MetricRule age(Metric metric, double unit, double leastEffect, std::optional<double> alarm, double weight)
{
    MetricRule rule = ratio(metric, unit, leastEffect, alarm, weight);
    rule.age = true;
    return rule;
}

MetricRule share(Metric metric, double leastSpread, double leastEffect, std::optional<double> alarm, double weight)
{
    MetricRule rule;
    rule.metric = metric;
    rule.ratio = false;
    rule.leastSpread = leastSpread;
    rule.leastEffect = leastEffect;
    rule.alarm = alarm;
    rule.weight = weight;
    return rule;
}

/// A figure of the machine: where instances share one, none of them is the cause.
MetricRule ofMachine(MetricRule rule)
{
    rule.sharedAlarm = true;
    return rule;
}

} // namespace

std::span<const MetricRule> defaultRules()
{
    static const std::vector<MetricRule> rules{
        // Below 20 ms nobody waits, whatever the factor.
        ratio(Metric::P99Ms, 0.5, 20, std::nullopt, 1),
        ratio(Metric::BlockedSessions, 1, 2, 5, 1.2),
        age(Metric::LongestTransactionSeconds, 30, 60, 1800, 0.8),
        // What lasts under eight seconds is not worth a name; ten seconds beside a fleet that is done in less than one
        // are.
        age(Metric::LongestStatementSeconds, 0.8, 8, 600, 0.8),
        age(Metric::IdleInTransactionSeconds, 0.8, 8, 600, 0.8),
        ratio(Metric::ActiveSessions, 4, 8, std::nullopt, 0.7),
        share(Metric::ConnectionShare, 0.12, 0.3, 0.9, 1.2),
        share(Metric::CacheMissShare, 0.02, 0.08, std::nullopt, 0.6),
        ratio(Metric::ErrorsPerSecond, 1, 2, std::nullopt, 0.8),
        ratio(Metric::DeadlocksPerSecond, 0.1, 0.2, std::nullopt, 0.8),
        // Sorts that spill are how one heavy statement shows before its latency does.
        ratio(Metric::TempBytesPerSecond, 0.15 * megabyte, 2 * megabyte, std::nullopt, 1.1),
        ratio(Metric::LagBytes, 16 * megabyte, 32 * megabyte, gigabyte, 0.8),
        age(Metric::LagSeconds, 1.2, 5, 60, 1.1),
        ratio(Metric::RetainedWalBytes, gigabyte, gigabyte, std::nullopt, 0.6),
        ofMachine(share(Metric::CpuShare, 0.12, 0.5, 0.97, 1)),
        ofMachine(share(Metric::DiskShare, 0.15, 0.4, 0.92, 1.1)),
        ratio(Metric::TransactionIdAge, 5e7, 2e8, 1.2e9, 0.7),
    };
    return rules;
}

} // namespace shardhelm::monitor::outliers
