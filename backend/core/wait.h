// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <chrono>
#include <stop_token>

namespace shardhelm {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::milliseconds;

/// How long a call may take and who may end it early. Every call that can block takes one.
/// A value; cheap to copy; may be used from any thread.
class Wait
{
public:
    /// Until `deadline`, or until `stop` is requested.
    explicit Wait(Clock::time_point deadline, std::stop_token stop = {})
        : m_deadline(deadline)
        , m_stop(std::move(stop))
    {
    }

    /// For `duration` from now.
    static Wait forDuration(Milliseconds duration, std::stop_token stop = {})
    {
        return Wait(Clock::now() + duration, std::move(stop));
    }

    /// The same stop token, ending at the sooner of this deadline and `duration` from now.
    [[nodiscard]] Wait atMost(Milliseconds duration) const
    {
        return Wait(std::min(m_deadline, Clock::now() + duration), m_stop);
    }

    [[nodiscard]] Clock::time_point deadline() const { return m_deadline; }
    [[nodiscard]] const std::stop_token &stopToken() const { return m_stop; }
    [[nodiscard]] bool stopRequested() const { return m_stop.stop_requested(); }
    [[nodiscard]] bool expired() const { return Clock::now() >= m_deadline; }
    /// Time left, never negative, rounded up to a whole millisecond.
    [[nodiscard]] Milliseconds remaining() const
    {
        return std::max(Milliseconds(0), std::chrono::ceil<Milliseconds>(m_deadline - Clock::now()));
    }

private:
    Clock::time_point m_deadline;
    std::stop_token m_stop;
};

} // namespace shardhelm
