// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/dumpdocument.h"

#include "cluster/mapparts.h"
#include "cluster/schema.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace shardhelm::cluster {

namespace {

/// A table of a dump.
class DumpedCells : public MapCells
{
public:
    DumpedCells() = default;
    explicit DumpedCells(const QJsonObject &table)
        : m_rows(table.value(dump::rowsKey).toArray())
    {
        const QJsonArray names = table.value(dump::columnsKey).toArray();
        for (const QJsonValue &name : names)
            m_columns.append(name.toString());
    }

    [[nodiscard]] int count() const override { return static_cast<int>(m_rows.size()); }
    [[nodiscard]] QStringList columnNames() const override { return m_columns; }
    [[nodiscard]] QString text(int row, int column) const override
    {
        const QJsonValue cell = m_rows.at(row).toArray().at(column);
        return cell.isString() ? cell.toString() : QString();
    }

private:
    QStringList m_columns;
    QJsonArray m_rows;
};

} // namespace

Failure notADump(const QString &source, const QString &what)
{
    return fail(ErrorCode::FileSyntax, source, what, {dump::documentKey});
}

Result<QJsonObject> openDump(const QString &source, const QByteArray &document)
{
    QJsonParseError syntax;
    QJsonObject object = QJsonDocument::fromJson(document, &syntax).object();
    if (syntax.error != QJsonParseError::NoError)
        return Failure(Error{ErrorCode::FileSyntax,
                             source,
                             syntax.errorString(),
                             {dump::documentKey},
                             static_cast<int>(document.left(syntax.offset).count('\n')) + 1,
                             std::nullopt});
    if (object.value(dump::documentKey).toInt() != dump::documentVersion)
        return notADump(source, dump::documentKey);
    const int version = object.value(dump::schemaVersionKey).toInt();
    if (version < 1)
        return notADump(source, dump::schemaVersionKey);
    if (version > directoryVersion())
        return fail(ErrorCode::DirectoryTooNew, source, QString::number(version),
                    {QString::number(directoryVersion())});
    return object;
}

Result<ShardMap> mapOfDump(const QString &source, const QJsonObject &document, const ClusterFile &file)
{
    constexpr std::array<QLatin1StringView, MapPartCount> names{
        QLatin1StringView("cluster"), QLatin1StringView("instance"), QLatin1StringView("logical_shard"),
        QLatin1StringView("tenant_pin"), QLatin1StringView("sharded_table")};
    const QJsonObject dumped = document.value(dump::tablesKey).toObject();
    std::array<DumpedCells, MapPartCount> cells;
    MapTables tables;
    for (std::size_t part = 0; part < MapPartCount; ++part) {
        if (!dumped.contains(names[part]))
            return notADump(source, names[part]);
        cells[part] = DumpedCells(dumped.value(names[part]).toObject());
        tables[part] = {names[part], &cells[part]};
    }
    auto map = mapOf(tables, file);
    if (map) {
        // A dump is in the order of the directory's collation.
        std::ranges::sort(map->instances, {}, &Instance::name);
        std::ranges::sort(map->tables, {},
                          [](const ShardedTable &table) { return std::tie(table.schema, table.name); });
    }
    return map;
}

} // namespace shardhelm::cluster
