// SPDX-License-Identifier: GPL-3.0-or-later
#include "parser.h"

#include <algorithm>

namespace shardhelm::ctl {

namespace {

bool hasOptionalValue(const Option &option)
{
    return option.value.startsWith(u'[');
}

bool isNumber(const QString &text)
{
    bool ok = false;
    text.toDouble(&ok);
    return ok;
}

/// A dash before a digit is a minus: -5, -15min.
bool looksLikeOption(const QString &text)
{
    return text.size() > 1 && text.startsWith(u'-') && !isNumber(text) && !text.at(1).isDigit();
}

/// Edit distance with swapped neighbours counted once (Damerau-Levenshtein, optimal string alignment).
int distance(const QString &a, const QString &b)
{
    std::vector<std::vector<int>> cost(static_cast<size_t>(a.size()) + 1,
                                       std::vector<int>(static_cast<size_t>(b.size()) + 1));
    for (size_t i = 0; i < cost.size(); ++i) {
        for (size_t j = 0; j < cost[0].size(); ++j) {
            if (i == 0 || j == 0) {
                cost[i][j] = static_cast<int>(i + j);
                continue;
            }
            const QChar x = a.at(static_cast<qsizetype>(i) - 1);
            const QChar y = b.at(static_cast<qsizetype>(j) - 1);
            cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + (x == y ? 0 : 1)});
            const bool swapped =
                i > 1 && j > 1 && x == b.at(static_cast<qsizetype>(j) - 2) && y == a.at(static_cast<qsizetype>(i) - 2);
            if (swapped)
                cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    }
    return cost.back().back();
}

QString withSuggestion(const QString &sentence, const QString &suggestion)
{
    return suggestion.isEmpty() ? sentence : Text::tr("%1 Did you mean %2?").arg(sentence, suggestion);
}

/// One reading of one command line.
class Parser
{
public:
    Parser(const QStringList &arguments, const std::vector<Command> &commands)
        : m_arguments(arguments)
        , m_commands(commands)
    {
    }

    tl::expected<Call, UsageError> read()
    {
        while (!m_failure && m_next < m_arguments.size()) {
            const QString argument = m_arguments.at(m_next++);
            if (m_optionsEnded || !looksLikeOption(argument))
                readWord(argument);
            else if (argument == QLatin1StringView("--"))
                m_optionsEnded = true;
            else
                readOption(argument);
        }
        if (m_call.kind == Call::Kind::Version)
            return m_call;
        if (m_call.kind == Call::Kind::Help) {
            m_call.topic = m_words.join(u' ');
            if (m_unknownWord.isEmpty())
                return m_call;
        }
        finish();
        if (m_failure)
            return tl::unexpected(*m_failure);
        return m_call;
    }

private:
    void fail(const QString &sentence)
    {
        if (m_failure)
            return;
        const QString words = m_words.join(u' ');
        m_failure =
            UsageError{sentence, words.isEmpty() ? QStringLiteral("--help") : words + QStringLiteral(" --help")};
    }

    /// Words that may follow those read so far.
    [[nodiscard]] QStringList continuations() const
    {
        QStringList result;
        for (const Command &command : m_commands) {
            const QStringList words = command.name.split(u' ');
            if (words.size() > m_words.size() && words.first(m_words.size()) == m_words
                && !result.contains(words.at(m_words.size())))
                result += words.at(m_words.size());
        }
        return result;
    }

    void readWord(const QString &word)
    {
        if (m_optionsEnded || !m_call.invocation.arguments.isEmpty() || !continuations().contains(word)) {
            if (!m_call.command && m_unknownWord.isEmpty())
                m_unknownWord = word;
            m_call.invocation.arguments += word;
            return;
        }
        m_words += word;
        const QString name = m_words.join(u' ');
        const auto found = std::find_if(m_commands.begin(), m_commands.end(),
                                        [&](const Command &command) { return command.name == name; });
        m_call.command = found == m_commands.end() ? nullptr : &*found;
    }

    [[nodiscard]] const Option *option(const QString &name) const
    {
        const auto in = [&](const std::vector<Option> &options) -> const Option * {
            const auto found = std::find_if(options.begin(), options.end(),
                                            [&](const Option &candidate) { return candidate.name == name; });
            return found == options.end() ? nullptr : &*found;
        };
        if (m_call.command) {
            if (const Option *own = in(m_call.command->options))
                return own;
        }
        return in(m_common);
    }

    void readOption(const QString &argument)
    {
        QString name;
        std::optional<QString> value;
        if (argument.startsWith(QLatin1StringView("--"))) {
            const qsizetype equals = argument.indexOf(u'=');
            name = argument.mid(2, equals < 0 ? -1 : equals - 2);
            if (equals >= 0)
                value = argument.mid(equals + 1);
        } else {
            name = argument.mid(1, 1);
            if (argument.size() > 2)
                value = argument.mid(2);
        }
        if (name == QLatin1StringView("help") || name == QLatin1StringView("h")) {
            m_call.kind = Call::Kind::Help;
            return;
        }
        if (name == QLatin1StringView("version")) {
            m_call.kind = Call::Kind::Version;
            return;
        }
        const Option *known = option(name);
        if (!known || (argument.startsWith(QLatin1StringView("--")) && name.size() < 2))
            return unknownOption(argument.section(u'=', 0, 0));
        takeOption(*known, value);
    }

    void unknownOption(const QString &given)
    {
        if (!m_call.command) {
            // Whether it takes a value is known only with its command.
            const bool elsewhere = std::any_of(m_commands.begin(), m_commands.end(), [&](const Command &command) {
                return std::any_of(command.options.begin(), command.options.end(),
                                   [&](const Option &candidate) { return written(candidate) == given; });
            });
            if (elsewhere)
                return fail(Text::tr("The option %1 belongs after its command.").arg(given));
        }
        QStringList candidates;
        for (const Option &candidate : m_common)
            candidates += written(candidate);
        if (m_call.command) {
            for (const Option &candidate : m_call.command->options)
                candidates += written(candidate);
        }
        const QString sentence = m_call.command
            ? Text::tr("The command \"%1\" has no option %2.").arg(m_call.command->name, given)
            : Text::tr("There is no option %1.").arg(given);
        fail(withSuggestion(sentence, nearest(given, candidates)));
    }

    void takeOption(const Option &known, std::optional<QString> value)
    {
        const QString name = written(known);
        if (known.value.isEmpty()) {
            if (value)
                return fail(Text::tr("The option %1 takes no value.").arg(name));
            value = QStringLiteral("true");
        } else if (!value) {
            const QString next = m_arguments.value(m_next);
            if (hasOptionalValue(known)) {
                value = isNumber(next) ? next : known.defaultValue;
                m_next += isNumber(next) ? 1 : 0;
            } else if (m_next >= m_arguments.size() || looksLikeOption(next)) {
                return fail(Text::tr("The option %1 needs a value: %2.").arg(name, usage(known)));
            } else {
                value = next;
                ++m_next;
            }
        }
        if (known.value == QLatin1StringView("FILE") && value->isEmpty())
            return fail(Text::tr("The option %1 needs the path of a file.").arg(name));
        if (!known.choices.isEmpty() && !known.choices.contains(*value)) {
            const QString sentence = Text::tr("%1 cannot be \"%2\"; it is one of: %3.")
                                         .arg(name, *value, known.choices.join(QStringLiteral(", ")));
            return fail(withSuggestion(sentence, nearest(*value, known.choices)));
        }
        if (!known.repeated && m_call.invocation.given.contains(known.name))
            return fail(Text::tr("The option %1 is given twice.").arg(name));
        m_call.invocation.given.insert(known.name);
        m_call.invocation.options.insert(known.name, *value);
    }

    /// What can be judged only when everything was read.
    void finish()
    {
        if (m_failure)
            return;
        if (!m_call.command) {
            if (!m_unknownWord.isEmpty()) {
                const QString sentence = m_words.isEmpty()
                    ? Text::tr("There is no command \"%1\".").arg(m_unknownWord)
                    : Text::tr("There is no command \"%1 %2\".").arg(m_words.join(u' '), m_unknownWord);
                fail(withSuggestion(sentence, nearest(m_unknownWord, continuations())));
            } else if (m_words.isEmpty()) {
                fail(Text::tr("No command was given."));
            } else {
                fail(Text::tr("\"%1\" needs one more word: %2.")
                         .arg(m_words.join(u' '), continuations().join(QStringLiteral(", "))));
            }
            return;
        }
        fillDefaults(m_common);
        fillDefaults(m_call.command->options);
        for (const Option &needed : m_call.command->options) {
            if (needed.required && !m_call.invocation.given.contains(needed.name))
                fail(Text::tr("The command \"%1\" needs the option %2.").arg(m_call.command->name, usage(needed)));
        }
        checkArguments();
    }

    void fillDefaults(const std::vector<Option> &options)
    {
        for (const Option &known : options) {
            // The default of an optional value stands for the option without its value, not for no option.
            if (!known.defaultValue.isEmpty() && !hasOptionalValue(known)
                && !m_call.invocation.given.contains(known.name))
                m_call.invocation.options.insert(known.name, known.defaultValue);
        }
    }

    void checkArguments()
    {
        const std::vector<Argument> &wanted = m_call.command->arguments;
        const QStringList &given = m_call.invocation.arguments;
        for (size_t i = 0; i < wanted.size(); ++i) {
            if (!wanted[i].optional && given.size() <= static_cast<qsizetype>(i))
                return fail(Text::tr("The command \"%1\" needs %2.").arg(m_call.command->name, wanted[i].name));
        }
        const bool endless = !wanted.empty() && wanted.back().repeated;
        if (!endless && given.size() > static_cast<qsizetype>(wanted.size())) {
            const QString extra = given.at(static_cast<qsizetype>(wanted.size()));
            return fail(Text::tr("The command \"%1\" has no use for \"%2\".").arg(m_call.command->name, extra));
        }
        for (qsizetype i = 0; i < given.size(); ++i) {
            const Argument &argument = wanted.at(std::min(static_cast<size_t>(i), wanted.size() - 1));
            if (argument.choices.isEmpty() || argument.choices.contains(given.at(i)))
                continue;
            const QString sentence = Text::tr("%1 cannot be \"%2\"; it is one of: %3.")
                                         .arg(argument.name, given.at(i), argument.choices.join(QStringLiteral(", ")));
            return fail(withSuggestion(sentence, nearest(given.at(i), argument.choices)));
        }
    }

    const QStringList &m_arguments;
    const std::vector<Command> &m_commands;
    const std::vector<Option> m_common = commonOptions();
    qsizetype m_next = 0;
    bool m_optionsEnded = false;
    QStringList m_words; ///< words of the command's name read so far
    QString m_unknownWord; ///< the first argument that came before a command was known
    Call m_call;
    std::optional<UsageError> m_failure;
};

} // namespace

tl::expected<Call, UsageError> parse(const QStringList &arguments, const std::vector<Command> &commands)
{
    return Parser(arguments, commands).read();
}

QString nearest(const QString &word, const QStringList &candidates)
{
    QString best;
    int bestDistance = std::max(1, static_cast<int>(word.size()) / 3) + 1;
    for (const QString &candidate : candidates) {
        // A long word cannot be a slip of a short one; the bound also keeps hostile input cheap.
        if (std::abs(candidate.size() - word.size()) >= bestDistance)
            continue;
        const int found = distance(word, candidate);
        if (found < bestDistance) {
            bestDistance = found;
            best = candidate;
        }
    }
    return best;
}

QString placeholder(const Option &option)
{
    return hasOptionalValue(option) ? option.value.mid(1, option.value.size() - 2) : option.value;
}

QString written(const Option &option)
{
    return (option.name.size() == 1 ? QStringLiteral("-") : QStringLiteral("--")) + option.name;
}

QString usage(const Option &option)
{
    if (option.value.isEmpty())
        return written(option);
    if (option.name.size() == 1)
        return written(option) + u' ' + option.value;
    if (hasOptionalValue(option))
        return QStringLiteral("%1[=%2]").arg(written(option), placeholder(option));
    return written(option) + u'=' + option.value;
}

} // namespace shardhelm::ctl
