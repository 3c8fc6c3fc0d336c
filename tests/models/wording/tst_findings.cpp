// SPDX-License-Identifier: GPL-3.0-or-later
#include "wording/findings.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace shardhelm;
using namespace shardhelm::cluster;

/// Every finding has a name for programs, a sentence for people, and its facts in it.
class TestFindings : public QObject
{
    Q_OBJECT

private:
    static Finding finding(int code)
    {
        Finding made{static_cast<FindingCode>(code), FindingSeverity::Stop, QStringLiteral("a1")};
        made.other = QStringLiteral("b2");
        made.table = QStringLiteral("app.orders");
        made.shard = 7;
        made.count = 3;
        made.facts = {QStringLiteral("-column x"), QStringLiteral("+column y"), QStringLiteral("9")};
        made.error = {ErrorCode::ConnectionRefused, QStringLiteral("a1"), {}, {}, 0, std::nullopt};
        return made;
    }
    static int codeCount() { return static_cast<int>(FindingCode::AbsOfHash) + 1; }

private Q_SLOTS:
    void everyCodeIsWorded()
    {
        static const QRegularExpression placeholder(QStringLiteral("%[0-9n]"));
        static const QRegularExpression name(QStringLiteral("^[a-z_]+$"));
        QSet<QString> names;
        QSet<QString> sentences;
        for (int code = 0; code < codeCount(); ++code) {
            const Finding whole = finding(code);
            const QString text = wording::sentence(whole);
            QVERIFY2(text.endsWith(u'.') && !text.endsWith(QLatin1StringView("..")), qPrintable(text));
            QVERIFY2(!text.contains(placeholder) && !text.contains(QLatin1StringView("  ")), qPrintable(text));
            const QString advice = wording::advice(whole);
            QVERIFY2(advice.isEmpty() || advice.endsWith(u'.'), qPrintable(advice));
            QVERIFY2(findingName(whole.code).contains(name), qPrintable(findingName(whole.code)));
            names << findingName(whole.code);
            sentences << text;
            // With no facts at all it must still be a sentence.
            const QString bare = wording::sentence(Finding{whole.code, FindingSeverity::Info, QStringLiteral("a1")});
            QVERIFY2(bare.endsWith(u'.'), qPrintable(bare));
        }
        QCOMPARE(names.size(), codeCount());
        QCOMPARE(sentences.size(), codeCount());
        QVERIFY(findingName(static_cast<FindingCode>(codeCount())).isEmpty());
    }

    void differencesAreSaidBothWays()
    {
        Finding differs = finding(static_cast<int>(FindingCode::TableDiffers));
        differs.shard = -1;
        differs.facts.removeLast();
        QCOMPARE(wording::sentence(differs),
                 QStringLiteral(
                     "app.orders on a1 is not like the others (b2): it lacks column x, it has besides column y."));
    }

    void severitiesAreNamed()
    {
        QCOMPARE(wording::severityName(FindingSeverity::Stop), QStringLiteral("stop"));
        QCOMPARE(wording::severityName(FindingSeverity::Warn), QStringLiteral("warn"));
        QCOMPARE(wording::severityName(FindingSeverity::Info), QStringLiteral("info"));
    }
};

QTEST_GUILESS_MAIN(TestFindings)
#include "tst_findings.moc"
