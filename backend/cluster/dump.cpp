// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/dump.h"

#include "cluster/dumpdocument.h"
#include "cluster/schema.h"
#include "core/sqltext.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <span>

namespace shardhelm::cluster {

namespace {

/// A table that is dumped.
struct DumpedTable
{
    QLatin1StringView name;
    QLatin1StringView order; ///< columns to order by
    bool history = false;
};

/// In an order in which they can be filled: referenced tables first.
constexpr std::array<DumpedTable, 15> dumpedTables{{
    {QLatin1StringView("cluster"), QLatin1StringView("name")},
    {QLatin1StringView("instance"), QLatin1StringView("name")},
    {QLatin1StringView("logical_shard"), QLatin1StringView("id")},
    {QLatin1StringView("tenant_pin"), QLatin1StringView("tenant")},
    {QLatin1StringView("sharded_table"), QLatin1StringView("table_schema, table_name")},
    {QLatin1StringView("router"), QLatin1StringView("name")},
    {QLatin1StringView("route_range"), QLatin1StringView("logical_shard, lower_bound")},
    {QLatin1StringView("route_list"), QLatin1StringView("value")},
    {QLatin1StringView("route_ring"), QLatin1StringView("point")},
    {QLatin1StringView("move"), QLatin1StringView("id")},
    {QLatin1StringView("move_event"), QLatin1StringView("id"), true},
    {QLatin1StringView("move_resource"), QLatin1StringView("id")},
    {QLatin1StringView("move_table"), QLatin1StringView("move_id, table_schema, table_name")},
    {QLatin1StringView("approval"), QLatin1StringView("id")},
    {QLatin1StringView("operation"), QLatin1StringView("id"), true},
}};

QByteArray qualified(QLatin1StringView table)
{
    return "shardhelm." + pg::Connection::identifier(QString(table));
}

QJsonObject tableObject(const pg::Rows &rows)
{
    QJsonArray cells;
    for (int row = 0; row < rows.count(); ++row) {
        QJsonArray line;
        for (int column = 0; column < rows.columns(); ++column)
            line.append(rows.isNull(row, column) ? QJsonValue() : QJsonValue(rows.text(row, column)));
        cells.append(line);
    }
    return {{dump::columnsKey, QJsonArray::fromStringList(rows.columnNames())}, {dump::rowsKey, cells}};
}

/// One statement per row of a table of the document.
Result<std::vector<pg::Statement>> insertsOf(const QString &source, const DumpedTable &table, const QJsonObject &object)
{
    QByteArrayList columns;
    QByteArrayList places;
    const QJsonArray names = object.value(dump::columnsKey).toArray();
    for (const QJsonValue &name : names) {
        columns.append(pg::Connection::identifier(name.toString()));
        places.append('$' + QByteArray::number(columns.size()));
    }
    if (columns.isEmpty())
        return notADump(source, QString(table.name));
    const QByteArray sql =
        "insert into " + qualified(table.name) + " (" + columns.join(", ") + ") values (" + places.join(", ") + ')';
    std::vector<pg::Statement> statements;
    const QJsonArray rows = object.value(dump::rowsKey).toArray();
    for (const QJsonValue &row : rows) {
        const QJsonArray cells = row.toArray();
        if (cells.size() != columns.size())
            return notADump(source, QString(table.name));
        pg::Params params;
        for (const QJsonValue &cell : cells) {
            if (cell.isNull())
                params.add(std::nullopt);
            else if (cell.isString())
                params.add(cell.toString());
            else
                return notADump(source, QString(table.name));
        }
        statements.push_back({sql, params});
    }
    return statements;
}

/// Whether the server refused a row for what is in it: a value that is none of its type, a rule between rows or tables,
/// a column that is not there.
bool isRowRefused(const Error &error)
{
    const QString state = error.sqlstate();
    return state.startsWith(QLatin1StringView("22")) || state.startsWith(QLatin1StringView("23"))
        || state == QLatin1StringView("42703");
}

/// FileSyntax for a row that does not fit: the table, and the value in the server's words.
Failure rowRefused(const QString &source, const QString &table, const DbError &db)
{
    return notADump(source, table + QStringLiteral(": ") + (db.detail.isEmpty() ? db.message : db.detail));
}

/// Fills the tables of a schema that has just been made.
Result<void> fill(pg::Connection &directory, const QString &source, const QJsonObject &tables, const Wait &wait)
{
    // Rows are sent in pieces, so that the answers to them never pile up.
    constexpr std::size_t piece = 1000;
    for (const DumpedTable &table : dumpedTables) {
        const QJsonValue object = tables.value(table.name);
        if (object.isUndefined() && table.history)
            continue;
        const auto statements = insertsOf(source, table, object.toObject());
        if (!statements)
            return Failure(statements.error());
        const std::span<const pg::Statement> all(*statements);
        for (std::size_t at = 0; at < all.size(); at += piece) {
            if (const auto sent = directory.batch(all.subspan(at, std::min(piece, all.size() - at)), wait); !sent)
                return isRowRefused(sent.error()) ? rowRefused(source, table.name, *sent.error().db)
                                                  : Failure(sent.error());
        }
    }
    return {};
}

/// DirectoryInconsistent when the document has not as many placed shards as it says itself; one that says nothing must
/// have all.
Result<void> requireEveryShard(pg::Connection &directory, const QJsonObject &document, const Wait &wait)
{
    const auto counts = directory.query(
        "select (select count(*) from shardhelm.logical_shard), logical_shards from shardhelm.cluster", wait);
    if (!counts)
        return Failure(counts.error());
    const qint64 placed = counts->integer(0, 0);
    const qint64 wanted = document.value(dump::placedKey).toInteger(counts->integer(0, 1));
    if (placed != wanted)
        return fail(ErrorCode::DirectoryInconsistent, QStringLiteral("logical_shard"), QString::number(placed),
                    {QString::number(wanted)});
    return {};
}

} // namespace

Result<QByteArray> dumpDirectory(pg::Connection &directory, DumpScope scope, const Wait &wait)
{
    auto snapshot = pg::Transaction::begin(directory, wait, "ISOLATION LEVEL REPEATABLE READ READ ONLY");
    if (!snapshot)
        return Failure(snapshot.error());
    if (const auto set = directory.run(sqlText("directory/dump_settings"), wait); !set)
        return Failure(set.error());
    const auto state = findDirectory(directory, wait);
    if (!state)
        return Failure(state.error());
    if (const auto fit = checkDirectory(*state); !fit)
        return Failure(fit.error());
    QJsonObject tables;
    for (const DumpedTable &table : dumpedTables) {
        if (table.history && scope == DumpScope::WithoutHistory)
            continue;
        const auto rows = directory.query("select * from " + qualified(table.name) + " order by "
                                              + QByteArray(table.order.data(), table.order.size()),
                                          wait);
        if (!rows)
            return Failure(rows.error());
        tables.insert(table.name, tableObject(*rows));
    }
    const auto cluster = directory.query("select name, map_epoch from shardhelm.cluster", wait);
    if (!cluster)
        return Failure(cluster.error());
    if (cluster->count() != 1)
        return fail(ErrorCode::DirectoryInconsistent, QStringLiteral("shardhelm.cluster"),
                    QString::number(cluster->count()), {QStringLiteral("1")});
    if (const auto ended = snapshot->commit(wait); !ended)
        return Failure(ended.error());
    const QJsonObject document{
        {dump::documentKey, dump::documentVersion},
        {dump::schemaVersionKey, state->version},
        {QStringLiteral("cluster"), cluster->text(0, 0)},
        {dump::mapEpochKey, cluster->text(0, 1)},
        {dump::placedKey,
         tables.value(QLatin1StringView("logical_shard")).toObject().value(dump::rowsKey).toArray().size()},
        {dump::dumpedAtKey, QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)},
        {dump::tablesKey, tables},
    };
    return QJsonDocument(document).toJson(QJsonDocument::Indented);
}

Result<qint64> restoreDirectory(pg::Connection &directory, const QString &source, const QByteArray &document,
                                const Wait &wait)
{
    const auto opened = openDump(source, document);
    if (!opened)
        return Failure(opened.error());
    const QJsonObject &object = *opened;

    auto transaction = pg::Transaction::begin(directory, wait);
    if (!transaction)
        return Failure(transaction.error());
    const int version = object.value(dump::schemaVersionKey).toInt();
    if (const auto made = createDirectorySchema(directory, version, wait); !made)
        return Failure(made.error());
    if (const auto filled = fill(directory, source, object.value(dump::tablesKey).toObject(), wait); !filled)
        return Failure(filled.error());
    if (const auto set = directory.run(sqlText("directory/restore_sequences"), wait); !set)
        return Failure(set.error());
    if (const auto upgraded = migrateDirectory(directory, schemaVersions(), false, wait); !upgraded)
        return Failure(upgraded.error());
    const auto epoch = directory.query(sqlText("directory/restart_epoch"), wait);
    if (!epoch)
        return Failure(epoch.error());
    if (epoch->count() != 1)
        return notADump(source, QStringLiteral("cluster"));
    if (const auto whole = requireEveryShard(directory, object, wait); !whole)
        return Failure(whole.error());
    if (const auto committed = transaction->commit(wait); !committed)
        return Failure(committed.error());
    return epoch->integer(0, 0);
}

} // namespace shardhelm::cluster
