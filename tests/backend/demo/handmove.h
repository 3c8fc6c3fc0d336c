// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "loadcluster.h"

namespace shardhelm::test {

/// Moves a logical shard by hand: fence on the source, copy, flip, open. Short of everything that makes an online move
/// quick, right in what a router sees. The old copy stays, with a row in the journal that accounts for it.
class HandMove
{
public:
    HandMove(const LoadCluster &cluster, int shard);

    /// Writes of the shard fail with 40001 "shardhelm:fenced"; those before have ended when this returns.
    void fence();
    /// Copies the shard's rows to the other instance, as one snapshot has them now.
    void copy();
    /// The map says the other instance. Journals the move first, when `journaled`.
    void flip(bool journaled = true);
    /// Writes to the old copy fail with "shardhelm:moved" from now on.
    void sayMoved();

    [[nodiscard]] const QString &source() const { return m_source; }
    [[nodiscard]] const QString &target() const { return m_target; }

private:
    void copyTable(pg::Connection &from, const QByteArray &table, const QByteArray &columns);
    void answer(const QByteArray &message);
    [[nodiscard]] bool shared() const { return m_map.layout == cluster::Layout::Rows; }

    const LoadCluster &m_cluster;
    cluster::ShardMap m_map;
    int m_shard;
    QString m_source;
    QString m_target;
    QString m_schema;
    QByteArray m_predicate; ///< of the shard over tenant_id; "true" in schema layout
};

} // namespace shardhelm::test
