// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/shardsizes.h"

#include "cluster/routing.h"
#include "cluster/sqlarray.h"
#include "core/sqltext.h"
#include "pg/fanout.h"

#include <algorithm>
#include <cmath>

namespace shardhelm::monitor {

namespace {

/// The shards of one instance, and what is asked there.
struct Group
{
    const cluster::Instance *instance = nullptr;
    std::vector<int> shards;
};

std::vector<Group> groupsOf(const cluster::ShardMap &map)
{
    std::vector<Group> groups;
    for (const cluster::Instance &instance : map.instances) {
        Group group{&instance, {}};
        for (const cluster::LogicalShard &shard : map.shards) {
            if (shard.instance == instance.name)
                group.shards.push_back(shard.id);
        }
        if (!group.shards.empty())
            groups.push_back(std::move(group));
    }
    return groups;
}

/// Predicates of all shards by the key column they are about; tables with the same column share them.
using Predicates = QMap<QString, QMap<int, QString>>;

Result<Predicates> predicatesOf(pg::Connection &directory, const cluster::ShardMap &map, const Wait &wait)
{
    Predicates result;
    for (const cluster::ShardedTable &table : map.tables) {
        if (table.kind != cluster::TableKind::Sharded || result.contains(table.shardKey))
            continue;
        const QString column = QString::fromUtf8(pg::Connection::identifier(table.shardKey));
        auto predicates = cluster::shardPredicates(directory, map, QStringLiteral("t.") + column, wait);
        if (!predicates)
            return Failure(predicates.error());
        result.insert(table.shardKey, std::move(*predicates));
    }
    return result;
}

pg::Statement schemaStatement(const cluster::ShardMap &map, const Group &group)
{
    QStringList schemas;
    for (const int shard : group.shards)
        schemas += map.schemaOf(shard);
    return {sqlText("monitor/schema_sizes"), pg::Params(cluster::textArray(schemas))};
}

pg::Statement tableStatement(const cluster::ShardedTable &table, const Group &group,
                             const QMap<int, QString> &predicates)
{
    const QByteArray name = pg::Connection::identifier(table.schema) + '.' + pg::Connection::identifier(table.name);
    QByteArray counts;
    for (const int shard : group.shards)
        counts += ", count(*) FILTER (WHERE " + predicates.value(shard, QStringLiteral("false")).toUtf8() + ")";
    QByteArray sql = sqlText("monitor/table_shares");
    // The header comment names the same marks.
    sql = sql.mid(sql.indexOf("WITH"));
    sql.replace(":literal", pg::Connection::literal(QString::fromUtf8(name)));
    sql.replace(":table", name);
    sql.replace(":counts", counts);
    return {sql, {}};
}

void takeSchemas(const cluster::ShardMap &map, const Group &group, const pg::Rows &rows, ShardSizes &sizes)
{
    for (const int shard : group.shards) {
        const QString schema = map.schemaOf(shard);
        for (int row = 0; row < rows.count(); ++row) {
            if (rows.text(row, 0) == schema)
                sizes.sizes.insert(shard, {rows.integer(row, 1), false});
        }
    }
}

/// Adds one table's bytes, split by the rows counted.
void takeTable(const Group &group, const pg::Rows &rows, ShardSizes &sizes)
{
    const auto bytes = static_cast<double>(rows.integer(0, 0));
    const qint64 sampled = rows.integer(0, 1);
    for (size_t i = 0; i < group.shards.size(); ++i) {
        ShardSize &size = sizes.sizes[group.shards[i]];
        size.estimated = true;
        if (sampled > 0) {
            const double share =
                static_cast<double>(rows.integer(0, static_cast<int>(i) + 2)) / static_cast<double>(sampled);
            size.bytes += std::llround(bytes * share);
        }
    }
}

} // namespace

ShardSizes shardSizes(pg::Connection *evaluator, const cluster::ShardMap &map, Milliseconds timeout,
                      pg::PasswordSource *passwords, const Wait &wait)
{
    ShardSizes sizes;
    const bool byRows = map.layout == cluster::Layout::Rows;
    Predicates predicates;
    const bool split = byRows && evaluator;
    if (split) {
        auto found = predicatesOf(*evaluator, map, wait);
        if (found)
            predicates = std::move(*found);
        else
            sizes.unsplit = found.error();
    }

    const std::vector<Group> groups = groupsOf(map);
    std::vector<pg::FanOutTask> tasks;
    for (const Group &group : groups) {
        pg::FanOutTask task;
        task.spec.name = group.instance->name;
        task.spec.conninfo = group.instance->conninfo;
        task.spec.purpose = QStringLiteral("map");
        task.spec.passwords = passwords;
        if (!byRows)
            task.statements.push_back(schemaStatement(map, group));
        for (const cluster::ShardedTable &table : map.tables) {
            if (split && !sizes.unsplit && table.kind == cluster::TableKind::Sharded)
                task.statements.push_back(tableStatement(table, group, predicates.value(table.shardKey)));
        }
        // Even with nothing to measure the answer tells that the instance is there.
        if (task.statements.empty())
            task.statements.push_back({QByteArrayLiteral("SELECT 1"), {}});
        tasks.push_back(std::move(task));
    }

    pg::FanOut fanOut;
    const auto deliver = [&](size_t index, pg::FanOutReply reply) {
        const Group &group = groups[index];
        if (!reply.results) {
            sizes.unreachable.insert(group.instance->name, reply.results.error());
            return;
        }
        for (const Result<pg::Rows> &rows : *reply.results) {
            if (!rows) {
                // A part of a sum would look like the whole.
                for (const int shard : group.shards)
                    sizes.sizes.remove(shard);
                sizes.refused.insert(group.instance->name, rows.error());
                return;
            }
            if (!byRows)
                takeSchemas(map, group, *rows, sizes);
            else if (rows->columns() > 2)
                takeTable(group, *rows, sizes);
        }
    };
    fanOut.run(tasks, timeout, deliver, wait);
    return sizes;
}

} // namespace shardhelm::monitor
