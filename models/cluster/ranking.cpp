// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/ranking.h"

#include "cluster/median.h"
#include "format/units.h"
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

// From where on a figure is worth a line, and from where on it makes a server degraded.
constexpr double p99Notable = 2;
constexpr double p99Raised = 5;
constexpr double p99FloorMs = 20; ///< below this nobody waits, whatever the factor
constexpr double p99RaisedFloorMs = 100;
constexpr int blockedNotable = 1;
constexpr int blockedRaised = 5;
constexpr double lagNotable = 5;
constexpr double lagRaised = 30;
constexpr double connectionsNotable = 0.8;
constexpr double connectionsRaised = 0.9;
constexpr double transactionNotable = 60;
constexpr double transactionRaised = 300;

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

std::vector<Finding> findingsOf(const ServerSample &server, std::optional<double> medianP99)
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
    if (server.p99Ms.value && medianP99 && *medianP99 > 0) {
        const double ratio = *server.p99Ms.value / *medianP99;
        if (ratio >= p99Notable && *server.p99Ms.value >= p99FloorMs)
            findings.push_back({Metric::P99, Words::tr("p99 %1").arg(format::factor(ratio)),
                                Words::tr("p99 is %1, %2 the fleet median")
                                    .arg(format::duration(*server.p99Ms.value / 1000), format::factor(ratio)),
                                ratio >= p99Raised && *server.p99Ms.value >= p99RaisedFloorMs});
    }
    if (server.blockedSessions.value.value_or(0) >= blockedNotable) {
        const int blocked = *server.blockedSessions.value;
        findings.push_back({Metric::Blocked, Words::tr("%1 blocked").arg(blocked),
                            blocked == 1 ? Words::tr("1 session waits for a lock")
                                         : Words::tr("%1 sessions wait for a lock").arg(blocked),
                            blocked >= blockedRaised});
    }
    // A primary carries the lag of its worst replica, which has a row of its own.
    if (server.role == monitor::Role::Replica && server.lagSeconds.value.value_or(0) >= lagNotable) {
        const QString lag = format::duration(*server.lagSeconds.value);
        const QString size =
            server.lagBytes.value ? QStringLiteral(" (%1)").arg(format::bytes(*server.lagBytes.value)) : QString();
        findings.push_back({Metric::LagSeconds, Words::tr("lag %1").arg(lag),
                            Words::tr("%1 of data behind its primary%2").arg(lag, size),
                            *server.lagSeconds.value >= lagRaised});
    }
    if (server.connections.value && server.maxConnections.value.value_or(0) > 0) {
        const double share = static_cast<double>(*server.connections.value) / *server.maxConnections.value;
        if (share >= connectionsNotable)
            findings.push_back({Metric::Connections, Words::tr("connections %1").arg(format::percent(share)),
                                Words::tr("%1 of %2 connections are taken")
                                    .arg(*server.connections.value)
                                    .arg(*server.maxConnections.value),
                                share >= connectionsRaised});
    }
    if (server.longestTransactionSeconds.value.value_or(0) >= transactionNotable) {
        const QString age = format::duration(*server.longestTransactionSeconds.value);
        findings.push_back({Metric::LongestTransaction, Words::tr("transaction %1").arg(age),
                            Words::tr("a transaction is open for %1").arg(age),
                            *server.longestTransactionSeconds.value >= transactionRaised});
    }
    std::stable_sort(findings.begin(), findings.end(),
                     [](const Finding &a, const Finding &b) { return a.raised > b.raised; });
    return findings;
}

QString adviceOf(const ServerSample &server, const std::vector<Finding> &findings)
{
    if (server.reason && stateClass(server.state) > 0) {
        const QString advice = wording::advice(*server.reason);
        if (!advice.isEmpty())
            return advice;
    }
    const std::optional<Metric> metric = findings.front().metric;
    if (!metric)
        return {};
    switch (*metric) {
    case Metric::Blocked:
        return Words::tr("Find the session that holds the lock: the first of the chain in pg_blocking_pids().");
    case Metric::LagSeconds:
        return Words::tr("Look for a long query on the replica and at the network between the two.");
    case Metric::Connections:
        return Words::tr("Close idle sessions or put a pooler in front before new logins are refused.");
    case Metric::LongestTransaction:
        return Words::tr("Find out who left it open; until it ends, vacuum removes nothing newer.");
    case Metric::P99:
        return Words::tr("Compare its statements and its load with the others.");
    default:
        return {};
    }
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
        std::vector<Finding> findings = findingsOf(server, medianP99);
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
    const auto rank = std::find_if(ranking.begin(), ranking.end(),
                                   [&](const Rank &candidate) { return candidate.server == server.name; });
    const bool raised = rank != ranking.end() && rank->findings.front().raised;
    if (server.state == State::Healthy && !raised)
        return Condition::Healthy;
    return rank == ranking.begin() && rank != ranking.end() ? Condition::Worst : Condition::Degraded;
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
