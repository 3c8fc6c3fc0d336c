// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/latency/extensionsource.h"

#include <QMap>

namespace shardhelm::monitor::latency {

/// Bounds of one bucket in ms; the last one has no upper bound (infinity).
struct BucketBounds
{
    double lowMs = 0;
    double highMs = 0;

    bool operator==(const BucketBounds &) const = default;
};

/// The text of pg_stat_monitor's get_histogram_timings(): "{{0.000 - 1.000}, (1.000 - 2.778}, … (100000.000 - ...}}",
/// in older versions with whole numbers. Empty when it cannot be understood.
std::vector<BucketBounds> bucketBounds(const QString &text);

/// Counts of one time slice of pg_stat_monitor.
struct HistogramReading
{
    double beganSeconds = 0; ///< start of the slice; its key
    std::vector<qint64> calls; ///< per bucket
};

/// Quantiles and mean bounds from bucket counts: the bucket that holds a quantile gives its bounds; a point (their
/// geometric mean) only where the bucket is narrow enough. A quantile in the open last bucket is unknown.
Figures histogramFigures(const std::vector<BucketBounds> &bounds, const std::vector<qint64> &calls,
                         double windowSeconds);

/// Bucket counts of the extension pg_stat_monitor, differenced between readings and summed over the window.
class HistogramSource : public ExtensionSource
{
public:
    explicit HistogramSource(double windowSeconds = 60);

    [[nodiscard]] Source source() const override { return Source::Histogram; }
    void restart() override;
    [[nodiscard]] Figures figures() const override;

    /// One reading of all slices the extension holds, at `nowSeconds` of the server.
    void take(double nowSeconds, const std::vector<BucketBounds> &bounds, const std::vector<HistogramReading> &slices);

protected:
    [[nodiscard]] std::vector<pg::Statement> readings() override;
    void read(std::span<const pg::Rows> answers) override;

private:
    struct Increment
    {
        double seconds = 0;
        std::vector<qint64> calls;
    };
    double m_windowSeconds;
    std::vector<BucketBounds> m_bounds;
    QMap<double, std::vector<qint64>> m_last;
    double m_lastAt = -1;
    std::vector<Increment> m_increments;
};

} // namespace shardhelm::monitor::latency
