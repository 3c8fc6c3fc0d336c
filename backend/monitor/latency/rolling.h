// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/latency/durations.h"

#include <deque>

namespace shardhelm::monitor::latency {

/// Durations of the last so many seconds, in slices, so that old ones fall out. Also holds the round trips of the
/// console's own probe. A value; used by one thread at a time.
class Rolling
{
public:
    explicit Rolling(double windowSeconds);

    void add(double atSeconds, double ms, double probability = 1);
    /// Time has come to `nowSeconds` on the clock of add(); a gap without calls is part of the window.
    void advance(double nowSeconds);
    void clear();

    [[nodiscard]] Durations durations() const;
    /// Length of the time covered, at most the window.
    [[nodiscard]] double seconds() const;

private:
    struct Slice
    {
        double begin = 0;
        Durations durations;
    };
    double m_window;
    double m_begin = -1; ///< of the time covered, -1 before the first call of advance()
    double m_now = 0;
    std::deque<Slice> m_slices;
};

} // namespace shardhelm::monitor::latency
