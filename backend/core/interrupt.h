// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <thread>

namespace shardhelm {

/// Turns Ctrl+C (SIGINT), SIGTERM and SIGHUP into a stop request. The first one asks politely; from then on the signals
/// have their usual effect, so that a second Ctrl+C ends the program at once. One per program, made in main().
class Interrupt
{
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt &) = delete;
    Interrupt &operator=(const Interrupt &) = delete;

    [[nodiscard]] std::stop_token stopToken() const { return m_source.get_token(); }

private:
    void wait(int readEnd);

    std::stop_source m_source;
    std::thread m_thread;
    int m_readEnd = -1;
};

} // namespace shardhelm
