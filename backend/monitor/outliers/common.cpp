// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/outliers/common.h"

#include "monitor/outliers/scores.h"

#include <QSet>

#include <algorithm>
#include <cmath>

namespace shardhelm::monitor::outliers {

CommonChanges::CommonChanges()
    : CommonChanges(Limits())
{
}

CommonChanges::CommonChanges(const Limits &limits)
    : m_limits(limits)
{
}

bool CommonChanges::isWorse(const MetricRule &rule, const Past &past, double value) const
{
    const auto scaled = [&rule](double number) {
        return rule.ratio ? std::log(std::max(number, 0.0) + rule.unit) : number;
    };
    const std::vector<double> values(past.values.begin(), past.values.end());
    const double usual = median(values);
    if (value - usual < rule.leastEffect || (rule.ratio && value < usual * m_limits.leastFactor))
        return false;
    std::vector<double> away;
    away.reserve(values.size());
    for (const double one : values)
        away.push_back(std::abs(scaled(one) - scaled(usual)));
    const double spread = std::max(1.4826 * median(away), rule.leastSpread / 3);
    return scaled(value) - scaled(usual) >= m_limits.distance * spread;
}

void CommonChanges::follow(const MetricRule &rule, Past &past, double value, double at) const
{
    const bool judged = int(past.values.size()) >= m_limits.leastPast;
    if (judged && isWorse(rule, past, value)) {
        if (!past.changedAt)
            past.changedAt = at;
        return; // the bad values are no part of the past they are compared with
    }
    past.changedAt.reset();
    past.values.push_back(value);
    if (int(past.values.size()) > m_limits.past)
        past.values.pop_front();
}

std::vector<CommonChange> CommonChanges::update(const FleetObservation &fleet, std::span<const MetricRule> rules)
{
    QSet<QString> present;
    for (const Observation &instance : fleet.instances)
        present.insert(instance.instance);
    m_past.removeIf([&](auto it) { return !present.contains(it.key()); });

    std::vector<CommonChange> changes;
    for (const MetricRule &rule : rules) {
        int known = 0;
        std::vector<std::pair<double, QString>> onsets;
        for (const Observation &instance : fleet.instances) {
            const auto &value = instance.value(rule.metric);
            if (instance.down || !value || !std::isfinite(*value))
                continue;
            ++known;
            Past &past = m_past[instance.instance][size_t(rule.metric)];
            follow(rule, past, *value, fleet.atSeconds);
            if (past.changedAt)
                onsets.emplace_back(*past.changedAt, instance.instance);
        }
        std::sort(onsets.begin(), onsets.end());
        // The largest group of onsets that fits into the time.
        CommonChange largest;
        for (size_t first = 0; first < onsets.size(); ++first) {
            size_t end = first;
            while (end < onsets.size() && onsets[end].first - onsets[first].first <= m_limits.withinSeconds)
                ++end;
            if (int(end - first) <= largest.changed)
                continue;
            largest = {rule.metric, int(end - first), known, onsets[first].first, onsets[end - 1].first, {}};
            for (size_t i = first; i < end; ++i)
                largest.instances << onsets[i].second;
        }
        if (largest.changed >= m_limits.leastInstances && largest.changed >= m_limits.share * known)
            changes.push_back(largest);
    }
    return changes;
}

} // namespace shardhelm::monitor::outliers
