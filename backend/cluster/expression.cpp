// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/expression.h"

#include "core/sqltext.h"
#include "sql/parser.h"

namespace shardhelm::cluster {

namespace {

constexpr int sampleKeys = 2000;

Failure bad(const QString &expression, const QString &found, const QStringList &expected = {})
{
    return fail(ErrorCode::RoutingBad, expression, found, expected);
}

/// A server's or parser's refusal of the expression itself as RoutingBad; any other failure as it is.
Failure refusal(const QString &expression, Error error)
{
    static const QStringList classes{QStringLiteral("0A"), QStringLiteral("21"), QStringLiteral("22"),
                                     QStringLiteral("25"), QStringLiteral("42"), QStringLiteral("54"),
                                     QStringLiteral("P0")};
    if (error.db && classes.contains(error.sqlstate().left(2))) {
        error.code = ErrorCode::RoutingBad;
        error.subject = expression;
        error.found = error.db->message;
    }
    return Failure(error);
}

Result<void> checkFunctions(pg::Connection &server, const QString &expression, const sql::Expression &parsed,
                            const Wait &wait)
{
    if (parsed.functions.empty())
        return {};
    QStringList schemas;
    QStringList names;
    for (const sql::FunctionUse &use : parsed.functions) {
        schemas << use.schema;
        names << use.name;
    }
    const auto rows =
        server.query(sqlText("cluster/function_volatility"), pg::Params(arrayText(schemas), arrayText(names)), wait);
    if (!rows)
        return Failure(rows.error());
    for (int row = 0; row < rows->count(); ++row) {
        if (rows->boolean(row, rows->column("volatile")))
            return bad(expression, rows->text(row, 1) + QStringLiteral("()"), {QStringLiteral("not volatile")});
    }
    return {};
}

/// The result type of the expression for a NULL key, and the first sample key that leaves 0 … logicalShards-1.
Result<void> tryOnSamples(pg::Connection &server, const QString &expression, const QString &embedded,
                          const KeyType &type, int logicalShards, const Wait &wait)
{
    const auto typeOf = server.query(
        QStringLiteral("SELECT pg_typeof(%1)::text FROM (SELECT NULL::%2 AS key) k").arg(embedded, type.name).toUtf8(),
        wait);
    if (!typeOf)
        return refusal(expression, typeOf.error());
    if (typeOf->count() != 1)
        return bad(expression, QStringLiteral("set"), {QStringLiteral("integer")});
    if (keyTypeNamed(typeOf->text(0, 0)).family != KeyFamily::Integer)
        return bad(expression, typeOf->text(0, 0), keyTypeNames({KeyFamily::Integer}));
    const QString samples = sampleKeysSql(type, sampleKeys);
    if (samples.isEmpty())
        return {};
    const auto rows =
        server.query(QStringLiteral("SELECT r.key::text, r.shard FROM (SELECT k.key, %1 AS shard FROM (%2) k) r "
                                    "WHERE r.shard IS NULL OR r.shard NOT BETWEEN 0 AND %3 LIMIT 1")
                         .arg(embedded, samples, QString::number(logicalShards - 1))
                         .toUtf8(),
                     wait);
    if (!rows)
        return refusal(expression, rows.error());
    if (rows->isEmpty())
        return {};
    const QString shard = rows->isNull(0, 1) ? QStringLiteral("NULL") : rows->text(0, 1);
    return bad(expression, QStringLiteral("%1 -> %2").arg(rows->text(0, 0), shard),
               {QStringLiteral("0…%1").arg(logicalShards - 1)});
}

} // namespace

QString sampleKeysSql(const KeyType &type, int count)
{
    switch (type.family) {
    case KeyFamily::Integer: {
        // Small numbers, as sequences give them, and numbers spread over the whole positive range of the type.
        const int bits = type.name == QLatin1StringView("smallint") ? 15
            : type.name == QLatin1StringView("integer")             ? 31
                                                                    : 63;
        return QStringLiteral(
                   "SELECT (CASE WHEN n <= %1 THEN n ELSE (hashint8extended(n, 1) & 9223372036854775807) >> %2 "
                   "END)::%3 AS key FROM generate_series(1, %4) n")
            .arg(count / 2)
            .arg(63 - bits)
            .arg(type.name)
            .arg(count);
    }
    case KeyFamily::Text:
        return QStringLiteral(
                   "SELECT (CASE n % 4 WHEN 0 THEN n::text WHEN 1 THEN md5(n::text) WHEN 2 THEN 'Tenant ' || n "
                   "ELSE 'größe-' || chr(945 + n % 24) || n END)::%1 AS key FROM generate_series(1, %2) n")
            .arg(type.name)
            .arg(count);
    case KeyFamily::Uuid:
        return QStringLiteral("SELECT md5(n::text)::uuid AS key FROM generate_series(1, %1) n").arg(count);
    case KeyFamily::Other:
        break;
    }
    return {};
}

Result<QString> checkRoutingExpression(pg::Connection &server, const QString &expression, const KeyType &type,
                                       int logicalShards, const Wait &wait)
{
    sql::Parser parser;
    const auto parsed = parser.expression(expression);
    if (!parsed)
        return refusal(expression, parsed.error());
    for (const int parameter : parsed->parameters) {
        if (parameter != 1)
            return bad(expression, QStringLiteral("$%1").arg(parameter), {QStringLiteral("$1")});
    }
    if (parsed->parameters.empty())
        return bad(expression, QString(), {QStringLiteral("$1")});
    if (parsed->hasColumns && !parsed->hasSubquery)
        return bad(expression, QStringLiteral("column"), {QStringLiteral("$1")});
    if (parsed->hasAggregateForm)
        return bad(expression, QStringLiteral("aggregate"));
    const auto embedded = parser.withParameter(parsed->text, 1, QStringLiteral("k.key"));
    if (!embedded)
        return Failure(embedded.error());

    // What is tried here was typed by someone: it may read, nothing else.
    auto transaction = pg::Transaction::begin(server, wait, QByteArrayLiteral("READ ONLY"));
    if (!transaction)
        return Failure(transaction.error());
    auto fits = checkFunctions(server, expression, *parsed, wait);
    if (fits)
        fits = tryOnSamples(server, expression, u'(' + *embedded + u')', type, logicalShards, wait);
    const auto ended = transaction->rollback(wait);
    if (!fits)
        return Failure(fits.error());
    if (!ended)
        return Failure(ended.error());
    return parsed->text;
}

} // namespace shardhelm::cluster
