// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/recording/figureblock.h"

#include <QtEndian>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <optional>

namespace shardhelm::monitor::recording {

namespace {

constexpr quint32 unknownBits = 0x7fc00000;
constexpr quint32 hiddenBits = 0x7fe00000;
/// Bits of a float's mantissa that are not kept.
constexpr int droppedBits = 11;
/// Bytes of a figure that hold what is kept.
constexpr int planes = 3;
constexpr char formatVersion = 1;
constexpr quint32 mostRows = 1U << 20;
constexpr quint32 mostMetrics = 4096;
/// What a packed section begins with.
enum class Packing : char { Constant = 0, Planes = 1 };
/// Figures differ too little for a better compression to be worth its time.
constexpr int compression = 3;

Failure damaged()
{
    return fail(ErrorCode::RecordingDamaged);
}

quint32 keptBits(float figure)
{
    if (std::isnan(figure))
        return isHidden(figure) ? hiddenBits : unknownBits;
    const quint32 bits = std::bit_cast<quint32>(figure);
    constexpr quint32 dropped = (1U << droppedBits) - 1;
    if (std::isinf(figure))
        return bits;
    // To the nearest; the largest finite figures must not become infinite.
    const quint32 rounded = (bits + (dropped >> 1) + ((bits >> droppedBits) & 1)) & ~dropped;
    return std::isinf(std::bit_cast<float>(rounded)) ? bits & ~dropped : rounded;
}

void putNumber(QByteArray &bytes, quint64 number)
{
    while (number >= 0x80) {
        bytes += static_cast<char>(number | 0x80);
        number >>= 7;
    }
    bytes += static_cast<char>(number);
}

/// Numbers of seven bits a byte, and pieces of known length, from bytes that nobody vouches for.
class Reading
{
public:
    explicit Reading(QByteArrayView bytes)
        : m_rest(bytes)
    {
    }
    [[nodiscard]] bool atEnd() const { return m_rest.isEmpty(); }
    std::optional<quint64> number()
    {
        quint64 number = 0;
        for (int shift = 0; shift < 64 && !m_rest.isEmpty(); shift += 7) {
            const auto byte = static_cast<quint8>(m_rest.front());
            m_rest = m_rest.sliced(1);
            number |= static_cast<quint64>(byte & 0x7f) << shift;
            if ((byte & 0x80) == 0)
                return number;
        }
        return std::nullopt;
    }
    std::optional<QByteArrayView> piece(quint64 length)
    {
        if (length > static_cast<quint64>(m_rest.size()))
            return std::nullopt;
        const QByteArrayView piece = m_rest.first(static_cast<qsizetype>(length));
        m_rest = m_rest.sliced(static_cast<qsizetype>(length));
        return piece;
    }

private:
    QByteArrayView m_rest;
};

/// What qCompress() made of `size` bytes at most, or of that many exactly; nothing when it says otherwise.
std::optional<QByteArray> inflated(QByteArrayView packed, quint32 most, bool exactly)
{
    if (packed.size() < 4)
        return std::nullopt;
    const auto said = qFromBigEndian<quint32>(packed.data());
    if (said > most || (exactly && said != most))
        return std::nullopt;
    const QByteArray bytes = qUncompress(reinterpret_cast<const uchar *>(packed.data()), packed.size());
    if (static_cast<quint32>(bytes.size()) != said)
        return std::nullopt;
    return bytes;
}

/// Zigzag: small negative numbers stay small.
quint64 folded(qint64 number)
{
    return (static_cast<quint64>(number) << 1) ^ static_cast<quint64>(number >> 63);
}

qint64 unfolded(quint64 number)
{
    return static_cast<qint64>(number >> 1) ^ -static_cast<qint64>(number & 1);
}

QByteArray packedKeys(const std::vector<FigureRow> &rows)
{
    QByteArray keys;
    int server = 0;
    qint64 at = 0;
    for (const FigureRow &row : rows) {
        putNumber(keys, static_cast<quint64>(row.server - server));
        putNumber(keys, folded(row.at - at));
        server = row.server;
        at = row.at;
    }
    return qCompress(keys, compression);
}

QByteArray packedColumn(const std::vector<FigureRow> &rows, size_t column)
{
    std::vector<quint32> bits;
    bits.reserve(rows.size());
    for (const FigureRow &row : rows)
        bits.push_back(keptBits(row.figures[column]));
    QByteArray bytes;
    if (std::all_of(bits.begin(), bits.end(), [&](quint32 value) { return value == bits.front(); })) {
        bytes += static_cast<char>(Packing::Constant);
        if (!bits.empty() && bits.front() != unknownBits)
            putNumber(bytes, bits.front());
        return bytes;
    }
    const auto count = static_cast<qsizetype>(bits.size());
    QByteArray shuffled(count * planes, Qt::Uninitialized);
    quint32 before = 0;
    for (qsizetype i = 0; i < count; ++i) {
        const quint32 difference = bits[static_cast<size_t>(i)] ^ before;
        before = bits[static_cast<size_t>(i)];
        for (int plane = 0; plane < planes; ++plane)
            shuffled[plane * count + i] = static_cast<char>(difference >> (24 - 8 * plane));
    }
    bytes += static_cast<char>(Packing::Planes);
    bytes += qCompress(shuffled, compression);
    return bytes;
}

} // namespace

float unknownFigure()
{
    return std::bit_cast<float>(unknownBits);
}

float hiddenFigure()
{
    return std::bit_cast<float>(hiddenBits);
}

bool isHidden(float figure)
{
    return (std::bit_cast<quint32>(figure) & 0x7fffffff) == hiddenBits;
}

QByteArray encodeBlock(FigureBlock block)
{
    std::sort(block.rows.begin(), block.rows.end(), [](const FigureRow &a, const FigureRow &b) {
        return a.server != b.server ? a.server < b.server : a.at < b.at;
    });
    QByteArray bytes(1, formatVersion);
    putNumber(bytes, block.rows.size());
    putNumber(bytes, block.metrics.size());
    const QByteArray keys = packedKeys(block.rows);
    putNumber(bytes, static_cast<quint64>(keys.size()));
    bytes += keys;
    for (size_t column = 0; column < block.metrics.size(); ++column) {
        const QByteArray section = packedColumn(block.rows, column);
        putNumber(bytes, static_cast<quint64>(block.metrics[column]));
        putNumber(bytes, static_cast<quint64>(section.size()));
        bytes += section;
    }
    return bytes;
}

Result<PackedBlock> PackedBlock::open(const QByteArray &bytes)
{
    if (bytes.isEmpty() || bytes.front() != formatVersion)
        return damaged();
    Reading reading(QByteArrayView(bytes).sliced(1));
    const auto rows = reading.number();
    const auto metrics = reading.number();
    const auto keyBytes = reading.number();
    if (!rows || !metrics || !keyBytes || *rows > mostRows || *metrics > mostMetrics)
        return damaged();
    const auto packed = reading.piece(*keyBytes);
    // A key takes at most 5 bytes for the server and 10 for the time.
    const auto keys = packed ? inflated(*packed, static_cast<quint32>(*rows) * 15, false) : std::nullopt;
    if (!keys)
        return damaged();
    PackedBlock block;
    block.m_rows.reserve(static_cast<size_t>(*rows));
    Reading keyReading(*keys);
    Key key;
    for (quint64 i = 0; i < *rows; ++i) {
        const auto server = keyReading.number();
        const auto at = keyReading.number();
        if (!server || !at || *server > static_cast<quint64>(std::numeric_limits<int>::max() - key.server))
            return damaged();
        key.server += static_cast<int>(*server);
        // Unsigned: a sum that is too large must not be undefined.
        key.at = static_cast<qint64>(static_cast<quint64>(key.at) + static_cast<quint64>(unfolded(*at)));
        block.m_rows.push_back(key);
    }
    for (quint64 i = 0; i < *metrics; ++i) {
        const auto metric = reading.number();
        const auto length = reading.number();
        if (!metric || !length || *length == 0 || *metric > static_cast<quint64>(std::numeric_limits<int>::max()))
            return damaged();
        const auto section = reading.piece(*length);
        if (!section)
            return damaged();
        block.m_sections.push_back({static_cast<int>(*metric), section->toByteArray()});
    }
    return block;
}

std::vector<int> PackedBlock::metrics() const
{
    std::vector<int> numbers;
    for (const Section &section : m_sections)
        numbers.push_back(section.metric);
    return numbers;
}

Result<std::vector<float>> PackedBlock::figures(int metric) const
{
    std::vector<float> figures(m_rows.size(), unknownFigure());
    const auto found = std::find_if(m_sections.begin(), m_sections.end(),
                                    [metric](const Section &section) { return section.metric == metric; });
    if (found == m_sections.end())
        return figures;
    const QByteArrayView content = QByteArrayView(found->bytes).sliced(1);
    switch (static_cast<Packing>(found->bytes.front())) {
    case Packing::Constant:
        if (!content.isEmpty()) {
            const auto bits = Reading(content).number();
            if (!bits || *bits > std::numeric_limits<quint32>::max())
                return damaged();
            std::fill(figures.begin(), figures.end(), std::bit_cast<float>(static_cast<quint32>(*bits)));
        }
        return figures;
    case Packing::Planes: {
        const auto count = static_cast<qsizetype>(m_rows.size());
        const auto shuffled = inflated(content, static_cast<quint32>(count * planes), true);
        if (!shuffled)
            return damaged();
        quint32 bits = 0;
        for (qsizetype i = 0; i < count; ++i) {
            quint32 difference = 0;
            for (int plane = 0; plane < planes; ++plane)
                difference |= static_cast<quint32>(static_cast<quint8>(shuffled->at(plane * count + i)))
                    << (24 - 8 * plane);
            bits ^= difference;
            figures[static_cast<size_t>(i)] = std::bit_cast<float>(bits);
        }
        return figures;
    }
    }
    return damaged();
}

Result<FigureBlock> PackedBlock::unpacked() const
{
    FigureBlock block;
    block.metrics = metrics();
    for (const Key &key : m_rows)
        block.rows.push_back({key.server, key.at, {}});
    for (FigureRow &row : block.rows)
        row.figures.reserve(block.metrics.size());
    for (const int metric : block.metrics) {
        const auto column = figures(metric);
        if (!column)
            return Failure(column.error());
        for (size_t i = 0; i < block.rows.size(); ++i)
            block.rows[i].figures.push_back((*column)[i]);
    }
    return block;
}

} // namespace shardhelm::monitor::recording
