// SPDX-License-Identifier: GPL-3.0-or-later
#include "wording/findings.h"

#include "format/units.h"
#include "wording/errors.h"

#include <QCoreApplication>

namespace shardhelm::wording {

using cluster::Finding;
using cluster::FindingCode;
using cluster::FindingSeverity;

namespace {

/// Translation context.
struct Findings
{
    Q_DECLARE_TR_FUNCTIONS(Findings)
};

/// "app.orders", or "orders of logical shard 5" when it stands in a shard's schema, or "… and 3 more".
QString tableOf(const Finding &finding)
{
    if (finding.shard < 0)
        return finding.table;
    if (finding.count > 0 && finding.code != FindingCode::RowsMisplaced) {
        return Findings::tr("%1 of logical shard %2 and %3 more")
            .arg(finding.table, QString::number(finding.shard), QString::number(finding.count));
    }
    return Findings::tr("%1 of logical shard %2").arg(finding.table, QString::number(finding.shard));
}

/// The lines that differ in words: "lacks …", "has besides …".
QString differencesOf(const Finding &finding)
{
    QStringList lacking;
    QStringList besides;
    for (const QString &fact : finding.facts)
        (fact.startsWith(u'-') ? lacking : besides) << fact.sliced(1);
    QStringList parts;
    if (!lacking.isEmpty())
        parts << Findings::tr("it lacks %1").arg(lacking.join(QLatin1StringView("; ")));
    if (!besides.isEmpty())
        parts << Findings::tr("it has besides %1").arg(besides.join(QLatin1StringView("; ")));
    return parts.isEmpty() ? QString() : QStringLiteral(": ") + parts.join(QLatin1StringView(", "));
}

QString fact(const Finding &finding, qsizetype index)
{
    return finding.facts.value(index);
}

/// ": reason" or nothing.
QString because(const QString &reason)
{
    return reason.isEmpty() ? QString() : QStringLiteral(": ") + reason;
}

} // namespace

QString sentence(const Finding &finding)
{
    const QString shard = QString::number(finding.shard);
    // No default: the compiler names a code that is not worded.
    switch (finding.code) {
    case FindingCode::InstanceUnreachable:
        return sentence(finding.error);
    case FindingCode::InstanceUnchecked:
        if (finding.count > 0)
            return Findings::tr("%1 on %2 and others there, %3 tables in all, were not checked: %4")
                .arg(finding.table, finding.instance, format::count(finding.count + 1), sentence(finding.error));
        return finding.table.isEmpty()
            ? Findings::tr("%1 was not checked whole: %2").arg(finding.instance, sentence(finding.error))
            : Findings::tr("%1 on %2 was not checked: %3")
                  .arg(finding.table, finding.instance, sentence(finding.error));
    case FindingCode::InstanceReadOnly:
        return Findings::tr("The connection to %1 ends at a replica.").arg(finding.instance);
    case FindingCode::PoolerBetween:
        return Findings::tr("The connection to %1 goes through a transaction pooler: what a session sets is lost.")
            .arg(finding.instance);
    case FindingCode::SessionPoolerBetween:
        return Findings::tr("The connection to %1 goes through a session pooler.").arg(finding.instance);
    case FindingCode::IdentityDiffers:
        return Findings::tr("The server behind %1 is not the one the directory knows by that name: %2, known as %3.")
            .arg(finding.instance, fact(finding, 0), fact(finding, 1));
    case FindingCode::InstanceDuplicate:
        return Findings::tr("%1 is the same database as %2.").arg(finding.instance, finding.other);
    case FindingCode::ShardUnplaced:
        return Findings::tr("The map has no place for logical shard %1.").arg(shard);
    case FindingCode::ShardMissing:
        return Findings::tr("Logical shard %1 should be on %2, which has no schema for it.")
            .arg(shard, finding.instance);
    case FindingCode::ShardTwice:
        return Findings::tr("Logical shard %1 is on %2 as well as on its owner %3.")
            .arg(shard, finding.instance, finding.other);
    case FindingCode::TableMissing:
        return Findings::tr("%1 has no table %2.").arg(finding.instance, tableOf(finding));
    case FindingCode::TableDiffers:
        return Findings::tr("%1 on %2 is not like the others (%3)%4.")
            .arg(tableOf(finding), finding.instance, finding.other, differencesOf(finding));
    case FindingCode::KeyColumnMissing:
        return Findings::tr("%1 on %2 has no column %3, its shard key.")
            .arg(tableOf(finding), finding.instance, fact(finding, 0));
    case FindingCode::KeyNotInPrimaryKey:
        return Findings::tr("The primary key of %1 on %2 does not hold its shard key %3.")
            .arg(tableOf(finding), finding.instance, fact(finding, 0));
    case FindingCode::ReferenceDiffers:
        return Findings::tr("The reference table %1 on %2 (rows: %3) does not hold the same as on %4 (rows: %5).")
            .arg(finding.table, finding.instance, format::count(fact(finding, 0).toLongLong()), finding.other,
                 format::count(fact(finding, 1).toLongLong()));
    case FindingCode::RowsMisplaced:
        return Findings::tr("%1 rows of %2 on %3 belong elsewhere, among them keys %4.")
            .arg(format::count(finding.count), finding.table, finding.instance,
                 finding.facts.join(QLatin1StringView(", ")));
    case FindingCode::RowsNotChecked:
        return Findings::tr("Rows were not looked for in wrong places: the routing gives no condition on the key%1.")
            .arg(because(fact(finding, 0)));
    case FindingCode::NoPredicate:
        return Findings::tr("Logical shards cannot move: the routing gives no condition on the key%1.")
            .arg(because(fact(finding, 0)));
    case FindingCode::FewShardsPerInstance:
        return Findings::tr("%1 logical shards on %2 instances are fewer than %3 each.")
            .arg(fact(finding, 0), fact(finding, 1), fact(finding, 2));
    case FindingCode::FewVirtualNodes:
        return Findings::tr("A logical shard has %1 virtual nodes on the ring, fewer than %2.")
            .arg(fact(finding, 0), fact(finding, 1));
    case FindingCode::ManySchemas:
        return Findings::tr("%1 holds %2 schemas, more than %3.")
            .arg(finding.instance, format::count(fact(finding, 0).toLongLong()),
                 format::count(fact(finding, 1).toLongLong()));
    case FindingCode::RangeNearEnd:
        return Findings::tr("The last range, logical shard %1 on %2, is near its end: the greatest key is %3 of %4.")
            .arg(shard, finding.instance, fact(finding, 0), fact(finding, 1));
    case FindingCode::AbsOfHash:
        return Findings::tr("The routing takes abs() of a hash, which fails for the smallest number: %1.")
            .arg(fact(finding, 0));
    }
    return {};
}

QString advice(const Finding &finding)
{
    switch (finding.code) {
    case FindingCode::InstanceUnreachable:
    case FindingCode::InstanceUnchecked:
        return advice(finding.error);
    case FindingCode::InstanceReadOnly:
        return Findings::tr("Add target_session_attrs=read-write, or name the primary.");
    case FindingCode::PoolerBetween:
        return Findings::tr("Give the instance a direct connection string.");
    case FindingCode::IdentityDiffers:
        return Findings::tr("Correct the connection string; if the server was rebuilt on purpose, edit the instance.");
    case FindingCode::InstanceDuplicate:
        return Findings::tr("Correct one of the two connection strings.");
    case FindingCode::ShardUnplaced:
        return Findings::tr("If it held nothing when the directory was adopted, detach the directory and adopt again "
                            "with --place-empty; else find out where its data is first.");
    case FindingCode::ShardMissing:
        return Findings::tr("Find out where its data is before anything writes to it.");
    case FindingCode::ShardTwice:
        return Findings::tr("Compare the two, then drop the copy that is not the owner's.");
    case FindingCode::TableMissing:
    case FindingCode::TableDiffers:
    case FindingCode::KeyColumnMissing:
        return Findings::tr("Run the same migrations everywhere.");
    case FindingCode::KeyNotInPrimaryKey:
        return Findings::tr("Add the shard key to the primary key: moves find rows by it.");
    case FindingCode::ReferenceDiffers:
        return Findings::tr("Copy the table anew from the instance that is right.");
    case FindingCode::RowsMisplaced:
        return Findings::tr("Move the rows to where their keys route, or pin the tenants.");
    case FindingCode::NoPredicate:
        return Findings::tr("Use a routing of built-in immutable functions, or the schema layout.");
    case FindingCode::FewShardsPerInstance:
        return Findings::tr("Too few to spread load evenly; plan for more before the data grows.");
    case FindingCode::FewVirtualNodes:
        return Findings::tr("The shards will be of very different sizes.");
    case FindingCode::ManySchemas:
        return Findings::tr("Catalogs and backups slow down; spread the shards over more instances.");
    case FindingCode::RangeNearEnd:
        return Findings::tr("Add the next range in time.");
    case FindingCode::AbsOfHash:
        return Findings::tr("Mask the hash with & instead; keys move when the expression changes.");
    case FindingCode::SessionPoolerBetween:
    case FindingCode::RowsNotChecked:
        break;
    }
    return {};
}

QString severityName(FindingSeverity severity)
{
    switch (severity) {
    case FindingSeverity::Stop:
        return QStringLiteral("stop");
    case FindingSeverity::Warn:
        return QStringLiteral("warn");
    case FindingSeverity::Info:
        return QStringLiteral("info");
    }
    return {};
}

} // namespace shardhelm::wording
