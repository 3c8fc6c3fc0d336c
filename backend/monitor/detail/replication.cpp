// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/detail/replication.h"

#include "core/sqltext.h"

#include <algorithm>

namespace shardhelm::monitor::detail {

namespace {

constexpr Milliseconds timeout{5000};

std::vector<WalReader> readReaders(const pg::Rows &rows)
{
    std::vector<WalReader> readers;
    for (int row = 0; row < rows.count(); ++row) {
        const auto bytes = [&](const char *name) { return rows.optionalInteger(row, rows.column(name)); };
        const auto seconds = [&](const char *name) { return rows.optionalNumber(row, rows.column(name)); };
        WalReader reader;
        reader.pid = static_cast<int>(rows.integer(row, rows.column("pid")));
        reader.application = rows.text(row, rows.column("application_name"));
        reader.client = rows.text(row, rows.column("client"));
        reader.user = rows.text(row, rows.column("usename"));
        reader.state = rows.text(row, rows.column("state"));
        reader.sync = rows.text(row, rows.column("sync_state"));
        reader.slot = rows.text(row, rows.column("slot_name"));
        reader.unsentBytes = bytes("unsent_bytes");
        reader.unflushedBytes = bytes("unflushed_bytes");
        reader.lagBytes = bytes("lag_bytes");
        reader.writeSeconds = seconds("write_seconds");
        reader.flushSeconds = seconds("flush_seconds");
        reader.replaySeconds = seconds("replay_seconds");
        reader.replyAgeSeconds = seconds("reply_age_seconds");
        reader.connectedSeconds = rows.number(row, rows.column("connected_seconds"));
        readers.push_back(std::move(reader));
    }
    return readers;
}

std::vector<ReplicationSlot> readSlots(const pg::Rows &rows)
{
    std::vector<ReplicationSlot> result;
    for (int row = 0; row < rows.count(); ++row) {
        ReplicationSlot slot;
        slot.name = rows.text(row, rows.column("name"));
        slot.logical = rows.text(row, rows.column("type")) == u"logical";
        slot.plugin = rows.text(row, rows.column("plugin"));
        slot.database = rows.text(row, rows.column("database"));
        slot.active = rows.boolean(row, rows.column("active"));
        slot.pid = static_cast<int>(rows.integer(row, rows.column("active_pid")));
        slot.temporary = rows.boolean(row, rows.column("temporary"));
        slot.retainedBytes = rows.optionalInteger(row, rows.column("retained_bytes"));
        slot.unconfirmedBytes = rows.optionalInteger(row, rows.column("unconfirmed_bytes"));
        slot.walStatus = rows.text(row, rows.column("wal_status"));
        slot.safeBytes = rows.optionalInteger(row, rows.column("safe_bytes"));
        const auto xmin = rows.optionalInteger(row, rows.column("xmin_age"));
        const auto catalog = rows.optionalInteger(row, rows.column("catalog_xmin_age"));
        slot.xminAge = xmin && catalog ? std::max(*xmin, *catalog) : xmin ? xmin : catalog;
        result.push_back(std::move(slot));
    }
    return result;
}

std::vector<Subscription> readSubscriptions(const pg::Rows &rows)
{
    std::vector<Subscription> result;
    for (int row = 0; row < rows.count(); ++row) {
        Subscription subscription;
        subscription.name = rows.text(row, rows.column("name"));
        subscription.enabled = rows.boolean(row, rows.column("enabled"));
        subscription.slot = rows.text(row, rows.column("slot"));
        subscription.publications = rows.text(row, rows.column("publications"));
        subscription.pid = static_cast<int>(rows.integer(row, rows.column("pid")));
        subscription.messageAgeSeconds = rows.optionalNumber(row, rows.column("message_age_seconds"));
        subscription.tables = static_cast<int>(rows.integer(row, rows.column("tables")));
        subscription.tablesNotReady = static_cast<int>(rows.integer(row, rows.column("tables_not_ready")));
        subscription.applyErrors = rows.optionalInteger(row, rows.column("apply_errors"));
        subscription.syncErrors = rows.optionalInteger(row, rows.column("sync_errors"));
        result.push_back(std::move(subscription));
    }
    return result;
}

std::vector<Publication> readPublications(const pg::Rows &rows)
{
    std::vector<Publication> result;
    for (int row = 0; row < rows.count(); ++row) {
        result.push_back(
            {rows.text(row, rows.column("name")), rows.text(row, rows.column("owner")),
             rows.boolean(row, rows.column("all_tables")), static_cast<int>(rows.integer(row, rows.column("tables"))),
             static_cast<int>(rows.integer(row, rows.column("filtered"))), rows.text(row, rows.column("operations"))});
    }
    return result;
}

std::optional<WalReceiver> readReceiver(const pg::Rows &rows)
{
    if (rows.isEmpty())
        return std::nullopt;
    return WalReceiver{rows.text(0, rows.column("status")),
                       rows.text(0, rows.column("sender")),
                       rows.text(0, rows.column("slot_name")),
                       rows.optionalInteger(0, rows.column("unapplied_bytes")),
                       rows.optionalNumber(0, rows.column("message_age_seconds")),
                       rows.optionalNumber(0, rows.column("applied_age_seconds")),
                       rows.boolean(0, rows.column("paused"))};
}

} // namespace

Result<Replication> readReplication(Asker &asker, const Target &target, const Wait &wait)
{
    const Question question{target,
                            {{sqlText("detail/senders"), {}},
                             {sqlText("detail/slots"), {}},
                             {sqlText("detail/subscriptions"), {}},
                             {sqlText("detail/publications"), {}},
                             {sqlText("detail/receiver"), {}}}};
    const Answer answer = asker.ask(question, timeout, wait);
    if (!answer)
        return Failure(answer.error());
    for (const Result<pg::Rows> &rows : *answer) {
        if (!rows)
            return Failure(rows.error());
    }
    Replication replication;
    replication.readers = readReaders(*(*answer)[0]);
    replication.replicationSlots = readSlots(*(*answer)[1]);
    replication.subscriptions = readSubscriptions(*(*answer)[2]);
    replication.publications = readPublications(*(*answer)[3]);
    replication.receiver = readReceiver(*(*answer)[4]);
    replication.positionsHidden = std::any_of(replication.readers.begin(), replication.readers.end(),
                                              [](const WalReader &reader) { return reader.state.isEmpty(); });
    return replication;
}

} // namespace shardhelm::monitor::detail
