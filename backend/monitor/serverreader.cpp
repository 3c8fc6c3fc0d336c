// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/serverreader.h"

#include "core/sqltext.h"

#include <algorithm>

namespace shardhelm::monitor {

namespace {

/// A session reports its counters when a statement ends and the last report is at least a second old. Over a shorter
/// window our own statements fall now into this one and now into the next.
constexpr double steadyWindowSeconds = 1.5;
constexpr double checkpointWindowSeconds = 600;
constexpr double leastCheckpointSeconds = 120;
constexpr int checkpointerVersion = 170000; ///< has the checkpoints in a view of their own

bool isDue(const std::optional<Clock::time_point> &last, Milliseconds every)
{
    return !last || Clock::now() - *last >= every;
}

bool isRefusal(const Result<pg::Rows> &rows)
{
    return !rows && rows.error().code == ErrorCode::NotPermitted;
}

/// A figure that is the only one of its statement.
Figure<qint64> single(const Result<pg::Rows> &rows)
{
    Figure<qint64> figure;
    if (rows && rows->count() == 1)
        figure.value = rows->optionalInteger(0, 0);
    figure.notPermitted = isRefusal(rows);
    return figure;
}

/// The first two readings of the statistics are close together, so that there are figures soon.
Milliseconds untilNext(const SharedServer &shared, Milliseconds every)
{
    return shared.readings < 2 ? every / 3 : every;
}

} // namespace

QByteArray SampleTexts::marked(const char *name)
{
    QByteArray &text = m_texts[name];
    if (text.isEmpty())
        text = marked(sqlText(name));
    return text;
}

std::vector<pg::Statement> ServerReader::questions(const Pace &pace, SharedServer *shared, SampleTexts &texts)
{
    const auto now = Clock::now();
    std::vector<pg::Statement> all;
    m_parts.clear();
    m_shortestWindow = pace.window > Milliseconds(0) ? shortestWindowSeconds : steadyWindowSeconds;
    const auto ask = [&](Part part, const char *name) {
        m_parts.push_back(part);
        all.push_back({texts.marked(name), {}});
    };
    ask(Part::Facts, "monitor/facts");
    if (isDue(m_rightsAt, pace.rights)) {
        ask(Part::Server, "monitor/server");
        if (m_rightsAt)
            m_latency.lookAgain();
    }
    ask(Part::Activity, "monitor/activity");
    if (isDue(m_upkeepAt, pace.upkeep)) {
        ask(Part::Upkeep, "monitor/upkeep");
        if (m_server)
            ask(Part::Checkpoints,
                m_server->versionNumber >= checkpointerVersion ? "monitor/checkpoints_17" : "monitor/checkpoints");
    }
    if (isDue(m_sizeAt, pace.sizes))
        ask(Part::Size, "monitor/size");
    if (m_server && m_server->mayListWal && isDue(m_walDirectoryAt, pace.sizes))
        ask(Part::WalDirectory, "monitor/wal_directory");
    if (m_server && m_server->mayReadFiles && isDue(m_machineAt, pace.machine))
        ask(Part::Machine, "monitor/machine");

    latency::Combined::Turn turn;
    const bool due = isDue(m_latencyAt, pace.statements);
    const bool present = m_latency.moments().presence() == latency::Presence::Present;
    turn.statements =
        shared && present && isDue(shared->readAt, untilNext(*shared, pace.statements)) && now >= shared->takenUntil;
    turn.log = shared && shared->members.size() == 1;
    m_readsStatements = turn.statements;
    if (m_readsStatements) {
        shared->takenUntil = now + pace.timeout + std::chrono::seconds(1);
        if (std::exchange(shared->newTexts, false))
            m_latency.moments().lookAtTexts();
    }
    if (due || turn.statements) {
        m_latencyAt = now;
        for (const pg::Statement &some : m_latency.questions(turn))
            all.push_back({SampleTexts::marked(some.sql), some.params});
    }
    return all;
}

ServerSample ServerReader::read(const Target &target, const pg::FanOutReply &reply)
{
    ServerSample sample;
    sample.name = target.name;
    sample.instance = target.instance;
    sample.role = target.role;
    sample.zone = target.zone;
    sample.logicalShards = target.logicalShards;
    m_answers = false;
    const auto down = [&](Error reason) {
        sample.state = State::Down;
        sample.reason = std::move(reason);
        return sample;
    };
    if (!reply.results)
        return down(reply.results.error());
    const std::vector<Result<pg::Rows>> &results = *reply.results;
    if (results.size() < m_parts.size() || results.empty())
        return down(Error{ErrorCode::Internal, target.name, {}, {}, 0, std::nullopt});
    if (!results.front())
        return down(results.front().error());
    const Result<Facts> facts = readFacts(*results.front());
    if (!facts)
        return down(facts.error());

    if (reply.reconnected)
        forgetConnection();
    m_answers = true;
    sample.state = State::Healthy;
    sample.host = reply.host;
    sample.sampledAt = QDateTime::currentDateTimeUtc();
    takeFacts(*facts, sample);
    for (size_t i = 1; i < m_parts.size(); ++i)
        take(m_parts[i], results[i], sample);
    m_latency.answered(std::span(results).subspan(m_parts.size()));
    // Each statement is a transaction of its own, counted once it has ended.
    m_ownSince += static_cast<qint64>(results.size());
    takeProbe(reply.roundTripMs, sample);
    fill(sample);
    if (target.role == Role::Directory && sample.role == Role::Primary)
        sample.role = Role::Directory;
    return sample;
}

void ServerReader::share(SharedServer &shared, ServerSample &sample)
{
    if (m_readsStatements) {
        m_readsStatements = false;
        shared.takenUntil = {};
        const auto reading = m_latency.moments().reading();
        if (m_answers && reading && reading->atSeconds > m_takenAt) {
            shared.reading = reading;
            shared.readAt = Clock::now();
            ++shared.readings;
            m_takenAt = reading->atSeconds;
        }
    }
    if (!m_answers || !m_server)
        return;
    if (shared.reading && shared.reading->atSeconds > m_takenAt) {
        m_takenAt = shared.reading->atSeconds;
        m_latency.take(*shared.reading, m_server->database);
    }
    put(m_latency.figures(), m_latency.notPermitted(), sample);
    sample.statementsPerSecond = {m_latency.statementsPerSecond(),
                                  m_latency.notPermitted() && !m_latency.statementsPerSecond()};
}

void ServerReader::countOwn(qint64 statements, bool reconnected)
{
    m_ownSince += statements;
    if (reconnected)
        forgetConnection();
}

/// The server may have been restarted, or be another: what it is is asked anew. What it answered just now stays.
void ServerReader::forgetConnection()
{
    m_rightsAt.reset();
    m_upkeepAt.reset();
    m_machineReading.reset();
    m_checkpoints.clear();
    m_connections.clear();
    const bool asking = std::ranges::find(m_parts, Part::Server) != m_parts.end() && !m_server;
    if (!asking) {
        m_latency.restart();
        m_latencyAt.reset();
        m_takenAt = 0;
    }
}

void ServerReader::take(Part part, const Result<pg::Rows> &rows, ServerSample &sample)
{
    const auto now = Clock::now();
    switch (part) {
    case Part::Facts:
        break;
    case Part::Server:
        if (const auto server = rows ? readServerFacts(*rows) : Result<ServerFacts>(Failure(rows.error()))) {
            m_server = *server;
            m_rightsAt = now;
        }
        break;
    case Part::Activity:
        takeActivity(rows, sample);
        break;
    case Part::Upkeep:
        takeUpkeep(rows);
        break;
    case Part::Checkpoints:
        takeCheckpoints(rows);
        break;
    case Part::Size:
        m_sizeAt = now;
        m_size = single(rows);
        if (m_size.value)
            m_sizeTrend.add(m_now, static_cast<double>(*m_size.value));
        break;
    case Part::WalDirectory:
        m_walDirectoryAt = now;
        m_walDirectory = single(rows);
        break;
    case Part::Machine:
        takeMachine(rows);
        break;
    }
}

void ServerReader::takeFacts(const Facts &facts, ServerSample &sample)
{
    const Counters &counters = facts.counters;
    m_now = counters.at;
    m_isReplica = facts.inRecovery;
    sample.role = facts.inRecovery ? Role::Replica : Role::Primary;
    sample.startedAt = QDateTime::fromMSecsSinceEpoch(std::llround(counters.started * 1000), Qt::UTC);
    if (m_counters && m_counters->started != counters.started) {
        m_counters.reset();
        m_rates.reset();
    }
    const double window = m_counters ? counters.at - m_counters->at : 0;
    // Until the window is long enough to say something it grows, and the last rates stand.
    if (!m_counters || window < 0 || window >= m_shortestWindow) {
        m_rates = m_counters ? ratesBetween(*m_counters, counters, m_ownSince) : std::nullopt;
        // A server counts a session's transactions up to some seconds after they have ended: what this reading does
        // not hold yet is taken off the next one, else it would look like load.
        const qint64 counted = m_rates ? counters.transactions - m_counters->transactions : 0;
        m_ownSince = m_rates ? std::max<qint64>(0, m_ownSince - counted) : 0;
        m_counters = counters;
    }
    if (counters.walPosition)
        m_walHistory.add(counters.at, *counters.walPosition);
    m_replica.reset();
    m_receiving = facts.receiving;
    if (facts.inRecovery) {
        m_replica = facts.replica;
        sample.lastAppliedAgeSeconds.value = facts.lastAppliedAge;
    }
}

void ServerReader::takeActivity(const Result<pg::Rows> &rows, ServerSample &sample)
{
    const bool seesAll = m_server && m_server->seesAll;
    const Result<Activity> activity = rows ? readActivity(*rows) : Result<Activity>(Failure(rows.error()));
    m_senders = activity ? activity->senders : std::vector<Sender>();
    if (activity)
        put(*activity, seesAll, sample);
    else
        putNoActivity(isRefusal(rows), sample);
    if (!m_isReplica) {
        const Lag worst = worstLag(m_senders);
        const bool hidden = activity ? !m_senders.empty() && !seesAll : isRefusal(rows);
        sample.lagBytes = {hidden ? std::nullopt : worst.bytes, hidden};
        sample.lagSeconds = {hidden ? std::nullopt : worst.seconds, hidden};
    }
    if (sample.connections.value)
        m_connections.add(m_now, *sample.connections.value);
}

void ServerReader::takeUpkeep(const Result<pg::Rows> &rows)
{
    m_upkeepAt = Clock::now();
    m_upkeep.reset();
    if (rows && m_server) {
        if (const auto upkeep = readUpkeep(*rows, m_server->walSegmentBytes))
            m_upkeep = *upkeep;
    }
}

void ServerReader::takeCheckpoints(const Result<pg::Rows> &rows)
{
    const auto now = rows ? readCheckpoints(*rows) : Result<CheckpointCounters>(Failure(rows.error()));
    if (!now)
        return;
    const bool comparable = !m_checkpoints.empty() && m_checkpoints.back().at < now->at
        && m_checkpoints.back().statsReset == now->statsReset && m_checkpoints.back().checkpoints <= now->checkpoints
        && m_checkpoints.back().requested <= now->requested;
    if (!comparable)
        m_checkpoints.clear();
    m_checkpoints.push_back(*now);
    while (m_checkpoints.front().at < now->at - checkpointWindowSeconds)
        m_checkpoints.pop_front();
}

void ServerReader::takeMachine(const Result<pg::Rows> &rows)
{
    m_machineAt = Clock::now();
    const auto text = [&](const char *name) { return rows->bytes(0, rows->column(name)); };
    std::optional<MachineReading> reading;
    if (rows && rows->count() == 1)
        reading = machineReading({text("stat"), text("loadavg"), text("meminfo"), text("diskstats")}, m_now);
    // Ticks are coarse: within one, the last figures stand.
    if (reading && m_machineReading && reading->total == m_machineReading->total)
        return;
    m_machine = reading ? machineFigures(m_machineReading, *reading) : MachineFigures();
    m_machineReading = std::move(reading);
}

void ServerReader::takeProbe(double roundTripMs, ServerSample &sample)
{
    const auto local = static_cast<double>(sample.sampledAt.toMSecsSinceEpoch()) / 1000;
    sample.roundTripMs = roundTripMs;
    // The server read its clock somewhere between our question and its answer.
    sample.clockSkewMs.value = (m_now - local) * 1000 + roundTripMs / 2;
    const double seconds = std::chrono::duration<double>(Clock::now().time_since_epoch()).count();
    m_probe.add(seconds, roundTripMs);
    const latency::Durations durations = m_probe.durations();
    const auto quantile = [&](double q) -> std::optional<double> {
        const auto value = durations.quantile(q);
        return value ? value->pointMs : std::nullopt;
    };
    sample.probeP50Ms.value = quantile(0.5);
    sample.probeP95Ms.value = quantile(0.95);
    sample.probeP99Ms.value = quantile(0.99);
}

/// What stands from earlier samples as well as from this one.
void ServerReader::fill(ServerSample &sample) const
{
    if (m_server)
        put(*m_server, sample);
    if (m_rates)
        put(*m_rates, !m_isReplica, sample);
    if (m_upkeep && m_server)
        put(*m_upkeep, *m_server, !m_isReplica, sample);
    if (m_checkpoints.size() >= 2) {
        const CheckpointCounters &first = m_checkpoints.front();
        const CheckpointCounters &last = m_checkpoints.back();
        if (last.at - first.at >= leastCheckpointSeconds) {
            const double hours = (last.at - first.at) / 3600;
            sample.checkpointsPerHour.value = static_cast<double>(last.checkpoints - first.checkpoints) / hours;
            sample.requestedCheckpointsPerHour.value = static_cast<double>(last.requested - first.requested) / hours;
        }
    }
    sample.sizeBytes = m_size;
    sample.sizeGrowthBytesPerSecond.value = m_sizeTrend.perSecond();
    sample.walDirectoryBytes = m_walDirectory;
    sample.walDirectoryBytes.notPermitted = m_server && !m_server->mayListWal;
    if (m_server && !m_server->mayReadFiles) {
        for (const auto figure : {&ServerSample::cpuRatio, &ServerSample::ioRatio, &ServerSample::loadAverage})
            (sample.*figure).notPermitted = true;
        sample.memoryAvailableBytes.notPermitted = true;
    }
    put(m_machine, sample);
    putTimeToFull(sample);
}

/// When the server will have given its last connection away, if it goes on like this.
void ServerReader::putTimeToFull(ServerSample &sample) const
{
    constexpr double mostSeconds = 86400;
    const auto growth = m_connections.perSecond();
    const auto used = sample.connections.value;
    const auto most = sample.maxConnections.value;
    // Less than a percent of the limit in a minute is coming and going.
    if (!growth || !used || !most || *growth < *most * 0.01 / 60)
        return;
    const double seconds = std::max(0, *most - *used) / *growth;
    if (seconds <= mostSeconds)
        sample.connectionsFullInSeconds.value = seconds;
}

} // namespace shardhelm::monitor
