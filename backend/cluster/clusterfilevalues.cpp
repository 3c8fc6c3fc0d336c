// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/clusterfilevalues.h"

#include "cluster/quantities.h"
#include "pg/conninfo.h"

#include <algorithm>
#include <cmath>

namespace shardhelm::cluster {

namespace {

QString kindName(const toml::node &node)
{
    const auto type = node.type();
    return type == toml::node_type::table ? QStringLiteral("a table")
        : type == toml::node_type::array  ? QStringLiteral("an array")
                                          : QStringLiteral("a value");
}

/// Number of single-character edits that turn one word into the other.
qsizetype distance(const QString &a, const QString &b)
{
    std::vector<qsizetype> row(static_cast<std::size_t>(b.size()) + 1);
    for (std::size_t i = 0; i < row.size(); ++i)
        row[i] = static_cast<qsizetype>(i);
    for (qsizetype i = 0; i < a.size(); ++i) {
        qsizetype diagonal = row[0];
        row[0] = i + 1;
        for (qsizetype j = 0; j < b.size(); ++j) {
            const auto at = static_cast<std::size_t>(j) + 1;
            const qsizetype change = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[at];
            row[at] = std::min({change, row[at] + 1, row[at - 1] + 1});
        }
    }
    return row.back();
}

} // namespace

QString fromToml(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString shown(const toml::node &node)
{
    if (const auto *text = node.as_string())
        return u'"' + pg::redacted(fromToml(text->get())).left(200) + u'"';
    if (const auto *integer = node.as_integer())
        return QString::number(integer->get());
    if (const auto *number = node.as_floating_point())
        return QString::number(number->get());
    if (const auto *flag = node.as_boolean())
        return flag->get() ? QStringLiteral("true") : QStringLiteral("false");
    return kindName(node);
}

QStringList nearMisses(const QString &word, const QStringList &words)
{
    constexpr qsizetype longestWord = 64;
    QStringList near;
    for (const QString &candidate : words) {
        if (word.size() <= longestWord
            && distance(word.toLower(), candidate) <= std::max<qsizetype>(2, candidate.size() / 3))
            near.append(candidate);
    }
    return near.isEmpty() ? words : near;
}

std::optional<qint64> numberIn(KeyKind kind, qint64 bareUnit, const toml::node &node)
{
    if (const auto *string = node.as_string()) {
        const QString text = fromToml(string->get());
        if (kind == KeyKind::Size)
            return sizeFromText(text);
        const auto duration = kind == KeyKind::Duration ? durationFromText(text) : std::nullopt;
        return duration ? std::optional<qint64>(duration->count()) : std::nullopt;
    }
    double value = 0;
    if (const auto *integer = node.as_integer())
        value = static_cast<double>(integer->get());
    else if (const auto *number = node.as_floating_point(); number && kind != KeyKind::Integer)
        value = number->get();
    else
        return std::nullopt;
    value *= static_cast<double>(bareUnit);
    constexpr double exactLimit = 9007199254740992.0;
    if (!std::isfinite(value) || std::abs(value) > exactLimit || value != std::floor(value))
        return std::nullopt;
    return static_cast<qint64>(value);
}

} // namespace shardhelm::cluster
