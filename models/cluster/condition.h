// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/sample.h"

#include <QMetaType>
#include <QString>

namespace shardhelm {

/// How a server stands, as the window shows it: the monitor's state, refined by the rules of the ranking. Every one has
/// a shape, a word and a colour of its own.
enum class Condition {
    Healthy, ///< answers, no rule raised
    Degraded, ///< answers, a rule is raised
    Worst, ///< degraded and first in the ranking
    Down, ///< no answer
    Stale, ///< the last value is older than two intervals
    Unknown, ///< never sampled
    Connecting, ///< the first sample is under way
    NotPermitted, ///< the role may not see it
};

/// The word beside the pip, lower case, never abbreviated.
QString conditionWord(Condition condition);
/// "primary", "replica", "directory", "unknown".
QString roleWord(monitor::Role role);
/// The role as JSON, CSV and the tables of shardhelmctl name it: part of their contract, never translated.
QString roleKey(monitor::Role role);

} // namespace shardhelm

Q_DECLARE_METATYPE(shardhelm::Condition)
