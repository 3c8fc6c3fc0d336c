// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "core/result.h"
#include "core/wait.h"
#include "monitor/recording/content.h"
#include "pg/connection.h"

#include <optional>
#include <vector>

/// Markers: moments that somebody has named, "deploy 14:02". They stand in the directory's journal, where every console
/// sees them, else in a file of this computer.
namespace shardhelm::monitor {

using recording::Marker;

/// Longest text of a marker.
constexpr qsizetype longestMarker = 200;

/// Where a marker was put.
struct MarkerPlace
{
    bool inJournal = false; ///< else in the file of this computer
    std::optional<Error> why; ///< why not in the journal; unset for a directory of another shape, which has none
};

/// Sets a marker (`who` and `host` are filled in). One line of text, not empty; UsageBad. Blocking: for worker threads.
Result<MarkerPlace> setMarker(const cluster::ClusterFile &file, Marker marker, pg::PasswordSource *passwords,
                              const Wait &wait);

/// Markers of the journal about times from `since` on (ms since 1970), oldest first.
Result<std::vector<Marker>> journalMarkers(pg::Connection &directory, qint64 since, const Wait &wait);

/// Markers of the file of this computer; lines that are none are passed over.
Result<std::vector<Marker>> localMarkers(const cluster::ClusterFile &file, qint64 since);

/// Both, each marker once, oldest first.
std::vector<Marker> mergedMarkers(std::vector<Marker> journal, const std::vector<Marker> &local);

} // namespace shardhelm::monitor
