// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/wait.h"

#include <optional>

namespace shardhelm::demo {

/// How long to wait before a transaction is tried again, and when to give it up. One per operation.
class RetryPolicy
{
public:
    /// What the last attempt met.
    enum class Reason {
        Conflict, ///< a bare 40001 or 40P01: two transactions in each other's way
        Moved, ///< 40001 "shardhelm:moved": the map must be read again first
        Fenced, ///< 40001 "shardhelm:fenced": no owner for a moment
        Unreachable, ///< no connection, or the server is not ready
    };
    /// The reason for a failed statement; nullopt when trying again is of no use.
    static std::optional<Reason> reasonOf(const Error &error);

    /// Pause before the next attempt; nullopt when 10 s have passed since the first failure.
    std::optional<Milliseconds> next(Reason reason);
    [[nodiscard]] quint32 retries() const { return m_retries; }

private:
    std::optional<Clock::time_point> m_firstFailure;
    std::optional<Reason> m_lastReason;
    Milliseconds m_pause{0};
    quint32 m_retries = 0;
};

} // namespace shardhelm::demo
