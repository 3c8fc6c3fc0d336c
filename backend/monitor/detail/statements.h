// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "monitor/latency/figures.h"

#include <QDateTime>
#include <QMap>
#include <QString>

#include <optional>
#include <vector>

namespace shardhelm::monitor::detail {

/// What one server's calls of a statement took.
struct StatementOnServer
{
    QString server;
    qint64 calls = 0;
    double totalMs = 0;

    bool operator==(const StatementOnServer &) const = default;
    [[nodiscard]] double meanMs() const { return calls > 0 ? totalMs / static_cast<double>(calls) : 0; }
};

/// Where else a statement is as slow as here.
enum class Spread {
    Unknown, ///< too few calls here or on the others
    NowhereElse, ///< no other server runs it
    Alike, ///< everywhere about the same
    OnlyHere, ///< much slower here than on the others
    HereAndOthers, ///< slow here and on some others
    OnlyElsewhere, ///< not here, but on some others
    FasterHere, ///< much faster than on most others
};

/// How a statement's mean time on one server compares with that on the others.
struct Comparison
{
    Spread spread = Spread::Unknown;
    int compared = 0; ///< others with enough calls
    double medianMs = 0; ///< of the others' means
    double lowMs = 0; ///< least and largest mean of the others that are not slow
    double highMs = 0;
    std::optional<double> factor; ///< here / median
    QStringList slow; ///< others that are slow

    bool operator==(const Comparison &) const = default;
};

/// Compares means of servers with at least three calls. Slow is at least twice the median of the others, outside of
/// three median deviations of them and at least a millisecond longer. Pure.
Comparison compared(const StatementOnServer &here, const std::vector<StatementOnServer> &others);

/// One statement of the server looked at.
struct StatementFact
{
    int id = 0; ///< the same in every report of the same reader
    QString fingerprint;
    QString text; ///< redacted
    qint64 calls = 0;
    double totalMs = 0;
    std::optional<latency::Value> p99; ///< of execution, in ms; bounds where the moments do not pin it down
    qint64 rows = 0;
    std::vector<StatementOnServer> others; ///< that ran it, by name
    Comparison comparison;

    [[nodiscard]] double meanMs() const { return calls > 0 ? totalMs / static_cast<double>(calls) : 0; }
};

/// Over which time statements are counted.
enum class StatementSpan { Window, SinceReset };

/// Top statements of one server and how the others run them.
struct StatementReport
{
    QString server;
    StatementSpan span = StatementSpan::Window;
    double seconds = 0; ///< counted; 0: a second reading is still to come
    QDateTime resetAt; ///< of the statistics here
    double totalMs = 0; ///< of all statements of the database here, the console's own left out
    std::vector<StatementFact> statements; ///< by total time, longest first
    int compared = 0; ///< other servers that were read
    QMap<QString, Error> missed; ///< others that gave no answer
    QStringList without; ///< others without the extension
    QStringList notPermitted; ///< others whose statements the role may not see
    bool incomplete = false; ///< entries were evicted here in between
};

} // namespace shardhelm::monitor::detail
