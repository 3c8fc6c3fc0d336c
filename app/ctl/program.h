// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "command.h"

namespace shardhelm::ctl {

/// Runs one command line (without the program's name) and returns the exit code. Used by main() alone; blocks until the
/// command has ended or `stop` was requested and obeyed.
Exit run(const QStringList &arguments, const std::vector<Command> &commands, std::stop_token stop);

} // namespace shardhelm::ctl
