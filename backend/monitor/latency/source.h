// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "monitor/latency/figures.h"
#include "pg/connection.h"

#include <optional>
#include <span>
#include <vector>

namespace shardhelm::monitor::latency {

/// Whether a source can say anything on a server.
enum class Presence {
    Unknown, ///< not asked yet
    Present,
    Absent, ///< the extension or the log is not there, or nothing is logged
    NotPermitted,
    Unreadable, ///< there, in a form that cannot be told apart from other messages
};

/// One way to know the latency of a server. Does no input or output of its own: whoever holds the connection asks
/// questions(), runs them in a batch of their own (a failure must not spoil other samples) and hands the rows back.
/// The first questions find out whether the source is there; a source that is not asks nothing more until restart().
/// Used by one thread at a time.
class LatencySource
{
public:
    virtual ~LatencySource() = default;

    [[nodiscard]] virtual Source source() const = 0;
    /// What to ask now; empty when there is nothing to ask.
    [[nodiscard]] virtual std::vector<pg::Statement> questions() = 0;
    /// The answers to the last questions, in their order.
    virtual void answered(std::span<const pg::Rows> answers) = 0;
    /// The last questions failed: a missing right or object makes the source absent, anything else is tried again.
    virtual void failed(const Error &error) = 0;
    /// The connection is a new one: the server may have restarted, or be another.
    virtual void restart() = 0;

    [[nodiscard]] virtual Presence presence() const = 0;
    [[nodiscard]] virtual Figures figures() const = 0;
};

/// What a failed question says about the presence of a source; Present when it may just be tried again.
Presence presenceAfter(const Error &error);

/// The figures to show: the first with a point for p99 in the order histogram, log, estimate; without one, the first
/// with bounds for it; without those, the first that knows anything.
Figures best(std::span<const Figures> candidates);

} // namespace shardhelm::monitor::latency
