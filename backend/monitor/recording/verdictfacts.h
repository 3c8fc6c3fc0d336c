// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/verdict.h"

#include <QCborMap>

/// Who stood out and how, as a fact about the fleet.
namespace shardhelm::monitor::recording {

QString verdictKind();
QCborMap verdictFact(const Verdict &verdict);
/// What verdictFact() made; empty for a fact of another version.
Verdict verdictOf(const QCborMap &fact);

/// Whether two verdicts name the same servers for the same reasons, whatever the figures.
bool sayTheSame(const Verdict &a, const Verdict &b);

} // namespace shardhelm::monitor::recording
