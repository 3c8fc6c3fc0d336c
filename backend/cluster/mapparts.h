// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "cluster/types.h"
#include "core/result.h"

#include <QString>
#include <QStringList>

#include <array>

namespace shardhelm::cluster {

/// Cells of a table as PostgreSQL's output text, wherever they come from.
class MapCells
{
public:
    virtual ~MapCells() = default;
    [[nodiscard]] virtual int count() const = 0; ///< rows
    [[nodiscard]] virtual QStringList columnNames() const = 0;
    /// Null for SQL NULL.
    [[nodiscard]] virtual QString text(int row, int column) const = 0;
};

/// One of the tables that make a map.
struct MapTable
{
    QString name; ///< how errors call it
    const MapCells *cells = nullptr; ///< null: there is none
};

/// The tables that make a map, in this order.
enum MapPart { ClusterPart, InstancesPart, ShardsPart, PinsPart, TablesPart, MapPartCount };
using MapTables = std::array<MapTable, MapPartCount>;

/// The map that the tables make together. DirectoryInconsistent names table and column when a column is missing, a
/// value is none of the possible ones, an id comes twice or something is named that is not there. Pure; any thread.
Result<ShardMap> mapOf(const MapTables &tables, const ClusterFile &file);
/// The map epoch alone.
Result<qint64> mapEpochOf(const MapTable &cluster);

} // namespace shardhelm::cluster
