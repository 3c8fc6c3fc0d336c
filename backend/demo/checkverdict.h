// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/checkrows.h"

namespace shardhelm::demo {

/// Compares what the ledger says with what was counted, operation by operation, and reports every loss, duplicate and
/// phantom once: an operation whose row and mark are both gone is one loss. Adds acknowledged, unknown, refused and
/// unverified operations to `result`; those whose owner could not be asked are not judged.
void judge(const CheckSnapshot &snapshot, LedgerFacts &facts, const OffenceSink &sink, CheckResult &result);

} // namespace shardhelm::demo
