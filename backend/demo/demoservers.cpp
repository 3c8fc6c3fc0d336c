// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/demoservers.h"

namespace shardhelm::demo {

QMap<QString, QString> serverParameters(const QString &name)
{
    return {
        {QStringLiteral("cluster_name"), name},
        // Moves: a subscription, its table syncs and the way back, several at once.
        {QStringLiteral("wal_level"), QStringLiteral("logical")},
        {QStringLiteral("max_connections"), QStringLiteral("100")},
        {QStringLiteral("max_wal_senders"), QStringLiteral("20")},
        {QStringLiteral("max_replication_slots"), QStringLiteral("40")},
        {QStringLiteral("max_logical_replication_workers"), QStringLiteral("16")},
        {QStringLiteral("max_sync_workers_per_subscription"), QStringLiteral("4")},
        {QStringLiteral("max_worker_processes"), QStringLiteral("28")},
        // A replica that stays away must not fill the disk.
        {QStringLiteral("max_slot_wal_keep_size"), QStringLiteral("1GB")},
        {QStringLiteral("wal_receiver_status_interval"), QStringLiteral("1s")},
        // What the console reads.
        {QStringLiteral("shared_preload_libraries"), QStringLiteral("pg_stat_statements")},
        {QStringLiteral("track_io_timing"), QStringLiteral("on")},
        {QStringLiteral("track_functions"), QStringLiteral("pl")},
        {QStringLiteral("log_min_duration_statement"), QStringLiteral("1s")},
        {QStringLiteral("log_lock_waits"), QStringLiteral("on")},
        // Many servers on one computer.
        {QStringLiteral("shared_buffers"), QStringLiteral("32MB")},
        {QStringLiteral("max_wal_size"), QStringLiteral("256MB")},
        {QStringLiteral("min_wal_size"), QStringLiteral("32MB")},
        {QStringLiteral("ssl"), QStringLiteral("off")},
    };
}

} // namespace shardhelm::demo
