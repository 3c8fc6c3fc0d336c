// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/spread.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace shardhelm::cluster {

namespace {

struct Share
{
    QString name;
    double weight = 0;
    int shards = 0;
    double remainder = 0;
};

/// Whole shares that add up to `count`.
std::vector<Share> sharesOf(const std::vector<Instance> &instances, int count)
{
    std::vector<Share> shares;
    double total = 0;
    for (const Instance &instance : instances) {
        if (instance.state != InstanceState::Active || instance.dedicated)
            continue;
        shares.push_back({instance.name, instance.weight, 0, 0});
        total += instance.weight;
    }
    int given = 0;
    for (Share &share : shares) {
        const double exact = count * (share.weight / total);
        share.shards = static_cast<int>(std::floor(exact));
        share.remainder = exact - share.shards;
        given += share.shards;
    }
    std::vector<std::size_t> order(shares.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::stable_sort(order, std::greater<>(), [&shares](std::size_t i) { return shares[i].remainder; });
    for (std::size_t i = 0; given < count && !order.empty(); i = (i + 1) % order.size(), ++given)
        ++shares[order[i]].shards;
    return shares;
}

} // namespace

QStringList spreadShards(const std::vector<Instance> &instances, int count, Spread spread)
{
    std::vector<Share> shares = sharesOf(instances, count);
    QStringList placement;
    if (shares.empty())
        return placement;
    placement.reserve(count);
    if (spread == Spread::Contiguous) {
        for (const Share &share : shares) {
            for (int i = 0; i < share.shards; ++i)
                placement.append(share.name);
        }
        return placement;
    }
    // Each shard goes to the instance whose share is used up least, the first of several.
    std::vector<int> used(shares.size(), 0);
    for (int shard = 0; shard < count; ++shard) {
        std::size_t best = shares.size();
        double bestUse = 0;
        for (std::size_t i = 0; i < shares.size(); ++i) {
            if (used[i] >= shares[i].shards)
                continue;
            const double use = (used[i] + 0.5) / shares[i].shards;
            if (best == shares.size() || use < bestUse) {
                best = i;
                bestUse = use;
            }
        }
        ++used[best];
        placement.append(shares[best].name);
    }
    return placement;
}

} // namespace shardhelm::cluster
