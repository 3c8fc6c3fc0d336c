// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/alerts/notes.h"
#include "monitor/health.h"

#include <QString>

namespace shardhelm::wording {

/// A few words for a narrow place: "p99 41×", "lag 42 s".
QString headline(const monitor::Alert &alert);
/// One sentence: the figure, and what it is measured by.
QString sentence(const monitor::Alert &alert);
/// What to do about it, one sentence, or empty.
QString advice(const monitor::Alert &alert);

/// One sentence about an alert that is raised; without facts (it was raised before this run) the rule's name.
QString sentence(const monitor::alerts::ActiveAlert &alert);
/// A few words about it: "7 blocked", "down".
QString headline(const monitor::alerts::ActiveAlert &alert);
/// "critical", "warning", "note".
QString severityWord(cluster::AlertSeverity severity);
/// How people have dealt with it: "acknowledged by ann: on it", "muted until 14:30 by ann: rollout"; empty when open.
QString handlingSentence(const monitor::alerts::Handling &handling);

} // namespace shardhelm::wording
