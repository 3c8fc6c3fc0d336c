// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/replicationrows.h"

#include "format/units.h"

namespace shardhelm {

using monitor::detail::Replication;

namespace {

template <typename Number>
QJsonValue json(const std::optional<Number> &value)
{
    return value ? QJsonValue(static_cast<double>(*value)) : QJsonValue();
}

QJsonValue json(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonValue pid(int value)
{
    return value > 0 ? QJsonValue(value) : QJsonValue();
}

/// A figure that is hidden from the role when the whole reader is.
FactCell figure(const QJsonValue &value, bool hidden)
{
    FactCell cell{value};
    cell.notPermitted = hidden;
    return cell;
}

} // namespace

std::vector<FactColumn> ReplicationRows::readerColumns()
{
    using Kind = FactColumn::Kind;
    return {
        {QStringLiteral("name"), tr("reader"), tr("application_name of its connection"), Kind::Text, 180},
        {QStringLiteral("state"), tr("state"), {}, Kind::Text, 110},
        {QStringLiteral("sync"), tr("commits wait for it"), tr("sync_state"), Kind::Text, 130},
        {QStringLiteral("lag_bytes"), tr("lag"), tr("Written here, not replayed there"), Kind::Bytes, 90},
        {QStringLiteral("replay_seconds"), tr("lag, time"),
         tr("Time from the flush here to the replay there; empty while idle and caught up"), Kind::Seconds, 90},
        {QStringLiteral("reply_age_seconds"), tr("last message"), tr("Since its last message"), Kind::Seconds, 100},
        {QStringLiteral("unsent_bytes"), tr("not sent"), {}, Kind::Bytes, 90},
        {QStringLiteral("unflushed_bytes"), tr("not flushed"), {}, Kind::Bytes, 90},
        {QStringLiteral("write_seconds"), tr("write lag"), {}, Kind::Seconds, 90, false},
        {QStringLiteral("flush_seconds"), tr("flush lag"), {}, Kind::Seconds, 90, false},
        {QStringLiteral("slot"), tr("slot"), {}, Kind::Text, 150},
        {QStringLiteral("client"), tr("client"), {}, Kind::Text, 120},
        {QStringLiteral("user"), tr("role"), {}, Kind::Text, 100, false},
        {QStringLiteral("connected_seconds"), tr("connected"), {}, Kind::Seconds, 100},
        {QStringLiteral("pid"), tr("pid"), {}, Kind::Text, 70},
    };
}

std::vector<FactRow> ReplicationRows::readers(const Replication &replication)
{
    std::vector<FactRow> rows;
    for (const auto &reader : replication.readers) {
        const bool hidden = reader.state.isEmpty();
        FactCell state{json(reader.state)};
        state.notPermitted = hidden;
        if (!hidden)
            state.pip = reader.state == u"streaming" ? Condition::Healthy : Condition::Degraded;
        rows.push_back({QString::number(reader.pid),
                        {{json(reader.application)},
                         state,
                         figure(json(reader.sync), hidden),
                         figure(json(reader.lagBytes), hidden),
                         figure(json(reader.replaySeconds), hidden),
                         figure(json(reader.replyAgeSeconds), hidden),
                         figure(json(reader.unsentBytes), hidden),
                         figure(json(reader.unflushedBytes), hidden),
                         figure(json(reader.writeSeconds), hidden),
                         figure(json(reader.flushSeconds), hidden),
                         {json(reader.slot)},
                         figure(json(reader.client), hidden),
                         {json(reader.user)},
                         figure(hidden ? QJsonValue() : QJsonValue(reader.connectedSeconds), hidden),
                         {pid(reader.pid), QString::number(reader.pid)}}});
    }
    return rows;
}

std::vector<FactColumn> ReplicationRows::slotColumns()
{
    using Kind = FactColumn::Kind;
    return {
        {QStringLiteral("name"), tr("slot"), {}, Kind::Text, 220},
        {QStringLiteral("active"), tr("used"), tr("Whether somebody reads from it"), Kind::Text, 110},
        {QStringLiteral("retained_bytes"), tr("keeps WAL"), tr("WAL that is not removed because of it"), Kind::Bytes,
         100},
        {QStringLiteral("wal_status"), tr("WAL status"),
         tr("reserved: within max_wal_size; extended: beyond it, kept; unreserved: about to be removed; lost: removed, "
            "the "
            "reader must start anew"),
         Kind::Text, 110},
        {QStringLiteral("safe_bytes"), tr("until lost"),
         tr("WAL that may still be written before what it needs is removed; empty: no limit is set"), Kind::Bytes, 100},
        {QStringLiteral("unconfirmed_bytes"), tr("not confirmed"),
         tr("Logical: sent or not, not confirmed by its reader"), Kind::Bytes, 110},
        {QStringLiteral("type"), tr("type"), {}, Kind::Text, 80},
        {QStringLiteral("database"), tr("database"), {}, Kind::Text, 110},
        {QStringLiteral("plugin"), tr("plugin"), {}, Kind::Text, 90},
        {QStringLiteral("xmin_age"), tr("holds vacuum back"),
         tr("Transactions since the oldest one whose rows it keeps"), Kind::Count, 130},
        {QStringLiteral("pid"), tr("pid"), {}, Kind::Text, 70},
        {QStringLiteral("temporary"), tr("temporary"), {}, Kind::Text, 80, false},
    };
}

std::vector<FactRow> ReplicationRows::replicationSlots(const Replication &replication)
{
    std::vector<FactRow> rows;
    for (const auto &slot : replication.replicationSlots) {
        FactCell active{slot.active, slot.active ? tr("yes") : tr("not used")};
        active.pip = slot.active ? Condition::Healthy : Condition::Degraded;
        FactCell status{json(slot.walStatus)};
        const bool lost = slot.walStatus == u"lost";
        const bool risky = slot.walStatus == u"unreserved";
        if (lost || risky)
            status.pip = lost ? Condition::Worst : Condition::Degraded;
        status.marked = lost || risky;
        FactCell retained{json(slot.retainedBytes)};
        retained.marked = !slot.active && slot.retainedBytes.value_or(0) > 0;
        rows.push_back({slot.name,
                        {{slot.name},
                         active,
                         retained,
                         status,
                         {json(slot.safeBytes)},
                         {json(slot.unconfirmedBytes)},
                         {slot.logical ? tr("logical") : tr("physical")},
                         {json(slot.database)},
                         {json(slot.plugin)},
                         {json(slot.xminAge)},
                         {pid(slot.pid), slot.pid > 0 ? QString::number(slot.pid) : QString()},
                         {slot.temporary}}});
    }
    return rows;
}

std::vector<FactColumn> ReplicationRows::subscriptionColumns()
{
    using Kind = FactColumn::Kind;
    return {
        {QStringLiteral("name"), tr("subscription"), {}, Kind::Text, 220},
        {QStringLiteral("state"), tr("state"), {}, Kind::Text, 130},
        {QStringLiteral("publications"), tr("publications"), {}, Kind::Text, 200},
        {QStringLiteral("message_age_seconds"), tr("last message"), {}, Kind::Seconds, 100},
        {QStringLiteral("tables"), tr("tables"), {}, Kind::Count, 70},
        {QStringLiteral("tables_not_ready"), tr("still copying"), {}, Kind::Count, 100},
        {QStringLiteral("apply_errors"), tr("apply errors"), {}, Kind::Count, 96},
        {QStringLiteral("sync_errors"), tr("copy errors"), {}, Kind::Count, 96},
        {QStringLiteral("slot"), tr("slot"), {}, Kind::Text, 180},
        {QStringLiteral("pid"), tr("pid"), {}, Kind::Text, 70},
    };
}

std::vector<FactRow> ReplicationRows::subscriptions(const Replication &replication)
{
    std::vector<FactRow> rows;
    for (const auto &one : replication.subscriptions) {
        FactCell state;
        if (!one.enabled)
            state = {QStringLiteral("disabled"), tr("disabled"), {}, Condition::Stale};
        else if (one.pid == 0)
            state = {QStringLiteral("stopped"), tr("no worker runs"), {}, Condition::Degraded, {}, true};
        else
            state = {QStringLiteral("running"), tr("running"), {}, Condition::Healthy};
        FactCell apply{json(one.applyErrors)};
        apply.marked = one.applyErrors.value_or(0) > 0;
        FactCell sync{json(one.syncErrors)};
        sync.marked = one.syncErrors.value_or(0) > 0;
        rows.push_back({one.name,
                        {{one.name},
                         state,
                         {json(one.publications)},
                         {json(one.messageAgeSeconds)},
                         {one.tables},
                         {one.tablesNotReady},
                         apply,
                         sync,
                         {json(one.slot)},
                         {pid(one.pid), one.pid > 0 ? QString::number(one.pid) : QString()}}});
    }
    return rows;
}

std::vector<FactColumn> ReplicationRows::publicationColumns()
{
    using Kind = FactColumn::Kind;
    return {
        {QStringLiteral("name"), tr("publication"), {}, Kind::Text, 240},
        {QStringLiteral("tables"), tr("tables"), {}, Kind::Count, 80},
        {QStringLiteral("filtered"), tr("with row filter"), {}, Kind::Count, 110},
        {QStringLiteral("all_tables"), tr("all tables"), {}, Kind::Text, 90},
        {QStringLiteral("operations"), tr("operations"), {}, Kind::Text, 220},
        {QStringLiteral("owner"), tr("owner"), {}, Kind::Text, 120},
    };
}

std::vector<FactRow> ReplicationRows::publications(const Replication &replication)
{
    std::vector<FactRow> rows;
    for (const auto &one : replication.publications)
        rows.push_back(
            {one.name, {{one.name}, {one.tables}, {one.filtered}, {one.allTables}, {one.operations}, {one.owner}}});
    return rows;
}

QString ReplicationRows::receiver(const Replication &replication)
{
    if (!replication.receiver)
        return {};
    const auto &receiver = *replication.receiver;
    QStringList parts;
    if (receiver.status.isEmpty())
        parts << tr("no WAL receiver runs, or the role may not see it");
    else
        parts << (receiver.sender.isEmpty() ? tr("WAL receiver %1").arg(receiver.status)
                                            : tr("WAL receiver %1 from %2").arg(receiver.status, receiver.sender));
    if (receiver.unappliedBytes)
        parts << tr("%1 received and not applied").arg(format::bytes(*receiver.unappliedBytes));
    if (receiver.appliedAgeSeconds)
        parts << tr("last applied transaction %1 ago").arg(format::duration(*receiver.appliedAgeSeconds));
    if (receiver.paused)
        parts << tr("replay is paused");
    return parts.join(QStringLiteral(" · "));
}

} // namespace shardhelm
