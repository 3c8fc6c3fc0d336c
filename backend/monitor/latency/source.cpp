// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/latency/source.h"

#include <algorithm>

namespace shardhelm::monitor::latency {

namespace {

/// 0 is best.
int rank(const Figures &figures)
{
    const int unknown = figures.p99 ? figures.p99->pointMs ? 0 : 1 : figures.calls > 0 ? 2 : 3;
    return unknown * 4 + int(figures.source);
}

} // namespace

Presence presenceAfter(const Error &error)
{
    if (error.code == ErrorCode::NotPermitted || error.sqlstate() == u"42501")
        return Presence::NotPermitted;
    // Class 42: an object that is not there; 55000: an extension that the server has not loaded; 58P01: a file.
    const QString state = error.sqlstate();
    if (state.startsWith(u"42") || state == u"55000" || state == u"58P01")
        return Presence::Absent;
    return Presence::Present;
}

Figures best(std::span<const Figures> candidates)
{
    const auto it = std::min_element(candidates.begin(), candidates.end(),
                                     [](const Figures &a, const Figures &b) { return rank(a) < rank(b); });
    return it == candidates.end() ? Figures() : *it;
}

} // namespace shardhelm::monitor::latency
