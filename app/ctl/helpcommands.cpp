// SPDX-License-Identifier: GPL-3.0-or-later
#include "completion.h"
#include "help.h"
#include "manpage.h"
#include "parser.h"

#include <cstdio>

namespace shardhelm::ctl {

namespace {

Exit put(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stdout);
    return Exit::Done;
}

Exit help(const Invocation &invocation)
{
    // "help X" is "X --help": the parser knows which words are commands.
    const std::vector<Command> commands = allCommands();
    const auto call = parse(invocation.arguments + QStringList{QStringLiteral("--help")}, commands);
    if (!call) {
        return invocation.fail(Error{
            ErrorCode::UsageBad, QStringLiteral("COMMAND"), invocation.arguments.join(u' '), {}, 0, std::nullopt});
    }
    return put(call->command ? commandHelp(*call->command) : overview(commands, call->topic));
}

Exit completion(const Invocation &invocation)
{
    const bool bash = invocation.arguments.first() == QLatin1StringView("bash");
    return put(bash ? bashCompletion(allCommands()) : zshCompletion(allCommands()));
}

} // namespace

std::vector<Command> helpCommands()
{
    return {
        {QStringLiteral("help"),
         Text::tr("Explain one command or list all of them"),
         {{QStringLiteral("COMMAND"), Text::tr("words of the command"), true, true}},
         {},
         help},
        {QStringLiteral("completion"),
         Text::tr("Print the completion script of a shell"),
         {{QStringLiteral("SHELL"),
           Text::tr("the shell"),
           false,
           false,
           {QStringLiteral("bash"), QStringLiteral("zsh")}}},
         {},
         completion,
         Text::tr("For bash: source <(shardhelmctl completion bash), or the file of that name in the folder of "
                  "bash-completion. "
                  "For zsh: a file _shardhelmctl in a folder of $fpath.")},
        {QStringLiteral("man"),
         Text::tr("Print the manual page as roff source"),
         {},
         {},
         [](const Invocation &) { return put(manPage(allCommands())); },
         Text::tr("To read it: shardhelmctl man | man -l -")},
    };
}

} // namespace shardhelm::ctl
