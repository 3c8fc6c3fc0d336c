// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/recording/figureblock.h"

#include <QLoggingCategory>
#include <QTest>

#include <cmath>
#include <limits>
#include <random>

using namespace shardhelm;
using namespace shardhelm::monitor::recording;

namespace {

/// A block of `servers` × `times` rows with figures that wander.
FigureBlock wandering(int servers, int times, int metrics)
{
    std::mt19937 random(7);
    std::normal_distribution<float> step(0, 0.05F);
    FigureBlock block;
    for (int metric = 0; metric < metrics; ++metric)
        block.metrics.push_back(metric + 1);
    for (int server = 1; server <= servers; ++server) {
        std::vector<float> figures(static_cast<size_t>(metrics), 100);
        for (int time = 0; time < times; ++time) {
            for (float &figure : figures)
                figure *= 1 + step(random);
            block.rows.push_back({server, 1700000000000 + time * 5000 + server % 7, figures});
        }
    }
    return block;
}

bool same(float a, float b)
{
    if (std::isnan(a) || std::isnan(b))
        return std::isnan(a) && std::isnan(b) && isHidden(a) == isHidden(b);
    return a == b;
}

} // namespace

/// Figures packed and unpacked, also from bytes that are not ours.
class TestFigureBlock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsFourDigits()
    {
        const FigureBlock block = wandering(5, 20, 3);
        const auto packed = PackedBlock::open(encodeBlock(block));
        QVERIFY(packed);
        const auto back = packed->unpacked();
        QVERIFY(back);
        QCOMPARE(back->metrics, block.metrics);
        QCOMPARE(back->rows.size(), block.rows.size());
        for (size_t i = 0; i < block.rows.size(); ++i) {
            QCOMPARE(back->rows[i].server, block.rows[i].server);
            QCOMPARE(back->rows[i].at, block.rows[i].at);
            for (size_t m = 0; m < 3; ++m) {
                const float was = block.rows[i].figures[m];
                QVERIFY(std::abs(back->rows[i].figures[m] - was) <= was / 8192);
            }
        }
    }

    void keepsWhatIsExact()
    {
        constexpr float most = std::numeric_limits<float>::max();
        const std::vector<float> figures{
            0, 1, -1, 8191, 8192, 0.5F, -0.0F, unknownFigure(), hiddenFigure(), std::numeric_limits<float>::infinity()};
        FigureBlock block;
        block.metrics = {3};
        for (size_t i = 0; i < figures.size(); ++i)
            block.rows.push_back({static_cast<int>(i + 1), static_cast<qint64>(i), {figures[i]}});
        block.rows.push_back({100, -5, {most}});
        const auto packed = PackedBlock::open(encodeBlock(block));
        QVERIFY(packed);
        const auto back = packed->figures(3);
        QVERIFY(back);
        for (size_t i = 0; i < figures.size(); ++i)
            QVERIFY2(same(back->at(i), figures[i]), qPrintable(QString::number(i)));
        QVERIFY(std::isfinite(back->back()));
        QCOMPARE(packed->rows().back().at, -5);
    }

    void sortsRows()
    {
        FigureBlock block;
        block.metrics = {1};
        block.rows = {{2, 10, {1}}, {1, 20, {2}}, {1, 10, {3}}};
        const auto packed = PackedBlock::open(encodeBlock(block));
        QVERIFY(packed);
        QCOMPARE(*packed->figures(1), (std::vector<float>{3, 2, 1}));
    }

    void unknownMetricsAreUnknown()
    {
        const auto packed = PackedBlock::open(encodeBlock(wandering(2, 2, 1)));
        QVERIFY(packed);
        const auto figures = packed->figures(99);
        QVERIFY(figures);
        QCOMPARE(figures->size(), size_t(4));
        QVERIFY(std::isnan(figures->front()) && !isHidden(figures->front()));
    }

    void emptyBlock()
    {
        const auto packed = PackedBlock::open(encodeBlock({}));
        QVERIFY(packed);
        QVERIFY(packed->rows().empty());
    }

    void isSmall()
    {
        // Figures that stand still cost next to nothing.
        FigureBlock block = wandering(100, 20, 10);
        for (FigureRow &row : block.rows)
            std::fill(row.figures.begin(), row.figures.end(), static_cast<float>(row.server));
        QVERIFY(encodeBlock(block).size() < 100 * 20 * 10 * 4 / 20);
        // Wandering ones less than their bytes.
        QVERIFY(encodeBlock(wandering(100, 20, 10)).size() < 100 * 20 * 10 * 4 * 2 / 3);
    }

    void cutOffAnywhereIsDamaged()
    {
        const QByteArray bytes = encodeBlock(wandering(3, 4, 2));
        for (qsizetype length = 0; length < bytes.size(); ++length) {
            const auto packed = PackedBlock::open(bytes.first(length));
            if (packed)
                QVERIFY2(!packed->unpacked(), qPrintable(QString::number(length)));
            else
                QCOMPARE(packed.error().code, ErrorCode::RecordingDamaged);
        }
    }

    void otherBytesNeverHarm()
    {
        const QByteArray bytes = encodeBlock(wandering(3, 4, 2));
        // Qt says of every damaged section that it is.
        QLoggingCategory::setFilterRules(QStringLiteral("default.warning=false"));
        std::mt19937 random(11);
        for (int round = 0; round < 20000; ++round) {
            QByteArray other = bytes;
            for (int change = 0; change < 1 + round % 4; ++change)
                other[static_cast<qsizetype>(random() % static_cast<unsigned>(other.size()))] =
                    static_cast<char>(random());
            const auto packed = PackedBlock::open(other);
            if (packed)
                (void)packed->unpacked();
        }
        QLoggingCategory::setFilterRules({});
    }

    void claimsOfHugeContentsAreRefused()
    {
        // A head that says 2^20 rows and nothing behind it; and one that says more than may be.
        for (const char *text : {"01808040", "01ffffffffffffffff7f", "01808080808080808080808080"}) {
            const auto packed = PackedBlock::open(QByteArray::fromHex(text));
            QVERIFY(!packed);
        }
    }
};

QTEST_GUILESS_MAIN(TestFigureBlock)
#include "tst_figureblock.moc"
