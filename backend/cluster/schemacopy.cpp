// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/schemacopy.h"

#include "cluster/schemadump.h"
#include "cluster/sqlarray.h"
#include "core/sqltext.h"

#include <QSet>

namespace shardhelm::cluster {

namespace {

QByteArray qualified(const ShardedTable &table)
{
    return pg::Connection::identifier(table.schema) + '.' + pg::Connection::identifier(table.name);
}

Result<QByteArrayList> missingRoles(pg::Connection &source, pg::Connection &target, const Wait &wait)
{
    const auto needed = source.query(sqlText("directory/needed_roles"), wait);
    if (!needed)
        return Failure(needed.error());
    const auto present = target.query("select rolname from pg_catalog.pg_roles", wait);
    if (!present)
        return Failure(present.error());
    QSet<QString> known;
    for (int row = 0; row < present->count(); ++row)
        known.insert(present->text(row, 0));
    QByteArrayList statements;
    for (int row = 0; row < needed->count(); ++row) {
        if (!known.contains(needed->text(row, 0)))
            statements.append(needed->text(row, 1).toUtf8());
    }
    return statements;
}

/// The schemas of logical shards: they stay where they are.
Result<QStringList> shardSchemas(pg::Connection &source, const ShardMap &map, const Wait &wait)
{
    QStringList schemas;
    if (map.layout != Layout::Schema)
        return schemas;
    for (const LogicalShard &shard : map.shards)
        schemas.append(map.schemaOf(shard.id));
    const auto rows = source.query("select nspname from pg_catalog.pg_namespace where nspname = any ($1::text[])",
                                   pg::Params(textArray(schemas)), wait);
    if (!rows)
        return Failure(rows.error());
    schemas.clear();
    for (int row = 0; row < rows->count(); ++row)
        schemas.append(rows->text(row, 0));
    return schemas;
}

Result<void> readDefinitions(pg::Connection &source, const Instance &from, pg::Connection &target, const ShardMap &map,
                             pg::PasswordSource *passwords, SchemaCopy &copy, const Wait &wait)
{
    const auto roles = missingRoles(source, target, wait);
    if (!roles)
        return Failure(roles.error());
    copy.roles = *roles;
    const auto snapshot = source.query("select pg_catalog.pg_export_snapshot()", wait);
    if (!snapshot)
        return Failure(snapshot.error());
    const auto excluded = shardSchemas(source, map, wait);
    if (!excluded)
        return Failure(excluded.error());
    SchemaDumpRequest request;
    request.name = from.name;
    request.conninfo = from.directConninfo.isEmpty() ? from.conninfo : from.directConninfo;
    request.snapshot = snapshot->text(0, 0);
    request.excludedSchemas = *excluded;
    request.passwords = passwords;
    for (const ShardedTable &table : map.tables) {
        if (table.kind == TableKind::Local)
            request.excludedTables.append(exactPattern(table.schema, table.name));
    }
    const auto dump = dumpSchema(request, wait);
    if (!dump)
        return Failure(dump.error());
    copy.beforeData = dump->beforeData;
    copy.afterData = dump->afterData;
    return {};
}

Result<void> readSequences(pg::Connection &source, const std::vector<ShardedTable> &tables, SchemaCopy &copy,
                           const Wait &wait)
{
    QStringList schemas;
    QStringList names;
    for (const ShardedTable &table : tables) {
        schemas.append(table.schema);
        names.append(table.name);
    }
    const auto rows =
        source.query(sqlText("directory/owned_sequences"), pg::Params(textArray(schemas), textArray(names)), wait);
    if (!rows)
        return Failure(rows.error());
    for (int row = 0; row < rows->count(); ++row)
        copy.sequences.append(rows->text(row, 0).toUtf8());
    return {};
}

} // namespace

StatementPlan SchemaCopy::plan(const QString &server) const
{
    StatementPlan plan;
    for (const QByteArray &role : roles)
        plan.push_back({server, role});
    if (!beforeData.isEmpty())
        plan.push_back({server, beforeData});
    for (const TableRows &table : tables)
        plan.push_back({server, table.statements.in});
    if (!afterData.isEmpty())
        plan.push_back({server, afterData});
    for (const QByteArray &sequence : sequences)
        plan.push_back({server, sequence});
    return plan;
}

Result<SchemaCopy> readSchemaCopy(pg::Connection &source, const Instance &from, pg::Connection &target,
                                  const ShardMap &map, bool definitions, pg::PasswordSource *passwords,
                                  const Wait &wait)
{
    SchemaCopy copy;
    if (definitions) {
        const auto read = readDefinitions(source, from, target, map, passwords, copy, wait);
        if (!read)
            return Failure(read.error());
    }
    std::vector<ShardedTable> filled;
    for (const ShardedTable &table : map.tables) {
        if (table.kind != TableKind::Reference)
            continue;
        if (!definitions) {
            const auto rows = target.query("select exists (select from " + qualified(table) + ')', wait);
            if (!rows)
                return Failure(rows.error());
            if (rows->boolean(0, 0))
                continue;
        }
        const auto statements = copyStatements(source, table.schema, table.name, wait);
        if (!statements)
            return Failure(statements.error());
        copy.tables.push_back({table.schema + u'.' + table.name, *statements});
        filled.push_back(table);
    }
    if (const auto read = readSequences(source, filled, copy, wait); !read)
        return Failure(read.error());
    return copy;
}

Result<void> runSchemaCopy(pg::Connection &source, pg::Connection &target, const SchemaCopy &copy,
                           const std::function<void(const AddProgress &)> &progress, const Wait &wait)
{
    using Step = AddProgress::Step;
    const auto run = [&target, &wait](const QByteArray &sql) -> Result<void> {
        const auto ran = target.run(sql, wait);
        return ran ? Result<void>() : Failure(ran.error());
    };
    progress({Step::CreatingSchema, {}, 0});
    for (const QByteArray &role : copy.roles) {
        if (const auto made = run(role); !made)
            return made;
    }
    if (!copy.beforeData.isEmpty()) {
        if (const auto made = run(copy.beforeData); !made)
            return made;
    }
    for (const SchemaCopy::TableRows &table : copy.tables) {
        progress({Step::CopyingData, table.name, 0});
        const auto rows = copyTable(source, target, table.statements, wait);
        if (!rows)
            return Failure(rows.error());
        progress({Step::CopyingData, table.name, *rows});
    }
    progress({Step::CreatingIndexes, {}, 0});
    if (!copy.afterData.isEmpty()) {
        if (const auto made = run(copy.afterData); !made)
            return made;
    }
    for (const QByteArray &sequence : copy.sequences) {
        if (const auto raised = run(sequence); !raised)
            return raised;
    }
    return {};
}

} // namespace shardhelm::cluster
