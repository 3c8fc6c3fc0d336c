// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "cluster/fleethistory.h"
#include "cluster/ranking.h"
#include "cluster/types.h"
#include "monitor/alerts/notes.h"
#include "monitor/markers.h"
#include "monitor/sample.h"

#include <QObject>

#include <chrono>

namespace shardhelm {

/// What is known about the open cluster: its file, its map, the newest sample with ranking and summary, and the curves.
/// Pages and models read it; the session fills it. GUI thread.
class Fleet : public QObject
{
    Q_OBJECT
public:
    explicit Fleet(QObject *parent = nullptr);

    void setFile(const cluster::ClusterFile &file);
    void setMap(const cluster::ShardMap &map);
    void addSample(const monitor::FleetSample &sample);
    /// All raised alerts, those that matter most first.
    void setAlerts(const std::vector<monitor::alerts::AlertState> &alerts);
    /// A sample of another time with the curves before it, in place of all that was known.
    void jumpTo(const FleetHistory &history, const monitor::FleetSample &sample);
    /// Moments that somebody has named, oldest first.
    void setMarkers(const std::vector<monitor::Marker> &markers);
    /// How far back charts reach.
    void setSpan(std::chrono::seconds span);
    void clear();

    [[nodiscard]] const cluster::ClusterFile &file() const { return m_file; }
    [[nodiscard]] const cluster::ShardMap &map() const { return m_map; }
    [[nodiscard]] const monitor::FleetSample &sample() const { return m_sample; }
    [[nodiscard]] const FleetHistory &history() const { return m_history; }
    [[nodiscard]] const FleetSummary &summary() const { return m_summary; }
    [[nodiscard]] const std::vector<Rank> &ranking() const { return m_ranking; }
    [[nodiscard]] const std::vector<monitor::Marker> &markers() const { return m_markers; }
    [[nodiscard]] std::chrono::seconds span() const { return m_span; }
    [[nodiscard]] const std::vector<monitor::alerts::AlertState> &alerts() const { return m_alerts; }
    [[nodiscard]] bool hasSample() const { return !m_sample.servers.empty(); }

    [[nodiscard]] const monitor::ServerSample *server(const QString &name) const;
    [[nodiscard]] Condition condition(const QString &server) const;
    /// The server's place in the ranking, null when nothing is out of the ordinary.
    [[nodiscard]] const Rank *rank(const QString &server) const;
    /// When the first place of the ranking was taken by who holds it now; invalid when nobody does.
    [[nodiscard]] QDateTime worstSince() const { return m_worstSince; }
    /// Numbers of the logical shards placed on an instance, ascending.
    [[nodiscard]] std::vector<int> shardsOf(const QString &instance) const;

Q_SIGNALS:
    void clusterChanged(); ///< another file or map
    void sampled();
    void alertsChanged();
    void spanChanged();
    void markersChanged();

private:
    cluster::ClusterFile m_file;
    cluster::ShardMap m_map;
    monitor::FleetSample m_sample;
    FleetHistory m_history;
    FleetSummary m_summary;
    std::vector<Rank> m_ranking;
    std::vector<monitor::alerts::AlertState> m_alerts;
    QDateTime m_worstSince;
    std::vector<monitor::Marker> m_markers;
    std::chrono::seconds m_span{900};
};

} // namespace shardhelm
