// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/wait.h"

namespace shardhelm::monitor {

/// How often what is read of a server; a figure is repeated until it is read again.
struct Pace
{
    Milliseconds timeout{3000}; ///< per server and sample, connecting included
    Milliseconds statements{15000}; ///< between two readings of latency, once per server
    Milliseconds upkeep{15000}; ///< slots, archive, ages, checkpoints
    Milliseconds machine{5000}; ///< processor, disks
    Milliseconds sizes{60000}; ///< of the database, of pg_wal
    Milliseconds rights{300000}; ///< what the role may see, which extensions are there
    /// Above zero: Sampler::sample() takes that much longer and asks every server again, so that a single sample has
    /// rates and latencies.
    Milliseconds window{0};
};

} // namespace shardhelm::monitor
