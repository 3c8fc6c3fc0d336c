// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace shardhelm::monitor::outliers {

/// What the load of an instance is measured by.
enum class Load { SizeBytes, WritesPerSecond, TransactionsPerSecond, Connections };

/// Amounts of one instance; unset where unknown. For an instance that is down: those last known.
struct InstanceLoad
{
    QString instance;
    std::optional<double> sizeBytes;
    std::optional<double> writesPerSecond;
    std::optional<double> transactionsPerSecond;
    std::optional<double> connections;
    std::optional<qint64> tenants;

    [[nodiscard]] const std::optional<double> &amount(Load load) const;
};

/// The largest instance is more than twice the smallest.
struct Imbalance
{
    Load load = Load::SizeBytes;
    QString largest;
    QString smallest;
    double largestAmount = 0;
    double smallestAmount = 0;
    std::optional<double> factor; ///< unset when the smallest has nothing

    bool operator==(const Imbalance &) const = default;
};

/// Imbalances by each kind of load of which every instance's amount is known. Differences too small to matter (64 MB,
/// 20 writes or transactions a second, 10 connections) are none. Pure, as all functions here.
std::vector<Imbalance> imbalances(const std::vector<InstanceLoad> &fleet);

/// One instance does much more than its share of the work.
struct HotShare
{
    Load load = Load::WritesPerSecond;
    QString instance;
    double share = 0; ///< of the known total
    int instances = 0;

    bool operator==(const HotShare &) const = default;
};

/// The hottest instance by each kind of load, where it has at least 40 % of the total and twice its fair share.
std::vector<HotShare> hotShares(const std::vector<InstanceLoad> &fleet);

/// What cannot be reached while some instances are down.
struct BlastRadius
{
    QStringList instances;
    std::optional<qint64> tenants; ///< unset when unknown for one of them
    std::optional<double> writeShare; ///< of the fleet's last known writes
    std::optional<double> transactionShare;

    bool operator==(const BlastRadius &) const = default;
};

/// `fleet` holds the last known amounts of all instances, `down` the names of those that are down; unknown names count
/// as instances of which nothing is known.
BlastRadius blastRadius(const std::vector<InstanceLoad> &fleet, const QStringList &down);

} // namespace shardhelm::monitor::outliers
