// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/types.h"

#include <algorithm>
#include <array>

namespace shardhelm::cluster {

namespace {

template <typename Enum, std::size_t size>
using Words = std::array<std::pair<Enum, QLatin1StringView>, size>;

constexpr Words<Environment, 3> environmentWords{{{Environment::Development, QLatin1StringView("development")},
                                                  {Environment::Staging, QLatin1StringView("staging")},
                                                  {Environment::Production, QLatin1StringView("production")}}};
constexpr Words<Layout, 2> layoutWords{
    {{Layout::Schema, QLatin1StringView("schema")}, {Layout::Rows, QLatin1StringView("rows")}}};
constexpr Words<InstanceState, 3> instanceStateWords{{{InstanceState::Active, QLatin1StringView("active")},
                                                      {InstanceState::Draining, QLatin1StringView("draining")},
                                                      {InstanceState::Retired, QLatin1StringView("retired")}}};
constexpr Words<ShardState, 3> shardStateWords{{{ShardState::Active, QLatin1StringView("active")},
                                                {ShardState::Moving, QLatin1StringView("moving")},
                                                {ShardState::Fenced, QLatin1StringView("fenced")}}};
constexpr Words<TableKind, 3> tableKindWords{{{TableKind::Sharded, QLatin1StringView("sharded")},
                                              {TableKind::Reference, QLatin1StringView("reference")},
                                              {TableKind::Local, QLatin1StringView("local")}}};

template <typename Enum, std::size_t size>
QString wordIn(const Words<Enum, size> &words, Enum value)
{
    const auto found = std::ranges::find(words, value, &std::pair<Enum, QLatin1StringView>::first);
    return found == words.end() ? QString() : QString(found->second);
}

template <typename Enum, std::size_t size>
std::optional<Enum> valueIn(const Words<Enum, size> &words, QStringView word)
{
    for (const auto &[value, text] : words) {
        if (word == text)
            return value;
    }
    return std::nullopt;
}

/// A schema pattern taken apart: the text around the conversion and the width it is filled to with zeros.
struct Pattern
{
    QStringView before;
    QStringView after;
    int width = 0;
};

std::optional<Pattern> parsePattern(QStringView text)
{
    const qsizetype percent = text.indexOf(u'%');
    if (percent < 0)
        return std::nullopt;
    Pattern pattern{text.first(percent), {}, 0};
    qsizetype at = percent + 1;
    if (at + 1 < text.size() && text[at] == u'0' && text[at + 1] >= u'1' && text[at + 1] <= u'9') {
        pattern.width = text[at + 1].unicode() - u'0';
        at += 2;
    }
    if (at >= text.size() || text[at] != u'd')
        return std::nullopt;
    pattern.after = text.sliced(at + 1);
    return pattern.after.contains(u'%') ? std::nullopt : std::optional(pattern);
}

} // namespace

const Instance *ShardMap::instance(const QString &name) const
{
    const auto found = std::ranges::find(instances, name, &Instance::name);
    return found == instances.end() ? nullptr : &*found;
}

const LogicalShard *ShardMap::shard(int id) const
{
    const auto found = std::ranges::lower_bound(shards, id, {}, &LogicalShard::id);
    return found == shards.end() || found->id != id ? nullptr : &*found;
}

QString ShardMap::schemaOf(int id) const
{
    return layout == Layout::Schema ? schemaName(schemaPattern, id) : QString();
}

bool isInstanceName(const QString &name)
{
    constexpr qsizetype longestName = 63;
    static constexpr QStringView reserved = u":=/@,\"'";
    return !name.isEmpty() && name.size() <= longestName && name != QLatin1StringView("directory")
        && std::ranges::none_of(name, [](QChar c) { return c.isSpace() || !c.isPrint() || reserved.contains(c); });
}

bool isSchemaPattern(const QString &pattern)
{
    // The widest number an int gives has ten digits.
    constexpr int longestNumber = 10;
    constexpr int longestIdentifier = 63;
    const auto parsed = parsePattern(pattern);
    return parsed && !pattern.contains(QChar(0))
        && parsed->before.toUtf8().size() + parsed->after.toUtf8().size() + longestNumber <= longestIdentifier;
}

QString schemaName(const QString &pattern, int id)
{
    const auto parsed = parsePattern(pattern);
    if (!parsed)
        return {};
    const QString number = QString::number(id).rightJustified(parsed->width, u'0');
    return parsed->before + number + parsed->after;
}

QString wordOf(Environment value)
{
    return wordIn(environmentWords, value);
}

QString wordOf(Layout value)
{
    return wordIn(layoutWords, value);
}

QString wordOf(InstanceState value)
{
    return wordIn(instanceStateWords, value);
}

QString wordOf(ShardState value)
{
    return wordIn(shardStateWords, value);
}

QString wordOf(TableKind value)
{
    return wordIn(tableKindWords, value);
}

template <>
std::optional<Environment> fromWord<Environment>(QStringView word)
{
    return valueIn(environmentWords, word);
}

template <>
std::optional<Layout> fromWord<Layout>(QStringView word)
{
    return valueIn(layoutWords, word);
}

template <>
std::optional<InstanceState> fromWord<InstanceState>(QStringView word)
{
    return valueIn(instanceStateWords, word);
}

template <>
std::optional<ShardState> fromWord<ShardState>(QStringView word)
{
    return valueIn(shardStateWords, word);
}

template <>
std::optional<TableKind> fromWord<TableKind>(QStringView word)
{
    return valueIn(tableKindWords, word);
}

} // namespace shardhelm::cluster
