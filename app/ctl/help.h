// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "command.h"

namespace shardhelm::ctl {

/// One line that shows how a command is called: "demo down [--dir=D] [--purge]".
QString synopsis(const Command &command);

/// Help of one command: synopsis, description, arguments, options.
QString commandHelp(const Command &command);

/// The commands whose names begin with the words of `topic`, or all when it is empty, with their summaries.
QString overview(const std::vector<Command> &commands, const QString &topic);

/// Name of an exit code and what it says, for help and man page.
struct ExitMeaning
{
    Exit code;
    QString meaning;
};
std::vector<ExitMeaning> exitMeanings();

/// Default and choices of an option as a phrase in parentheses with a leading blank, or empty.
QString remark(const Option &option);

} // namespace shardhelm::ctl
