// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/recording/samplefacts.h"

#include "monitor/recording/errorfacts.h"
#include "monitor/recording/words.h"

#include <QCborArray>

#include <cmath>

namespace shardhelm::monitor::recording {

namespace {

using namespace Qt::Literals;

constexpr int version = 1;

constexpr std::array roles{
    Word<Role>{Role::Unknown, "unknown"_L1},
    Word<Role>{Role::Primary, "primary"_L1},
    Word<Role>{Role::Replica, "replica"_L1},
    Word<Role>{Role::Directory, "directory"_L1},
};

constexpr std::array states{
    Word<State>{State::Unknown, "unknown"_L1}, Word<State>{State::Connecting, "connecting"_L1},
    Word<State>{State::Healthy, "healthy"_L1}, Word<State>{State::Degraded, "degraded"_L1},
    Word<State>{State::Stale, "stale"_L1},     Word<State>{State::Down, "down"_L1},
};

constexpr std::array archivings{
    Word<Archiving>{Archiving::Unknown, "unknown"_L1},
    Word<Archiving>{Archiving::Off, "off"_L1},
    Word<Archiving>{Archiving::Working, "working"_L1},
    Word<Archiving>{Archiving::Failing, "failing"_L1},
};

constexpr std::array scopes{
    Word<latency::Scope>{latency::Scope::Statement, "statement"_L1},
    Word<latency::Scope>{latency::Scope::PlanningAndExecution, "planning_and_execution"_L1},
    Word<latency::Scope>{latency::Scope::Execution, "execution"_L1},
};

/// Rules are recorded by their names in the cluster file.
std::optional<Rule> ruleOf(const QString &name)
{
    for (const Rule rule :
         {Rule::P99Ratio, Rule::P99, Rule::BlockedSessions, Rule::LagSeconds, Rule::LagBytes, Rule::Connections,
          Rule::LongestTransaction, Rule::CacheHit, Rule::Disk, Rule::TransactionAge, Rule::SlotWal}) {
        if (ruleName(rule) == name)
            return rule;
    }
    return std::nullopt;
}

/// A map that is filled with what is known, and nothing else.
class Writing
{
public:
    Writing() { m_map.insert(u"v"_s, version); }
    void text(const QString &key, const QString &text)
    {
        if (!text.isEmpty())
            m_map.insert(key, text);
    }
    void value(const QString &key, const QCborValue &value) { m_map.insert(key, value); }
    template <typename T>
    void figure(const QString &key, const Figure<T> &figure)
    {
        if (figure.value)
            m_map.insert(key, *figure.value);
        else if (figure.notPermitted)
            m_map.insert(key, QCborValue(QCborSimpleType::Null));
    }
    void moment(const QString &key, const QDateTime &moment)
    {
        if (moment.isValid())
            m_map.insert(key, moment.toMSecsSinceEpoch());
    }
    [[nodiscard]] const QCborMap &map() const { return m_map; }

private:
    QCborMap m_map;
};

bool isReadable(const QCborMap &fact)
{
    return fact.value("v"_L1).toInteger() == version;
}

template <typename T>
Figure<T> figureIn(const QCborMap &fact, QLatin1StringView key)
{
    const QCborValue value = fact.value(key);
    if (value.isInteger())
        return {static_cast<T>(value.toInteger()), false};
    return {std::nullopt, value.isNull()};
}

QDateTime momentIn(const QCborMap &fact, QLatin1StringView key)
{
    const QCborValue value = fact.value(key);
    return value.isInteger() ? QDateTime::fromMSecsSinceEpoch(value.toInteger(), Qt::UTC) : QDateTime();
}

QStringList textsIn(const QCborMap &fact, QLatin1StringView key)
{
    QStringList texts;
    const QCborArray array = fact.value(key).toArray();
    for (const QCborValue &text : array)
        texts << text.toString();
    return texts;
}

/// Three digits: what trembles behind them is no news.
double rounded(double value)
{
    if (value == 0 || !std::isfinite(value))
        return value;
    const double unit = std::pow(10, std::floor(std::log10(std::abs(value))) - 2);
    return std::round(value / unit) * unit;
}

bool answers(const ServerSample &sample)
{
    return sample.state == State::Healthy || sample.state == State::Degraded;
}

QCborArray alertArray(const std::vector<Alert> &alerts, bool withFigures)
{
    QCborArray array;
    for (const Alert &alert : alerts) {
        QCborMap map{{u"rule"_s, ruleName(alert.rule)}, {u"raised"_s, alert.raised}, {u"threshold"_s, alert.threshold}};
        if (withFigures) {
            map.insert(u"value"_s, rounded(alert.value));
            if (alert.beside)
                map.insert(u"beside"_s, rounded(*alert.beside));
        }
        array.append(map);
    }
    return array;
}

std::vector<Alert> alertsIn(const QCborMap &fact)
{
    std::vector<Alert> alerts;
    const QCborArray array = fact.value("alerts"_L1).toArray();
    for (const QCborValue &value : array) {
        const QCborMap map = value.toMap();
        Alert alert;
        const auto rule = ruleOf(map.value("rule"_L1).toString());
        if (!rule)
            continue;
        alert.rule = *rule;
        alert.raised = map.value("raised"_L1).toBool();
        alert.threshold = map.value("threshold"_L1).toDouble();
        alert.value = map.value("value"_L1).toDouble();
        if (map.contains("beside"_L1))
            alert.beside = map.value("beside"_L1).toDouble();
        alerts.push_back(alert);
    }
    return alerts;
}

/// Figures for alerts that a newer fact names without any.
void takeFigures(std::vector<Alert> &alerts, const std::vector<Alert> &from)
{
    for (Alert &alert : alerts) {
        const auto same = std::ranges::find(from, alert.rule, &Alert::rule);
        if (same != from.end()) {
            alert.value = same->value;
            alert.beside = same->beside;
        }
    }
}

} // namespace

QString serverKind()
{
    return u"server"_s;
}

QString stateKind()
{
    return u"state"_s;
}

QString detailKind()
{
    return u"detail"_s;
}

QCborMap serverFact(const ServerSample &sample)
{
    Writing fact;
    fact.text(u"instance"_s, sample.instance);
    fact.text(u"role"_s, wordOf(roles, sample.role));
    fact.text(u"version"_s, sample.version);
    fact.text(u"zone"_s, sample.zone);
    fact.text(u"host"_s, sample.host);
    fact.text(u"server_key"_s, sample.serverKey);
    fact.moment(u"started_ms"_s, sample.startedAt);
    fact.figure(u"timeline"_s, sample.timeline);
    fact.value(u"logical_shards"_s, sample.logicalShards);
    fact.figure(u"max_connections"_s, sample.maxConnections);
    fact.figure(u"disk_size_bytes"_s, sample.diskSizeBytes);
    fact.text(u"p99_source"_s, sample.p99Source);
    fact.text(u"latency_scope"_s, wordOf(scopes, sample.latencyScope));
    fact.text(u"archiving"_s, wordOf(archivings, sample.archiving));
    fact.value(u"warnings"_s, QCborArray::fromStringList(sample.warnings));
    return fact.map();
}

void applyServerFact(ServerSample &sample, const QCborMap &fact)
{
    if (!isReadable(fact))
        return;
    const auto text = [&fact](QLatin1StringView key) { return fact.value(key).toString(); };
    sample.instance = text("instance"_L1);
    sample.role = valueOf(roles, text("role"_L1));
    sample.version = text("version"_L1);
    sample.zone = text("zone"_L1);
    sample.host = text("host"_L1);
    sample.serverKey = text("server_key"_L1);
    sample.startedAt = momentIn(fact, "started_ms"_L1);
    sample.timeline = figureIn<int>(fact, "timeline"_L1);
    sample.logicalShards = static_cast<int>(fact.value("logical_shards"_L1).toInteger());
    sample.maxConnections = figureIn<int>(fact, "max_connections"_L1);
    sample.diskSizeBytes = figureIn<qint64>(fact, "disk_size_bytes"_L1);
    sample.p99Source = text("p99_source"_L1);
    sample.latencyScope = valueOf(scopes, text("latency_scope"_L1));
    sample.archiving = valueOf(archivings, text("archiving"_L1));
    sample.warnings = textsIn(fact, "warnings"_L1);
}

QCborMap stateFact(const ServerSample &sample)
{
    Writing fact;
    fact.text(u"state"_s, wordOf(states, sample.state));
    if (sample.reason)
        fact.value(u"reason"_s, errorFact(*sample.reason));
    if (!answers(sample))
        fact.moment(u"sampled_ms"_s, sample.sampledAt);
    if (!sample.alerts.empty())
        fact.value(u"alerts"_s, alertArray(sample.alerts, false));
    if (sample.blocker)
        fact.value(u"blocker_pid"_s, sample.blocker->pid);
    return fact.map();
}

void applyStateFact(ServerSample &sample, const QCborMap &fact)
{
    if (!isReadable(fact))
        return;
    sample.state = valueOf(states, fact.value("state"_L1).toString());
    sample.reason.reset();
    if (fact.contains("reason"_L1))
        sample.reason = errorOf(fact.value("reason"_L1).toMap());
    if (!answers(sample))
        sample.sampledAt = momentIn(fact, "sampled_ms"_L1);
    std::vector<Alert> alerts = alertsIn(fact);
    takeFigures(alerts, sample.alerts);
    sample.alerts = std::move(alerts);
    const QCborValue pid = fact.value("blocker_pid"_L1);
    if (!pid.isInteger())
        sample.blocker.reset();
    else if (!sample.blocker || sample.blocker->pid != pid.toInteger())
        sample.blocker = Blocker{static_cast<int>(pid.toInteger()), 0};
}

QCborMap detailFact(const ServerSample &sample)
{
    Writing fact;
    if (!sample.alerts.empty())
        fact.value(u"alerts"_s, alertArray(sample.alerts, true));
    if (sample.blocker)
        fact.value(u"blocker"_s, QCborArray{sample.blocker->pid, sample.blocker->blocked});
    QCborArray waits;
    for (const WaitEvent &wait : sample.waitEvents)
        waits.append(QCborArray{wait.type, wait.event, wait.sessions});
    if (!waits.isEmpty())
        fact.value(u"waits"_s, waits);
    QCborArray slotArray;
    for (const Slot &slot : sample.slots) {
        const QCborValue bytes = slot.retainedBytes ? QCborValue(*slot.retainedBytes) : QCborValue();
        slotArray.append(QCborArray{slot.name, slot.logical, slot.active, bytes, slot.walStatus});
    }
    if (!slotArray.isEmpty())
        fact.value(u"slots"_s, slotArray);
    if (sample.latencyIncomplete)
        fact.value(u"latency_incomplete"_s, true);
    return fact.map();
}

void applyDetailFact(ServerSample &sample, const QCborMap &fact)
{
    if (!isReadable(fact))
        return;
    takeFigures(sample.alerts, alertsIn(fact));
    const QCborArray blocker = fact.value("blocker"_L1).toArray();
    if (sample.blocker && blocker.size() == 2 && blocker.at(0).toInteger() == sample.blocker->pid)
        sample.blocker->blocked = static_cast<int>(blocker.at(1).toInteger());
    sample.waitEvents.clear();
    const QCborArray waits = fact.value("waits"_L1).toArray();
    for (const QCborValue &value : waits) {
        const QCborArray wait = value.toArray();
        sample.waitEvents.push_back(
            {wait.at(0).toString(), wait.at(1).toString(), static_cast<int>(wait.at(2).toInteger())});
    }
    sample.slots.clear();
    const QCborArray slotArray = fact.value("slots"_L1).toArray();
    for (const QCborValue &value : slotArray) {
        const QCborArray slot = value.toArray();
        std::optional<qint64> bytes;
        if (slot.at(3).isInteger())
            bytes = slot.at(3).toInteger();
        sample.slots.push_back(
            {slot.at(0).toString(), slot.at(1).toBool(), slot.at(2).toBool(), bytes, slot.at(4).toString()});
    }
    sample.latencyIncomplete = fact.value("latency_incomplete"_L1).toBool();
}

} // namespace shardhelm::monitor::recording
