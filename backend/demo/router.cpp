// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/router.h"

#include "cluster/routing.h"
#include "core/pause.h"

#include <ctime>

namespace shardhelm::demo {

namespace {

constexpr Milliseconds directoryTimeout{5000};
constexpr Milliseconds reconnectPause{500};

/// Time since boot, suspension included: a computer that slept has an old map.
std::chrono::nanoseconds sinceBoot()
{
    timespec now = {};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

} // namespace

Router::Router(cluster::ClusterFile file, QString name, pg::PasswordSource *passwords)
    : m_file(std::move(file))
    , m_name(std::move(name))
    , m_passwords(passwords)
{
}

Result<std::unique_ptr<Router>> Router::start(const cluster::ClusterFile &file, const QString &name, const Wait &wait,
                                              pg::PasswordSource *passwords)
{
    std::unique_ptr<Router> router(new Router(file, name, passwords));
    auto listener = router->listen(wait);
    if (!listener)
        return Failure(listener.error());
    if (const auto read = router->readMap(wait); !read)
        return Failure(read.error());
    router->m_thread =
        std::jthread([self = router.get(), connection = std::move(*listener)](const std::stop_token &stop) mutable {
            self->follow(std::move(connection), stop);
        });
    return router;
}

Router::~Router()
{
    if (m_thread.joinable()) {
        m_thread.request_stop();
        m_thread.join();
    }
    // A row that stays would make the teardown of a move wait for a router that is gone.
    if (m_directory && m_directory->connection().isOpen()) {
        const auto removed = m_directory->connection().query("delete from shardhelm.router where name = $1",
                                                             pg::Params(m_name), Wait::forDuration(directoryTimeout));
        Q_UNUSED(removed)
    }
}

Result<pg::Connection> Router::listen(const Wait &wait) const
{
    auto connection = cluster::Directory::connect(m_file, QStringLiteral("demo load"), wait, m_passwords);
    if (!connection)
        return connection;
    if (const auto listening = connection->run("listen shardhelm_map", wait); !listening)
        return Failure(listening.error());
    return connection;
}

void Router::follow(pg::Connection listener, const std::stop_token &stop)
{
    while (!stop.stop_requested()) {
        const Wait attempt = Wait::forDuration(directoryTimeout, stop);
        if (!listener.isOpen()) {
            auto again = listen(attempt);
            if (!again) {
                pauseFor(reconnectPause, Wait::forDuration(directoryTimeout, stop));
                continue;
            }
            listener = std::move(*again);
        } else {
            const std::chrono::seconds ttl(reading()->map.mapTtlSeconds);
            const auto heard = listener.notifications(Wait::forDuration(Milliseconds(ttl) / 3, stop));
            if (!heard) {
                listener.close();
                continue;
            }
        }
        if (stop.stop_requested())
            return;
        // A failure leaves the old map in use until it is too old; the next round tries again.
        const auto refreshed = refresh(Wait::forDuration(directoryTimeout, stop));
        if (!refreshed)
            pauseFor(reconnectPause, Wait::forDuration(directoryTimeout, stop));
    }
}

Result<void> Router::readMap(const Wait &wait)
{
    if (!m_directory || !m_directory->connection().isOpen()) {
        m_directory.reset();
        auto opened = cluster::Directory::open(m_file, QStringLiteral("demo load"), wait, m_passwords);
        if (!opened)
            return Failure(opened.error());
        m_directory.emplace(std::move(*opened));
    }
    const auto at = sinceBoot();
    auto map = m_directory->readMap(wait);
    if (!map)
        return Failure(map.error());
    const auto reading = std::make_shared<const Reading>(Reading{std::move(*map), at});
    ++m_readings;
    {
        const std::scoped_lock lock(m_mutex);
        if (m_shardsEpoch != reading->map.mapEpoch) {
            m_shards.clear();
            m_shardsEpoch = reading->map.mapEpoch;
        }
        m_reading = reading;
    }
    announce(reading->map, wait); // not before it is in use
    return {};
}

void Router::announce(const cluster::ShardMap &map, const Wait &wait)
{
    // Optional by the contract, and a directory of another shape may not have the table.
    const auto announced = m_directory->connection().query(
        "insert into shardhelm.router (name, seen_epoch, seen_at) values ($1, $2::bigint, clock_timestamp()) "
        "on conflict (name) do update set seen_epoch = excluded.seen_epoch, seen_at = excluded.seen_at",
        pg::Params(m_name, map.mapEpoch), wait);
    Q_UNUSED(announced)
}

std::shared_ptr<const Router::Reading> Router::reading() const
{
    const std::scoped_lock lock(m_mutex);
    return m_reading;
}

cluster::ShardMap Router::map() const
{
    return reading()->map;
}

Result<void> Router::refresh(const Wait &wait)
{
    const auto asked = sinceBoot();
    const std::unique_lock lock(m_directoryMutex, wait.deadline());
    if (!lock.owns_lock())
        return fail(ErrorCode::TimedOut, QStringLiteral("directory"));
    if (reading()->at > asked)
        return {};
    return readMap(wait);
}

bool Router::mayStillUse(const Route &route)
{
    return sinceBoot() - route.mapReadAt < route.mapTtl;
}

Result<std::shared_ptr<const Router::Reading>> Router::youngReading(const Wait &wait)
{
    auto current = reading();
    if (sinceBoot() - current->at < std::chrono::seconds(current->map.mapTtlSeconds))
        return current;
    if (const auto refreshed = refresh(wait); !refreshed)
        return Failure(refreshed.error());
    return reading();
}

Result<int> Router::shardOf(const QString &key, const cluster::ShardMap &map, const Wait &wait)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (m_shardsEpoch == map.mapEpoch && m_shards.contains(key))
            return m_shards.value(key);
    }
    const std::unique_lock directory(m_directoryMutex, wait.deadline());
    if (!directory.owns_lock())
        return fail(ErrorCode::TimedOut, QStringLiteral("directory"));
    if (!m_directory || !m_directory->connection().isOpen()) {
        if (const auto reopened = readMap(wait); !reopened)
            return Failure(reopened.error());
    }
    const auto location = cluster::locate(m_directory->connection(), map, m_file.routingLookup, key, wait);
    if (!location)
        return Failure(location.error());
    const std::scoped_lock lock(m_mutex);
    if (m_shardsEpoch == map.mapEpoch)
        m_shards.insert(key, location->logicalShard);
    return location->logicalShard;
}

Result<Route> Router::route(const QString &key, const Wait &wait)
{
    const auto young = youngReading(wait);
    if (!young)
        return Failure(young.error());
    const Reading &current = **young;
    const auto id = shardOf(key, current.map, wait);
    if (!id)
        return Failure(id.error());
    const cluster::LogicalShard *shard = current.map.shard(*id);
    const cluster::Instance *instance = shard ? current.map.instance(shard->instance) : nullptr;
    if (!instance)
        return fail(ErrorCode::ShardUnknown, QString::number(*id));
    const bool shared = current.map.layout == cluster::Layout::Rows;
    return Route{key,          *id,
                 shard->epoch, current.map.mapEpoch,
                 *instance,    shared ? QStringLiteral("app") : current.map.schemaOf(*id),
                 current.at,   std::chrono::seconds(current.map.mapTtlSeconds)};
}

} // namespace shardhelm::demo
