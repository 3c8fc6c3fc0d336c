// SPDX-License-Identifier: GPL-3.0-or-later
#include "wording/errors.h"

#include <QRegularExpression>
#include <QTest>

using namespace shardhelm;

/// Every error has a sentence that a person can read, whatever facts came with it.
class TestErrors : public QObject
{
    Q_OBJECT

private:
    /// The codes are numbered from 0; one beyond the last has no sentence.
    static int codeCount()
    {
        int count = 0;
        while (!wording::sentence(Error{static_cast<ErrorCode>(count), {}, {}, {}, 0, std::nullopt}).isEmpty())
            ++count;
        return count;
    }

    static void checkText(const QString &text, int code)
    {
        const QByteArray shown = QByteArray::number(code) + ": " + text.toUtf8();
        static const QRegularExpression placeholder(QStringLiteral("%[0-9n]"));
        QVERIFY2(!text.contains(placeholder), shown.constData());
        QVERIFY2(!text.contains(QLatin1StringView("hunter2")), shown.constData());
        QVERIFY2(!text.contains(u'\n'), shown.constData());
        QVERIFY2(!text.contains(QLatin1StringView("  ")), shown.constData());
    }

    static void checkSentence(const QString &text, int code)
    {
        checkText(text, code);
        const QByteArray shown = QByteArray::number(code) + ": " + text.toUtf8();
        QVERIFY2(text.endsWith(u'.') && !text.endsWith(QLatin1StringView("..")), shown.constData());
        QVERIFY2(!text.contains(QLatin1StringView(" .")) && !text.contains(QLatin1StringView(": .")),
                 shown.constData());
        QVERIFY2(!text.contains(QLatin1StringView("\"\"")), shown.constData());
    }

private Q_SLOTS:
    // QString::arg() warns of a sentence and arguments that do not fit.
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void everyCodeIsWordedWithoutFacts()
    {
        QVERIFY(codeCount() > static_cast<int>(ErrorCode::LedgerBad));
        for (int code = 0; code < codeCount(); ++code) {
            const Error error{static_cast<ErrorCode>(code), {}, {}, {}, 0, std::nullopt};
            checkSentence(wording::sentence(error), code);
            QVERIFY2(wording::sentence(error).at(0).isUpper(), wording::sentence(error).toUtf8().constData());
            const QString advice = wording::advice(error);
            checkText(advice, code);
            QVERIFY2(advice.isEmpty() || advice.endsWith(u'.'), advice.toUtf8().constData());
            QCOMPARE(wording::technical(error), QString());
        }
    }

    void everyCodeNamesWhatAndWhere()
    {
        for (int code = 0; code < codeCount(); ++code) {
            const Error error{static_cast<ErrorCode>(code),
                              QStringLiteral("Athens"),
                              QStringLiteral("Berlin"),
                              {QStringLiteral("Cairo"), QStringLiteral("Delhi")},
                              17,
                              std::nullopt};
            const QString text = wording::sentence(error);
            checkSentence(text, code);
            QVERIFY2(text.contains(QLatin1StringView("Athens")) || text.contains(QLatin1StringView("Berlin")),
                     text.toUtf8().constData());
        }
    }

    void noSecretReachesAReader()
    {
        DbError db;
        db.sqlstate = QStringLiteral("28P01");
        db.message = QStringLiteral("login with password=hunter2 failed");
        db.detail = QStringLiteral("postgresql://joe:hunter2@h/db");
        db.hint = QStringLiteral("try password='hunter2'");
        db.query = QStringLiteral("CREATE SUBSCRIPTION s CONNECTION 'host=h password=hunter2' PUBLICATION p");
        const QString conninfo = QStringLiteral("host=h user=joe password=hunter2");
        for (int code = 0; code < codeCount(); ++code) {
            const Error error{static_cast<ErrorCode>(code), conninfo, conninfo, {conninfo}, 3, db};
            checkSentence(wording::sentence(error), code);
            checkText(wording::advice(error), code);
            checkText(wording::technical(error), code);
            QVERIFY(wording::technical(error).contains(QLatin1StringView("28P01")));
        }
    }

    void factsAreNotTakenForPlaceholders()
    {
        for (int code = 0; code < codeCount(); ++code) {
            const Error error{static_cast<ErrorCode>(code),
                              QStringLiteral("%2"),
                              QStringLiteral("%1 is %3"),
                              {QStringLiteral("%1")},
                              5,
                              std::nullopt};
            const QString text = wording::sentence(error);
            QVERIFY2(text.count(QLatin1StringView("%2")) <= 1, text.toUtf8().constData());
            QVERIFY2(text.contains(QLatin1StringView("%2")) || text.contains(QLatin1StringView("%1 is %3")),
                     text.toUtf8().constData());
        }
    }

    void manyLinesBecomeOne()
    {
        Error error{
            ErrorCode::ProgramFailed, QStringLiteral("initdb"), QStringLiteral("first\nsecond\n"), {}, 0, std::nullopt};
        QCOMPARE(wording::sentence(error), QStringLiteral("The program initdb failed: first second."));
    }

    void aMisplacedSecretIsNamedNotShown()
    {
        const Error error{ErrorCode::ValueBad,
                          QStringLiteral("f.toml"),
                          QStringLiteral("directory.conninfo: password"),
                          {QStringLiteral("~/.pgpass"), QStringLiteral("keychain")},
                          3,
                          std::nullopt};
        QCOMPARE(
            wording::sentence(error),
            QStringLiteral("f.toml, line 3 holds a secret (directory.conninfo: password), which belongs elsewhere: "
                           "~/.pgpass, keychain."));
    }

    void aLineIsNamed()
    {
        const Error error{ErrorCode::KeyUnknown,
                          QStringLiteral("f.toml"),
                          QStringLiteral("intervall"),
                          {QStringLiteral("interval"), QStringLiteral("timeout")},
                          12,
                          std::nullopt};
        QCOMPARE(wording::sentence(error),
                 QStringLiteral("f.toml, line 12: there is no key intervall; similar: interval, timeout."));
    }
};

QTEST_GUILESS_MAIN(TestErrors)
#include "tst_errors.moc"
