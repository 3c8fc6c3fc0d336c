// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/check.h"
#include "demo/checkledger.h"
#include "demo/checkplaces.h"

namespace shardhelm::demo {

/// Called for everything found wrong.
using OffenceSink = std::function<void(const Offence &)>;

/// Counts the rows of every tenant in every copy, works out where tenants route to, and reports rows whose standing is
/// Misplaced (with keys and operations for the first of them). `facts.tenants` are located as well.
Result<void> checkPlacement(CheckSnapshot &snapshot, const std::vector<Copy> &copies, const LedgerFacts &facts,
                            const OffenceSink &sink, const Wait &wait);

/// Streams the rows that operations of the ledger made and counts them in `facts`. Rows of a run in the ledger that no
/// operation of it can have made are reported as phantoms. Needs checkPlacement() before.
Result<void> collectRows(CheckSnapshot &snapshot, const std::vector<Copy> &copies, LedgerFacts &facts,
                         const OffenceSink &sink, const Wait &wait);

} // namespace shardhelm::demo
