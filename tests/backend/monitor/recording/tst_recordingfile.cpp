// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/recording/cut.h"
#include "monitor/recording/figureblock.h"
#include "monitor/recording/playback.h"
#include "monitor/recording/reader.h"
#include "monitor/recording/writer.h"
#include "recordedfleet.h"

#include "monitor/recording/changes.h"

#include <QDir>
#include <QLoggingCategory>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <random>

using namespace shardhelm;
using namespace shardhelm::monitor;
using namespace shardhelm::monitor::recording;
using namespace shardhelm::test;

namespace {

About about()
{
    return {QStringLiteral("made up"), QStringLiteral("staging"), 5000, {}};
}

/// Writes the steps [from, to) of a fleet, each in a transaction of its own as the recorder does.
void writeSteps(RecordingWriter &writer, const RecordedFleet &fleet, int from, int to)
{
    Changes changes;
    for (int step = from; step < to; ++step) {
        const auto written = writer.write(changes.of(fleet.sample(step)));
        QVERIFY(written);
    }
}

std::vector<float> valuesOf(const std::vector<Point> &points)
{
    std::vector<float> values;
    for (const Point &point : points)
        values.push_back(point.value);
    return values;
}

} // namespace

/// A recording on disk: what is written comes back; files that are none are refused.
class TestRecordingFile : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }

    /// A recording of 20 steps at a path of its own.
    QString recorded(const QString &name) const
    {
        const RecordedFleet fleet;
        auto writer = RecordingWriter::open(path(name), Form::Portable, about());
        if (!writer)
            qFatal("no writer");
        writeSteps(*writer, fleet, 0, 20);
        return path(name);
    }

private Q_SLOTS:
    void curvesComeBack()
    {
        const RecordedFleet fleet;
        const QString file = recorded(QStringLiteral("curves"));
        auto reader = RecordingReader::open(file);
        QVERIFY(reader);
        QCOMPARE(reader->about().cluster, QStringLiteral("made up"));
        QCOMPARE(reader->about().intervalMs, 5000);
        const auto span = reader->span();
        QVERIFY(span);
        QCOMPARE(span->from, fleet.time(0));
        QCOMPARE(span->to, fleet.time(19) + 2);
        QCOMPARE(*reader->servers(), (QStringList{QStringLiteral("i0"), QStringLiteral("i1"), QStringLiteral("i2")}));
        const auto points = reader->series(QStringLiteral("i1"), QStringLiteral("tps"), *span, 0);
        QVERIFY(points);
        QCOMPARE(points->size(), size_t(20));
        for (int step = 0; step < 20; ++step) {
            QCOMPARE(points->at(static_cast<size_t>(step)).at, fleet.time(step) + 1);
            QCOMPARE(points->at(static_cast<size_t>(step)).value, static_cast<float>(110 + step % 10));
        }
        // A part of it, all servers, and what nobody knows.
        const auto part = reader->allSeries(QStringLiteral("connections"), {fleet.time(5), fleet.time(7) + 10}, 0);
        QVERIFY(part);
        QCOMPARE(part->size(), 3);
        QCOMPARE(part->value(QStringLiteral("i0")).size(), size_t(3));
        QVERIFY(reader->series(QStringLiteral("nobody"), QStringLiteral("tps"), *span, 0)->empty());
        QVERIFY(reader->series(QStringLiteral("i1"), QStringLiteral("no metric"), *span, 0)->empty());
    }

    void fewPointsKeepThePeak()
    {
        RecordedFleet fleet;
        fleet.peakAt = 77;
        auto writer = RecordingWriter::open(path(QStringLiteral("peak")), Form::Portable, about());
        QVERIFY(writer);
        writeSteps(*writer, fleet, 0, 200);
        auto reader = RecordingReader::open(path(QStringLiteral("peak")));
        QVERIFY(reader);
        const auto points = reader->series(QStringLiteral("i2"), QStringLiteral("p99_ms"), *reader->span(), 20);
        QVERIFY(points);
        QVERIFY(points->size() <= 21);
        const auto values = valuesOf(*points);
        QCOMPARE(*std::max_element(values.begin(), values.end()), 4096.F);
    }

    void holesAreHoles()
    {
        RecordedFleet fleet;
        fleet.downFrom = 10;
        fleet.downTo = 15;
        auto writer = RecordingWriter::open(path(QStringLiteral("holes")), Form::Portable, about());
        QVERIFY(writer);
        writeSteps(*writer, fleet, 0, 20);
        auto reader = RecordingReader::open(path(QStringLiteral("holes")));
        QVERIFY(reader);
        const auto points = reader->series(QStringLiteral("i1"), QStringLiteral("tps"), *reader->span(), 0);
        QVERIFY(points);
        QCOMPARE(std::count_if(points->begin(), points->end(), [](const Point &p) { return std::isnan(p.value); }), 1);
        QVERIFY(std::isnan(points->at(10).value));
        const auto whole = reader->series(QStringLiteral("i0"), QStringLiteral("tps"), *reader->span(), 0);
        QCOMPARE(whole->size(), size_t(20));
    }

    void samplesComeBack()
    {
        RecordedFleet fleet;
        fleet.downFrom = 8;
        fleet.downTo = 12;
        fleet.alertFrom = 14;
        auto writer = RecordingWriter::open(path(QStringLiteral("samples")), Form::Portable, about());
        QVERIFY(writer);
        writeSteps(*writer, fleet, 0, 20);
        auto playback = Playback::open(path(QStringLiteral("samples")));
        QVERIFY(playback);
        const auto compare = [&](const FleetSample &is, int step) {
            const FleetSample was = fleet.sample(step);
            QCOMPARE(is.mapEpoch, was.mapEpoch);
            QCOMPARE(is.servers.size(), was.servers.size());
            for (size_t i = 0; i < was.servers.size(); ++i) {
                ServerSample expected = was.servers[i];
                const ServerSample &server = is.servers[i];
                QCOMPARE(server.state, expected.state);
                QVERIFY2(server == expected, qPrintable(QStringLiteral("step %1 server %2").arg(step).arg(i)));
            }
        };
        // Anywhere, in any order, and forwards.
        for (const int step : {19, 0, 9, 13, 14, 8}) {
            const auto sample = playback->seek(fleet.time(step) + 1000);
            QVERIFY(sample);
            compare(*sample, step);
        }
        for (int step = 9; step < 20; ++step) {
            const auto sample = playback->advance(fleet.time(step) + 1000);
            QVERIFY(sample);
            compare(*sample, step);
        }
        // Before the first sample nothing was known; long after the last one it is old.
        QVERIFY(playback->seek(fleet.time(0) - 1000)->servers.empty());
        const auto late = playback->seek(fleet.time(19) + 60000);
        QVERIFY(late);
        QCOMPARE(late->servers.front().state, State::Stale);
    }

    void oldSamplesBecomePoints()
    {
        RecordedFleet fleet;
        fleet.peakAt = 30;
        auto writer = RecordingWriter::open(path(QStringLiteral("coarse")), Form::Ring, about());
        QVERIFY(writer);
        writeSteps(*writer, fleet, 0, 720); // an hour
        Limits limits;
        QVERIFY(writer->tidy(fleet.time(720), limits));
        auto reader = RecordingReader::open(path(QStringLiteral("coarse")));
        QVERIFY(reader);
        const Span span = *reader->span();
        QVERIFY(span.from <= fleet.time(6));
        QCOMPARE(span.to, fleet.time(719) + 2);
        const auto points = reader->series(QStringLiteral("i2"), QStringLiteral("p99_ms"), span, 0);
        QVERIFY(points);
        // 35 to 45 minutes at 30 s, the rest at 5 s, and no hole between them.
        QVERIFY2(points->size() > 200 && points->size() < 400, qPrintable(QString::number(points->size())));
        const auto values = valuesOf(*points);
        QVERIFY(std::none_of(values.begin(), values.end(), [](float value) { return std::isnan(value); }));
        QCOMPARE(*std::max_element(values.begin(), values.end()), 4096.F);
        // Where less is worse, the least is kept.
        const auto hits = reader->series(QStringLiteral("i2"), QStringLiteral("cache_hit_ratio"), span, 0);
        const auto ratios = valuesOf(*hits);
        QCOMPARE(*std::min_element(ratios.begin(), ratios.end()), 0.5F);
        // The last quarter of an hour is as it was.
        const auto recent =
            reader->series(QStringLiteral("i2"), QStringLiteral("tps"), {fleet.time(540), fleet.time(720)}, 0);
        QCOMPARE(recent->size(), size_t(180));
        // Samples can be made of points too.
        auto playback = Playback::open(path(QStringLiteral("coarse")));
        QVERIFY(playback);
        const auto sample = playback->seek(fleet.time(100));
        QVERIFY(sample);
        QCOMPARE(sample->servers.size(), size_t(3));
        QCOMPARE(sample->servers.front().state, State::Healthy);
        for (int step = 101; step < 600; step += 7) {
            const auto next = playback->advance(fleet.time(step));
            QVERIFY(next);
            QVERIFY2(next->servers.at(2).state == State::Healthy, qPrintable(QString::number(step)));
            QVERIFY(std::abs(next->servers.at(2).sampledAt.msecsTo(next->at)) < 60000);
        }
    }

    void oldPartGoes()
    {
        const RecordedFleet fleet;
        auto writer = RecordingWriter::open(path(QStringLiteral("hours")), Form::Ring, about());
        QVERIFY(writer);
        Batch markers;
        markers.markers = {{fleet.time(2), QStringLiteral("long ago"), {}, {}},
                           {fleet.time(1400), QStringLiteral("recent"), {}, {}}};
        QVERIFY(writer->write(markers));
        writeSteps(*writer, fleet, 0, 1440); // two hours
        Limits limits;
        limits.hours = std::chrono::hours(1);
        QVERIFY(writer->tidy(fleet.time(1440), limits));
        auto playback = Playback::open(path(QStringLiteral("hours")));
        QVERIFY(playback);
        const Span span = *playback->reader().span();
        QVERIFY(span.from >= fleet.time(600) && span.from <= fleet.time(730));
        const auto kept = playback->reader().markers({0, fleet.time(2000)});
        QCOMPARE(kept->size(), size_t(1));
        QCOMPARE(kept->front().text, QStringLiteral("recent"));
        // Facts from before the span still say who the servers are.
        const auto sample = playback->seek(fleet.time(1439) + 1000);
        QVERIFY(sample);
        QCOMPARE(sample->servers.size(), size_t(3));
        QCOMPARE(sample->servers.front().version, QStringLiteral("15.4"));
    }

    void sizeIsBounded()
    {
        const RecordedFleet fleet(200);
        auto writer = RecordingWriter::open(path(QStringLiteral("size")), Form::Ring, about());
        QVERIFY(writer);
        Limits limits;
        limits.bytes = 1 << 20;
        Changes changes;
        qint64 largest = 0;
        for (int step = 0; step < 600; ++step) {
            QVERIFY(writer->write(changes.of(fleet.sample(step))));
            QVERIFY(writer->tidy(fleet.time(step), limits));
            largest = std::max(largest, QFileInfo(path(QStringLiteral("size"))).size());
        }
        // Between two looks a minute's worth may come on top.
        QVERIFY2(largest < 2 * limits.bytes, qPrintable(QString::number(largest)));
        auto reader = RecordingReader::open(path(QStringLiteral("size")));
        QVERIFY(reader);
        QCOMPARE(reader->span()->to, fleet.time(599) + 199);
        QVERIFY(reader->span()->from > fleet.time(0));
    }

    void partsAreWhole()
    {
        RecordedFleet fleet;
        fleet.downFrom = 30;
        fleet.downTo = 50;
        const QString source = path(QStringLiteral("uncut"));
        auto writer = RecordingWriter::open(source, Form::Ring, about());
        QVERIFY(writer);
        writeSteps(*writer, fleet, 0, 100);
        Batch batch;
        batch.markers = {{fleet.time(10), QStringLiteral("before"), {}, {}},
                         {fleet.time(45), QStringLiteral("within"), {}, {}}};
        QVERIFY(writer->write(batch));
        // While it is still open for writing.
        const QString target = path(QStringLiteral("part"));
        QVERIFY(cutRecording(source, target, {fleet.time(40), fleet.time(60) + 1000}));
        auto part = Playback::open(target);
        QVERIFY(part);
        QCOMPARE(part->reader().about(), RecordingReader::open(source)->about());
        QCOMPARE(part->reader().markers({0, fleet.time(1000)})->size(), size_t(1));
        QCOMPARE(part->reader().span()->from, fleet.time(40));
        // How things stood when the part begins is known from before it.
        auto whole = Playback::open(source);
        for (const int step : {42, 55}) {
            const auto is = part->seek(fleet.time(step) + 1000);
            const auto was = whole->seek(fleet.time(step) + 1000);
            QVERIFY(is && was);
            for (size_t i = 0; i < 3; ++i) {
                QCOMPARE(is->servers.at(i).state, was->servers.at(i).state);
                QCOMPARE(is->servers.at(i).version, was->servers.at(i).version);
            }
            QCOMPARE(is->verdict, was->verdict);
        }
        QCOMPARE(QDir(m_folder.path()).entryList({QStringLiteral("part*")}, QDir::Files).size(), 1);

        QCOMPARE(cutRecording(source, target, {fleet.time(40), fleet.time(60)}).error().code, ErrorCode::FileExists);
        const QString none = path(QStringLiteral("none"));
        QCOMPARE(cutRecording(source, none, {fleet.time(1000), fleet.time(2000)}).error().code,
                 ErrorCode::RecordingEmpty);
        QCOMPARE(cutRecording(path(QStringLiteral("missing")), none, {0, 1}).error().code, ErrorCode::FileMissing);
        QVERIFY(!QFile::exists(none));
        QCOMPARE(cutRecording(source, QStringLiteral("/proc/nowhere"), {0, fleet.time(60)}).error().code,
                 ErrorCode::FileUnwritable);
    }

    void sameFactsAreWrittenOnce()
    {
        auto writer = RecordingWriter::open(path(QStringLiteral("facts")), Form::Portable, about());
        QVERIFY(writer);
        const auto fact = [](qint64 at, int value) {
            Batch batch;
            batch.facts = {{at, {}, QStringLiteral("kind"), QCborMap{{QStringLiteral("value"), value}}}};
            return batch;
        };
        QVERIFY(writer->write(fact(1, 1)));
        QVERIFY(writer->write(fact(2, 1)));
        QVERIFY(writer->write(fact(3, 2)));
        QVERIFY(writer->write(fact(4, 1)));
        auto reader = RecordingReader::open(path(QStringLiteral("facts")));
        const auto facts = reader->facts(QStringLiteral("kind"), {0, 10});
        QVERIFY(facts);
        QCOMPARE(facts->size(), size_t(3));
        QCOMPARE(reader->factsAt(QStringLiteral("kind"), 2)->front().at, 1);
        QCOMPARE(reader->factsAt(QStringLiteral("kind"), 3)->front().content.value(QStringLiteral("value")).toInteger(),
                 2);
        QVERIFY(reader->factsAt(QStringLiteral("kind"), 0)->empty());
    }

    void isReadWhileItIsWritten()
    {
        const RecordedFleet fleet;
        auto writer = RecordingWriter::open(path(QStringLiteral("both")), Form::Ring, about());
        QVERIFY(writer);
        writeSteps(*writer, fleet, 0, 5);
        auto reader = RecordingReader::open(path(QStringLiteral("both")));
        QVERIFY(reader);
        QCOMPARE(reader->span()->to, fleet.time(4) + 2);
        const RecordedFleet larger(5);
        writeSteps(*writer, larger, 5, 10);
        QCOMPARE(reader->span()->to, fleet.time(9) + 4);
        QCOMPARE(reader->series(QStringLiteral("i4"), QStringLiteral("tps"), *reader->span(), 0)->size(), size_t(5));
        QCOMPARE(reader->rows(*reader->span(), 0)->size(), size_t(10));
    }

    void otherFilesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("empty") << QByteArray() << ErrorCode::RecordingUnfit;
        QTest::newRow("text") << QByteArray("[cluster]\nname = \"x\"\n") << ErrorCode::RecordingUnfit;
        QTest::newRow("head only") << QByteArray("SQLite format 3\0", 16) << ErrorCode::RecordingUnfit;
        QTest::newRow("head and noise") << QByteArray("SQLite format 3\0", 16) + QByteArray(5000, 'x')
                                        << ErrorCode::RecordingUnfit;
    }

    void otherFilesAreRefused()
    {
        QFETCH(QByteArray, content);
        QFETCH(ErrorCode, code);
        QFile file(path(QStringLiteral("other")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        const auto reader = RecordingReader::open(file.fileName());
        QVERIFY(!reader);
        QCOMPARE(reader.error().code, code);
        QCOMPARE(reader.error().subject, file.fileName());
        // Looking at it has not changed it.
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), content);
    }

    void missingAndFolders()
    {
        QCOMPARE(RecordingReader::open(path(QStringLiteral("missing"))).error().code, ErrorCode::FileMissing);
        QCOMPARE(RecordingReader::open(m_folder.path()).error().code, ErrorCode::FileIsNone);
        QCOMPARE(RecordingReader::open(QStringLiteral("/dev/zero")).error().code, ErrorCode::FileIsNone);
        QVERIFY(!QFileInfo::exists(path(QStringLiteral("missing"))));
    }

    void otherDatabasesAndVersions()
    {
        auto other = Database::open(path(QStringLiteral("database")), Database::Access::Create);
        QVERIFY(other);
        QVERIFY(other->run(QStringLiteral("CREATE TABLE block (x)")));
        QCOMPARE(RecordingReader::open(path(QStringLiteral("database"))).error().code, ErrorCode::RecordingUnfit);
        QCOMPARE(RecordingWriter::open(path(QStringLiteral("database")), Form::Ring, about()).error().code,
                 ErrorCode::RecordingUnfit);

        const QString newer = recorded(QStringLiteral("newer"));
        {
            auto database = Database::open(newer, Database::Access::Write);
            QVERIFY(database->run(QStringLiteral("PRAGMA user_version = 99")));
        }
        for (const Error &error :
             {RecordingReader::open(newer).error(), RecordingWriter::open(newer, Form::Ring, about()).error()}) {
            QCOMPARE(error.code, ErrorCode::RecordingVersion);
            QCOMPARE(error.found, QStringLiteral("99"));
            QCOMPARE(error.expected, QStringList(QStringLiteral("1")));
        }
    }

    void truncatedFiles()
    {
        const QString whole = recorded(QStringLiteral("whole"));
        QFile file(whole);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        for (qsizetype length = 0; length < bytes.size(); length += 1021) {
            QFile cut(path(QStringLiteral("cut")));
            QVERIFY(cut.open(QIODevice::WriteOnly | QIODevice::Truncate));
            cut.write(bytes.first(length));
            cut.close();
            auto playback = Playback::open(cut.fileName());
            if (!playback)
                continue;
            // Whatever can be read is read or refused; nothing is made up.
            const auto sample = playback->seek(RecordedFleet().time(10));
            if (sample && sample->servers.size() == 3 && sample->servers[0].transactionsPerSecond.value)
                QCOMPARE(*sample->servers[0].transactionsPerSecond.value, 100.0);
        }
    }

    void damagedFilesNeverHarm()
    {
        const QString whole = recorded(QStringLiteral("whole2"));
        QFile file(whole);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        // Qt says of every damaged blob that it is.
        QLoggingCategory::setFilterRules(QStringLiteral("default.warning=false"));
        std::mt19937 random(3);
        for (int round = 0; round < 200; ++round) {
            QByteArray other = bytes;
            for (int change = 0; change < 20; ++change)
                other[100 + static_cast<qsizetype>(random() % static_cast<unsigned>(other.size() - 100))] =
                    static_cast<char>(random());
            QFile damaged(path(QStringLiteral("damaged")));
            QVERIFY(damaged.open(QIODevice::WriteOnly | QIODevice::Truncate));
            damaged.write(other);
            damaged.close();
            auto playback = Playback::open(damaged.fileName());
            if (!playback)
                continue;
            (void)playback->seek(RecordedFleet().time(10));
            (void)playback->reader().allSeries(QStringLiteral("tps"), {0, RecordedFleet().time(100)}, 100);
            (void)playback->reader().markers({0, RecordedFleet().time(100)});
        }
        QLoggingCategory::setFilterRules({});
    }

    void giganticFiles()
    {
        // A sparse file of a terabyte behind a good head.
        const QString large = recorded(QStringLiteral("large"));
        QVERIFY(QFile::resize(large, 1LL << 40));
        auto reader = RecordingReader::open(large);
        if (reader)
            QVERIFY(reader->span());
        // And one without any.
        QFile sparse(path(QStringLiteral("sparse")));
        QVERIFY(sparse.open(QIODevice::WriteOnly));
        QVERIFY(sparse.resize(1LL << 40));
        sparse.close();
        QCOMPARE(RecordingReader::open(sparse.fileName()).error().code, ErrorCode::RecordingUnfit);
    }
};

QTEST_GUILESS_MAIN(TestRecordingFile)
#include "tst_recordingfile.moc"
