// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <algorithm>
#include <array>

namespace shardhelm::monitor::recording {

/// A value of an enumeration and the word it is recorded as. Words are part of the format.
template <typename Enum>
struct Word
{
    Enum value;
    QLatin1StringView word;
};

/// The word of a value; the first one's when it has none.
template <typename Enum, size_t size>
QString wordOf(const std::array<Word<Enum>, size> &words, Enum value)
{
    const auto found = std::ranges::find(words, value, &Word<Enum>::value);
    return found == words.end() ? QString(words.front().word) : QString(found->word);
}

/// The value of a word; the first one when nothing knows it.
template <typename Enum, size_t size>
Enum valueOf(const std::array<Word<Enum>, size> &words, const QString &word)
{
    const auto found = std::ranges::find_if(words, [&](const Word<Enum> &candidate) { return candidate.word == word; });
    return found == words.end() ? words.front().value : found->value;
}

} // namespace shardhelm::monitor::recording
