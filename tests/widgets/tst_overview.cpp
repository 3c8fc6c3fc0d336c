// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/fleetchart.h"
#include "charts/heatmap.h"
#include "charts/timeoverlay.h"
#include "cluster/settings.h"
#include "examplefleet.h"
#include "overview/overviewpage.h"
#include "theme/theme.h"

#include <QAbstractButton>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

using namespace shardhelm;
using namespace shardhelm::ui;

/// The charts of the overview under a mouse and a keyboard: zoom, go along, back to now, isolate a server.
class TestOverview : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void dragZoomsEveryChart();
    void wheelAndDoubleClick();
    void keysGoAlong();
    void mouseNamesTheCurve();
    void clickIsolates();
    void rowsOfTheHeatMap();
    void metricsAndEmptiness();

private:
    [[nodiscard]] TimeOverlay *overlay(const QWidget *chart) const { return chart->findChild<TimeOverlay *>(); }
    [[nodiscard]] bool isLive() const
    {
        return !m_page->findChild<QAbstractButton *>(QStringLiteral("backToNow"))->isVisible();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<ClusterSession> m_session;
    std::unique_ptr<OverviewPage> m_page;
    FleetChart *m_chart = nullptr;
    HeatMap *m_heat = nullptr;
};

void TestOverview::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("window.ini")));
    m_theme = std::make_unique<Theme>(ThemeChoice::Light);
    m_session = std::make_unique<ClusterSession>();
    test::feed(*m_session, 12, 100);
    m_page = std::make_unique<OverviewPage>(*m_session, *m_settings);
    m_page->resize(1300, 800);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_chart = m_page->findChild<FleetChart *>();
    m_heat = m_page->findChild<HeatMap *>();
    QVERIFY(m_chart && m_heat);
}

void TestOverview::cleanup()
{
    m_page.reset();
    m_session.reset();
    m_theme.reset();
    m_settings.reset();
    m_folder.reset();
}

void TestOverview::dragZoomsEveryChart()
{
    QVERIFY(isLive());
    const double before = m_heat->columnSeconds();
    TimeOverlay *area = overlay(m_chart);
    const QPoint from(area->width() / 2, 30);
    const QPoint to(area->width() * 5 / 8, 34);
    QTest::mousePress(area, Qt::LeftButton, {}, from);
    QTest::mouseMove(area, (from + to) / 2);
    QTest::mouseMove(area, to);
    QTest::mouseRelease(area, Qt::LeftButton, {}, to);
    QVERIFY(!isLive());
    QVERIFY(m_chart->spanNote().contains(QStringLiteral("standing still")));
    QVERIFY(m_heat->columnSeconds() <= before);
    QTest::mouseClick(m_page->findChild<QAbstractButton *>(QStringLiteral("backToNow")), Qt::LeftButton);
    QVERIFY(isLive());
}

void TestOverview::wheelAndDoubleClick()
{
    TimeOverlay *area = overlay(m_heat);
    const QPointF at(area->width() / 2.0, area->height() / 2.0);
    QWheelEvent nearer(at, area->mapToGlobal(at), {}, QPoint(0, 120), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                       false);
    QCoreApplication::sendEvent(area, &nearer);
    QVERIFY(!isLive());
    QTest::mouseDClick(area, Qt::LeftButton, {}, at.toPoint());
    QVERIFY(isLive());
}

void TestOverview::keysGoAlong()
{
    m_chart->setFocus();
    QTest::keyClick(m_chart, Qt::Key_Up, Qt::ShiftModifier);
    QVERIFY(!isLive());
    const QString zoomed = m_chart->spanNote();
    QTest::keyClick(m_chart, Qt::Key_Left);
    QVERIFY(m_chart->spanNote() != zoomed);
    QTest::keyClick(m_chart, Qt::Key_Home);
    QVERIFY(!isLive());
    QTest::keyClick(m_chart, Qt::Key_End);
    QVERIFY(isLive());
    QTest::keyClick(m_chart, Qt::Key_Up, Qt::ShiftModifier);
    QTest::keyClick(m_chart, Qt::Key_Escape);
    QVERIFY(isLive());
}

void TestOverview::mouseNamesTheCurve()
{
    TimeOverlay *area = overlay(m_chart);
    // Without a button held the offscreen platform has no pointer to move.
    const auto moveTo = [&](const QPoint &at) {
        QMouseEvent moved(QEvent::MouseMove, at, area->mapToGlobal(at), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
        QCoreApplication::sendEvent(area, &moved);
    };
    const QImage calm = area->grab().toImage();
    moveTo(QPoint(area->width() - 20, area->height() - 20));
    QVERIFY(area->grab().toImage() != calm);
    // The same moment is marked in the other chart.
    const QImage other = overlay(m_heat)->grab().toImage();
    moveTo(QPoint(area->width() / 3, 10));
    QVERIFY(overlay(m_heat)->grab().toImage() != other);
}

void TestOverview::clickIsolates()
{
    QSignalSpy chosen(m_chart, &FleetChart::serverChosen);
    const QString worst = m_session->fleet().ranking().front().server;
    // Along the right edge of the plot one finds the end of every curve.
    TimeOverlay *area = overlay(m_chart);
    QString found;
    for (int y = 2; y < area->height() && found.isEmpty(); y += 2) {
        QTest::mouseClick(area, Qt::LeftButton, {}, QPoint(area->width() - 2, y));
        found = chosen.takeFirst().first().toString();
    }
    QVERIFY(!found.isEmpty());
    QCOMPARE(m_chart->server(), found);
    QTest::mouseClick(overlay(m_heat), Qt::LeftButton, {}, QPoint(20, 2));
    QVERIFY(!m_chart->server().isEmpty());
    const QString first = m_chart->server();
    QTest::mouseClick(overlay(m_heat), Qt::LeftButton, {}, QPoint(20, 2));
    QCOMPARE(m_chart->server(), QString()); // the same again lets go
    QVERIFY(m_session->fleet().server(first));
}

void TestOverview::rowsOfTheHeatMap()
{
    TimeOverlay *area = overlay(m_heat);
    QSet<QString> seen;
    for (int y = 0; y < area->height(); ++y)
        seen.insert(m_heat->serverAt(QPointF(area->x() + 10, area->y() + y + 0.5)));
    QCOMPARE(seen.size(), 12);
    QCOMPARE(m_heat->serverAt(QPointF(100, -5)), QString());
    m_heat->setFocus();
    QSignalSpy chosen(m_heat, &HeatMap::serverChosen);
    QTest::keyClick(m_heat, Qt::Key_Down);
    QTest::keyClick(m_heat, Qt::Key_Return);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(m_chart->server(), chosen.first().first().toString());
}

void TestOverview::metricsAndEmptiness()
{
    for (const Metric metric : allMetrics) {
        m_chart->setMetric(metric);
        m_heat->setMetric(metric);
        QVERIFY(!m_chart->grab().isNull());
        QVERIFY(!m_heat->grab().isNull());
    }
    m_session->fleet().clear();
    QVERIFY(!m_chart->grab().isNull());
    QVERIFY(!m_heat->grab().isNull());
    QCOMPARE(m_heat->serverAt(QPointF(100, 50)), QString());
}

QTEST_MAIN(TestOverview)
#include "tst_overview.moc"
