// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/recording/writer.h"

#include "monitor/recording/coarsen.h"
#include "monitor/recording/figureblock.h"
#include "pg/conninfo.h"

#include <QCryptographicHash>

#include <algorithm>

namespace shardhelm::monitor::recording {

namespace {

/// Between two looks at the limits.
constexpr qint64 tidyEveryMs = 60000;
/// How full a ring gets, in percent of its limit, before the oldest part goes; and how far it goes down then.
constexpr qint64 fullPercent = 95;
constexpr qint64 afterPercent = 85;

} // namespace

Result<RecordingWriter> RecordingWriter::open(const QString &path, Form form, const About &about)
{
    auto database = openForWriting(path, form, about);
    if (!database)
        return Failure(database.error());
    return RecordingWriter(std::move(*database));
}

Result<int> RecordingWriter::number(const QString &table, QHash<QString, int> &known, const QString &name) const
{
    const auto found = known.constFind(name);
    if (found != known.constEnd())
        return *found;
    const auto added = m_database.run(QStringLiteral("INSERT OR IGNORE INTO %1 (name) VALUES (?)").arg(table), {name});
    if (!added)
        return Failure(added.error());
    const auto id = m_database.number(QStringLiteral("SELECT id FROM %1 WHERE name = ?").arg(table), {name});
    if (!id)
        return Failure(id.error());
    known.insert(name, static_cast<int>(*id));
    return static_cast<int>(*id);
}

Result<void> RecordingWriter::writeRows(const Batch &batch)
{
    if (batch.rows.empty())
        return {};
    FigureBlock block;
    for (const QString &metric : batch.metrics) {
        const auto id = number(QStringLiteral("metric"), m_metrics, metric);
        if (!id)
            return Failure(id.error());
        block.metrics.push_back(*id);
    }
    qint64 from = batch.rows.front().at;
    qint64 to = from;
    for (const NamedRow &row : batch.rows) {
        const auto id = number(QStringLiteral("server"), m_servers, row.server);
        if (!id)
            return Failure(id.error());
        block.rows.push_back({*id, row.at, row.figures});
        from = std::min(from, row.at);
        to = std::max(to, row.at);
    }
    const auto added =
        m_database.run(QStringLiteral("INSERT INTO block (level, from_ms, to_ms, data) VALUES (?, ?, ?, ?)"),
                       {fullLevel, from, to, encodeBlock(std::move(block))});
    if (!added)
        return Failure(added.error());
    return {};
}

Result<void> RecordingWriter::writeFact(const Fact &fact)
{
    int server = 0;
    if (!fact.server.isEmpty()) {
        const auto id = number(QStringLiteral("server"), m_servers, fact.server);
        if (!id)
            return Failure(id.error());
        server = *id;
    }
    const QByteArray data = packedFact(fact.content);
    const QByteArray digest = QCryptographicHash::hash(data, QCryptographicHash::Md5);
    QByteArray &last = m_lastFacts[{fact.kind, fact.server}];
    if (last == digest)
        return {};
    const auto added =
        m_database.run(QStringLiteral("INSERT INTO fact (at_ms, server, kind, data) VALUES (?, ?, ?, ?)"),
                       {fact.at, server, fact.kind, data});
    if (!added)
        return Failure(added.error());
    last = digest;
    return {};
}

Result<void> RecordingWriter::writeMarker(const Marker &marker) const
{
    // SQLite tells a null string from an empty one.
    const auto text = [](const QString &value) { return value.isNull() ? QStringLiteral("") : value; };
    const auto added =
        m_database.run(QStringLiteral("INSERT OR IGNORE INTO marker (at_ms, text, who, host) VALUES (?, ?, ?, ?)"),
                       {marker.at, pg::redacted(text(marker.text)), text(marker.who), text(marker.host)});
    if (!added)
        return Failure(added.error());
    return {};
}

Result<void> RecordingWriter::write(const Batch &batch)
{
    auto done = m_database.transaction([&]() -> Result<void> {
        if (auto rows = writeRows(batch); !rows)
            return rows;
        for (const Fact &fact : batch.facts) {
            if (auto written = writeFact(fact); !written)
                return written;
        }
        for (const Marker &marker : batch.markers) {
            if (auto written = writeMarker(marker); !written)
                return written;
        }
        return {};
    });
    if (!done) {
        // Numbers given and facts written in the transaction are gone with it.
        m_servers.clear();
        m_metrics.clear();
        m_lastFacts.clear();
    }
    return done;
}

Result<qint64> RecordingWriter::usedBytes() const
{
    qint64 result = 0;
    const auto pages = m_database.number(QStringLiteral("PRAGMA page_count"));
    const auto size = m_database.number(QStringLiteral("PRAGMA page_size"));
    if (!pages || !size)
        return Failure(pages ? size.error() : pages.error());
    result = *pages * *size;
    return result;
}

Result<void> RecordingWriter::drop(qint64 before) const
{
    return m_database.transaction([&]() -> Result<void> {
        for (const QString &sql : {
                 QStringLiteral("DELETE FROM block WHERE to_ms < ?"),
                 QStringLiteral("DELETE FROM marker WHERE at_ms < ?"),
                 // The last fact of its kind before the span says how things stood when it began.
                 QStringLiteral("DELETE FROM fact WHERE at_ms < ? AND EXISTS (SELECT 1 FROM fact newer WHERE "
                                "newer.kind = fact.kind AND newer.server = fact.server AND newer.at_ms > fact.at_ms "
                                "AND newer.at_ms <= ?)"),
             }) {
            QVariantList parameters{before};
            if (sql.count(u'?') == 2)
                parameters << before;
            if (const auto done = m_database.run(sql, parameters); !done)
                return Failure(done.error());
        }
        return {};
    });
}

Result<void> RecordingWriter::shrink(qint64 bytes) const
{
    auto used = usedBytes();
    if (!used)
        return Failure(used.error());
    if (*used <= bytes / 100 * fullPercent)
        return {};
    while (*used > bytes / 100 * afterPercent) {
        const auto oldest =
            m_database.number(QStringLiteral("SELECT to_ms FROM block ORDER BY level DESC, from_ms LIMIT 1"));
        const auto left = m_database.number(QStringLiteral("SELECT count(*) FROM block"));
        if (!oldest || !left)
            return Failure(oldest ? left.error() : oldest.error());
        if (*left == 0)
            return {};
        if (auto dropped = drop(*oldest + 1); !dropped)
            return dropped;
        // Gives the pages back to the file system; one row per page, hence read to its end.
        auto vacuum = m_database.run(QStringLiteral("PRAGMA incremental_vacuum"));
        if (!vacuum)
            return Failure(vacuum.error());
        while (vacuum->next()) { }
        used = usedBytes();
        if (!used)
            return Failure(used.error());
    }
    return {};
}

Result<void> RecordingWriter::tidy(qint64 now, const Limits &limits)
{
    if (std::abs(now - m_tidiedAt) < tidyEveryMs)
        return {};
    m_tidiedAt = now;
    using std::chrono::milliseconds;
    if (auto done = coarsen(m_database, now - milliseconds(limits.full).count()); !done)
        return done;
    if (auto done = drop(now - milliseconds(limits.hours).count()); !done)
        return done;
    return shrink(limits.bytes);
}

} // namespace shardhelm::monitor::recording
