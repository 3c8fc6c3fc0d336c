// SPDX-License-Identifier: GPL-3.0-or-later
#include "help.h"

#include "parser.h"

namespace shardhelm::ctl {

namespace {

constexpr int lineWidth = 100;

/// Words of `text` in lines of at most `lineWidth` columns, each but the first indented.
QString wrapped(const QString &text, int indent, int firstColumn)
{
    QString result;
    int column = firstColumn;
    bool lineStart = true;
    for (const QString &word : text.split(u' ', Qt::SkipEmptyParts)) {
        const int length = static_cast<int>(word.size());
        if (!lineStart && column + 1 + length > lineWidth) {
            result += u'\n' + QString(indent, u' ');
            column = indent;
            lineStart = true;
        }
        result += (lineStart ? QString() : QStringLiteral(" ")) + word;
        column += length + (lineStart ? 0 : 1);
        lineStart = false;
    }
    return result;
}

/// Two columns, the second one wrapped.
QString listed(const QList<QPair<QString, QString>> &entries)
{
    qsizetype longest = 0;
    for (const auto &entry : entries)
        longest = std::max(longest, entry.first.size());
    const int indent = static_cast<int>(std::min<qsizetype>(longest, 30)) + 4;
    QString text;
    for (const auto &[name, help] : entries) {
        QString line = QStringLiteral("  ") + name;
        if (line.size() + 2 > indent)
            line += u'\n' + QString(indent, u' ');
        else
            line = line.leftJustified(indent);
        text += line + wrapped(help, indent, indent) + u'\n';
    }
    return text;
}

QString listed(const std::vector<Option> &options)
{
    QList<QPair<QString, QString>> entries;
    for (const Option &option : options)
        entries.append({usage(option), option.help + remark(option)});
    return listed(entries);
}

} // namespace

QString remark(const Option &option)
{
    QStringList facts;
    if (option.required)
        facts += Text::tr("required");
    if (option.repeated)
        facts += Text::tr("may be repeated");
    if (!option.choices.isEmpty())
        facts += Text::tr("one of %1").arg(option.choices.join(QStringLiteral(", ")));
    if (!option.defaultValue.isEmpty())
        facts += Text::tr("default %1").arg(option.defaultValue);
    return facts.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(facts.join(QStringLiteral("; ")));
}

QString synopsis(const Command &command)
{
    QStringList parts{command.name};
    for (const Option &option : command.options) {
        QString part = usage(option);
        if (!option.required)
            part = u'[' + part + u']';
        parts += option.repeated ? part + QStringLiteral("...") : part;
    }
    for (const Argument &argument : command.arguments) {
        const QString part = argument.optional ? u'[' + argument.name + u']' : argument.name;
        parts += argument.repeated ? part + QStringLiteral("...") : part;
    }
    return parts.join(u' ');
}

QString commandHelp(const Command &command)
{
    const QString usageWord = Text::tr("Usage: ");
    QString text = usageWord
        + wrapped(QStringLiteral("shardhelmctl ") + synopsis(command), static_cast<int>(usageWord.size()) + 4,
                  static_cast<int>(usageWord.size()));
    text += QStringLiteral("\n\n") + wrapped(command.summary, 0, 0) + QStringLiteral(".\n");
    for (const QString &paragraph : command.description.split(QStringLiteral("\n\n"), Qt::SkipEmptyParts))
        text += u'\n' + wrapped(paragraph, 0, 0) + u'\n';
    if (!command.arguments.empty()) {
        QList<QPair<QString, QString>> entries;
        for (const Argument &argument : command.arguments) {
            QString help = argument.help;
            if (!argument.choices.isEmpty())
                help += Text::tr(" (one of %1)").arg(argument.choices.join(QStringLiteral(", ")));
            entries.append({argument.name, help});
        }
        text += u'\n' + Text::tr("Arguments:") + u'\n' + listed(entries);
    }
    if (!command.options.empty())
        text += u'\n' + Text::tr("Options:") + u'\n' + listed(command.options);
    text += u'\n' + Text::tr("Common options:") + u'\n' + listed(commonOptions());
    return text;
}

QString overview(const std::vector<Command> &commands, const QString &topic)
{
    QString text;
    if (topic.isEmpty())
        text = Text::tr("Usage: shardhelmctl COMMAND [OPTION...] [ARGUMENT...]") + QStringLiteral("\n\n")
            + Text::tr("The console for sharded PostgreSQL on the command line.") + u'\n';
    else
        text = Text::tr("Usage: shardhelmctl %1 COMMAND [OPTION...] [ARGUMENT...]").arg(topic) + u'\n';
    QList<QPair<QString, QString>> entries;
    for (const Command &command : commands) {
        if (topic.isEmpty() || command.name.startsWith(topic + u' ') || command.name == topic)
            entries.append({command.name, command.summary});
    }
    text += u'\n' + Text::tr("Commands:") + u'\n' + listed(entries);
    text += u'\n' + Text::tr("Common options:") + u'\n' + listed(commonOptions());
    if (topic.isEmpty()) {
        QList<QPair<QString, QString>> codes;
        for (const ExitMeaning &exit : exitMeanings())
            codes.append({QString::number(static_cast<int>(exit.code)), exit.meaning});
        text += u'\n' + Text::tr("Exit codes:") + u'\n' + listed(codes);
    }
    return text + u'\n' + Text::tr("\"shardhelmctl help COMMAND\" tells more about one command.") + u'\n';
}

std::vector<ExitMeaning> exitMeanings()
{
    return {
        {Exit::Done, Text::tr("done")},
        {Exit::Failed, Text::tr("failed")},
        {Exit::Usage, Text::tr("wrong usage or cluster file")},
        {Exit::Partial, Text::tr("done, but partial: an instance is missing")},
        {Exit::Refused, Text::tr("refused: not answerable exactly, a read-only guard, a preflight stop, a stale plan")},
        {Exit::Differences, Text::tr("differences found by a check")},
    };
}

} // namespace shardhelm::ctl
