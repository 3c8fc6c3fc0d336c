// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/types.h"

#include <QHash>
#include <QMap>
#include <QString>

#include <map>
#include <optional>
#include <set>
#include <vector>

/// Inside of `directory adopt`: from what is where to a map. No server takes part.
namespace shardhelm::cluster {

/// Rows of the registered tables by tenant in one place: a shard's schema, or an instance's shared tables (shard -1).
struct Holding
{
    QString instance;
    int shard = -1;
    QHash<QString, qint64> rowsOfTenant;

    [[nodiscard]] qint64 rows() const;
};

/// Logical shard that the routing gives for each tenant; absent: none.
using NaturalShards = QHash<QString, int>;

struct AdoptPlan
{
    QMap<int, QString> placement;
    std::vector<int> unplaced;
    std::vector<TenantPin> pins;
};

/// Schema layout: a shard lives where its schema is; of several, where most of its rows are. A tenant whose rows are
/// all in one placed shard that is not its natural one is pinned there; with no natural shards at all (`natural` unset)
/// none is.
AdoptPlan planFromSchemas(int logicalShards, const std::vector<Holding> &holdings,
                          const std::optional<NaturalShards> &natural);

/// Row layout: a shard lives on the instance that holds most of its tenants. A tenant that is whole on another is
/// pinned to the lowest shard that lives there, or to a shard without tenants, which is then placed there.
AdoptPlan planFromRows(int logicalShards, const std::vector<Holding> &holdings, const NaturalShards &natural);

} // namespace shardhelm::cluster
