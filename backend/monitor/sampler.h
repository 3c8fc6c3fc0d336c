// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/wait.h"
#include "monitor/sample.h"
#include "monitor/targets.h"
#include "pg/fanout.h"

#include <functional>
#include <memory>

namespace shardhelm::pg {
class PasswordSource;
}

namespace shardhelm::monitor {

/// Reads the figures of many servers at once: one pipelined round trip per server and sample, over connections that
/// stay open from sample to sample. Rates need two samples at least 1.5 s apart and stand until the next such window;
/// sizes and statements are read on slower clocks and repeated in between. Blocking; used by one thread at a time, but
/// for ask() and interrupt().
class Sampler
{
public:
    struct Pace
    {
        Milliseconds timeout{3000}; ///< per server, connecting included
        Milliseconds sizes{30000}; ///< between two readings of a size
        Milliseconds statements{10000}; ///< between two readings of pg_stat_statements
        /// Above zero: the counters are read twice within the sample, this far apart, so that a single sample has
        /// rates. The server waits; sample() takes that much longer. The round trip is then not measured.
        Milliseconds window{0};
    };

    explicit Sampler(pg::PasswordSource *passwords = nullptr);
    ~Sampler();
    Sampler(const Sampler &) = delete;
    Sampler &operator=(const Sampler &) = delete;

    /// Samples every target. `deliver` is called on this thread with the target's index as soon as that server has
    /// answered or failed, and once more for a replica whose primary answered later. A server that answers is Healthy
    /// or Degraded with a reason (judge() adds the rules over figures); one that does not is Down with the Error and
    /// without figures. A server at work on a question is left out.
    void sample(const std::vector<Target> &targets, const Pace &pace,
                const std::function<void(size_t, const ServerSample &)> &deliver, const Wait &wait);

    /// A question to one server over the connection that its samples go over, begun when it is free
    /// (pg::FanOut::ask()); any thread. `statements` are marked as the console's own.
    void ask(const Target &target, std::vector<pg::Statement> statements, Clock::time_point deadline,
             std::function<void(pg::FanOutReply)> answered);
    /// Works on questions until one has been answered, interrupt() is called or `wait` ends.
    void serve(const Wait &wait);
    /// Ends serve() at once; any thread.
    void interrupt();
    /// Servers that a question kept out of a sample, and that are free now; their further questions wait until they
    /// have been sampled, or until forgive().
    [[nodiscard]] QStringList owed() const;
    void forgive();

    /// Closes the connection of a server that is sampled no more and drops what is remembered of it.
    void forget(const QString &name);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace shardhelm::monitor
