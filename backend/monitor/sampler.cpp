// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/sampler.h"

#include "core/sqltext.h"
#include "monitor/answers.h"

#include <QHash>

#include <algorithm>

namespace shardhelm::monitor {

namespace {

/// The statements of a sample; each may be refused without harm to the others.
enum class Part { Facts, Activity, Senders, Size, Statements, Pause, FactsAgain, StatementsAgain, OwnStatements };

/// A session reports its counters when a statement ends and the last report is at least a second old. Over a shorter
/// window our own statements fall now into this one and now into the next.
constexpr double steadyWindowSeconds = 1.5;

/// What is known of one server from earlier samples.
struct Memory
{
    std::optional<Counters> counters;
    std::optional<Rates> rates; ///< of the last window
    qint64 transactionsSince = 0; ///< of our own since `counters` were read
    LatencyEstimate latency;
    int latencyReadings = 0; ///< since the connection was made
    LatencyFigure p99;
    double p99WindowSeconds = 0; ///< between the two readings that p99 was made from
    Figure<qint64> size;
    std::optional<Clock::time_point> sizeAt;
    std::optional<Clock::time_point> statementsAt;
    // Positions of the last sample: a replica's lag needs both ends.
    qint64 run = 0; ///< of the last answer
    WalHistory history;
    std::vector<Sender> senders;
    QSet<QByteArray> asked; ///< texts of questions, which the server's statistics know by now
    std::optional<ReplicaPosition> replica;
    bool receiving = false; ///< the WAL receiver of a replica runs
    ServerSample sample; ///< as its own answer tells it, without what the other servers say
};

template <typename T>
Figure<T> known(T value)
{
    return {std::move(value), false};
}

template <typename T>
Figure<T> hidden()
{
    return {std::nullopt, true};
}

bool isRefusal(const Error &error)
{
    return error.code == ErrorCode::NotPermitted;
}

void warnOfHidden(ServerSample &sample)
{
    const auto check = [&](const auto &figure, QLatin1StringView key) {
        if (figure.notPermitted)
            sample.warnings += QStringLiteral("not permitted: %1").arg(key);
    };
    check(sample.connections, QLatin1StringView("connections"));
    check(sample.activeConnections, QLatin1StringView("active_connections"));
    check(sample.blockedSessions, QLatin1StringView("blocked_sessions"));
    check(sample.longestTransactionSeconds, QLatin1StringView("longest_transaction_seconds"));
    check(sample.sizeBytes, QLatin1StringView("size_bytes"));
    check(sample.lagBytes, QLatin1StringView("lag_bytes"));
    check(sample.lagSeconds, QLatin1StringView("lag_seconds"));
    check(sample.transactionsPerSecond, QLatin1StringView("tps"));
    check(sample.p99Ms, QLatin1StringView("p99_ms"));
}

} // namespace

struct Sampler::Private
{
    explicit Private(pg::PasswordSource *source)
        : passwords(source)
    {
    }

    [[nodiscard]] std::vector<Part> partsFor(const Memory &memory, const Pace &pace) const;
    [[nodiscard]] pg::ConnectSpec specFor(const Target &target) const;
    [[nodiscard]] pg::FanOutTask taskFor(const Target &target, const std::vector<Part> &parts, const Pace &pace) const;
    [[nodiscard]] ServerSample digest(const Target &target, const std::vector<Part> &parts, const Pace &pace,
                                      const pg::FanOutReply &reply, Memory &memory);
    void takeFacts(const Facts &facts, double shortestWindow, Memory &memory, ServerSample &sample);
    void takeActivity(const Result<pg::Rows> &rows, bool seesAll, ServerSample &sample);
    void takeStatements(const Result<pg::Rows> &rows, bool seesAll, Memory &memory);
    void rememberQuestion(const QString &name, const QSet<QByteArray> &texts, qint64 count,
                          const pg::FanOutReply &reply);
    void judge(const Target &target, ServerSample &sample) const;
    void addLag(const std::vector<Target> &targets, const Target &replica, ServerSample &sample) const;
    /// The sample of a server that has answered in this run, with what its primary has said so far.
    [[nodiscard]] ServerSample finished(const std::vector<Target> &targets, const Target &target) const;

    pg::PasswordSource *passwords;
    QHash<QString, Memory> memories;
    qint64 run = 0;
    // Read once: they are sent with every sample.
    const QByteArray mark = QByteArrayLiteral("/* shardhelm/monitor */ ");
    const QByteArray factsSql = mark + sqlText("monitor/facts");
    const QByteArray activitySql = mark + sqlText("monitor/activity");
    const QByteArray sendersSql = mark + sqlText("monitor/senders");
    const QByteArray sizeSql = mark + sqlText("monitor/size");
    const QByteArray statementsSql = mark + sqlText("monitor/statements");
    const QByteArray ownStatementsSql = mark + sqlText("monitor/own_statements");
    const QByteArray pauseSql = mark + QByteArrayLiteral("SELECT pg_sleep($1::float8)");
    pg::FanOut fanOut; ///< last: its end answers questions
};

std::vector<Part> Sampler::Private::partsFor(const Memory &memory, const Pace &pace) const
{
    const auto due = [](const std::optional<Clock::time_point> &last, Milliseconds every) {
        return !last || Clock::now() - *last >= every;
    };
    std::vector<Part> parts{Part::Facts, Part::Activity, Part::Senders};
    if (due(memory.sizeAt, pace.sizes))
        parts.push_back(Part::Size);
    const bool statements = due(memory.statementsAt, pace.statements);
    if (statements)
        parts.push_back(Part::Statements);
    if (pace.window > Milliseconds(0)) {
        parts.push_back(Part::Pause);
        parts.push_back(Part::FactsAgain);
        if (statements) {
            parts.push_back(Part::OwnStatements);
            parts.push_back(Part::StatementsAgain);
        }
    } else if (statements && memory.latencyReadings == 1) {
        // After the first reading of a connection our own statements are among those the server knows.
        parts.insert(parts.end() - 1, Part::OwnStatements);
    }
    return parts;
}

pg::ConnectSpec Sampler::Private::specFor(const Target &target) const
{
    pg::ConnectSpec spec;
    spec.name = target.name;
    spec.conninfo = target.conninfo;
    spec.purpose = QStringLiteral("monitor");
    spec.passwords = passwords;
    return spec;
}

pg::FanOutTask Sampler::Private::taskFor(const Target &target, const std::vector<Part> &parts, const Pace &pace) const
{
    pg::FanOutTask task;
    task.spec = specFor(target);
    for (const Part part : parts) {
        switch (part) {
        case Part::Facts:
        case Part::FactsAgain:
            task.statements.push_back({factsSql, {}});
            break;
        case Part::Activity:
            task.statements.push_back({activitySql, {}});
            break;
        case Part::Senders:
            task.statements.push_back({sendersSql, {}});
            break;
        case Part::Size:
            task.statements.push_back({sizeSql, {}});
            break;
        case Part::Statements:
        case Part::StatementsAgain:
            task.statements.push_back({statementsSql, {}});
            break;
        case Part::Pause: {
            const double seconds = std::chrono::duration<double>(pace.window).count();
            task.statements.push_back({pauseSql, pg::Params(QByteArray::number(seconds))});
            break;
        }
        case Part::OwnStatements:
            task.statements.push_back({ownStatementsSql, {}});
            break;
        }
    }
    return task;
}

void Sampler::Private::takeFacts(const Facts &facts, double shortestWindow, Memory &memory, ServerSample &sample)
{
    sample.role = facts.inRecovery ? Role::Replica : Role::Primary;
    sample.version = facts.version;
    sample.maxConnections = known(facts.maxConnections);
    if (memory.counters && memory.counters->started != facts.counters.started) {
        memory.latency.restart();
        memory.counters.reset();
        memory.rates.reset();
    }
    const double window = memory.counters ? facts.counters.at - memory.counters->at : 0;
    // Until the window is long enough to say something it grows, and the last rates stand.
    if (!memory.counters || window < 0 || window >= shortestWindow) {
        memory.rates =
            memory.counters ? ratesBetween(*memory.counters, facts.counters, memory.transactionsSince) : std::nullopt;
        // A server counts a session's transactions up to some seconds after they have ended: what this reading does
        // not hold yet is taken off the next one, else it would look like load.
        const qint64 counted = memory.rates ? facts.counters.transactions - memory.counters->transactions : 0;
        memory.transactionsSince = memory.rates ? std::max<qint64>(0, memory.transactionsSince - counted) : 0;
        memory.counters = facts.counters;
    }
    if (memory.rates) {
        sample.windowSeconds = memory.rates->windowSeconds;
        sample.transactionsPerSecond = known(memory.rates->transactionsPerSecond);
        sample.writesPerSecond = known(memory.rates->writesPerSecond);
        sample.cacheHitRatio.value = memory.rates->cacheHitRatio;
        sample.blocksReadPerSecond = known(memory.rates->blocksReadPerSecond);
    }
    if (facts.written)
        memory.history.add(facts.counters.at, *facts.written);
    memory.replica.reset();
    memory.receiving = facts.receiving;
    if (facts.inRecovery) {
        memory.replica = facts.replica;
        sample.lastAppliedAgeSeconds.value = facts.lastAppliedAge;
    }
}

void Sampler::Private::takeActivity(const Result<pg::Rows> &rows, bool seesAll, ServerSample &sample)
{
    const Result<Activity> activity = rows ? readActivity(*rows) : Result<Activity>(Failure(rows.error()));
    const bool refused = !activity && isRefusal(activity.error());
    if (activity)
        sample.connections = known(activity->connections);
    sample.connections.notPermitted = refused;
    if (activity && seesAll) {
        sample.activeConnections = known(activity->active);
        sample.blockedSessions = known(activity->blocked);
        sample.longestTransactionSeconds = known(activity->longestTransaction);
    } else if (refused || !seesAll) {
        sample.activeConnections = hidden<int>();
        sample.blockedSessions = hidden<int>();
        sample.longestTransactionSeconds = hidden<double>();
    }
}

void Sampler::Private::takeStatements(const Result<pg::Rows> &rows, bool seesAll, Memory &memory)
{
    const Clock::time_point now = Clock::now();
    const Clock::time_point before = memory.statementsAt.value_or(now);
    memory.statementsAt = now;
    if (!rows || !seesAll) {
        // Without the extension the figure is unknown; without the right it is hidden.
        memory.p99 = {std::nullopt, rows ? !seesAll : isRefusal(rows.error())};
        return;
    }
    ++memory.latencyReadings;
    memory.p99.value = memory.latency.p99Since(readStatements(*rows));
    memory.p99.notPermitted = false;
    memory.p99WindowSeconds = std::chrono::duration<double>(now - before).count();
}

void Sampler::Private::judge(const Target &target, ServerSample &sample) const
{
    const Memory own = memories.value(target.name);
    const bool wantsReplica = target.role == Role::Replica;
    const bool isReplica = own.replica.has_value();
    const auto name = [](bool replica) { return replica ? QStringLiteral("replica") : QStringLiteral("primary"); };
    sample.state = State::Healthy;
    if (isReplica != wantsReplica) {
        sample.state = State::Degraded;
        sample.reason =
            Error{ErrorCode::RoleUnexpected, target.name, name(isReplica), {name(wantsReplica)}, 0, std::nullopt};
    } else if (isReplica && !own.receiving && memories.value(target.instance).run == run) {
        // Only when the primary answers: without it no replica can receive, and the fault is shown where it is.
        sample.state = State::Degraded;
        sample.reason = Error{ErrorCode::ReplicationStopped, target.name, {}, {}, 0, std::nullopt};
    }
}

ServerSample Sampler::Private::digest(const Target &target, const std::vector<Part> &parts, const Pace &pace,
                                      const pg::FanOutReply &reply, Memory &memory)
{
    ServerSample sample;
    sample.name = target.name;
    sample.instance = target.instance;
    sample.role = target.role;
    sample.zone = target.zone;
    sample.logicalShards = target.logicalShards;
    const auto down = [&](Error reason) {
        sample.state = State::Down;
        sample.reason = std::move(reason);
        return sample;
    };
    if (!reply.results)
        return down(reply.results.error());
    const std::vector<Result<pg::Rows>> &results = *reply.results;
    if (results.size() != parts.size())
        return down(Error{ErrorCode::Internal, target.name, {}, {}, 0, std::nullopt});
    if (!results.front())
        return down(results.front().error());
    const Result<Facts> facts = readFacts(*results.front());
    if (!facts)
        return down(facts.error());

    sample.host = reply.host;
    sample.sampledAt = QDateTime::currentDateTimeUtc();
    if (pace.window == Milliseconds(0))
        sample.roundTripMs = reply.roundTripMs;
    if (reply.reconnected)
        memory.latencyReadings = 0;
    for (size_t i = 0; i < parts.size(); ++i) {
        const Result<pg::Rows> &rows = results[i];
        switch (parts[i]) {
        case Part::Facts:
            takeFacts(*facts, steadyWindowSeconds, memory, sample);
            break;
        case Part::Activity:
            takeActivity(rows, facts->seesAll, sample);
            break;
        case Part::Senders:
            memory.senders = rows ? readSenders(*rows) : std::vector<Sender>();
            if (!facts->inRecovery) {
                const Lag worst = worstLag(memory.senders);
                const bool hiddenLag = rows ? !memory.senders.empty() && !facts->seesAll : isRefusal(rows.error());
                sample.lagBytes = {hiddenLag ? std::nullopt : worst.bytes, hiddenLag};
                sample.lagSeconds = {hiddenLag ? std::nullopt : worst.seconds, hiddenLag};
            }
            break;
        case Part::Size:
            memory.sizeAt = Clock::now();
            memory.size = {};
            if (rows && rows->count() == 1)
                memory.size = known(rows->integer(0, 0));
            else
                memory.size.notPermitted = !rows && isRefusal(rows.error());
            break;
        case Part::Statements:
        case Part::StatementsAgain:
            takeStatements(rows, facts->seesAll, memory);
            break;
        case Part::Pause:
            break;
        case Part::FactsAgain:
            if (const auto again = rows ? readFacts(*rows) : Result<Facts>(Failure(rows.error())))
                takeFacts(*again, shortestWindowSeconds, memory, sample);
            break;
        case Part::OwnStatements:
            if (rows)
                memory.latency.ignore(readOwnStatements(*rows));
            break;
        }
        // Each statement is a transaction of its own, counted once it has ended.
        ++memory.transactionsSince;
    }
    sample.sizeBytes = memory.size;
    sample.p99Ms = memory.p99;
    if (sample.p99Ms.value) {
        sample.p99Source = QStringLiteral("estimate");
        sample.p99WindowSeconds = memory.p99WindowSeconds;
    }
    if (target.role == Role::Directory && sample.role == Role::Primary)
        sample.role = Role::Directory;
    memory.run = run;
    return sample;
}

void Sampler::Private::addLag(const std::vector<Target> &targets, const Target &replica, ServerSample &sample) const
{
    const auto own = memories.constFind(replica.name);
    const auto primary = memories.constFind(replica.instance);
    // A position from before the last run says nothing about now.
    if (own == memories.constEnd() || !own->replica || primary == memories.constEnd() || primary->run == 0
        || primary->run + 1 < run)
        return;
    const auto replicas = std::count_if(targets.begin(), targets.end(), [&](const Target &target) {
        return target.role == Role::Replica && target.instance == replica.instance;
    });
    const Lag lag = lagOf(*own->replica, primary->history, primary->senders, replicas == 1);
    sample.lagBytes.value = lag.bytes;
    sample.lagSeconds.value = lag.seconds;
}

ServerSample Sampler::Private::finished(const std::vector<Target> &targets, const Target &target) const
{
    ServerSample sample = memories.value(target.name).sample;
    if (sample.state != State::Down) {
        judge(target, sample);
        if (target.role == Role::Replica)
            addLag(targets, target, sample);
    }
    warnOfHidden(sample);
    return sample;
}

Sampler::Sampler(pg::PasswordSource *passwords)
    : d(std::make_unique<Private>(passwords))
{
}

Sampler::~Sampler() = default;

void Sampler::sample(const std::vector<Target> &targets, const Pace &pace,
                     const std::function<void(size_t, const ServerSample &)> &deliver, const Wait &wait)
{
    ++d->run;
    std::vector<std::vector<Part>> parts;
    std::vector<pg::FanOutTask> tasks;
    for (const Target &target : targets) {
        parts.push_back(d->partsFor(d->memories[target.name], pace));
        tasks.push_back(d->taskFor(target, parts.back(), pace));
    }
    d->fanOut.run(
        tasks, pace.timeout,
        [&](size_t index, pg::FanOutReply reply) {
            if (reply.busy)
                return;
            const Target &target = targets[index];
            Memory &memory = d->memories[target.name];
            memory.sample = d->digest(target, parts[index], pace, reply, memory);
            deliver(index, d->finished(targets, target));
            if (target.role == Role::Replica || memory.sample.state == State::Down)
                return;
            // The primary's position has come: its replicas that answered before can be measured against it.
            for (size_t other = 0; other < targets.size(); ++other) {
                const bool replicaOfThis =
                    targets[other].role == Role::Replica && targets[other].instance == target.instance;
                if (replicaOfThis && d->memories[targets[other].name].run == d->run)
                    deliver(other, d->finished(targets, targets[other]));
            }
        },
        wait);
}

void Sampler::ask(const Target &target, std::vector<pg::Statement> statements, Clock::time_point deadline,
                  std::function<void(pg::FanOutReply)> answered)
{
    pg::FanOutTask task{d->specFor(target), std::move(statements)};
    QSet<QByteArray> texts;
    for (pg::Statement &statement : task.statements) {
        statement.sql.prepend(d->mark);
        texts.insert(statement.sql);
    }
    const auto count = static_cast<qint64>(task.statements.size());
    d->fanOut.ask(std::move(task), deadline,
                  [this, name = target.name, texts, count, answered = std::move(answered)](pg::FanOutReply reply) {
                      d->rememberQuestion(name, texts, count, reply);
                      answered(std::move(reply));
                  });
}

void Sampler::Private::rememberQuestion(const QString &name, const QSet<QByteArray> &texts, qint64 count,
                                        const pg::FanOutReply &reply)
{
    const auto found = memories.find(name);
    if (found == memories.end() || reply.serverVersion == 0)
        return;
    found->transactionsSince += count;
    if (reply.reconnected)
        found->latencyReadings = 0;
    // A text that is new to the server is looked for among its statements once more.
    if (!found->asked.contains(texts)) {
        found->asked.unite(texts);
        found->latencyReadings = std::min(found->latencyReadings, 1);
    }
}

void Sampler::serve(const Wait &wait)
{
    d->fanOut.serve(wait);
}

void Sampler::interrupt()
{
    d->fanOut.interrupt();
}

QStringList Sampler::owed() const
{
    return d->fanOut.owed();
}

void Sampler::forgive()
{
    d->fanOut.forgive();
}

void Sampler::forget(const QString &name)
{
    d->fanOut.forget(name);
    d->memories.remove(name);
}

} // namespace shardhelm::monitor
