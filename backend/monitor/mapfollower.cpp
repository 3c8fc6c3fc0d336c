// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/mapfollower.h"

#include "cluster/directory.h"
#include "monitor/backoff.h"

#include <QDateTime>

#include <condition_variable>
#include <mutex>

namespace shardhelm::monitor {

namespace {

constexpr Milliseconds readTimeout{10000};
/// As far back as a recording reaches at most.
constexpr qint64 markerReachMs = 30LL * 24 * 3600 * 1000;

/// Sleeps for `duration` or until a stop is requested.
void rest(Milliseconds duration, const std::stop_token &stop)
{
    std::mutex mutex;
    std::condition_variable_any condition;
    std::unique_lock lock(mutex);
    condition.wait_for(lock, stop, duration, [] { return false; });
}

/// The markers of the journal and of this computer.
class MarkerNews
{
public:
    MarkerNews(const cluster::ClusterFile &file, const MapReports &reports)
        : m_file(file)
        , m_reports(reports)
    {
    }

    /// Without a session (nullptr) only those of this computer are read again. Markers are a help: when they cannot be
    /// read, what is known stays and the map is followed all the same.
    void read(cluster::Directory *directory, const Wait &wait)
    {
        if (!m_reports.markers)
            return;
        const qint64 since = QDateTime::currentMSecsSinceEpoch() - markerReachMs;
        if (directory && !directory->isForeign()) {
            if (auto journal = journalMarkers(directory->connection(), since, wait))
                m_journal = std::move(*journal);
        }
        const auto local = localMarkers(m_file, since);
        std::vector<Marker> all = mergedMarkers(m_journal, local.value_or(std::vector<Marker>()));
        if (m_told && all == *m_told)
            return;
        m_told = std::move(all);
        m_reports.markers(*m_told);
    }

private:
    const cluster::ClusterFile &m_file;
    const MapReports &m_reports;
    std::vector<Marker> m_journal;
    std::optional<std::vector<Marker>> m_told;
};

/// Reads and reports over one session until it fails or a stop is requested.
Result<void> followOnce(const cluster::ClusterFile &file, pg::PasswordSource *passwords, const MapReports &reports,
                        std::optional<cluster::ShardMap> &last, MarkerNews &markers, Backoff &backoff,
                        const std::stop_token &stop)
{
    const auto soon = [&] { return Wait::forDuration(readTimeout, stop); };
    auto directory = cluster::Directory::open(file, QStringLiteral("map"), soon(), passwords);
    if (!directory)
        return Failure(directory.error());
    // Before the first reading: a change in between is notified.
    if (const auto listening = directory->connection().run("LISTEN shardhelm_map; LISTEN shardhelm_marker", soon());
        !listening)
        return Failure(listening.error());
    while (!stop.stop_requested()) {
        const auto map = directory->readMap(soon());
        if (!map)
            return Failure(map.error());
        backoff = Backoff(Milliseconds(500), Milliseconds(10000));
        if (last != *map) {
            last = *map;
            reports.read(*last);
        }
        markers.read(&*directory, soon());
        const auto life = std::max(Milliseconds(1000), Milliseconds(std::chrono::seconds(map->mapTtlSeconds)));
        const auto notified = directory->connection().notifications(Wait::forDuration(life, stop));
        if (!notified)
            return Failure(notified.error());
    }
    return {};
}

} // namespace

void followMap(const cluster::ClusterFile &file, pg::PasswordSource *passwords, const MapReports &reports,
               const std::stop_token &stop)
{
    std::optional<cluster::ShardMap> last;
    MarkerNews markers(file, reports);
    Backoff backoff(Milliseconds(500), Milliseconds(10000));
    QRandomGenerator random = QRandomGenerator::securelySeeded();
    while (!stop.stop_requested()) {
        const auto ended = followOnce(file, passwords, reports, last, markers, backoff, stop);
        if (stop.stop_requested())
            return;
        if (!ended)
            reports.failed(ended.error());
        markers.read(nullptr, Wait::forDuration(readTimeout, stop));
        rest(backoff.next(random), stop);
    }
}

} // namespace shardhelm::monitor
