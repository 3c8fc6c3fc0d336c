// SPDX-License-Identifier: GPL-3.0-or-later
#include "maptable.h"

#include "clusterfacts.h"
#include "command.h"
#include "wording/errors.h"

#include <limits>

namespace shardhelm::ctl {

namespace {

/// Names of states are part of the JSON contract: they are not translated.
QString name(cluster::ShardState state)
{
    switch (state) {
    case cluster::ShardState::Active:
        return QStringLiteral("active");
    case cluster::ShardState::Moving:
        return QStringLiteral("moving");
    case cluster::ShardState::Fenced:
        return QStringLiteral("fenced");
    }
    return {};
}

/// Logical shards of 0 … N-1 that the map has no row for, ascending.
std::vector<int> unplacedShards(const cluster::ShardMap &map)
{
    std::vector<int> unplaced;
    for (int id = 0; id < map.logicalShards; ++id) {
        if (!map.shard(id))
            unplaced.push_back(id);
    }
    return unplaced;
}

} // namespace

Table mapTable(const cluster::ShardMap &map, const monitor::ShardSizes &sizes)
{
    using Kind = Table::Column::Kind;
    Table table;
    table.columns = {
        {QStringLiteral("id"), Text::tr("SHARD")},
        {QStringLiteral("instance"), Text::tr("INSTANCE")},
        {QStringLiteral("epoch"), Text::tr("EPOCH")},
        {QStringLiteral("state"), Text::tr("STATE")},
        {QStringLiteral("frozen"), Text::tr("FROZEN")},
        {QStringLiteral("schema"), Text::tr("SCHEMA")},
        {QStringLiteral("size_bytes"), Text::tr("SIZE"), Kind::Bytes},
        {QStringLiteral("size_source"), Text::tr("SIZE FROM")},
    };
    std::vector<int> unplaced = unplacedShards(map);
    auto next = unplaced.cbegin();
    const auto addUnplacedBefore = [&](int end) {
        for (; next != unplaced.cend() && *next < end; ++next) {
            table.rows.push_back(
                {*next, QJsonValue(), QJsonValue(), QStringLiteral("unplaced"), QJsonValue(),
                 map.layout == cluster::Layout::Schema ? QJsonValue(map.schemaOf(*next)) : QJsonValue(), QJsonValue(),
                 QJsonValue()});
        }
    };
    for (const cluster::LogicalShard &shard : map.shards) {
        addUnplacedBefore(shard.id);
        const auto size = sizes.sizes.constFind(shard.id);
        const bool known = size != sizes.sizes.constEnd();
        QJsonArray row{shard.id, shard.instance, shard.epoch, name(shard.state)};
        row.append(shard.frozen.isEmpty() ? QJsonValue() : QJsonValue(shard.frozen));
        row.append(map.layout == cluster::Layout::Schema ? QJsonValue(map.schemaOf(shard.id)) : QJsonValue());
        row.append(known ? QJsonValue(size->bytes) : QJsonValue());
        row.append(known ? QJsonValue(size->estimated ? QStringLiteral("estimate") : QStringLiteral("measured"))
                         : QJsonValue());
        table.rows.push_back(row);
    }
    addUnplacedBefore(std::numeric_limits<int>::max());
    return table;
}

QStringList mapWarnings(const cluster::ShardMap &map, const monitor::ShardSizes &sizes)
{
    QStringList warnings;
    if (const std::vector<int> unplaced = unplacedShards(map); !unplaced.empty())
        warnings += Text::tr("logical shards that are on no instance: %1").arg(numberRanges(unplaced));
    for (auto it = sizes.unreachable.begin(); it != sizes.unreachable.end(); ++it)
        warnings += QStringLiteral("%1: %2").arg(it.key(), wording::sentence(it.value()));
    for (auto it = sizes.refused.begin(); it != sizes.refused.end(); ++it) {
        const bool hidden = it.value().code == ErrorCode::NotPermitted;
        warnings += QStringLiteral("%1: %2").arg(
            it.key(), hidden ? QStringLiteral("not permitted: size_bytes") : wording::sentence(it.value()));
    }
    if (sizes.unsplit)
        warnings += wording::sentence(*sizes.unsplit);
    return warnings;
}

} // namespace shardhelm::ctl
