// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/directory.h"

#include <QHash>

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <thread>

namespace shardhelm::demo {

/// Where to send a statement for one tenant, and under which map that was decided.
struct Route
{
    QString key; ///< output text of the shard key
    int shard = -1;
    qint64 shardEpoch = 0; ///< of the shard's row in the map
    qint64 mapEpoch = 0;
    cluster::Instance instance;
    QString schema; ///< that holds the tenant's tables
    std::chrono::nanoseconds mapReadAt{}; ///< since boot, before the map was asked for
    std::chrono::seconds mapTtl{}; ///< a route is good for this long after mapReadAt
};

/// The router contract of the directory, as an application would follow it:
/// - it listens on shardhelm_map before it reads the map, and reads it again at every notification, at least three
/// times
///   per map_ttl_seconds, and whenever listening had to begin anew;
/// - no map older than map_ttl_seconds is used, listening or not: route() reads it again first, and fails when it
/// cannot;
/// - the routing expression is evaluated by the directory's PostgreSQL, pins first; the answer is kept per key for as
///   long as the map epoch stays;
/// - the epoch in use is announced in shardhelm.router, the row goes when the router ends.
/// What a caller does itself: ask mayStillUse() before COMMIT and roll back when it is false; on SQLSTATE 40001 with
/// "shardhelm:moved" call refresh() and try the transaction again (see RetryPolicy).
/// All functions may be called from any thread and block: not for the GUI thread.
class Router
{
public:
    /// Connects, listens, reads the map. `name` is what the router announces itself as.
    static Result<std::unique_ptr<Router>> start(const cluster::ClusterFile &file, const QString &name,
                                                 const Wait &wait, pg::PasswordSource *passwords = nullptr);
    ~Router();
    Router(const Router &) = delete;
    Router &operator=(const Router &) = delete;

    /// The place of a key now. KeyValueBad, RoutingBad, or why the directory could not be asked.
    Result<Route> route(const QString &key, const Wait &wait);
    /// Whether the map behind `route` is young enough to begin or commit under.
    [[nodiscard]] static bool mayStillUse(const Route &route);
    /// Returns once a map is in use whose reading began after this call.
    Result<void> refresh(const Wait &wait);
    /// The map in use.
    [[nodiscard]] cluster::ShardMap map() const;
    /// How often the map was read.
    [[nodiscard]] qint64 readings() const { return m_readings; }

private:
    struct Reading
    {
        cluster::ShardMap map;
        std::chrono::nanoseconds at{}; ///< since boot, before it was asked for
    };

    Router(cluster::ClusterFile file, QString name, pg::PasswordSource *passwords);
    Result<pg::Connection> listen(const Wait &wait) const;
    void follow(pg::Connection listener, const std::stop_token &stop);
    /// Holds m_directoryMutex. Opens the directory when it is not.
    Result<void> readMap(const Wait &wait);
    void announce(const cluster::ShardMap &map, const Wait &wait);
    [[nodiscard]] std::shared_ptr<const Reading> reading() const;
    Result<std::shared_ptr<const Reading>> youngReading(const Wait &wait);
    Result<int> shardOf(const QString &key, const cluster::ShardMap &map, const Wait &wait);

    const cluster::ClusterFile m_file;
    const QString m_name;
    pg::PasswordSource *const m_passwords;
    std::atomic<qint64> m_readings = 0;

    mutable std::mutex m_mutex; ///< guards m_reading, m_shards, m_shardsEpoch; held for moments
    std::shared_ptr<const Reading> m_reading;
    QHash<QString, int> m_shards; ///< logical shard by key, as of m_shardsEpoch
    qint64 m_shardsEpoch = 0;

    std::timed_mutex m_directoryMutex; ///< guards m_directory; held while it answers
    std::optional<cluster::Directory> m_directory;
    std::jthread m_thread; ///< listens; last: it ends before what it uses
};

} // namespace shardhelm::demo
