// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/recording/database.h"

namespace shardhelm::monitor::recording {

/// Replaces full samples from before `before` (ms since 1970) by points of 30 s, in whole stretches of ten minutes. A
/// point holds for each metric the worst figure of its 30 s - the highest, the lowest where less is worse, the last
/// where neither is - so that nothing that was bad disappears. A point's time is that of its last sample.
Result<void> coarsen(const Database &database, qint64 before);

} // namespace shardhelm::monitor::recording
