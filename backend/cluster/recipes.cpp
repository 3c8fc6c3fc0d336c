// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/recipes.h"

#include "cluster/expression.h"
#include "cluster/keytype.h"
#include "core/sqltext.h"

#include <algorithm>
#include <set>

namespace shardhelm::cluster {

namespace {

/// Logical shards and points beyond these are a slip of the finger: the map is read whole by every router.
constexpr int maximumShards = 65'536;
constexpr int maximumVirtualNodes = 10'000;
constexpr int maximumPoints = 1'000'000;

QString numbers(qint64 from, qint64 to)
{
    return QStringLiteral("%1…%2").arg(from).arg(to);
}

Failure unfit(const KeyType &type, std::initializer_list<KeyFamily> families)
{
    return fail(ErrorCode::ValueBad, QStringLiteral("key type"), type.name, keyTypeNames(families));
}

/// The placeholder with the key's type, so that a router's untyped parameter is taken for what it is.
QString typedKey(const QString &keyType)
{
    return QStringLiteral("$1::") + keyTypeNamed(keyType).name;
}

/// `columns` ready for ordered comparison with keys of `type`: text by bytes, whatever the database's collation is.
QString comparable(const QString &column, const KeyType &type)
{
    return type.family == KeyFamily::Text ? QStringLiteral("%1 COLLATE \"C\"").arg(column)
                                          : QStringLiteral("%1::%2").arg(column, type.name);
}

/// Texts as keys: the output text of each, in the order of the keys. ValueBad with what the server says otherwise.
/// `order` receives for each result the index of the text it came from.
Result<QStringList> normalised(pg::Connection &server, const QStringList &texts, const KeyType &type,
                               const QString &subject, std::vector<int> &order, const Wait &wait)
{
    const QString query =
        QStringLiteral(
            "SELECT t.key::%1::text, t.n FROM unnest($1::text[]) WITH ORDINALITY AS t(key, n) ORDER BY %2, t.n")
            .arg(type.name, comparable(QStringLiteral("t.key"), type));
    const auto rows = server.query(query.toUtf8(), pg::Params(arrayText(texts)), wait);
    if (!rows) {
        Error error = rows.error();
        if (!error.sqlstate().startsWith(QLatin1StringView("22")))
            return Failure(error);
        error.code = ErrorCode::ValueBad;
        error.subject = subject;
        error.found = error.db->message;
        return Failure(error);
    }
    QStringList keys;
    for (int row = 0; row < rows->count(); ++row) {
        keys << rows->text(row, 0);
        order.push_back(static_cast<int>(rows->integer(row, 1)) - 1);
        if (row > 0 && keys.at(row) == keys.at(row - 1))
            return fail(ErrorCode::ValueBad, subject, keys.at(row), {QStringLiteral("each once")});
    }
    return keys;
}

/// One makeRouting() on its way.
class Maker
{
public:
    Maker(pg::Connection &server, const RoutingRequest &request, const Wait &wait)
        : m_server(server)
        , m_request(request)
        , m_wait(wait)
    {
    }

    Result<Routing> make()
    {
        if (m_request.logicalShards < 1 || m_request.logicalShards > maximumShards)
            return fail(ErrorCode::ValueBad, QStringLiteral("logical shards"), QString::number(m_request.logicalShards),
                        {numbers(1, maximumShards)});
        const auto type = resolveKeyType(m_server, m_request.keyType, m_wait);
        if (!type)
            return Failure(type.error());
        m_type = *type;
        m_routing.keyType = m_type.name;
        switch (m_request.recipe) {
        case Recipe::Hash:
            return hash();
        case Recipe::Modulo:
            return modulo();
        case Recipe::Range:
            return range();
        case Recipe::Ring:
            return ring();
        case Recipe::List:
            return list();
        case Recipe::DirectoryOnly:
            return done(pinRoutingSql(m_type.name));
        case Recipe::Expression:
            break;
        }
        const auto expression =
            checkRoutingExpression(m_server, m_request.expression, m_type, m_request.logicalShards, m_wait);
        if (!expression)
            return Failure(expression.error());
        m_routing.provenInRange = false;
        return done(*expression);
    }

private:
    Result<Routing> done(const QString &sql)
    {
        if (sql.isEmpty())
            return unfit(m_type, {KeyFamily::Integer, KeyFamily::Text, KeyFamily::Uuid});
        m_routing.sql = sql;
        return m_routing;
    }

    Result<Routing> hash()
    {
        const QString hashed = m_type.hashOf(QStringLiteral("$1"));
        return done(hashed.isEmpty() ? QString() : QStringLiteral("%1 % %2").arg(hashed).arg(m_request.logicalShards));
    }

    Result<Routing> modulo()
    {
        if (m_type.family != KeyFamily::Integer)
            return unfit(m_type, {KeyFamily::Integer});
        // The remainder of a negative key is negative: shift it, then take the remainder again.
        return done(QStringLiteral("(($1::bigint % %1) + %1) % %1").arg(m_request.logicalShards));
    }

    Result<void> checkShard(const QString &subject, int shard) const
    {
        if (shard >= 0 && shard < m_request.logicalShards)
            return {};
        return fail(ErrorCode::ValueBad, subject, QString::number(shard), {numbers(0, m_request.logicalShards - 1)});
    }

    Result<Routing> range()
    {
        const QString subject = QStringLiteral("range");
        if (m_request.ranges.empty())
            return fail(ErrorCode::ValueBad, subject, QString(), {QStringLiteral("LOWER=SHARD")});
        QStringList bounds;
        std::vector<int> shards;
        for (const RouteRange &range : m_request.ranges) {
            if (const auto fits = checkShard(subject, range.logicalShard); !fits)
                return Failure(fits.error());
            if (range.lowerBound) {
                bounds << *range.lowerBound;
                shards.push_back(range.logicalShard);
            } else if (!m_routing.ranges.empty()) {
                return fail(ErrorCode::ValueBad, subject, QStringLiteral("NULL"), {QStringLiteral("each once")});
            } else {
                m_routing.ranges.push_back(range);
            }
        }
        std::vector<int> order;
        const auto sorted = normalised(m_server, bounds, m_type, subject, order, m_wait);
        if (!sorted)
            return Failure(sorted.error());
        for (size_t i = 0; i < order.size(); ++i)
            m_routing.ranges.push_back(
                {sorted->at(static_cast<qsizetype>(i)), shards.at(static_cast<size_t>(order[i]))});
        return done(rangeRoutingSql(m_type.name));
    }

    Result<Routing> list()
    {
        const QString subject = QStringLiteral("list value");
        if (m_request.values.empty())
            return fail(ErrorCode::ValueBad, subject, QString(), {QStringLiteral("VALUE=SHARD")});
        QStringList values;
        for (const RouteValue &value : m_request.values) {
            if (const auto fits = checkShard(subject, value.logicalShard); !fits)
                return Failure(fits.error());
            values << value.value;
        }
        std::vector<int> order;
        const auto sorted = normalised(m_server, values, m_type, subject, order, m_wait);
        if (!sorted)
            return Failure(sorted.error());
        for (size_t i = 0; i < order.size(); ++i)
            m_routing.values.push_back({sorted->at(static_cast<qsizetype>(i)),
                                        m_request.values.at(static_cast<size_t>(order[i])).logicalShard});
        return done(listRoutingSql(m_type.name));
    }

    Result<Routing> ring()
    {
        const QString subject = QStringLiteral("virtual nodes");
        const int most = std::min(maximumVirtualNodes, maximumPoints / m_request.logicalShards);
        if (m_request.virtualNodes < 1 || m_request.virtualNodes > most)
            return fail(ErrorCode::ValueBad, subject, QString::number(m_request.virtualNodes), {numbers(1, most)});
        if (m_type.family == KeyFamily::Other)
            return done(QString());
        const auto rows = m_server.query(sqlText("cluster/ring_points"),
                                         pg::Params(m_request.logicalShards, m_request.virtualNodes), m_wait);
        if (!rows)
            return Failure(rows.error());
        for (int row = 0; row < rows->count(); ++row)
            m_routing.ring.push_back({rows->integer(row, 0), static_cast<int>(rows->integer(row, 1))});
        return done(ringRoutingSql(m_type.name));
    }

    pg::Connection &m_server;
    const RoutingRequest &m_request;
    const Wait &m_wait;
    KeyType m_type;
    Routing m_routing;
};

} // namespace

QStringList recipeNames()
{
    return {QStringLiteral("hash"), QStringLiteral("modulo"),    QStringLiteral("range"),     QStringLiteral("ring"),
            QStringLiteral("list"), QStringLiteral("directory"), QStringLiteral("expression")};
}

std::optional<Recipe> recipeNamed(const QString &name)
{
    const qsizetype index = recipeNames().indexOf(name);
    return index < 0 ? std::nullopt : std::optional(static_cast<Recipe>(index));
}

QString rangeRoutingSql(const QString &keyType)
{
    const KeyType type = keyTypeNamed(keyType);
    if (type.family == KeyFamily::Other)
        return {};
    const QString bound = comparable(QStringLiteral("r.lower_bound"), type);
    return QStringLiteral(
               "(SELECT r.logical_shard FROM shardhelm.route_range r WHERE (r.lower_bound IS NULL OR %1 <= %2) "
               "AND %2 IS NOT NULL ORDER BY %1 DESC NULLS LAST LIMIT 1)")
        .arg(bound, typedKey(keyType));
}

QString listRoutingSql(const QString &keyType)
{
    const KeyType type = keyTypeNamed(keyType);
    if (type.family == KeyFamily::Other)
        return {};
    return QStringLiteral("(SELECT l.logical_shard FROM shardhelm.route_list l WHERE l.value = (%1)::text)")
        .arg(typedKey(keyType));
}

QString ringRoutingSql(const QString &keyType)
{
    const QString hash = keyTypeNamed(keyType).hashOf(QStringLiteral("$1"));
    if (hash.isEmpty())
        return {};
    return QStringLiteral(
               "CASE WHEN %1 IS NOT NULL THEN COALESCE("
               "(SELECT r.logical_shard FROM shardhelm.route_ring r WHERE r.point >= %2 ORDER BY r.point LIMIT 1), "
               "(SELECT r.logical_shard FROM shardhelm.route_ring r ORDER BY r.point LIMIT 1)) END")
        .arg(typedKey(keyType), hash);
}

QString pinRoutingSql(const QString &keyType)
{
    const KeyType type = keyTypeNamed(keyType);
    if (type.family == KeyFamily::Other)
        return {};
    return QStringLiteral("(SELECT p.logical_shard FROM shardhelm.tenant_pin p WHERE p.tenant = (%1)::text)")
        .arg(typedKey(keyType));
}

Result<Routing> makeRouting(pg::Connection &server, const RoutingRequest &request, const Wait &wait)
{
    return Maker(server, request, wait).make();
}

} // namespace shardhelm::cluster
