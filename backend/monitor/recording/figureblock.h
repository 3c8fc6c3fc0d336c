// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>

#include <span>
#include <vector>

namespace shardhelm::monitor::recording {

/// A figure that nobody knows, as it is stored: a quiet NaN.
float unknownFigure();
/// A figure that our role may not see: another NaN, told apart by isHidden().
float hiddenFigure();
[[nodiscard]] bool isHidden(float figure);

/// The figures of one server at one time.
struct FigureRow
{
    int server = 0; ///< its number in the recording
    qint64 at = 0; ///< when it was sampled, ms since 1970
    std::vector<float> figures; ///< as many as the block has metrics

    bool operator==(const FigureRow &) const = default;
};

/// Rows of figures as one blob: the unit in which a recording is stored. Each metric is a section of its own, so that
/// one curve is read without unpacking the others.
struct FigureBlock
{
    std::vector<int> metrics; ///< their numbers in the recording, in the order of FigureRow::figures
    std::vector<FigureRow> rows;
};

/// Packs a block. Figures keep 13 significant bits (four digits, counts to 8192 exactly). Rows are sorted by server and
/// time; consecutive figures are stored as differences of their bits, in planes of bytes, compressed.
QByteArray encodeBlock(FigureBlock block);

/// A packed block that is being read; sections are unpacked when they are asked for. The bytes may come from anywhere:
/// every length is checked before it is used.
class PackedBlock
{
public:
    struct Key
    {
        int server = 0;
        qint64 at = 0;
    };

    /// Reads the head: which servers, times and metrics there are. RecordingDamaged.
    static Result<PackedBlock> open(const QByteArray &bytes);

    /// Server and time of each row, by server and time.
    [[nodiscard]] const std::vector<Key> &rows() const { return m_rows; }
    [[nodiscard]] std::vector<int> metrics() const;
    /// The figures of one metric, one per row; all unknown when the block does not have it. RecordingDamaged.
    [[nodiscard]] Result<std::vector<float>> figures(int metric) const;
    /// Everything. RecordingDamaged.
    [[nodiscard]] Result<FigureBlock> unpacked() const;

private:
    struct Section
    {
        int metric = 0;
        QByteArray bytes;
    };

    std::vector<Key> m_rows;
    std::vector<Section> m_sections;
};

} // namespace shardhelm::monitor::recording
