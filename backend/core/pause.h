// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/wait.h"

namespace shardhelm {

/// Blocks the calling thread for `duration`, less when the Wait ends or its stop is requested meanwhile. For polling
/// states that nothing announces (another process, a file). False when the Wait is over. For worker threads.
bool pauseFor(Milliseconds duration, const Wait &wait);

} // namespace shardhelm
