// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pause.h"

#include <condition_variable>
#include <mutex>

namespace shardhelm {

bool pauseFor(Milliseconds duration, const Wait &wait)
{
    std::mutex mutex;
    std::condition_variable_any wakeUp;
    std::unique_lock lock(mutex);
    const auto until = std::min(wait.deadline(), Clock::now() + duration);
    wakeUp.wait_until(lock, wait.stopToken(), until, [&wait] { return wait.stopRequested(); });
    return !wait.stopRequested() && !wait.expired();
}

} // namespace shardhelm
