// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/units.h"

#include <QLocale>

#include <array>
#include <cmath>

namespace shardhelm::format {

namespace {

/// `value` scaled down by `step` until it rounds to fewer than four figures; the index of the unit reached.
size_t scale(double &value, double step, size_t units)
{
    size_t unit = 0;
    while (unit + 1 < units && std::abs(value) >= step - 0.5) {
        value /= step;
        ++unit;
    }
    return unit;
}

} // namespace

QString significant(double value, int digits)
{
    if (value == 0 || !std::isfinite(value))
        return QStringLiteral("0");
    const int magnitude = static_cast<int>(std::floor(std::log10(std::abs(value))));
    const int decimals = std::max(0, digits - 1 - magnitude);
    QString text = QString::number(value, 'f', decimals);
    // 9.996 rounds to 10.00: one figure too many.
    if (decimals > 0 && std::abs(text.toDouble()) >= std::pow(10.0, magnitude + 1))
        text = QString::number(value, 'f', decimals - 1);
    return text;
}

QString bytes(qint64 bytes)
{
    static constexpr std::array units{"B", "kB", "MB", "GB", "TB", "PB"};
    auto value = static_cast<double>(bytes);
    const size_t unit = scale(value, 1024, units.size());
    const QString number = unit == 0 ? QString::number(bytes) : significant(value);
    return QStringLiteral("%1 %2").arg(number, QLatin1StringView(units.at(unit)));
}

QString duration(double seconds)
{
    if (seconds < 0)
        return QStringLiteral("−%1").arg(duration(-seconds));
    if (seconds == 0)
        return QStringLiteral("0 s");
    if (seconds < 0.000'999'5)
        return QStringLiteral("%1 µs").arg(significant(seconds * 1e6));
    if (seconds < 0.999'5)
        return QStringLiteral("%1 ms").arg(significant(seconds * 1e3));
    if (seconds < 59.95)
        return QStringLiteral("%1 s").arg(significant(seconds));
    const auto whole = static_cast<qint64>(std::llround(seconds));
    if (whole < 3600)
        return QStringLiteral("%1 min %2 s").arg(whole / 60).arg(whole % 60);
    const qint64 minutes = whole / 60;
    if (minutes < 48 * 60)
        return QStringLiteral("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
    return QStringLiteral("%1 d %2 h").arg(minutes / 1440).arg(minutes / 60 % 24);
}

QString rate(double perSecond)
{
    static constexpr std::array units{"", "k", "M", "G"};
    double value = perSecond;
    const size_t unit = scale(value, 1000, units.size());
    return QStringLiteral("%1 %2/s").arg(significant(value), QLatin1StringView(units.at(unit)));
}

QString count(qint64 count)
{
    return QLocale().toString(count);
}

QString percent(double ratio)
{
    const double value = ratio * 100;
    // Decimals tell something only where a limit (0 or 100) is near.
    const bool nearLimit = (value > 0 && value < 10) || (value > 90 && value < 100);
    const double shown = nearLimit && value > 90 ? std::min(value, 99.9) : value;
    return QStringLiteral("%1 %").arg(shown, 0, 'f', nearLimit ? 1 : 0);
}

QString factor(double factor)
{
    return QStringLiteral("%1×").arg(significant(factor, 2));
}

} // namespace shardhelm::format
