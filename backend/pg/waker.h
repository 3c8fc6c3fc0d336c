// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/wait.h"

#include <memory>
#include <stop_token>

namespace shardhelm::pg {

/// Wakes a thread that sleeps in poll(): a descriptor that becomes readable. wake() may be called from any thread.
class Waker
{
public:
    Waker();
    ~Waker();
    Waker(const Waker &) = delete;
    Waker &operator=(const Waker &) = delete;

    void wake() const;
    /// Forgets earlier calls of wake().
    void clear() const;
    /// For poll(), POLLIN; -1 when the system had no descriptor left (waits then look around every 50 ms).
    [[nodiscard]] int descriptor() const { return m_descriptor; }

private:
    int m_descriptor = -1;
};

/// While it lives, a stop request wakes the waker.
class StopWakes
{
public:
    StopWakes(const std::shared_ptr<Waker> &waker, const std::stop_token &stop)
        : m_callback(stop, Call{waker})
    {
    }

private:
    struct Call
    {
        std::shared_ptr<Waker> waker;
        void operator()() const { waker->wake(); }
    };
    std::stop_callback<Call> m_callback;
};

/// How a sleep ended.
enum class Woken { Ready, Waker, TimedOut };

/// Sleeps until `socket` is ready for `events` (of poll()), the waker is woken, or `until`. A socket of -1 is left out.
Woken sleepOn(int socket, short events, const Waker &waker, Clock::time_point until);

/// Milliseconds to hand to poll() for a sleep until `until`: rounded up, never negative, at most a minute.
int pollTimeout(const Waker &waker, Clock::time_point until);

} // namespace shardhelm::pg
