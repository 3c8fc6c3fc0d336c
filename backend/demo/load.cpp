// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/load.h"

#include "core/pause.h"
#include "core/sqltext.h"
#include "demo/checkledger.h"
#include "demo/dataset.h"
#include "demo/loadclient.h"

#include <QRandomGenerator>
#include <QSysInfo>

#include <map>

#include <unistd.h>

namespace shardhelm::demo {

namespace {

constexpr Milliseconds startTimeout{15000};
constexpr Milliseconds progressInterval{1000};

/// Tenants with their generated users, from the owners of all logical shards.
Result<std::vector<TenantUsers>> readTenants(const cluster::ShardMap &map, pg::PasswordSource *passwords,
                                             const Wait &wait)
{
    std::map<qint64, qint64> users; // a copy that a move left behind would name a tenant twice
    SessionPool sessions(passwords);
    SchemaSql sql;
    std::map<std::pair<QString, QString>, const cluster::Instance *> places;
    for (const cluster::LogicalShard &shard : map.shards) {
        if (const cluster::Instance *instance = map.instance(shard.instance))
            places[{instance->name, tableSchema(map, shard.id)}] = instance;
    }
    for (const auto &[place, instance] : places) {
        const auto session = sessions.session(*instance, wait);
        if (!session)
            return Failure(session.error());
        const auto rows = (*session)->connection.query(sql.text("demo/count_users", place.second), wait);
        if (!rows && (rows.error().sqlstate() == u"42P01" || rows.error().sqlstate() == u"3F000"))
            return fail(ErrorCode::TableUnknown, place.second + u".users", place.first);
        if (!rows)
            return Failure(rows.error());
        for (int row = 0; row < rows->count(); ++row)
            users[rows->integer(row, 0)] = rows->integer(row, 1);
    }
    std::vector<TenantUsers> tenants;
    for (const auto &[tenant, count] : users)
        tenants.push_back({tenant, count});
    if (tenants.empty())
        return fail(ErrorCode::TableUnknown, QStringLiteral("users"), QStringLiteral("0"));
    return tenants;
}

QString routerName()
{
    return QStringLiteral("demo load %1:%2").arg(QSysInfo::machineHostName()).arg(::getpid());
}

LoadProgress progressBetween(const LoadTotals &before, const LoadTotals &now, Clock::duration interval,
                             Clock::duration elapsed)
{
    LoadProgress progress;
    progress.elapsed = std::chrono::duration_cast<Milliseconds>(elapsed);
    progress.totals = now;
    progress.perSecond =
        static_cast<double>(now.operations - before.operations) / std::chrono::duration<double>(interval).count();
    LatencyCounts::Counts recent = now.latencies;
    for (size_t i = 0; i < recent.size(); ++i)
        recent[i] -= before.latencies[i];
    progress.p99Ms = LatencyCounts::quantileMs(recent, 0.99);
    return progress;
}

/// Runs the clients until `wait` ends or the ledger fails.
void runClients(const LoadContext &context, const LoadOptions &options, const Wait &wait,
                const std::function<void(const LoadProgress &)> &progress)
{
    Random seeds(options.seed != 0 ? options.seed : QRandomGenerator::system()->generate64());
    std::vector<std::jthread> clients;
    for (int i = 0; i < options.clients; ++i)
        clients.emplace_back(
            [&context, seed = seeds()](const std::stop_token &stop) { LoadClient(context, seed).run(stop); });
    const auto begin = Clock::now();
    auto last = begin;
    LoadTotals before;
    while (pauseFor(options.progressInterval, wait) && !context.ledger.error()) {
        const auto now = Clock::now();
        const LoadTotals totals = context.stats.totals();
        if (progress)
            progress(progressBetween(before, totals, now - last, now - begin));
        before = totals;
        last = now;
    }
    for (std::jthread &client : clients)
        client.request_stop();
}

} // namespace

Result<LoadResult> runLoad(const cluster::ClusterFile &file, const LoadOptions &options, const std::stop_token &stop,
                           const std::function<void(const LoadProgress &)> &progress, pg::PasswordSource *passwords)
{
    if (file.environment == cluster::Environment::Production)
        return fail(ErrorCode::ProductionCluster, file.path);
    const Wait start = Wait::forDuration(startTimeout, stop);
    auto router = Router::start(file, routerName(), start, passwords);
    if (!router)
        return Failure(router.error());
    auto tenants = readTenants((*router)->map(), passwords, start);
    if (!tenants)
        return Failure(tenants.error());
    const auto startedAt = std::chrono::system_clock::now().time_since_epoch();
    RunBegin run;
    run.startedUs = std::chrono::duration_cast<std::chrono::microseconds>(startedAt).count();
    run.clusterFile = file.path;
    run.clusterName = file.name;
    run.cluster = clusterIds((*router)->map());
    auto ledger = LedgerWriter::open(options.ledger, run);
    if (!ledger)
        return Failure(ledger.error());

    const TenantMix mix(std::move(*tenants));
    CounterPool counters;
    LoadStats stats;
    Pace pace(options.rate);
    const LoadContext context{**router, **ledger, mix, counters, stats, pace, passwords};
    const auto begin = Clock::now();
    const Wait whole =
        options.duration.count() > 0 ? Wait::forDuration(options.duration, stop) : Wait(Clock::time_point::max(), stop);
    runClients(context, options, whole, progress);

    LoadResult result;
    result.totals = stats.totals();
    result.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    result.run = (*ledger)->run();
    if (const auto closed = (*ledger)->close(result.totals.unknown == 0); !closed)
        return Failure(closed.error());
    return result;
}

} // namespace shardhelm::demo
