// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/readmap.h"

#include "cluster/mapparts.h"
#include "core/sqltext.h"

#include <array>

namespace shardhelm::cluster {

namespace {

struct Source
{
    QString table; ///< how errors call it
    QByteArray sql;
};

std::array<Source, MapPartCount> sources(const ClusterFile &file)
{
    if (file.directoryQueries.isEmpty())
        return {Source{QStringLiteral("shardhelm.cluster"), sqlText("directory/read_cluster")},
                Source{QStringLiteral("shardhelm.instance"), sqlText("directory/read_instances")},
                Source{QStringLiteral("shardhelm.logical_shard"),
                       "select id, instance, epoch, state, frozen from shardhelm.logical_shard order by id"},
                Source{QStringLiteral("shardhelm.tenant_pin"),
                       "select tenant, logical_shard, epoch, state from shardhelm.tenant_pin order by tenant"},
                Source{QStringLiteral("shardhelm.sharded_table"), sqlText("directory/read_tables")}};
    const auto query = [&file](const QString &name) {
        return Source{name, file.directoryQueries.value(name).toUtf8()};
    };
    return {query(QStringLiteral("epoch")), query(QStringLiteral("instances")), query(QStringLiteral("map")),
            query(QStringLiteral("pins")), query(QStringLiteral("tables"))};
}

/// An answer of the directory.
class AnswerCells : public MapCells
{
public:
    AnswerCells() = default;
    explicit AnswerCells(pg::Rows rows)
        : m_rows(std::move(rows))
    {
    }

    [[nodiscard]] int count() const override { return m_rows.count(); }
    [[nodiscard]] QStringList columnNames() const override { return m_rows.columnNames(); }
    [[nodiscard]] QString text(int row, int column) const override { return m_rows.text(row, column); }

private:
    pg::Rows m_rows;
};

} // namespace

Result<ShardMap> readShardMap(pg::Connection &connection, const ClusterFile &file, const Wait &wait)
{
    const auto queries = sources(file);
    auto snapshot =
        pg::Transaction::begin(connection, wait, QByteArrayLiteral("ISOLATION LEVEL REPEATABLE READ READ ONLY"));
    if (!snapshot)
        return Failure(snapshot.error());
    std::vector<pg::Statement> statements;
    for (const Source &query : queries) {
        // Only the pins and the registry of a directory of another shape may be left out.
        if (!query.sql.isEmpty())
            statements.push_back({query.sql, {}});
    }
    const auto answers = connection.batch(statements, wait);
    if (!answers)
        return Failure(answers.error());
    if (const auto ended = snapshot->commit(wait); !ended)
        return Failure(ended.error());

    std::array<AnswerCells, MapPartCount> cells;
    MapTables tables;
    std::size_t answer = 0;
    for (std::size_t part = 0; part < MapPartCount; ++part) {
        tables[part].name = queries[part].table;
        if (queries[part].sql.isEmpty())
            continue;
        cells[part] = AnswerCells((*answers)[answer++]);
        tables[part].cells = &cells[part];
    }
    return mapOf(tables, file);
}

Result<qint64> readMapEpoch(pg::Connection &connection, const ClusterFile &file, const Wait &wait)
{
    const Source source = file.directoryQueries.isEmpty()
        ? Source{QStringLiteral("shardhelm.cluster"), "select map_epoch from shardhelm.cluster"}
        : sources(file)[ClusterPart];
    const auto rows = connection.query(source.sql, wait);
    if (!rows)
        return Failure(rows.error());
    const AnswerCells cells(*rows);
    return mapEpochOf({source.table, &cells});
}

} // namespace shardhelm::cluster
