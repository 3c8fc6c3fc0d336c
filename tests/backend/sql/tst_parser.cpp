// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/parser.h"

#include <QTest>

using namespace shardhelm;
using sql::Expression;

class TestParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fingerprintsTellStatementsApart()
    {
        sql::Parser parser;
        const auto of = [&](const QString &sql) { return parser.fingerprint(sql).value_or(QString()); };
        const QString one = of(QStringLiteral("SELECT a FROM t WHERE b = $1 AND c IN (1, 2)"));
        QVERIFY(!one.isEmpty());
        QCOMPARE(of(QStringLiteral("select a from t where b = 7 and c in ($1, $2, $3) -- x")), one);
        QVERIFY(of(QStringLiteral("SELECT a FROM u WHERE b = $1 AND c IN (1, 2)")) != one);
        QVERIFY(of(QStringLiteral("SELECT a FROM s.t WHERE b = $1 AND c IN (1, 2)")) != one);
        const auto wrong = parser.fingerprint(QStringLiteral("SELEC 1"));
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().sqlstate(), QStringLiteral("42601"));
        QVERIFY(!parser.fingerprint(QStringLiteral("SELECT ") % QString(60000, u'(') % u'1' % QString(60000, u')')));
    }

    void takesExpressionsApart_data();
    void takesExpressionsApart();
    void refusesWhatIsNotOneExpression_data();
    void refusesWhatIsNotOneExpression();
    void saysWhereTheErrorIs();
    void spellingIsStable_data();
    void spellingIsStable();
    void listsCasts();
    void seesAbsOfHash_data();
    void seesAbsOfHash();
    void replacesPlaceholders_data();
    void replacesPlaceholders();
    void writesTextCastsAsCalls_data();
    void writesTextCastsAsCalls();
    void spellsTypes_data();
    void spellsTypes();
    void survivesDeepAndLargeText();
    void manyParsersComeAndGo();

private:
    sql::Parser m_parser;
};

void TestParser::takesExpressionsApart_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("facts");
    QTest::newRow("hash") << QStringLiteral("(hashint8extended($1, 0) & 9223372036854775807) % 256")
                          << QStringLiteral("$1 hashint8extended/2");
    QTest::newRow("qualified") << QStringLiteral("app.shard_of($1)") << QStringLiteral("$1 app.shard_of/1");
    QTest::newRow("in a string") << QStringLiteral("length('$2') + $1") << QStringLiteral("$1 length/1");
    QTest::newRow("subquery") << QStringLiteral("(SELECT s FROM t WHERE k = $1)")
                              << QStringLiteral("$1 subquery columns");
    QTest::newRow("column") << QStringLiteral("tenant_id % 4") << QStringLiteral("columns");
    QTest::newRow("session value") << QStringLiteral("$1 + extract(year from current_date)::int")
                                   << QStringLiteral("$1 extract/2 session");
    QTest::newRow("aggregate") << QStringLiteral("count(DISTINCT $1)") << QStringLiteral("$1 count/1 aggregate");
    QTest::newRow("operator") << QStringLiteral("$1 OPERATOR(pg_catalog.%) 4") << QStringLiteral("$1 operator");
    QTest::newRow("parameters") << QStringLiteral("$3 + $1 + $3") << QStringLiteral("$1 $3");
}

void TestParser::takesExpressionsApart()
{
    QFETCH(QString, sql);
    const auto expression = m_parser.expression(sql);
    QVERIFY(expression);
    QStringList facts;
    for (const int number : expression->parameters)
        facts << QStringLiteral("$%1").arg(number);
    for (const sql::FunctionUse &use : expression->functions) {
        // libpg_query writes the grammar's own functions with their schema
        const bool ours = use.schema.isEmpty() || use.schema == QLatin1StringView("pg_catalog");
        facts << QStringLiteral("%1%2/%3")
                     .arg(ours ? QString() : use.schema + QLatin1Char('.'), use.name)
                     .arg(use.arguments);
    }
    if (expression->hasSubquery)
        facts << QStringLiteral("subquery");
    if (expression->hasColumns)
        facts << QStringLiteral("columns");
    if (expression->hasSessionValue)
        facts << QStringLiteral("session");
    if (expression->hasAggregateForm)
        facts << QStringLiteral("aggregate");
    if (expression->hasQualifiedOperator)
        facts << QStringLiteral("operator");
    QTEST(facts.join(QLatin1Char(' ')), "facts");
}

void TestParser::refusesWhatIsNotOneExpression_data()
{
    QTest::addColumn<QString>("sql");
    for (const char *sql : {"", "$1, 2", "$1 FROM t", "$1; SELECT 2", "1) + (2", "DISTINCT $1", "$1 AS shard", "*, 1",
                            "$1 WHERE true", "$1 LIMIT 1", "$1 ORDER BY 1", "$1 UNION SELECT 1", "$1 FOR UPDATE",
                            "$1 INTO t", "$1 GROUP BY 1", "$1 HAVING true", "ALL", "'unfinished", "$1 /* unfinished"})
        QTest::newRow(sql) << QString::fromLatin1(sql);
}

void TestParser::refusesWhatIsNotOneExpression()
{
    QFETCH(QString, sql);
    const auto expression = m_parser.expression(sql);
    QVERIFY(!expression);
    QCOMPARE(expression.error().code, ErrorCode::StatementFailed);
    QCOMPARE(expression.error().sqlstate(), QStringLiteral("42601"));
}

void TestParser::saysWhereTheErrorIs()
{
    const auto expression = m_parser.expression(QStringLiteral("'ä' || $1 +* / 2"));
    QVERIFY(!expression);
    QCOMPARE(expression.error().db->position, 14); // characters, not bytes: "/" is no prefix operator
    const auto early = m_parser.expression(QStringLiteral("1 2"));
    QVERIFY(!early);
    QCOMPARE(early.error().db->position, 3);
    const auto null = m_parser.expression(QStringLiteral("1") + QChar(u'\0') + QStringLiteral("+ 2"));
    QVERIFY(!null);
    QCOMPARE(null.error().sqlstate(), QStringLiteral("42601"));
}

void TestParser::spellingIsStable_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::newRow("space and case") << QStringLiteral("HashInt8Extended( $1,0 )%256 -- shards")
                                    << QStringLiteral("hashint8extended($1, 0) % 256");
    QTest::newRow("comment") << QStringLiteral("$1 /* nothing */ % 4") << QStringLiteral("$1 % 4");
    QTest::newRow("cast") << QStringLiteral("CAST($1 AS int8)") << QStringLiteral("$1::int8");
}

void TestParser::spellingIsStable()
{
    QFETCH(QString, first);
    QFETCH(QString, second);
    const auto one = m_parser.expression(first);
    const auto other = m_parser.expression(second);
    QVERIFY(one && other);
    QCOMPARE(one->text, other->text);
    const auto again = m_parser.expression(one->text);
    QVERIFY(again);
    QCOMPARE(*again, *one);
}

void TestParser::listsCasts()
{
    const auto expression = m_parser.expression(QStringLiteral("(md5($1::text)::bit(32))::int % '4'::int"));
    QVERIFY(expression);
    QStringList casts;
    for (const sql::CastUse &cast : expression->casts)
        casts << cast.argument + QStringLiteral(" -> ") + cast.type;
    casts.sort();
    QCOMPARE(
        casts.join(QLatin1Char('\n')),
        QStringLiteral("$1 -> text\nmd5($1::text) -> pg_catalog.bit(32)\nmd5($1::text)::pg_catalog.bit(32) -> int"));
}

void TestParser::seesAbsOfHash_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<bool>("seen");
    QTest::newRow("in the wild") << QStringLiteral("abs(hashtext($1::text)) % 4") << true;
    QTest::newRow("qualified") << QStringLiteral("pg_catalog.abs(pg_catalog.hashint8($1)) % 4") << true;
    QTest::newRow("arithmetic between") << QStringLiteral("abs(hashint8($1) + 1) % 4") << true;
    QTest::newRow("after the modulo") << QStringLiteral("abs(hashtext($1) % 4)") << true;
    QTest::newRow("abs of the key") << QStringLiteral("abs($1) % 4") << false;
    QTest::newRow("in a string") << QStringLiteral("length('abs(hashtext(1))') + $1") << false;
    QTest::newRow("hash of abs") << QStringLiteral("hashint8(abs($1)) & 255") << false;
}

void TestParser::seesAbsOfHash()
{
    QFETCH(QString, sql);
    const auto expression = m_parser.expression(sql);
    QVERIFY(expression);
    QTEST(expression->takesAbsOfHash, "seen");
}

void TestParser::replacesPlaceholders_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("replaced");
    const QString column = QStringLiteral("t.\"k\"");
    QTest::newRow("plain") << QStringLiteral("$1 % 4 + $1") << QStringLiteral("t.\"k\" % 4 + t.\"k\"");
    QTest::newRow("longer number") << QStringLiteral("$1 + $10") << QStringLiteral("t.\"k\" + $10");
    QTest::newRow("string") << QStringLiteral("'$1' || $1") << QStringLiteral("'$1' || t.\"k\"");
    QTest::newRow("escaped quote") << QStringLiteral("'it''s $1' || $1") << QStringLiteral("'it''s $1' || t.\"k\"");
    QTest::newRow("escape string") << QStringLiteral("E'\\'$1' || $1") << QStringLiteral("E'\\'$1' || t.\"k\"");
    QTest::newRow("dollar quotes") << QStringLiteral("$a$ $1 $a$ || $1") << QStringLiteral("$a$ $1 $a$ || t.\"k\"");
    QTest::newRow("quoted name") << QStringLiteral("\"$1\" + $1") << QStringLiteral("\"$1\" + t.\"k\"");
    QTest::newRow("comments") << QStringLiteral("$1 -- $1\n/* $1 /* $1 */ */ + $1")
                              << QStringLiteral("t.\"k\" -- $1\n/* $1 /* $1 */ */ + t.\"k\"");
    QTest::newRow("after an umlaut") << QStringLiteral("'ä€😀' || $1 || 'ü'")
                                     << QStringLiteral("'ä€😀' || t.\"k\" || 'ü'");
    QTest::newRow("none") << QStringLiteral("1") << QStringLiteral("1");
}

void TestParser::replacesPlaceholders()
{
    QFETCH(QString, sql);
    const auto replaced = m_parser.withParameter(sql, 1, QStringLiteral("t.\"k\""));
    QVERIFY(replaced);
    QTEST(*replaced, "replaced");
}

void TestParser::writesTextCastsAsCalls_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("written");
    QTest::newRow("text") << QStringLiteral("hashtext($1::text) & 255")
                          << QStringLiteral("hashtext(textin(int8out($1))) & 255");
    QTest::newRow("cast()") << QStringLiteral("md5(cast($1 as varchar))") << QStringLiteral("md5(textin(int8out($1)))");
    QTest::newRow("all of them") << QStringLiteral("$1::text || $1::text")
                                 << QStringLiteral("textin(int8out($1)) || textin(int8out($1))");
    QTest::newRow("cut") << QStringLiteral("hashtext($1::varchar(3))") << QStringLiteral("hashtext($1::varchar(3))");
    QTest::newRow("other type") << QStringLiteral("$1::int % 4") << QStringLiteral("$1::int % 4");
}

void TestParser::writesTextCastsAsCalls()
{
    QFETCH(QString, sql);
    const auto written = m_parser.withTextCastsCalled(sql, QStringLiteral("int8out"));
    QVERIFY(written);
    QTEST(*written, "written");
}

void TestParser::spellsTypes_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<bool>("isType");
    for (const char *type : {"int8", "bigint", "character varying(20)", "text", "uuid", "app.\"Key\"", "timestamptz"})
        QTest::newRow(type) << QString::fromLatin1(type) << true;
    for (const char *text : {"", "int8, 1", "int8 FROM t", "int8::text", "int8) + (1", "setof int8", "int8 + 1", "'x'"})
        QTest::newRow(text) << QString::fromLatin1(text) << false;
}

void TestParser::spellsTypes()
{
    QFETCH(QString, sql);
    const auto type = m_parser.typeName(sql);
    QTEST(type.has_value(), "isType");
    if (type)
        QCOMPARE(m_parser.typeName(*type).value(), *type);
}

void TestParser::survivesDeepAndLargeText()
{
    // a flat list may be long
    QString list = QStringLiteral("$1 IN (0");
    for (int i = 1; i < 100'000; ++i)
        list += QStringLiteral(",%1").arg(i);
    QVERIFY(m_parser.expression(list + QLatin1Char(')')));

    const QString terms = QStringLiteral("1") + QStringLiteral("+1").repeated(25'000);
    const auto deep = m_parser.expression(terms);
    QVERIFY(deep);

    const QStringList tooDeep{
        QStringLiteral("1") + QStringLiteral("+1").repeated(400'000),
        QStringLiteral("1") + QStringLiteral("::int").repeated(100'000),
        QStringLiteral("1") + QStringLiteral("+f(1,1)").repeated(100'000),
        QStringLiteral("(SELECT 1") + QStringLiteral(" UNION SELECT 1").repeated(50'000) + QLatin1Char(')'),
    };
    for (const QString &sql : tooDeep) {
        const auto refused = m_parser.expression(sql);
        QVERIFY(!refused);
        QCOMPARE(refused.error().sqlstate(), QStringLiteral("54001"));
    }
    const auto nested = m_parser.expression(QString(300'000, QLatin1Char('(')) + QLatin1Char('1'));
    QVERIFY(!nested);
    const auto large = m_parser.expression(QString(1'100'000, QLatin1Char(' ')) + QLatin1Char('1'));
    QVERIFY(!large);
    QCOMPARE(large.error().sqlstate(), QStringLiteral("54000"));
    QVERIFY(m_parser.expression(QStringLiteral("1")));
}

void TestParser::manyParsersComeAndGo()
{
    for (int i = 0; i < 200; ++i) {
        sql::Parser parser;
        QCOMPARE(parser.expression(QStringLiteral("$1 % %1").arg(i + 1))->parameters, std::vector<int>{1});
    }
}

QTEST_GUILESS_MAIN(TestParser)
#include "tst_parser.moc"
