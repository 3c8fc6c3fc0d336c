// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/demobreak.h"

#include "core/pause.h"
#include "core/sqltext.h"
#include "demo/demofolder.h"
#include "demo/demosession.h"

#include <algorithm>
#include <array>
#include <thread>

namespace shardhelm::demo {

namespace {

/// What preparing and healing may take.
constexpr Milliseconds stepTime(10000);
/// Connections that `connections` leaves to others: one for the console's monitor, one for its next command.
constexpr int connectionsLeft = 2;

/// A breakage at work: where, how long, and whom to tell when it bites.
struct Drill
{
    DemoServer instance;
    std::vector<DemoServer> replicas;
    const std::function<void()> &effective;
    Wait wait; ///< ends when the drill is over
};

/// Whether a failure is just the drill's end.
bool isTheEnd(const Error &error, const Wait &wait)
{
    return (error.isTimeout() || error.isCancel()) && (wait.expired() || wait.stopRequested());
}

/// How many more sessions a drill may open there; asked over its first one.
Result<qint64> spareSessions(pg::Connection &session, const Wait &wait)
{
    const auto spare = session.query(sqlText("demo/spare_connections"), wait);
    if (!spare)
        return Failure(spare.error());
    return std::max<qint64>(0, spare->integer(0, 0) - connectionsLeft);
}

/// The outcome of a call that the drill's end may interrupt.
template <typename T>
Result<void> outcome(const Result<T> &result, const Wait &wait)
{
    if (result || isTheEnd(result.error(), wait))
        return {};
    return Failure(result.error());
}

void holdUntilOver(const Wait &wait)
{
    while (pauseFor(wait.remaining(), wait)) { }
}

/// A session whose running statement ends soon after this process has died.
Result<pg::Connection> openDrillSession(const DemoServer &server, const Wait &wait)
{
    auto session = openSession(server, wait, databaseOf(server), QStringLiteral("demo break"));
    if (!session)
        return session;
    const auto set = session->run("SET client_connection_check_interval = '1s'", wait);
    if (!set)
        return Failure(set.error());
    return session;
}

/// Names of a table in all logical shards of an instance, quoted.
Result<QStringList> tablesNamed(pg::Connection &session, const QString &name, const Wait &wait)
{
    const auto rows = session.query(sqlText("demo/tables_named"), pg::Params(name), wait);
    if (!rows)
        return Failure(rows.error());
    QStringList tables;
    for (int row = 0; row < rows->count(); ++row)
        tables += rows->text(row, 0);
    if (tables.isEmpty())
        return fail(ErrorCode::TableUnknown, name, session.name());
    return tables;
}

Result<void> lock(const Drill &drill)
{
    auto session = openDrillSession(drill.instance, drill.wait);
    if (!session)
        return Failure(session.error());
    const auto tables = tablesNamed(*session, QStringLiteral("orders"), drill.wait);
    if (!tables)
        return Failure(tables.error());
    const auto taken =
        session->run("BEGIN; LOCK TABLE " + tables->join(u", ").toUtf8() + " IN ACCESS EXCLUSIVE MODE", drill.wait);
    if (!taken)
        return outcome(taken, drill.wait);
    drill.effective();
    holdUntilOver(drill.wait);
    return {};
}

Result<void> cpu(const Drill &drill)
{
    auto first = openDrillSession(drill.instance, drill.wait);
    if (!first)
        return outcome(first, drill.wait);
    const auto spare = spareSessions(*first, drill.wait);
    if (!spare)
        return outcome(spare, drill.wait);
    std::vector<pg::Connection> sessions;
    sessions.push_back(std::move(*first));
    // One more than there are processors, as far as the server takes them.
    const qint64 more = std::min<qint64>(*spare, std::max(1U, std::thread::hardware_concurrency()));
    for (qint64 index = 0; index < more; ++index) {
        auto session = openDrillSession(drill.instance, drill.wait);
        if (!session)
            return outcome(session, drill.wait);
        sessions.push_back(std::move(*session));
    }
    std::vector<Result<void>> outcomes(sessions.size());
    {
        std::vector<std::jthread> threads;
        for (size_t index = 0; index < sessions.size(); ++index) {
            threads.emplace_back([&, index] {
                outcomes[index] = outcome(sessions[index].query(sqlText("demo/burn_cpu"), drill.wait), drill.wait);
            });
        }
        drill.effective();
    }
    const auto failed = std::find_if(outcomes.begin(), outcomes.end(), [](const auto &one) { return !one; });
    return failed == outcomes.end() ? Result<void>() : *failed;
}

Result<void> replica(const Drill &drill)
{
    if (drill.replicas.empty())
        return fail(ErrorCode::Refused, drill.instance.name, QStringLiteral("--replicas 0"));
    std::vector<pg::Connection> sessions;
    Result<void> result;
    for (const DemoServer &server : drill.replicas) {
        auto session = openDrillSession(server, drill.wait);
        if (!session) {
            result = outcome(session, drill.wait);
            break;
        }
        sessions.push_back(std::move(*session));
        result = outcome(sessions.back().query("SELECT pg_wal_replay_pause()", drill.wait), drill.wait);
        if (!result)
            break;
    }
    if (result) {
        drill.effective();
        holdUntilOver(drill.wait);
    }
    for (pg::Connection &session : sessions) {
        // With time of its own: the drill is over, the replica has to go on all the same.
        const auto resumed = session.query("SELECT pg_wal_replay_resume()", Wait::forDuration(stepTime));
        if (!resumed && result)
            result = Failure(resumed.error());
    }
    return result;
}

Result<void> connections(const Drill &drill)
{
    auto first = openDrillSession(drill.instance, drill.wait);
    if (!first)
        return outcome(first, drill.wait);
    const auto spare = spareSessions(*first, drill.wait);
    if (!spare)
        return outcome(spare, drill.wait);
    std::vector<pg::Connection> sessions;
    while (static_cast<qint64>(sessions.size()) < *spare) {
        auto session = openDrillSession(drill.instance, drill.wait);
        // Others connect as well: when the server is full before we are done, it is as full as it should be.
        if (!session && session.error().code == ErrorCode::TooManyConnections)
            break;
        if (!session)
            return outcome(session, drill.wait);
        sessions.push_back(std::move(*session));
    }
    drill.effective();
    holdUntilOver(drill.wait);
    return {};
}

Result<void> statement(const Drill &drill)
{
    auto session = openDrillSession(drill.instance, drill.wait);
    if (!session)
        return outcome(session, drill.wait);
    const auto tables = tablesNamed(*session, QStringLiteral("order_items"), drill.wait);
    if (!tables)
        return outcome(tables, drill.wait);
    QByteArray heavy = sqlText("demo/heavy_statement");
    heavy.replace("order_items", tables->first().toUtf8());
    drill.effective();
    while (!drill.wait.expired() && !drill.wait.stopRequested()) {
        if (const auto done = outcome(session->query(heavy, drill.wait), drill.wait); !done)
            return done;
    }
    return {};
}

Result<void> transaction(const Drill &drill)
{
    auto holder = openDrillSession(drill.instance, drill.wait);
    if (!holder)
        return outcome(holder, drill.wait);
    auto writer = openDrillSession(drill.instance, drill.wait);
    if (!writer)
        return outcome(writer, drill.wait);
    const auto tables = tablesNamed(*writer, QStringLiteral("projects"), drill.wait);
    if (!tables)
        return outcome(tables, drill.wait);
    // The transaction id makes it one that a vacuum has to wait for on replicas and on logical decoding, too.
    const auto begun = holder->run("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT pg_current_xact_id()", drill.wait);
    if (!begun)
        return outcome(begun, drill.wait);
    drill.effective();
    for (qsizetype turn = 0; !drill.wait.expired() && !drill.wait.stopRequested(); ++turn) {
        const QByteArray table = tables->at(turn % tables->size()).toUtf8();
        const auto churned = outcome(writer->run("UPDATE " + table + " SET name = name", drill.wait), drill.wait);
        if (!churned)
            return churned;
        pauseFor(Milliseconds(200), drill.wait);
    }
    return {};
}

/// One row per breakage, in the order of the enum.
struct Row
{
    QLatin1StringView name;
    Result<void> (*run)(const Drill &);
};
constexpr std::array rows{
    Row{QLatin1StringView("lock"), lock},           Row{QLatin1StringView("cpu"), cpu},
    Row{QLatin1StringView("replica"), replica},     Row{QLatin1StringView("connections"), connections},
    Row{QLatin1StringView("statement"), statement}, Row{QLatin1StringView("transaction"), transaction},
};

} // namespace

QStringList breakageNames()
{
    QStringList names;
    for (const Row &row : rows)
        names += row.name;
    return names;
}

Result<Breakage> breakageNamed(const QString &name)
{
    const auto found = std::find_if(rows.begin(), rows.end(), [&name](const Row &row) { return row.name == name; });
    if (found == rows.end())
        return fail(ErrorCode::UsageBad, QStringLiteral("break"), name, breakageNames());
    return static_cast<Breakage>(found - rows.begin());
}

Result<void> breakInstance(const QString &folder, Breakage breakage, const QString &instance, Milliseconds duration,
                           const std::function<void()> &effective, std::stop_token stop)
{
    const auto demo = DemoFolder::open(folder);
    if (!demo)
        return Failure(demo.error());
    const std::vector<DemoServer> servers = demo->servers();
    QStringList names;
    const DemoServer *found = nullptr;
    std::vector<DemoServer> replicas;
    for (const DemoServer &server : servers) {
        if (server.role == monitor::Role::Primary)
            names += server.name;
        if (server.role == monitor::Role::Primary && server.name == instance)
            found = &server;
        if (server.role == monitor::Role::Replica && server.instance == instance)
            replicas.push_back(server);
    }
    if (!found)
        return fail(ErrorCode::InstanceUnknown, instance, {}, names);
    if (!found->server.isRunning())
        return fail(ErrorCode::DemoNotRunning, demo->path(), instance);
    const Drill drill{*found, replicas, effective, Wait::forDuration(duration, std::move(stop))};
    return rows[static_cast<size_t>(breakage)].run(drill);
}

} // namespace shardhelm::demo
