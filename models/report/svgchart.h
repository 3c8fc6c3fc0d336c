// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/metric.h"
#include "monitor/recording/content.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace shardhelm {

/// One line of a chart.
struct SvgCurve
{
    QString name; ///< stands at its right end; empty for a line that is only background
    std::vector<monitor::recording::Point> points; ///< by time; NaN is a gap
    bool worst = false; ///< drawn in front, in the colour of what is bad
};

/// Curves over time as a picture: the rules of the window's charts, without a window.
struct SvgChart
{
    QString title; ///< accessible name
    Metric metric = Metric::P99; ///< for the unit
    monitor::recording::Span span;
    std::vector<SvgCurve> curves;
    /// Where most curves are, for fleets of which not every line can be drawn: lower and upper edge; may be empty.
    std::vector<monitor::recording::Point> bandLow;
    std::vector<monitor::recording::Point> bandHigh;
    std::vector<monitor::recording::Marker> markers;
};

/// Colours as CSS has them; by default variables of the page around the picture.
struct SvgColors
{
    QString text = QStringLiteral("var(--muted)");
    QString grid = QStringLiteral("var(--border)");
    QString curve = QStringLiteral("var(--curve)");
    QString worst = QStringLiteral("var(--bad)");
    QString marker = QStringLiteral("var(--accent)");
};

/// The chart as an SVG element, 960 wide, in UTF-8: a time axis in local time, three lines of a value axis from zero
/// (logarithmic where the largest value is more than twenty times the smallest), the worst line in front.
/// Pure; any thread.
QByteArray svgOf(const SvgChart &chart, const SvgColors &colors = {});

} // namespace shardhelm
