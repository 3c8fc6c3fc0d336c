// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/detail/asker.h"

#include <QString>

#include <optional>
#include <vector>

namespace shardhelm::monitor::detail {

/// Who reads a server's WAL. Unset figures are unknown or hidden from the role.
struct WalReader
{
    int pid = 0;
    QString application;
    QString client; ///< address; empty: through a socket, or hidden
    QString user;
    QString state; ///< "streaming", "catchup", "startup", "backup"; empty: hidden
    QString sync; ///< "async", "sync", "quorum", "potential"
    QString slot;
    std::optional<qint64> unsentBytes;
    std::optional<qint64> unflushedBytes;
    std::optional<qint64> lagBytes; ///< written here, not replayed there
    std::optional<double> writeSeconds;
    std::optional<double> flushSeconds;
    std::optional<double> replaySeconds; ///< unset while it is idle and caught up
    std::optional<double> replyAgeSeconds; ///< since its last message
    double connectedSeconds = 0;

    bool operator==(const WalReader &) const = default;
};

struct ReplicationSlot
{
    QString name;
    bool logical = false;
    QString plugin;
    QString database;
    bool active = false;
    int pid = 0;
    bool temporary = false;
    std::optional<qint64> retainedBytes; ///< WAL kept for it
    std::optional<qint64> unconfirmedBytes; ///< logical: not yet confirmed by its reader
    QString walStatus; ///< "reserved", "extended", "unreserved", "lost"; empty: unknown
    std::optional<qint64> safeBytes; ///< that may still be written before WAL it needs is removed; unset: no limit
    std::optional<qint64> xminAge; ///< transactions since the oldest one that it keeps vacuum from cleaning behind

    bool operator==(const ReplicationSlot &) const = default;
};

struct Subscription
{
    QString name;
    bool enabled = false;
    QString slot;
    QString publications;
    int pid = 0; ///< 0: no worker runs
    std::optional<double> messageAgeSeconds;
    int tables = 0;
    int tablesNotReady = 0; ///< still copying or catching up
    std::optional<qint64> applyErrors;
    std::optional<qint64> syncErrors;

    bool operator==(const Subscription &) const = default;
};

struct Publication
{
    QString name;
    QString owner;
    bool allTables = false;
    int tables = 0;
    int filtered = 0; ///< tables with a row filter
    QString operations; ///< "insert, update, delete, truncate"

    bool operator==(const Publication &) const = default;
};

/// The receiving end of a replica.
struct WalReceiver
{
    QString status; ///< empty: none runs, or hidden
    QString sender;
    QString slot;
    std::optional<qint64> unappliedBytes;
    std::optional<double> messageAgeSeconds;
    std::optional<double> appliedAgeSeconds; ///< of the last applied transaction
    bool paused = false;

    bool operator==(const WalReceiver &) const = default;
};

/// Everything about replication of one server.
struct Replication
{
    std::vector<WalReader> readers;
    std::vector<ReplicationSlot> replicationSlots;
    std::vector<Subscription> subscriptions;
    std::vector<Publication> publications;
    std::optional<WalReceiver> receiver; ///< of a replica
    bool positionsHidden = false; ///< the role may not see how far the readers are
};

/// Blocking.
Result<Replication> readReplication(Asker &asker, const Target &target, const Wait &wait);

} // namespace shardhelm::monitor::detail
