// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/parallel.h"

#include <atomic>
#include <mutex>
#include <thread>

namespace shardhelm {

Result<void> inParallel(const std::vector<std::function<Result<void>(const Wait &)>> &tasks, int limit,
                        const Wait &wait)
{
    std::stop_source stop;
    const std::stop_callback outer(wait.stopToken(), [&stop] { stop.request_stop(); });
    const Wait inner(wait.deadline(), stop.get_token());
    std::atomic<size_t> next = 0;
    std::mutex mutex;
    Result<void> outcome;
    const auto work = [&] {
        for (size_t index = next++; index < tasks.size() && !inner.stopRequested(); index = next++) {
            const auto done = tasks[index](inner);
            if (done)
                continue;
            const std::lock_guard lock(mutex);
            if (outcome)
                outcome = done;
            stop.request_stop();
        }
    };
    {
        std::vector<std::jthread> threads;
        const size_t count = std::min(tasks.size(), static_cast<size_t>(std::max(1, limit)));
        for (size_t index = 0; index < count; ++index)
            threads.emplace_back(work);
    }
    if (outcome && wait.stopRequested())
        return fail(ErrorCode::Cancelled);
    return outcome;
}

} // namespace shardhelm
