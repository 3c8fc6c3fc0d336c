// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "core/result.h"
#include "core/wait.h"
#include "pg/passwords.h"

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

/// Compares what a load's ledger says with what the cluster holds.
namespace shardhelm::demo {

enum class OffenceKind {
    Lost, ///< acknowledged and not there: a row, a counted version, a deletion
    Duplicated, ///< there more often than it was done
    Misplaced, ///< a row on the wrong instance or in the wrong schema
    Phantom, ///< the effect of an operation that the server had refused
};

/// One thing found wrong.
struct Offence
{
    OffenceKind kind = OffenceKind::Lost;
    qint64 count = 1; ///< how much it adds to the figure of its kind
    QByteArray operation; ///< UUID, empty for generated rows
    QString table;
    QString key; ///< of the row, as far as known
    qint64 tenant = 0;
    int shard = -1; ///< where the tenant routes to, -1: nowhere
    QString instance; ///< where it was found, or looked for
    QString schema;
    qint64 expected = 0; ///< rows, items or least version; of a duplicate the most
    qint64 found = 0;
};

/// Figures of one logical shard; the same names as in the whole.
struct ShardFigures
{
    qint64 acknowledged = 0;
    qint64 unknown = 0;
    qint64 lost = 0;
    qint64 duplicated = 0;
    qint64 misplaced = 0;
    qint64 phantom = 0;
    qint64 readsStale = 0;
    qint64 retries = 0;
    qint64 longestGapUs = 0; ///< from first send to acknowledgement of one operation

    void add(OffenceKind kind, qint64 count);
};

struct CheckResult
{
    ShardFigures all;
    QMap<int, ShardFigures> byShard;
    QMap<int, QString> owners; ///< instance by logical shard, of the map that was used
    qint64 reads = 0;
    qint64 refused = 0; ///< operations given up without effect
    qint64 settled = 0; ///< operations whose unknown outcome the load found out
    qint64 unverified = 0; ///< operations on instances that could not be asked
    int runs = 0;
    qint64 mapEpoch = 0;
    std::vector<Offence> offences; ///< the first hundred
    QStringList unreachable; ///< instances that could not be asked

    [[nodiscard]] bool isClean() const
    {
        return all.lost == 0 && all.duplicated == 0 && all.misplaced == 0 && all.phantom == 0;
    }
    [[nodiscard]] bool isComplete() const { return unreachable.isEmpty(); }
};

struct CheckOptions
{
    QString ledger;
    std::function<void(const Offence &)> offenceFound; ///< gets every one, in no particular order; may be empty
};

/// Path of the cluster file that the ledger's first run worked on. FileMissing, FileUnreadable, LedgerBad.
Result<QString> clusterFileOfLedger(const QString &ledger);

/// Reads the ledger and every copy of the demo's tables, in one snapshot per instance taken under one map epoch. An
/// operation without an outcome in the ledger is unknown: either is right. LedgerInUse when a load is writing the
/// ledger at this moment; or, with cluster files in `found` and `expected`, when a run in it was on another cluster;
/// MapChanged when the map does not stand still; LedgerBad. An instance that cannot be reached
/// makes the result incomplete. Changes nothing. Blocking: for worker threads and the command line.
Result<CheckResult> runCheck(const cluster::ClusterFile &file, const CheckOptions &options, const Wait &wait,
                             pg::PasswordSource *passwords = nullptr);

} // namespace shardhelm::demo
