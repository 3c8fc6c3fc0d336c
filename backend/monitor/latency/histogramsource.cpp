// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/latency/histogramsource.h"

#include <QRegularExpression>

#include <cmath>
#include <limits>
#include <numeric>

namespace shardhelm::monitor::latency {

namespace {

constexpr double narrowBucket = 1.6; // the same width as the estimate's narrow bounds

std::optional<Value> quantileOf(const std::vector<BucketBounds> &bounds, const std::vector<qint64> &calls, qint64 total,
                                double q)
{
    const double allowed = (1 - q) * double(total) * (1 + 1e-12);
    double above = 0;
    for (size_t i = calls.size(); i-- > 0;) {
        above += double(calls[i]);
        if (above <= allowed)
            continue;
        const BucketBounds &bucket = bounds[i];
        if (std::isinf(bucket.highMs))
            return std::nullopt;
        if (bucket.lowMs > 0 && bucket.highMs <= bucket.lowMs * narrowBucket)
            return Value{bucket.lowMs, bucket.highMs, std::sqrt(bucket.lowMs * bucket.highMs)};
        return Value::between(bucket.lowMs, bucket.highMs);
    }
    return std::nullopt;
}

} // namespace

std::vector<BucketBounds> bucketBounds(const QString &text)
{
    static const QRegularExpression range(QStringLiteral("(\\d+(?:\\.\\d+)?)\\s*-\\s*(\\d+(?:\\.\\d+)?|\\.\\.\\.)"));
    std::vector<BucketBounds> bounds;
    auto matches = range.globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        const bool open = match.captured(2) == u"...";
        const BucketBounds bucket{match.captured(1).toDouble(),
                                  open ? std::numeric_limits<double>::infinity() : match.captured(2).toDouble()};
        if (bucket.highMs < bucket.lowMs || (!bounds.empty() && bucket.lowMs < bounds.back().lowMs))
            return {};
        bounds.push_back(bucket);
    }
    return bounds;
}

Figures histogramFigures(const std::vector<BucketBounds> &bounds, const std::vector<qint64> &calls,
                         double windowSeconds)
{
    Figures figures;
    figures.source = Source::Histogram;
    figures.scope = Scope::Execution;
    figures.windowSeconds = windowSeconds;
    figures.calls = std::accumulate(calls.begin(), calls.end(), qint64(0));
    if (figures.calls <= 0 || calls.size() != bounds.size())
        return figures;
    figures.p50 = quantileOf(bounds, calls, figures.calls, 0.5);
    figures.p95 = quantileOf(bounds, calls, figures.calls, 0.95);
    figures.p99 = quantileOf(bounds, calls, figures.calls, 0.99);
    double least = 0;
    double most = 0;
    for (size_t i = 0; i < calls.size(); ++i) {
        if (calls[i] > 0) {
            least += double(calls[i]) * bounds[i].lowMs;
            most += double(calls[i]) * bounds[i].highMs;
        }
    }
    if (std::isfinite(most))
        figures.mean = Value::between(least / double(figures.calls), most / double(figures.calls));
    return figures;
}

HistogramSource::HistogramSource(double windowSeconds)
    : ExtensionSource("monitor/latency_histogram_access")
    , m_windowSeconds(windowSeconds)
{
}

std::vector<pg::Statement> HistogramSource::readings()
{
    return {ofExtension("monitor/latency_histogram")};
}

void HistogramSource::read(std::span<const pg::Rows> answers)
{
    const pg::Rows &rows = answers.front();
    if (rows.isEmpty())
        return;
    std::vector<HistogramReading> slices;
    for (int row = 0; row < rows.count(); ++row) {
        HistogramReading slice;
        slice.beganSeconds = rows.number(row, rows.column("began"));
        const QStringList calls = rows.textArray(row, rows.column("calls"));
        for (const QString &count : calls)
            slice.calls.push_back(count.toLongLong());
        slices.push_back(std::move(slice));
    }
    const auto bounds = bucketBounds(rows.text(0, rows.column("bounds")));
    if (bounds.empty())
        setPresence(Presence::Unreadable);
    else
        take(rows.number(0, rows.column("now")), bounds, slices);
}

void HistogramSource::restart()
{
    *this = HistogramSource(m_windowSeconds);
}

void HistogramSource::take(double nowSeconds, const std::vector<BucketBounds> &bounds,
                           const std::vector<HistogramReading> &slices)
{
    if (bounds != m_bounds || nowSeconds <= m_lastAt) {
        m_increments.clear();
        m_last.clear();
        m_lastAt = -1;
        m_bounds = bounds;
    }
    Increment increment{nowSeconds - m_lastAt, std::vector<qint64>(bounds.size(), 0)};
    QMap<double, std::vector<qint64>> current;
    for (const HistogramReading &slice : slices) {
        if (slice.calls.size() != bounds.size())
            continue;
        // A slice that was not there before began since then: all of it is new.
        const auto before = m_last.constFind(slice.beganSeconds);
        for (size_t i = 0; i < bounds.size(); ++i) {
            const qint64 earlier = before == m_last.cend() ? 0 : (*before)[i];
            increment.calls[i] += std::max<qint64>(0, slice.calls[i] - earlier);
        }
        current.insert(slice.beganSeconds, slice.calls);
    }
    if (m_lastAt >= 0)
        m_increments.push_back(std::move(increment));
    m_last = current;
    m_lastAt = nowSeconds;
    double seconds = 0;
    for (const Increment &one : m_increments)
        seconds += one.seconds;
    while (m_increments.size() > 1 && seconds - m_increments.front().seconds >= m_windowSeconds) {
        seconds -= m_increments.front().seconds;
        m_increments.erase(m_increments.begin());
    }
}

Figures HistogramSource::figures() const
{
    if (m_increments.empty())
        return {};
    std::vector<qint64> calls(m_bounds.size(), 0);
    double seconds = 0;
    for (const Increment &increment : m_increments) {
        seconds += increment.seconds;
        for (size_t i = 0; i < calls.size(); ++i)
            calls[i] += increment.calls[i];
    }
    return histogramFigures(m_bounds, calls, seconds);
}

} // namespace shardhelm::monitor::latency
