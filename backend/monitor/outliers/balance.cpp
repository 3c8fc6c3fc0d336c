// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/outliers/balance.h"

#include <algorithm>
#include <array>

namespace shardhelm::monitor::outliers {

namespace {

constexpr std::array loads{Load::SizeBytes, Load::WritesPerSecond, Load::TransactionsPerSecond, Load::Connections};
constexpr double largestFactor = 2;
constexpr double hotShare = 0.4;
constexpr double hotFactor = 2; // of the fair share

/// Amounts this small are no load.
double leastThatMatters(Load load)
{
    switch (load) {
    case Load::SizeBytes:
        return 64.0 * 1024 * 1024;
    case Load::WritesPerSecond:
    case Load::TransactionsPerSecond:
        return 20;
    case Load::Connections:
        return 10;
    }
    return 0;
}

/// Share of `down` in the whole; unknown when an amount is, or when there is nothing to share.
std::optional<double> shareOf(const std::vector<InstanceLoad> &fleet, const QStringList &down, Load load)
{
    double total = 0;
    double lost = 0;
    for (const InstanceLoad &one : fleet) {
        const auto &amount = one.amount(load);
        if (!amount)
            return std::nullopt;
        total += *amount;
        if (down.contains(one.instance))
            lost += *amount;
    }
    if (total <= 0)
        return std::nullopt;
    return lost / total;
}

} // namespace

const std::optional<double> &InstanceLoad::amount(Load load) const
{
    switch (load) {
    case Load::WritesPerSecond:
        return writesPerSecond;
    case Load::TransactionsPerSecond:
        return transactionsPerSecond;
    case Load::Connections:
        return connections;
    case Load::SizeBytes:
        break;
    }
    return sizeBytes;
}

std::vector<Imbalance> imbalances(const std::vector<InstanceLoad> &fleet)
{
    std::vector<Imbalance> result;
    if (fleet.size() < 2)
        return result;
    for (const Load load : loads) {
        const bool known = std::all_of(fleet.begin(), fleet.end(),
                                       [load](const InstanceLoad &one) { return one.amount(load).has_value(); });
        if (!known)
            continue;
        const auto [smallest, largest] =
            std::minmax_element(fleet.begin(), fleet.end(), [load](const InstanceLoad &a, const InstanceLoad &b) {
                return *a.amount(load) < *b.amount(load);
            });
        const double most = *largest->amount(load);
        const double least = *smallest->amount(load);
        if (most - least < leastThatMatters(load) || most <= largestFactor * least)
            continue;
        result.push_back({load, largest->instance, smallest->instance, most, least,
                          least > 0 ? std::optional(most / least) : std::nullopt});
    }
    return result;
}

std::vector<HotShare> hotShares(const std::vector<InstanceLoad> &fleet)
{
    std::vector<HotShare> result;
    for (const Load load : loads) {
        double total = 0;
        int known = 0;
        const InstanceLoad *hottest = nullptr;
        for (const InstanceLoad &one : fleet) {
            const auto &amount = one.amount(load);
            if (!amount)
                continue;
            ++known;
            total += *amount;
            if (!hottest || *amount > *hottest->amount(load))
                hottest = &one;
        }
        if (known < 2 || total < leastThatMatters(load))
            continue;
        const double share = *hottest->amount(load) / total;
        // With two or three instances twice the fair share can hardly be reached: there 70 % is hot.
        if (share >= hotShare && (share >= hotFactor / known || share >= 0.7))
            result.push_back({load, hottest->instance, share, known});
    }
    return result;
}

BlastRadius blastRadius(const std::vector<InstanceLoad> &fleet, const QStringList &down)
{
    BlastRadius result;
    result.instances = down;
    if (down.isEmpty())
        return result;
    qint64 tenants = 0;
    bool known = true;
    for (const QString &name : down) {
        const auto it =
            std::find_if(fleet.begin(), fleet.end(), [&](const InstanceLoad &one) { return one.instance == name; });
        known = known && it != fleet.end() && it->tenants;
        if (known)
            tenants += *it->tenants;
    }
    const bool allListed = std::all_of(down.begin(), down.end(), [&](const QString &name) {
        return std::any_of(fleet.begin(), fleet.end(), [&](const InstanceLoad &one) { return one.instance == name; });
    });
    if (known)
        result.tenants = tenants;
    if (allListed) {
        result.writeShare = shareOf(fleet, down, Load::WritesPerSecond);
        result.transactionShare = shareOf(fleet, down, Load::TransactionsPerSecond);
    }
    return result;
}

} // namespace shardhelm::monitor::outliers
