// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/table.h"
#include "support/testserver.h"

#include <QTest>

using namespace shardhelm;
using namespace shardhelm::test;

namespace {

using Kind = Table::Column::Kind;

Table textTable(const std::vector<QJsonArray> &rows)
{
    Table table;
    table.columns = {{QStringLiteral("a")}, {QStringLiteral("b")}};
    table.rows = rows;
    return table;
}

/// Texts that formats trip over, and the two that look like nothing.
std::vector<QJsonArray> hostileRows()
{
    std::vector<QJsonArray> rows;
    for (const char *text :
         {"plain", "",          " lead and trail ", "a,b", "say \"hi\"", "\"",  "two\nlines",     "two\r\nlines",
          "\r",    "tab\there", "back\\slash",      "\\N", "\\.",        "\\t", "ünïcödé 分片 🚢", "NULL",
          "'",     ";",         "\v\f\b",           "=1+1"})
        rows.push_back({QString::fromUtf8(text), QJsonValue()});
    rows.push_back({QJsonValue(), QStringLiteral("x")});
    rows.push_back({QJsonValue(), QJsonValue()});
    return rows;
}

} // namespace

/// Tables in every format; CSV and TSV are read back by PostgreSQL itself.
class TestTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void csvIsRfc4180()
    {
        QCOMPARE(textTable({{QStringLiteral("x"), QJsonValue()},
                            {QString(QLatin1StringView("")), QStringLiteral("a,b")},
                            {QStringLiteral("\""), QStringLiteral("1\n2")}})
                     .toCsv(),
                 QByteArray("a,b\r\nx,\r\n\"\",\"a,b\"\r\n\"\"\"\",\"1\n2\"\r\n"));
    }

    void valuesKeepAllTheirDigits()
    {
        Table table;
        table.columns = {{QStringLiteral("v"), {}, Kind::Bytes}};
        table.rows = {{std::numeric_limits<qint64>::max()}, {0.1}, {1e300}, {true}, {-5},
                      {QJsonArray{1, QStringLiteral("x")}}};
        QCOMPARE(table.toTsv(), QByteArray("v\n9223372036854775807\n0.1\n1e+300\ntrue\n-5\n[1,\"x\"]\n"));
        QCOMPARE(table.toJson().at(0).toObject().value(QLatin1StringView("v")).toInteger(),
                 std::numeric_limits<qint64>::max());
    }

    void jsonHasEveryKeyInEveryRow()
    {
        const QJsonArray json = textTable({{1}, {1, 2, 3}}).toJson();
        QCOMPARE(json.size(), 2);
        QCOMPARE(json.at(0).toObject().keys(), (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
        QVERIFY(json.at(0).toObject().value(QLatin1StringView("b")).isNull());
        QCOMPARE(json.at(1).toObject().size(), 2);
    }

    void aTableWithoutRowsIsItsHeader()
    {
        const Table table = textTable({});
        QCOMPARE(table.toCsv(), QByteArray("a,b\r\n"));
        QCOMPARE(table.toTsv(), QByteArray("a\tb\n"));
        QCOMPARE(table.toText(), QByteArray("A  B\n"));
        QCOMPARE(table.toMarkdown(), QByteArray("| a | b |\n| --- | --- |\n"));
        QCOMPARE(table.toJson(), QJsonArray());
    }

    void textAlignsWhatPeopleSee()
    {
        Table table;
        table.columns = {{QStringLiteral("name"), QStringLiteral("NAME")},
                         {QStringLiteral("size_bytes"), QStringLiteral("SIZE"), Kind::Bytes},
                         {QStringLiteral("ok"), QStringLiteral("OK")}};
        table.rows = {{QStringLiteral("分片"), 1536, true}, {QStringLiteral("e\u0301"), QJsonValue(), QJsonValue()}};
        QCOMPARE(QString::fromUtf8(table.toText()),
                 QStringLiteral("NAME     SIZE  OK\n"
                                "分片  1.50 kB  yes\n"
                                "e\u0301           –  –\n"));
    }

    void numbersThatAreNoAmountsHaveNoSeparators()
    {
        Table table;
        table.columns = {{QStringLiteral("epoch")}, {QStringLiteral("rows"), {}, Table::Column::Kind::Count}};
        table.rows = {{1732000000, 12345}, {7, QJsonValue()}};
        const QStringList lines = QString::fromUtf8(table.toText()).split(u'\n');
        QVERIFY2(lines[1].startsWith(QLatin1StringView("1732000000  ")), qPrintable(lines[1]));
        QVERIFY2(!lines[1].endsWith(QLatin1StringView("12345")), qPrintable(lines[1]));
        QVERIFY2(lines[2].startsWith(QLatin1StringView("         7  ")), qPrintable(lines[2]));
    }

    void textCannotDriveATerminal()
    {
        const QByteArray text = textTable({{QStringLiteral("\x1b[2J\x07"), QStringLiteral("a\nb\u202e")}}).toText();
        QCOMPARE(text.count('\n'), 2);
        QVERIFY(!text.contains('\x1b'));
        QVERIFY(!text.contains('\x07'));
        QVERIFY(text.contains("\\u001b[2J\\u0007"));
        QVERIFY(!text.contains("\u202e"));
    }

    void markdownStaysOneTable()
    {
        const QByteArray text = textTable({{QStringLiteral("a|b"), QStringLiteral("x\ny <b>")}}).toMarkdown();
        QCOMPARE(text, QByteArray("| a | b |\n| --- | --- |\n| a\\|b | x\\\\ny \\<b\\> |\n"));
    }

    void postgresReadsCsvAndTsvBack()
    {
        const TestServer server;
        pg::Connection connection = server.connect();
        const std::vector<QJsonArray> rows = hostileRows();
        const Table table = textTable(rows);
        const struct
        {
            QByteArray copy;
            QByteArray data;
        } formats[]{
            {"COPY t (a, b) FROM STDIN (FORMAT csv, HEADER)", table.toCsv()},
            {"COPY t (a, b) FROM STDIN (HEADER)", table.toTsv()},
        };
        for (const auto &format : formats) {
            QVERIFY(connection.run("DROP TABLE IF EXISTS t; CREATE TABLE t (n serial, a text, b text)", soon()));
            QByteArray rest = format.data;
            const auto copied = connection.copyIn(
                format.copy, [&] { return std::exchange(rest, {}); }, soon());
            QVERIFY2(copied, copied ? "" : qPrintable(copied.error().db ? copied.error().db->message : QString()));
            const auto back = connection.query("SELECT a, b FROM t ORDER BY n", soon());
            QVERIFY(back);
            QCOMPARE(back->count(), static_cast<int>(rows.size()));
            for (int row = 0; row < back->count(); ++row) {
                for (int column = 0; column < 2; ++column) {
                    const QJsonValue wanted = rows[static_cast<size_t>(row)].at(column);
                    QCOMPARE(back->isNull(row, column), wanted.isNull());
                    QCOMPARE(back->text(row, column), wanted.toString());
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestTable)
#include "tst_table.moc"
