// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/wait.h"
#include "demo/demofolder.h"

/// Repair of a demo's replicas. Blocking: for worker threads.
namespace shardhelm::demo {

/// Whether a replica cannot catch up with its running primary any more: its data folder is gone, or the primary has
/// dropped its slot or the log that it still needs.
Result<bool> replicaIsLost(const DemoServer &primary, const DemoServer &replica, const Wait &wait);

/// Replaces a replica by a new copy of its primary and starts it.
Result<void> makeReplicaAnew(const DemoServer &primary, const DemoServer &replica, const Wait &wait);

/// Lets a running replica apply again when it was paused.
Result<void> resumeReplay(const DemoServer &replica, const Wait &wait);

} // namespace shardhelm::demo
