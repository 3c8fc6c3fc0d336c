// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/quantities.h"

#include <array>
#include <cmath>

namespace shardhelm::cluster {

namespace {

struct Unit
{
    QLatin1StringView name;
    qint64 factor;
};

/// Greatest first.
constexpr std::array<Unit, 5> durationUnits{{{QLatin1StringView("d"), 86400000},
                                             {QLatin1StringView("h"), 3600000},
                                             {QLatin1StringView("min"), 60000},
                                             {QLatin1StringView("s"), 1000},
                                             {QLatin1StringView("ms"), 1}}};
constexpr std::array<Unit, 5> sizeUnits{{{QLatin1StringView("TB"), 1LL << 40},
                                         {QLatin1StringView("GB"), 1LL << 30},
                                         {QLatin1StringView("MB"), 1LL << 20},
                                         {QLatin1StringView("kB"), 1LL << 10},
                                         {QLatin1StringView("B"), 1}}};

/// A number followed by one of `units`; `bare` is the factor of a number without one, 0 when it needs one.
template <std::size_t count>
std::optional<qint64> parse(const QString &text, const std::array<Unit, count> &units, qint64 bare)
{
    const QString trimmed = text.trimmed();
    qsizetype digits = 0;
    while (digits < trimmed.size() && ((trimmed[digits] >= u'0' && trimmed[digits] <= u'9') || trimmed[digits] == u'.'))
        ++digits;
    bool ok = false;
    const double number = trimmed.first(digits).toDouble(&ok);
    if (!ok)
        return std::nullopt;
    const QString name = trimmed.sliced(digits).trimmed();
    qint64 factor = name.isEmpty() ? bare : 0;
    for (const Unit &unit : units) {
        if (name == unit.name)
            factor = unit.factor;
    }
    const double value = number * static_cast<double>(factor);
    // Beyond 2^53 a double no longer holds every whole number.
    constexpr double exactLimit = 9007199254740992.0;
    if (factor == 0 || value > exactLimit || value != std::floor(value))
        return std::nullopt;
    return static_cast<qint64>(value);
}

template <std::size_t count>
QString format(qint64 value, const std::array<Unit, count> &units, QLatin1StringView zeroUnit)
{
    if (value == 0)
        return u'0' + zeroUnit;
    for (const Unit &unit : units) {
        if (value % unit.factor == 0)
            return QString::number(value / unit.factor) + unit.name;
    }
    return {};
}

} // namespace

std::optional<std::chrono::milliseconds> durationFromText(const QString &text)
{
    const auto value = parse(text, durationUnits, 0);
    return value ? std::optional(std::chrono::milliseconds(*value)) : std::nullopt;
}

QString durationText(std::chrono::milliseconds duration)
{
    return format(duration.count(), durationUnits, QLatin1StringView("s"));
}

std::optional<qint64> sizeFromText(const QString &text)
{
    return parse(text, sizeUnits, 1);
}

QString sizeText(qint64 bytes)
{
    return format(bytes, sizeUnits, QLatin1StringView("B"));
}

} // namespace shardhelm::cluster
