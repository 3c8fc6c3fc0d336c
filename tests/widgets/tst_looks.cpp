// SPDX-License-Identifier: GPL-3.0-or-later
#include "examplefleet.h"

#include "cluster/democontroller.h"
#include "mainwindow/mainwindow.h"

#include <QTest>

using namespace shardhelm;
using namespace shardhelm::ui;

/// Paints every page in every scheme, size and pixel ratio, and checks that the pictures are neither empty nor cut.
/// With SHARDHELM_LOOKS=<folder> the pictures stay there to be looked at.
class TestLooks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void pages_data();
    void pages();
};

void TestLooks::pages_data()
{
    QTest::addColumn<int>("theme");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("instances");
    QTest::addColumn<bool>("incident");
    QTest::addRow("light") << int(ThemeChoice::Light) << QSize(1440, 900) << 32 << true;
    QTest::addRow("dark") << int(ThemeChoice::Dark) << QSize(1440, 900) << 32 << true;
    QTest::addRow("contrast") << int(ThemeChoice::HighContrast) << QSize(1440, 900) << 32 << true;
    QTest::addRow("compact") << int(ThemeChoice::Light) << QSize(1366, 768) << 32 << true;
    QTest::addRow("calm") << int(ThemeChoice::Light) << QSize(1440, 900) << 4 << false;
    QTest::addRow("none") << int(ThemeChoice::Light) << QSize(1440, 900) << 0 << false;
    QTest::addRow("nonedark") << int(ThemeChoice::Dark) << QSize(1366, 768) << 0 << false;
}

void TestLooks::pages()
{
    QFETCH(int, theme);
    QFETCH(QSize, size);
    QFETCH(int, instances);
    QFETCH(bool, incident);
    const QTemporaryDir folder;
    Settings settings(folder.filePath(QStringLiteral("window.ini")));
    Theme look(static_cast<ThemeChoice>(theme));
    ClusterSession session;
    DemoController demo;
    MainWindow window(session, demo, settings, look);
    window.resize(size);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    if (instances > 0)
        test::feed(session, instances, 450, incident);
    const QString keep = qEnvironmentVariable("SHARDHELM_LOOKS");
    for (const Page page : allPages) {
        window.showPage(page);
        QCoreApplication::processEvents();
        QCoreApplication::processEvents();
        const QImage picture = window.grab().toImage();
        QCOMPARE(picture.size(), size * window.devicePixelRatioF());
        QSet<QRgb> colors;
        for (int y = 0; y < picture.height(); y += 7) {
            for (int x = 0; x < picture.width(); x += 7)
                colors.insert(picture.pixel(x, y));
        }
        QVERIFY2(colors.size() > 8, qPrintable(pageKey(page)));
        if (!keep.isEmpty())
            picture.save(keep % u'/' % QString::fromLatin1(QTest::currentDataTag()) % u'-' % pageKey(page)
                         % QStringLiteral(".png"));
        if (instances == 0)
            break;
    }
}

QTEST_MAIN(TestLooks)
#include "tst_looks.moc"
