// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/keytype.h"
#include "cluster/recipes.h"
#include "cluster/routing.h"
#include "core/sqltext.h"
#include "sql/parser.h"
#include "support/routingmap.h"
#include "support/testserver.h"

#include <QTest>

using namespace shardhelm;
using namespace shardhelm::cluster;
using test::soon;

namespace {

/// A column name that needs quoting.
const QString column = QStringLiteral("\"Te\"\"nant\"");

/// Ten thousand keys with the awkward ones among them: the ends of the type, negative and small numbers, quotes,
/// backslashes, letters of several bytes, the empty text.
QByteArray keysSql(const QString &keyType)
{
    static const QMap<QString, QByteArray> sql{
        {QStringLiteral("smallint"),
         "SELECT DISTINCT (hashint8extended(n, 42) % 32768)::smallint FROM generate_series(1, 12000) n "
         "UNION SELECT unnest('{-32768,32767,0,-1,1}'::smallint[])"},
        {QStringLiteral("integer"),
         "SELECT DISTINCT (hashint8extended(n, 42) % 2147483648)::int FROM generate_series(1, 10000) n "
         "UNION SELECT generate_series(-500, 500) UNION SELECT unnest('{-2147483648,2147483647}'::int[])"},
        {QStringLiteral("bigint"),
         "SELECT hashint8extended(n, 42) FROM generate_series(1, 10000) n UNION SELECT generate_series(-500, 500) "
         "UNION SELECT unnest('{-9223372036854775808,9223372036854775807,2147483648,-2147483649}'::bigint[])"},
        {QStringLiteral("text"),
         "SELECT CASE n % 5 WHEN 0 THEN md5(n::text) WHEN 1 THEN 'o''brien \"\\' || n WHEN 2 THEN 'größe-' || chr(945 "
         "+ n % 24) "
         "|| '😀' || n WHEN 3 THEN repeat('x', n % 50) || n ELSE n::text END FROM generate_series(1, 10000) n "
         "UNION SELECT unnest(ARRAY['', ' ', '''', '\"', '{', '}', ',', 'NULL', '\\', '$1', E'\\n', '%s'])"},
        {QStringLiteral("character varying"),
         "SELECT CASE n % 3 WHEN 0 THEN md5(n::text) WHEN 1 THEN 'o''brien' || n ELSE 'ß' || n END::varchar "
         "FROM generate_series(1, 10000) n UNION SELECT unnest(ARRAY['', '\"', '\\']::varchar[])"},
        {QStringLiteral("uuid"),
         "SELECT md5(n::text)::uuid FROM generate_series(1, 10000) n UNION SELECT unnest("
         "'{00000000-0000-0000-0000-000000000000,ffffffff-ffff-ffff-ffff-ffffffffffff}'::uuid[])"},
    };
    return sql.value(keyType);
}

} // namespace

class TestPredicate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void exactlyOneShardIsTrue_data();
    void exactlyOneShardIsTrue();
    void routingsWithoutPredicate_data();
    void routingsWithoutPredicate();
    void unknownShard();
    void ringPredicateStaysSmall();

private:
    void checkAgainstRouting(const ShardMap &map, const QMap<int, QString> &predicates);
    void checkNull(const ShardMap &map, const QMap<int, QString> &predicates);
    void checkRowFilters(const QMap<int, QString> &predicates);

    test::TestServer m_server{{{QStringLiteral("wal_level"), QStringLiteral("logical")}}};
    pg::Connection m_directory;
};

void TestPredicate::initTestCase()
{
    m_directory = m_server.connect();
    QVERIFY(m_directory.run(sqlText("directory/v1"), soon()));
}

void TestPredicate::exactlyOneShardIsTrue_data()
{
    QTest::addColumn<QString>("keyType");
    QTest::addColumn<int>("recipe");
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("columnType");
    const auto row = [](const char *name, const char *keyType, Recipe recipe, const char *expression = "",
                        const char *columnType = nullptr) {
        QTest::newRow(name) << QString::fromLatin1(keyType) << static_cast<int>(recipe)
                            << QString::fromLatin1(expression)
                            << QString::fromLatin1(columnType ? columnType : keyType);
    };
    row("hash smallint", "smallint", Recipe::Hash);
    row("hash integer", "integer", Recipe::Hash);
    row("hash bigint", "bigint", Recipe::Hash);
    row("hash bigint, integer column", "bigint", Recipe::Hash, "", "integer");
    row("hash text", "text", Recipe::Hash);
    row("hash varchar", "character varying", Recipe::Hash, "", "varchar(80)");
    row("hash uuid", "uuid", Recipe::Hash);
    row("modulo integer", "integer", Recipe::Modulo);
    row("modulo bigint", "bigint", Recipe::Modulo);
    row("range bigint", "bigint", Recipe::Range);
    row("range text", "text", Recipe::Range);
    row("range varchar", "character varying", Recipe::Range);
    row("range uuid", "uuid", Recipe::Range);
    row("ring bigint", "bigint", Recipe::Ring);
    row("ring text", "text", Recipe::Ring);
    row("ring uuid", "uuid", Recipe::Ring);
    row("list bigint", "bigint", Recipe::List);
    row("list text", "text", Recipe::List);
    row("list uuid", "uuid", Recipe::List);
    row("directory bigint", "bigint", Recipe::DirectoryOnly);
    row("directory text", "text", Recipe::DirectoryOnly);
    row("abs of hash of text", "bigint", Recipe::Expression, "abs(hashtext($1::text)) % 8");
    row("hash of uuid's text", "uuid", Recipe::Expression, "hashtext(cast($1 as text)) & 7");
    row("old hash", "bigint", Recipe::Expression, "hashint8($1) & 7");
    row("CASE", "integer", Recipe::Expression, "CASE WHEN $1 < 0 THEN 0 ELSE $1 & 7 END");
    row("never NULL", "integer", Recipe::Expression, "coalesce($1, 0) & 7");
    row("digest", "text", Recipe::Expression, "get_byte(decode(md5($1), 'hex'), 0) & 7");
    row("text of text", "text", Recipe::Expression, "(hashtextextended($1::text, 0) & 9223372036854775807) % 8");
}

void TestPredicate::exactlyOneShardIsTrue()
{
    QFETCH(QString, keyType);
    QFETCH(int, recipe);
    QFETCH(QString, expression);
    QFETCH(QString, columnType);

    // setup
    m_server.run(QByteArrayLiteral("DROP TABLE IF EXISTS keys; CREATE TABLE keys (") + column.toUtf8() + ' '
                 + columnType.toUtf8() + QByteArrayLiteral(" PRIMARY KEY, n int); INSERT INTO keys ")
                 + keysSql(columnType == QLatin1StringView("integer") ? columnType : keyType));
    const auto sample = m_server.run("SELECT " + column.toUtf8() + "::text FROM keys ORDER BY md5(" + column.toUtf8()
                                     + "::text) LIMIT 400");
    RoutingRequest request;
    request.recipe = static_cast<Recipe>(recipe);
    request.keyType = keyType;
    request.logicalShards = 8;
    request.expression = expression;
    request.virtualNodes = 32;
    if (request.recipe == Recipe::Range)
        request.ranges.push_back({std::nullopt, 0});
    for (int i = 0; i < 24; ++i) {
        if (request.recipe == Recipe::Range && i > 0) // shards in several pieces, some of them neighbours
            request.ranges.push_back({sample.text(i, 0), (i / 2) % 8});
        if (request.recipe == Recipe::List)
            request.values.push_back({sample.text(i, 0), i % 7});
    }
    const auto routing = makeRouting(m_directory, request, soon());
    QVERIFY2(routing, routing ? "" : qPrintable(routing.error().found));
    std::vector<TenantPin> pins;
    for (int i = 24; i < (request.recipe == Recipe::DirectoryOnly ? 400 : 80); ++i)
        pins.push_back({sample.text(i, 0), i % 8, 1, QStringLiteral("active")});
    const ShardMap map = test::storeRouting(m_server, *routing, 8, pins);

    // action
    const auto predicates = shardPredicates(m_directory, map, column, soon());

    // verify
    QVERIFY2(predicates, predicates ? "" : qPrintable(predicates.error().found));
    QCOMPARE(predicates->size(), 8);
    QCOMPARE(shardPredicate(m_directory, map, 3, column, soon()).value(), predicates->value(3));
    checkAgainstRouting(map, *predicates);
    checkNull(map, *predicates);
    checkRowFilters(*predicates);
}

void TestPredicate::checkAgainstRouting(const ShardMap &map, const QMap<int, QString> &predicates)
{
    sql::Parser parser;
    const QString routed = parser.withParameter(map.routingSql, 1, QStringLiteral("keys.") + column).value();
    QStringList trueOnes;
    for (auto it = predicates.cbegin(); it != predicates.cend(); ++it)
        trueOnes << QStringLiteral("CASE WHEN %1 THEN %2 END").arg(it.value(), QString::number(it.key()));
    const QString sql =
        QStringLiteral(
            "SELECT count(*), count(*) FILTER (WHERE found <> CASE WHEN wanted IS NULL THEN '{}' ELSE "
            "ARRAY[wanted]::int[] END), count(DISTINCT wanted), "
            "min(key) FILTER (WHERE found <> CASE WHEN wanted IS NULL THEN '{}' ELSE ARRAY[wanted]::int[] END) "
            "FROM (SELECT keys.%1::text AS key, array_remove(ARRAY[%2], NULL) AS found, "
            "coalesce(p.logical_shard, (%3)) AS wanted FROM keys "
            "LEFT JOIN shardhelm.tenant_pin p ON p.tenant = keys.%1::text) x")
            .arg(column, trueOnes.join(QLatin1StringView(", ")), routed);
    const auto rows = m_server.run(sql.toUtf8());
    QVERIFY(rows.integer(0, 0) >= 9000);
    QVERIFY2(rows.integer(0, 1) == 0,
             qPrintable(QStringLiteral("%1 keys differ, e.g. %2").arg(rows.integer(0, 1)).arg(rows.text(0, 3))));
    QVERIFY(rows.integer(0, 2) >= 7);
}

void TestPredicate::checkNull(const ShardMap &map, const QMap<int, QString> &predicates)
{
    for (const QString &predicate : predicates) {
        const auto rows = m_server.run(QStringLiteral("SELECT (%1) IS TRUE FROM (SELECT NULL::%2 AS %3) t")
                                           .arg(predicate, map.keyType, column)
                                           .toUtf8());
        QVERIFY(!rows.boolean(0, 0));
    }
}

void TestPredicate::checkRowFilters(const QMap<int, QString> &predicates)
{
    for (const QString &predicate : predicates) {
        // The update fails when the filter asks for more than the replica identity has.
        const QByteArray script = "CREATE PUBLICATION p FOR TABLE keys WHERE (" + predicate.toUtf8()
            + "); UPDATE keys SET n = 1 WHERE ctid = '(0,1)'; DROP PUBLICATION p";
        const auto accepted = m_directory.run(script, soon());
        QVERIFY2(accepted,
                 accepted ? "" : qPrintable(accepted.error().db->message + u' ' + accepted.error().db->detail));
    }
}

void TestPredicate::routingsWithoutPredicate_data()
{
    QTest::addColumn<QString>("keyType");
    QTest::addColumn<QString>("routing");
    QTest::addColumn<QString>("why");
    const auto row = [](const char *name, const char *keyType, const char *routing, const char *why) {
        QTest::newRow(name) << QString::fromLatin1(keyType) << QString::fromLatin1(routing) << QString::fromLatin1(why);
    };
    row("none", "bigint", "", "");
    row("own function", "bigint", "public.shard_of($1)", "shard_of()");
    row("own function on the path", "bigint", "shard_of($1)", "shard_of()");
    row("stable function", "bigint", "extract(day from now())::int + $1", "now()");
    row("through the text form", "text", "right($1, 1)::int", "\"right\"($1, 1)::int");
    row("through bits", "bigint", "('x' || left(md5($1::text), 7))::bit(28)::int % 8", "");
    row("session value", "bigint", "length(current_user) + $1", "length(current_user) + $1");
    row("own lookup", "bigint", "(SELECT s FROM public.lookup WHERE k = $1)",
        "(SELECT s FROM public.lookup WHERE k = $1)");
    row("own type", "public.tenant_key", "hashint8($1::bigint) & 7", "public.tenant_key");
}

void TestPredicate::routingsWithoutPredicate()
{
    QFETCH(QString, keyType);
    QFETCH(QString, routing);
    QFETCH(QString, why);
    m_server.run(
        "CREATE OR REPLACE FUNCTION shard_of(bigint) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT ($1 & 7)::int'; "
        "CREATE TABLE IF NOT EXISTS lookup (k bigint, s int);"
        "DO $$ BEGIN CREATE DOMAIN tenant_key AS bigint; EXCEPTION WHEN duplicate_object THEN END $$");
    Routing own;
    own.keyType = keyType;
    own.sql = routing;
    const auto predicates = shardPredicates(m_directory, test::storeRouting(m_server, own, 8, {}), column, soon());
    QVERIFY(!predicates);
    QCOMPARE(predicates.error().code, ErrorCode::RoutingHasNoPredicate);
    if (!why.isEmpty() || routing.isEmpty())
        QCOMPARE(predicates.error().found, why);
}

void TestPredicate::unknownShard()
{
    Routing hash;
    hash.keyType = QStringLiteral("bigint");
    hash.sql = QStringLiteral("$1 & 7");
    const auto predicate = shardPredicate(m_directory, test::storeRouting(m_server, hash, 8, {}), 8, column, soon());
    QVERIFY(!predicate);
    QCOMPARE(predicate.error().code, ErrorCode::ShardUnknown);
}

void TestPredicate::ringPredicateStaysSmall()
{
    RoutingRequest request{Recipe::Ring, QStringLiteral("bigint"), 256, {}, 128, {}, {}};
    const auto routing = makeRouting(m_directory, request, soon());
    QVERIFY(routing);
    const auto predicates =
        shardPredicates(m_directory, test::storeRouting(m_server, *routing, 256, {}), column, soon());
    QVERIFY(predicates);
    for (const QString &predicate : *predicates)
        QVERIFY(predicate.size() < 8000);
}

QTEST_GUILESS_MAIN(TestPredicate)
#include "tst_predicate.moc"
