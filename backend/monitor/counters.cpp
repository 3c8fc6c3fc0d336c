// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/counters.h"

#include <algorithm>

namespace shardhelm::monitor {

std::optional<Rates> ratesBetween(const Counters &earlier, const Counters &later, qint64 ownTransactions)
{
    const double window = later.at - earlier.at;
    if (window < shortestWindowSeconds || later.started != earlier.started || later.statsReset != earlier.statsReset)
        return std::nullopt;
    const qint64 transactions = later.transactions - earlier.transactions;
    const qint64 rows = later.rowsWritten - earlier.rowsWritten;
    const qint64 hit = later.blocksHit - earlier.blocksHit;
    const qint64 read = later.blocksRead - earlier.blocksRead;
    if (transactions < 0 || rows < 0 || hit < 0 || read < 0)
        return std::nullopt;

    Rates rates;
    rates.windowSeconds = window;
    rates.transactionsPerSecond = static_cast<double>(std::max<qint64>(0, transactions - ownTransactions)) / window;
    rates.writesPerSecond = static_cast<double>(rows) / window;
    if (hit + read > 0)
        rates.cacheHitRatio = static_cast<double>(hit) / static_cast<double>(hit + read);
    rates.blocksReadPerSecond = static_cast<double>(read) / window;
    return rates;
}

} // namespace shardhelm::monitor
