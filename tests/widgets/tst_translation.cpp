// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/condition.h"
#include "mainwindow/sidebar.h"

#include <QFile>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

using namespace shardhelm;

/// The German translation is whole and reaches the window.
class TestTranslation : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isCurrent();
    void isWhole();
    void isUsed();

private:
    /// Every context, source and disambiguation of a .ts file.
    static QSet<QString> sources(const QString &path);
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

QSet<QString> TestTranslation::sources(const QString &path)
{
    QFile file(path);
    QSet<QString> result;
    if (!file.open(QIODevice::ReadOnly))
        return result;
    QXmlStreamReader xml(&file);
    QString context;
    QString source;
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isStartElement() && xml.name() == QLatin1StringView("name"))
            context = xml.readElementText();
        else if (xml.isStartElement() && xml.name() == QLatin1StringView("source"))
            source = xml.readElementText();
        else if (xml.isEndElement() && xml.name() == QLatin1StringView("message"))
            result << context % QStringLiteral(": ") % source;
    }
    return result;
}

void TestTranslation::isCurrent()
{
    const QString known = QStringLiteral(SHARDHELM_SOURCE_DIR "/translations/shardhelm_de.ts");
    const QTemporaryDir folder;
    const QString fresh = folder.filePath(QStringLiteral("shardhelm_de.ts"));
    QVERIFY(QFile::copy(known, fresh));
    QProcess lupdate;
    lupdate.setWorkingDirectory(QStringLiteral(SHARDHELM_SOURCE_DIR));
    // As the target update_translations does it.
    lupdate.start(QStringLiteral(LUPDATE),
                  {QStringLiteral("-no-obsolete"), QStringLiteral("-locations"), QStringLiteral("none"),
                   QStringLiteral("models"), QStringLiteral("widgets"), QStringLiteral("app/gui"),
                   QStringLiteral("-ts"), fresh});
    QVERIFY2(lupdate.waitForFinished(120000), qPrintable(lupdate.errorString()));
    QCOMPARE(lupdate.exitCode(), 0);
    const QSet<QString> now = sources(fresh);
    const QSet<QString> then = sources(known);
    QVERIFY(now.size() > 500);
    const QStringList missing = (now - then).values();
    const QStringList gone = (then - now).values();
    QVERIFY2(missing.isEmpty(), qPrintable(QStringLiteral("not in the file: ") % missing.join(u'\n')));
    QVERIFY2(gone.isEmpty(), qPrintable(QStringLiteral("no longer used: ") % gone.join(u'\n')));
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
