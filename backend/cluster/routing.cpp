// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/routing.h"

#include "cluster/keytype.h"
#include "cluster/recipes.h"
#include "sql/parser.h"

#include <algorithm>

namespace shardhelm::cluster {

namespace {

bool isDataError(const Error &error)
{
    return error.sqlstate().startsWith(QLatin1StringView("22"));
}

/// The routing with $1 replaced by a column "key" of relation k.
Result<QString> routingOverKey(const ShardMap &map)
{
    sql::Parser parser;
    const auto parsed = parser.expression(map.routingSql);
    const auto embedded = parsed ? parser.withParameter(parsed->text, 1, QStringLiteral("k.key"))
                                 : Result<QString>(Failure(parsed.error()));
    if (embedded)
        return u'(' + *embedded + u')';
    Error error = embedded.error();
    error.code = ErrorCode::RoutingBad;
    error.subject = map.routingSql;
    return Failure(error);
}

Failure keyValueBad(const QString &key, const KeyType &type, Error error)
{
    error.code = ErrorCode::KeyValueBad;
    error.subject = QStringLiteral("key");
    error.found = key;
    error.expected = {type.name};
    return Failure(error);
}

/// The shard that the cluster file's lookup query gives for a key.
Result<std::optional<qint64>> lookUp(pg::Connection &directory, const QString &lookup, const QString &key,
                                     const Wait &wait)
{
    sql::Parser parser;
    const auto typed = parser.withParameter(lookup, 1, QStringLiteral("($1::text)")); // the key as text, as documented
    if (!typed)
        return Failure(typed.error());
    const auto rows = directory.query(typed->toUtf8(), pg::Params(key), wait);
    if (!rows)
        return Failure(rows.error());
    if (rows->isEmpty() || rows->columns() == 0)
        return std::nullopt;
    bool isNumber = false;
    static_cast<void>(rows->text(0, 0).toLongLong(&isNumber));
    if (!rows->isNull(0, 0) && !isNumber)
        return fail(ErrorCode::RoutingBad, key, rows->text(0, 0));
    return rows->optionalInteger(0, 0);
}

} // namespace

Result<RoutingForm> routingForm(const ShardMap &map)
{
    if (map.routingSql.trimmed().isEmpty())
        return RoutingForm::Search;
    sql::Parser parser;
    const auto parsed = parser.expression(map.routingSql);
    if (!parsed) {
        Error error = parsed.error();
        error.code = ErrorCode::RoutingBad;
        error.subject = map.routingSql;
        return Failure(error);
    }
    const std::pair<RoutingForm, QString> lookups[] = {
        {RoutingForm::Range, rangeRoutingSql(map.keyType)},
        {RoutingForm::List, listRoutingSql(map.keyType)},
        {RoutingForm::Ring, ringRoutingSql(map.keyType)},
        {RoutingForm::Pins, pinRoutingSql(map.keyType)},
    };
    for (const auto &[form, sql] : lookups) {
        const auto known = parser.expression(sql);
        if (known && known->text == parsed->text)
            return form;
    }
    return parsed->hasSubquery ? RoutingForm::Lookup : RoutingForm::Expression;
}

Result<QString> normalisedKey(pg::Connection &directory, const ShardMap &map, const QString &key, const Wait &wait)
{
    const KeyType type = keyTypeNamed(map.keyType);
    if (key.contains(QChar(u'\0'))) // libpq would end the text there
        return keyValueBad(key, type, Error{});
    const auto rows =
        directory.query(QStringLiteral("SELECT $1::%1::text").arg(type.name).toUtf8(), pg::Params(key), wait);
    if (!rows)
        return isDataError(rows.error()) ? keyValueBad(key, type, rows.error()) : Failure(rows.error());
    return rows->text(0, 0);
}

Result<std::vector<std::optional<qint64>>> routeKeys(pg::Connection &directory, const ShardMap &map,
                                                     const QStringList &keys, const Wait &wait)
{
    const auto routing = routingOverKey(map);
    if (!routing)
        return Failure(routing.error());
    const QString query = QStringLiteral("SELECT %1 FROM (SELECT t.key::%2 AS key, t.n FROM unnest($1::text[]) "
                                         "WITH ORDINALITY AS t(key, n)) k ORDER BY k.n")
                              .arg(*routing, keyTypeNamed(map.keyType).name);
    const auto rows = directory.query(query.toUtf8(), pg::Params(arrayText(keys)), wait);
    if (!rows) {
        Error error = rows.error();
        if (isDataError(error) || error.sqlstate().startsWith(QLatin1StringView("42"))) {
            error.code = ErrorCode::RoutingBad;
            error.subject = map.routingSql;
        }
        return Failure(error);
    }
    std::vector<std::optional<qint64>> shards;
    for (int row = 0; row < rows->count(); ++row) {
        bool isNumber = false;
        const qint64 shard = rows->text(row, 0).toLongLong(&isNumber);
        if (!rows->isNull(row, 0) && !isNumber)
            return fail(ErrorCode::RoutingBad, keys.value(row), rows->text(row, 0), keyTypeNames({KeyFamily::Integer}));
        shards.push_back(rows->isNull(row, 0) ? std::nullopt : std::optional(shard));
    }
    return shards;
}

Result<Location> locate(pg::Connection &directory, const ShardMap &map, const QString &lookup, const QString &key,
                        const Wait &wait)
{
    const auto tenant = normalisedKey(directory, map, key, wait);
    if (!tenant)
        return Failure(tenant.error());
    Location location;
    location.tenant = *tenant;
    location.mapEpoch = map.mapEpoch;
    const auto pin = std::find_if(map.pins.begin(), map.pins.end(),
                                  [&](const TenantPin &candidate) { return candidate.tenant == *tenant; });
    std::optional<qint64> shard;
    if (pin != map.pins.end()) {
        location.pinned = true;
        shard = pin->logicalShard;
    } else if (!lookup.isEmpty()) {
        const auto found = lookUp(directory, lookup, *tenant, wait);
        if (!found)
            return Failure(found.error());
        shard = *found;
    } else if (!map.routingSql.trimmed().isEmpty()) {
        const auto found = routeKeys(directory, map, {*tenant}, wait);
        if (!found)
            return Failure(found.error());
        shard = found->front();
    } else {
        return fail(ErrorCode::LookupUnknown, QStringLiteral("routing"));
    }
    const LogicalShard *owner = shard && *shard >= 0 && *shard <= std::numeric_limits<int>::max()
        ? map.shard(static_cast<int>(*shard))
        : nullptr;
    if (!owner && shard && *shard >= 0 && *shard < map.logicalShards)
        return fail(ErrorCode::ShardUnknown, QString::number(*shard), *tenant);
    if (!owner)
        return fail(ErrorCode::RoutingBad, *tenant, shard ? QString::number(*shard) : QStringLiteral("NULL"));
    location.logicalShard = owner->id;
    location.instance = owner->instance;
    return location;
}

} // namespace shardhelm::cluster
