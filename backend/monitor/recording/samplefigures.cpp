// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/recording/samplefigures.h"

#include "monitor/metric.h"
#include "monitor/recording/figureblock.h"

#include <QHash>

#include <cmath>
#include <limits>

namespace shardhelm::monitor::recording {

namespace {

using Wide = Figure<double>;

/// One column: how its number is read from a sample and set.
struct Column
{
    QString key;
    Wide (*value)(const ServerSample &sample);
    void (*set)(ServerSample &sample, const Wide &figure);
};

template <typename T>
void assign(Figure<T> &figure, const Wide &wide)
{
    figure.notPermitted = wide.notPermitted;
    figure.value.reset();
    if (!wide.value)
        return;
    if constexpr (std::is_integral_v<T>) {
        // A file may hold anything: a number that T cannot is unknown.
        constexpr auto most = static_cast<double>(std::numeric_limits<T>::max());
        if (std::abs(*wide.value) < most)
            figure.value = static_cast<T>(std::llround(*wide.value));
    } else {
        figure.value = *wide.value;
    }
}

/// A column whose number is a member of the sample and a metric of metric.h.
template <Metric metric, auto member>
Column metricColumn()
{
    return {QString(info(metric).key), [](const ServerSample &sample) { return figure(sample, metric); },
            [](ServerSample &sample, const Wide &wide) { assign(sample.*member, wide); }};
}

/// A bound of a latency.
template <auto latency, auto bound>
Column boundColumn(const QString &key)
{
    return {key,
            [](const ServerSample &sample) {
                return Wide{(sample.*latency).*bound, false};
            },
            [](ServerSample &sample, const Wide &wide) { (sample.*latency).*bound = wide.value; }};
}

/// A number that is 0 when it is unknown.
template <auto member>
Column plainColumn(const QString &key)
{
    return {key,
            [](const ServerSample &sample) {
                const auto number = static_cast<double>(sample.*member);
                return number > 0 ? Wide{number, false} : Wide{};
            },
            [](ServerSample &sample, const Wide &wide) {
                Figure<std::remove_cvref_t<decltype(sample.*member)>> figure;
                assign(figure, wide);
                sample.*member = figure.value.value_or(0);
            }};
}

std::vector<Column> makeColumns()
{
    using M = Metric;
    using S = ServerSample;
    using L = LatencyFigure;
    return {
        metricColumn<M::P99, &S::p99Ms>(),
        metricColumn<M::P95, &S::p95Ms>(),
        metricColumn<M::P50, &S::p50Ms>(),
        metricColumn<M::MeanLatency, &S::meanMs>(),
        boundColumn<&S::p99Ms, &L::lowMs>(QStringLiteral("p99_low_ms")),
        boundColumn<&S::p99Ms, &L::highMs>(QStringLiteral("p99_high_ms")),
        boundColumn<&S::p95Ms, &L::lowMs>(QStringLiteral("p95_low_ms")),
        boundColumn<&S::p95Ms, &L::highMs>(QStringLiteral("p95_high_ms")),
        boundColumn<&S::p50Ms, &L::lowMs>(QStringLiteral("p50_low_ms")),
        boundColumn<&S::p50Ms, &L::highMs>(QStringLiteral("p50_high_ms")),
        boundColumn<&S::meanMs, &L::lowMs>(QStringLiteral("mean_low_ms")),
        boundColumn<&S::meanMs, &L::highMs>(QStringLiteral("mean_high_ms")),
        plainColumn<&S::p99WindowSeconds>(QStringLiteral("p99_window_seconds")),
        plainColumn<&S::latencyCalls>(QStringLiteral("latency_calls")),
        plainColumn<&S::windowSeconds>(QStringLiteral("window_seconds")),
        {QString(info(M::RoundTrip).key), [](const S &sample) { return figure(sample, M::RoundTrip); },
         [](S &sample, const Wide &wide) { sample.roundTripMs = wide.value; }},
        metricColumn<M::ProbeP50, &S::probeP50Ms>(),
        metricColumn<M::ProbeP95, &S::probeP95Ms>(),
        metricColumn<M::ProbeP99, &S::probeP99Ms>(),
        metricColumn<M::Transactions, &S::transactionsPerSecond>(),
        metricColumn<M::Statements, &S::statementsPerSecond>(),
        metricColumn<M::Reads, &S::readsPerSecond>(),
        metricColumn<M::Writes, &S::writesPerSecond>(),
        metricColumn<M::WalRate, &S::walBytesPerSecond>(),
        metricColumn<M::CacheHit, &S::cacheHitRatio>(),
        metricColumn<M::BlocksRead, &S::blocksReadPerSecond>(),
        metricColumn<M::TempBytes, &S::tempBytesPerSecond>(),
        metricColumn<M::Rollbacks, &S::rollbacksPerSecond>(),
        metricColumn<M::Errors, &S::errorsPerSecond>(),
        metricColumn<M::Deadlocks, &S::deadlocksPerSecond>(),
        metricColumn<M::SessionsLost, &S::sessionsLostPerSecond>(),
        metricColumn<M::Conflicts, &S::conflictsPerSecond>(),
        metricColumn<M::Connections, &S::connections>(),
        metricColumn<M::ConnectionsFullIn, &S::connectionsFullInSeconds>(),
        metricColumn<M::ActiveConnections, &S::activeConnections>(),
        metricColumn<M::IdleConnections, &S::idleConnections>(),
        metricColumn<M::IdleInTransaction, &S::idleInTransactionConnections>(),
        metricColumn<M::Aborted, &S::abortedConnections>(),
        metricColumn<M::Waiting, &S::waitingSessions>(),
        metricColumn<M::Blocked, &S::blockedSessions>(),
        metricColumn<M::LongestBlocked, &S::longestBlockedSeconds>(),
        metricColumn<M::LongestTransaction, &S::longestTransactionSeconds>(),
        metricColumn<M::LongestStatement, &S::longestStatementSeconds>(),
        metricColumn<M::LongestIdleInTransaction, &S::longestIdleInTransactionSeconds>(),
        metricColumn<M::AutovacuumWorkers, &S::autovacuumWorkers>(),
        metricColumn<M::LagSeconds, &S::lagSeconds>(),
        metricColumn<M::LagBytes, &S::lagBytes>(),
        metricColumn<M::LastAppliedAge, &S::lastAppliedAgeSeconds>(),
        metricColumn<M::Replicas, &S::replicas>(),
        metricColumn<M::InactiveSlots, &S::inactiveSlots>(),
        metricColumn<M::RetainedWal, &S::retainedWalBytes>(),
        metricColumn<M::WalDirectory, &S::walDirectoryBytes>(),
        metricColumn<M::LastArchivedAge, &S::lastArchivedAgeSeconds>(),
        metricColumn<M::ArchiveBacklog, &S::archiveBacklogBytes>(),
        metricColumn<M::Checkpoints, &S::checkpointsPerHour>(),
        metricColumn<M::RequestedCheckpoints, &S::requestedCheckpointsPerHour>(),
        metricColumn<M::TransactionIdAge, &S::transactionIdAge>(),
        metricColumn<M::MultixactAge, &S::multixactAge>(),
        metricColumn<M::Prepared, &S::preparedTransactions>(),
        metricColumn<M::OldestPrepared, &S::oldestPreparedSeconds>(),
        metricColumn<M::Size, &S::sizeBytes>(),
        metricColumn<M::SizeGrowth, &S::sizeGrowthBytesPerSecond>(),
        metricColumn<M::Cpu, &S::cpuRatio>(),
        metricColumn<M::Io, &S::ioRatio>(),
        metricColumn<M::Load, &S::loadAverage>(),
        metricColumn<M::MemoryAvailable, &S::memoryAvailableBytes>(),
        metricColumn<M::DiskFree, &S::diskFreeBytes>(),
        metricColumn<M::DaysUntilFull, &S::daysUntilFull>(),
        metricColumn<M::ClockSkew, &S::clockSkewMs>(),
    };
}

const std::vector<Column> &columns()
{
    static const std::vector<Column> all = makeColumns();
    return all;
}

/// A float that fits; infinite and larger numbers are unknown.
float narrowed(const Wide &wide)
{
    if (wide.value && std::abs(*wide.value) <= static_cast<double>(std::numeric_limits<float>::max()))
        return static_cast<float>(*wide.value);
    return wide.notPermitted ? hiddenFigure() : unknownFigure();
}

Wide widened(float figure)
{
    if (!std::isnan(figure))
        return {static_cast<double>(figure), false};
    return {std::nullopt, isHidden(figure)};
}

} // namespace

const QStringList &figureKeys()
{
    static const QStringList keys = [] {
        QStringList list;
        for (const Column &column : columns())
            list << column.key;
        return list;
    }();
    return keys;
}

std::vector<float> figuresOf(const ServerSample &sample)
{
    std::vector<float> figures;
    figures.reserve(columns().size());
    for (const Column &column : columns())
        figures.push_back(narrowed(column.value(sample)));
    return figures;
}

void setFigures(ServerSample &sample, const QStringList &keys, const std::vector<float> &figures)
{
    static const QHash<QString, const Column *> byKey = [] {
        QHash<QString, const Column *> map;
        for (const Column &column : columns())
            map.insert(column.key, &column);
        return map;
    }();
    for (qsizetype i = 0; i < keys.size() && static_cast<size_t>(i) < figures.size(); ++i) {
        if (const Column *column = byKey.value(keys[i]))
            column->set(sample, widened(figures[static_cast<size_t>(i)]));
    }
}

} // namespace shardhelm::monitor::recording
