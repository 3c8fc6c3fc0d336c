// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/conninfo.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>
#include <QUrl>

using namespace shardhelm;
using pg::Conninfo;
using pg::redacted;

namespace {

constexpr quint32 seed = 20240917;
constexpr int rounds = 4000;

/// Characters that some layer of quoting cares about, with plain ones between.
QString hostileText(QRandomGenerator &random, int length)
{
    static const QList<uint> alphabet = QStringLiteral("ab'\"\\ =:@/?&%$;,)(\t\nä\U0001F512zq#{}[]*-").toUcs4();
    QString text;
    for (int index = 0; index < length; ++index) {
        const char32_t character = alphabet[random.bounded(alphabet.size())];
        text += QString::fromUcs4(&character, 1);
    }
    return text;
}

QString doubledQuotes(QString text)
{
    return text.replace(QLatin1Char('\''), QStringLiteral("''"));
}

} // namespace

/// Connection strings, and what of them may be shown.
class TestConninfo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parses()
    {
        const auto keywords = Conninfo::parse(QStringLiteral("host=a,b port=1,2 dbname='my db' password='it\\'s'"));
        QVERIFY(keywords);
        QCOMPARE(keywords->value(QStringLiteral("dbname")), QStringLiteral("my db"));
        QCOMPARE(keywords->value(QStringLiteral("password")), QStringLiteral("it's"));
        QCOMPARE(keywords->hosts(), QStringList({QStringLiteral("a:1"), QStringLiteral("b:2")}));
        const auto good = Conninfo::parse(QStringLiteral("postgresql://u:p%40ss@[::1]:77,h2/d?sslmode=require"));
        QVERIFY(good);
        QCOMPARE(good->value(QStringLiteral("password")), QStringLiteral("p@ss"));
        QCOMPARE(good->hosts(), QStringList({QStringLiteral("[::1]:77"), QStringLiteral("h2:5432")}));
    }

    void changes()
    {
        auto info = *Conninfo::parse(QStringLiteral("host=/run/x user=u"));
        info.set(QStringLiteral("user"), QStringLiteral("o'b\\r"));
        info.set(QStringLiteral("dbname"), QString());
        info.remove(QStringLiteral("host"));
        QCOMPARE(info.toString(), QStringLiteral("user='o\\'b\\\\r' dbname=''"));
        QVERIFY(info.hosts().isEmpty());
    }

    void complaints_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        QTest::addColumn<QString>("hidden");
        QTest::newRow("unknown keyword") << QStringLiteral("hots=h") << QStringLiteral("hots") << QString();
        QTest::newRow("blank in a password")
            << QStringLiteral("password=open sesame x=y") << QStringLiteral("missing") << QStringLiteral("sesame");
        QTest::newRow("part of a password as keyword")
            << QStringLiteral("password=open ses=ame") << QStringLiteral("invalid") << QStringLiteral("ses");
        QTest::newRow("zero byte") << QString(QStringLiteral("host=a") + QChar(0)) << QStringLiteral("\\0")
                                   << QString();
        QTest::newRow("unterminated") << QStringLiteral("password='sesame") << QStringLiteral("unterminated")
                                      << QStringLiteral("sesame");
        QTest::newRow("@ in a URI password")
            << QStringLiteral("postgresql://u:ses/ame@h:x:y/d?a") << QString() << QStringLiteral("ame");
    }

    void complaints()
    {
        QFETCH(QString, text);
        QFETCH(QString, shown);
        QFETCH(QString, hidden);
        const auto parsed = Conninfo::parse(text);
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().code, ErrorCode::ConninfoBad);
        QVERIFY2(parsed.error().found.contains(shown), qPrintable(parsed.error().found));
        if (!hidden.isEmpty())
            QVERIFY2(!parsed.error().found.contains(hidden), qPrintable(parsed.error().found));
    }

    void roundTrip()
    {
        QRandomGenerator random(seed);
        for (int round = 0; round < rounds; ++round) {
            Conninfo made;
            for (const char *keyword : {"user", "dbname", "password", "options"})
                made.set(QString::fromLatin1(keyword), hostileText(random, random.bounded(12)));
            const auto back = Conninfo::parse(made.toString());
            QVERIFY2(back, qPrintable(made.toString()));
            for (const auto &[keyword, value] : made.entries())
                QCOMPARE(back->value(keyword), value);
        }
    }

    void redacts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const char *text, const char *expected) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(expected);
        };
        row("keyword", "host=h password=secret user=u", "host=h password=*** user=u");
        row("last keyword", "host=h password=secret", "host=h password=***");
        row("blanks around =", "password = secret user=u", "password = *** user=u");
        row("quoted", "password='sec ret' user=u", "password='***' user=u");
        row("escaped quote", "password='sec\\'ret' user=u", "password='***' user=u");
        row("escaped backslash", "password='secret\\\\' user=u", "password='***' user=u");
        row("escaped blank", "password=sec\\ ret user=u", "password=*** user=u");
        row("quote in the middle", "password=sec'ret user=u", "password=*** user=u");
        row("capitals", "PassWord=secret", "PassWord=***");
        row("sslpassword", "sslpassword=secret sslkey=k", "sslpassword=*** sslkey=k");
        row("passfile stays", "passfile=/home/u/.pgpass host=h", "passfile=/home/u/.pgpass host=h");
        row("environment", "PGPASSWORD=secret psql", "PGPASSWORD=*** psql");
        row("unterminated", "password='secret and more", "password='***");
        row("URI", "postgresql://u:secret@h:5432/d", "postgresql://u:***@h:5432/d");
        row("short scheme", "see postgres://u:secret@h/d now", "see postgres://u:***@h/d now");
        row("URI without user", "postgresql://:secret@h/d", "postgresql://:***@h/d");
        row("URI without a secret", "postgresql://u@h:5432/d?sslmode=require",
            "postgresql://u@h:5432/d?sslmode=require");
        row("URI parameter", "postgresql://h/d?password=secret&sslmode=require",
            "postgresql://h/d?password=***&sslmode=require");
        row("URI parameter encoded", "postgresql://h/d?p%61ssw%6Frd=secret&sslmode=require",
            "postgresql://h/d?p%61ssw%6Frd=***&sslmode=require");
        row("URI password with @ not encoded", "postgresql://u:s@cret@h/d", "postgresql://u:***@h/d");
        row("URI password with / not encoded", "postgresql://u:sec/ret@h/d", "postgresql://u:***@h/d");
        row("two URIs", "postgres://a:secret@h, postgres://b:secret@i", "postgres://a:***@h, postgres://b:***@i");
        row("subscription", "CREATE SUBSCRIPTION s CONNECTION 'host=h password=secret user=u' PUBLICATION p",
            "CREATE SUBSCRIPTION s CONNECTION 'host=h password=*** user=u' PUBLICATION p");
        row("subscription, last keyword", "CREATE SUBSCRIPTION s CONNECTION 'host=h password=secret' PUBLICATION p",
            "CREATE SUBSCRIPTION s CONNECTION 'host=h password=***' PUBLICATION p");
        row("subscription, quoted value",
            "CREATE SUBSCRIPTION s CONNECTION 'host=h password=''sec ret'' user=u' PUBLICATION p",
            "CREATE SUBSCRIPTION s CONNECTION 'host=h password=''***'' user=u' PUBLICATION p");
        row("subscription, quoted value at the end",
            "CREATE SUBSCRIPTION s CONNECTION 'host=h password=''sec ret''' PUBLICATION p",
            "CREATE SUBSCRIPTION s CONNECTION 'host=h password=''***''' PUBLICATION p");
        row("subscription, escaped quote inside",
            "CREATE SUBSCRIPTION s CONNECTION 'password=''sec\\''ret'' user=u' PUBLICATION p",
            "CREATE SUBSCRIPTION s CONNECTION 'password=''***'' user=u' PUBLICATION p");
        row("literal in a literal", "EXECUTE 'ALTER ROLE u PASSWORD ''sec''''ret'' LOGIN'",
            "EXECUTE 'ALTER ROLE u PASSWORD ''***'' LOGIN'");
        row("escape string", "CREATE SUBSCRIPTION s CONNECTION E'host=h password=\\'secret\\' user=u' PUBLICATION p",
            "CREATE SUBSCRIPTION s CONNECTION E'host=h password=\\'***\\' user=u' PUBLICATION p");
        row("keyword spelt with escapes", "SELECT dblink(E'host=h \\x70assword=secret')", "SELECT dblink(E'***')");
        row("keyword spelt in octal", "SELECT dblink(E'host=h \\160assword=secret')", "SELECT dblink(E'***')");
        row("keyword spelt in Unicode", "SELECT dblink(U&'host=h \\0070assword=secret')", "SELECT dblink(U&'***')");
        row("dollar quotes", "SELECT dblink($$host=h password=secret user=u$$)",
            "SELECT dblink($$host=h password=*** user=u$$)");
        row("role", "ALTER ROLE u PASSWORD 'secret' VALID UNTIL 'infinity'",
            "ALTER ROLE u PASSWORD '***' VALID UNTIL 'infinity'");
        row("role, doubled quote", "ALTER ROLE u PASSWORD 'sec''ret' LOGIN", "ALTER ROLE u PASSWORD '***' LOGIN");
        row("role, no blank", "ALTER ROLE u PASSWORD'secret'", "ALTER ROLE u PASSWORD'***'");
        row("role, comment between", "ALTER ROLE u PASSWORD /* ' */ 'secret'", "ALTER ROLE u PASSWORD /* ' */ '***'");
        row("role, line comment between", "ALTER ROLE u PASSWORD -- '\n'secret' LOGIN",
            "ALTER ROLE u PASSWORD -- '\n'***' LOGIN");
        row("role, escape string", "ALTER ROLE u PASSWORD E'sec\\'ret' LOGIN", "ALTER ROLE u PASSWORD E'***' LOGIN");
        row("role, dollar quotes", "ALTER ROLE u PASSWORD $x$sec$$ret$x$ LOGIN",
            "ALTER ROLE u PASSWORD $x$***$x$ LOGIN");
        row("user mapping", "CREATE USER MAPPING FOR u SERVER s OPTIONS (user 'u', password 'secret')",
            "CREATE USER MAPPING FOR u SERVER s OPTIONS (user 'u', password '***')");
        row("named argument", "SELECT f(password => 'secret', a => 1)", "SELECT f(password => '***', a => 1)");
        row("comparison", "SELECT * FROM t WHERE password = 'secret' AND a = 'b'",
            "SELECT * FROM t WHERE password = '***' AND a = 'b'");
        row("JSON", "{\"password\": \"sec\\\"ret\", \"a\": 1}", "{\"password\": \"***\", \"a\": 1}");
        row("JSON arguments", "jsonb_build_object('password', 'secret', 'a', 1)",
            "jsonb_build_object('password', '***', 'a', 1)");
        row("second secret behind a misread quote", "ALTER ROLE a PASSWORD 'x\\', b password='secret' c='d'",
            "ALTER ROLE a PASSWORD '***'***' c='d'");
        row("error message", "password authentication failed for user \"u\"",
            "password authentication failed for user \"u\"");
        row("libpq message", "fe_sendauth: no password supplied", "fe_sendauth: no password supplied");
        row("setting", "SET password_encryption = 'scram-sha-256'", "SET password_encryption = 'scram-sha-256'");
        row("column", "SELECT password, name FROM t", "SELECT password, name FROM t");
        row("keyword not known", "invalid connection option \"password\" in x",
            "invalid connection option \"password\" in x");
        row("empty value", "host=h password=''", "host=h password=''");
        row("empty value, or the begin of a doubly quoted one", "password='' host=h", "password=''***");
        row("nothing to hide", "SELECT 'a' || b FROM t WHERE c = $1", "SELECT 'a' || b FROM t WHERE c = $1");
        row("nothing", "", "");
    }

    void redacts()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(redacted(text), expected);
        QCOMPARE(redacted(expected), expected);
    }

    void redactsHostileSecrets()
    {
        // A secret holds a marker between hostile characters; whatever the quoting, the marker never shows.
        QRandomGenerator random(seed);
        const QString marker = QStringLiteral("S3CR3T");
        for (int round = 0; round < rounds; ++round) {
            const QString secret =
                hostileText(random, random.bounded(6)) + marker + hostileText(random, random.bounded(6));
            Conninfo info;
            info.set(QStringLiteral("host"), QStringLiteral("h"));
            info.set(QStringLiteral("password"), secret);
            info.set(QStringLiteral("user"), QStringLiteral("visible"));
            const QString plain = info.toString();
            const QString encoded = QString::fromUtf8(QUrl::toPercentEncoding(secret));
            const QStringList texts{
                plain,
                QStringLiteral("CREATE SUBSCRIPTION s CONNECTION '%1' PUBLICATION p").arg(doubledQuotes(plain)),
                QStringLiteral("DO 'CREATE SUBSCRIPTION s CONNECTION ''%1'' PUBLICATION p'")
                    .arg(doubledQuotes(doubledQuotes(plain))),
                QStringLiteral("ALTER ROLE u PASSWORD '%1' LOGIN").arg(doubledQuotes(secret)),
                QStringLiteral("DO 'ALTER ROLE u PASSWORD ''%1'' LOGIN'").arg(doubledQuotes(doubledQuotes(secret))),
                QStringLiteral("postgresql://u:%1@h/d").arg(encoded),
                QStringLiteral("postgresql://h/d?user=u&password=%1&sslmode=require").arg(encoded),
            };
            for (const QString &text : texts) {
                const QString shown = redacted(text);
                QVERIFY2(!shown.contains(marker), qPrintable(text + QStringLiteral("\n -> ") + shown));
                QCOMPARE(redacted(shown), shown);
            }
        }
    }

    void redactsBrokenTexts()
    {
        // A cut can leave half a character.
        QString cut = QStringLiteral("password=secret \U0001F512");
        cut.chop(1);
        QVERIFY(redacted(cut).startsWith(QStringLiteral("password=*** ")));
        QCOMPARE(redacted(QStringLiteral("E'\\uD83D \\UFFFFFFFF \\160assword=secret'")), QStringLiteral("E'***'"));
    }

    void redactsAnyTextWithoutHarm()
    {
        // Broken texts of every kind: no crash, no endless loop, nothing added to what holds no secret.
        QRandomGenerator random(seed);
        const QStringList pieces{QStringLiteral("password"), QStringLiteral("postgresql://"),
                                 QStringLiteral("E'"),       QStringLiteral("U&'\\"),
                                 QStringLiteral("/*"),       QStringLiteral("=")};
        for (int round = 0; round < rounds; ++round) {
            QString text;
            for (int piece = random.bounded(8); piece >= 0; --piece)
                text += hostileText(random, random.bounded(5)) + pieces[random.bounded(pieces.size())];
            static_cast<void>(redacted(text));
            const QString harmless = hostileText(random, 40);
            QCOMPARE(redacted(harmless), harmless);
        }
    }

    void redactsLongTexts()
    {
        QString text;
        while (text.size() < 400'000)
            text += QStringLiteral("password=''z''/* E'\\x41' postgres://u:");
        QElapsedTimer clock;
        clock.start();
        QVERIFY(!redacted(text).contains(QLatin1Char('z')));
        QVERIFY2(clock.elapsed() < 5000, qPrintable(QString::number(clock.elapsed())));
    }
};

QTEST_GUILESS_MAIN(TestConninfo)
#include "tst_conninfo.moc"
