// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/tablecheck.h"

#include "cluster/sqlarray.h"
#include "core/sqltext.h"

namespace shardhelm::cluster {

namespace {

/// One name at `at`, folded or unquoted as in SQL; empty when there is none. Moves `at` behind it.
QString takeName(QStringView text, qsizetype &at)
{
    QString name;
    if (at >= text.size())
        return name;
    if (text[at] != u'"') {
        while (at < text.size() && text[at] != u'.' && text[at] != u':' && text[at] != u'"')
            name += text[at++];
        return name.trimmed().toLower();
    }
    for (++at; at < text.size(); ++at) {
        if (text[at] != u'"') {
            name += text[at];
        } else if (at + 1 < text.size() && text[at + 1] == u'"') {
            name += text[++at];
        } else {
            ++at;
            return name;
        }
    }
    return {};
}

QString shownName(const ShardedTable &table, const QString &shardSchema)
{
    const QString schema = table.schema.isEmpty() ? shardSchema : table.schema;
    return schema.isEmpty() ? table.name : schema + u'.' + table.name;
}

Result<pg::Rows> findTables(pg::Connection &connection, const std::vector<ShardedTable> &tables,
                            const QString &shardSchema, const Wait &wait)
{
    QStringList schemas;
    QStringList names;
    QStringList keys;
    for (const ShardedTable &table : tables) {
        schemas.append(table.schema.isEmpty() ? shardSchema : table.schema);
        names.append(table.name);
        keys.append(table.shardKey);
    }
    return connection.query(sqlText("directory/find_tables"),
                            pg::Params(textArray(schemas), textArray(names), textArray(keys)), wait);
}

} // namespace

Result<ShardedTable> tableFromText(const QString &option, const QString &text, TableKind kind,
                                   const QString &defaultSchema)
{
    const bool keyed = kind == TableKind::Sharded;
    ShardedTable table;
    table.kind = kind;
    table.schema = defaultSchema;
    qsizetype at = 0;
    table.name = takeName(text, at);
    bool good = !table.name.isEmpty();
    if (good && at < text.size() && text[at] == u'.') {
        ++at;
        table.schema = table.name;
        table.name = takeName(text, at);
        good = !table.name.isEmpty();
    }
    if (good && keyed) {
        good = at < text.size() && text[at] == u':';
        ++at;
        table.shardKey = good ? takeName(text, at) : QString();
        good = !table.shardKey.isEmpty();
    }
    if (!good || at != text.size())
        return fail(ErrorCode::UsageBad, option, text,
                    {keyed ? QStringLiteral("SCHEMA.TABLE:KEY") : QStringLiteral("SCHEMA.TABLE")});
    return table;
}

Result<std::vector<bool>> presentTables(pg::Connection &connection, const std::vector<ShardedTable> &tables,
                                        const QString &shardSchema, const Wait &wait)
{
    const auto rows = findTables(connection, tables, shardSchema, wait);
    if (!rows)
        return Failure(rows.error());
    std::vector<bool> present;
    for (int row = 0; row < rows->count(); ++row)
        present.push_back(!rows->isNull(row, 0));
    return present;
}

Result<void> requireTables(pg::Connection &connection, const std::vector<ShardedTable> &tables,
                           const QString &shardSchema, const Wait &wait)
{
    const auto rows = findTables(connection, tables, shardSchema, wait);
    if (!rows)
        return Failure(rows.error());
    for (int row = 0; row < rows->count(); ++row) {
        const ShardedTable &table = tables[static_cast<std::size_t>(row)];
        if (rows->isNull(row, 0))
            return fail(ErrorCode::TableUnknown, shownName(table, shardSchema), connection.name());
        const QString kind = rows->text(row, 0);
        if (kind != QLatin1StringView("r") && kind != QLatin1StringView("p"))
            return fail(ErrorCode::TableUnfit, shownName(table, shardSchema), kind,
                        {QStringLiteral("table"), QStringLiteral("partitioned table")});
        if (table.kind == TableKind::Sharded && !rows->boolean(row, 1))
            return fail(ErrorCode::TableUnfit, shownName(table, shardSchema),
                        QStringLiteral("%1: column %2").arg(connection.name(), table.shardKey), {table.shardKey});
    }
    return {};
}

Result<QString> firstSchema(pg::Connection &connection, const QStringList &schemas, const Wait &wait)
{
    const auto rows = connection.query("select nspname from pg_catalog.pg_namespace where nspname = any ($1::text[]) "
                                       "order by nspname limit 1",
                                       pg::Params(textArray(schemas)), wait);
    if (!rows)
        return Failure(rows.error());
    return rows->isEmpty() ? QString() : rows->text(0, 0);
}

} // namespace shardhelm::cluster
