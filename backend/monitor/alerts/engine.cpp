// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/alerts/engine.h"

#include "monitor/outliers/observe.h"

#include <algorithm>

namespace shardhelm::monitor::alerts {

namespace {

constexpr QLatin1StringView downRule("down");
constexpr QLatin1StringView unreachableRule("unreachable");
constexpr QLatin1StringView outlierRule("outlier");
constexpr QLatin1StringView commonRule("common_change");

bool answers(const ServerSample &server)
{
    return server.state == State::Healthy || server.state == State::Degraded;
}

/// Whether nobody answers any more. One server alone may well be down; two or more at once rather share a cause.
bool isCutOff(const FleetSample &fleet)
{
    return fleet.servers.size() > 1 && std::ranges::none_of(fleet.servers, answers)
        && std::ranges::any_of(fleet.servers, [](const ServerSample &server) { return server.state == State::Down; });
}

} // namespace

Engine::Engine(const cluster::ClusterFile &file, Holding holding)
    : m_file(file)
    , m_holding(holding)
{
}

void Engine::resume(const std::vector<ActiveAlert> &raised)
{
    for (ActiveAlert alert : raised) {
        if (const auto setting = cluster::alertSetting(m_file, alert.subject.rule)) {
            alert.command = setting->command;
            alert.runbook = setting->runbook;
        }
        m_active.insert({alert.subject, alert});
    }
}

/// An alert of a rule that is switched on, without its facts.
std::optional<ActiveAlert> Engine::begin(const QString &rule, const ServerSample *server) const
{
    const auto setting = cluster::alertSetting(m_file, rule);
    if (!setting)
        return std::nullopt;
    ActiveAlert alert;
    alert.subject = {rule, server ? server->name : QString()};
    alert.instance = server ? server->instance : QString();
    alert.severity = setting->severity;
    alert.command = setting->command;
    alert.runbook = setting->runbook;
    return alert;
}

void Engine::addRules(const ServerSample &server, Alerts &found) const
{
    for (const Alert &figure : server.alerts) {
        if (!figure.raised)
            continue;
        if (auto alert = begin(ruleName(figure.rule), &server)) {
            alert->figure = figure;
            found.insert({alert->subject, *alert});
        }
    }
}

void Engine::addOutliers(const FleetSample &fleet, Alerts &found) const
{
    const auto setting = cluster::alertSetting(m_file, outlierRule);
    for (const RankedServer &place : fleet.verdict.ranking) {
        const ServerSample *server = fleet.server(place.server);
        if (!setting || !server || !answers(*server) || place.reasons.empty())
            continue;
        const bool isRaised = m_active.contains(Subject{outlierRule, place.server});
        if (place.severity < (isRaised ? setting->clear : setting->threshold))
            continue;
        if (auto alert = begin(outlierRule, server)) {
            alert->reasons = place.reasons;
            found.insert({alert->subject, *alert});
        }
    }
}

/// Everything that the rules say now.
Engine::Alerts Engine::conditions(const FleetSample &fleet) const
{
    Alerts found;
    if (isCutOff(fleet)) {
        if (auto alert = begin(unreachableRule, nullptr)) {
            alert->servers = static_cast<int>(fleet.servers.size());
            found.insert({alert->subject, *alert});
        }
        return found;
    }
    for (const ServerSample &server : fleet.servers) {
        if (answers(server))
            addRules(server, found);
        if (server.state != State::Down)
            continue;
        if (auto alert = begin(downRule, &server)) {
            alert->error = server.reason;
            found.insert({alert->subject, *alert});
        }
    }
    addOutliers(fleet, found);
    if (!fleet.verdict.commonChanges.empty()) {
        if (auto alert = begin(commonRule, nullptr)) {
            alert->change = fleet.verdict.commonChanges.front();
            found.insert({alert->subject, *alert});
        }
    }
    return found;
}

/// Whether nothing can be said now about what an alert is about.
bool Engine::isFrozen(const ActiveAlert &alert, const FleetSample &fleet) const
{
    if (alert.subject.rule == unreachableRule)
        return false;
    if (fleet.servers.empty() || isCutOff(fleet))
        return true;
    if (alert.subject.server.isEmpty())
        return false;
    const ServerSample *server = fleet.server(alert.subject.server);
    if (!server) // gone from the fleet; before the map is read nobody is there but the directory
        return fleet.mapEpoch == 0;
    return !answers(*server);
}

std::vector<Event> Engine::update(const FleetSample &fleet)
{
    m_now = m_now.isValid() ? std::max(m_now, fleet.at) : fleet.at;
    const Alerts found = conditions(fleet);
    std::vector<Event> events;
    for (auto alert = m_active.begin(); alert != m_active.end();) {
        const auto still = found.find(alert->first);
        if (still != found.end()) {
            const QDateTime since = alert->second.since;
            alert->second = still->second;
            alert->second.since = since;
        } else if (!isFrozen(alert->second, fleet)) {
            events.push_back({false, m_now, alert->second});
            alert = m_active.erase(alert);
            continue;
        }
        ++alert;
    }
    std::erase_if(m_pending, [&](const auto &pending) { return !found.contains(pending.first); });
    for (const auto &[subject, alert] : found) {
        if (m_active.contains(subject))
            continue;
        const QDateTime began = m_pending.insert({subject, m_now}).first->second;
        const auto hold = m_holding == Holding::None ? std::chrono::milliseconds(0)
                                                     : cluster::alertSetting(m_file, subject.rule)->hold;
        if (began.msecsTo(m_now) < hold.count())
            continue;
        ActiveAlert raised = alert;
        raised.since = m_now;
        m_pending.erase(subject);
        m_active.insert({subject, raised});
        events.push_back({true, m_now, raised});
    }
    return events;
}

std::vector<ActiveAlert> Engine::active() const
{
    std::vector<ActiveAlert> alerts;
    for (const auto &[subject, alert] : m_active)
        alerts.push_back(alert);
    std::ranges::stable_sort(alerts, [](const ActiveAlert &a, const ActiveAlert &b) {
        return a.severity != b.severity ? a.severity > b.severity : a.since < b.since;
    });
    return alerts;
}

} // namespace shardhelm::monitor::alerts
