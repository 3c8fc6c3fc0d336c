// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/types.h"
#include "demo/check.h"
#include "demo/ledger.h"

#include <QHash>

#include <limits>

namespace shardhelm::demo {

/// One operation that writes: what the ledger says and what was found of it. Small, there are millions.
struct WriteFacts
{
    static constexpr quint32 none = std::numeric_limits<quint32>::max();

    OperationKind kind = OperationKind::Insert;
    DemoTable table = DemoTable::Users;
    Outcome outcome = Outcome::Unknown;
    quint8 items = 0;
    quint32 tenant = 0; ///< index into LedgerFacts::tenants
    quint32 row = none; ///< index into RunFacts::rows when it inserts
    std::array<quint32, 2> targets = {none, none}; ///< indexes into RunFacts::writes
    // Found in the cluster; a count stays at its maximum once it is there.
    quint16 marks = 0; ///< audit events in their right place
    quint16 marksElsewhere = 0;
};

/// One row that the load inserted.
struct RowFacts
{
    // From the ledger.
    quint32 acknowledged = 0; ///< increments
    quint32 unknown = 0; ///< increments
    qint64 highestVersion = 0; ///< acknowledged
    quint32 deletion = WriteFacts::none; ///< index of the acknowledged deletion
    bool maybeDeleted = false; ///< by a deletion of unknown outcome
    // Found in the cluster.
    quint16 copies = 0; ///< in their right place
    quint16 copiesElsewhere = 0;
    quint16 items = 0;
    quint16 itemsElsewhere = 0;
    qint64 version = -1; ///< highest of the copies in their right place
    // From the marks of its increments.
    quint32 incrementsLost = 0;
    quint32 incrementsDoubled = 0;
};

struct RunFacts
{
    RunBegin begin;
    std::vector<WriteFacts> writes; ///< by number - 1
    std::vector<RowFacts> rows;
};

/// A ledger in the form in which it can be compared.
struct LedgerFacts
{
    std::vector<RunFacts> runs;
    QHash<quint64, size_t> runIndex; ///< by number of the run
    std::vector<qint64> tenants;
    QMap<int, ShardFigures> sent; ///< retries, stale reads, longest gap by logical shard sent to
    qint64 reads = 0;
    qint64 settled = 0;
};

/// What a cluster is recognised by in a ledger, whatever moves, restarts or becomes of its directory: the ids that its
/// instances' databases were marked with, those of retired ones too.
QStringList clusterIds(const cluster::ShardMap &map);

/// Reads a whole ledger. LedgerBad also for records that contradict each other, LedgerInUse while a load writes it.
Result<LedgerFacts> readLedger(const QString &path, const Wait &wait);

} // namespace shardhelm::demo
