// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/recording/playback.h"

#include "monitor/metric.h"
#include "monitor/outliers/observe.h"
#include "monitor/recording/clusterfacts.h"
#include "monitor/recording/samplefacts.h"
#include "monitor/recording/samplefigures.h"
#include "monitor/recording/verdictfacts.h"

#include <QCborArray>

#include <algorithm>

namespace shardhelm::monitor::recording {

namespace {

using namespace Qt::Literals;

constexpr int version = 1;
/// How far back figures are looked for, and in how many blocks at a time.
constexpr qint64 reachMs = 15 * 60 * 1000;
constexpr int blocksAtOnce = 8;
constexpr qint64 leastPatienceMs = 5000;
constexpr qint64 coarsePatienceMs = 75000;

bool answers(State state)
{
    return state == State::Healthy || state == State::Degraded;
}

QStringList sampleKinds()
{
    // In this order: a fact of a later kind relies on those before.
    return {serverKind(), detailKind(), stateKind(), detailKind(), verdictKind()};
}

} // namespace

QString fleetKind()
{
    return u"fleet"_s;
}

QCborMap fleetFact(const FleetSample &fleet)
{
    QCborArray names;
    for (const ServerSample &server : fleet.servers)
        names.append(server.name);
    return {{u"v"_s, version}, {u"servers"_s, names}, {u"map_epoch"_s, fleet.mapEpoch}};
}

Result<Playback> Playback::open(const QString &path)
{
    auto reader = RecordingReader::open(path);
    if (!reader)
        return Failure(reader.error());
    return Playback(std::move(*reader));
}

void Playback::take(const Fact &fact)
{
    if (fact.server.isEmpty()) {
        if (fact.kind == verdictKind())
            m_verdict = verdictOf(fact.content);
        if (fact.kind != fleetKind() || fact.content.value("v"_L1).toInteger() != version)
            return;
        m_order.clear();
        const QCborArray names = fact.content.value("servers"_L1).toArray();
        for (const QCborValue &name : names)
            m_order << name.toString();
        m_mapEpoch = fact.content.value("map_epoch"_L1).toInteger();
        return;
    }
    ServerSample &sample = m_servers[fact.server].sample;
    sample.name = fact.server;
    if (fact.kind == serverKind())
        applyServerFact(sample, fact.content);
    else if (fact.kind == stateKind())
        applyStateFact(sample, fact.content);
    else if (fact.kind == detailKind())
        applyDetailFact(sample, fact.content);
}

void Playback::takeRow(const QStringList &metrics, const NamedRow &row, bool coarse)
{
    Server &server = m_servers[row.server];
    if (row.at < server.rowAt)
        return;
    server.rowAt = row.at;
    server.coarse = coarse;
    server.sample.name = row.server;
    setFigures(server.sample, metrics, row.figures);
}

Result<void> Playback::takeFacts(const QString &kind, std::optional<qint64> after, qint64 at)
{
    const auto facts = after ? m_reader.facts(kind, {*after + 1, at}) : m_reader.factsAt(kind, at);
    if (!facts)
        return Failure(facts.error());
    for (const Fact &fact : *facts)
        take(fact);
    return {};
}

void Playback::takeLoaded(RecordingReader::Rows rows, qint64 at)
{
    const auto metrics = std::make_shared<const QStringList>(std::move(rows.metrics));
    for (NamedRow &row : rows.rows) {
        if (row.at <= at)
            takeRow(*metrics, row, rows.coarse);
        else
            m_later.insert({row.at, Later{metrics, std::move(row), rows.coarse}});
    }
}

void Playback::growWith(Verdict &verdict, const FleetSample &fleet)
{
    for (RankedServer &ranked : verdict.ranking) {
        for (outliers::Reason &reason : ranked.reasons) {
            const ServerSample *server = fleet.server(reason.replica.isEmpty() ? ranked.server : reason.replica);
            if (!server || !answers(server->state))
                continue;
            auto value = figure(*server, outliers::figureOf(reason.metric)).value;
            if (value && reason.metric == outliers::Metric::CacheMissShare)
                value = 1 - *value;
            // What has become better while it is still held tells less than how bad it was.
            if (!value || *value <= reason.value)
                continue;
            if (reason.factor && reason.value > 0)
                *reason.factor *= *value / reason.value;
            reason.value = *value;
        }
    }
}

FleetSample Playback::shown(qint64 at) const
{
    const qint64 interval = std::clamp<qint64>(m_reader.about().intervalMs, 0, 3600000);
    FleetSample fleet;
    fleet.serial = m_serial;
    fleet.at = QDateTime::fromMSecsSinceEpoch(at, Qt::UTC);
    fleet.mapEpoch = m_mapEpoch;
    for (const QString &name : m_order) {
        const auto found = m_servers.constFind(name);
        if (found == m_servers.constEnd())
            continue;
        ServerSample sample = found->sample;
        if (answers(sample.state)) {
            if (found->rowAt > 0)
                sample.sampledAt = QDateTime::fromMSecsSinceEpoch(found->rowAt, Qt::UTC);
            const qint64 patience = found->coarse ? coarsePatienceMs : std::max(leastPatienceMs, 3 * interval);
            if (at - found->rowAt > patience) {
                sample.state = State::Stale;
                sample.alerts.clear();
                sample.reason.reset();
            }
        }
        fleet.servers.push_back(std::move(sample));
    }
    fleet.verdict = m_verdict;
    growWith(fleet.verdict, fleet);
    return fleet;
}

Result<Span> Playback::span()
{
    const auto all = m_reader.span();
    const auto first = m_reader.firstFleetFactAt(fleetKind());
    if (!all || !first)
        return Failure(all ? first.error() : all.error());
    // A report comes a moment after the first of its samples.
    return Span{std::clamp(*first, all->from, std::max(all->from, all->to)), all->to};
}

Result<FleetSample> Playback::seek(qint64 at)
{
    m_servers.clear();
    m_order.clear();
    m_later.clear();
    m_mapEpoch = 0;
    m_verdict = {};
    if (const auto taken = takeFacts(fleetKind(), std::nullopt, at); !taken)
        return Failure(taken.error());
    const QStringList kinds = sampleKinds();
    for (const QString &kind : kinds) {
        if (const auto taken = takeFacts(kind, std::nullopt, at); !taken)
            return Failure(taken.error());
    }
    // Backwards until every server has its figures: the newest row counts, whatever block it came in.
    const auto complete = [this] {
        return std::ranges::all_of(m_order, [this](const QString &name) {
            const auto found = m_servers.constFind(name);
            return found != m_servers.constEnd() && found->rowAt > 0;
        });
    };
    qint64 before = at;
    while (true) {
        auto blocks = m_reader.rowsBefore(before, blocksAtOnce);
        if (!blocks)
            return Failure(blocks.error());
        for (RecordingReader::Rows &rows : *blocks) {
            before = rows.from - 1;
            takeLoaded(std::move(rows), at);
        }
        if (blocks->empty() || complete() || before < at - reachMs)
            break;
    }
    m_position = at;
    ++m_serial;
    return shown(at);
}

Result<FleetSample> Playback::advance(qint64 at)
{
    if (at < m_position || at - m_position > reachMs || m_serial == 0)
        return seek(at);
    const QStringList kinds = QStringList(fleetKind()) + sampleKinds();
    for (const QString &kind : kinds) {
        if (const auto taken = takeFacts(kind, m_position, at); !taken)
            return Failure(taken.error());
    }
    auto blocks = m_reader.rows({m_position + 1, at}, 0);
    if (!blocks)
        return Failure(blocks.error());
    for (RecordingReader::Rows &rows : *blocks)
        takeLoaded(std::move(rows), at);
    const auto end = m_later.upper_bound(at);
    for (auto later = m_later.begin(); later != end; ++later)
        takeRow(*later->second.metrics, later->second.row, later->second.coarse);
    m_later.erase(m_later.begin(), end);
    m_position = at;
    ++m_serial;
    return shown(at);
}

Result<std::optional<cluster::ShardMap>> Playback::map()
{
    const auto facts = m_reader.factsAt(mapKind(), m_position);
    if (!facts)
        return Failure(facts.error());
    if (facts->empty())
        return std::nullopt;
    return mapOf(facts->front().content);
}

Result<std::optional<cluster::ClusterFile>> Playback::file()
{
    const auto facts = m_reader.factsAt(fileKind(), m_position);
    if (!facts)
        return Failure(facts.error());
    if (facts->empty())
        return std::nullopt;
    auto file = fileOf(facts->front().content);
    if (!file) {
        Error error = file.error();
        error.subject = m_reader.path();
        return Failure(error);
    }
    return std::move(*file);
}

Result<qint64> Playback::changedAt()
{
    const auto map = m_reader.fleetFactAt(mapKind(), m_position);
    const auto file = m_reader.fleetFactAt(fileKind(), m_position);
    if (!map || !file)
        return Failure(map ? file.error() : map.error());
    return std::max(*map, *file);
}

} // namespace shardhelm::monitor::recording
