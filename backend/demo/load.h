// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "demo/loadstats.h"
#include "pg/passwords.h"

#include <functional>
#include <stop_token>

namespace shardhelm::demo {

struct LoadOptions
{
    int clients = 8;
    double rate = 0; ///< operations per second of all clients together; 0: as fast as they go
    Milliseconds duration{0}; ///< 0: until stopped
    QString ledger; ///< path; made, or continued with another run
    quint64 seed = 0; ///< of the choice of operations; 0: random
    Milliseconds progressInterval{1000};
};

/// A moment of a running load.
struct LoadProgress
{
    std::chrono::milliseconds elapsed{0};
    LoadTotals totals;
    double perSecond = 0; ///< over the last interval
    double p99Ms = 0; ///< over the last interval
};

/// What a load did.
struct LoadResult
{
    LoadTotals totals;
    double seconds = 0;
    quint64 run = 0; ///< its number in the ledger
};

/// Works on the demo's tables with concurrent clients by the router contract until the duration is over or a stop is
/// requested, and writes the ledger. `progress` is called every progressInterval on the calling thread. Fails before it
/// sends anything (directory, ledger, no demo tables: TableUnknown, ProductionCluster, a ledger of another cluster:
/// LedgerInUse), or when the ledger cannot be written any more (DiskFull or FileUnwritable with the ledger as
/// `subject`); a server that goes away meanwhile is part of the game. Blocking: for worker threads and the command
/// line.
Result<LoadResult> runLoad(const cluster::ClusterFile &file, const LoadOptions &options, const std::stop_token &stop,
                           const std::function<void(const LoadProgress &)> &progress,
                           pg::PasswordSource *passwords = nullptr);

} // namespace shardhelm::demo
