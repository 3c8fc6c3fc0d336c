// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/recording/coarsen.h"

#include "monitor/metric.h"
#include "monitor/recording/figureblock.h"
#include "monitor/recording/recordingfile.h"

#include <QHash>
#include <QMap>

#include <cmath>

namespace shardhelm::monitor::recording {

namespace {

constexpr qint64 stretchMs = 10 * 60 * 1000;

Result<QHash<int, Worse>> directions(const Database &database)
{
    auto rows = database.run(QStringLiteral("SELECT id, name FROM metric"));
    if (!rows)
        return Failure(rows.error());
    QHash<int, Worse> result;
    while (rows->next()) {
        const auto metric = metricOf(rows->value(1).toString());
        result.insert(rows->value(0).toInt(), metric ? info(*metric).worse : Worse::Neither);
    }
    if (const auto ended = database.ended(*rows); !ended)
        return Failure(ended.error());
    return result;
}

float worst(float before, float now, Worse worse)
{
    if (std::isnan(now))
        return before;
    if (std::isnan(before))
        return now;
    switch (worse) {
    case Worse::Higher:
        return std::max(before, now);
    case Worse::Lower:
        return std::min(before, now);
    case Worse::Neither:
        return now;
    }
    return now;
}

/// The points being made of one stretch.
class Points
{
public:
    explicit Points(const QHash<int, Worse> &directions)
        : m_directions(directions)
    {
    }

    Result<void> add(const PackedBlock &block)
    {
        const auto plain = block.unpacked();
        if (!plain)
            return Failure(plain.error());
        std::vector<size_t> columns;
        for (const int metric : plain->metrics)
            columns.push_back(columnOf(metric));
        for (const FigureRow &row : plain->rows) {
            FigureRow &point = m_points[{row.server, row.at / coarseStepMs}];
            point.server = row.server;
            point.figures.resize(m_block.metrics.size(), unknownFigure());
            for (size_t i = 0; i < columns.size(); ++i) {
                float &figure = point.figures[columns[i]];
                const Worse direction = m_directions.value(plain->metrics[i], Worse::Neither);
                // Rows come by server and time within a block, and blocks by time.
                figure = worst(figure, row.figures[i], direction);
            }
            point.at = std::max(point.at, row.at);
        }
        return {};
    }

    QByteArray packed(qint64 &from, qint64 &to)
    {
        for (FigureRow &point : m_points) {
            point.figures.resize(m_block.metrics.size(), unknownFigure());
            from = m_block.rows.empty() ? point.at : std::min(from, point.at);
            to = std::max(to, point.at);
            m_block.rows.push_back(std::move(point));
        }
        return encodeBlock(std::move(m_block));
    }

private:
    size_t columnOf(int metric)
    {
        const auto found = m_columns.constFind(metric);
        if (found != m_columns.constEnd())
            return *found;
        m_block.metrics.push_back(metric);
        m_columns.insert(metric, m_block.metrics.size() - 1);
        return m_block.metrics.size() - 1;
    }

    const QHash<int, Worse> &m_directions;
    FigureBlock m_block;
    QHash<int, size_t> m_columns;
    QMap<QPair<int, qint64>, FigureRow> m_points;
};

Result<void> coarsenStretch(const Database &database, qint64 from, qint64 to)
{
    const auto metrics = directions(database);
    if (!metrics)
        return Failure(metrics.error());
    Points points(*metrics);
    const QVariantList stretch{fullLevel, from, to};
    {
        auto rows = database.run(
            QStringLiteral("SELECT data FROM block WHERE level = ? AND from_ms >= ? AND from_ms < ? ORDER BY from_ms"),
            stretch);
        if (!rows)
            return Failure(rows.error());
        while (rows->next()) {
            const auto block = PackedBlock::open(rows->value(0).toByteArray());
            // One that cannot be read is given up with its stretch; it must not keep the ring from being tidied.
            if (block)
                (void)points.add(*block);
        }
        if (auto ended = database.ended(*rows); !ended)
            return ended;
    }
    qint64 first = from;
    qint64 last = 0;
    const QByteArray data = points.packed(first, last);
    if (last > 0) {
        const auto added =
            database.run(QStringLiteral("INSERT INTO block (level, from_ms, to_ms, data) VALUES (?, ?, ?, ?)"),
                         {coarseLevel, first, last, data});
        if (!added)
            return Failure(added.error());
    }
    const auto dropped =
        database.run(QStringLiteral("DELETE FROM block WHERE level = ? AND from_ms >= ? AND from_ms < ?"), stretch);
    if (!dropped)
        return Failure(dropped.error());
    return {};
}

} // namespace

Result<void> coarsen(const Database &database, qint64 before)
{
    while (true) {
        const auto oldest = database.number(
            QStringLiteral("SELECT from_ms FROM block WHERE level = ? ORDER BY from_ms LIMIT 1"), {fullLevel});
        if (!oldest)
            return Failure(oldest.error());
        const qint64 from = *oldest / stretchMs * stretchMs;
        if (*oldest <= 0 || from + stretchMs > before)
            return {};
        auto done = database.transaction([&] { return coarsenStretch(database, from, from + stretchMs); });
        if (!done)
            return done;
    }
}

} // namespace shardhelm::monitor::recording
