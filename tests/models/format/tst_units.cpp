// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/units.h"

#include <QTest>

using namespace shardhelm;

/// Numbers as people read them, above all where they change their unit or gain a figure by rounding.
class TestUnits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void significant_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("zero") << 0.0 << QStringLiteral("0");
        QTest::newRow("two decimals") << 1.4849 << QStringLiteral("1.48");
        QTest::newRow("one decimal") << 12.94 << QStringLiteral("12.9");
        QTest::newRow("none") << 129.4 << QStringLiteral("129");
        QTest::newRow("more than three") << 12940.0 << QStringLiteral("12940");
        QTest::newRow("rounds to a further figure") << 9.996 << QStringLiteral("10.0");
        QTest::newRow("rounds to a further figure above") << 99.96 << QStringLiteral("100");
        QTest::newRow("small") << 0.00123 << QStringLiteral("0.00123");
        QTest::newRow("negative") << -1.4849 << QStringLiteral("-1.48");
    }

    void significant()
    {
        QFETCH(double, value);
        QFETCH(QString, text);
        QCOMPARE(format::significant(value), text);
    }

    void bytes_data()
    {
        QTest::addColumn<qint64>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("zero") << qint64(0) << QStringLiteral("0 B");
        QTest::newRow("bytes") << qint64(1023) << QStringLiteral("1023 B");
        QTest::newRow("kilobyte") << qint64(1024) << QStringLiteral("1.00 kB");
        QTest::newRow("just below a megabyte") << qint64(1024 * 1024 - 1) << QStringLiteral("1.00 MB");
        QTest::newRow("gigabytes") << qint64(1417339207680) / 1024 << QStringLiteral("1.29 GB");
        QTest::newRow("terabytes") << qint64(1451698946048) << QStringLiteral("1.32 TB");
        QTest::newRow("most") << std::numeric_limits<qint64>::max() << QStringLiteral("8192 PB");
    }

    void bytes()
    {
        QFETCH(qint64, value);
        QFETCH(QString, text);
        QCOMPARE(format::bytes(value), text);
    }

    void duration_data()
    {
        QTest::addColumn<double>("seconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("zero") << 0.0 << QStringLiteral("0 s");
        QTest::newRow("microseconds") << 0.000038 << QStringLiteral("38.0 µs");
        QTest::newRow("milliseconds") << 0.038 << QStringLiteral("38.0 ms");
        QTest::newRow("just below a millisecond") << 0.0009999 << QStringLiteral("1.00 ms");
        QTest::newRow("just below a second") << 0.9999 << QStringLiteral("1.00 s");
        QTest::newRow("seconds") << 1.56 << QStringLiteral("1.56 s");
        QTest::newRow("just below a minute") << 59.97 << QStringLiteral("1 min 0 s");
        QTest::newRow("minutes") << 194.0 << QStringLiteral("3 min 14 s");
        QTest::newRow("hours") << 85260.0 << QStringLiteral("23 h 41 min");
        QTest::newRow("days") << 3.5 * 86400 << QStringLiteral("3 d 12 h");
        QTest::newRow("negative") << -1.56 << QStringLiteral("−1.56 s");
    }

    void duration()
    {
        QFETCH(double, seconds);
        QFETCH(QString, text);
        QCOMPARE(format::duration(seconds), text);
    }

    void ratesAndShares()
    {
        QCOMPARE(format::rate(0), QStringLiteral("0 /s"));
        QCOMPARE(format::rate(1480), QStringLiteral("1.48 k/s"));
        QCOMPARE(format::rate(999.7), QStringLiteral("1.00 k/s"));
        QCOMPARE(format::percent(0.991), QStringLiteral("99.1 %"));
        QCOMPARE(format::percent(0.99999), QStringLiteral("99.9 %")); // never all of it when it is not
        QCOMPARE(format::percent(1), QStringLiteral("100 %"));
        QCOMPARE(format::percent(0.5), QStringLiteral("50 %"));
        QCOMPARE(format::percent(0), QStringLiteral("0 %"));
        QCOMPARE(format::factor(41), QStringLiteral("41×"));
    }
};

QTEST_GUILESS_MAIN(TestUnits)
#include "tst_units.moc"
