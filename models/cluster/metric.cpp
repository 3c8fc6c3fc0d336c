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

template <typename T>
monitor::Figure<double> widened(const monitor::Figure<T> &figure)
{
    monitor::Figure<double> result;
    result.notPermitted = figure.notPermitted;
    if (figure.value)
        result.value = static_cast<double>(*figure.value);
    return result;
}

} // namespace

monitor::Figure<double> metricValue(const monitor::ServerSample &sample, Metric metric)
{
    switch (metric) {
    case Metric::P99:
        return sample.p99Ms;
    case Metric::Transactions:
        return sample.transactionsPerSecond;
    case Metric::Writes:
        return sample.writesPerSecond;
    case Metric::Connections:
        return widened(sample.connections);
    case Metric::ActiveConnections:
        return widened(sample.activeConnections);
    case Metric::Blocked:
        return widened(sample.blockedSessions);
    case Metric::LongestTransaction:
        return sample.longestTransactionSeconds;
    case Metric::LagSeconds:
        return sample.lagSeconds;
    case Metric::LagBytes:
        return widened(sample.lagBytes);
    case Metric::CacheHit:
        return sample.cacheHitRatio;
    case Metric::Size:
        return widened(sample.sizeBytes);
    case Metric::RoundTrip:
        return {sample.roundTripMs, false};
    }
    return {};
}

QString metricTitle(Metric metric)
{
    switch (metric) {
    case Metric::P99:
        return Words::tr("p99");
    case Metric::Transactions:
        return Words::tr("Transactions");
    case Metric::Writes:
        return Words::tr("Rows written");
    case Metric::Connections:
        return Words::tr("Connections");
    case Metric::ActiveConnections:
        return Words::tr("Active connections");
    case Metric::Blocked:
        return Words::tr("Blocked sessions");
    case Metric::LongestTransaction:
        return Words::tr("Longest transaction");
    case Metric::LagSeconds:
        return Words::tr("Replica lag");
    case Metric::LagBytes:
        return Words::tr("Replica lag in bytes");
    case Metric::CacheHit:
        return Words::tr("Cache hit");
    case Metric::Size:
        return Words::tr("Size");
    case Metric::RoundTrip:
        return Words::tr("Round trip");
    }
    return {};
}

QString metricText(Metric metric, double value)
{
    switch (metric) {
    case Metric::P99:
    case Metric::RoundTrip:
        return format::duration(value / 1000);
    case Metric::Transactions:
    case Metric::Writes:
        return format::rate(value);
    case Metric::Connections:
    case Metric::ActiveConnections:
    case Metric::Blocked:
        return format::count(std::llround(value));
    case Metric::LongestTransaction:
    case Metric::LagSeconds:
        return format::duration(value);
    case Metric::LagBytes:
    case Metric::Size:
        return format::bytes(std::llround(value));
    case Metric::CacheHit:
        return format::percent(value);
    }
    return {};
}

QString metricSource(const monitor::ServerSample &sample, Metric metric)
{
    const double seconds = metric == Metric::P99 ? sample.p99WindowSeconds : sample.windowSeconds;
    const QString window =
        seconds > 0 ? Words::tr("%1 window").arg(shortened(format::duration(std::round(seconds)))) : QString();
    QStringList parts;
    switch (metric) {
    case Metric::P99:
        if (sample.p99Source == QLatin1StringView("estimate"))
            parts << Words::tr("from pg_stat_statements") << window << Words::tr("estimate");
        else if (sample.p99Source == QLatin1StringView("log"))
            parts << Words::tr("from the server log") << window;
        else if (sample.p99Source == QLatin1StringView("histogram"))
            parts << Words::tr("from a histogram") << window;
        break;
    case Metric::Transactions:
    case Metric::Writes:
    case Metric::CacheHit:
        parts << window;
        break;
    case Metric::RoundTrip:
        parts << Words::tr("measured by this console");
        break;
    default:
        break;
    }
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

QString metricKey(Metric metric)
{
    switch (metric) {
    case Metric::P99:
        return QStringLiteral("p99");
    case Metric::Transactions:
        return QStringLiteral("tps");
    case Metric::Writes:
        return QStringLiteral("writes");
    case Metric::Connections:
        return QStringLiteral("connections");
    case Metric::ActiveConnections:
        return QStringLiteral("active");
    case Metric::Blocked:
        return QStringLiteral("blocked");
    case Metric::LongestTransaction:
        return QStringLiteral("transaction");
    case Metric::LagSeconds:
        return QStringLiteral("lag");
    case Metric::LagBytes:
        return QStringLiteral("lag_bytes");
    case Metric::CacheHit:
        return QStringLiteral("cache");
    case Metric::Size:
        return QStringLiteral("size");
    case Metric::RoundTrip:
        return QStringLiteral("rtt");
    }
    return {};
}

Metric metricOfKey(const QString &key)
{
    for (const Metric metric : allMetrics) {
        if (metricKey(metric) == key)
            return metric;
    }
    return Metric::P99;
}

} // namespace shardhelm
