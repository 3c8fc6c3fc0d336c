// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "cluster/types.h"
#include "monitor/recording/reader.h"
#include "monitor/sample.h"

#include <map>
#include <memory>

namespace shardhelm::monitor::recording {

/// Kind of the fact that lists the servers of the fleet.
QString fleetKind();
QCborMap fleetFact(const FleetSample &fleet);

/// Makes samples of the fleet from a recording, as the monitor made them. Every function waits for the disk: for worker
/// threads, one at a time.
///
/// Figures are those of each server's last row at or before the time; where rows are missing for three intervals (75 s
/// among points of 30 s), nothing was recorded and the server is Stale.
class Playback
{
public:
    /// Errors as RecordingReader::open().
    static Result<Playback> open(const QString &path);

    [[nodiscard]] RecordingReader &reader() { return m_reader; }
    /// The times that can be shown: from when the servers of the fleet were known to the last sample.
    Result<Span> span();
    /// The time of the last sample made, ms since 1970.
    [[nodiscard]] qint64 position() const { return m_position; }

    /// The fleet as it was known at a time.
    Result<FleetSample> seek(qint64 at);
    /// The same for a time after position(), cheaper by what stays.
    Result<FleetSample> advance(qint64 at);

    /// The shard map and the cluster file at position(), where they are recorded.
    Result<std::optional<cluster::ShardMap>> map();
    Result<std::optional<cluster::ClusterFile>> file();
    /// When the map or the file changed for the last time at or before position(): they need not be read again before.
    Result<qint64> changedAt();

private:
    explicit Playback(RecordingReader reader)
        : m_reader(std::move(reader))
    {
    }
    void take(const Fact &fact);
    void takeRow(const QStringList &metrics, const NamedRow &row, bool coarse);
    Result<void> takeFacts(const QString &kind, std::optional<qint64> after, qint64 at);
    void takeLoaded(RecordingReader::Rows rows, qint64 at);
    /// A verdict is recorded when it says something else; what it says of a figure grows with the figure.
    static void growWith(Verdict &verdict, const FleetSample &fleet);
    [[nodiscard]] FleetSample shown(qint64 at) const;

    struct Server
    {
        ServerSample sample;
        qint64 rowAt = 0; ///< time of the figures
        bool coarse = false; ///< they are a point of 30 s
    };
    struct Later
    {
        std::shared_ptr<const QStringList> metrics;
        NamedRow row;
        bool coarse = false;
    };

    RecordingReader m_reader;
    qint64 m_position = 0;
    QStringList m_order;
    qint64 m_mapEpoch = 0;
    Verdict m_verdict;
    QHash<QString, Server> m_servers;
    std::multimap<qint64, Later> m_later; ///< rows of blocks that are loaded, from after the position
    qint64 m_serial = 0;
};

} // namespace shardhelm::monitor::recording
