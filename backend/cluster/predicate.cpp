// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/expression.h"
#include "cluster/keytype.h"
#include "cluster/routing.h"
#include "core/sqltext.h"
#include "sql/parser.h"

#include <QHash>

#include <limits>

namespace shardhelm::cluster {

namespace {

const QString nothing = QStringLiteral("false");

/// Rows of a route table: where one ends, the shard of the keys up to there or from there.
using Boundaries = std::vector<std::pair<QString, int>>;

/// The predicates of one map on their way.
class Predicates
{
public:
    Predicates(pg::Connection &directory, const ShardMap &map, const QString &column, const Wait &wait)
        : m_directory(directory)
        , m_map(map)
        , m_column(column)
        , m_wait(wait)
        , m_type(keyTypeNamed(map.keyType))
    {
    }

    Result<QMap<int, QString>> make()
    {
        const auto form = routingForm(m_map);
        if (!form)
            return Failure(form.error());
        if (const auto routed = makeRouted(*form); !routed)
            return Failure(routed.error());
        if (const auto pinned = readPins(*form); !pinned)
            return Failure(pinned.error());
        QMap<int, QString> predicates;
        for (const LogicalShard &shard : m_map.shards)
            predicates.insert(shard.id, whole(shard.id));
        return predicates;
    }

private:
    [[nodiscard]] Failure none(const QString &why) const
    {
        return fail(ErrorCode::RoutingHasNoPredicate, m_map.clusterName, why);
    }

    Result<void> makeRouted(RoutingForm form)
    {
        if (m_type.family == KeyFamily::Other) // a row filter takes built-in types only, and its text must be stable
            return none(m_map.keyType);
        switch (form) {
        case RoutingForm::Search:
            return none(QString());
        case RoutingForm::Expression:
            return fromExpression();
        case RoutingForm::Range:
            return fromRanges();
        case RoutingForm::List:
            return fromList();
        case RoutingForm::Ring:
            return fromRing();
        case RoutingForm::Pins:
            return {};
        case RoutingForm::Lookup:
            break;
        }
        return none(m_map.routingSql);
    }

    Result<void> fromExpression()
    {
        sql::Parser parser;
        auto text = parser.expression(m_map.routingSql).map([](const sql::Expression &e) { return e.text; });
        if (text && m_type.family != KeyFamily::Text)
            text = parser.withTextCastsCalled(*text, m_type.outputFunction);
        const auto parsed = text ? parser.expression(*text) : Result<sql::Expression>(Failure(text.error()));
        if (!parsed)
            return Failure(parsed.error());
        if (parsed->hasColumns || parsed->hasSessionValue || parsed->hasAggregateForm || parsed->hasQualifiedOperator)
            return none(m_map.routingSql);
        if (const auto builtIn = checkFunctions(*parsed); !builtIn)
            return Failure(builtIn.error());
        if (const auto plain = checkCasts(parser, *parsed); !plain)
            return Failure(plain.error());
        const auto overColumn = parser.withParameter(*text, 1, m_column);
        if (!overColumn)
            return Failure(overColumn.error());
        for (const LogicalShard &shard : m_map.shards)
            m_routed.insert(shard.id,
                            QStringLiteral("(") + *overColumn + QStringLiteral(") = ") + QString::number(shard.id));
        return {};
    }

    /// Row filters take built-in immutable functions only.
    Result<void> checkFunctions(const sql::Expression &parsed)
    {
        QStringList schemas;
        QStringList names;
        for (const sql::FunctionUse &use : parsed.functions) {
            schemas << use.schema;
            names << use.name;
        }
        const auto rows = m_directory.query(sqlText("cluster/function_volatility"),
                                            pg::Params(arrayText(schemas), arrayText(names)), m_wait);
        if (!rows)
            return Failure(rows.error());
        for (int row = 0; row < rows->count(); ++row) {
            if (!rows->boolean(row, rows->column("built_in")) || !rows->boolean(row, rows->column("immutable")))
                return none(rows->text(row, 1) + QStringLiteral("()"));
        }
        return {};
    }

    /// A cast that goes through the text form of a value is refused by row filters: only those that PostgreSQL does by
    /// a built-in immutable function, or without doing anything, are left.
    Result<void> checkCasts(sql::Parser &parser, const sql::Expression &parsed)
    {
        for (const sql::CastUse &cast : parsed.casts) {
            const auto argument = parser.withParameter(cast.argument, 1, QStringLiteral("k.key"));
            if (!argument)
                return Failure(argument.error());
            QByteArray query = sqlText("cluster/cast_method");
            // What was typed comes last: it may hold a text that looks like a mark.
            query.replace("@key_type@", m_type.name.toUtf8());
            query.replace("@type@", cast.type.toUtf8()).replace("@argument@", argument->toUtf8());
            const auto rows = m_directory.query(query, m_wait);
            if (!rows)
                return Failure(rows.error());
            if (!rows->boolean(0, 0))
                return none(cast.argument + QStringLiteral("::") + cast.type);
        }
        return {};
    }

    Result<Boundaries> readRows(const char *name, const QString &order)
    {
        QByteArray query = sqlText(name);
        query.replace("@order@", order.toUtf8());
        const auto rows = m_directory.query(query, m_wait);
        if (!rows)
            return Failure(rows.error());
        Boundaries found;
        for (int row = 0; row < rows->count(); ++row)
            found.emplace_back(rows->text(row, 0), static_cast<int>(rows->integer(row, 1)));
        return found;
    }

    Result<void> fromRanges()
    {
        const bool byBytes = m_type.family == KeyFamily::Text;
        const auto rows = readRows("cluster/route_ranges",
                                   byBytes ? QStringLiteral("lower_bound COLLATE \"C\"")
                                           : QStringLiteral("lower_bound::") + m_type.name);
        if (!rows)
            return Failure(rows.error());
        const QString column = byBytes ? m_column + QStringLiteral(" COLLATE \"C\"") : m_column;
        for (size_t i = 0; i < rows->size();) {
            size_t next = i + 1;
            while (next < rows->size() && rows->at(next).second == rows->at(i).second)
                ++next; // neighbours of one shard are one range
            QStringList ends;
            if (!rows->at(i).first.isNull())
                ends << column + QStringLiteral(" >= ") + keyLiteral(rows->at(i).first, m_type);
            if (next < rows->size())
                ends << column + QStringLiteral(" < ") + keyLiteral(rows->at(next).first, m_type);
            add(rows->at(i).second, ends.isEmpty() ? QStringLiteral("true") : ends.join(QLatin1StringView(" AND ")));
            i = next;
        }
        return {};
    }

    Result<void> fromList()
    {
        const auto rows = readRows("cluster/route_values", QStringLiteral("value"));
        if (!rows)
            return Failure(rows.error());
        QMap<int, QStringList> values;
        for (const auto &[value, shard] : *rows)
            values[shard] << value;
        for (auto it = values.cbegin(); it != values.cend(); ++it)
            m_routed.insert(it.key(), isOneOf(it.value()));
        return {};
    }

    /// The arcs of a ring that belong to a shard, neighbours merged, as one sorted array of the hashes where the ring
    /// enters and leaves the shard: the hash is inside when an odd number of them lie at or below it. One hash and one
    /// binary search per row, however many virtual nodes there are.
    Result<void> fromRing()
    {
        const auto rows = readRows("cluster/route_points", QStringLiteral("point"));
        if (!rows)
            return Failure(rows.error());
        if (rows->empty())
            return {};
        QMap<int, QStringList> changes;
        int shard = rows->front().second; // from 0 to the first point, and from the last point on
        changes[shard] << QStringLiteral("0");
        for (size_t i = 0; i < rows->size(); ++i) {
            const int following = rows->at((i + 1) % rows->size()).second;
            const qint64 point = rows->at(i).first.toLongLong();
            if (following == shard || point == std::numeric_limits<qint64>::max())
                continue;
            const QString start = QString::number(point + 1); // a point is the last hash of its arc
            changes[shard] << start;
            changes[following] << start;
            shard = following;
        }
        const QString hash = m_type.hashOf(m_column);
        for (auto it = changes.cbegin(); it != changes.cend(); ++it) {
            m_routed.insert(it.key(),
                            QStringLiteral("width_bucket(") + hash + QStringLiteral(", '{") + it.value().join(u',')
                                + QStringLiteral("}'::bigint[]) % 2 = 1"));
        }
        return {};
    }

    void add(int shard, const QString &condition)
    {
        QString &routed = m_routed[shard];
        routed = routed.isEmpty() ? condition : routed + QStringLiteral(" OR ") + condition;
    }

    [[nodiscard]] QString isOneOf(const QStringList &keys) const
    {
        return m_column + QStringLiteral(" = ANY (") + keyArray(keys, m_type) + u')';
    }

    /// Only pins that change something go into a predicate: what is pinned to a shard that the key routes to anyway is
    /// left out of its own, and a shard leaves out the keys it would have got, not every pin there is.
    Result<void> readPins(RoutingForm form)
    {
        QStringList tenants;
        for (const TenantPin &pin : m_map.pins)
            tenants << pin.tenant;
        std::vector<std::optional<qint64>> natural(m_map.pins.size());
        if (form != RoutingForm::Pins && !tenants.isEmpty()) {
            const auto routed = routeKeys(m_directory, m_map, tenants, m_wait);
            if (!routed)
                return Failure(routed.error());
            natural = *routed;
        }
        for (size_t i = 0; i < m_map.pins.size(); ++i) {
            const TenantPin &pin = m_map.pins[i];
            if (natural[i] == pin.logicalShard)
                continue;
            m_pinnedHere[pin.logicalShard] << pin.tenant;
            if (natural[i])
                m_pinnedAway[*natural[i]] << pin.tenant;
        }
        return {};
    }

    [[nodiscard]] QString whole(int shard) const
    {
        QString condition = m_routed.value(shard, nothing);
        const QStringList away = m_pinnedAway.value(shard);
        if (!away.isEmpty()) {
            condition = u'(' + condition + QStringLiteral(") AND ") + m_column + QStringLiteral(" <> ALL (")
                + keyArray(away, m_type) + u')';
        }
        const QStringList here = m_pinnedHere.value(shard);
        if (!here.isEmpty())
            condition =
                condition == nothing ? isOneOf(here) : u'(' + condition + QStringLiteral(") OR ") + isOneOf(here);
        return u'(' + m_column + QStringLiteral(" IS NOT NULL AND (") + condition + QStringLiteral("))");
    }

    pg::Connection &m_directory;
    const ShardMap &m_map;
    const QString m_column;
    const Wait &m_wait;
    const KeyType m_type;
    QMap<int, QString> m_routed;
    QHash<int, QStringList> m_pinnedHere;
    QHash<qint64, QStringList> m_pinnedAway;
};

} // namespace

Result<QString> shardPredicate(pg::Connection &directory, const ShardMap &map, int id, const QString &column,
                               const Wait &wait)
{
    if (!map.shard(id))
        return fail(ErrorCode::ShardUnknown, QString::number(id));
    return shardPredicates(directory, map, column, wait).map([id](const QMap<int, QString> &all) {
        return all.value(id);
    });
}

Result<QMap<int, QString>> shardPredicates(pg::Connection &directory, const ShardMap &map, const QString &column,
                                           const Wait &wait)
{
    return Predicates(directory, map, column, wait).make();
}

} // namespace shardhelm::cluster
