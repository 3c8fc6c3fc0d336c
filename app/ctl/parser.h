// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "command.h"

#include <tl/expected.hpp>

namespace shardhelm::ctl {

/// Why a command line cannot be run.
struct UsageError
{
    QString sentence;
    QString help; ///< words to put after "shardhelmctl" for the help that fits, e.g. "demo up --help"
};

/// What a command line asks for.
struct Call
{
    enum class Kind { Run, Help, Version } kind = Kind::Run;
    const Command *command = nullptr; ///< of Run, and of the help of one command; points into the table
    QString topic; ///< of Help without a command: the words that name a group, or empty for everything
    Invocation invocation;
};

/// Reads the arguments after the program's name, by the GNU conventions: --option=value and --option value, options and
/// arguments in any order, "--" ends the options; negative numbers are arguments.
tl::expected<Call, UsageError> parse(const QStringList &arguments, const std::vector<Command> &commands);

/// The one of `candidates` that `word` is most likely a slip of, or empty.
QString nearest(const QString &word, const QStringList &candidates);

/// The value placeholder without the brackets that make it optional.
QString placeholder(const Option &option);
/// "--name" or, for a single letter, "-n".
QString written(const Option &option);
/// The option with its value as it is typed: "--name=FILE", "--watch[=S]", "-o FILE", "--quiet".
QString usage(const Option &option);

} // namespace shardhelm::ctl
