// SPDX-License-Identifier: GPL-3.0-or-later
#include "wording/verdict.h"

#include "cluster/shorttext.h"
#include "format/units.h"

#include <QCoreApplication>

#include <cmath>

namespace shardhelm::wording {

namespace {

using namespace monitor::outliers;

struct Verdicts
{
    Q_DECLARE_TR_FUNCTIONS(Verdicts)
};

/// From this long on it is worth saying since when something is so.
constexpr double worthSaying = 10;

QString milliseconds(double value)
{
    return format::duration(value / 1000);
}

QString bytes(double value)
{
    return format::bytes(std::llround(value));
}

QString count(double value)
{
    return format::count(std::llround(value));
}

/// Ages above a second need no fractions of one.
QString age(double seconds)
{
    return shortened(format::duration(seconds < 1 ? seconds : std::round(seconds)));
}

QString plain(const Reason &reason)
{
    switch (reason.metric) {
    case Metric::P99Ms:
        return reason.factor ? Verdicts::tr("p99 is %1, %2 the fleet median")
                                   .arg(milliseconds(reason.value), format::factor(*reason.factor))
                             : Verdicts::tr("p99 is %1").arg(milliseconds(reason.value));
    case Metric::BlockedSessions:
        if (reason.blockerPid > 0)
            return reason.value == 1
                ? Verdicts::tr("1 session blocked by pid %1").arg(reason.blockerPid)
                : Verdicts::tr("%1 sessions blocked by pid %2").arg(count(reason.value)).arg(reason.blockerPid);
        return reason.value == 1 ? Verdicts::tr("1 session waits for a lock")
                                 : Verdicts::tr("%1 sessions wait for a lock").arg(count(reason.value));
    case Metric::LongestTransactionSeconds:
        return Verdicts::tr("a transaction has been open for %1").arg(age(reason.value));
    case Metric::LongestStatementSeconds:
        return Verdicts::tr("a statement has been running for %1").arg(age(reason.value));
    case Metric::IdleInTransactionSeconds:
        return Verdicts::tr("a session has been idle in its transaction for %1").arg(age(reason.value));
    case Metric::ActiveSessions:
        return reason.median ? Verdicts::tr("%1 sessions at work, the fleet median is %2")
                                   .arg(count(reason.value), count(*reason.median))
                             : Verdicts::tr("%1 sessions at work").arg(count(reason.value));
    case Metric::ConnectionShare:
        return Verdicts::tr("%1 of its connections are taken").arg(format::percent(reason.value));
    case Metric::CacheMissShare:
        return Verdicts::tr("%1 of the blocks read are not in shared memory").arg(format::percent(reason.value));
    case Metric::ErrorsPerSecond:
        return Verdicts::tr("%1 errors").arg(format::rate(reason.value));
    case Metric::DeadlocksPerSecond:
        return Verdicts::tr("%1 deadlocks").arg(format::rate(reason.value));
    case Metric::TempBytesPerSecond:
        return Verdicts::tr("statements spill %1 a second into temporary files").arg(bytes(reason.value));
    case Metric::LagBytes:
        return reason.replica.isEmpty()
            ? Verdicts::tr("a replica is %1 behind").arg(bytes(reason.value))
            : Verdicts::tr("replica %1 is %2 behind").arg(reason.replica, bytes(reason.value));
    case Metric::LagSeconds:
        return reason.replica.isEmpty()
            ? Verdicts::tr("a replica is %1 behind").arg(age(reason.value))
            : Verdicts::tr("replica %1 is %2 behind").arg(reason.replica, age(reason.value));
    case Metric::RetainedWalBytes:
        return Verdicts::tr("a slot holds back %1 of WAL").arg(bytes(reason.value));
    case Metric::CpuShare:
        return Verdicts::tr("its processors are %1 busy").arg(format::percent(reason.value));
    case Metric::DiskShare:
        return Verdicts::tr("its disk is %1 full").arg(format::percent(reason.value));
    case Metric::TransactionIdAge:
        return Verdicts::tr("%1 transactions since the last freeze").arg(count(reason.value));
    case Metric::Count:
        break;
    }
    return {};
}

/// Whether the value itself tells how long it has been so.
bool isAge(Metric metric)
{
    return metric == Metric::LongestTransactionSeconds || metric == Metric::LongestStatementSeconds
        || metric == Metric::IdleInTransactionSeconds || metric == Metric::LagSeconds;
}

QString loadWord(Load load)
{
    switch (load) {
    case Load::SizeBytes:
        return Verdicts::tr("bytes");
    case Load::WritesPerSecond:
        return Verdicts::tr("writes");
    case Load::TransactionsPerSecond:
        return Verdicts::tr("transactions");
    case Load::Connections:
        return Verdicts::tr("connections");
    }
    return {};
}

QString loadText(Load load, double amount)
{
    switch (load) {
    case Load::SizeBytes:
        return bytes(amount);
    case Load::Connections:
        return count(amount);
    case Load::WritesPerSecond:
    case Load::TransactionsPerSecond:
        return format::rate(amount);
    }
    return {};
}

/// What rose, for a change of many.
QString metricWord(Metric metric)
{
    switch (metric) {
    case Metric::P99Ms:
        return Verdicts::tr("p99");
    case Metric::BlockedSessions:
        return Verdicts::tr("blocked sessions");
    case Metric::LongestTransactionSeconds:
        return Verdicts::tr("longest transaction");
    case Metric::LongestStatementSeconds:
        return Verdicts::tr("longest statement");
    case Metric::IdleInTransactionSeconds:
        return Verdicts::tr("time idle in transaction");
    case Metric::ActiveSessions:
        return Verdicts::tr("sessions at work");
    case Metric::ConnectionShare:
        return Verdicts::tr("connections");
    case Metric::CacheMissShare:
        return Verdicts::tr("cache misses");
    case Metric::ErrorsPerSecond:
        return Verdicts::tr("errors");
    case Metric::DeadlocksPerSecond:
        return Verdicts::tr("deadlocks");
    case Metric::TempBytesPerSecond:
        return Verdicts::tr("temporary files");
    case Metric::LagBytes:
    case Metric::LagSeconds:
        return Verdicts::tr("replica lag");
    case Metric::RetainedWalBytes:
        return Verdicts::tr("WAL held back");
    case Metric::CpuShare:
        return Verdicts::tr("processor time");
    case Metric::DiskShare:
        return Verdicts::tr("disk use");
    case Metric::TransactionIdAge:
        return Verdicts::tr("transaction id age");
    case Metric::Count:
        break;
    }
    return {};
}

} // namespace

QString headline(const Reason &reason)
{
    switch (reason.metric) {
    case Metric::P99Ms:
        return Verdicts::tr("p99 %1").arg(reason.factor ? format::factor(*reason.factor) : milliseconds(reason.value));
    case Metric::BlockedSessions:
        return Verdicts::tr("%1 blocked").arg(count(reason.value));
    case Metric::LongestTransactionSeconds:
        return Verdicts::tr("transaction %1").arg(age(reason.value));
    case Metric::LongestStatementSeconds:
        return Verdicts::tr("statement %1").arg(age(reason.value));
    case Metric::IdleInTransactionSeconds:
        return Verdicts::tr("idle %1").arg(age(reason.value));
    case Metric::ActiveSessions:
        return Verdicts::tr("%1 at work").arg(count(reason.value));
    case Metric::ConnectionShare:
        return Verdicts::tr("connections %1").arg(format::percent(reason.value));
    case Metric::CacheMissShare:
        return Verdicts::tr("cache misses %1").arg(format::percent(reason.value));
    case Metric::ErrorsPerSecond:
        return Verdicts::tr("errors %1").arg(format::rate(reason.value));
    case Metric::DeadlocksPerSecond:
        return Verdicts::tr("deadlocks %1").arg(format::rate(reason.value));
    case Metric::TempBytesPerSecond:
        return Verdicts::tr("spills %1/s").arg(bytes(reason.value));
    case Metric::LagBytes:
        return Verdicts::tr("lag %1").arg(bytes(reason.value));
    case Metric::LagSeconds:
        return Verdicts::tr("lag %1").arg(age(reason.value));
    case Metric::RetainedWalBytes:
        return Verdicts::tr("slot %1").arg(bytes(reason.value));
    case Metric::CpuShare:
        return Verdicts::tr("CPU %1").arg(format::percent(reason.value));
    case Metric::DiskShare:
        return Verdicts::tr("disk %1").arg(format::percent(reason.value));
    case Metric::TransactionIdAge:
        return Verdicts::tr("xid age %1").arg(count(reason.value));
    case Metric::Count:
        break;
    }
    return {};
}

QString sentence(const Reason &reason, const QDateTime &now)
{
    const double lasted = static_cast<double>(now.toMSecsSinceEpoch()) / 1000 - reason.sinceSeconds;
    if (isAge(reason.metric) || lasted < worthSaying)
        return plain(reason);
    return Verdicts::tr("%1 for %2").arg(plain(reason), age(lasted));
}

QString advice(const Reason &reason)
{
    switch (reason.metric) {
    case Metric::P99Ms:
    case Metric::ActiveSessions:
    case Metric::CpuShare:
        return Verdicts::tr("Compare its statements and its load with the others.");
    case Metric::BlockedSessions:
        return reason.blockerPid > 0
            ? Verdicts::tr("See what pid %1 does, and end it if it may be ended.").arg(reason.blockerPid)
            : Verdicts::tr("Find the session that holds the lock.");
    case Metric::LongestTransactionSeconds:
    case Metric::IdleInTransactionSeconds:
        return Verdicts::tr("Find out who left it open; until it ends, vacuum removes nothing newer.");
    case Metric::LongestStatementSeconds:
        return Verdicts::tr("See whether it is expected here, and cancel it if not.");
    case Metric::ConnectionShare:
        return Verdicts::tr("Close idle sessions or put a pooler in front before new logins are refused.");
    case Metric::CacheMissShare:
        return Verdicts::tr("Look for a statement that reads whole tables.");
    case Metric::ErrorsPerSecond:
    case Metric::DeadlocksPerSecond:
        return Verdicts::tr("Look into the server's log.");
    case Metric::TempBytesPerSecond:
        return Verdicts::tr("Look for a statement that sorts or hashes more than work_mem.");
    case Metric::LagBytes:
    case Metric::LagSeconds:
        return Verdicts::tr(
            "Look for a long query or a paused replay on the replica, and at the network between the two.");
    case Metric::RetainedWalBytes:
        return Verdicts::tr("Find out who reads the slot; a slot that nobody needs fills the disk.");
    case Metric::DiskShare:
        return Verdicts::tr("Make room, or move a logical shard away.");
    case Metric::TransactionIdAge:
        return Verdicts::tr("See why vacuum does not freeze: an old transaction, a slot, or no worker.");
    case Metric::Count:
        break;
    }
    return {};
}

QString sentence(const CommonChange &change)
{
    const QString within = age(std::max(1.0, change.toSeconds - change.fromSeconds));
    if (change.metric == Metric::P99Ms)
        return Verdicts::tr("%1 of %2 got slower within %3: look for a common cause such as a rollout")
            .arg(change.changed)
            .arg(change.fleet)
            .arg(within);
    return Verdicts::tr("%1 of %2 got worse within %3 (%4): look for a common cause such as a rollout")
        .arg(change.changed)
        .arg(change.fleet)
        .arg(within, metricWord(change.metric));
}

QString sentence(const Imbalance &imbalance)
{
    const QString most = loadText(imbalance.load, imbalance.largestAmount);
    const QString least = loadText(imbalance.load, imbalance.smallestAmount);
    if (!imbalance.factor)
        return Verdicts::tr("%1 are uneven: %2 has %3, %4 none")
            .arg(loadWord(imbalance.load), imbalance.largest, most, imbalance.smallest);
    return Verdicts::tr("%1 are uneven: %2 has %3, %4 only %5 (%6)")
        .arg(loadWord(imbalance.load), imbalance.largest, most, imbalance.smallest, least,
             format::factor(*imbalance.factor));
}

QString sentence(const HotShare &share)
{
    return Verdicts::tr("%1, one of %2 instances, has %3 of all %4")
        .arg(share.instance)
        .arg(share.instances)
        .arg(format::percent(share.share), loadWord(share.load));
}

QString sentence(const BlastRadius &radius)
{
    if (radius.instances.isEmpty())
        return {};
    QStringList facts;
    if (radius.tenants)
        facts << (*radius.tenants == 1 ? Verdicts::tr("1 tenant")
                                       : Verdicts::tr("%1 tenants").arg(format::count(*radius.tenants)));
    if (radius.writeShare)
        facts << Verdicts::tr("%1 of writes").arg(format::percent(*radius.writeShare));
    if (radius.transactionShare)
        facts << Verdicts::tr("%1 of transactions").arg(format::percent(*radius.transactionShare));
    if (facts.isEmpty())
        facts << Verdicts::tr("how much depends on it is unknown");
    return Verdicts::tr("%1 down: %2")
        .arg(radius.instances.join(QStringLiteral(", ")), facts.join(QStringLiteral(", ")));
}

QStringList fleetSentences(const monitor::Verdict &verdict)
{
    QStringList sentences;
    if (!verdict.blastRadius.instances.isEmpty())
        sentences << sentence(verdict.blastRadius);
    for (const CommonChange &change : verdict.commonChanges)
        sentences << sentence(change);
    for (const HotShare &share : verdict.hotShares)
        sentences << sentence(share);
    for (const Imbalance &imbalance : verdict.imbalances) {
        // That one has most of all says it already.
        const bool said = std::any_of(verdict.hotShares.begin(), verdict.hotShares.end(), [&](const HotShare &share) {
            return share.load == imbalance.load && share.instance == imbalance.largest;
        });
        if (!said)
            sentences << sentence(imbalance);
    }
    return sentences;
}

} // namespace shardhelm::wording
