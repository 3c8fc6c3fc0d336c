// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/metric.h"

#include "cluster/shorttext.h"
#include "format/units.h"

#include <QCoreApplication>

#include <cmath>

namespace shardhelm {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Metric)
};

bool isLatency(Metric metric)
{
    return metric == Metric::P99 || metric == Metric::P95 || metric == Metric::P50 || metric == Metric::MeanLatency
        || metric == Metric::Statements;
}

bool isProbe(Metric metric)
{
    return metric == Metric::RoundTrip || metric == Metric::ProbeP50 || metric == Metric::ProbeP95
        || metric == Metric::ProbeP99;
}

} // namespace

monitor::Figure<double> metricValue(const monitor::ServerSample &sample, Metric metric)
{
    return monitor::figure(sample, metric);
}

QString metricTitle(Metric metric)
{
    switch (metric) {
    case Metric::P99:
        return Words::tr("p99");
    case Metric::P95:
        return Words::tr("p95");
    case Metric::P50:
        return Words::tr("p50");
    case Metric::MeanLatency:
        return Words::tr("Mean latency");
    case Metric::RoundTrip:
        return Words::tr("Round trip");
    case Metric::ProbeP50:
        return Words::tr("Probe p50");
    case Metric::ProbeP95:
        return Words::tr("Probe p95");
    case Metric::ProbeP99:
        return Words::tr("Probe p99");
    case Metric::Transactions:
        return Words::tr("Transactions");
    case Metric::Statements:
        return Words::tr("Statements");
    case Metric::Reads:
        return Words::tr("Rows read");
    case Metric::Writes:
        return Words::tr("Rows written");
    case Metric::WalRate:
        return Words::tr("WAL written");
    case Metric::CacheHit:
        return Words::tr("Cache hit");
    case Metric::BlocksRead:
        return Words::tr("Blocks read");
    case Metric::TempBytes:
        return Words::tr("Temporary files");
    case Metric::Rollbacks:
        return Words::tr("Rollbacks");
    case Metric::Errors:
        return Words::tr("Errors");
    case Metric::Deadlocks:
        return Words::tr("Deadlocks");
    case Metric::SessionsLost:
        return Words::tr("Sessions lost");
    case Metric::Conflicts:
        return Words::tr("Recovery conflicts");
    case Metric::Connections:
        return Words::tr("Connections");
    case Metric::ConnectionRatio:
        return Words::tr("Connections of limit");
    case Metric::ConnectionsFullIn:
        return Words::tr("Connections full in");
    case Metric::ActiveConnections:
        return Words::tr("Active connections");
    case Metric::IdleConnections:
        return Words::tr("Idle connections");
    case Metric::IdleInTransaction:
        return Words::tr("Idle in transaction");
    case Metric::Aborted:
        return Words::tr("Idle in failed transaction");
    case Metric::Waiting:
        return Words::tr("Waiting sessions");
    case Metric::Blocked:
        return Words::tr("Blocked sessions");
    case Metric::LongestBlocked:
        return Words::tr("Longest wait for a lock");
    case Metric::LongestTransaction:
        return Words::tr("Longest transaction");
    case Metric::LongestStatement:
        return Words::tr("Longest statement");
    case Metric::LongestIdleInTransaction:
        return Words::tr("Longest idle in transaction");
    case Metric::AutovacuumWorkers:
        return Words::tr("Autovacuum workers");
    case Metric::LagSeconds:
        return Words::tr("Replica lag");
    case Metric::LagBytes:
        return Words::tr("Replica lag in bytes");
    case Metric::LastAppliedAge:
        return Words::tr("Last applied transaction");
    case Metric::Replicas:
        return Words::tr("Replicas");
    case Metric::InactiveSlots:
        return Words::tr("Inactive slots");
    case Metric::RetainedWal:
        return Words::tr("WAL kept for slots");
    case Metric::WalDirectory:
        return Words::tr("WAL on disk");
    case Metric::LastArchivedAge:
        return Words::tr("Last archived");
    case Metric::ArchiveBacklog:
        return Words::tr("WAL not archived");
    case Metric::Checkpoints:
        return Words::tr("Checkpoints");
    case Metric::RequestedCheckpoints:
        return Words::tr("Requested checkpoints");
    case Metric::TransactionIdAge:
        return Words::tr("Transaction ID age");
    case Metric::MultixactAge:
        return Words::tr("Multixact age");
    case Metric::Prepared:
        return Words::tr("Prepared transactions");
    case Metric::OldestPrepared:
        return Words::tr("Oldest prepared");
    case Metric::Size:
        return Words::tr("Size");
    case Metric::SizeGrowth:
        return Words::tr("Growth");
    case Metric::Cpu:
        return Words::tr("CPU");
    case Metric::Io:
        return Words::tr("Disk busy");
    case Metric::Load:
        return Words::tr("Load average");
    case Metric::MemoryAvailable:
        return Words::tr("Memory available");
    case Metric::DiskFree:
        return Words::tr("Disk free");
    case Metric::DiskUsedRatio:
        return Words::tr("Disk used");
    case Metric::DaysUntilFull:
        return Words::tr("Disk full in");
    case Metric::ClockSkew:
        return Words::tr("Clock skew");
    case Metric::Uptime:
        return Words::tr("Uptime");
    case Metric::Count:
        break;
    }
    return {};
}

QString metricText(Metric metric, double value)
{
    switch (monitor::info(metric).unit) {
    case monitor::Unit::Milliseconds:
        return format::duration(value / 1000);
    case monitor::Unit::Seconds:
        return format::duration(value);
    case monitor::Unit::Days:
        return format::duration(value * 86400);
    case monitor::Unit::Count:
        // Only an average of counts has a fraction.
        return metric == Metric::Load ? format::significant(value) : format::count(std::llround(value));
    case monitor::Unit::PerSecond:
        return format::rate(value);
    case monitor::Unit::PerHour:
        return Words::tr("%1/h").arg(format::significant(value));
    case monitor::Unit::Bytes:
        return format::bytes(std::llround(value));
    case monitor::Unit::BytesPerSecond:
        return Words::tr("%1/s").arg(format::bytes(std::llround(value)));
    case monitor::Unit::Ratio:
        return format::percent(value);
    }
    return {};
}

QString metricSource(const monitor::ServerSample &sample, Metric metric)
{
    const double seconds = isLatency(metric) ? sample.p99WindowSeconds : sample.windowSeconds;
    const QString window =
        seconds > 0 ? Words::tr("%1 window").arg(shortened(format::duration(std::round(seconds)))) : QString();
    const monitor::Unit unit = monitor::info(metric).unit;
    QStringList parts;
    if (metric == Metric::Statements) {
        parts << Words::tr("from pg_stat_statements") << window;
    } else if (isLatency(metric)) {
        if (sample.p99Source == QLatin1StringView("estimate"))
            parts << Words::tr("from pg_stat_statements") << window << Words::tr("estimate");
        else if (sample.p99Source == QLatin1StringView("log"))
            parts << Words::tr("from the server log") << window;
        else if (sample.p99Source == QLatin1StringView("histogram"))
            parts << Words::tr("from a histogram") << window;
    } else if (isProbe(metric)) {
        parts << Words::tr("measured by this console");
    } else if (metric != Metric::SizeGrowth
               && (unit == monitor::Unit::PerSecond || unit == monitor::Unit::BytesPerSecond
                   || metric == Metric::CacheHit)) {
        parts << window;
    }
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

QString metricKey(Metric metric)
{
    return monitor::info(metric).key;
}

Metric metricOfKey(const QString &key)
{
    return monitor::metricOf(key).value_or(Metric::P99);
}

} // namespace shardhelm
