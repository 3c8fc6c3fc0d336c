// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/answers.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <algorithm>

namespace shardhelm::monitor {

namespace {

/// The one row that a statement of a sample answers with.
class Row
{
public:
    explicit Row(const pg::Rows &rows)
        : m_rows(rows)
    {
    }

    [[nodiscard]] bool boolean(const char *name) const { return m_rows.boolean(0, m_rows.column(name)); }
    [[nodiscard]] QString text(const char *name) const { return m_rows.text(0, m_rows.column(name)); }
    [[nodiscard]] qint64 integer(const char *name) const { return m_rows.integer(0, m_rows.column(name)); }
    [[nodiscard]] int count(const char *name) const { return static_cast<int>(integer(name)); }
    [[nodiscard]] double number(const char *name) const { return m_rows.number(0, m_rows.column(name)); }
    [[nodiscard]] std::optional<qint64> maybeInteger(const char *name) const
    {
        return m_rows.optionalInteger(0, m_rows.column(name));
    }
    [[nodiscard]] std::optional<double> maybeNumber(const char *name) const
    {
        return m_rows.optionalNumber(0, m_rows.column(name));
    }
    [[nodiscard]] QStringList array(const char *name) const { return m_rows.textArray(0, m_rows.column(name)); }
    [[nodiscard]] QJsonArray objects(const char *name) const
    {
        const int column = m_rows.column(name);
        return m_rows.isNull(0, column) ? QJsonArray() : QJsonDocument::fromJson(m_rows.bytes(0, column)).array();
    }

private:
    const pg::Rows &m_rows;
};

Failure unexpected(const QString &statement)
{
    return fail(ErrorCode::AnswerUnexpected, {}, statement);
}

std::optional<double> number(const QJsonValue &value)
{
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

std::optional<qint64> integer(const QJsonValue &value)
{
    return value.isDouble() ? std::optional(value.toInteger()) : std::nullopt;
}

std::vector<WaitEvent> readWaitEvents(const QStringList &lines)
{
    std::vector<WaitEvent> events;
    for (const QString &line : lines)
        events.push_back({line.section(u' ', 0, 0), line.section(u' ', 1, -2), line.section(u' ', -1).toInt()});
    return events;
}

std::optional<Blocker> readBlocker(const QStringList &lines)
{
    std::vector<std::pair<int, std::vector<int>>> edges;
    for (const QString &line : lines) {
        const QStringList pids = line.split(u' ', Qt::SkipEmptyParts);
        std::vector<int> by;
        for (qsizetype i = 1; i < pids.size(); ++i)
            by.push_back(pids[i].toInt());
        if (!by.empty())
            edges.emplace_back(pids.front().toInt(), std::move(by));
    }
    return rootBlocker(edges);
}

std::vector<Sender> readSenders(const QJsonArray &objects)
{
    std::vector<Sender> senders;
    for (const auto &value : objects) {
        const QJsonObject object = value.toObject();
        senders.push_back(
            {object[QLatin1StringView("application_name")].toString(),
             object[QLatin1StringView("slot_name")].toString(), object[QLatin1StringView("state")].toString(),
             integer(object[QLatin1StringView("lag_bytes")]), number(object[QLatin1StringView("lag_seconds")])});
    }
    return senders;
}

std::vector<Slot> readSlots(const QJsonArray &objects)
{
    std::vector<Slot> all;
    for (const auto &value : objects) {
        const QJsonObject object = value.toObject();
        all.push_back({object[QLatin1StringView("name")].toString(), object[QLatin1StringView("logical")].toBool(),
                       object[QLatin1StringView("active")].toBool(),
                       integer(object[QLatin1StringView("retained_bytes")]),
                       object[QLatin1StringView("wal_status")].toString()});
    }
    std::ranges::stable_sort(
        all, [](const Slot &a, const Slot &b) { return a.retainedBytes.value_or(-1) > b.retainedBytes.value_or(-1); });
    return all;
}

} // namespace

Result<ServerFacts> readServerFacts(const pg::Rows &rows)
{
    if (rows.count() != 1)
        return unexpected(QStringLiteral("monitor/server"));
    const Row row(rows);
    ServerFacts facts;
    // Distributions add their package version after a space.
    facts.version = row.text("version").section(u' ', 0, 0);
    facts.versionNumber = row.count("version_number");
    facts.maxConnections = row.count("max_connections");
    facts.seesAll = row.boolean("sees_all");
    facts.mayListWal = row.boolean("may_list_wal");
    facts.mayReadFiles = row.boolean("may_read_files");
    facts.serverKey = row.text("server_key");
    facts.database = static_cast<quint32>(row.integer("database"));
    facts.clusterName = row.text("cluster_name");
    facts.slotName = row.text("slot_name");
    facts.archiveMode = row.text("archive_mode");
    facts.walSegmentBytes = row.integer("wal_segment_bytes");
    return facts;
}

Result<Facts> readFacts(const pg::Rows &rows)
{
    if (rows.count() != 1)
        return unexpected(QStringLiteral("monitor/facts"));
    const Row row(rows);
    Facts facts;
    facts.inRecovery = row.boolean("in_recovery");
    Counters &counters = facts.counters;
    counters.at = row.number("now");
    counters.started = row.number("started");
    counters.statsReset = row.maybeNumber("stats_reset");
    counters.transactions = row.integer("transactions");
    counters.rollbacks = row.integer("rollbacks");
    counters.rowsRead = row.integer("rows_read");
    counters.rowsWritten = row.integer("rows_written");
    counters.blocksHit = row.integer("blocks_hit");
    counters.blocksRead = row.integer("blocks_read");
    counters.tempBytes = row.integer("temp_bytes");
    counters.deadlocks = row.integer("deadlocks");
    counters.conflicts = row.integer("conflicts");
    counters.sessionsLost = row.integer("sessions_lost");
    counters.walPosition = row.maybeInteger("written_position");
    facts.replica.received = row.maybeInteger("received_position");
    facts.replica.applied = row.maybeInteger("applied_position");
    facts.lastAppliedAge = row.maybeNumber("last_applied_age");
    facts.receiving = row.boolean("receiving");
    return facts;
}

Result<Activity> readActivity(const pg::Rows &rows)
{
    if (rows.count() != 1)
        return unexpected(QStringLiteral("monitor/activity"));
    const Row row(rows);
    Activity activity;
    activity.connections = row.count("connections");
    activity.autovacuumWorkers = row.count("autovacuum_workers");
    activity.active = row.count("active");
    activity.idle = row.count("idle");
    activity.idleInTransaction = row.count("idle_in_transaction");
    activity.aborted = row.count("aborted");
    activity.waiting = row.count("waiting");
    activity.blocked = row.count("blocked");
    activity.longestTransaction = row.number("longest_transaction");
    activity.longestStatement = row.number("longest_statement");
    activity.longestIdleInTransaction = row.number("longest_idle_in_transaction");
    activity.longestBlocked = row.maybeNumber("longest_blocked");
    activity.waitEvents = readWaitEvents(row.array("wait_events"));
    activity.blocker = readBlocker(row.array("blocking"));
    activity.senders = readSenders(row.objects("senders"));
    return activity;
}

std::optional<Blocker> rootBlocker(const std::vector<std::pair<int, std::vector<int>>> &edges)
{
    if (edges.empty())
        return std::nullopt;
    QHash<int, std::vector<int>> waits;
    for (const auto &[blocked, by] : edges)
        waits.insert(blocked, by);
    QHash<int, int> behind;
    for (const auto &[blocked, by] : edges) {
        QSet<int> seen{blocked};
        std::vector<int> open = by;
        bool rooted = false;
        int lowest = blocked;
        while (!open.empty()) {
            const int pid = open.back();
            open.pop_back();
            if (seen.contains(pid))
                continue;
            seen.insert(pid);
            lowest = std::min(lowest, pid);
            const auto further = waits.constFind(pid);
            if (further != waits.cend()) {
                open.insert(open.end(), further->begin(), further->end());
                continue;
            }
            ++behind[pid];
            rooted = true;
        }
        if (!rooted)
            ++behind[lowest];
    }
    Blocker worst;
    for (auto it = behind.cbegin(); it != behind.cend(); ++it) {
        if (it.value() > worst.blocked || (it.value() == worst.blocked && it.key() < worst.pid))
            worst = {it.key(), it.value()};
    }
    return worst;
}

std::optional<qint64> endOfWalFile(const QString &name, qint64 segmentBytes)
{
    if (name.size() < 24 || segmentBytes <= 0)
        return std::nullopt;
    bool highGood = false;
    bool lowGood = false;
    const qint64 high = name.mid(8, 8).toLongLong(&highGood, 16);
    const qint64 low = name.mid(16, 8).toLongLong(&lowGood, 16);
    if (!highGood || !lowGood)
        return std::nullopt;
    return (high << 32) + (low + 1) * segmentBytes;
}

Result<Upkeep> readUpkeep(const pg::Rows &rows, qint64 walSegmentBytes)
{
    if (rows.count() != 1)
        return unexpected(QStringLiteral("monitor/upkeep"));
    const Row row(rows);
    Upkeep upkeep;
    if (const auto timeline = row.maybeInteger("timeline"))
        upkeep.timeline = static_cast<int>(*timeline);
    upkeep.slots = readSlots(row.objects("slots"));
    upkeep.archiverFails = row.boolean("archiver_fails");
    upkeep.lastArchivedAge = row.maybeNumber("last_archived_age");
    const auto archived = endOfWalFile(row.text("last_archived_wal"), walSegmentBytes);
    const auto position = row.maybeInteger("position");
    if (archived && position)
        upkeep.archiveBacklogBytes = std::max<qint64>(0, *position - *archived);
    upkeep.transactionIdAge = row.maybeInteger("transaction_id_age");
    upkeep.multixactAge = row.maybeInteger("multixact_age");
    upkeep.prepared = row.count("prepared");
    upkeep.oldestPrepared = row.number("oldest_prepared");
    return upkeep;
}

Result<CheckpointCounters> readCheckpoints(const pg::Rows &rows)
{
    if (rows.count() != 1)
        return unexpected(QStringLiteral("monitor/checkpoints"));
    const Row row(rows);
    return CheckpointCounters{row.number("now"), row.integer("checkpoints"), row.integer("requested"),
                              row.maybeNumber("stats_reset")};
}

} // namespace shardhelm::monitor
