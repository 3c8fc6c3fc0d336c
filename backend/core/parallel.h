// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/wait.h"

#include <functional>
#include <vector>

namespace shardhelm {

/// Runs blocking tasks on at most `limit` threads and waits for all of them. The first failure stops the others through
/// the Wait they are given and is returned; their own failures are not. Tasks start in order.
Result<void> inParallel(const std::vector<std::function<Result<void>(const Wait &)>> &tasks, int limit,
                        const Wait &wait);

} // namespace shardhelm
