// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/recording/changes.h"
#include "monitor/recording/sessionfacts.h"
#include "monitor/recording/writer.h"
#include "recordedfleet.h"
#include "report/incidenthtml.h"

#ifdef SHARDHELM_SVG
#include <QImage>
#include <QPainter>
#include <QSvgRenderer>
#endif
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <cmath>
#include <limits>

using namespace shardhelm;
using namespace shardhelm::monitor::recording;
using namespace shardhelm::test;

namespace {

/// Words of a well-formed document; fails the test otherwise.
QString wordsOf(const QByteArray &document)
{
    QXmlStreamReader reader(document);
    QString words;
    while (!reader.atEnd()) {
        reader.readNext();
        if (reader.isCharacters())
            words += reader.text() + QString(u' ');
    }
    if (reader.hasError())
        qWarning("line %lld: %s", reader.lineNumber(), qPrintable(reader.errorString()));
    return reader.hasError() ? QString() : words;
}

SvgChart chart()
{
    SvgChart chart;
    chart.title = QStringLiteral("p99 <&\">");
    chart.metric = Metric::P99;
    chart.span = {1700000000000, 1700000900000};
    for (int line = 0; line < 4; ++line) {
        SvgCurve curve;
        curve.name = line == 0 ? QStringLiteral("worst & <one>") : QStringLiteral("i%1").arg(line);
        curve.worst = line == 0;
        for (int i = 0; i <= 90; ++i) {
            const double value = line == 0 && i > 45 ? 2400 : 20 + 5 * line + 3 * std::sin(i / 7.0 + line);
            curve.points.push_back(
                {chart.span.from + i * 10000LL,
                 line == 2 && i > 60 && i < 70 ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(value)});
        }
        chart.curves.push_back(curve);
    }
    chart.markers = {{chart.span.from + 400000, QStringLiteral("deploy 14:02"), {}, {}},
                     {chart.span.from + 410000, QStringLiteral("too near for words"), {}, {}},
                     {chart.span.from + 890000, QStringLiteral("rollback <all>"), {}, {}},
                     {chart.span.from - 1, QStringLiteral("outside"), {}, {}}};
    return chart;
}

} // namespace

/// The incident report: its curves and its page.
class TestReport : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    [[nodiscard]] QString recorded(const RecordedFleet &fleet, int steps) const
    {
        const QString path = m_folder.filePath(QStringLiteral("%1.shardhelm").arg(steps));
        auto writer = RecordingWriter::open(path, Form::Portable,
                                            {QStringLiteral("shop <eu>"), QStringLiteral("production"), 5000, {}});
        if (!writer)
            qFatal("no writer");
        Changes changes;
        for (int step = 0; step < steps; ++step)
            (void)writer->write(changes.of(fleet.sample(step)));
        monitor::SessionList list;
        monitor::Session holder;
        holder.key = {QStringLiteral("i0"), 4711, {}};
        holder.state = QStringLiteral("idle in transaction");
        holder.transactionAge = 42;
        holder.blocks = 1;
        holder.query = QStringLiteral("update t set x = $1 /* <script> \x01 */");
        monitor::Session waiter;
        waiter.key = {QStringLiteral("i0"), 4712, {}};
        waiter.backendType = QStringLiteral("client backend");
        waiter.state = QStringLiteral("active");
        waiter.waitEventType = QStringLiteral("Lock");
        waiter.waitEvent = QStringLiteral("transactionid");
        waiter.blockedBy = {4711};
        waiter.query = QStringLiteral("connect 'host=x password=geheim'");
        list.sessions = {holder, waiter};
        Batch batch;
        batch.facts = {{fleet.time(steps - 10), QStringLiteral("i0"), sessionsKind(), sessionsFact(list)}};
        batch.markers = {{fleet.time(steps / 2), QStringLiteral("deploy <42>"), {}, {}}};
        (void)writer->write(batch);
        return path;
    }

private Q_SLOTS:
    void chartsAreWellFormed()
    {
        const QByteArray svg = svgOf(chart());
        const QString words = wordsOf(svg);
        QVERIFY(words.contains(QLatin1StringView("worst & <one>")));
        QVERIFY(words.contains(QLatin1StringView("deploy 14:02")));
        QVERIFY(words.contains(QLatin1StringView("rollback <all>")));
        QVERIFY(!words.contains(QLatin1StringView("too near")));
        QVERIFY(!words.contains(QLatin1StringView("outside")));
        QVERIFY(!svg.contains("nan") && !svg.contains("inf"));
        // Twenty times apart and more: the axis is logarithmic and says so by its values.
        QVERIFY(words.contains(QLatin1StringView("10.0 ms")));
    }

    void oddChartsAreWellFormed()
    {
        SvgChart empty;
        QVERIFY(svgOf(empty).endsWith("</svg>\n"));
        QVERIFY(!wordsOf(svgOf(empty)).isEmpty());
        SvgChart odd = chart();
        odd.metric = Metric::Blocked;
        odd.curves = {{QStringLiteral("zero"), {{odd.span.from, 0}, {odd.span.to, 0}}, false},
                      {QStringLiteral("one point"), {{odd.span.from + 5, 3}}, false},
                      {QStringLiteral("huge"), {{odd.span.from, std::numeric_limits<float>::max()}}, true},
                      {QStringLiteral("infinite"), {{odd.span.from, std::numeric_limits<float>::infinity()}}, false},
                      {{}, {}, false}};
        const QByteArray svg = svgOf(odd);
        QVERIFY(!wordsOf(svg).isEmpty());
        QVERIFY(!svg.contains("nan") && !svg.contains("inf\""));
    }

#ifdef SHARDHELM_SVG
    void chartsCanBeSeen()
    {
        const SvgColors colors{QStringLiteral("#565e6c"), QStringLiteral("#d6dae1"), QStringLiteral("#aab2bf"),
                               QStringLiteral("#a62016"), QStringLiteral("#3b4fc4")};
        QSvgRenderer renderer(svgOf(chart(), colors));
        QVERIFY(renderer.isValid());
        QImage image(1920, 380, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        renderer.render(&painter);
        painter.end();
        const QString target = qEnvironmentVariable("SHARDHELM_PICTURES");
        if (!target.isEmpty())
            image.save(target + QStringLiteral("/report-chart.png"));
        // The worst line is red and at the top in its second half.
        int red = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 1000; x < 1690; ++x)
                red += image.pixelColor(x, y) == QColor(0xa6, 0x20, 0x16) ? 1 : 0;
        }
        QVERIFY2(red > 500, qPrintable(QString::number(red)));
    }
#endif

    void saysWhatHappened()
    {
        RecordedFleet fleet;
        fleet.downFrom = 40;
        fleet.downTo = 60;
        fleet.alertFrom = 50;
        const QString path = recorded(fleet, 100);
        const auto incident = readIncident(path, {fleet.time(10), fleet.time(95)});
        QVERIFY(incident);
        QCOMPARE(incident->standouts.size(), size_t(2));
        QCOMPARE(incident->standouts[0].server, QStringLiteral("i1"));
        QCOMPARE(incident->standouts[0].worst, Condition::Down);
        QVERIFY(std::abs(incident->standouts[0].downSeconds - 100) < 10);
        QVERIFY(std::abs(incident->standouts[0].since - fleet.time(40)) < 10000);
        QVERIFY(std::abs(incident->standouts[0].until - fleet.time(60)) < 10000);
        QCOMPARE(incident->standouts[1].server, QStringLiteral("i0"));
        // Down, alert, up again, and the marker between them.
        QStringList events;
        for (const Incident::Event &event : incident->events)
            events << (event.isMarker ? QStringLiteral("marker") : event.server) + u' ' + event.text;
        QCOMPARE(events.size(), 4);
        QVERIFY2(events[0].startsWith(QLatin1StringView("i1 down")), qPrintable(events[0]));
        QVERIFY(events.filter(QStringLiteral("i0")).size() == 1);
        QVERIFY(events.contains(QStringLiteral("marker deploy <42>")));
        QVERIFY(events.contains(QStringLiteral("i1 healthy again")));
        QVERIFY(incident->charts.size() >= 3);

        const QByteArray html = incidentHtml(*incident, QDateTime::currentDateTime());
        const QString words = wordsOf(html);
        for (const char *wanted : {"Incident report: shop <eu>", "i1 was down for 1 min 40 s", "deploy <42>",
                                   "idle in transaction", "pid 4711, 1 waits behind it", "<script>", "production"})
            QVERIFY2(words.contains(QLatin1StringView(wanted)), wanted);
        QVERIFY(!html.contains("<script") && !html.contains("geheim"));
        const QString target = qEnvironmentVariable("SHARDHELM_PICTURES");
        if (!target.isEmpty()) {
            QFile file(target + QStringLiteral("/report.html"));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(html);
        }
    }

    void aQuietSpanIsAReport()
    {
        const RecordedFleet fleet;
        const auto incident = readIncident(recorded(fleet, 30), {fleet.time(0), fleet.time(29)});
        QVERIFY(incident);
        QVERIFY(incident->standouts.empty());
        const QString words = wordsOf(incidentHtml(*incident, QDateTime::currentDateTime()));
        QVERIFY(words.contains(QLatin1StringView("No server stood out")));
    }

    void largeFleetsAreABand()
    {
        RecordedFleet fleet(200);
        fleet.downFrom = 10;
        fleet.downTo = 20;
        const auto incident = readIncident(recorded(fleet, 40), {fleet.time(0), fleet.time(39)});
        QVERIFY(incident);
        QVERIFY(!incident->charts.empty());
        QVERIFY(!incident->charts.front().bandLow.empty());
        QVERIFY(incident->charts.front().curves.size() <= 5);
        QVERIFY(!wordsOf(incidentHtml(*incident, QDateTime::currentDateTime())).isEmpty());
    }

    void emptySpansAndStops()
    {
        const RecordedFleet fleet;
        const QString path = recorded(fleet, 20);
        const auto outside = readIncident(path, {fleet.time(1000), fleet.time(2000)});
        QVERIFY(!outside);
        QCOMPARE(outside.error().code, ErrorCode::RecordingEmpty);
        const auto stopped = readIncident(path, {fleet.time(0), fleet.time(19)}, [] { return true; });
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
    }
};

QTEST_MAIN(TestReport)
#include "tst_report.moc"
