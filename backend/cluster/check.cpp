// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/check.h"

#include "cluster/checkcompare.h"
#include "cluster/checkmap.h"
#include "cluster/checkprobe.h"

#include <algorithm>
#include <mutex>
#include <thread>

namespace shardhelm::cluster {

QString findingName(FindingCode code)
{
    switch (code) {
    case FindingCode::InstanceUnreachable:
        return QStringLiteral("instance_unreachable");
    case FindingCode::InstanceUnchecked:
        return QStringLiteral("instance_unchecked");
    case FindingCode::InstanceReadOnly:
        return QStringLiteral("instance_read_only");
    case FindingCode::PoolerBetween:
        return QStringLiteral("pooler_between");
    case FindingCode::SessionPoolerBetween:
        return QStringLiteral("session_pooler_between");
    case FindingCode::IdentityDiffers:
        return QStringLiteral("identity_differs");
    case FindingCode::InstanceDuplicate:
        return QStringLiteral("instance_duplicate");
    case FindingCode::ShardUnplaced:
        return QStringLiteral("shard_unplaced");
    case FindingCode::ShardMissing:
        return QStringLiteral("shard_missing");
    case FindingCode::ShardTwice:
        return QStringLiteral("shard_twice");
    case FindingCode::TableMissing:
        return QStringLiteral("table_missing");
    case FindingCode::TableDiffers:
        return QStringLiteral("table_differs");
    case FindingCode::KeyColumnMissing:
        return QStringLiteral("key_column_missing");
    case FindingCode::KeyNotInPrimaryKey:
        return QStringLiteral("key_not_in_primary_key");
    case FindingCode::ReferenceDiffers:
        return QStringLiteral("reference_differs");
    case FindingCode::RowsMisplaced:
        return QStringLiteral("rows_misplaced");
    case FindingCode::RowsNotChecked:
        return QStringLiteral("rows_not_checked");
    case FindingCode::NoPredicate:
        return QStringLiteral("no_predicate");
    case FindingCode::FewShardsPerInstance:
        return QStringLiteral("few_shards_per_instance");
    case FindingCode::FewVirtualNodes:
        return QStringLiteral("few_virtual_nodes");
    case FindingCode::ManySchemas:
        return QStringLiteral("many_schemas");
    case FindingCode::RangeNearEnd:
        return QStringLiteral("range_near_end");
    case FindingCode::AbsOfHash:
        return QStringLiteral("abs_of_hash");
    }
    return {};
}

bool CheckReport::hasDifferences() const
{
    return std::any_of(findings.begin(), findings.end(), [](const Finding &finding) {
        return finding.severity != FindingSeverity::Info && finding.code != FindingCode::InstanceUnreachable
            && finding.code != FindingCode::InstanceUnchecked;
    });
}

std::vector<InstanceProbe> probeInstances(const std::vector<Instance> &instances, const ProbePlan &plan,
                                          const CheckProgress &progress, const Wait &wait)
{
    std::vector<InstanceProbe> probes(instances.size());
    std::mutex mutex;
    int done = 0;
    std::vector<std::jthread> threads;
    for (size_t i = 0; i < instances.size(); ++i) {
        threads.emplace_back([&, i] {
            probes[i] = probeInstance(instances[i], plan, wait.atMost(plan.options.perInstance));
            const std::scoped_lock lock(mutex);
            if (progress)
                progress(++done, static_cast<int>(instances.size()), instances[i].name);
        });
    }
    threads.clear(); // waits for all of them
    return probes;
}

Result<CheckReport> checkCluster(pg::Connection &directory, const ShardMap &map, const CheckOptions &options,
                                 const CheckProgress &progress, const Wait &wait)
{
    CheckReport report;
    const auto add = [&report](const std::vector<Finding> &more) {
        report.findings.insert(report.findings.end(), more.begin(), more.end());
    };

    ProbePlan plan;
    plan.map = &map;
    plan.options = options;
    const auto ratios = ratioFindings(directory, map, wait);
    if (!ratios)
        return Failure(ratios.error());
    add(*ratios);
    auto moves = readOpenMoves(directory, wait);
    if (!moves)
        return Failure(moves.error());
    plan.openMoves = std::move(*moves);
    auto predicates = predicatesByKey(directory, map, report.findings, wait);
    if (!predicates)
        return Failure(predicates.error());
    plan.predicates = std::move(*predicates);
    plan.tellKeys = map.layout == Layout::Schema && plan.predicates.isEmpty() && !map.routingSql.trimmed().isEmpty();
    const auto lastRange = readLastRange(directory, map, wait);
    if (!lastRange)
        return Failure(lastRange.error());
    if (*lastRange)
        plan.lastRange = (*lastRange)->shard;

    std::vector<Instance> instances;
    std::copy_if(map.instances.begin(), map.instances.end(), std::back_inserter(instances),
                 [](const Instance &instance) { return instance.state != InstanceState::Retired; });
    std::vector<InstanceProbe> probes = probeInstances(instances, plan, progress, wait);
    if (wait.stopRequested())
        return fail(ErrorCode::Cancelled);

    add(instanceFindings(map, probes));
    add(duplicateFindings(probes, wait));
    add(shardFindings(plan, probes));
    add(tableFindings(map, probes, wait));
    std::vector<Finding> misplaced = misplacedFindings(map, probes);
    const auto byRouting = misplacedByRouting(directory, map, probes, wait);
    if (!byRouting)
        return Failure(byRouting.error());
    misplaced.insert(misplaced.end(), byRouting->begin(), byRouting->end());
    addShardsOfSamples(directory, map, misplaced, wait);
    add(misplaced);
    if (*lastRange)
        add(rangeFindings(map, **lastRange, probes));

    report.instances = static_cast<int>(instances.size());
    for (const Finding &finding : report.findings) {
        const bool missed =
            finding.code == FindingCode::InstanceUnreachable || finding.code == FindingCode::InstanceUnchecked;
        if (missed && !report.missed.contains(finding.instance))
            report.missed << finding.instance;
    }
    sortFindings(report.findings);
    return report;
}

} // namespace shardhelm::cluster
