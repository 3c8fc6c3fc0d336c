// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/condition.h"
#include "mainwindow/sidebar.h"

#include <QFile>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

using namespace shardhelm;

/// The German translation is whole and reaches the window.
class TestTranslation : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isWhole();
    void isUsed();

private:
    /// Sources of a .ts file without a finished translation.
    static QStringList unfinished(const QString &path, int *total);
};

QStringList TestTranslation::unfinished(const QString &path, int *total)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {QStringLiteral("no file")};
    QXmlStreamReader xml(&file);
    QStringList result;
    QString source;
    while (!xml.atEnd()) {
        xml.readNext();
        if (!xml.isStartElement())
            continue;
        if (xml.name() == QLatin1StringView("source")) {
            source = xml.readElementText();
            ++*total;
        } else if (xml.name() == QLatin1StringView("translation")) {
            const bool open = xml.attributes().hasAttribute(QLatin1StringView("type"));
            const QString text = xml.readElementText(QXmlStreamReader::IncludeChildElements);
            if (open || text.isEmpty())
                result << source;
        }
    }
    return result;
}

void TestTranslation::isWhole()
{
    int total = 0;
    const QStringList open = unfinished(QStringLiteral(SHARDHELM_SOURCE_DIR "/translations/shardhelm_de.ts"), &total);
    QVERIFY2(open.isEmpty(), qPrintable(open.join(u'\n')));
    QVERIFY(total > 500);
}

void TestTranslation::isUsed()
{
    QTranslator translator;
    QVERIFY(translator.load(QLocale(QLocale::German), QStringLiteral("shardhelm"), QStringLiteral("_"),
                            QStringLiteral(":/translations")));
    QCOMPARE(conditionWord(Condition::Healthy), QStringLiteral("healthy"));
    QVERIFY(QCoreApplication::installTranslator(&translator));
    QCOMPARE(conditionWord(Condition::Healthy), QStringLiteral("gesund"));
    QCOMPARE(ui::pageTitle(ui::Page::Overview), QStringLiteral("Übersicht"));
    QCoreApplication::removeTranslator(&translator);
}

QTEST_MAIN(TestTranslation)
#include "tst_translation.moc"
