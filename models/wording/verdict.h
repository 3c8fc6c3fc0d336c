// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/sample.h"

#include <QString>
#include <QStringList>

/// What stands out of a fleet, in words. Sentences come without a full stop, so that they can be joined.
namespace shardhelm::wording {

/// A few words for a narrow place: "p99 41×", "7 blocked".
QString headline(const monitor::outliers::Reason &reason);
/// The figure, what it is compared with, and for how long it has been so: "p99 is 1.56 s, 41× the fleet median for
/// 3 min 2 s".
QString sentence(const monitor::outliers::Reason &reason, const QDateTime &now);
/// What to do about it, one sentence, or empty.
QString advice(const monitor::outliers::Reason &reason);

/// "6 of 8 got slower within 20 s: look for a common cause such as a rollout"
QString sentence(const monitor::outliers::CommonChange &change);
/// "size: b4 holds 3.1× as much as a1"
QString sentence(const monitor::outliers::Imbalance &imbalance);
/// "b4, one of 8 instances, does 61 % of all writes"
QString sentence(const monitor::outliers::HotShare &share);
/// "b4 down: 312 tenants, 11 % of writes"
QString sentence(const monitor::outliers::BlastRadius &radius);

/// All of the four that the verdict holds, what matters most first.
QStringList fleetSentences(const monitor::Verdict &verdict);

} // namespace shardhelm::wording
