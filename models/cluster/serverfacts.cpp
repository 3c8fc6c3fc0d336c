// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/serverfacts.h"

#include "cluster/instancesmodel.h"
#include "format/units.h"
#include "pg/conninfo.h"

#include <QCoreApplication>

#include <algorithm>

namespace shardhelm {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ServerFacts)
};

Fact metricFact(const monitor::ServerSample &server, const Fleet &fleet, Metric metric)
{
    Fact fact;
    fact.label = metricTitle(metric);
    const auto figure = metricValue(server, metric);
    if (figure.notPermitted) {
        fact.value = Words::tr("not permitted");
        fact.unknown = true;
        return fact;
    }
    if (!figure.value) {
        fact.value = Words::tr("unknown");
        fact.unknown = true;
        return fact;
    }
    fact.value = metricText(metric, *figure.value);
    const auto median = fleet.summary().median(metric);
    QStringList notes;
    if (median && server.role != monitor::Role::Directory && metric != Metric::Size)
        notes << Words::tr("fleet median %1").arg(metricText(metric, *median));
    const QString source = metricSource(server, metric);
    if (!source.isEmpty())
        notes << source;
    fact.note = notes.join(QStringLiteral(" · "));
    if (const Rank *rank = fleet.rank(server.name)) {
        fact.marked = std::any_of(rank->findings.begin(), rank->findings.end(),
                                  [&](const Finding &finding) { return finding.metric == metric; });
    }
    return fact;
}

Fact textFact(const QString &label, const QString &value, const QString &note = {})
{
    Fact fact{label, value, note, false, false};
    if (value.isEmpty()) {
        fact.value = Words::tr("unknown");
        fact.unknown = true;
    }
    return fact;
}

FactGroup load(const monitor::ServerSample &server, const Fleet &fleet)
{
    FactGroup group{Words::tr("Load"), {}};
    group.facts.push_back(metricFact(server, fleet, Metric::P99));
    group.facts.push_back(metricFact(server, fleet, Metric::Transactions));
    group.facts.push_back(metricFact(server, fleet, Metric::Writes));
    group.facts.push_back(metricFact(server, fleet, Metric::CacheHit));
    group.facts.push_back(metricFact(server, fleet, Metric::RoundTrip));
    return group;
}

FactGroup sessions(const monitor::ServerSample &server, const Fleet &fleet)
{
    FactGroup group{Words::tr("Sessions"), {}};
    Fact connections = metricFact(server, fleet, Metric::Connections);
    if (server.connections.value && server.maxConnections.value) {
        connections.value = Words::tr("%1 of %2").arg(*server.connections.value).arg(*server.maxConnections.value);
        connections.note =
            format::percent(static_cast<double>(*server.connections.value) / std::max(1, *server.maxConnections.value));
    }
    group.facts.push_back(connections);
    group.facts.push_back(metricFact(server, fleet, Metric::ActiveConnections));
    group.facts.push_back(metricFact(server, fleet, Metric::Blocked));
    group.facts.push_back(metricFact(server, fleet, Metric::LongestTransaction));
    return group;
}

FactGroup data(const monitor::ServerSample &server, const Fleet &fleet)
{
    FactGroup group{Words::tr("Data"), {}};
    group.facts.push_back(metricFact(server, fleet, Metric::Size));
    if (server.role == monitor::Role::Replica) {
        Fact lag = textFact(Words::tr("Replica lag"), lagText(server));
        if (server.lagBytes.notPermitted || server.lagSeconds.notPermitted)
            lag.value = Words::tr("not permitted");
        group.facts.push_back(lag);
        group.facts.push_back(textFact(Words::tr("Last applied transaction"),
                                       server.lastAppliedAgeSeconds.value ? Words::tr("%1 ago").arg(
                                           format::duration(*server.lastAppliedAgeSeconds.value))
                                                                          : QString()));
        return group;
    }
    if (server.role == monitor::Role::Directory) {
        group.facts.push_back(textFact(Words::tr("Map epoch"), format::count(fleet.map().mapEpoch)));
        group.facts.push_back(textFact(Words::tr("Pins"), format::count(static_cast<qint64>(fleet.map().pins.size()))));
        return group;
    }
    if (server.lagBytes.value || server.lagSeconds.value)
        group.facts.push_back(textFact(Words::tr("Worst replica"), lagText(server), Words::tr("behind")));
    const std::vector<int> shards = fleet.shardsOf(server.instance);
    group.facts.push_back(textFact(
        Words::tr("Logical shards"),
        shards.empty() ? Words::tr("none") : format::count(static_cast<qint64>(shards.size())), shardRanges(shards)));
    for (const cluster::TenantPin &pin : fleet.map().pins) {
        const cluster::LogicalShard *shard = fleet.map().shard(pin.logicalShard);
        if (shard && shard->instance == server.instance)
            group.facts.push_back(textFact(Words::tr("Pinned tenant"), pin.tenant,
                                           Words::tr("in logical shard %1").arg(pin.logicalShard)));
    }
    return group;
}

FactGroup connection(const monitor::ServerSample &server, const Fleet &fleet)
{
    FactGroup group{Words::tr("Connection"), {}};
    group.facts.push_back(textFact(Words::tr("Host"), server.host));
    group.facts.push_back(textFact(
        Words::tr("Version"), server.version.isEmpty() ? QString() : QStringLiteral("PostgreSQL ") % server.version));
    group.facts.push_back(textFact(Words::tr("Zone"), server.zone));
    group.facts.push_back(textFact(Words::tr("Connection string"), conninfoOf(server.name, fleet)));
    group.facts.push_back(textFact(
        Words::tr("Last good sample"),
        server.sampledAt.isValid() ? server.sampledAt.toLocalTime().toString(QStringLiteral("HH:mm:ss")) : QString()));
    for (const QString &warning : server.warnings)
        group.facts.push_back(textFact(Words::tr("Note"), warning));
    return group;
}

} // namespace

QString conninfoOf(const QString &name, const Fleet &fleet)
{
    const monitor::ServerSample *server = fleet.server(name);
    if (!server)
        return {};
    if (server->role == monitor::Role::Directory) {
        const cluster::ClusterFile &file = fleet.file();
        return file.directoryConninfo.isEmpty() ? QStringLiteral("service=%1").arg(file.directoryService)
                                                : pg::redacted(file.directoryConninfo);
    }
    const cluster::Instance *instance = fleet.map().instance(server->instance);
    if (!instance)
        return {};
    const qsizetype slash = server->name.lastIndexOf(u'/');
    if (server->role == monitor::Role::Replica && slash > 0)
        return pg::redacted(instance->replicaConninfos.value(server->name.mid(slash + 1).toInt() - 1));
    return pg::redacted(instance->conninfo);
}

QString shardRanges(const std::vector<int> &shards)
{
    QStringList ranges;
    for (size_t i = 0; i < shards.size();) {
        size_t end = i;
        while (end + 1 < shards.size() && shards[end + 1] == shards[end] + 1)
            ++end;
        ranges << (end == i ? QString::number(shards[i]) : QStringLiteral("%1–%2").arg(shards[i]).arg(shards[end]));
        i = end + 1;
    }
    return ranges.join(QStringLiteral(", "));
}

std::vector<FactGroup> factsOf(const QString &name, const Fleet &fleet)
{
    const monitor::ServerSample *server = fleet.server(name);
    if (!server)
        return {};
    return {load(*server, fleet), sessions(*server, fleet), data(*server, fleet), connection(*server, fleet)};
}

} // namespace shardhelm
