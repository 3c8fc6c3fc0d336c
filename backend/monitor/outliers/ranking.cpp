// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/outliers/ranking.h"

#include <QSet>

#include <algorithm>

namespace shardhelm::monitor::outliers {

namespace {

bool saysNothing(const Observation &observation)
{
    return !observation.down
        && std::none_of(observation.values.begin(), observation.values.end(),
                        [](const std::optional<double> &value) { return value.has_value(); });
}

} // namespace

Ranking::Ranking()
    : Ranking(Limits())
{
}

Ranking::Ranking(const Limits &limits)
    : m_limits(limits)
{
}

const std::vector<Ranked> &Ranking::update(const FleetObservation &fleet, std::span<const MetricRule> rules)
{
    const std::vector<InstanceScore> scores = score(fleet, rules);
    QSet<QString> present;
    for (size_t i = 0; i < scores.size(); ++i) {
        present.insert(scores[i].instance);
        if (!saysNothing(fleet.instances[i]))
            follow(fleet.instances[i], scores[i], fleet.atSeconds);
    }
    m_tracks.removeIf([&](auto it) { return !present.contains(it.key()); });
    std::erase_if(m_ranked, [&](const Ranked &member) { return !present.contains(member.instance); });
    reorder(fleet.atSeconds);
    return m_ranked;
}

void Ranking::follow(const Observation &observation, const InstanceScore &score, double at)
{
    Track &track = m_tracks[score.instance];
    const auto member = std::find_if(m_ranked.begin(), m_ranked.end(),
                                     [&](const Ranked &one) { return one.instance == score.instance; });
    const bool isMember = member != m_ranked.end();
    const bool bad = score.severity >= m_limits.enter;
    const bool good = score.severity < m_limits.leave;
    if (bad && track.above == 0)
        track.aboveSince = at;
    track.above = bad ? track.above + 1 : 0;
    track.clear = score.severity >= m_limits.clearlyBad ? track.clear + 1 : 0;
    track.below = good ? track.below + 1 : 0;
    for (const Score &one : score.scores) {
        if (one.distance >= outlierDistance && !track.badSince.contains(one.metric))
            track.badSince.insert(one.metric, at);
    }
    track.badSince.removeIf([&](auto it) {
        const Score *now = score.score(it.key());
        return !now || now->distance < outlierDistance * m_limits.leave;
    });

    if (isMember && track.below >= m_limits.samplesToLeave) {
        m_ranked.erase(member);
        return;
    }
    if (isMember) {
        member->down = score.down;
        member->severity = score.severity;
        // While it is on its way out the last reasons stay.
        if (score.down || !score.scores.empty())
            member->reasons = reasons(observation, score, track);
        return;
    }
    const bool lasting = std::any_of(score.scores.begin(), score.scores.end(),
                                     [this](const Score &one) { return one.age && one.severity >= m_limits.enter; });
    const bool enters =
        score.down || lasting || track.above >= m_limits.samplesToEnter || track.clear >= m_limits.clearSamplesToEnter;
    if (bad && enters) {
        const Ranked entering{score.instance, score.down, score.severity, track.aboveSince,
                              reasons(observation, score, track)};
        const auto place = std::find_if(m_ranked.begin(), m_ranked.end(), [&](const Ranked &one) {
            return one.severity < entering.severity
                || (one.severity == entering.severity && entering.instance < one.instance);
        });
        m_ranked.insert(place, entering);
    }
}

void Ranking::reorder(double at)
{
    QHash<QString, int> worse;
    for (size_t i = 1; i < m_ranked.size(); ++i) {
        const Ranked &upper = m_ranked[i - 1];
        const Ranked &lower = m_ranked[i];
        if (lower.severity >= upper.severity * m_limits.clearlyWorse && lower.severity > 0)
            worse.insert(lower.instance, m_worseThanAbove.value(lower.instance) + 1);
    }
    m_worseThanAbove = worse;
    const bool downIsLate = std::adjacent_find(m_ranked.begin(), m_ranked.end(),
                                               [](const Ranked &a, const Ranked &b) { return !a.down && b.down; })
        != m_ranked.end();
    const bool held = at - m_orderedAt < m_limits.leastHoldSeconds;
    const bool due =
        std::any_of(worse.begin(), worse.end(), [&](int samples) { return samples >= m_limits.samplesToOvertake; });
    if (!downIsLate && (held || !due))
        return;
    std::stable_sort(m_ranked.begin(), m_ranked.end(),
                     [](const Ranked &a, const Ranked &b) { return a.severity > b.severity; });
    m_worseThanAbove.clear();
    m_orderedAt = at;
}

std::vector<Reason> Ranking::reasons(const Observation &observation, const InstanceScore &score,
                                     const Track &track) const
{
    std::vector<Reason> result;
    for (const Score &one : score.scores) {
        const auto since = track.badSince.constFind(one.metric);
        if (since == track.badSince.cend())
            continue;
        Reason reason{one.metric, one.value, one.median, one.factor, *since, 0, {}, {}};
        if (one.metric == Metric::BlockedSessions)
            reason.blockerPid = observation.blockerPid;
        if (one.metric == Metric::P99Ms)
            reason.source = observation.p99Source;
        if (one.metric == Metric::LagBytes || one.metric == Metric::LagSeconds)
            reason.replica = observation.laggingReplica;
        result.push_back(reason);
    }
    return result;
}

} // namespace shardhelm::monitor::outliers
