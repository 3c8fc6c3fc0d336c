// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/check.h"

#include "demo/checkverdict.h"

namespace shardhelm::demo {

namespace {

constexpr size_t offencesKept = 100;

/// Brings what the ledger recorded per logical shard sent to, and the sums over all shards, into the result.
void addUp(const LedgerFacts &facts, CheckResult &result)
{
    for (const auto &[shard, sent] : facts.sent.toStdMap()) {
        ShardFigures &figures = result.byShard[shard];
        figures.retries += sent.retries;
        figures.readsStale += sent.readsStale;
        figures.longestGapUs = std::max(figures.longestGapUs, sent.longestGapUs);
    }
    for (const ShardFigures &figures : std::as_const(result.byShard)) {
        result.all.acknowledged += figures.acknowledged;
        result.all.unknown += figures.unknown;
        result.all.lost += figures.lost;
        result.all.duplicated += figures.duplicated;
        result.all.misplaced += figures.misplaced;
        result.all.phantom += figures.phantom;
        result.all.readsStale += figures.readsStale;
        result.all.retries += figures.retries;
        result.all.longestGapUs = std::max(result.all.longestGapUs, figures.longestGapUs);
    }
    result.reads = facts.reads;
    result.settled = facts.settled;
    result.runs = static_cast<int>(facts.runs.size());
}

} // namespace

void ShardFigures::add(OffenceKind kind, qint64 count)
{
    switch (kind) {
    case OffenceKind::Lost:
        lost += count;
        return;
    case OffenceKind::Duplicated:
        duplicated += count;
        return;
    case OffenceKind::Misplaced:
        misplaced += count;
        return;
    case OffenceKind::Phantom:
        phantom += count;
        return;
    }
}

Result<CheckResult> runCheck(const cluster::ClusterFile &file, const CheckOptions &options, const Wait &wait,
                             pg::PasswordSource *passwords)
{
    auto facts = readLedger(options.ledger, wait);
    if (!facts)
        return Failure(facts.error());
    auto snapshot = CheckSnapshot::take(file, passwords, wait);
    if (!snapshot)
        return Failure(snapshot.error());
    const QStringList ids = clusterIds(snapshot->map());
    for (const RunFacts &run : facts->runs) {
        if (!onSameCluster(run.begin.cluster, ids))
            return fail(ErrorCode::LedgerInUse, options.ledger, run.begin.clusterFile, {file.path});
    }
    const auto copies = snapshot->copies(wait);
    if (!copies)
        return Failure(copies.error());

    CheckResult result;
    const OffenceSink sink = [&](const Offence &offence) {
        result.byShard[offence.shard].add(offence.kind, offence.count);
        if (result.offences.size() < offencesKept)
            result.offences.push_back(offence);
        if (options.offenceFound)
            options.offenceFound(offence);
    };
    if (const auto checked = checkPlacement(*snapshot, *copies, *facts, sink, wait); !checked)
        return Failure(checked.error());
    if (const auto collected = collectRows(*snapshot, *copies, *facts, sink, wait); !collected)
        return Failure(collected.error());
    judge(*snapshot, *facts, sink, result);
    addUp(*facts, result);
    for (const cluster::LogicalShard &shard : snapshot->map().shards)
        result.owners.insert(shard.id, shard.instance);
    result.mapEpoch = snapshot->map().mapEpoch;
    result.unreachable = snapshot->unreachable();
    return result;
}

} // namespace shardhelm::demo
