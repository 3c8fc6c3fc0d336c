// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/recording/changes.h"

#include "monitor/recording/playback.h"
#include "monitor/recording/samplefacts.h"
#include "monitor/recording/samplefigures.h"
#include "monitor/recording/verdictfacts.h"

#include <algorithm>

namespace shardhelm::monitor::recording {

namespace {

constexpr qint64 detailEveryMs = 30000;

bool answers(const ServerSample &server)
{
    return server.state == State::Healthy || server.state == State::Degraded;
}

// The facts are made only when something they hold has changed: making them for a thousand servers takes longer than
// everything else.
bool sameServer(const ServerSample &a, const ServerSample &b)
{
    return a.instance == b.instance && a.role == b.role && a.version == b.version && a.zone == b.zone
        && a.host == b.host && a.serverKey == b.serverKey && a.startedAt == b.startedAt && a.timeline == b.timeline
        && a.logicalShards == b.logicalShards && a.maxConnections == b.maxConnections
        && a.diskSizeBytes == b.diskSizeBytes && a.p99Source == b.p99Source && a.latencyScope == b.latencyScope
        && a.archiving == b.archiving && a.warnings == b.warnings;
}

bool sameState(const ServerSample &a, const ServerSample &b)
{
    const auto blocker = [](const ServerSample &server) { return server.blocker ? server.blocker->pid : -1; };
    const auto sameAlert = [](const Alert &x, const Alert &y) {
        return x.rule == y.rule && x.raised == y.raised && x.threshold == y.threshold;
    };
    return a.state == b.state && a.reason == b.reason && blocker(a) == blocker(b)
        && std::ranges::equal(a.alerts, b.alerts, sameAlert);
}

bool sameDetail(const ServerSample &a, const ServerSample &b)
{
    return a.alerts == b.alerts && a.blocker == b.blocker && a.waitEvents == b.waitEvents && a.slots == b.slots
        && a.latencyIncomplete == b.latencyIncomplete;
}

} // namespace

void Changes::addFacts(Batch &batch, const ServerSample &now, qint64 at, Last &last, bool isNew) const
{
    if (isNew || !sameServer(now, last.sample))
        batch.facts.push_back({at, now.name, serverKind(), serverFact(now)});
    const bool stateChanged = isNew || !sameState(now, last.sample);
    if (stateChanged)
        batch.facts.push_back({at, now.name, stateKind(), stateFact(now)});
    const bool due = stateChanged || std::abs(at - last.detailAt) >= detailEveryMs;
    if (due && (isNew || !sameDetail(now, last.sample))) {
        batch.facts.push_back({at, now.name, detailKind(), detailFact(now)});
        last.detailAt = at;
    } else {
        // Compared with what is written, not with what was passed over.
        const ServerSample written = last.sample;
        last.sample = now;
        last.sample.alerts = written.alerts;
        last.sample.blocker = written.blocker;
        last.sample.waitEvents = written.waitEvents;
        last.sample.slots = written.slots;
        last.sample.latencyIncomplete = written.latencyIncomplete;
        return;
    }
    last.sample = now;
}

Batch Changes::of(const FleetSample &fleet)
{
    Batch batch;
    batch.metrics = figureKeys();
    const qint64 at = fleet.at.toMSecsSinceEpoch();
    const QCborMap list = fleetFact(fleet);
    if (list != m_fleet)
        batch.facts.push_back({at, {}, fleetKind(), list});
    m_fleet = list;
    const bool due = std::abs(at - m_verdictAt) >= detailEveryMs;
    if (m_verdictAt == 0 || (due ? fleet.verdict != m_verdict : !sayTheSame(fleet.verdict, m_verdict))) {
        batch.facts.push_back({at, {}, verdictKind(), verdictFact(fleet.verdict)});
        m_verdict = fleet.verdict;
        m_verdictAt = at;
    }
    for (const ServerSample &server : fleet.servers) {
        const bool isNew = !m_last.contains(server.name);
        Last &last = m_last[server.name];
        if (answers(server) && server.sampledAt.isValid()
            && (isNew || last.sample.sampledAt != server.sampledAt || !answers(last.sample)))
            batch.rows.push_back({server.name, server.sampledAt.toMSecsSinceEpoch(), figuresOf(server)});
        addFacts(batch, server, at, last, isNew);
    }
    return batch;
}

void Changes::forget()
{
    m_last.clear();
    m_fleet = {};
    m_verdictAt = 0;
}

} // namespace shardhelm::monitor::recording
