// SPDX-License-Identifier: GPL-3.0-or-later
#include "livescreen.h"

#include <QTest>

using namespace shardhelm::ctl;

/// What is shown of a table on a terminal that is too small for it.
class TestLiveScreen : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fitsATerminal()
    {
        QCOMPARE(fitted("one\ntwo\n", 80, 24), QByteArray("one\ntwo\n"));
        QCOMPARE(fitted("a long line\nü — ö\n", 5, 24), QByteArray("a lo…\nü — ö\n"));
        QCOMPARE(fitted("1\n2\n3\n4\n", 80, 3), QByteArray("1\n2\nand 2 more\n"));
        QCOMPARE(fitted("1\n2\n3\n", 80, 3), QByteArray("1\n2\n3\n"));
        QCOMPARE(fitted("", 80, 24), QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestLiveScreen)
#include "tst_livescreen.moc"
