// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/svgchart.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <cmath>

namespace shardhelm {

namespace {

using monitor::recording::Point;
using monitor::recording::Span;

constexpr double width = 960;
constexpr double height = 190;
constexpr double left = 76;
constexpr double right = 850;
constexpr double top = 22;
constexpr double bottom = 164;
/// Least distance of two names at the right edge.
constexpr double lineHeight = 13;
/// The window's charts turn logarithmic from here on.
constexpr double logarithmicFrom = 20;

QString number(double value)
{
    return QString::number(value, 'f', 1);
}

/// From values to heights.
class ValueAxis
{
public:
    explicit ValueAxis(const SvgChart &chart)
    {
        double least = 0;
        const auto look = [&](const std::vector<Point> &points) {
            for (const Point &point : points) {
                if (!std::isfinite(point.value))
                    continue;
                m_most = std::max(m_most, static_cast<double>(point.value));
                if (point.value > 0)
                    least = least == 0 ? point.value : std::min(least, static_cast<double>(point.value));
            }
        };
        for (const SvgCurve &curve : chart.curves)
            look(curve.points);
        look(chart.bandHigh);
        const monitor::Unit unit = monitor::info(chart.metric).unit;
        const bool wide = unit == monitor::Unit::Milliseconds || unit == monitor::Unit::Bytes
            || unit == monitor::Unit::BytesPerSecond;
        m_logarithmic = wide && least > 0 && m_most / least > logarithmicFrom;
        if (unit == monitor::Unit::Ratio)
            m_most = 1;
        if (m_logarithmic) {
            m_least = std::pow(10, std::floor(std::log10(least)));
            m_most = std::pow(10, std::ceil(std::log10(m_most)));
        } else {
            m_most = m_most > 0 ? rounded(m_most) : 1;
        }
    }

    [[nodiscard]] double y(double value) const
    {
        double share = value / m_most;
        if (m_logarithmic)
            share = std::log(std::max(value, m_least) / m_least) / std::log(m_most / m_least);
        return bottom - std::clamp(share, 0.0, 1.0) * (bottom - top);
    }

    [[nodiscard]] std::array<double, 3> lines() const
    {
        if (m_logarithmic)
            return {m_least, std::sqrt(m_least * m_most), m_most};
        return {0, m_most / 2, m_most};
    }

private:
    /// The next of 1, 2, 4, 5, 8, 10 times a power of ten.
    static double rounded(double most)
    {
        const double power = std::pow(10, std::floor(std::log10(most)));
        for (const double step : {1.0, 2.0, 4.0, 5.0, 8.0}) {
            if (most <= step * power)
                return step * power;
        }
        return 10 * power;
    }

    double m_least = 0;
    double m_most = 0;
    bool m_logarithmic = false;
};

class Writer
{
public:
    Writer(const SvgChart &chart, const SvgColors &colors)
        : m_chart(chart)
        , m_colors(colors)
        , m_axis(chart)
    {
    }

    QByteArray write()
    {
        m_svg += QStringLiteral("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1 %2\" role=\"img\" "
                                "aria-label=\"%3\" font-size=\"11\" font-family=\"sans-serif\">\n")
                     .arg(number(width), number(height), m_chart.title.toHtmlEscaped());
        grid();
        times();
        markers();
        band();
        for (const SvgCurve &curve : m_chart.curves) {
            if (!curve.worst)
                line(curve, m_colors.curve, 1);
        }
        for (const SvgCurve &curve : m_chart.curves) {
            if (curve.worst)
                line(curve, m_colors.worst, 2);
        }
        names();
        return (m_svg + QStringLiteral("</svg>\n")).toUtf8();
    }

private:
    [[nodiscard]] double x(qint64 at) const
    {
        const auto length = static_cast<double>(std::max<qint64>(1, m_chart.span.to - m_chart.span.from));
        return left + static_cast<double>(at - m_chart.span.from) / length * (right - left);
    }

    void text(double atX, double atY, const QString &anchor, const QString &color, const QString &words)
    {
        m_svg += QStringLiteral("<text x=\"%1\" y=\"%2\" text-anchor=\"%3\" fill=\"%4\">%5</text>\n")
                     .arg(number(atX), number(atY), anchor, color, words.toHtmlEscaped());
    }

    void path(const QString &data, const QString &color, double thickness)
    {
        m_svg += QStringLiteral("<path d=\"%1\" fill=\"none\" stroke=\"%2\" stroke-width=\"%3\" "
                                "stroke-linejoin=\"round\" stroke-linecap=\"round\"/>\n")
                     .arg(data, color, number(thickness));
    }

    void grid()
    {
        for (const double value : m_axis.lines()) {
            const double y = m_axis.y(value);
            path(QStringLiteral("M%1 %2H%3").arg(number(left), number(y), number(right)), m_colors.grid, 1);
            text(left - 6, y + 4, QStringLiteral("end"), m_colors.text, metricText(m_chart.metric, value));
        }
    }

    void times()
    {
        constexpr std::array<qint64, 14> steps{1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400, 43200, 86400};
        const qint64 length = (m_chart.span.to - m_chart.span.from) / 1000;
        const auto step = std::ranges::find_if(steps, [&](qint64 seconds) { return length / seconds <= 8; });
        const qint64 stepMs = (step == steps.end() ? steps.back() * (length / 86400 / 8 + 1) : *step) * 1000;
        const QString form = stepMs < 60000 ? QStringLiteral("HH:mm:ss")
            : stepMs < 86400000             ? QStringLiteral("HH:mm")
                                            : QStringLiteral("d.M.");
        // Steps of local time: a zone may be off by half an hour.
        const qint64 offset = QDateTime::fromMSecsSinceEpoch(m_chart.span.from).offsetFromUtc() * 1000LL;
        qint64 at = (m_chart.span.from + offset + stepMs - 1) / stepMs * stepMs - offset;
        for (; at <= m_chart.span.to; at += stepMs) {
            path(QStringLiteral("M%1 %2V%3").arg(number(x(at)), number(bottom), number(bottom + 4)), m_colors.grid, 1);
            text(x(at), bottom + 17, QStringLiteral("middle"), m_colors.text,
                 QDateTime::fromMSecsSinceEpoch(at).toString(form));
        }
    }

    void markers()
    {
        double freeFrom = left;
        for (const monitor::recording::Marker &marker : m_chart.markers) {
            if (marker.at < m_chart.span.from || marker.at > m_chart.span.to)
                continue;
            const double at = x(marker.at);
            path(QStringLiteral("M%1 %2V%3").arg(number(at), number(top - 6), number(bottom)), m_colors.marker, 1);
            // Words that would run into those before are left to the list of events.
            if (at >= freeFrom) {
                const QString words = marker.text.left(40);
                const bool atEnd = at > right - 120;
                text(atEnd ? at - 4 : at + 4, top - 8, atEnd ? QStringLiteral("end") : QStringLiteral("start"),
                     m_colors.marker, words);
                freeFrom = at + 10 + 6.5 * static_cast<double>(words.size());
            }
        }
    }

    void band()
    {
        if (m_chart.bandLow.empty() || m_chart.bandLow.size() != m_chart.bandHigh.size())
            return;
        QString data;
        for (const Point &point : m_chart.bandHigh) {
            if (std::isfinite(point.value))
                data += (data.isEmpty() ? u'M' : u'L') + number(x(point.at)) + u' ' + number(m_axis.y(point.value));
        }
        for (auto point = m_chart.bandLow.rbegin(); point != m_chart.bandLow.rend(); ++point) {
            if (std::isfinite(point->value))
                data += u'L' + number(x(point->at)) + u' ' + number(m_axis.y(point->value));
        }
        if (!data.isEmpty())
            m_svg += QStringLiteral("<path d=\"%1Z\" fill=\"%2\" fill-opacity=\"0.35\" stroke=\"none\"/>\n")
                         .arg(data, m_colors.curve);
    }

    void line(const SvgCurve &curve, const QString &color, double thickness)
    {
        QString data;
        bool begun = false;
        for (size_t i = 0; i < curve.points.size(); ++i) {
            const Point &point = curve.points[i];
            if (!std::isfinite(point.value)) {
                begun = false;
                continue;
            }
            const QString place = number(x(point.at)) + u' ' + number(m_axis.y(point.value));
            data += (begun ? u'L' : u'M') + place;
            // A point between two gaps would be invisible.
            const bool alone = !begun && (i + 1 == curve.points.size() || !std::isfinite(curve.points[i + 1].value));
            if (alone)
                data += QStringLiteral("h0.1");
            begun = true;
        }
        if (!data.isEmpty())
            path(data, color, thickness);
    }

    /// Names at the right ends of their lines, moved apart where they would overlap.
    void names()
    {
        struct Name
        {
            double y;
            const SvgCurve *curve;
        };
        std::vector<Name> all;
        for (const SvgCurve &curve : m_chart.curves) {
            const auto last = std::find_if(curve.points.rbegin(), curve.points.rend(),
                                           [](const Point &point) { return std::isfinite(point.value); });
            if (!curve.name.isEmpty() && last != curve.points.rend())
                all.push_back({m_axis.y(last->value), &curve});
        }
        std::ranges::sort(all, {}, &Name::y);
        double next = top;
        for (Name &name : all) {
            name.y = std::max(name.y, next);
            next = name.y + lineHeight;
        }
        double highest = bottom;
        for (auto name = all.rbegin(); name != all.rend(); ++name) {
            name->y = std::min(name->y, highest);
            highest = name->y - lineHeight;
        }
        for (const Name &name : all)
            text(right + 6, name.y + 4, QStringLiteral("start"), name.curve->worst ? m_colors.worst : m_colors.text,
                 name.curve->name.left(18));
    }

    const SvgChart &m_chart;
    const SvgColors &m_colors;
    ValueAxis m_axis;
    QString m_svg;
};

} // namespace

QByteArray svgOf(const SvgChart &chart, const SvgColors &colors)
{
    return Writer(chart, colors).write();
}

} // namespace shardhelm
