// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QtGlobal>

#include <optional>

namespace shardhelm::monitor::latency {

/// Where latency figures come from, best first. Named beside every number.
enum class Source {
    Histogram, ///< bucket counts of a histogram extension
    Log, ///< durations in the server's log
    Estimate, ///< moments of pg_stat_statements
    None,
};

/// What the durations span. Figures of different scopes are not comparable when they are well below a millisecond.
enum class Scope {
    Statement, ///< a statement as the server's log times it: parse, plan, execution, commit when it is implicit
    PlanningAndExecution,
    Execution,
};

/// One latency in milliseconds: always bounds, and a point where the source pins it down.
struct Value
{
    double lowMs = 0;
    double highMs = 0;
    std::optional<double> pointMs;

    bool operator==(const Value &) const = default;
    static Value point(double ms) { return {ms, ms, ms}; }
    static Value between(double low, double high) { return {low, high, std::nullopt}; }
};

/// Latency of the statements of one server over one window. Transaction control (BEGIN, COMMIT …) and the console's own
/// statements are left out by every source. Absent values are unknown, not zero.
struct Figures
{
    Source source = Source::None;
    Scope scope = Scope::Statement;
    std::optional<Value> p50;
    std::optional<Value> p95;
    std::optional<Value> p99;
    std::optional<Value> mean;
    double windowSeconds = 0; ///< what the figures cover
    qint64 calls = 0; ///< statements in the window; for a sampled log the estimated number
    bool incomplete = false; ///< some statements of the window were lost to the source (eviction, skipped log)

    bool operator==(const Figures &) const = default;
};

} // namespace shardhelm::monitor::latency

Q_DECLARE_METATYPE(shardhelm::monitor::latency::Figures)
