// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/adoptplan.h"

#include <algorithm>
#include <numeric>

namespace shardhelm::cluster {

namespace {

TenantPin pinOf(const QString &tenant, int shard)
{
    return {tenant, shard, 1, QStringLiteral("active")};
}

void finish(AdoptPlan &plan, int logicalShards)
{
    for (int shard = 0; shard < logicalShards; ++shard) {
        if (!plan.placement.contains(shard))
            plan.unplaced.push_back(shard);
    }
    std::sort(plan.pins.begin(), plan.pins.end(),
              [](const TenantPin &a, const TenantPin &b) { return a.tenant < b.tenant; });
}

/// Indexes of the holdings that have rows of each tenant.
QHash<QString, std::vector<size_t>> whereTenantsAre(const std::vector<Holding> &holdings)
{
    QHash<QString, std::vector<size_t>> places;
    for (size_t i = 0; i < holdings.size(); ++i) {
        for (auto it = holdings[i].rowsOfTenant.cbegin(); it != holdings[i].rowsOfTenant.cend(); ++it)
            places[it.key()].push_back(i);
    }
    return places;
}

} // namespace

qint64 Holding::rows() const
{
    return std::accumulate(rowsOfTenant.cbegin(), rowsOfTenant.cend(), qint64(0));
}

AdoptPlan planFromSchemas(int logicalShards, const std::vector<Holding> &holdings,
                          const std::optional<NaturalShards> &natural)
{
    AdoptPlan plan;
    QMap<int, qint64> rows;
    for (const Holding &holding : holdings) {
        const auto known = rows.constFind(holding.shard);
        if (known != rows.cend() && *known >= holding.rows())
            continue;
        rows[holding.shard] = holding.rows();
        plan.placement[holding.shard] = holding.instance;
    }
    if (natural) {
        const auto places = whereTenantsAre(holdings);
        for (auto it = places.cbegin(); it != places.cend(); ++it) {
            if (it->size() != 1)
                continue;
            const Holding &holding = holdings[it->front()];
            const bool placed = plan.placement.value(holding.shard) == holding.instance;
            if (placed && natural->value(it.key(), -1) != holding.shard)
                plan.pins.push_back(pinOf(it.key(), holding.shard));
        }
    }
    finish(plan, logicalShards);
    return plan;
}

AdoptPlan planFromRows(int logicalShards, const std::vector<Holding> &holdings, const NaturalShards &natural)
{
    AdoptPlan plan;
    const auto places = whereTenantsAre(holdings);
    std::map<int, std::map<size_t, int>> tenantsOfShard; // by the instance's index, in the instances' order
    for (auto it = places.cbegin(); it != places.cend(); ++it) {
        const int shard = natural.value(it.key(), -1);
        if (shard < 0 || shard >= logicalShards)
            continue;
        for (const size_t place : *it)
            ++tenantsOfShard[shard][place];
    }
    for (const auto &[shard, counts] : tenantsOfShard) {
        const auto most = std::max_element(counts.begin(), counts.end(),
                                           [](const auto &a, const auto &b) { return a.second < b.second; });
        plan.placement[shard] = holdings[most->first].instance;
    }

    QStringList tenants = places.keys();
    std::sort(tenants.begin(), tenants.end()); // the same answer every time
    for (const QString &tenant : tenants) {
        const std::vector<size_t> &held = places[tenant];
        const QString instance = holdings[held.front()].instance;
        if (held.size() != 1 || plan.placement.value(natural.value(tenant, -1)) == instance)
            continue;
        int target = plan.placement.key(instance, -1);
        for (int shard = 0; target < 0 && shard < logicalShards; ++shard) {
            if (!plan.placement.contains(shard))
                target = shard;
        }
        if (target < 0)
            continue; // no shard can be there: the check names the rows
        plan.placement[target] = instance;
        plan.pins.push_back(pinOf(tenant, target));
    }
    finish(plan, logicalShards);
    return plan;
}

} // namespace shardhelm::cluster
