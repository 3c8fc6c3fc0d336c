// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "cluster/types.h"
#include "core/wait.h"
#include "monitor/markers.h"
#include "monitor/sample.h"
#include "pg/fanout.h"

#include <functional>
#include <memory>

namespace shardhelm::pg {
class PasswordSource;
}

namespace shardhelm::monitor {

/// Watches a fleet without end: samples every server at an interval, follows the shard map, and reports what it sees as
/// values. One loop serves all servers; each has its own beat and its own deadline, so that none that hangs or fails
/// holds up another. Those that fail are tried again with growing pauses. The machines of the servers are asked about
/// by the cluster file's command, where it has one.
///
/// The state of a server: Connecting until its first answer; Healthy or Degraded as it answers and as the rules of the
/// cluster file's [alerts] say (health.h); when an attempt fails,
/// Degraded with the reason; Stale when its figures are older than two intervals; Down when it has not answered for
/// three, or has never answered. Figures of a server that is Stale or Down are the last good ones, from sampledAt.
///
/// The reports are called on worker threads, each of them by one call at a time, and must return quickly; the public
/// functions may be called from any thread but not from a report.
class Watcher
{
public:
    struct Reports
    {
        /// The whole fleet as known now: as soon as the first servers have answered, then as others do (gathered for
        /// 40 ms, of a large fleet for up to a second) and when a state changes with time. FleetSample::serial grows by
        /// one with each report.
        std::function<void(const FleetSample &)> sampled;
        std::function<void(const cluster::ShardMap &)> mapRead{}; ///< the first map and every changed one
        std::function<void(const Error &)> mapFailed{}; ///< the directory cannot be read now; attempts go on
        std::function<void(const std::vector<Marker> &)> markersRead{}; ///< all of them, first and when they change
    };

    Watcher(cluster::ClusterFile file, Reports reports, pg::PasswordSource *passwords = nullptr);
    /// Stops and joins its threads; running statements are cancelled.
    ~Watcher();
    Watcher(const Watcher &) = delete;
    Watcher &operator=(const Watcher &) = delete;

    /// No more samples until resume(); connections stay open, states stay as they are.
    void pause();
    void resume();
    [[nodiscard]] bool isPaused() const;

    /// Asks a server (ServerSample::name) more than its samples do, over the connection that they go over: it works
    /// when the server gives no other one. The statements go in one round trip, each a transaction of its own. A
    /// question begins when the server's running sample and earlier questions to it have ended, also during a pause,
    /// and delays no other server; what has not been answered after `timeout`, waiting included, is cancelled on the
    /// server and TimedOut. While a server works on a question it is not sampled; a sample that is due meanwhile comes
    /// before later questions. `answered` is called exactly once: on a worker thread, where it must return quickly and
    /// may ask again; on the calling thread when there is no such server (InstanceUnknown) or the watcher is destroyed
    /// (Cancelled).
    void ask(const QString &server, std::vector<pg::Statement> statements, Milliseconds timeout,
             std::function<void(pg::FanOutReply)> answered);

    /// From now on samples every `interval` (at least 100 ms); the next one at once.
    void setInterval(Milliseconds interval);
    [[nodiscard]] Milliseconds interval() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace shardhelm::monitor
