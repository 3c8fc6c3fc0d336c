// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/verdicts.h"

#include "monitor/outliers/observe.h"

#include <algorithm>

namespace shardhelm::monitor {

namespace {

using outliers::Ranked;

// Places of those that no comparison ranks. A server of whom nothing is known comes before one of whom something bad
// is; a replica that is down costs less than an instance that is far out.
constexpr double staleSeverity = 50;
constexpr double replicaDownSeverity = 3;
constexpr double faultSeverity = 2;
constexpr double alertSeverity = 1.2;
constexpr double nearSeverity = 0.5;

// An imbalance or a hot share of one sample is no news.
constexpr int comparisonsToName = 3;

QDateTime timeOf(double seconds)
{
    return QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(seconds * 1000), Qt::UTC);
}

bool answers(const ServerSample &server)
{
    return server.state == State::Healthy || server.state == State::Degraded;
}

/// The server that a ranked instance is about: one of its replicas when all that is wrong is that one's lag.
QString subjectOf(const Ranked &ranked)
{
    if (ranked.reasons.empty() || ranked.reasons.front().replica.isEmpty())
        return ranked.instance;
    const bool allOfReplica =
        std::ranges::none_of(ranked.reasons, [](const outliers::Reason &reason) { return reason.replica.isEmpty(); });
    return allOfReplica ? ranked.reasons.front().replica : ranked.instance;
}

/// How bad the state and the rules of a server are; 0: nothing to say.
double severityOf(const ServerSample &server)
{
    switch (server.state) {
    case State::Down:
        return server.role == Role::Replica ? replicaDownSeverity : outliers::downSeverity;
    case State::Stale:
        return staleSeverity;
    case State::Healthy:
    case State::Degraded:
        break;
    case State::Connecting:
    case State::Unknown:
        return 0;
    }
    if (server.reason)
        return faultSeverity;
    if (server.alerts.empty())
        return 0;
    return server.alerts.front().raised ? alertSeverity : nearSeverity;
}

/// The p99 that the window shows, in place of the one that was compared.
void useShownP99(std::vector<outliers::Reason> &reasons, const ServerSample &server)
{
    for (outliers::Reason &reason : reasons) {
        if (reason.metric != outliers::Metric::P99Ms || !server.p99Ms.value)
            continue;
        reason.value = *server.p99Ms.value;
        if (reason.median.value_or(0) > 0)
            reason.factor = reason.value / *reason.median;
    }
}

/// Everybody something is to be said about, worst first. The order among the outliers is theirs.
std::vector<RankedServer> rankingOf(const FleetSample &fleet, const std::vector<Ranked> &outliers)
{
    std::vector<RankedServer> ranking;
    QSet<QString> ranked;
    for (const Ranked &one : outliers) {
        const ServerSample *server = fleet.server(subjectOf(one));
        // One that was down and is back has nothing wrong any more, though it keeps its place for some samples.
        if (!server || (one.reasons.empty() && server->state != State::Down))
            continue;
        RankedServer place{server->name, one.instance, std::max(one.severity, severityOf(*server)),
                           timeOf(one.sinceSeconds), one.reasons};
        if (server->state == State::Down)
            place.reasons.clear();
        useShownP99(place.reasons, *server);
        // On its way out an outlier may score little; it stands out until it leaves.
        if (answers(*server))
            place.severity = std::max(place.severity, 1.0);
        ranked.insert(place.server);
        ranking.push_back(std::move(place));
    }
    for (const ServerSample &server : fleet.servers) {
        const double severity = severityOf(server);
        if (severity <= 0 || ranked.contains(server.name))
            continue;
        const auto worse = [severity](const RankedServer &place) { return place.severity >= severity; };
        const auto place = std::ranges::find_if_not(ranking, worse);
        ranking.insert(place, RankedServer{server.name, server.instance, severity, fleet.at, {}});
    }
    return ranking;
}

void degradeRanked(FleetSample &fleet)
{
    for (const RankedServer &place : fleet.verdict.ranking) {
        const auto server = std::ranges::find(fleet.servers, place.server, &ServerSample::name);
        if (server != fleet.servers.end() && server->state == State::Healthy && place.severity >= 1)
            server->state = State::Degraded;
    }
}

outliers::BlastRadius blastRadiusOf(const FleetSample &fleet, const QHash<QString, qint64> &tenants)
{
    QStringList down;
    for (const ServerSample &server : fleet.servers) {
        if (server.state == State::Down && server.role != Role::Directory && server.name == server.instance)
            down << server.instance;
    }
    return down.isEmpty() ? outliers::BlastRadius() : outliers::blastRadius(outliers::loadsOf(fleet, tenants), down);
}

} // namespace

Verdicts::Verdicts(const cluster::ClusterFile &file)
    : m_thresholds(file.alerts)
{
    for (auto threshold = file.alerts.cbegin(); threshold != file.alerts.cend(); ++threshold) {
        if (const auto setting = cluster::alertSetting(file, threshold.key()))
            m_held.clear.insert(setting->rule, setting->clear);
    }
}

void Verdicts::setTenants(QHash<QString, qint64> tenants)
{
    m_tenants = std::move(tenants);
}

void Verdicts::judge(FleetSample &fleet)
{
    monitor::judge(fleet, m_thresholds, &m_held);
    if (isDue(fleet))
        compare(fleet);
    Verdict verdict = m_compared;
    verdict.ranking = rankingOf(fleet, m_ranking.ranked());
    verdict.blastRadius = blastRadiusOf(fleet, m_tenants);
    keepSince(verdict, fleet.at);
    fleet.verdict = std::move(verdict);
    degradeRanked(fleet);
}

/// Whether the comparison goes on: every server that answers has been sampled since the last one, or one of them twice
/// because another has become slow, or one went down or came back.
bool Verdicts::isDue(const FleetSample &fleet)
{
    QSet<QString> down;
    bool all = true;
    bool twice = false;
    for (const ServerSample &server : fleet.servers) {
        if (server.state == State::Down)
            down.insert(server.name);
        if (!answers(server))
            continue;
        if (server.sampledAt == m_seen.value(server.name)) {
            all = false;
            continue;
        }
        const auto before = m_sampled.constFind(server.name);
        twice = twice || (before != m_sampled.cend() && *before != server.sampledAt);
        m_sampled.insert(server.name, server.sampledAt);
    }
    if (!(all && !m_sampled.isEmpty()) && !twice && down == m_down)
        return false;
    m_down = std::move(down);
    m_sampled.clear();
    m_seen.clear();
    for (const ServerSample &server : fleet.servers)
        m_seen.insert(server.name, server.sampledAt);
    return true;
}

void Verdicts::compare(const FleetSample &fleet)
{
    m_at = std::max(m_at, static_cast<double>(fleet.at.toMSecsSinceEpoch()) / 1000);
    outliers::FleetObservation observation = outliers::observe(fleet);
    observation.atSeconds = m_at;
    confirmP99(observation, fleet);
    m_ranking.update(observation);
    m_compared = {};
    m_compared.commonChanges = m_commonChanges.update(observation);

    const std::vector<outliers::InstanceLoad> loads = outliers::loadsOf(fleet, m_tenants);
    QSet<QString> there;
    for (const outliers::Imbalance &one : outliers::imbalances(loads)) {
        const QString key = QStringLiteral("imbalance %1").arg(static_cast<int>(one.load));
        there.insert(key);
        if (isSteady(key, true))
            m_compared.imbalances.push_back(one);
    }
    for (const outliers::HotShare &one : outliers::hotShares(loads)) {
        const QString key = QStringLiteral("share %1 %2").arg(static_cast<int>(one.load)).arg(one.instance);
        there.insert(key);
        if (isSteady(key, true))
            m_compared.hotShares.push_back(one);
    }
    for (const QString &key : m_steady.keys()) {
        if (!there.contains(key))
            isSteady(key, false);
    }
}

/// A p99 is read far more slowly than the rest: one odd reading would count as several samples in a row. The better of
/// the last two readings counts, so that it takes two of them to stand out.
void Verdicts::confirmP99(outliers::FleetObservation &observation, const FleetSample &fleet)
{
    for (outliers::Observation &one : observation.instances) {
        const ServerSample *server = fleet.server(one.instance);
        const auto value = one.value(outliers::Metric::P99Ms);
        if (!server || !value)
            continue;
        const auto known = m_p99.find(one.instance);
        if (known == m_p99.end())
            m_p99.insert(one.instance, {*value, server->p99WindowSeconds, std::nullopt});
        else if (known->value != *value || known->windowSeconds != server->p99WindowSeconds)
            *known = {*value, server->p99WindowSeconds, known->value};
        one.set(outliers::Metric::P99Ms, std::min(*value, m_p99.value(one.instance).before.value_or(*value)));
    }
}

/// Whether a finding is told: after it has been there for some comparisons, until it has been away for as many.
bool Verdicts::isSteady(const QString &key, bool present)
{
    int &count = m_steady[key];
    count = std::clamp(count + (present ? 1 : -1), 0, comparisonsToName);
    if (count == comparisonsToName)
        m_named.insert(key);
    if (count == 0) {
        m_named.remove(key);
        m_steady.remove(key);
    }
    return m_named.contains(key);
}

/// Gives those that are ranked by state or rule the time at which they came into the ranking.
void Verdicts::keepSince(Verdict &verdict, const QDateTime &at)
{
    QHash<QString, QDateTime> since;
    for (RankedServer &place : verdict.ranking) {
        const QDateTime before = m_since.value(place.server, at);
        if (place.reasons.empty() || before < place.since)
            place.since = before;
        since.insert(place.server, place.since);
    }
    m_since = std::move(since);
}

void judgeOnce(FleetSample &fleet, const cluster::ClusterFile &file)
{
    judge(fleet, file.alerts);
    outliers::Ranking::Limits atOnce;
    atOnce.samplesToEnter = 1;
    atOnce.clearSamplesToEnter = 1;
    outliers::Ranking ranking(atOnce);
    outliers::FleetObservation observation = outliers::observe(fleet);
    observation.atSeconds = static_cast<double>(fleet.at.toMSecsSinceEpoch()) / 1000;
    const std::vector<outliers::InstanceLoad> loads = outliers::loadsOf(fleet, {});
    fleet.verdict = {};
    fleet.verdict.ranking = rankingOf(fleet, ranking.update(observation));
    fleet.verdict.imbalances = outliers::imbalances(loads);
    fleet.verdict.hotShares = outliers::hotShares(loads);
    fleet.verdict.blastRadius = blastRadiusOf(fleet, {});
    degradeRanked(fleet);
}

} // namespace shardhelm::monitor
