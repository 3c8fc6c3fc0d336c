// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCborMap>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <vector>

/// What goes into a recording and comes out of it. Times are ms since 1970, UTC.
namespace shardhelm::monitor::recording {

/// Something that is no number: kept from its time on until the next of the same kind and server.
struct Fact
{
    qint64 at = 0;
    QString server; ///< empty: about the fleet
    QString kind; ///< a stable name, "state"
    QCborMap content; ///< with the version of its form as "v"

    bool operator==(const Fact &) const = default;
};

/// A moment that somebody has named: "deploy 14:02".
struct Marker
{
    qint64 at = 0;
    QString text;
    QString who; ///< the role that set it, empty when not known
    QString host; ///< the computer it was set on

    bool operator==(const Marker &) const = default;
};

/// The figures of one server at one time.
struct NamedRow
{
    QString server;
    qint64 at = 0;
    std::vector<float> figures; ///< as many as the batch has metrics
};

/// What is written at once.
struct Batch
{
    QStringList metrics; ///< stable keys, in the order of NamedRow::figures
    std::vector<NamedRow> rows;
    std::vector<Fact> facts;
    std::vector<Marker> markers;
};

/// A stretch of time; empty when nothing was recorded.
struct Span
{
    qint64 from = 0;
    qint64 to = 0;

    [[nodiscard]] bool isEmpty() const { return to <= from; }
    bool operator==(const Span &) const = default;
};

/// What a recording says of itself.
struct About
{
    QString cluster;
    QString environment; ///< word of the cluster file
    qint64 intervalMs = 0; ///< between the samples when it began
    QString program; ///< version that made it

    bool operator==(const About &) const = default;
};

/// A value of a curve; NaN where there was none.
struct Point
{
    qint64 at = 0;
    float value = 0;
};

} // namespace shardhelm::monitor::recording

Q_DECLARE_METATYPE(shardhelm::monitor::recording::Marker)
