// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/ranking.h"

#include "cluster/median.h"
#include "wording/alerts.h"
#include "wording/errors.h"

#include <QCoreApplication>

#include <algorithm>
#include <tuple>

namespace shardhelm {

namespace {

using monitor::ServerSample;
using monitor::State;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Ranking)
};

bool answers(const ServerSample &server)
{
    return server.state == State::Healthy || server.state == State::Degraded;
}

/// Seriousness of a state; the higher comes first.
int stateClass(State state)
{
    switch (state) {
    case State::Down:
        return 3;
    case State::Stale:
        return 2;
    case State::Degraded:
        return 1;
    default:
        return 0;
    }
}

QString withoutStop(QString sentence)
{
    if (sentence.endsWith(u'.'))
        sentence.chop(1);
    return sentence;
}

Metric metricOf(monitor::Rule rule)
{
    using monitor::Rule;
    switch (rule) {
    case Rule::P99Ratio:
    case Rule::P99:
        return Metric::P99;
    case Rule::BlockedSessions:
        return Metric::Blocked;
    case Rule::LagSeconds:
        return Metric::LagSeconds;
    case Rule::LagBytes:
        return Metric::LagBytes;
    case Rule::Connections:
        return Metric::Connections;
    case Rule::LongestTransaction:
        return Metric::LongestTransaction;
    case Rule::CacheHit:
        return Metric::CacheHit;
    }
    return Metric::P99;
}

std::vector<Finding> findingsOf(const ServerSample &server)
{
    std::vector<Finding> findings;
    if (server.state == State::Down) {
        findings.push_back(
            {std::nullopt, Words::tr("down"),
             server.reason ? withoutStop(wording::sentence(*server.reason)) : Words::tr("does not answer"), true});
        return findings;
    }
    if (server.state == State::Stale) {
        const QString since = server.sampledAt.isValid()
            ? Words::tr("the last values are of %1")
                  .arg(server.sampledAt.toLocalTime().toString(QStringLiteral("HH:mm:ss")))
            : Words::tr("no values yet");
        findings.push_back({std::nullopt, Words::tr("stale"),
                            server.reason ? withoutStop(wording::sentence(*server.reason)) : since, true});
        return findings;
    }
    if (!answers(server))
        return findings;
    if (server.state == State::Degraded && server.reason)
        findings.push_back({std::nullopt, Words::tr("degraded"), withoutStop(wording::sentence(*server.reason)), true});
    for (const monitor::Alert &alert : server.alerts)
        findings.push_back(
            {metricOf(alert.rule), wording::headline(alert), withoutStop(wording::sentence(alert)), alert.raised});
    return findings;
}

QString adviceOf(const ServerSample &server, const std::vector<Finding> &findings)
{
    if (server.reason && stateClass(server.state) > 0) {
        const QString advice = wording::advice(*server.reason);
        if (!advice.isEmpty())
            return advice;
    }
    return server.alerts.empty() || !findings.front().metric ? QString() : wording::advice(server.alerts.front());
}

} // namespace

QString Rank::reason() const
{
    QStringList sentences;
    for (const Finding &finding : findings)
        sentences << finding.sentence;
    return sentences.join(QStringLiteral("; "));
}

std::optional<double> fleetMedian(const monitor::FleetSample &sample, Metric metric)
{
    const bool ofReplicas = metric == Metric::LagBytes || metric == Metric::LagSeconds;
    std::vector<double> values;
    for (const ServerSample &server : sample.servers) {
        const bool counted = ofReplicas
            ? server.role == monitor::Role::Replica
            : server.role != monitor::Role::Replica && server.role != monitor::Role::Directory;
        if (!counted || !answers(server))
            continue;
        if (const auto value = metricValue(server, metric).value)
            values.push_back(*value);
    }
    return medianOf(std::move(values));
}

std::vector<Rank> rankFleet(const monitor::FleetSample &sample)
{
    const std::optional<double> medianP99 = fleetMedian(sample, Metric::P99);
    struct Place
    {
        Rank rank;
        const ServerSample *server;
        std::tuple<int, bool, double, int, double> weight;
    };
    std::vector<Place> places;
    for (const ServerSample &server : sample.servers) {
        std::vector<Finding> findings = findingsOf(server);
        if (findings.empty())
            continue;
        const bool raised = findings.front().raised;
        const double ratio = server.p99Ms.value && medianP99.value_or(0) > 0 ? *server.p99Ms.value / *medianP99 : 0;
        const bool slow = std::any_of(findings.begin(), findings.end(),
                                      [](const Finding &finding) { return finding.metric == Metric::P99; });
        Rank rank{server.name, Condition::Healthy, {}, adviceOf(server, findings)};
        rank.findings = std::move(findings);
        places.push_back({std::move(rank),
                          &server,
                          {stateClass(server.state), raised, slow ? ratio : 0, server.blockedSessions.value.value_or(0),
                           server.lagSeconds.value.value_or(0)}});
    }
    std::stable_sort(places.begin(), places.end(), [](const Place &a, const Place &b) { return a.weight > b.weight; });
    std::vector<Rank> ranking;
    for (Place &place : places)
        ranking.push_back(std::move(place.rank));
    for (size_t i = 0; i < ranking.size(); ++i)
        ranking[i].condition = conditionOf(*places[i].server, ranking);
    return ranking;
}

Condition conditionOf(const ServerSample &server, const std::vector<Rank> &ranking)
{
    switch (server.state) {
    case State::Down:
        return Condition::Down;
    case State::Stale:
        return Condition::Stale;
    case State::Connecting:
        return Condition::Connecting;
    case State::Unknown:
        return Condition::Unknown;
    case State::Healthy:
    case State::Degraded:
        break;
    }
    if (server.state == State::Healthy)
        return Condition::Healthy;
    return !ranking.empty() && ranking.front().server == server.name ? Condition::Worst : Condition::Degraded;
}

FleetSummary summarize(const monitor::FleetSample &sample, const std::vector<Rank> &ranking)
{
    FleetSummary summary;
    for (const ServerSample &server : sample.servers) {
        ++summary.servers;
        switch (conditionOf(server, ranking)) {
        case Condition::Healthy:
            ++summary.healthy;
            break;
        case Condition::Degraded:
        case Condition::Worst:
            ++summary.degraded;
            break;
        case Condition::Down:
            ++summary.down;
            break;
        case Condition::Stale:
            ++summary.stale;
            break;
        default:
            ++summary.unknown;
        }
    }
    for (const Metric metric : allMetrics)
        summary.medians.at(static_cast<size_t>(metric)) = fleetMedian(sample, metric);
    return summary;
}

QString FleetSummary::sentence() const
{
    QStringList parts{healthy == servers ? Words::tr("All %1 healthy").arg(servers)
                                         : Words::tr("%1 of %2 healthy").arg(healthy).arg(servers)};
    if (degraded > 0)
        parts << Words::tr("%1 degraded").arg(degraded);
    if (down > 0)
        parts << Words::tr("%1 down").arg(down);
    if (stale > 0)
        parts << Words::tr("%1 stale").arg(stale);
    if (unknown > 0)
        parts << Words::tr("%1 not yet known").arg(unknown);
    return parts.join(QStringLiteral(", "));
}

std::optional<double> p99Ratio(const ServerSample &server, const FleetSummary &summary)
{
    const auto median = summary.median(Metric::P99);
    if (!server.p99Ms.value || !median || *median <= 0)
        return std::nullopt;
    return *server.p99Ms.value / *median;
}

} // namespace shardhelm
