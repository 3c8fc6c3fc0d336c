// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/factfilter.h"
#include "instances/settingrows.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace shardhelm;

namespace {

using Kind = FactColumn::Kind;

std::vector<FactColumn> columns()
{
    return {{QStringLiteral("statement"), QStringLiteral("statement"), {}, Kind::Text, 200, true, true},
            {QStringLiteral("mean_ms"), QStringLiteral("mean"), {}, Kind::Millis},
            {QStringLiteral("size_bytes"), QStringLiteral("size"), {}, Kind::Bytes},
            {QStringLiteral("share"), QStringLiteral("share of time"), {}, Kind::Percent}};
}

FactRow row(const QString &name, const QJsonValue &mean, const QJsonValue &size = {}, const QJsonValue &share = {})
{
    return {name, {{name}, {mean}, {size}, {share}}};
}

std::vector<FactRow> some()
{
    return {row(QStringLiteral("select a"), 12.5, 4096.0, 0.4), row(QStringLiteral("update b"), 900, 3e9, 0.1),
            row(QStringLiteral("delete c"), QJsonValue(), QJsonValue(), 0.5)};
}

QStringList names(const QAbstractItemModel &model)
{
    QStringList result;
    for (int i = 0; i < model.rowCount(); ++i)
        result << model.index(i, 0).data().toString();
    return result;
}

} // namespace

class TestFactTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsStayWhereTheyAre()
    {
        FactModel model(columns());
        FactFilter filter(model);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QAbstractItemModelTester filterTester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.present(some());
        QCOMPARE(names(model),
                 (QStringList{QStringLiteral("select a"), QStringLiteral("update b"), QStringLiteral("delete c")}));
        const QPersistentModelIndex kept = model.index(2, 0);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.present({row(QStringLiteral("new"), 1), row(QStringLiteral("delete c"), 7)});
        QCOMPARE(names(model), (QStringList{QStringLiteral("delete c"), QStringLiteral("new")}));
        QVERIFY(kept.isValid());
        QCOMPARE(kept.row(), 0);
        QCOMPARE(model.index(0, 1).data().toString(), QStringLiteral("7.00 ms"));
        model.present({});
        QCOMPARE(model.rowCount(), 0);
        model.present(some());
        model.present(some());
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(resets.size(), 0);
    }

    void valuesAreShownByTheirKind()
    {
        FactModel model(columns());
        model.present(some());
        QCOMPARE(model.index(0, 1).data().toString(), QStringLiteral("12.5 ms"));
        QCOMPARE(model.index(0, 2).data().toString(), QStringLiteral("4.00 kB"));
        QCOMPARE(model.index(0, 3).data().toString(), QStringLiteral("40 %"));
        QCOMPARE(model.index(2, 1).data().toString(), QString()); // unknown is never zero
        QCOMPARE(model.index(2, 1).data(Qt::AccessibleTextRole).toString(), QStringLiteral("mean: unknown"));
        const Table table = model.table({1});
        QCOMPARE(table.toCsv(), QByteArray("statement,mean_ms,size_bytes,share\r\nupdate b,900,3000000000,0.1\r\n"));
    }

    void sortsUnknownLast()
    {
        FactModel model(columns());
        FactFilter filter(model);
        model.present(some());
        filter.sort(1, Qt::DescendingOrder);
        QCOMPARE(names(filter),
                 (QStringList{QStringLiteral("update b"), QStringLiteral("select a"), QStringLiteral("delete c")}));
        filter.sort(1, Qt::AscendingOrder);
        QCOMPARE(names(filter),
                 (QStringList{QStringLiteral("select a"), QStringLiteral("update b"), QStringLiteral("delete c")}));
        // Another reading does not move rows; settle() does.
        model.present({row(QStringLiteral("select a"), 2000), row(QStringLiteral("update b"), 1),
                       row(QStringLiteral("delete c"), 5)});
        QCOMPARE(names(filter).first(), QStringLiteral("select a"));
        filter.settle();
        QCOMPARE(names(filter),
                 (QStringList{QStringLiteral("update b"), QStringLiteral("delete c"), QStringLiteral("select a")}));
    }

    void filters_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("left");
        QTest::addColumn<bool>("understood");
        const QString a = QStringLiteral("select a");
        const QString b = QStringLiteral("update b");
        const QString c = QStringLiteral("delete c");
        QTest::newRow("word") << QStringLiteral("UPD") << QStringList{b} << true;
        QTest::newRow("two words") << QStringLiteral("update b") << QStringList{b} << true;
        QTest::newRow("beginning of a key") << QStringLiteral("mean > 100 ms") << QStringList{b} << true;
        QTest::newRow("unit") << QStringLiteral("mean<0.5s") << QStringList{a} << true;
        QTest::newRow("bytes") << QStringLiteral("size >= 2 GB") << QStringList{b} << true;
        QTest::newRow("percent") << QStringLiteral("share >= 40 %") << QStringList{a, c} << true;
        QTest::newRow("title") << QStringLiteral("shareoftime > 0.45") << QStringList{c} << true;
        QTest::newRow("text of a column") << QStringLiteral("statement = delete") << QStringList{c} << true;
        QTest::newRow("both must hold") << QStringLiteral("mean > 1 ms select") << QStringList{a} << true;
        QTest::newRow("no such column") << QStringLiteral("weight > 3") << QStringList{a, b, c} << false;
        QTest::newRow("no such value") << QStringLiteral("mean > much") << QStringList{a, b, c} << false;
        QTest::newRow("nothing") << QStringLiteral("nowhere") << QStringList{} << true;
    }

    void filters()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, left);
        QFETCH(bool, understood);
        FactModel model(columns());
        FactFilter filter(model);
        model.present(some());
        filter.setText(text);
        QStringList shown = names(filter);
        shown.sort();
        left.sort();
        QCOMPARE(shown, left);
        QCOMPARE(filter.error().isEmpty(), understood);
        QCOMPARE(filter.hidden(), 3 - static_cast<int>(left.size()));
    }

    void settingsAsPeopleWriteThem()
    {
        QCOMPARE(settingText(QStringLiteral("16384"), QStringLiteral("8kB")), QStringLiteral("128 MB"));
        QCOMPARE(settingText(QStringLiteral("300"), QStringLiteral("ms")), QStringLiteral("300 ms"));
        QCOMPARE(settingText(QStringLiteral("-1"), QStringLiteral("ms")), QStringLiteral("-1"));
        QCOMPARE(settingText(QStringLiteral("on"), QString()), QStringLiteral("on"));
        QCOMPARE(settingText(QString(), QString()), QStringLiteral("(empty)"));
        monitor::detail::FleetSettings settings;
        monitor::detail::SettingDifference difference;
        difference.here.name = QStringLiteral("work_mem");
        difference.here.value = QStringLiteral("65536");
        difference.here.unit = QStringLiteral("kB");
        difference.here.pendingRestart = true;
        difference.majority = QStringLiteral("4096");
        difference.agreeing = 30;
        difference.compared = 31;
        settings.differences.push_back(difference);
        FactModel model(SettingRows::columns());
        model.present(SettingRows::rows(settings));
        QStringList shown;
        for (int column = 0; column < 7; ++column)
            shown << model.index(0, column).data().toString();
        QCOMPARE(shown,
                 (QStringList{QStringLiteral("work_mem"), QStringLiteral("64.0 MB"), QStringLiteral("4.00 MB"),
                              QStringLiteral("30 of 31"), QStringLiteral("only here"), QString(),
                              QStringLiteral("pending")}));
    }
};

QTEST_GUILESS_MAIN(TestFactTable)
#include "tst_facttable.moc"
