// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/fillsample.h"

#include "monitor/metric.h"

#include <algorithm>

namespace shardhelm::monitor {

namespace {

template <typename T>
Figure<T> known(T value)
{
    return {std::move(value), false};
}

template <typename T>
Figure<T> maybe(std::optional<T> value)
{
    return {std::move(value), false};
}

QString sourceKey(latency::Source source)
{
    switch (source) {
    case latency::Source::Histogram:
        return QStringLiteral("histogram");
    case latency::Source::Log:
        return QStringLiteral("log");
    case latency::Source::Estimate:
        return QStringLiteral("estimate");
    case latency::Source::None:
        break;
    }
    return {};
}

Archiving archiving(const Upkeep &upkeep, const ServerFacts &server, bool isPrimary)
{
    if (server.archiveMode.isEmpty())
        return Archiving::Unknown;
    if (server.archiveMode != u"always" && (server.archiveMode != u"on" || !isPrimary))
        return Archiving::Off;
    return upkeep.archiverFails ? Archiving::Failing : Archiving::Working;
}

bool isOfMachine(Metric metric)
{
    return metric == Metric::Cpu || metric == Metric::Io || metric == Metric::Load || metric == Metric::MemoryAvailable;
}

} // namespace

void put(const ServerFacts &server, ServerSample &sample)
{
    sample.version = server.version;
    sample.serverKey = server.serverKey;
    sample.maxConnections = known(server.maxConnections);
}

void put(const Rates &rates, bool isPrimary, ServerSample &sample)
{
    sample.windowSeconds = rates.windowSeconds;
    sample.transactionsPerSecond = known(rates.transactionsPerSecond);
    sample.rollbacksPerSecond = known(rates.rollbacksPerSecond);
    sample.sessionsLostPerSecond = known(rates.sessionsLostPerSecond);
    sample.deadlocksPerSecond = known(rates.deadlocksPerSecond);
    sample.readsPerSecond = known(rates.readsPerSecond);
    sample.writesPerSecond = known(rates.writesPerSecond);
    sample.cacheHitRatio = maybe(rates.cacheHitRatio);
    sample.blocksReadPerSecond = known(rates.blocksReadPerSecond);
    sample.tempBytesPerSecond = known(rates.tempBytesPerSecond);
    if (isPrimary)
        sample.walBytesPerSecond = maybe(rates.walBytesPerSecond);
    else
        sample.conflictsPerSecond = known(rates.conflictsPerSecond);
}

void put(const Activity &activity, bool seesAll, ServerSample &sample)
{
    putNoActivity(!seesAll, sample);
    sample.connections = known(activity.connections);
    sample.replicas = known(static_cast<int>(activity.senders.size()));
    if (!seesAll)
        return;
    sample.activeConnections = known(activity.active);
    sample.idleConnections = known(activity.idle);
    sample.idleInTransactionConnections = known(activity.idleInTransaction);
    sample.abortedConnections = known(activity.aborted);
    sample.waitingSessions = known(activity.waiting);
    sample.blockedSessions = known(activity.blocked);
    sample.longestBlockedSeconds = maybe(activity.longestBlocked);
    sample.longestTransactionSeconds = known(activity.longestTransaction);
    sample.longestStatementSeconds = known(activity.longestStatement);
    sample.longestIdleInTransactionSeconds = known(activity.longestIdleInTransaction);
    sample.autovacuumWorkers = known(activity.autovacuumWorkers);
    sample.waitEvents = activity.waitEvents;
    sample.blocker = activity.blocker;
}

void putNoActivity(bool refused, ServerSample &sample)
{
    const Figure<int> count{std::nullopt, refused};
    const Figure<double> seconds{std::nullopt, refused};
    for (const auto figure :
         {&ServerSample::connections, &ServerSample::activeConnections, &ServerSample::idleConnections,
          &ServerSample::idleInTransactionConnections, &ServerSample::abortedConnections,
          &ServerSample::waitingSessions, &ServerSample::blockedSessions, &ServerSample::autovacuumWorkers,
          &ServerSample::replicas})
        sample.*figure = count;
    for (const auto figure : {&ServerSample::longestBlockedSeconds, &ServerSample::longestTransactionSeconds,
                              &ServerSample::longestStatementSeconds, &ServerSample::longestIdleInTransactionSeconds})
        sample.*figure = seconds;
}

void put(const Upkeep &upkeep, const ServerFacts &server, bool isPrimary, ServerSample &sample)
{
    sample.timeline = maybe(upkeep.timeline);
    sample.slots = upkeep.slots;
    sample.inactiveSlots =
        known(static_cast<int>(std::ranges::count_if(upkeep.slots, [](const Slot &slot) { return !slot.active; })));
    // They are in order: the first keeps most.
    sample.retainedWalBytes =
        known(upkeep.slots.empty() ? qint64(0) : std::max<qint64>(0, upkeep.slots.front().retainedBytes.value_or(0)));
    sample.archiving = archiving(upkeep, server, isPrimary);
    if (sample.archiving == Archiving::Working || sample.archiving == Archiving::Failing) {
        sample.lastArchivedAgeSeconds = maybe(upkeep.lastArchivedAge);
        sample.archiveBacklogBytes = maybe(upkeep.archiveBacklogBytes);
    }
    sample.transactionIdAge = maybe(upkeep.transactionIdAge);
    sample.multixactAge = maybe(upkeep.multixactAge);
    sample.preparedTransactions = known(upkeep.prepared);
    sample.oldestPreparedSeconds = known(upkeep.oldestPrepared);
}

void put(const latency::Figures &figures, bool notPermitted, ServerSample &sample)
{
    const auto of = [&](const std::optional<latency::Value> &value) {
        LatencyFigure figure;
        figure.notPermitted = notPermitted && !value;
        if (value) {
            figure.value = value->pointMs;
            figure.lowMs = value->lowMs;
            figure.highMs = value->highMs;
        }
        return figure;
    };
    sample.p50Ms = of(figures.p50);
    sample.p95Ms = of(figures.p95);
    sample.p99Ms = of(figures.p99);
    sample.meanMs = of(figures.mean);
    if (!figures.p50 && !figures.p95 && !figures.p99 && !figures.mean)
        return;
    sample.p99Source = sourceKey(figures.source);
    sample.p99WindowSeconds = figures.windowSeconds;
    sample.latencyScope = figures.scope;
    sample.latencyCalls = figures.calls;
    sample.latencyIncomplete = figures.incomplete;
}

void put(const MachineFigures &machine, ServerSample &sample)
{
    const auto replace = [](auto &figure, const auto &value) {
        if (value)
            figure = {value, false};
    };
    replace(sample.cpuRatio, machine.cpuRatio);
    replace(sample.ioRatio, machine.ioRatio);
    replace(sample.loadAverage, machine.loadAverage);
    replace(sample.memoryAvailableBytes, machine.memoryAvailableBytes);
    replace(sample.diskFreeBytes, machine.diskFreeBytes);
    replace(sample.diskSizeBytes, machine.diskSizeBytes);
}

void warnOfHidden(ServerSample &sample)
{
    for (const Metric metric : allMetrics) {
        if (!isOfMachine(metric) && figure(sample, metric).notPermitted)
            sample.warnings += QStringLiteral("not permitted: %1").arg(info(metric).key);
    }
}

} // namespace shardhelm::monitor
