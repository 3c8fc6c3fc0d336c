// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/recipes.h"
#include "cluster/routing.h"
#include "core/sqltext.h"
#include "support/routingmap.h"
#include "support/testserver.h"

#include <QTest>

using namespace shardhelm;
using namespace shardhelm::cluster;
using test::soon;

class TestRecipes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void namesAreStable();
    void writesExpressions_data();
    void writesExpressions();
    void refusesRequests_data();
    void refusesRequests();
    void acceptsExpressions_data();
    void acceptsExpressions();
    void refusesExpressions_data();
    void refusesExpressions();
    void expressionMayNotWrite();
    void normalisesBoundsAndValues();
    void ringIsHashedByPostgres();
    void knowsTheForm_data();
    void knowsTheForm();
    void locates_data();
    void locates();
    void locateRefuses_data();
    void locateRefuses();
    void locateThroughLookup();

private:
    test::TestServer m_server;
    pg::Connection m_directory;
};

namespace {

RoutingRequest request(Recipe recipe, const char *keyType, int shards, const char *expression = "")
{
    return {recipe, QString::fromLatin1(keyType), shards, QString::fromUtf8(expression), 128, {}, {}};
}

} // namespace

void TestRecipes::initTestCase()
{
    m_directory = m_server.connect();
    QVERIFY(m_directory.run(sqlText("directory/v1"), soon()));
}

void TestRecipes::namesAreStable()
{
    QCOMPARE(recipeNames().join(u' '), QStringLiteral("hash modulo range ring list directory expression"));
    QCOMPARE(recipeNamed(QStringLiteral("ring")), Recipe::Ring);
    QCOMPARE(recipeNamed(QStringLiteral("directory")), Recipe::DirectoryOnly);
    QVERIFY(!recipeNamed(QStringLiteral("Ring")));
}

void TestRecipes::writesExpressions_data()
{
    QTest::addColumn<int>("recipe");
    QTest::addColumn<QString>("keyType");
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("typeName");
    const auto row = [](Recipe recipe, const char *keyType, const char *sql, const char *typeName) {
        QTest::newRow(qPrintable(recipeNames().at(static_cast<int>(recipe)) + u' ' + QString::fromLatin1(keyType)))
            << static_cast<int>(recipe) << QString::fromLatin1(keyType) << QString::fromLatin1(sql)
            << QString::fromLatin1(typeName);
    };
    row(Recipe::Hash, "int8", "(hashint8extended($1, 0) & 9223372036854775807) % 256", "bigint");
    row(Recipe::Hash, "int", "(hashint8extended($1, 0) & 9223372036854775807) % 256", "integer");
    row(Recipe::Hash, "smallint", "(hashint8extended($1, 0) & 9223372036854775807) % 256", "smallint");
    row(Recipe::Hash, "text", "(hashtextextended($1, 0) & 9223372036854775807) % 256", "text");
    row(Recipe::Hash, "varchar(40)", "(hashtextextended($1, 0) & 9223372036854775807) % 256", "character varying");
    row(Recipe::Hash, "UUID", "(uuid_hash_extended($1, 0) & 9223372036854775807) % 256", "uuid");
    row(Recipe::Modulo, "bigint", "(($1::bigint % 256) + 256) % 256", "bigint");
}

void TestRecipes::writesExpressions()
{
    QFETCH(int, recipe);
    QFETCH(QString, keyType);
    const auto routing =
        makeRouting(m_directory, request(static_cast<Recipe>(recipe), qPrintable(keyType), 256), soon());
    QVERIFY(routing);
    QTEST(routing->sql, "sql");
    QTEST(routing->keyType, "typeName");
    QVERIFY(routing->provenInRange);
}

void TestRecipes::refusesRequests_data()
{
    QTest::addColumn<int>("recipe");
    QTest::addColumn<QString>("keyType");
    QTest::addColumn<int>("shards");
    QTest::addColumn<int>("virtualNodes");
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QString>("found");
    const auto row = [](const char *name, Recipe recipe, const char *keyType, int shards, int nodes,
                        const char *subject, const char *found) {
        QTest::newRow(name) << static_cast<int>(recipe) << QString::fromLatin1(keyType) << shards << nodes
                            << QString::fromLatin1(subject) << QString::fromLatin1(found);
    };
    row("hash of numeric", Recipe::Hash, "numeric", 8, 128, "key type", "numeric");
    row("hash of date", Recipe::Hash, "date", 8, 128, "key type", "date");
    row("modulo of text", Recipe::Modulo, "text", 8, 128, "key type", "text");
    row("modulo of uuid", Recipe::Modulo, "uuid", 8, 128, "key type", "uuid");
    row("ring of jsonb", Recipe::Ring, "jsonb", 8, 128, "key type", "jsonb");
    row("no such type", Recipe::Hash, "nosuchtype", 8, 128, "key type", "nosuchtype");
    row("no type", Recipe::Hash, "", 8, 128, "key type", "");
    row("hostile type", Recipe::Hash, "int8; drop table x", 8, 128, "key type", "int8; drop table x");
    row("no shards", Recipe::Hash, "int8", 0, 128, "logical shards", "0");
    row("negative", Recipe::Hash, "int8", -3, 128, "logical shards", "-3");
    row("far too many", Recipe::Hash, "int8", 1000000, 128, "logical shards", "1000000");
    row("no nodes", Recipe::Ring, "int8", 8, 0, "virtual nodes", "0");
    row("too many nodes", Recipe::Ring, "int8", 8, 20000, "virtual nodes", "20000");
    row("too many points", Recipe::Ring, "int8", 60000, 128, "virtual nodes", "128");
    row("no ranges", Recipe::Range, "int8", 8, 128, "range", "");
    row("no values", Recipe::List, "int8", 8, 128, "list value", "");
}

void TestRecipes::refusesRequests()
{
    QFETCH(int, recipe);
    QFETCH(QString, keyType);
    QFETCH(int, shards);
    QFETCH(int, virtualNodes);
    RoutingRequest wanted{static_cast<Recipe>(recipe), keyType, shards, {}, virtualNodes, {}, {}};
    const auto routing = makeRouting(m_directory, wanted, soon());
    QVERIFY(!routing);
    QCOMPARE(routing.error().code, ErrorCode::ValueBad);
    QTEST(routing.error().subject, "subject");
    QTEST(routing.error().found, "found");
    QVERIFY(!routing.error().expected.isEmpty());
}

void TestRecipes::acceptsExpressions_data()
{
    QTest::addColumn<QString>("keyType");
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("stored");
    const auto row = [](const char *name, const char *keyType, const char *given, const char *stored) {
        QTest::newRow(name) << QString::fromLatin1(keyType) << QString::fromUtf8(given) << QString::fromUtf8(stored);
    };
    row("modulo", "bigint", "$1 % 8", "$1 % 8");
    row("in the wild", "bigint", "abs(hashtext($1::text)) % 8", "abs(hashtext($1::text)) % 8");
    row("comment", "uuid", "hashtext($1::text) & 7 -- by the book", "hashtext($1::text) & 7");
    row("own table", "text", "coalesce((SELECT s FROM lookup WHERE k = $1), 0)",
        "COALESCE((SELECT s FROM lookup WHERE k = $1), 0)");
    row("own function", "bigint", "public.shard_of($1)", "public.shard_of($1)");
    row("type without samples", "date", "extract(year from $1)::int % 8", "extract ('year' FROM $1)::int % 8");
}

void TestRecipes::acceptsExpressions()
{
    m_server.run(
        "CREATE TABLE IF NOT EXISTS lookup (k text, s int);"
        "CREATE OR REPLACE FUNCTION shard_of(bigint) RETURNS int LANGUAGE sql AS 'SELECT ($1 & 7)::int' STABLE");
    QFETCH(QString, keyType);
    QFETCH(QString, given);
    RoutingRequest wanted = request(Recipe::Expression, qPrintable(keyType), 8);
    wanted.expression = given;
    const auto routing = makeRouting(m_directory, wanted, soon());
    QVERIFY2(routing, routing ? "" : qPrintable(routing.error().found));
    QTEST(routing->sql, "stored");
    QVERIFY(!routing->provenInRange);
}

void TestRecipes::refusesExpressions_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("found");
    const auto row = [](const char *expression, const char *found) {
        QTest::newRow(expression) << QString::fromLatin1(expression) << QString::fromLatin1(found);
    };
    row("", "not exactly one expression");
    row("$1 %", "syntax error at end of input");
    row("$1 % 8, 2", "not exactly one expression");
    row("$1 % 8; drop schema shardhelm", "not exactly one expression");
    row("$2 % 8", "$2");
    row("7", "");
    row("tenant_id % 8", "");
    row("$1 + tenant_id", "column");
    row("($1 % 8)::text", "text");
    row("$1 / 2.0", "numeric");
    row("$1 % 9", "8 -> 8");
    row("nullif($1 % 8, 3)", "3 -> NULL");
    row("no_such_function($1)", "function no_such_function(bigint) does not exist");
    row("(SELECT s FROM nowhere WHERE k = $1)", "relation \"nowhere\" does not exist");
    row("random()::int + $1", "random()");
    row("count(DISTINCT $1)", "aggregate");
    row("$1 / 0", "division by zero");
    row("(SELECT 1 UNION ALL SELECT 2 WHERE $1 IS NULL)",
        "more than one row returned by a subquery used as an expression");
}

void TestRecipes::refusesExpressions()
{
    QFETCH(QString, expression);
    RoutingRequest wanted = request(Recipe::Expression, "bigint", 8);
    wanted.expression = expression;
    const auto routing = makeRouting(m_directory, wanted, soon());
    QVERIFY(!routing);
    QCOMPARE(routing.error().code, ErrorCode::RoutingBad);
    QTEST(routing.error().found, "found");
    QVERIFY(!m_directory.inTransaction());
}

void TestRecipes::expressionMayNotWrite()
{
    m_server.run(
        "CREATE TABLE traces (k bigint); CREATE FUNCTION leave_trace(k bigint) RETURNS int LANGUAGE plpgsql STABLE AS "
        "$$ BEGIN EXECUTE 'INSERT INTO traces VALUES (1)'; RETURN 1; END $$");
    const auto routing = makeRouting(m_directory, request(Recipe::Expression, "bigint", 8, "leave_trace($1)"), soon());
    QVERIFY(!routing);
    QCOMPARE(routing.error().code, ErrorCode::RoutingBad);
    QCOMPARE(m_server.run("SELECT count(*) FROM traces").integer(0, 0), 0);
}

void TestRecipes::normalisesBoundsAndValues()
{
    RoutingRequest range = request(Recipe::Range, "bigint", 4);
    range.ranges = {
        {QStringLiteral(" 1000"), 2}, {QStringLiteral("007"), 1}, {std::nullopt, 0}, {QStringLiteral("-5"), 3}};
    const auto ranges = makeRouting(m_directory, range, soon());
    QVERIFY(ranges);
    QCOMPARE(ranges->ranges,
             (std::vector<RouteRange>{
                 {std::nullopt, 0}, {QStringLiteral("-5"), 3}, {QStringLiteral("7"), 1}, {QStringLiteral("1000"), 2}}));

    RoutingRequest list = request(Recipe::List, "uuid", 2);
    list.values = {{QStringLiteral("FFFFFFFF-ffff-ffff-ffff-ffffffffffff"), 1},
                   {QStringLiteral("{00000000-0000-0000-0000-000000000001}"), 0}};
    const auto values = makeRouting(m_directory, list, soon());
    QVERIFY(values);
    QCOMPARE(values->values,
             (std::vector<RouteValue>{{QStringLiteral("00000000-0000-0000-0000-000000000001"), 0},
                                      {QStringLiteral("ffffffff-ffff-ffff-ffff-ffffffffffff"), 1}}));

    range.ranges.push_back({QStringLiteral("7"), 0});
    const auto twice = makeRouting(m_directory, range, soon());
    QVERIFY(!twice);
    QCOMPARE(twice.error().found, QStringLiteral("7"));
    range.ranges = {{QStringLiteral("seven"), 0}};
    const auto noNumber = makeRouting(m_directory, range, soon());
    QVERIFY(!noNumber);
    QCOMPARE(noNumber.error().code, ErrorCode::ValueBad);
    QVERIFY(noNumber.error().found.contains(QLatin1StringView("seven")));
    range.ranges = {{std::nullopt, 4}};
    const auto outside = makeRouting(m_directory, range, soon());
    QVERIFY(!outside);
    QCOMPARE(outside.error().expected, QStringList{QStringLiteral("0…3")});
    range.ranges = {{std::nullopt, 1}, {std::nullopt, 2}};
    QVERIFY(!makeRouting(m_directory, range, soon()));
}

void TestRecipes::ringIsHashedByPostgres()
{
    const auto routing = makeRouting(m_directory, request(Recipe::Ring, "text", 8), soon());
    QVERIFY(routing);
    QCOMPARE(routing->ring.size(), size_t(8 * 128));
    QVERIFY(std::is_sorted(routing->ring.begin(), routing->ring.end(),
                           [](const RoutePoint &a, const RoutePoint &b) { return a.point < b.point; }));
    const qint64 expected = m_server.run("SELECT hashtextextended('5:77', 0) & 9223372036854775807").integer(0, 0);
    QVERIFY(std::find(routing->ring.begin(), routing->ring.end(), RoutePoint{expected, 5}) != routing->ring.end());
}

void TestRecipes::knowsTheForm_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<int>("form");
    const auto row = [](const char *name, const QString &sql, RoutingForm form) {
        QTest::newRow(name) << sql << static_cast<int>(form);
    };
    const QString type = QStringLiteral("bigint");
    row("none", QString(), RoutingForm::Search);
    row("expression", QStringLiteral("$1 % 4"), RoutingForm::Expression);
    row("range", rangeRoutingSql(type), RoutingForm::Range);
    row("list", listRoutingSql(type), RoutingForm::List);
    row("ring",
        ringRoutingSql(type).toUpper().replace(QLatin1StringView("SHARDHELM"), QLatin1StringView("shardhelm")) + u'\n',
        RoutingForm::Ring);
    row("pins", pinRoutingSql(type), RoutingForm::Pins);
    row("other type's ring", ringRoutingSql(QStringLiteral("text")), RoutingForm::Lookup);
    row("own lookup", QStringLiteral("(SELECT s FROM t WHERE k = $1)"), RoutingForm::Lookup);
}

void TestRecipes::knowsTheForm()
{
    ShardMap map;
    map.keyType = QStringLiteral("int8");
    QFETCH(QString, sql);
    map.routingSql = sql;
    const auto form = routingForm(map);
    QVERIFY(form);
    QTEST(static_cast<int>(*form), "form");
}

void TestRecipes::locates_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("tenant");
    QTest::addColumn<int>("shard");
    QTest::addColumn<bool>("pinned");
    QTest::newRow("plain") << QStringLiteral("13") << QStringLiteral("13") << 5 << false;
    QTest::newRow("normalised") << QStringLiteral(" 0013 ") << QStringLiteral("13") << 5 << false;
    QTest::newRow("beyond 32 bits") << QStringLiteral("9223372036854775807") << QStringLiteral("9223372036854775807")
                                    << 7 << false;
    QTest::newRow("negative") << QStringLiteral("-1") << QStringLiteral("-1") << 7 << false;
    QTest::newRow("pinned") << QStringLiteral("+42") << QStringLiteral("42") << 6 << true;
}

void TestRecipes::locates()
{
    const auto routing = makeRouting(m_directory, request(Recipe::Modulo, "bigint", 8), soon());
    const ShardMap map =
        test::storeRouting(m_server, *routing, 8, {{QStringLiteral("42"), 6, 1, QStringLiteral("active")}});
    QFETCH(QString, key);
    const auto location = locate(m_directory, map, {}, key, soon());
    QVERIFY(location);
    QTEST(location->tenant, "tenant");
    QTEST(location->logicalShard, "shard");
    QTEST(location->pinned, "pinned");
    QCOMPARE(location->instance, QStringLiteral("a"));
    QCOMPARE(location->mapEpoch, 7);
}

void TestRecipes::locateRefuses_data()
{
    QTest::addColumn<QString>("keyType");
    QTest::addColumn<QString>("routing");
    QTest::addColumn<QString>("key");
    QTest::addColumn<int>("code");
    const auto row = [](const char *name, const char *type, const char *routing, const QString &key, ErrorCode code) {
        QTest::newRow(name) << QString::fromLatin1(type) << QString::fromLatin1(routing) << key
                            << static_cast<int>(code);
    };
    row("no number", "bigint", "$1 & 7", QStringLiteral("Meier"), ErrorCode::KeyValueBad);
    row("too large", "bigint", "$1 & 7", QStringLiteral("9223372036854775808"), ErrorCode::KeyValueBad);
    row("empty", "bigint", "$1 & 7", QString::fromLatin1(""), ErrorCode::KeyValueBad);
    row("null character", "text", "hashtext($1) & 7", QStringLiteral("a") + QChar(u'\0') + QStringLiteral("b"),
        ErrorCode::KeyValueBad);
    row("no uuid", "uuid", "hashtext($1::text) & 7", QStringLiteral("1"), ErrorCode::KeyValueBad);
    row("outside", "bigint", "$1 & 15", QStringLiteral("9"), ErrorCode::RoutingBad);
    row("below", "bigint", "$1 % 8", QStringLiteral("-3"), ErrorCode::RoutingBad);
    row("NULL", "bigint", "nullif($1, 3)", QStringLiteral("3"), ErrorCode::RoutingBad);
    row("fails", "bigint", "8 / $1", QStringLiteral("0"), ErrorCode::RoutingBad);
    row("no integer", "bigint", "$1 / 2.0", QStringLiteral("3"), ErrorCode::RoutingBad);
    row("no expression", "bigint", "$1 %", QStringLiteral("3"), ErrorCode::RoutingBad);
    row("none", "bigint", "", QStringLiteral("3"), ErrorCode::LookupUnknown);
}

void TestRecipes::locateRefuses()
{
    QFETCH(QString, keyType);
    QFETCH(QString, routing);
    QFETCH(QString, key);
    Routing own;
    own.keyType = keyType;
    own.sql = routing;
    const auto location = locate(m_directory, test::storeRouting(m_server, own, 8, {}), {}, key, soon());
    QVERIFY(!location);
    QTEST(static_cast<int>(location.error().code), "code");
}

void TestRecipes::locateThroughLookup()
{
    m_server.run("CREATE TABLE tenants (id bigint, shard int); INSERT INTO tenants VALUES (1, 3), (2, 99)");
    Routing none;
    none.keyType = QStringLiteral("bigint");
    const ShardMap map = test::storeRouting(m_server, none, 8, {{QStringLiteral("7"), 6, 1, QStringLiteral("active")}});
    const QString lookup = QStringLiteral("SELECT shard FROM tenants WHERE id = $1::bigint");
    QCOMPARE(locate(m_directory, map, lookup, QStringLiteral("1"), soon())->logicalShard, 3);
    QCOMPARE(locate(m_directory, map, lookup, QStringLiteral("7"), soon())->logicalShard, 6);
    QCOMPARE(locate(m_directory, map, lookup, QStringLiteral("2"), soon()).error().code, ErrorCode::RoutingBad);
    QCOMPARE(locate(m_directory, map, lookup, QStringLiteral("3"), soon()).error().code, ErrorCode::RoutingBad);
}

QTEST_GUILESS_MAIN(TestRecipes)
#include "tst_recipes.moc"
