// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/outliers/balance.h"
#include "monitor/outliers/common.h"
#include "monitor/outliers/ranking.h"

#include <QDateTime>
#include <QString>

#include <vector>

namespace shardhelm::monitor {

/// One server that something is to be said about.
struct RankedServer
{
    QString server; ///< whose figures are bad: an instance, one of its replicas, the directory
    QString instance; ///< the instance it belongs to
    double severity = 0; ///< 1 and more: bad; below: worth a line
    QDateTime since; ///< when it became so
    /// How it stands out from the fleet, worst first. Empty when it is here by its state or by the rules of
    /// ServerSample::alerts alone.
    std::vector<outliers::Reason> reasons;

    bool operator==(const RankedServer &) const = default;
};

/// What one sample of the fleet says beside its figures, seen with the samples before it. Facts; models word them.
struct Verdict
{
    std::vector<RankedServer> ranking; ///< worst first; those who are down come first
    std::vector<outliers::CommonChange> commonChanges;
    std::vector<outliers::Imbalance> imbalances;
    std::vector<outliers::HotShare> hotShares;
    outliers::BlastRadius blastRadius; ///< without instances: none is down

    bool operator==(const Verdict &) const = default;
};

} // namespace shardhelm::monitor
