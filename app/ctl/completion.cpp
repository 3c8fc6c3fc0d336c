// SPDX-License-Identifier: GPL-3.0-or-later
#include "completion.h"

#include "parser.h"

#include <QMap>

namespace shardhelm::ctl {

namespace {

/// What a shell offers for a value.
enum class Offer { Nothing, Files, Folders, Choices };

Offer offer(const QString &placeholder, const QStringList &choices)
{
    if (!choices.isEmpty())
        return Offer::Choices;
    if (placeholder == QLatin1StringView("FILE") || placeholder == QLatin1StringView("F"))
        return Offer::Files;
    if (placeholder == QLatin1StringView("DIR") || placeholder == QLatin1StringView("D"))
        return Offer::Folders;
    return Offer::Nothing;
}

/// Command words that may follow each beginning of a command, e.g. "demo" -> up, down.
QMap<QString, QStringList> followingWords(const std::vector<Command> &commands)
{
    QMap<QString, QStringList> result;
    for (const Command &command : commands) {
        const QStringList words = command.name.split(u' ');
        for (qsizetype i = 0; i < words.size(); ++i) {
            QStringList &following = result[words.first(i).join(u' ')];
            if (!following.contains(words.at(i)))
                following += words.at(i);
        }
    }
    return result;
}

/// In single quotes for a shell.
QString quoted(QString text)
{
    return u'\'' + text.replace(u'\'', QStringLiteral("'\\''")) + u'\'';
}

bool takesNextArgument(const Option &option)
{
    return !option.value.isEmpty() && !option.value.startsWith(u'[');
}

/// "files", "folders" or "words a b" as the bash functions below read it; empty for nothing.
QString bashOffer(const QString &placeholder, const QStringList &choices)
{
    switch (offer(placeholder, choices)) {
    case Offer::Nothing:
        return {};
    case Offer::Files:
        return QStringLiteral("files");
    case Offer::Folders:
        return QStringLiteral("folders");
    case Offer::Choices:
        return QStringLiteral("words ") + choices.join(u' ');
    }
    return {};
}

/// One arm of a bash case statement.
QString bashCase(const QString &pattern, const QString &text)
{
    return QStringLiteral("        %1) printf '%s' %2 ;;\n").arg(pattern, quoted(text));
}

/// The part of the bash script that does not depend on the commands.
const char *const bashBody = R"sh(
_shardhelmctl_offer() {
    # $1: files, folders or "words a b"; $2: what was typed of it
    case $1 in
        files) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$2") ;;
        folders) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- "$2") ;;
        words*) mapfile -t COMPREPLY < <(compgen -W "${1#words}" -- "$2") ;;
    esac
}

_shardhelmctl() {
    local current=${COMP_WORDS[COMP_CWORD]} command='' option='' word name i
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if [[ -n $option && $word == '=' ]]; then
            continue
        elif [[ -n $option ]]; then
            option=''
        elif [[ $word == -* ]]; then
            # Only an option that takes the next word as its value changes the meaning of what follows.
            if _shardhelmctl_takes "$command" "$word"; then option=$word; fi
        else
            name=${command:+$command }$word
            if [[ " $(_shardhelmctl_words "$command") " == *" $word "* ]]; then command=$name; fi
        fi
    done
    if [[ -n $option ]]; then
        if [[ $current == '=' ]]; then current=''; fi
        _shardhelmctl_offer "$(_shardhelmctl_value "$command" "$option")" "$current"
    elif [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_shardhelmctl_options "$command")" -- "$current")
        if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]]; then compopt -o nospace 2>/dev/null; fi
    else
        word=$(_shardhelmctl_words "$command")
        if [[ -n $word ]]; then
            _shardhelmctl_offer "words $word" "$current"
        else
            _shardhelmctl_offer "$(_shardhelmctl_argument "$command")" "$current"
        fi
    fi
}

complete -F _shardhelmctl shardhelmctl
)sh";

/// An option as compgen offers it: with "=" when a value must follow.
QString offered(const Option &option)
{
    return written(option) + (takesNextArgument(option) && option.name.size() > 1 ? QStringLiteral("=") : QString());
}

/// `text` within a specification of zsh's _arguments, where brackets and colons have a meaning.
QString zshText(QString text)
{
    for (const QChar special : QStringLiteral("\\[]:"))
        text.replace(special, QStringLiteral("\\") + special);
    return text;
}

QString zshAction(const QString &placeholder, const QStringList &choices)
{
    switch (offer(placeholder, choices)) {
    case Offer::Nothing:
        return QStringLiteral(" ");
    case Offer::Files:
        return QStringLiteral("_files");
    case Offer::Folders:
        return QStringLiteral("_files -/");
    case Offer::Choices:
        return u'(' + choices.join(u' ') + u')';
    }
    return {};
}

QString zshOption(const Option &option)
{
    QString spec = option.repeated ? QStringLiteral("*") : QString();
    spec += written(option);
    if (takesNextArgument(option))
        spec += option.name.size() > 1 ? QStringLiteral("=") : QStringLiteral("+");
    else if (!option.value.isEmpty())
        spec += QStringLiteral("=-");
    spec += u'[' + zshText(option.help) + u']';
    if (!option.value.isEmpty()) {
        spec += option.value.startsWith(u'[') ? QStringLiteral("::") : QStringLiteral(":");
        spec += zshText(placeholder(option)) + u':' + zshAction(placeholder(option), option.choices);
    }
    return QStringLiteral(" \\\n                ") + quoted(spec);
}

QString zshArgument(const Argument &argument)
{
    const QString prefix =
        argument.repeated ? QStringLiteral("*:") : (argument.optional ? QStringLiteral("::") : QStringLiteral(":"));
    return QStringLiteral(" \\\n                ")
        + quoted(prefix + zshText(argument.name) + u':' + zshAction(argument.name, argument.choices));
}

} // namespace

QString bashCompletion(const std::vector<Command> &commands)
{
    QString words;
    QString argumentOffers;
    QString optionLists;
    QString optionOffers;
    QString taking;
    const auto addValue = [&](const QString &pattern, const Option &option) {
        if (!takesNextArgument(option))
            return;
        taking += QStringLiteral("        %1) return 0 ;;\n").arg(pattern);
        optionOffers += bashCase(pattern, bashOffer(option.value, option.choices));
    };
    const auto following = followingWords(commands);
    for (auto it = following.begin(); it != following.end(); ++it)
        words += bashCase(quoted(it.key()), it.value().join(u' '));

    QStringList common;
    for (const Option &option : commonOptions())
        common += offered(option);
    for (const Command &command : commands) {
        QStringList names;
        for (const Option &option : command.options) {
            names += offered(option);
            addValue(quoted(command.name + u' ' + written(option)), option);
        }
        optionLists += bashCase(quoted(command.name), (names + common).join(u' '));
        if (!command.arguments.empty()) {
            const Argument &last = command.arguments.back();
            argumentOffers += bashCase(quoted(command.name), bashOffer(last.name, last.choices));
        }
    }
    optionLists += bashCase(QStringLiteral("*"), common.join(u' '));
    for (const Option &option : commonOptions())
        addValue(u'*' + quoted(u' ' + written(option)), option);

    const auto function = [](const QString &name, const QString &key, const QString &arms) {
        return QStringLiteral("\n%1() {\n    case %2 in\n%3    esac\n}\n").arg(name, key, arms);
    };
    const QString byCommand = QStringLiteral("$1");
    const QString byOption = QStringLiteral("\"$1 $2\"");
    return QStringLiteral("# Completion of shardhelmctl for bash, made by \"shardhelmctl completion bash\".\n")
        + function(QStringLiteral("_shardhelmctl_words"), byCommand, words)
        + function(QStringLiteral("_shardhelmctl_options"), byCommand, optionLists)
        + function(QStringLiteral("_shardhelmctl_argument"), byCommand, argumentOffers)
        + function(QStringLiteral("_shardhelmctl_value"), byOption, optionOffers)
        + function(QStringLiteral("_shardhelmctl_takes"), byOption, taking + QStringLiteral("        *) return 1 ;;\n"))
        + QLatin1StringView(bashBody);
}

QString zshCompletion(const std::vector<Command> &commands)
{
    QString common;
    for (const Option &option : commonOptions())
        common += zshOption(option);

    QString arms;
    QString wordArms;
    const auto following = followingWords(commands);
    for (auto it = following.begin(); it != following.end(); ++it) {
        wordArms += QStringLiteral("            %1) following=(%2) ;;\n").arg(quoted(it.key()), it.value().join(u' '));
        arms += QStringLiteral("        %1)\n            _arguments%2 \\\n                %3\n            ;;\n")
                    .arg(quoted(it.key()), common, quoted(QStringLiteral(":command:(%1)").arg(it.value().join(u' '))));
    }
    for (const Command &command : commands) {
        QString specs = common;
        for (const Option &option : command.options)
            specs += zshOption(option);
        for (const Argument &argument : command.arguments)
            specs += zshArgument(argument);
        arms +=
            QStringLiteral("        %1)\n            _arguments%2\n            ;;\n").arg(quoted(command.name), specs);
    }
    return QStringLiteral(R"sh(#compdef shardhelmctl
# Completion of shardhelmctl for zsh, made by "shardhelmctl completion zsh".

_shardhelmctl() {
    local command='' word
    local -a following rest
    integer i
    # The words of the command's name are taken out, so that _arguments sees one command with its own options.
    for ((i = 2; i <= $#words; i++)); do
        word=$words[i]
        following=()
        case $command in
%1        esac
        if ((i < CURRENT && $following[(Ie)$word])); then
            command=${command:+$command }$word
        else
            rest+=("$word")
        fi
    done
    ((CURRENT -= $#words - 1 - $#rest))
    words=(shardhelmctl "${(@)rest}")
    case $command in
%2    esac
}

if [[ $funcstack[1] == _shardhelmctl ]]; then
    _shardhelmctl "$@"
else
    compdef _shardhelmctl shardhelmctl
fi
)sh")
        .arg(wordArms, arms);
}

} // namespace shardhelm::ctl
