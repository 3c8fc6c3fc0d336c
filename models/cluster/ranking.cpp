// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/ranking.h"

#include "cluster/median.h"
#include "monitor/outliers/observe.h"
#include "wording/alerts.h"
#include "wording/errors.h"
#include "wording/verdict.h"

#include <QCoreApplication>

#include <algorithm>

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
    case Rule::Disk:
        return Metric::DiskUsedRatio;
    case Rule::TransactionAge:
        return Metric::TransactionIdAge;
    case Rule::SlotWal:
        return Metric::RetainedWal;
    }
    return Metric::P99;
}

/// Figures that tell the same fault in two ways.
Metric subjectOf(Metric metric)
{
    return metric == Metric::LagBytes ? Metric::LagSeconds : metric;
}

/// Why a server does not answer or is not what it should be.
std::optional<Finding> stateFinding(const ServerSample &server)
{
    if (server.state == State::Down)
        return Finding{std::nullopt, Words::tr("down"),
                       server.reason ? withoutStop(wording::sentence(*server.reason)) : Words::tr("does not answer"),
                       true};
    if (server.state == State::Stale) {
        const QString since = server.sampledAt.isValid()
            ? Words::tr("the last values are of %1")
                  .arg(server.sampledAt.toLocalTime().toString(QStringLiteral("HH:mm:ss")))
            : Words::tr("no values yet");
        return Finding{std::nullopt, Words::tr("stale"),
                       server.reason ? withoutStop(wording::sentence(*server.reason)) : since, true};
    }
    if (server.state == State::Degraded && server.reason)
        return Finding{std::nullopt, Words::tr("degraded"), withoutStop(wording::sentence(*server.reason)), true};
    return std::nullopt;
}

/// State, then how the server stands out, then what the rules say beside.
std::vector<Finding> findingsOf(const ServerSample &server, const monitor::RankedServer &place, const QDateTime &now)
{
    std::vector<Finding> findings;
    if (auto finding = stateFinding(server))
        findings.push_back(std::move(*finding));
    if (!answers(server))
        return findings;
    const auto isSaid = [&findings](Metric metric) {
        return std::ranges::any_of(findings, [metric](const Finding &finding) {
            return finding.metric && subjectOf(*finding.metric) == subjectOf(metric);
        });
    };
    for (const monitor::outliers::Reason &reason : place.reasons) {
        const Metric metric = monitor::outliers::figureOf(reason.metric);
        if (!isSaid(metric))
            findings.push_back({metric, wording::headline(reason), wording::sentence(reason, now), true});
    }
    for (const monitor::Alert &alert : server.alerts) {
        if (!isSaid(metricOf(alert.rule)))
            findings.push_back(
                {metricOf(alert.rule), wording::headline(alert), withoutStop(wording::sentence(alert)), alert.raised});
    }
    return findings;
}

QString adviceOf(const ServerSample &server, const monitor::RankedServer &place)
{
    if (server.reason && server.state != State::Healthy) {
        const QString advice = wording::advice(*server.reason);
        if (!advice.isEmpty() || !answers(server))
            return advice;
    }
    if (!place.reasons.empty())
        return wording::advice(place.reasons.front());
    return server.alerts.empty() ? QString() : wording::advice(server.alerts.front());
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
    std::vector<Rank> ranking;
    for (const monitor::RankedServer &place : sample.verdict.ranking) {
        const ServerSample *server = sample.server(place.server);
        if (!server)
            continue;
        Rank rank{place.server, Condition::Healthy, findingsOf(*server, place, sample.at), adviceOf(*server, place),
                  place.since};
        const auto &radius = sample.verdict.blastRadius;
        if (server->state == State::Down && radius.instances == QStringList{server->name})
            rank.findings.push_back({std::nullopt, {}, wording::sentence(radius), true});
        if (!rank.findings.empty())
            ranking.push_back(std::move(rank));
    }
    for (Rank &rank : ranking)
        rank.condition = conditionOf(*sample.server(rank.server), ranking);
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
