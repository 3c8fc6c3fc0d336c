// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/recording/reader.h"

#include "monitor/recording/curves.h"

#include <algorithm>

namespace shardhelm::monitor::recording {

namespace {

/// No blob of ours is larger; what a damaged file claims must not fill the memory.
constexpr qint64 mostBlobBytes = 64LL << 20;
/// Samples of one cycle come within a moment of each other: their block begins a little before its last row.
constexpr qint64 blockSlackMs = 10 * 60 * 1000;

/// The blob of a column, or an empty one where it is too large.
QString blob()
{
    return QStringLiteral("CASE WHEN length(data) <= %1 THEN data END").arg(mostBlobBytes);
}

bool byTime(const Point &a, const Point &b)
{
    return a.at < b.at;
}

} // namespace

Result<RecordingReader> RecordingReader::open(const QString &path)
{
    auto database = openForReading(path);
    if (!database)
        return Failure(database.error());
    auto about = readAbout(*database);
    if (!about)
        return Failure(about.error());
    RecordingReader reader(std::move(*database), std::move(*about));
    if (const auto names = reader.readNames(); !names)
        return Failure(names.error());
    return reader;
}

Result<void> RecordingReader::readNames()
{
    for (auto [table, names] :
         {std::pair(QStringLiteral("server"), &m_servers), {QStringLiteral("metric"), &m_metrics}}) {
        auto rows = m_database.run(QStringLiteral("SELECT id, name FROM %1").arg(table));
        if (!rows)
            return Failure(rows.error());
        while (rows->next())
            names->insert(rows->value(0).toInt(), rows->value(1).toString());
        if (auto ended = m_database.ended(*rows); !ended)
            return ended;
    }
    return {};
}

Result<Span> RecordingReader::span()
{
    // The newest block is among the last ones by their beginning; each level by its index. What changed with the last
    // sample is of a moment after its figures, and servers that are down have none.
    auto rows = m_database.run(
        QStringLiteral("SELECT min(first), max(max(last), coalesce((SELECT max(at_ms) FROM (SELECT at_ms FROM fact "
                       "ORDER BY id DESC LIMIT 64)), 0)) FROM ("
                       "SELECT (SELECT min(from_ms) FROM block WHERE level = l.level) AS first, "
                       "(SELECT max(to_ms) FROM (SELECT to_ms FROM block WHERE level = l.level ORDER BY from_ms DESC "
                       "LIMIT 64)) AS last FROM (SELECT 0 AS level UNION ALL SELECT 1) l)"));
    if (!rows)
        return Failure(rows.error());
    Span span;
    if (rows->next())
        span = {rows->value(0).toLongLong(), rows->value(1).toLongLong()};
    if (const auto ended = m_database.ended(*rows); !ended)
        return Failure(ended.error());
    return span;
}

Result<QStringList> RecordingReader::servers()
{
    if (const auto names = readNames(); !names)
        return Failure(names.error());
    QStringList list = m_servers.values();
    list.sort();
    return list;
}

Result<void> RecordingReader::eachBlock(const QString &sql, const QVariantList &parameters,
                                        const std::function<Result<void>(const PackedBlock &, const BlockPlace &)> &use)
{
    auto rows = m_database.run(sql, parameters);
    if (!rows)
        return Failure(rows.error());
    while (rows->next()) {
        const auto block = PackedBlock::open(rows->value(0).toByteArray());
        auto used = block ? use(*block, {rows->value(1).toLongLong(), rows->value(2).toInt() == coarseLevel})
                          : Result<void>(Failure(block.error()));
        if (!used) {
            Error error = used.error();
            error.subject = path();
            return Failure(error);
        }
    }
    return m_database.ended(*rows);
}

Result<Curves> RecordingReader::allSeries(const QString &metric, const Span &span, size_t most)
{
    if (const auto names = readNames(); !names)
        return Failure(names.error());
    const int number = m_metrics.key(metric, -1);
    QHash<int, std::vector<Point>> curves;
    qint64 coarseUntil = 0;
    if (number >= 0) {
        for (const int level : {coarseLevel, fullLevel}) {
            const auto done = eachBlock(
                QStringLiteral(
                    "SELECT %1, from_ms, level FROM block WHERE level = ? AND from_ms BETWEEN ? AND ? AND to_ms >= "
                    "? ORDER BY from_ms")
                    .arg(blob()),
                {level, span.from - blockSlackMs, span.to, span.from},
                [&](const PackedBlock &block, const BlockPlace &) -> Result<void> {
                    const auto figures = block.figures(number);
                    if (!figures)
                        return Failure(figures.error());
                    for (size_t i = 0; i < block.rows().size(); ++i) {
                        const PackedBlock::Key &key = block.rows()[i];
                        if (key.at < span.from || key.at > span.to)
                            continue;
                        curves[key.server].push_back({key.at, (*figures)[i]});
                        if (level == coarseLevel)
                            coarseUntil = std::max(coarseUntil, key.at);
                    }
                    return {};
                });
            if (!done)
                return Failure(done.error());
        }
    }
    Curves result;
    for (auto it = curves.begin(); it != curves.end(); ++it) {
        std::stable_sort(it->begin(), it->end(), byTime);
        result.insert(m_servers.value(it.key()), thinned(withHoles(*it, coarseUntil), most));
    }
    return result;
}

Result<std::vector<Point>> RecordingReader::series(const QString &server, const QString &metric, const Span &span,
                                                   size_t most)
{
    auto curves = allSeries(metric, span, most);
    if (!curves)
        return Failure(curves.error());
    return curves->take(server);
}

Result<std::vector<Fact>> RecordingReader::factsOf(const QString &sql, const QVariantList &parameters)
{
    if (const auto names = readNames(); !names)
        return Failure(names.error());
    auto rows = m_database.run(sql, parameters);
    if (!rows)
        return Failure(rows.error());
    std::vector<Fact> facts;
    while (rows->next()) {
        const auto content = unpackedFact(rows->value(3).toByteArray());
        if (!content)
            return fail(ErrorCode::RecordingDamaged, path());
        const int server = rows->value(1).toInt();
        facts.push_back({rows->value(0).toLongLong(), server == 0 ? QString() : m_servers.value(server),
                         rows->value(2).toString(), *content});
    }
    if (const auto ended = m_database.ended(*rows); !ended)
        return Failure(ended.error());
    return facts;
}

Result<std::vector<Fact>> RecordingReader::facts(const QString &kind, const Span &span)
{
    return factsOf(QStringLiteral("SELECT at_ms, server, kind, %1 FROM fact WHERE kind = ? AND at_ms BETWEEN ? AND ? "
                                  "ORDER BY at_ms, id")
                       .arg(blob()),
                   {kind, span.from, span.to});
}

Result<std::vector<Fact>> RecordingReader::factsAt(const QString &kind, qint64 at)
{
    return factsOf(QStringLiteral("SELECT at_ms, server, kind, %1 FROM fact WHERE id IN (SELECT (SELECT id FROM fact f "
                                  "WHERE f.kind = ? AND f.server = s.id AND f.at_ms <= ? ORDER BY f.at_ms DESC, f.id "
                                  "DESC LIMIT 1) FROM (SELECT 0 AS id UNION ALL SELECT id FROM server) s)")
                       .arg(blob()),
                   {kind, at});
}

Result<qint64> RecordingReader::fleetFactAt(const QString &kind, qint64 at)
{
    return m_database.number(QStringLiteral("SELECT max(at_ms) FROM fact WHERE kind = ? AND server = 0 AND at_ms <= ?"),
                             {kind, at});
}

Result<qint64> RecordingReader::firstFleetFactAt(const QString &kind)
{
    return m_database.number(QStringLiteral("SELECT min(at_ms) FROM fact WHERE kind = ? AND server = 0"), {kind});
}

Result<std::vector<Marker>> RecordingReader::markers(const Span &span)
{
    auto rows = m_database.run(
        QStringLiteral("SELECT at_ms, text, who, host FROM marker WHERE at_ms BETWEEN ? AND ? ORDER BY at_ms, text"),
        {span.from, span.to});
    if (!rows)
        return Failure(rows.error());
    std::vector<Marker> markers;
    while (rows->next())
        markers.push_back({rows->value(0).toLongLong(), rows->value(1).toString(), rows->value(2).toString(),
                           rows->value(3).toString()});
    if (const auto ended = m_database.ended(*rows); !ended)
        return Failure(ended.error());
    return markers;
}

Result<RecordingReader::Rows> RecordingReader::named(const PackedBlock &block, const BlockPlace &place)
{
    auto plain = block.unpacked();
    if (!plain)
        return Failure(plain.error());
    const auto unknown = [&] {
        return std::any_of(plain->metrics.begin(), plain->metrics.end(), [&](int m) { return !m_metrics.contains(m); })
            || std::any_of(plain->rows.begin(), plain->rows.end(),
                           [&](const FigureRow &row) { return !m_servers.contains(row.server); });
    };
    // One that is being written gets new servers.
    if (unknown()) {
        if (const auto names = readNames(); !names)
            return Failure(names.error());
        if (unknown())
            return fail(ErrorCode::RecordingDamaged, path());
    }
    Rows result;
    result.from = place.from;
    result.coarse = place.coarse;
    for (const int metric : plain->metrics)
        result.metrics << m_metrics.value(metric);
    for (FigureRow &row : plain->rows)
        result.rows.push_back({m_servers.value(row.server), row.at, std::move(row.figures)});
    return result;
}

Result<std::vector<RecordingReader::Rows>> RecordingReader::rows(const Span &span, int most)
{
    std::vector<Rows> result;
    const auto done =
        eachBlock(QStringLiteral(
                      "SELECT %1, from_ms, level FROM block WHERE from_ms BETWEEN ? AND ? AND level IN (0, 1) ORDER BY "
                      "from_ms LIMIT ?")
                      .arg(blob()),
                  {span.from, span.to, most > 0 ? most : -1},
                  [&](const PackedBlock &block, const BlockPlace &place) -> Result<void> {
                      auto rows = named(block, place);
                      if (!rows)
                          return Failure(rows.error());
                      result.push_back(std::move(*rows));
                      return {};
                  });
    if (!done)
        return Failure(done.error());
    return result;
}

Result<std::vector<RecordingReader::Rows>> RecordingReader::rowsBefore(qint64 at, int most)
{
    std::vector<Rows> result;
    const auto done = eachBlock(
        QStringLiteral(
            "SELECT %1, from_ms, level FROM block WHERE from_ms <= ? AND level IN (0, 1) ORDER BY from_ms DESC LIMIT ?")
            .arg(blob()),
        {at, most}, [&](const PackedBlock &block, const BlockPlace &place) -> Result<void> {
            auto rows = named(block, place);
            if (!rows)
                return Failure(rows.error());
            result.push_back(std::move(*rows));
            return {};
        });
    if (!done)
        return Failure(done.error());
    return result;
}

} // namespace shardhelm::monitor::recording
