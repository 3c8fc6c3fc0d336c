// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqltext.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace shardhelm;

namespace {

const QString source = QStringLiteral(SHARDHELM_SOURCE_DIR);

/// Names of all files below resources/sql, as sqlText() takes them.
QSet<QString> existing()
{
    QSet<QString> names;
    const QDir root(source + QStringLiteral("/resources/sql"));
    QDirIterator files(root.path(), {QStringLiteral("*.sql")}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext())
        names += root.relativeFilePath(files.next()).chopped(4);
    return names;
}

/// Names that the code mentions: string literals "<folder of resources/sql>/<name>".
QSet<QString> mentioned()
{
    const QStringList modules =
        QDir(source + QStringLiteral("/resources/sql")).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    const QRegularExpression name(QStringLiteral("\"((?:%1)/[a-z0-9_/]+)\"").arg(modules.join(QLatin1Char('|'))));
    QSet<QString> names;
    // SQL is named by the backend alone; the layers above have keys of the same shape in their settings.
    QDirIterator files(source + QStringLiteral("/backend"), {QStringLiteral("*.cpp"), QStringLiteral("*.h")},
                       QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot read %s", qPrintable(file.fileName()));
        QString text;
        const QStringList lines = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'));
        for (const QString &line : lines) {
            if (!line.startsWith(u"#include") && !line.trimmed().startsWith(u"//"))
                text += line + QLatin1Char('\n');
        }
        auto matches = name.globalMatch(text);
        while (matches.hasNext())
            names += matches.next().captured(1);
    }
    return names;
}

bool hasResource(const QString &name)
{
    return QFile::exists(QStringLiteral(":/sql/%1.sql").arg(name));
}

/// The versions of one schema are named with their number, which the code adds: directory/v1.
QString withoutVersion(QString name)
{
    while (name.back().isDigit())
        name.chop(1);
    return name;
}

} // namespace

/// The SQL files and the code that names them.
class TestSqlText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyNameHasItsFile()
    {
        const QSet<QString> names = mentioned();
        QVERIFY(!names.isEmpty());
        for (const QString &name : names)
            QVERIFY2(hasResource(name) || hasResource(name + QLatin1Char('1')), qPrintable(name));
    }

    void everyFileHasItsName()
    {
        const QSet<QString> names = mentioned();
        QSet<QString> orphans = existing() - names;
        orphans.removeIf([&](const QString &name) { return names.contains(withoutVersion(name)); });
        QVERIFY2(orphans.isEmpty(), qPrintable(QStringList(orphans.cbegin(), orphans.cend()).join(QLatin1Char(' '))));
    }

    void everyFileSaysWhatItIs()
    {
        const QSet<QString> names = existing();
        for (const QString &name : names) {
            const QByteArray text = sqlText(name.toLatin1().constData());
            QVERIFY2(text.startsWith("-- "), qPrintable(name));
            QVERIFY2(text.isValidUtf8() && !text.contains('\r') && !text.contains('\0'), qPrintable(name));
        }
    }
};

QTEST_GUILESS_MAIN(TestSqlText)
#include "tst_sqltext.moc"
