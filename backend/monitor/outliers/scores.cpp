// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/outliers/scores.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace shardhelm::monitor::outliers {

namespace {

constexpr double deviationOfNormal = 1.4826; // standard deviation of a normal distribution in units of its MAD
constexpr double furthest = 200; // distances beyond say no more

// In fleets up to this size an instance is left out of the median it is measured against: it would pull it along.
constexpr size_t smallFleet = 8;

// A value past its alarm is clearly bad, however little the others differ from it.
constexpr double alarmDistance = 3 * outlierDistance;

// The second and further bad metrics of an instance count this much.
constexpr double shareOfFurther = 0.15;

double onScale(const MetricRule &rule, double value)
{
    return rule.ratio ? std::log(std::max(value, 0.0) + rule.unit) : value;
}

/// How much the floor of the spread is raised when there are only so many others to compare with.
double cautionWith(size_t others)
{
    switch (others) {
    case 1:
        return 2;
    case 2:
        return 1.75;
    case 3:
        return 1.5;
    default:
        return 1;
    }
}

double severityOf(const MetricRule &rule, double distance)
{
    return rule.weight * std::log2(1 + distance / outlierDistance);
}

/// Where the values of others lie.
struct Reference
{
    double median = 0;
    double middle = 0; ///< median on the rule's scale
    double spread = 0;
};

std::optional<Reference> referenceOf(const MetricRule &rule, const std::vector<double> &values, size_t others)
{
    if (values.empty())
        return std::nullopt;
    std::vector<double> scaled;
    scaled.reserve(values.size());
    for (const double value : values)
        scaled.push_back(onScale(rule, value));
    Reference reference{median(values), median(scaled), 0};
    for (double &value : scaled)
        value = std::abs(value - reference.middle);
    reference.spread = rule.leastSpread * cautionWith(others);
    // The deviations of two or three values are no measure of a spread.
    if (others > 3)
        reference.spread = std::max(reference.spread, deviationOfNormal * median(scaled));
    return reference;
}

Score scoreOf(const MetricRule &rule, double value, const std::optional<Reference> &reference, bool alarmCounts)
{
    Score result;
    result.metric = rule.metric;
    result.value = value;
    result.age = rule.age;
    if (reference) {
        result.median = reference->median;
        if (rule.ratio && reference->median > 0)
            result.factor = value / reference->median;
        const bool matters = value - reference->median >= rule.leastEffect
            && (!rule.ratio || value >= rule.leastFactor * reference->median);
        if (matters)
            result.distance = std::clamp((onScale(rule, value) - reference->middle) / reference->spread, 0.0, furthest);
    }
    if (alarmCounts && rule.alarm && value >= *rule.alarm) {
        const double beyond = onScale(rule, value) - onScale(rule, *rule.alarm);
        result.distance = std::max(result.distance, std::min(furthest, alarmDistance + beyond / rule.leastSpread));
    }
    result.severity = result.distance > 0 ? severityOf(rule, result.distance) : 0;
    return result;
}

} // namespace

double median(std::vector<double> values)
{
    if (values.empty())
        return 0;
    const size_t middle = values.size() / 2;
    std::nth_element(values.begin(), values.begin() + qsizetype(middle), values.end());
    const double upper = values[middle];
    if (values.size() % 2 == 1)
        return upper;
    return (upper + *std::max_element(values.begin(), values.begin() + qsizetype(middle))) / 2;
}

const Score *InstanceScore::score(Metric metric) const
{
    const auto it = std::find_if(scores.begin(), scores.end(), [metric](const Score &s) { return s.metric == metric; });
    return it == scores.end() ? nullptr : &*it;
}

std::vector<InstanceScore> score(const FleetObservation &fleet, std::span<const MetricRule> rules)
{
    std::vector<InstanceScore> result;
    result.reserve(fleet.instances.size());
    for (const Observation &instance : fleet.instances)
        result.push_back({instance.instance, instance.down, 0, {}});
    for (const MetricRule &rule : rules) {
        // Instances whose values may be compared: all of them, but p99 only with the same source.
        std::map<QString, std::vector<size_t>> groups;
        for (size_t i = 0; i < fleet.instances.size(); ++i) {
            const Observation &one = fleet.instances[i];
            const auto &value = one.value(rule.metric);
            if (!one.down && value && std::isfinite(*value))
                groups[rule.metric == Metric::P99Ms ? one.p99Source : QString()].push_back(i);
        }
        for (const auto &[source, members] : groups) {
            std::vector<double> all;
            for (const size_t i : members)
                all.push_back(*fleet.instances[i].value(rule.metric));
            const auto past =
                std::ranges::count_if(all, [&rule](double value) { return rule.alarm && value >= *rule.alarm; });
            const bool alarmCounts = !rule.sharedAlarm || fleet.instances.size() == 1 || size_t(past) * 2 < all.size();
            const auto common = referenceOf(rule, all, all.size() - 1);
            for (size_t at = 0; at < members.size(); ++at) {
                auto reference = common;
                if (all.size() <= smallFleet) {
                    std::vector<double> others = all;
                    others.erase(others.begin() + qsizetype(at));
                    reference = referenceOf(rule, others, others.size());
                }
                const Score scored = scoreOf(rule, all[at], reference, alarmCounts);
                if (scored.distance > 0)
                    result[members[at]].scores.push_back(scored);
            }
        }
    }
    for (InstanceScore &instance : result) {
        std::sort(instance.scores.begin(), instance.scores.end(), [](const Score &a, const Score &b) {
            return a.severity != b.severity ? a.severity > b.severity : a.metric < b.metric;
        });
        for (size_t i = 0; i < instance.scores.size(); ++i) {
            const Score &one = instance.scores[i];
            if (i == 0)
                instance.severity = one.severity;
            else if (one.distance >= outlierDistance)
                instance.severity += shareOfFurther * one.severity;
        }
        if (instance.down)
            instance.severity = downSeverity;
    }
    return result;
}

} // namespace shardhelm::monitor::outliers
