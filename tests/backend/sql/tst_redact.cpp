// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/parser.h"

#include <QTest>

using namespace shardhelm;

/// Statements without their literals.
class TestRedact : public QObject
{
    Q_OBJECT

private:
    sql::Parser m_parser;

private Q_SLOTS:
    void leavesNoLiteral_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("redacted");
        const auto row = [](const char *name, const QString &sql, const QString &redacted) {
            QTest::newRow(name) << sql << redacted;
        };
        row("strings and numbers", QStringLiteral("SELECT * FROM t2 WHERE a = 'x''y' AND b > 1.5e3 AND c = -7"),
            QStringLiteral("SELECT * FROM t2 WHERE a = $1 AND b > $2 AND c = -$3"));
        row("numbers go on", QStringLiteral("SELECT $1, $3, 5"), QStringLiteral("SELECT $1, $3, $4"));
        row("escape, bit, dollar", QStringLiteral("SELECT E'a\\nb', B'01', X'ff', $t$it's$t$"),
            QStringLiteral("SELECT $1, $2, $3, $4"));
        row("unicode", QStringLiteral("SELECT 1, U&'\\0041', 2"), QStringLiteral("SELECT $1, U&…"));
        row("comments", QStringLiteral("/* for alice@example.com */ SELECT 1 -- 'bob'\n FROM t"),
            QStringLiteral("/*…*/ SELECT $1 /*…*/\n FROM t"));
        row("utility", QStringLiteral("ALTER ROLE r PASSWORD 'hunter2'"), QStringLiteral("ALTER ROLE r PASSWORD $1"));
        row("names", QStringLiteral("SELECT \"it's 5\", ls_0007.x FROM \"Ünïcode\" WHERE é = '€'"),
            QStringLiteral("SELECT \"it's 5\", ls_0007.x FROM \"Ünïcode\" WHERE é = $1"));
        row("no SQL at all", QStringLiteral("hello 5 'world'"), QStringLiteral("hello $1 $2"));
        row("cut off in a string", QStringLiteral("UPDATE t SET a = 5, b = 'top sec"),
            QStringLiteral("UPDATE t SET a = $1, b = …"));
        row("cut off in a dollar string", QStringLiteral("DO $body$ begin perform 'sec"), QStringLiteral("DO …"));
        row("cut off in $$", QStringLiteral("SELECT $1, 12 + $$sec"), QStringLiteral("SELECT $1, $1 + …"));
        row("cut off in a comment", QStringLiteral("SELECT 42 /* sec"), QStringLiteral("SELECT $1 …"));
        row("cut off in a name", QStringLiteral("SELECT 42, t_1.\"sel"), QStringLiteral("SELECT $1, t_1.\"sel"));
        row("backslash quote", QStringLiteral("SELECT 'a\\' secret \\' b', 3"), QStringLiteral("SELECT …"));
        row("empty", QString(), QString());
    }
    void leavesNoLiteral()
    {
        QFETCH(const QString, sql);
        QFETCH(const QString, redacted);
        QCOMPARE(m_parser.redacted(sql), redacted);
    }

    /// Wherever a server cuts a text off, no part of a literal shows.
    void nothingShowsWhereverTheTextEnds()
    {
        const QString whole =
            QStringLiteral("INSERT INTO t VALUES ('Zq1', E'Zq\\'2', $x$Zq'3$x$, 9183) /* Zq4 'Zq5' */ "
                           "RETURNING U&'Zq6' -- Zq7");
        for (qsizetype length = 0; length <= whole.size(); ++length) {
            const QString shown = m_parser.redacted(whole.left(length));
            QVERIFY2(!shown.contains(u"Zq") && !shown.contains(u"91"), qPrintable(shown));
        }
    }

    void takesTheLargestTexts()
    {
        const QString large = QStringLiteral("SELECT ") + QStringLiteral("'secret', ").repeated(150'000);
        QVERIFY(!m_parser.redacted(large).contains(u"secret"));
        const QString deep = QString(100'000, u'(') + QStringLiteral("'secret'");
        QVERIFY(!m_parser.redacted(deep).contains(u"secret"));
        QVERIFY(!m_parser.redacted(QStringLiteral("SELECT 1") + QChar(u'\0') + QStringLiteral("'secret'"))
                     .contains(u"secret"));
    }
};

QTEST_GUILESS_MAIN(TestRedact)
#include "tst_redact.moc"
