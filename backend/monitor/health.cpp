// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/health.h"

#include "monitor/metric.h"

#include <algorithm>

namespace shardhelm::monitor {

namespace {

constexpr double p99RatioNearMs = 20; ///< below this nobody waits, whatever the factor
constexpr double p99RatioRaisedMs = 100;
constexpr double busyBlocksPerSecond = 1000; ///< 8 MB/s; what a quiet server reads says nothing about its cache

bool answers(const ServerSample &server)
{
    return server.state == State::Healthy || server.state == State::Degraded;
}

/// The rules over one server.
class Judge
{
public:
    /// `held`: the rules that the server had raised alerts of, and where these are cleared.
    Judge(const ServerSample &server, const QMap<QString, double> &thresholds, const QSet<Rule> &held,
          const QMap<QString, double> &clear)
        : m_server(server)
        , m_thresholds(thresholds)
        , m_held(held)
        , m_clear(clear)
    {
    }

    std::vector<Alert> alerts(std::optional<double> fleetMedian)
    {
        p99(fleetMedian);
        if (const auto blocked = m_server.blockedSessions.value)
            above(Rule::BlockedSessions, *blocked, *blocked, 0.2);
        // A primary carries the lag of its worst replica, which has a row of its own.
        if (m_server.role == Role::Replica)
            lag();
        if (m_server.connections.value && m_server.maxConnections.value.value_or(0) > 0) {
            const double used = *m_server.connections.value;
            const double most = *m_server.maxConnections.value;
            above(Rule::Connections, used / most * 100, used, 0.9, most);
        }
        if (const auto age = m_server.longestTransactionSeconds.value)
            above(Rule::LongestTransaction, *age, *age, 0.2);
        cache();
        if (const auto used = figure(m_server, Metric::DiskUsedRatio).value)
            above(Rule::Disk, *used * 100, *used * 100, 0.9, figure(m_server, Metric::DiskFree).value);
        if (const auto age = figure(m_server, Metric::TransactionIdAge).value)
            above(Rule::TransactionAge, *age, *age, 0.9);
        if (const auto bytes = figure(m_server, Metric::RetainedWal).value)
            above(Rule::SlotWal, *bytes, *bytes, 0.5);
        std::ranges::stable_partition(m_alerts, &Alert::raised);
        return std::move(m_alerts);
    }

private:
    /// Compares `measure` with the rule's threshold; from the share `near` of it on there is a line.
    void above(Rule rule, double measure, double value, double near, std::optional<double> beside = std::nullopt)
    {
        const QString name = ruleName(rule);
        const auto threshold = m_thresholds.constFind(name);
        if (threshold == m_thresholds.cend() || measure <= 0)
            return;
        const bool raised =
            measure >= *threshold || (m_held.contains(rule) && measure >= m_clear.value(name, *threshold));
        if (raised || measure >= near * *threshold)
            m_alerts.push_back({rule, raised, value, *threshold, beside});
    }

    void cache()
    {
        const auto threshold = m_thresholds.constFind(ruleName(Rule::CacheHit));
        const auto ratio = m_server.cacheHitRatio.value;
        if (threshold == m_thresholds.cend() || !ratio
            || m_server.blocksReadPerSecond.value.value_or(0) < busyBlocksPerSecond)
            return;
        const double percent = *ratio * 100;
        const bool held =
            m_held.contains(Rule::CacheHit) && percent <= m_clear.value(ruleName(Rule::CacheHit), *threshold);
        if (percent < *threshold || held)
            m_alerts.push_back({Rule::CacheHit, true, percent, *threshold, std::nullopt});
    }

    void p99(std::optional<double> fleetMedian)
    {
        const auto value = m_server.p99Ms.value;
        if (!value)
            return;
        if (fleetMedian.value_or(0) > 0 && *value >= p99RatioNearMs) {
            above(Rule::P99Ratio, *value / *fleetMedian, *value, 0.4, fleetMedian);
            if (!m_alerts.empty() && *value < p99RatioRaisedMs)
                m_alerts.back().raised = false;
        }
        std::vector<Alert> relative = std::move(m_alerts);
        m_alerts.clear();
        above(Rule::P99, *value, *value, 1);
        // One line about one figure: the comparison with the others says more, unless only the limit is broken.
        if (!relative.empty() && (relative.front().raised || m_alerts.empty()))
            m_alerts = std::move(relative);
    }

    void lag()
    {
        const auto seconds = m_server.lagSeconds.value;
        const auto bytes = m_server.lagBytes.value;
        if (seconds)
            above(Rule::LagSeconds, *seconds, *seconds, 1.0 / 6, bytes);
        // One line about one lag.
        if (bytes && (m_alerts.empty() || m_alerts.back().rule != Rule::LagSeconds || !m_alerts.back().raised))
            above(Rule::LagBytes, static_cast<double>(*bytes), static_cast<double>(*bytes), 1, seconds);
    }

    const ServerSample &m_server;
    const QMap<QString, double> &m_thresholds;
    const QSet<Rule> m_held;
    const QMap<QString, double> &m_clear;
    std::vector<Alert> m_alerts;
};

} // namespace

QString ruleName(Rule rule)
{
    switch (rule) {
    case Rule::P99Ratio:
        return QStringLiteral("p99_ratio");
    case Rule::P99:
        return QStringLiteral("p99_ms");
    case Rule::BlockedSessions:
        return QStringLiteral("blocked_sessions");
    case Rule::LagSeconds:
        return QStringLiteral("lag_seconds");
    case Rule::LagBytes:
        return QStringLiteral("lag_bytes");
    case Rule::Connections:
        return QStringLiteral("connections_percent");
    case Rule::LongestTransaction:
        return QStringLiteral("longest_transaction_seconds");
    case Rule::Disk:
        return QStringLiteral("disk_percent");
    case Rule::TransactionAge:
        return QStringLiteral("transaction_age");
    case Rule::SlotWal:
        return QStringLiteral("slot_wal_bytes");
    case Rule::CacheHit:
        break;
    }
    return QStringLiteral("cache_hit_percent");
}

std::optional<double> medianP99Ms(const FleetSample &fleet)
{
    std::vector<double> values;
    for (const ServerSample &server : fleet.servers) {
        if (answers(server) && server.role == Role::Primary && server.p99Ms.value)
            values.push_back(*server.p99Ms.value);
    }
    if (values.empty())
        return std::nullopt;
    std::ranges::sort(values);
    const size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

void judge(FleetSample &fleet, const QMap<QString, double> &thresholds, HeldAlerts *held)
{
    const std::optional<double> median = medianP99Ms(fleet);
    const HeldAlerts before = held ? *held : HeldAlerts();
    for (ServerSample &server : fleet.servers) {
        server.alerts.clear();
        if (!answers(server))
            continue;
        server.alerts = Judge(server, thresholds, before.raised.value(server.name), before.clear).alerts(median);
        if (held)
            held->raised.remove(server.name);
        if (server.alerts.empty() || !server.alerts.front().raised)
            continue;
        server.state = State::Degraded;
        for (const Alert &alert : server.alerts) {
            if (held && alert.raised)
                held->raised[server.name].insert(alert.rule);
        }
    }
}

} // namespace shardhelm::monitor
