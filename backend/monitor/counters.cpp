// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/counters.h"

#include <algorithm>
#include <array>

namespace shardhelm::monitor {

std::optional<Rates> ratesBetween(const Counters &earlier, const Counters &later, qint64 ownTransactions)
{
    const double window = later.at - earlier.at;
    if (window < shortestWindowSeconds || later.started != earlier.started || later.statsReset != earlier.statsReset)
        return std::nullopt;
    constexpr std::array counted{&Counters::transactions, &Counters::rowsWritten, &Counters::blocksHit,
                                 &Counters::blocksRead,   &Counters::rollbacks,   &Counters::rowsRead,
                                 &Counters::tempBytes,    &Counters::deadlocks,   &Counters::conflicts,
                                 &Counters::sessionsLost};
    if (std::ranges::any_of(counted, [&](auto counter) { return later.*counter < earlier.*counter; }))
        return std::nullopt;
    const auto difference = [&](qint64 Counters::*counter) {
        return static_cast<double>(later.*counter - earlier.*counter);
    };
    const auto rate = [&](qint64 Counters::*counter) { return difference(counter) / window; };

    Rates rates;
    rates.windowSeconds = window;
    rates.transactionsPerSecond =
        std::max(0.0, difference(&Counters::transactions) - static_cast<double>(ownTransactions)) / window;
    rates.writesPerSecond = rate(&Counters::rowsWritten);
    const double hit = difference(&Counters::blocksHit);
    const double read = difference(&Counters::blocksRead);
    if (hit + read > 0)
        rates.cacheHitRatio = hit / (hit + read);
    rates.blocksReadPerSecond = read / window;
    rates.rollbacksPerSecond = rate(&Counters::rollbacks);
    rates.readsPerSecond = rate(&Counters::rowsRead);
    rates.tempBytesPerSecond = rate(&Counters::tempBytes);
    rates.deadlocksPerSecond = rate(&Counters::deadlocks);
    rates.conflictsPerSecond = rate(&Counters::conflicts);
    rates.sessionsLostPerSecond = rate(&Counters::sessionsLost);
    if (earlier.walPosition && later.walPosition && *later.walPosition >= *earlier.walPosition)
        rates.walBytesPerSecond = static_cast<double>(*later.walPosition - *earlier.walPosition) / window;
    return rates;
}

} // namespace shardhelm::monitor
