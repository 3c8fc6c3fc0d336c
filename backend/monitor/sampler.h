// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/wait.h"
#include "monitor/pace.h"
#include "monitor/sample.h"
#include "monitor/targets.h"
#include "pg/fanout.h"

#include <functional>
#include <memory>
#include <optional>

namespace shardhelm::pg {
class PasswordSource;
}

namespace shardhelm::monitor {

/// Reads the figures of many servers at once: one pipelined round trip per server and sample, over connections that
/// stay open from sample to sample; a server that hangs delays no other. Rates need two samples at least 1.5 s apart
/// and stand until the next such window; what changes slowly is read on slower clocks and repeated in between.
/// Databases of one running server share the reading of its statement statistics. Used by one thread at a time, but for
/// ask() and interrupt().
class Sampler
{
public:
    using Pace = monitor::Pace;
    /// A sample; nothing when the server was at work on a question all the time.
    using Deliver = std::function<void(const std::optional<ServerSample> &)>;

    explicit Sampler(pg::PasswordSource *passwords = nullptr);
    ~Sampler();
    Sampler(const Sampler &) = delete;
    Sampler &operator=(const Sampler &) = delete;

    /// Begins a sample of one server; `deliver` is called exactly once, by serve(). A server that answers is Healthy or
    /// Degraded with a reason (judge() adds the rules over figures); one that does not is Down with the Error and
    /// without figures. The lag of a replica is measured against the last sample of its primary.
    void begin(const Target &target, const Pace &pace, Deliver deliver);
    /// Works on samples and questions until one has been answered, interrupt() is called or `wait` ends; a stop request
    /// ends all of them.
    void serve(const Wait &wait);
    /// Ends serve() at once; any thread.
    void interrupt();

    /// Samples every target, and returns when all have answered or failed. `deliver` is called on this thread with the
    /// target's index as soon as that server has, and once more for what was learnt after that from another: the lag of
    /// a replica from its primary, the latency of a database from another one of the server.
    void sample(const std::vector<Target> &targets, const Pace &pace,
                const std::function<void(size_t, const ServerSample &)> &deliver, const Wait &wait);

    /// A question to one server over the connection that its samples go over, begun when it is free, in turn with its
    /// samples (pg::FanOut::ask()); any thread. `statements` are marked as the console's own.
    void ask(const Target &target, std::vector<pg::Statement> statements, Clock::time_point deadline,
             std::function<void(pg::FanOutReply)> answered);

    /// Closes the connection of a server that is sampled no more and drops what is remembered of it.
    void forget(const QString &name);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace shardhelm::monitor
